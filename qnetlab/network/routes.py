"""The best way through a network, by rate, by fidelity or by key: searched to the end, or said to be not."""

from __future__ import annotations

import itertools
import math
from typing import Any, NamedTuple

from ..checks import require
from ..theory.states import bell_fidelity
from ..theory.swapping import PERFECT, Station, station, swapped_pair
from .graph import Network
from .route_search import Search, counts_waiting, rate_of, secret_fraction, station_t2s, waiting_kept
from .slots import edge_chance, waiting_pair

_FIELDS = {"rate": "pair_rate_hz", "fidelity": "fidelity", "key_rate": "key_rate_hz", "length": "length_km"}
#: What a route may be the best by.
AIMS = tuple(_FIELDS)
#: Partial routes that are looked at before the search gives up.
MOST_STEPS = 6_000


class Route(NamedTuple):
    """A way through a network and what it brings.

    ``pair_rate_hz``, ``fidelity``, ``key_rate_hz`` as in :func:`route_along`. ``exact``: no other route is better by
    what it was chosen by; if False, none is better than ``at_most``. ``waited``: what waiting costs is in it.
    """

    nodes: tuple[str, ...]
    links: tuple[Any, ...]
    length_km: float
    pair_rate_hz: float
    fidelity: float
    key_rate_hz: float
    exact: bool = True
    at_most: float = math.inf
    waited: bool = True

    def __str__(self) -> str:
        """One line."""
        told = "" if self.waited else "; waiting not counted"
        told += "" if self.exact else f"; the search gave up, none is better than {self.at_most:.4g}"
        return (f"{'-'.join(self.nodes)}: {self.length_km:.4g} km, {self.pair_rate_hz:.4g} pairs/s, "
                f"F = {self.fidelity:.4f}, key {self.key_rate_hz:.4g} bit/s{told}")


def route_along(network: Network, nodes: Any, *, two_qubit_error: float = 0.0, readout_error: float = 0.0) -> Route:
    """What one way through a network brings.

    Parameters
    ----------
    network : Network
    nodes : sequence of str
        From one end to the other, each joined to the next one.
    two_qubit_error, readout_error : float
        Of every station: average infidelity of its CNOT, and P(read wrongly), 0 for 1 and 1 for 0 alike.

    Returns
    -------
    Route

    Raises
    ------
    KeyError, ValueError
        If there is no such node, two of them are not joined, or one comes twice.

    Notes
    -----
    The same model as :class:`qnetlab.RepeaterChain` with ``measure="at_once"``, on one clock: all links start together
    and attempt on the beat of the slowest one, a station swaps when both of its links have a pair, the ends measure at
    once, and a new round begins when the last link has its pair. Rate: 1/(E[max] beat), with
    :func:`qnetlab.theory.repeaters.mean_longest_wait_of`. Fidelity: each link's own after its herald, swapped, and XX
    and YY times what waiting at the stations leaves, on average and exactly
    (:func:`qnetlab.theory.chain_memory.mean_decay_of`); of two memories of a station that differ, the shorter T2
    counts.
    Waiting is counted only if all memories of the network lose phase alone, exponentially: else ``waited`` is False.
    Key rate: rate times the secret fraction 1 - h(Qx) - h(Qz) of BBM92 without end, own devices trusted; 0 if negative.

    >>> from qnetlab.devices.link import Link
    >>> from qnetlab.devices.source import PhotonPairSource
    >>> net = Network.chain(nodes=3, link=Link(source=PhotonPairSource(fidelity=0.9)))
    >>> round(route_along(net, "ABC").fidelity, 6)
    0.813333
    """
    names = tuple(nodes)
    require(len(names) >= 2 and len(set(names)) == len(names),
            "a route must visit two nodes or more, none of them twice", got={"nodes": (names, "")},
            why="A loop brings nothing", fix="('A', 'B')")
    return _made(names, network, _station(two_qubit_error, readout_error), counts_waiting(network))


def best_route(network: Network, start: str, end: str, by: str = "key_rate", *, two_qubit_error: float = 0.0,
               readout_error: float = 0.0, most_steps: int = MOST_STEPS) -> Route:
    """The best way from one node to another.

    Parameters
    ----------
    network : Network
    start, end : str
        Names of two nodes.
    by : "rate", "fidelity", "key_rate" or "length"
        What is to be the best. None of the first three adds up over links, so that a shortest-path rule cannot find it.
    two_qubit_error, readout_error : float
        As in :func:`route_along`.
    most_steps : int
        Partial routes that are looked at before the search gives up.

    Returns
    -------
    Route
        ``exact`` says whether the search came to its end; if not, ``at_most`` bounds what any other route reaches.

    Raises
    ------
    KeyError, ValueError
        If there is no such node, both are the same, or no route joins them.

    Notes
    -----
    The search follows beginnings of routes, the most promising first (:mod:`qnetlab.network.route_search`), until none
    that is left could become better than the best whole route. A longer route is never quicker, and its correlators
    only shrink: that bounds what a beginning can become, and lets one that is worse in everything be dropped (where
    nothing waits: a quicker beginning waits longer for what follows).

    >>> from qnetlab.devices.fiber import Fiber
    >>> from qnetlab.devices.link import Link
    >>> net = Network.ring(nodes=5, link=Link(fiber=Fiber(length_km=20)))
    >>> print(best_route(net, "A", "C", by="rate"))
    A-B-C: 40 km, 1.021e+04 pairs/s, F = 1.0000, key 1.021e+04 bit/s
    """
    require(by in AIMS, f"by must be one of {', '.join(AIMS)}", got={"by": (by, "")},
            why="A route is good for something", fix="by='fidelity'")
    first, last = network.index(start), network.index(end)
    other = network.nodes[(first + 1) % len(network.nodes)].name
    require(first != last, "start and end must be two nodes", got={"start": start, "end": end},
            why="Who is there already needs no route", fix=f"end={other!r}")
    at = _station(two_qubit_error, readout_error)
    waits = counts_waiting(network)
    search = Search(network, end, by, at, waits=waits)
    require(start in search.keeps, "a route must join the two nodes", got={"start": start, "end": end},
            why="They lie in parts of the network that no link joins", fix="an edge between the two parts")

    def whole(names: tuple[str, ...]) -> tuple[float, Route]:
        route = _made(names, network, at, waits)
        return (-route.length_km if by == "length" else float(getattr(route, _FIELDS[by]))), route

    found: Route
    found, ended, rest = search.run(start, most_steps, whole)
    return found if ended else found._replace(exact=False, at_most=abs(rest))


def best_way_in_slots(network: Network, start: str, end: str, by: str, slot_s: float) -> tuple[str, ...]:
    """The best way in time slots, as names: by how often all its links hold a pair, by what these are worth, or both.

    >>> best_way_in_slots(Network.chain(nodes=3), "A", "C", "key_rate", 1e-3)
    ('A', 'B', 'C')
    """
    for name in (start, end):
        network.index(name)
    search = Search(network, end, by, PERFECT, slot_s)
    require(start in search.keeps and start != end, "a route must join the two nodes", got={"start": start, "end": end},
            why="No link joins them, or they are one", fix="an edge between them")

    def whole(names: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
        edges = [network.edge(a, b) for a, b in itertools.pairwise(names)]
        if by == "length":
            return -math.fsum(edge.length_km for edge in edges), names
        pair = swapped_pair([waiting_pair(edge, slot_s) for edge in edges])
        rate = math.prod(edge_chance(edge, slot_s) for edge in edges) / slot_s
        worth = {"rate": rate, "fidelity": float(bell_fidelity(pair, "phi_plus")),
                 "key_rate": rate * secret_fraction(float(pair.xx), float(pair.zz))}
        return worth[by], names

    found: tuple[str, ...]
    found, _, _ = search.run(start, MOST_STEPS, whole)
    return found


def _station(two_qubit_error: float, readout_error: float) -> Station:
    for name, got, high in (("two_qubit_error", two_qubit_error, 0.75), ("readout_error", readout_error, 0.5)):
        require(isinstance(got, (int, float)) and 0 <= got <= high, f"{name} must satisfy 0 <= {name} <= {high}",
                got={name: (got, "")}, why="Beyond that nothing is left of the pair", fix=f"{name}=0.01")
    if not two_qubit_error and not readout_error:
        return PERFECT
    return station(two_qubit_error=two_qubit_error, error_0=readout_error, error_1=readout_error, corrects=False)


def _made(names: tuple[str, ...], network: Network, at: Station, waits: bool) -> Route:
    links = network.path(names)
    swapped = swapped_pair([link.pair() for link in links], at)
    chances, beat = tuple(float(link.success_probability) for link in links), max(link.attempt_time_s for link in links)
    kept = waiting_kept(chances, station_t2s(links), beat) if waits else 1.0
    pair = swapped._replace(xx=kept * swapped.xx, yy=kept * swapped.yy)
    rate = rate_of(tuple(sorted(chances)), beat)
    return Route(nodes=names, links=links, length_km=math.fsum(link.fiber.length_km for link in links),
                 pair_rate_hz=rate, fidelity=float(bell_fidelity(pair, "phi_plus")),
                 key_rate_hz=rate * secret_fraction(pair.xx, pair.zz), waited=waits)
