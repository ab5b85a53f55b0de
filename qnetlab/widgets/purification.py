"""The purification explorer: can two poor pairs make a good one?"""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

from ..devices.link import Link
from ..devices.source import PhotonPairSource
from ..protocols.purification import Purification
from ..theory.purification import STANDSTILL
from ._link import ERROR_STOPS, LINK_PLACES, MEMORY_CONTROL
from ._panel import Chart, Group, Panel, choices, slider, stops
from .explorer import Explorer

#: An exact answer with more pairs takes more than a reader waits.
MOST_PAIRS = 4

_METHODS = {"bbpssw": "BBPSSW", "dejmps": "DEJMPS", "plain": "CNOTs only"}
_SCHEDULES = {"recurrence": "one as good", "pumping": "a raw one"}
_METHOD, _GIVEN_UP = "Before the CNOTs", "The pair given up"

_PANEL = Panel(
    places={
        **LINK_PLACES,
        **{name: name for name in ("method", "schedule", "rounds")},
        "one_qubit_error": "gates.one_qubit",
        "two_qubit_error": "gates.two_qubit",
        **{f"{who}_{what}": f"{who}_readout.{what}" for who in ("alice", "bob") for what in ("error_0", "error_1")},
    },
    groups=(
        Group(title=_METHOD, controls=(
            choices("method", _METHOD, _METHODS, kind="radio",
                    hint="BBPSSW turns pairs at random and forgets; DEJMPS turns them by 90 degrees"),
        )),
        Group(title=_GIVEN_UP, controls=(
            choices("schedule", _GIVEN_UP, _SCHEDULES, kind="radio",
                    hint="Has it come through all rounds before, too, or is it raw (entanglement pumping)?"),
        )),
        Group(title="Pairs", controls=(
            slider("pair_fidelity", "Raw pairs, F", stops(0.3, 1, 0.01), show="fixed:2",
                   hint="Fidelity of a fresh pair"),
            choices("noise", "Noise", {"white": "white", "dephasing": "dephasing"},
                    hint="White: all three wrong Bell states alike. Dephasing: only the sign is lost"),
            slider("rounds", "Rounds", tuple(range(1, 13))),
        )),
        Group(title="Gates, readout, waiting", folded=True, controls=(
            slider("two_qubit_error", "CNOT error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of each two-qubit gate"),
            slider("one_qubit_error", "Turn error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of each 90 degree turn of DEJMPS"),
            slider("readout_error", "Readout error", ERROR_STOPS, show="fixed:3",
                   writes=tuple(f"{who}_error_{bit}" for who in ("alice", "bob") for bit in (0, 1)),
                   hint="How often a qubit is read wrongly, on both sides"),
            slider("length_km", "Distance", stops(0, 200, 1), unit="km",
                   hint="After each round the kept pair waits until the bits have crossed"),
            MEMORY_CONTROL,
        )),
    ),
)


class PurificationExplorer(Explorer[Purification]):
    """Climb the staircase of purification: fidelity round after round, and what each step costs.

    Parameters
    ----------
    protocol : Purification or None
        Where to start; None for Werner pairs of 0.80 and perfect gates.
    presets
        Not used here: there is nothing to choose from.
    ranges : mapping or None
        Other ends for a slider, such as ``{"pair_fidelity": (0.5, 0.6, 0.001)}``.
    shots : int
        Rounds that Aer draws for one point, in four batches; up to four raw pairs.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: method ("bbpssw", "dejmps" or "plain"), schedule ("recurrence" or "pumping"), pair_fidelity, noise,
        rounds, two_qubit_error, one_qubit_error, readout_error, length_km, t2_s.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`Purification` that the controls stand for; setting it moves them. The stairs
    show the pair that is kept, the charts what the last two readouts report of it.

    >>> explorer = PurificationExplorer(method="dejmps", rounds=4)
    >>> round(explorer.protocol.theory()["raw_pairs"], 2)
    31.67
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = Purification
    entry: ClassVar[str] = "purification.js"
    title: ClassVar[str] = "Purification: can two poor pairs make a good one?"
    chart: ClassVar[Chart] = Chart(
        quantity="fidelity", along="pair_fidelity", x_label="raw pairs, F", y_label="after all rounds, F",
        y_range=(0.0, 1.0), limits={"stands still": STANDSTILL})
    shoots: ClassVar[str] = "exact"

    @classmethod
    def example(cls) -> Purification:
        """Two rounds with Werner pairs."""
        return Purification(link=Link(source=PhotonPairSource(fidelity=0.8)), rounds=2)

    def can_shoot(self, protocol: Any) -> bool:
        """Up to four raw pairs."""
        return bool(protocol.pairs <= MOST_PAIRS)

    def extra_config(self, given: Any) -> dict[str, Any]:
        """The second chart: one round alone."""
        return {"most_pairs": MOST_PAIRS, "once_chart": {
            "x_label": self.chart.x_label, "y_label": "after one round, F", "y_range": self.chart.y_range,
            "limits": dict(self.chart.limits)}}

    def compared(self, protocol: Any) -> dict[str, Any]:
        """This method, and the other one."""
        other = "bbpssw" if protocol.method == "dejmps" else "dejmps"
        return {_METHODS[protocol.method]: protocol, _METHODS[other]: dataclasses.replace(protocol, method=other)}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        seen = protocol.theory()
        return (f"{_METHODS[protocol.method]} with raw pairs of fidelity {protocol.link.source.fidelity:g}: F = "
                f"{protocol.final_fidelity:.3f} after {protocol.rounds} rounds, at {seen['raw_pairs']:.3g} raw pairs "
                f"for each that comes out.")
