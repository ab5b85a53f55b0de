"""The swapping explorer: how do two who never met share a pair?"""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

from ..checks import refuse, require
from ..devices.fiber import Fiber
from ..devices.link import Link
from ..devices.memory import Memory
from ..devices.source import PhotonPairSource
from ..protocols.swapping import Swapping
from ._link import ERROR_STOPS, LINK_PLACES
from ._panel import Chart, Group, Panel, State, choices, decades, slider, stops
from .explorer import Explorer

#: An exact answer of more links takes more than a reader waits.
MOST_LINKS = 4
ENTANGLED = 0.5

_STEPS = {1: "pairs are made", 2: "heralds cross", 3: "the middle measures", 4: "the bits travel"}
_BITS = {"feed_forward": "Bob acts", "pauli_frame": "only noted", "at_once": "not waited for", "none": "lost"}
_TITLE = "The bits of the middle"
_BOTH = ("first", "other")

_PANEL = Panel(
    places={
        **{f"{which}_{name}": path.replace("link.", f"links.{i}.", 1)
           for i, which in enumerate(_BOTH) for name, path in LINK_PLACES.items()},
        "corrections": "corrections",
        "one_qubit_error": "gates.one_qubit",
        "two_qubit_error": "gates.two_qubit",
        **{f"{who}_{what}": f"{who}_readout.{what}" for who in ("station", "alice", "bob")
           for what in ("error_0", "error_1")},
    },
    groups=(
        Group(title=None, controls=(choices("step", "Step through", _STEPS, kind="steps", writes=()),)),
        Group(title=_TITLE, controls=(
            choices("corrections", _TITLE, _BITS, kind="radio",
                    hint="Two from every station: which of the four Bell states the ends now hold"),
        )),
        Group(title="Links", controls=(
            slider("first_pair_fidelity", "First pair, F", stops(0.5, 1, 0.01), show="fixed:2",
                   hint="Fidelity of a fresh pair on Alice's link"),
            slider("other_pair_fidelity", "Other pairs, F", stops(0.5, 1, 0.01), show="fixed:2",
                   hint="Fidelity of a fresh pair on every other link"),
            slider("links", "Links", tuple(range(2, MOST_LINKS + 1)), writes=(),
                   hint="Between two links stands a station"),
            slider("length_km", "Each link", stops(0, 100, 1), writes=tuple(f"{w}_length_km" for w in _BOTH),
                   unit="km"),
            slider("t2_s", "Memory T2", decades(-4, 2), unit="s", show="si",
                   writes=tuple(f"{w}_{who}_t2_s" for w in _BOTH for who in ("alice", "bob")),
                   hint="How long all memories keep a phase"),
        )),
        Group(title="Gates and readout", folded=True, controls=(
            slider("two_qubit_error", "CNOT error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of each station's two-qubit gate"),
            slider("one_qubit_error", "X, Z, H error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of each one-qubit gate: the stations' H, Bob's X and Z"),
            slider("station_error", "Readout error", ERROR_STOPS, writes=("station_error_0", "station_error_1"),
                   show="fixed:3", hint="How often a station reads a qubit wrongly, 0 for 1 and 1 for 0 alike"),
        )),
    ),
)


def _link(fidelity: float) -> Link:
    memory = Memory(t2_s=0.1)
    return Link(source=PhotonPairSource(fidelity=fidelity), alice_memory=memory, bob_memory=memory,
                fiber=Fiber(length_km=20, attenuation_db_per_km=0.2))


class SwapExplorer(Explorer[Swapping]):
    """Join links by swapping: watch one run in space and time, lose the bits of the middle, see what is left.

    Parameters
    ----------
    protocol : Swapping or None
        Where to start, all links after the first alike; None for two links of 20 km.
    presets
        Not used here: there is nothing to choose from.
    ranges : mapping or None
        Other ends for a slider, such as ``{"length_km": (0, 10, 0.1)}``.
    shots : int
        Rounds that Aer draws for one point, in four batches; up to four links.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: step, corrections ("feed_forward", "pauli_frame", "at_once" or "none"),
        first_pair_fidelity, other_pair_fidelity, links, length_km, t2_s, two_qubit_error, one_qubit_error,
        station_error.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`Swapping` that the controls stand for; setting it moves them. ``length_km`` and
    ``t2_s`` write every link; where links differ the control says "as given" and leaves them alone.

    >>> explorer = SwapExplorer(first_pair_fidelity=0.9, other_pair_fidelity=0.9, length_km=0)
    >>> round(explorer.protocol.theory()["fidelity"], 6), len(explorer.protocol.links)
    (0.813333, 2)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = Swapping
    entry: ClassVar[str] = "swap.js"
    title: ClassVar[str] = "Swapping: a pair between two who never met"
    chart: ClassVar[Chart] = Chart(
        quantity="fidelity", along="first_pair_fidelity", x_label="fidelity of the first pair",
        y_label="end to end, F", y_range=(0.0, 1.0), limits={"entangled above": ENTANGLED})
    shoots: ClassVar[str] = "exact"
    still: ClassVar[tuple[str, ...]] = ("step",)

    @classmethod
    def example(cls) -> Swapping:
        """Two good pairs over short fibers."""
        return Swapping(links=(_link(0.9), _link(0.9)))

    def read(self, protocol: Any) -> State:
        """The first link, the others, and how many there are."""
        return {**super().read(protocol), "links": len(protocol.links)}

    def build(self, base: Any, state: State) -> Swapping:
        """As many links as the slider says, all after the first alike."""
        count = state["links"]
        require(isinstance(count, int) and 2 <= count <= 100, "links must be a whole number, 2 <= links <= 100",
                got={"links": count}, why="A station stands between two links", fix="links=2",
                error=ValueError if isinstance(count, int) else TypeError)
        two: Swapping = super().build(dataclasses.replace(base, links=base.links[:2]), state)
        first, other = two.links
        return dataclasses.replace(two, links=(first, *(other,) * (count - 1)))

    def _checked_protocol(self, got: Any) -> Any:
        chain = super()._checked_protocol(got)
        if len(set(chain.links[1:])) > 1:
            refuse("all links after the first must be alike", got={"links": (chain.links, "")},
                   why="Two sliders set the links, one for the first and one for all others",
                   fix="links=(first, other, other)")
        return chain

    def can_shoot(self, protocol: Any) -> bool:
        """Up to four links."""
        return len(protocol.links) <= MOST_LINKS

    def extra_config(self, given: Any) -> dict[str, Any]:
        """The second chart, over the number of links; and how many Aer takes."""
        return {"most_links": MOST_LINKS, "chain_chart": {
            "x_label": "links of this kind", "y_label": self.chart.y_label, "y_range": self.chart.y_range,
            "x_range": (1, 16), "x_ticks": (2, 4, 8, 12, 16), "limits": dict(self.chart.limits)}}

    def compared(self, protocol: Any) -> dict[str, Any]:
        """With the bits of the middle, and without."""
        return {"this chain": protocol, "without the bits": dataclasses.replace(protocol, corrections="none")}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        seen = protocol.theory()["fidelity"]
        quiet = dataclasses.replace(protocol, corrections="none").theory()["fidelity"]
        return (f"{len(protocol.links)} links, pairs of fidelity {protocol.links[0].source.fidelity:g} and "
                f"{protocol.links[1].source.fidelity:g}: Alice and Bob share a pair of fidelity {seen:.3f}; without "
                f"the bits of the middle, {quiet:.3f}.")
