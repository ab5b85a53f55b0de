"""The counting explorer: what does a loss leave, and how sure is a count?"""

from __future__ import annotations

from typing import Any, ClassVar

from ..theory.counting import Counting
from ._panel import Chart, Group, Panel, slider, stops
from .explorer import Explorer

_PHOTONS = (*(m * 10**k for k in range(1, 5) for m in (1, 2, 5)), 100_000)

_PANEL = Panel(
    places={"loss_db": "loss_db", "photons": "photons"},
    groups=(
        Group(title="The fiber", controls=(
            slider("loss_db", "Loss", stops(0, 40, 0.5), unit="dB", show="fixed:1",
                   hint="All of it together, glass and connectors: decibels add"),
        )),
        Group(title="The count", controls=(
            slider("photons", "Photons sent", _PHOTONS, hint="How many enter; each arrives or not, by itself"),
            slider("run", "Count again", tuple(range(1, 21)), writes=(), hint="The same once more: another count"),
        )),
    ),
)


class CountingExplorer(Explorer[Counting]):
    """Drag a loss and a number of photons; see how few arrive, and how sure their count is.

    Parameters
    ----------
    protocol : Counting or None
        Where to start; None for 1000 photons and 3 dB.
    presets, shots, rng
        Not used here: there is nothing to choose from and nothing to shoot on Aer.
    ranges : mapping or None
        Other ends for a slider, such as ``{"loss_db": (0, 10, 0.1)}``.
    **settings
        Any control: loss_db, photons, run.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range.

    Notes
    -----
    ``explorer.protocol`` is the :class:`~qnetlab.theory.counting.Counting` that the controls stand for. Each dot is one
    photon, up to 1000 of them; with more, each stands for several. A photon that a small loss takes is also gone at a
    larger one, so the dots thin out while one drags. The count that is shown is drawn in the browser, with as much
    scatter as the real one; above 2000 photons from the normal distribution, which is then as good.

    >>> explorer = CountingExplorer(loss_db=20)
    >>> explorer.protocol.theory()["arriving"]
    0.01
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = Counting
    entry: ClassVar[str] = "counting.js"
    title: ClassVar[str] = "Counting: what is left, and how sure is that?"
    chart: ClassVar[Chart] = Chart(quantity="arriving", along="loss_db", x_label="loss in dB",
                                   y_label="share that arrives", y_range=(0.0, 1.0))
    shoots: ClassVar[str | None] = None
    still: ClassVar[tuple[str, ...]] = ("run",)

    @classmethod
    def example(cls) -> Counting:
        """A loss that everybody should know by heart."""
        return Counting(loss_db=3, photons=1000)

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        told = protocol.theory()
        return (f"A loss of {protocol.loss_db:g} dB leaves a share of {told['arriving']:.3g}; counted with "
                f"{protocol.photons} photons, its standard error is {told['std_error']:.2g}.")
