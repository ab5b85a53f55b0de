"""How much key a network can carry between two nodes, and over which paths: maximum flow and disjoint paths.

A link is (a, b, capacity), usable in both directions together up to its capacity: a key is used up whoever speaks.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..checks import UnknownName, require

#: Two ends and what lies between them.
Edge = tuple[str, str, float]
_Rest = dict[Any, dict[Any, float]]
#: What is less than this share of the largest capacity is rounding.
_ROUNDING = 1e-12


class Flow(NamedTuple):
    """The most that goes from source to target."""

    value: float
    #: Which nodes and how much; together they carry ``value``.
    paths: tuple[tuple[tuple[str, ...], float], ...]
    #: The places (in the list of links) that hold the flow back: without them source and target fall apart, and their
    #: capacities add up to ``value``.
    bottleneck: tuple[int, ...]


def maximum_flow(links: Sequence[Edge], source: str, target: str) -> Flow:
    """The most that links of given capacities carry from ``source`` to ``target``, over all paths together.

    Parameters
    ----------
    links : sequence of (a, b, capacity)
        Capacities >= 0, in any unit; several links may join the same two nodes.
    source, target : str
        Two different nodes of the links.

    Returns
    -------
    Flow

    Raises
    ------
    KeyError, ValueError
        If a node is not there, source is target, or a capacity is negative.

    Notes
    -----
    Augmenting paths, the shortest first. What comes out is as large as the smallest cut, which is returned with it.

    References
    ----------
    L. R. Ford, D. R. Fulkerson, Canadian Journal of Mathematics 8, 399 (1956), doi:10.4153/CJM-1956-045-5;
    J. Edmonds, R. M. Karp, Journal of the ACM 19, 248 (1972), doi:10.1145/321694.321699.

    >>> flow = maximum_flow([("a", "c", 3), ("c", "b", 2), ("a", "b", 1)], "a", "b")
    >>> flow.value, flow.bottleneck
    (3.0, (1, 2))
    """
    _checked(links, source, target)
    rest: _Rest = {}
    for a, b, capacity in links:
        _joined(rest, a, b, float(capacity))
        _joined(rest, b, a, float(capacity))
    whole = {node: dict(out) for node, out in rest.items()}
    floor = _ROUNDING * max((float(c) for _, _, c in links), default=0.0)
    reached = _pushed(rest, source, target, floor)
    moved = {a: {b: whole[a][b] - left for b, left in out.items() if whole[a][b] - left > floor}
             for a, out in rest.items()}
    paths = tuple(_taken_apart(moved, source, target, floor))
    bottleneck = tuple(i for i, (a, b, c) in enumerate(links) if (a in reached) != (b in reached) and c > 0)
    return Flow(sum(amount for _, amount in paths), paths, bottleneck)


def disjoint_paths(links: Sequence[Edge], source: str, target: str) -> tuple[tuple[str, ...], ...]:
    """As many paths as there are that share no node but their ends, the shortest first.

    Links of capacity 0 are not there. A direct link counts as one path.

    Raises
    ------
    KeyError, ValueError
        If a node is not there, source is target, or a capacity is negative.

    Notes
    -----
    Maximum flow where every node in between lets one path through (K. Menger, Fundamenta Mathematicae 10, 96 (1927),
    doi:10.4064/fm-10-1-96-115).

    >>> ring = [("a", "c", 1), ("c", "b", 1), ("a", "d", 1), ("d", "e", 1), ("e", "b", 1)]
    >>> disjoint_paths(ring, "a", "b")
    (('a', 'c', 'b'), ('a', 'd', 'e', 'b'))
    """
    _checked(links, source, target)
    rest: _Rest = {}
    nodes = dict.fromkeys(end for a, b, _ in links for end in (a, b))
    for node in nodes:  # a node is an entrance and an exit with room for one between them
        _joined(rest, (node, "in"), (node, "out"), float("inf") if node in (source, target) else 1.0)
    for a, b in dict.fromkeys((a, b) for a, b, capacity in links if capacity > 0 and a != b):
        for left, right in ((a, b), (b, a)):
            if rest.get((left, "out"), {}).get((right, "in"), 0.0) < 1.0:
                _joined(rest, (left, "out"), (right, "in"), 1.0)
    whole = {node: dict(out) for node, out in rest.items()}
    _pushed(rest, (source, "in"), (target, "out"), 0.5)
    plain: _Rest = {}
    for (a, door), out in rest.items():
        for b, other_door in out:
            if (door, other_door) == ("out", "in") and whole[a, door][b, other_door] - out[b, other_door] > 0.5:
                plain.setdefault(a, {})[b] = 1.0
    found = [path for path, _ in _taken_apart(plain, source, target, 0.5)]
    return tuple(sorted(found, key=lambda path: (len(path), path)))


def fewest_hops(links: Sequence[Edge], source: str, target: str) -> tuple[str, ...]:
    """The path of fewest hops over links of some capacity, the first in the order of the links; empty if none.

    Raises
    ------
    KeyError, ValueError
        If a node is not there, or source is target.

    >>> fewest_hops([("a", "c", 1), ("c", "b", 1), ("a", "b", 0)], "a", "b")
    ('a', 'c', 'b')
    """
    _checked(links, source, target)
    near: _Rest = {}
    for a, b, capacity in links:
        if capacity > 0:
            near.setdefault(a, {})[b] = near.setdefault(b, {})[a] = 1.0
    return tuple(_way(near, source, target))


def _checked(links: Sequence[Edge], source: str, target: str) -> None:
    nodes = dict.fromkeys(end for a, b, _ in links for end in (a, b))
    for name, node in (("source", source), ("target", target)):
        require(node in nodes, f"{name} must be one of {', '.join(map(str, nodes))}", got={name: (node, "")},
                error=UnknownName, why="A path begins and ends at a node of the network",
                fix=f"{name}={next(iter(nodes), 'a')!r}")
    require(source != target, "source and target must differ", got={"source": (source, ""), "target": (target, "")},
            why="Nobody sends a key to themselves", fix="two nodes")
    for a, b, capacity in links:
        require(capacity >= 0, "a capacity must satisfy 0 <= capacity", got={f"{a}-{b}": (capacity, "")},
                why="A link carries something or nothing", fix="leaving the link out")


def _joined(rest: _Rest, a: Any, b: Any, capacity: float) -> None:
    rest.setdefault(a, {})
    rest.setdefault(b, {}).setdefault(a, 0.0)
    rest[a][b] = rest[a].get(b, 0.0) + capacity


def _searched(rest: _Rest, source: Any, target: Any, floor: float) -> dict[Any, Any]:
    """Where every node was reached from, by fewest hops, until ``target`` is."""
    came: dict[Any, Any] = {source: None}
    waiting = deque([source])
    while waiting and target not in came:
        node = waiting.popleft()
        for other, left in rest.get(node, {}).items():
            if left > floor and other not in came:
                came[other] = node
                waiting.append(other)
    return came


def _way(rest: _Rest, source: Any, target: Any, floor: float = 0.0) -> list[Any]:
    """The nodes of a shortest path; none if there is none."""
    came = _searched(rest, source, target, floor)
    if target not in came:
        return []
    way = [target]
    while came[way[-1]] is not None:
        way.append(came[way[-1]])
    return way[::-1]


def _pushed(rest: _Rest, source: Any, target: Any, floor: float) -> set[Any]:
    """Fill shortest paths until none is left, in place; the nodes that can still be reached."""
    while way := _way(rest, source, target, floor):
        hops = list(itertools.pairwise(way))
        amount = min(rest[a][b] for a, b in hops)
        for a, b in hops:
            rest[a][b] -= amount
            rest[b][a] += amount
    return set(_searched(rest, source, target, floor))


def _taken_apart(moved: _Rest, source: Any, target: Any, floor: float) -> list[tuple[tuple[str, ...], float]]:
    """A flow as paths from source to target; circles carry nothing and stay behind."""
    found = []
    while way := _way(moved, source, target):
        hops = list(itertools.pairwise(way))
        amount = min(moved[a][b] for a, b in hops)
        for a, b in hops:
            moved[a][b] -= amount
            if moved[a][b] <= floor:
                del moved[a][b]
        found.append((tuple(way), amount))
    return found
