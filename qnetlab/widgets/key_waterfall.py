"""The key waterfall: what becomes of sifted bits, from the first to the last that is secret."""

from __future__ import annotations

from typing import Any, ClassVar

from ..theory.key_budget import KeyBudget
from ._panel import Chart, Group, Panel, slider, stops
from .explorer import Explorer

_MANTISSAS = ("1", "1.25", "1.6", "2", "2.5", "3.2", "4", "5", "6.3", "8")
_BLOCKS = tuple(float(f"{m}e{k}") for k in range(3, 7) for m in _MANTISSAS)

_PANEL = Panel(
    places={name: name for name in ("key_bits", "tested_share", "qber", "error_correction", "eps")},
    groups=(
        Group(title="The session", controls=(
            slider("key_bits", "Key bits", (*_BLOCKS, 1e7),
                   hint="Sifted bits of the basis that makes the key: how long they wait before they distill"),
            slider("qber", "Error rate", stops(0, 0.12, 0.0025), show="fixed:4", hint="Share of wrong bits"),
        )),
        Group(title="Alice and Bob choose", controls=(
            slider("tested_share", "Share tested", stops(0.05, 0.6, 0.05), show="fixed:2",
                   hint="Share of all sifted bits that they compare in public"),
            slider("error_correction", "Correction, f", stops(1, 1.3, 0.01), show="fixed:2",
                   hint="Bits disclosed by error correction, over the least possible"),
            slider("eps", "May fail, eps", (1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5),
                   hint="How far from perfectly secret, and from equal on both sides, the key may be"),
        )),
    ),
)


class KeyWaterfallExplorer(Explorer[KeyBudget]):
    """Drag the error rate and the length of a session; see where the bits go, and whether any are left.

    Parameters
    ----------
    protocol : KeyBudget or None
        Where to start; None for 10 000 key bits at 5 %.
    presets, shots, rng
        Not used here: there is nothing to choose from and nothing to shoot on Aer.
    ranges : mapping or None
        Other ends for a slider, such as ``{"qber": (0, 0.06, 0.001)}``.
    **settings
        Any control: key_bits, qber, tested_share, error_correction, eps.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range.

    Notes
    -----
    ``explorer.protocol`` is the :class:`~qnetlab.theory.key_budget.KeyBudget` that the controls stand for. The numbers
    are expectations of the closed form; a real session counts its leak from what was said.

    >>> explorer = KeyWaterfallExplorer(key_bits=100_000)
    >>> round(explorer.protocol.theory()["key"])
    26461
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = KeyBudget
    entry: ClassVar[str] = "waterfall.js"
    title: ClassVar[str] = "From sifted bits to a key: where do they go?"
    chart: ClassVar[Chart] = Chart(quantity="per_bit", along="key_bits", x_label="key bits in one session",
                                   y_label="secret share", y_range=(0.0, 1.0), x_log=True)
    shoots: ClassVar[str | None] = None

    @classmethod
    def example(cls) -> KeyBudget:
        """A first short session: it eats more authentication key than it makes."""
        return KeyBudget()

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        told = protocol.theory()
        bits = {name: f"{number:.0f}" for name, number in told.items()}
        return (f"Of {bits['sifted']} sifted bits at an error rate of {protocol.qber:.2%}, {bits['tested']} are "
                f"compared in public, {bits['leaked']} disclosed by error correction and {bits['shortened']} taken for "
                f"what Eve may know: {bits['key']} are secret, and authentication uses up {bits['authenticated']}.")
