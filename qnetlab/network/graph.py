"""Networks of any shape: a frozen value like every device."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import rustworkx

from ..checks import UnknownName, custom, refuse, require, value
from ..devices.link import Link
from .places import Edge, Node, distance_km, turned, with_length

#: Beyond that a picture shows nothing and a search finds no end.
MAX_NODES, MAX_EDGES = 2_000, 10_000


def _many(kind: type, most: int) -> Any:
    def coerce(name: str, got: Any) -> tuple[Any, ...]:
        kept = tuple(got) if isinstance(got, (tuple, list)) else None
        example = "Node(name='A'), Node(name='B')" if kind is Node else "Edge(a='A', b='B'),"
        if kept is None or not all(isinstance(one, kind) for one in kept):
            refuse(f"{name} must be a tuple of {kind.__name__}", got={name: (got, "")}, error=TypeError,
                   why="A network is made of them", fix=f"{name}=({example})")
        require(1 <= len(kept) <= most, f"{name} must hold 1 to {most}", got={name: len(kept)},
                why="None is no network, and more is no picture", fix=f"{name}=({example})")
        return kept

    return coerce


@value
class Network:
    """Nodes and the links between them.

    Parameters
    ----------
    nodes : tuple of Node
        All on the earth, or all on a flat map.
    edges : tuple of Edge
        Between nodes of these names; two nodes have at most one.

    Raises
    ------
    TypeError, ValueError
        If a name comes twice, an edge ends nowhere, or a field is of the wrong kind.

    Notes
    -----
    :meth:`chain`, :meth:`star`, :meth:`ring`, :meth:`grid` make networks of equal links; :meth:`laid` measures lengths
    on the map; :func:`qnetlab.read_network` reads GraphML and JSON. Routes: :func:`qnetlab.best_route`.

    >>> from qnetlab.devices.fiber import Fiber
    >>> net = Network.star(leaves=3, link=Link(fiber=Fiber(length_km=20)))
    >>> [node.name for node in net.nodes], len(net.edges), net.edge("A", "hub").length_km
    (['hub', 'A', 'B', 'C'], 3, 20.0)
    """

    nodes: tuple[Node, ...] = custom(default=(Node(name="A"), Node(name="B", x_km=1.0)), coerce=_many(Node, MAX_NODES),
                                     doc="all on the earth, or all on a flat map")
    edges: tuple[Edge, ...] = custom(default=(Edge(),), coerce=_many(Edge, MAX_EDGES), doc="at most one for two nodes")

    def _check(self) -> None:
        names = Counter(node.name for node in self.nodes)
        twice = next((name for name, count in names.items() if count > 1), None)
        require(twice is None, "nodes must have different names", got={"nodes": twice}, why="They are called by name",
                fix=f"{twice!r} and {f'{twice} 2'!r}")
        mixed = len({node.on_earth for node in self.nodes}) > 1
        require(not mixed, "nodes must all be on the earth, or all on a flat map",
                got={"nodes": sorted(node.name for node in self.nodes if not node.on_earth)[:3]},
                why="Between the two there is no distance", fix="latitude_deg and longitude_deg for all of them")
        seen: set[frozenset[str]] = set()
        for edge in self.edges:
            lost = next((name for name in (edge.a, edge.b) if name not in names), None)
            require(lost is None, "edges must join nodes of the network", got={"edges": (f"{edge.a}-{edge.b}", "")},
                    why=f"There is no node {lost!r}", fix=f"nodes=(..., Node(name={lost!r}))")
            ends = frozenset((edge.a, edge.b))
            require(ends not in seen, "edges must join two nodes once", got={"edges": (f"{edge.a}-{edge.b}", "")},
                    why="Which of two is meant could not be said", fix="the better of the two")
            seen.add(ends)

    # ------------------------------------------------------------------------------------------------ what is there

    def node(self, name: str) -> Node:
        """The node of this name."""
        return self.nodes[self.index(name)]

    def index(self, name: str) -> int:
        """Its place among the nodes.

        Raises
        ------
        KeyError
            If there is no such node; the message lists them.
        """
        places = _places(self)
        known = ", ".join(list(places)[:12]) + (", ..." if len(places) > 12 else "")
        require(isinstance(name, str) and name in places, f"a node must be one of {known}", got={"node": (name, "")},
                why="Nodes are called by name", fix=repr(next(iter(places))), error=UnknownName)
        return places[name]

    def edge(self, a: str, b: str) -> Edge:
        """The edge between two nodes, whichever is named first.

        Raises
        ------
        KeyError
            If there is none.
        """
        graph, i, j = as_graph(self), self.index(a), self.index(b)
        require(bool(graph.has_edge(i, j)), "two nodes must be joined", got={"nodes": (f"{a}-{b}", "")},
                error=UnknownName, why=f"{a} is joined to {', '.join(self.neighbors(a)) or 'nobody'}",
                fix="a route over other nodes")
        found: Edge = graph.get_edge_data(i, j)
        return found

    def neighbors(self, name: str) -> tuple[str, ...]:
        """The nodes that are joined to it, in the order of the alphabet."""
        return tuple(sorted(self.nodes[i].name for i in as_graph(self).neighbors(self.index(name))))

    def path(self, names: Sequence[str]) -> tuple[Any, ...]:
        """The links along a path, each turned so that its alice comes first."""
        return tuple(turned(self.edge(a, b), a) for a, b in itertools.pairwise(names))

    def links_from(self, name: str) -> tuple[Any, ...]:
        """The links of a node to its neighbors, in the order of the alphabet, each with that node as alice."""
        return tuple(turned(self.edge(name, other), name) for other in self.neighbors(name))

    # ------------------------------------------------------------------------------------------------ other networks

    def moved(self, name: str, **to: Any) -> Network:
        """The same network with one node elsewhere (x_km, y_km, or latitude_deg, longitude_deg).

        Its links keep their detour: a link that was 1.2 times as long as the straight line stays so.

        >>> from qnetlab.devices.fiber import Fiber
        >>> net = Network.chain(nodes=2, link=Link(fiber=Fiber(length_km=10)))
        >>> net.moved("B", x_km=30).edge("A", "B").length_km
        30.0
        """
        old = self.node(name)
        new = dataclasses.replace(old, **to)
        nodes = tuple(new if node is old else node for node in self.nodes)
        edges = []
        for edge in self.edges:
            if name in (edge.a, edge.b):
                there = self.node(edge.other(name))
                before, after = distance_km(old, there), distance_km(new, there)
                edge = Edge(a=edge.a, b=edge.b, link=with_length(edge.link, after * (edge.length_km / before
                                                                                     if before > 0 else 1.0)))
            edges.append(edge)
        return Network(nodes=nodes, edges=tuple(edges))

    @classmethod
    def laid(cls, nodes: Iterable[Node], pairs: Iterable[tuple[str, str]], *, link: Any = None,
             detour: float = 1.0) -> Network:
        """Links between pairs of names, each as long as the way between its nodes on the map.

        Parameters
        ----------
        nodes : Node
        pairs : (str, str)
        link : Link or None
            What every link is made of, but for its length; None for perfect ones.
        detour : float
            Fiber over straight line, >= 1; fiber follows roads.

        >>> nodes = (Node(name="A"), Node(name="B", x_km=30, y_km=40))
        >>> Network.laid(nodes, [("A", "B")], detour=1.2).edges[0].length_km
        60.0
        """
        require(isinstance(detour, (int, float)) and 1 <= detour < 100, "detour must satisfy 1 <= detour < 100",
                got={"detour": (detour, "")}, why="No fiber is shorter than the straight line", fix="detour=1.2")
        kept, like = tuple(nodes), Link() if link is None else link
        place = {node.name: node for node in kept if isinstance(node, Node)}
        made = []
        for a, b in pairs:
            known = a in place and b in place  # if not, the network itself will say so
            length = detour * distance_km(place[a], place[b]) if known else 0.0
            made.append(Edge(a=a, b=b, link=with_length(like, length)))
        return cls(nodes=kept, edges=tuple(made))

    @classmethod
    def chain(cls, nodes: int = 3, *, link: Any = None) -> Network:
        """Nodes in a row, A to B to C ..., joined by equal links."""
        count, like, step = _counted("nodes", nodes, 2), link or Link(), _step(link)
        names = [_letter(i) for i in range(count)]
        return cls(nodes=tuple(Node(name=n, x_km=i * step) for i, n in enumerate(names)),
                   edges=tuple(Edge(a=a, b=b, link=like) for a, b in itertools.pairwise(names)))

    @classmethod
    def ring(cls, nodes: int = 4, *, link: Any = None) -> Network:
        """A chain whose ends are joined, too."""
        count, like = _counted("nodes", nodes, 3), link or Link()
        radius = _step(link) / (2 * math.sin(math.pi / count))
        names = [_letter(i) for i in range(count)]
        return cls(nodes=_around(names, radius),
                   edges=tuple(Edge(a=names[i], b=names[(i + 1) % count], link=like) for i in range(count)))

    @classmethod
    def star(cls, leaves: int = 3, *, link: Any = None) -> Network:
        """A hub in the middle, joined to A, B, C, ... around it."""
        count, like = _counted("leaves", leaves, 1), link or Link()
        names = [_letter(i) for i in range(count)]
        return cls(nodes=(Node(name="hub"), *_around(names, _step(link))),
                   edges=tuple(Edge(a="hub", b=name, link=like) for name in names))

    @classmethod
    def grid(cls, rows: int = 3, columns: int = 3, *, link: Any = None) -> Network:
        """Streets and avenues: A1, A2, ... in the first row, B1, B2, ... in the second."""
        high, wide = _counted("rows", rows, 1), _counted("columns", columns, 2)
        like, step = link or Link(), _step(link)
        name = [[f"{_letter(r)}{c + 1}" for c in range(wide)] for r in range(high)]
        nodes = tuple(Node(name=name[r][c], x_km=c * step, y_km=-r * step) for r in range(high) for c in range(wide))
        across = [(name[r][c], name[r][c + 1]) for r in range(high) for c in range(wide - 1)]
        down = [(name[r][c], name[r + 1][c]) for r in range(high - 1) for c in range(wide)]
        return cls(nodes=nodes, edges=tuple(Edge(a=a, b=b, link=like) for a, b in (*across, *down)))


@lru_cache(maxsize=64)
def as_graph(network: Network) -> Any:
    """The network as a rustworkx graph: names on its nodes, in their order, and an Edge on each of its edges.

    >>> as_graph(Network.ring(nodes=5)).num_edges()
    5
    """
    graph, places = rustworkx.PyGraph(multigraph=False), _places(network)
    graph.add_nodes_from([node.name for node in network.nodes])
    graph.add_edges_from([(places[edge.a], places[edge.b], edge) for edge in network.edges])
    return graph


@lru_cache(maxsize=64)
def _places(network: Network) -> dict[str, int]:
    return {node.name: i for i, node in enumerate(network.nodes)}


def _counted(name: str, got: Any, low: int) -> int:
    whole = isinstance(got, int) and not isinstance(got, bool)
    require(whole, f"{name} must be a whole number", got={name: (got, "")}, why="They are counted", fix=f"{name}={low}",
            error=TypeError)
    require(low <= got <= MAX_NODES, f"{name} must satisfy {low} <= {name} <= {MAX_NODES}", got={name: got},
            why="Beyond that a picture shows nothing", fix=f"{name}={max(low, 3)}")
    return int(got)


def _step(link: Any) -> float:
    """How far apart equal links put their nodes on the map."""
    return float(link.fiber.length_km) if link is not None and link.fiber.length_km > 0 else 1.0


def _letter(i: int) -> str:
    """A, B, ..., Z, AA, AB, ..."""
    return (_letter(i // 26 - 1) if i >= 26 else "") + chr(ord("A") + i % 26)


def _around(names: list[str], radius: float) -> tuple[Node, ...]:
    turn = 2 * math.pi / len(names)
    return tuple(Node(name=n, x_km=radius * math.sin(i * turn), y_km=radius * math.cos(i * turn))
                 for i, n in enumerate(names))
