"""The GHZ explorer: what can three share that two cannot?"""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

from ..checks import refuse, require
from ..devices.fiber import Fiber
from ..devices.link import Link
from ..devices.memory import Memory
from ..devices.source import PhotonPairSource
from ..protocols.ghz import GHZ
from ._link import ERROR_STOPS, LINK_PLACES
from ._panel import Chart, Group, Panel, State, choices, decades, slider, stops
from .explorer import Explorer

#: A picture of more parties shows nothing new, and an exact answer of more links takes more than a reader waits.
MOST_LINKS, MOST_SHOT = 5, 3
GENUINE = 0.5

_OWN = "Bob's own qubit"
_WAYS = {"kept": "kept", "measured_x": "read in X, told", "measured_x_quiet": "read in X, not told",
         "measured_z": "read in Z", "lost": "lost"}
_BOTH = ("first", "other")

_PANEL = Panel(
    places={
        **{f"{which}_{name}": path.replace("link.", f"links.{i}.", 1)
           for i, which in enumerate(_BOTH) for name, path in LINK_PLACES.items()},
        "center": "center",
        "one_qubit_error": "gates.one_qubit",
        "two_qubit_error": "gates.two_qubit",
        **{f"{who}_{what}": f"{who}_readout.{what}" for who in ("center", "party") for what in ("error_0", "error_1")},
    },
    groups=(
        Group(title=_OWN, controls=(
            choices("center", _OWN, _WAYS, kind="radio", hint="What the middle does with the qubit it has left"),
        )),
        Group(title="Links to Bob", controls=(
            slider("first_pair_fidelity", "Alice's pair, F", stops(0.5, 1, 0.01), show="fixed:2",
                   hint="Fidelity of a fresh pair between Alice and Bob"),
            slider("other_pair_fidelity", "Others' pairs, F", stops(0.5, 1, 0.01), show="fixed:2",
                   hint="Fidelity of a fresh pair on every other link"),
            slider("links", "Links", tuple(range(2, MOST_LINKS + 1)), writes=(), hint="Each brings one party more"),
            slider("length_km", "Each link", stops(0, 100, 1), writes=tuple(f"{w}_length_km" for w in _BOTH),
                   unit="km"),
            slider("t2_s", "Memory T2", decades(-4, 2), unit="s", show="si",
                   writes=tuple(f"{w}_{who}_t2_s" for w in _BOTH for who in ("alice", "bob")),
                   hint="How long all memories keep a phase"),
        )),
        Group(title="Gates and readout", folded=True, controls=(
            slider("two_qubit_error", "CNOT error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of each of Bob's CNOTs"),
            slider("center_error", "Bob misreads", ERROR_STOPS, writes=("center_error_0", "center_error_1"),
                   show="fixed:3", hint="How often Bob reads a qubit wrongly"),
            slider("party_error", "Others misread", ERROR_STOPS, writes=("party_error_0", "party_error_1"),
                   show="fixed:3", hint="How often each of the others reads a qubit wrongly"),
        )),
    ),
)


def _link(fidelity: float) -> Link:
    memory = Memory(t2_s=0.1)
    return Link(source=PhotonPairSource(fidelity=fidelity), alice_memory=memory, bob_memory=memory,
                fiber=Fiber(length_km=20, attenuation_db_per_km=0.2))


class GhzExplorer(Explorer[GHZ]):
    """Share a state among three and more, and then lose one of them: watch what is left to the others.

    Parameters
    ----------
    protocol : GHZ or None
        Where to start, all links after the first alike; None for two good links of 20 km.
    presets
        Not used here: there is nothing to choose from.
    ranges : mapping or None
        Other ends for a slider, such as ``{"length_km": (0, 10, 0.1)}``.
    shots : int
        Rounds that Aer draws for one point, in four batches; up to three links.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: center ("kept", "measured_x", "measured_x_quiet", "measured_z" or "lost"), first_pair_fidelity,
        other_pair_fidelity, links, length_km, t2_s, two_qubit_error, center_error, party_error.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`GHZ` that the controls stand for; setting it moves them. ``length_km`` and
    ``t2_s`` write every link.

    >>> explorer = GhzExplorer(center="lost", length_km=0)
    >>> round(explorer.protocol.theory()["coherence"], 6), len(explorer.protocol.links)
    (0.0, 2)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = GHZ
    entry: ClassVar[str] = "ghz.js"
    title: ClassVar[str] = "A GHZ state: what three can share that two cannot"
    chart: ClassVar[Chart] = Chart(
        quantity="fidelity", along="first_pair_fidelity", x_label="fidelity of Alice's pair",
        y_label="shared state, F", y_range=(0.0, 1.0), limits={"genuine above": GENUINE})
    shoots: ClassVar[str] = "exact"

    @classmethod
    def example(cls) -> GHZ:
        """Two good pairs over short fibers."""
        return GHZ(links=(_link(0.95), _link(0.95)))

    def read(self, protocol: Any) -> State:
        """The first link, the others, and how many there are."""
        return {**super().read(protocol), "links": len(protocol.links)}

    def build(self, base: Any, state: State) -> GHZ:
        """As many links as the slider says, all after the first alike."""
        count = state["links"]
        require(isinstance(count, int) and 2 <= count <= 50, "links must be a whole number, 2 <= links <= 50",
                got={"links": count}, why="Three parties need two", fix="links=2",
                error=ValueError if isinstance(count, int) else TypeError)
        two: GHZ = super().build(dataclasses.replace(base, links=base.links[:2]), state)
        first, other = two.links
        return dataclasses.replace(two, links=(first, *(other,) * (count - 1)))

    def _checked_protocol(self, got: Any) -> Any:
        shared = super()._checked_protocol(got)
        if len(set(shared.links[1:])) > 1 or not all(isinstance(link, Link) for link in shared.links):
            refuse("all links after the first must be alike, and each a Link", got={"links": (shared.links, "")},
                   why="Two sliders set the links, one for the first and one for all others",
                   fix="links=(first, other, other)")
        return shared

    def can_shoot(self, protocol: Any) -> bool:
        """Up to three links."""
        return len(protocol.links) <= MOST_SHOT

    def extra_config(self, given: Any) -> dict[str, Any]:
        """How many links Aer takes."""
        return {"most_shot": MOST_SHOT}

    def compared(self, protocol: Any) -> dict[str, Any]:
        """With the middle as a party, and with its qubit lost."""
        return {_WAYS[protocol.center]: protocol, "lost": dataclasses.replace(protocol, center="lost")}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        seen = protocol.theory()
        return (f"{protocol.parties} parties over {len(protocol.links)} links, Bob's own qubit "
                f"{_WAYS[protocol.center]}: populations {seen['populations']:.3f}, coherence "
                f"{seen['coherence']:.3f}, F = {seen['fidelity']:.3f}.")
