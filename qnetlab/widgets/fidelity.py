"""The fidelity explorer: what does one number promise?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ..protocols.noisy_pair import NoisyPair
from ..theory.chsh import LOCAL_LIMIT, QUANTUM_LIMIT
from ._panel import Chart, Group, Panel, State, choices, slider, stops
from .explorer import Explorer

_OWN = "own"  # noise without a name
_LABELS = {"perfect": "a perfect pair", "white": "F = 0.85, white noise", "dephased": "F = 0.85, dephasing",
           "entangled": "F = 0.75, white noise", "coins": "matched coins", _OWN: "your own"}

#: (white_noise, dephasing) of each named pair.
EXAMPLES: dict[str, tuple[float, float]] = {
    "perfect": (0.0, 0.0), "white": (0.2, 0.0), "dephased": (0.0, 0.15), "entangled": (1 / 3, 0.0), "coins": (0.0, 0.5),
}

_PANEL = Panel(
    places={"white_noise": "white_noise", "dephasing": "dephasing"},
    groups=(
        Group(title="Noise", controls=(
            choices("example", "Choose", _LABELS, writes=(), hint="Pairs to start from"),
            slider("white_noise", "White noise", stops(0, 1, 0.01), show="fixed:2",
                   hint="Share of pairs that are nothing but noise: 1 − V"),
            slider("dephasing", "Dephasing", stops(0, 0.5, 0.005), show="fixed:3",
                   hint="Probability that a pair's sign has flipped; at 1/2 two matched coins are left"),
        )),
    ),
)


def _name_of(noise: tuple[float, float]) -> str:
    return next((name for name, own in EXAMPLES.items() if own == noise), _OWN)


class FidelityExplorer(Explorer[NoisyPair]):
    """Add two kinds of noise to a pair: fidelity, S, differing bits, concurrence and teleportation move together.

    Parameters
    ----------
    protocol : NoisyPair or None
        Where to start; None for F = 0.85 with white noise.
    ranges : mapping or None
        Other ends for a slider, such as ``{"white_noise": (0, 0.3, 0.001)}``.
    shots : int
        Rounds that Aer draws for one point, in four batches.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: example ("perfect", "white", "dephased", "entangled", "coins"), white_noise, dephasing.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`NoisyPair` that the controls stand for; setting it moves them.

    >>> explorer = FidelityExplorer(example="dephased")
    >>> round(explorer.protocol.theory()["fidelity"], 3), round(explorer.protocol.s_max, 3)
    (0.85, 2.441)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = NoisyPair
    entry: ClassVar[str] = "fidelity.js"
    title: ClassVar[str] = "Fidelity: what does one number promise?"
    chart: ClassVar[Chart] = Chart(quantity="s", along="white_noise", x_label="white noise, 1 − V",
                                   y_label="S, standard settings", y_range=(0.0, 3.0), limits={"agreed": LOCAL_LIMIT})
    shoots: ClassVar[str] = "exact"
    still: ClassVar[tuple[str, ...]] = ("example",)

    @classmethod
    def example(cls) -> NoisyPair:
        """The fidelity that an experiment in a city reported at its lowest, if all noise is white."""
        return NoisyPair(white_noise=0.2)

    def read(self, protocol: Any) -> State:
        """Two amounts of noise, and their name if they have one."""
        return {**super().read(protocol), "example": _name_of((protocol.white_noise, protocol.dephasing))}

    def completed(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """A name brings its noise along; noise brings its name."""
        given = super().completed(settings)
        named = given.get("example")
        if named in EXAMPLES:
            return {"white_noise": EXAMPLES[named][0], "dephasing": EXAMPLES[named][1], **given}
        if given.keys() & {"white_noise", "dephasing"}:
            given["example"] = _name_of((given.get("white_noise", self.state["white_noise"]),
                                         given.get("dephasing", self.state["dephasing"])))
        return given

    def extra_config(self, given: Any) -> dict[str, Any]:
        """The second chart: S at best settings against F, for each kind of noise alone."""
        against = {"x_label": "fidelity F", "y_label": "S, best settings", "x_range": (0.0, 1.0), "y_range": (0.0, 3.0),
                   "limits": {"agreed": LOCAL_LIMIT, "any pair": QUANTUM_LIMIT}}
        return {"examples": EXAMPLES, "against_chart": against}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        seen = protocol.theory()
        return (f"A pair of fidelity {seen['fidelity']:.3f}: S = {protocol.s_max:.3f} at its best settings, "
                f"{seen['qber_z']:.1%} of the bits differ in Z and {seen['qber_x']:.1%} in X, concurrence "
                f"{protocol.concurrence:.3f}, teleportation {seen['teleportation']:.3f}.")
