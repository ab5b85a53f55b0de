"""The network explorer: which way, and who gets the links?"""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

from ..checks import refuse, require
from ..devices.fiber import Fiber
from ..devices.link import Link
from ..devices.memory import Memory
from ..devices.source import PhotonPairSource
from ..network.graph import Network
from ..network.places import Edge, Node, distance_km, with_length
from ..network.sharing import SharedNetwork
from ._link import LINK_PLACES
from ._panel import Group, Panel, State, choices, decades, slider, stops
from .explorer import Explorer

#: The map, in km.
WIDE_KM, HIGH_KM = 130.0, 70.0
#: Four users and two stations, and where they stand at first.
NODES = {"Alice": (8, 58), "Bob": (122, 60), "Carol": (6, 14), "Dave": (118, 8), "M": (42, 34), "N": (84, 36)}
EDGES = (("Alice", "M"), ("Carol", "M"), ("M", "N"), ("N", "Bob"), ("N", "Dave"), ("Alice", "Bob"))
_EDGE_NAMES = range(len(EDGES))

_PANEL = Panel(
    places={
        **{f"edge{k}_{name}": path.replace("link.", f"network.edges.{k}.link.", 1)
           for k in _EDGE_NAMES for name, path in LINK_PLACES.items()},
        **{f"{name.lower()}_{axis}": f"network.nodes.{i}.{axis}_km" for i, name in enumerate(NODES) for axis in "xy"},
        "aim": "aim", "policy": "policy", "alternatives": "alternatives", "slot_s": "slot_s",
    },
    groups=(
        Group(title="Routes and turns", controls=(
            choices("aim", "Best by", {"rate": "pairs per second", "fidelity": "fidelity", "key_rate": "secret key"},
                    hint="What each route is chosen for; no quantum network's map can simply add up kilometers"),
            choices("alternatives", "Each may use", {1: "its best route", 2: "two routes"},
                    hint="Two: the best one, and the best that shares no link with it, where the first one fails"),
            choices("policy", "First come", {"in_turn": "both in turn", "in_order": "Alice and Bob, always"},
                    hint="Who takes the links first in a time slot"),
        )),
        Group(title="All links", controls=(
            slider("pair_fidelity", "Pair fidelity", stops(0.8, 1, 0.005), show="fixed:3",
                   writes=tuple(f"edge{k}_pair_fidelity" for k in _EDGE_NAMES), hint="Fidelity of every fresh pair"),
            slider("t2_s", "Memory T2", decades(-4, 1), unit="s", show="si",
                   writes=tuple(f"edge{k}_{who}_t2_s" for k in _EDGE_NAMES for who in ("alice", "bob")),
                   hint="How long all memories keep a phase"),
            slider("slot_s", "Time slot", stops(0.0005, 0.02, 0.0005), unit="s", show="si",
                   hint="In each slot a link tries until it has a pair; at the end the pairs are used, or thrown away"),
        )),
        Group(title="Places, in km", folded=True, controls=tuple(
            slider(f"{name.lower()}_{axis}", f"{name} {axis}", stops(0, WIDE_KM if axis == "x" else HIGH_KM, 1),
                   hint=f"{name}: km to the {'east' if axis == 'x' else 'north'}")
            for name in NODES for axis in "xy")),
    ),
)


class NetworkExplorer(Explorer[SharedNetwork]):
    """Drag the nodes of a network, by mouse or by keyboard: lengths, routes, and what two pairs of users get.

    Parameters
    ----------
    protocol : SharedNetwork or None
        Where to start: the same six nodes and links, elsewhere and otherwise; None for an example.
    presets
        Not used here: there is nothing to choose from.
    ranges : mapping or None
        Other ends for a slider, such as ``{"slot_s": (0.001, 0.1, 0.001)}``.
    **settings
        Any control: aim ("rate", "fidelity" or "key_rate"), alternatives (1 or 2), policy ("in_turn" or "in_order"),
        pair_fidelity, t2_s, slot_s, and alice_x, alice_y, bob_x, ..., n_y in km.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the network refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`qnetlab.SharedNetwork` that the controls stand for; setting it moves them. A
    link becomes as long as its way on the map, times the detour that it had. Nothing runs on Aer here: all numbers are
    exact.

    >>> explorer = NetworkExplorer(aim="fidelity")
    >>> explorer.protocol.shares()[0].routes
    (('Alice', 'Bob'),)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = SharedNetwork
    entry: ClassVar[str] = "network.js"
    title: ClassVar[str] = "A network: which way, and who gets the links?"
    shoots: ClassVar[str | None] = None

    @classmethod
    def example(cls) -> SharedNetwork:
        """A short way over two stations that both requests want, and a long fiber around it."""
        memory = Memory(t2_s=0.1)
        link = Link(source=PhotonPairSource(fidelity=0.96), alice_memory=memory, bob_memory=memory,
                    fiber=Fiber(attenuation_db_per_km=0.2))
        nodes = tuple(Node(name=name, x_km=x, y_km=y) for name, (x, y) in NODES.items())
        return SharedNetwork(network=Network.laid(nodes, EDGES, link=link), slot_s=0.003,
                             requests=(("Alice", "Bob"), ("Carol", "Dave")), aim="rate")

    def build(self, base: Any, state: State) -> SharedNetwork:
        """The panel's own, with lengths that follow the map."""
        made: SharedNetwork = super().build(base, state)
        old, new = base.network, made.network
        moved = {node.name for was, node in zip(old.nodes, new.nodes, strict=True) if was != node}
        edges = tuple(
            Edge(a=edge.a, b=edge.b, link=with_length(
                edge.link, detour * distance_km(new.node(edge.a), new.node(edge.b))))
            if moved & {edge.a, edge.b} else edge
            for edge, detour in zip(new.edges, _detours(old), strict=True))
        return dataclasses.replace(made, network=Network(nodes=new.nodes, edges=edges))

    def _checked_protocol(self, got: Any) -> Any:
        shared = super()._checked_protocol(got)
        like = self.example()
        same = (tuple(node.name for node in shared.network.nodes) == tuple(NODES)
                and tuple((edge.a, edge.b) for edge in shared.network.edges) == EDGES
                and shared.requests == like.requests and not shared.network.nodes[0].on_earth)
        if not same:
            refuse("protocol must have the explorer's nodes, edges and requests", got={"protocol": (shared, "")},
                   why=f"They are drawn: {', '.join(NODES)}", fix="dataclasses.replace(explorer.protocol, slot_s=0.01)")
        for edge in shared.network.edges:
            link = edge.link
            plain = isinstance(link, Link) and isinstance(link.fiber, Fiber) and not any(
                memory.dephasing == "gaussian" for memory in (link.alice_memory, link.bob_memory))
            require(plain, "all links must be a Link over fiber, with memories that dephase exponentially",
                    got={"link": (link, "")}, why="The closed form in the browser knows these", fix="Link()")
        return shared

    def extra_config(self, given: Any) -> dict[str, Any]:
        """The map: who is joined to whom, with which detour, and who wants what."""
        network = given.network
        return {
            "nodes": [node.name for node in network.nodes], "wide_km": WIDE_KM, "high_km": HIGH_KM,
            "edges": [{"ends": [network.index(edge.a), network.index(edge.b)], "detour": detour}
                      for edge, detour in zip(network.edges, _detours(network), strict=True)],
            "requests": [[network.index(a), network.index(b)] for a, b in given.requests]}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        told = [f"{' and '.join(share.ends)} share {share.pair_rate_hz:.1f} pairs per second over "
                f"{', '.join('-'.join(route) for route in share.routes)}, F = {share.fidelity:.3f}"
                for share in protocol.shares()]
        return "; ".join(told) + "."


def _detours(network: Network) -> list[float]:
    """Of each edge: fiber over the way on the map; 1 where its ends stand in the same place."""
    ways = [distance_km(network.node(edge.a), network.node(edge.b)) for edge in network.edges]
    return [edge.length_km / way if way > 0 else 1.0 for edge, way in zip(network.edges, ways, strict=True)]
