"""Several pairs of users over the same links: who gets how much, exactly, in a model of time slots."""

from __future__ import annotations

import itertools
import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import rustworkx
from numpy.typing import NDArray

from ..checks import choice, custom, number, part, refuse, require, value
from ..estimate import Estimate
from ..seeds import Rng, root_seed, sequence_of
from ..theory.states import bell_fidelity
from ..theory.swapping import swapped_pair
from .graph import Network, as_graph
from .places import Edge
from .route_search import secret_fraction
from .routes import AIMS, best_way_in_slots
from .slots import edge_chance, waiting_pair

#: Links whose 2^n states in a slot are all looked at; more are only simulated.
MOST_EXACT = 16
_MOST_REQUESTS = 8


def _requests(name: str, got: Any) -> tuple[tuple[str, str], ...]:
    kept = tuple(got) if isinstance(got, (tuple, list)) else ()
    good = all(isinstance(ends, (tuple, list)) and len(ends) == 2 and all(isinstance(end, str) for end in ends)
               for ends in kept)
    if not kept or not good:
        refuse(f"{name} must be pairs of names", got={name: (got, "")}, why="Two users want a pair each time",
               fix=f"{name}=(('A', 'B'),)", error=TypeError)
    require(len(kept) <= _MOST_REQUESTS, f"{name} must hold at most {_MOST_REQUESTS}", got={name: len(kept)},
            why="All orders of them are looked at", fix=f"{name}=(('A', 'B'), ('C', 'D'))")
    return tuple((str(a), str(b)) for a, b in kept)


class Share(NamedTuple):
    """What one request gets: pairs per second, their fidelity, key; and pairs per second if it were alone."""

    ends: tuple[str, str]
    routes: tuple[tuple[str, ...], ...]
    pair_rate_hz: float
    fidelity: float
    key_rate_hz: float
    alone_hz: float


@value
class SharedNetwork:
    """Users who want pairs with each other at the same time, over a network whose links they share.

    Parameters
    ----------
    network : Network
    requests : tuple of (str, str)
        Who wants pairs with whom; up to eight.
    aim : "rate", "fidelity", "key_rate" or "length"
        What each request's route is the best by, among those that are alone in the network.
    alternatives : int
        Routes that a request may use, 1 to 4: the best one, then the best that shares no link with it, and so on.
    policy : "in_turn" or "in_order"
        Who takes links first: everybody equally often, or always the first request.
    slot_s : float
        Length of a time slot, in s.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong kind or out of its range.
    KeyError
        If a request names no node.

    Notes
    -----
    In each slot every link attempts until it has one pair, which then waits for the end of the slot. There the requests
    come one after the other; each takes the first of its routes of which all links hold a pair that nobody took, and
    its stations swap, without errors; what is left over is thrown away. So a link has a pair with the chance
    1 - (1 - p)^n, n the attempts that fit. Of two requests that share a link, the second gets a pair if its own links
    all have one, but not those of both: W2 - W12. Pairs that came over different routes are known apart: fidelity is
    their mean, key the sum of what each route's pairs are worth. :meth:`theory` looks at all states of the links (up to
    16) and all orders; :meth:`simulate` plays any number of slots.

    >>> net = Network.star(leaves=3)
    >>> two = SharedNetwork(network=net, requests=(("A", "B"), ("B", "C")), slot_s=1e-6)
    >>> {name: round(number, 3) for name, number in two.theory().items() if name.startswith("rate")}
    {'rate_1': 500000.0, 'rate_2': 500000.0}
    """

    network: Network = part(default_factory=Network, doc="nodes and links")
    requests: tuple[tuple[str, str], ...] = custom(default=(("A", "B"),), coerce=_requests,
                                                   doc="who wants pairs with whom")
    aim: str = choice(default="key_rate", options=AIMS, doc="what each route is the best by")
    alternatives: int = number(default=1, integer=True, low=1, high=4, doc="routes that a request may use",
                               why="Further ones are ever longer", fix="alternatives=2")
    policy: str = choice(default="in_turn", options=("in_turn", "in_order"), doc="who takes links first")
    slot_s: float = number(default=0.01, unit="s", low=0, low_open=True, high=1e6, doc="length of a time slot",
                           why="Links need time for an attempt", fix="slot_s=0.01")

    def shares(self) -> tuple[Share, ...]:
        """What each request gets, exactly.

        Raises
        ------
        ValueError
            If more than sixteen links are involved, or no route joins two users.
        """
        ways, edges = _ways(self), _edges(self)
        require(len(edges) <= MOST_EXACT, f"an exact answer needs at most {MOST_EXACT} links in all routes",
                got={"links": len(edges)}, why="All states of them are looked at", fix="simulate(slots=100000)")
        states = np.array(list(itertools.product((True, False), repeat=len(edges))))
        chance = np.array([edge_chance(edge, self.slot_s) for edge in edges])
        weights = np.where(states, chance, 1 - chance).prod(axis=1)
        return self._collected(ways, edges, states, weights)

    def _collected(self, ways: Any, edges: Any, states: NDArray[np.bool_], weights: NDArray[np.float64],
                   ) -> tuple[Share, ...]:
        place = {edge: i for i, edge in enumerate(edges)}
        columns = [[[place[edge] for edge in _along(self.network, route)] for route in found] for found in ways]
        served = sum(_served(columns, states, weights, order) for order in self._orders()) / len(self._orders())
        return tuple(self._share(i, found, np.asarray(served)[i]) for i, found in enumerate(ways))

    def _orders(self) -> list[tuple[int, ...]]:
        count = len(self.requests)
        turns = range(count) if self.policy == "in_turn" else (0,)
        return [tuple((first + k) % count for k in range(count)) for first in turns]

    def _share(self, i: int, found: tuple[tuple[str, ...], ...], served: NDArray[np.float64]) -> Share:
        """A request's share, from how often it is served over each of its routes in a slot."""
        pairs = [swapped_pair([waiting_pair(edge, self.slot_s) for edge in _along(self.network, route)])
                 for route in found]
        rates = served[:len(found)] / self.slot_s
        total = float(rates.sum())
        each = list(zip(rates.tolist(), pairs, strict=True))
        fidelity = math.fsum(rate * float(bell_fidelity(pair, "phi_plus")) for rate, pair in each)
        key = math.fsum(rate * secret_fraction(float(pair.xx), float(pair.zz)) for rate, pair in each)
        alone = math.prod(edge_chance(edge, self.slot_s) for edge in _along(self.network, found[0]))
        missed = math.prod(1 - math.prod(edge_chance(edge, self.slot_s) for edge in _along(self.network, route))
                           for route in found[1:])
        return Share(ends=self.requests[i], routes=found, pair_rate_hz=total,
                     fidelity=float(fidelity / total) if total > 0 else 0.0, key_rate_hz=float(key),
                     alone_hz=(1 - (1 - alone) * missed) / self.slot_s)

    def theory(self) -> dict[str, float]:
        """Rate, fidelity and key of each request: "rate_1", "fidelity_1", "key_1", "alone_1", "rate_2", ..."""
        return {f"{what}_{i}": number_ for i, share in enumerate(self.shares(), 1)
                for what, number_ in (("rate", share.pair_rate_hz), ("fidelity", share.fidelity),
                                      ("key", share.key_rate_hz), ("alone", share.alone_hz))}

    def simulate(self, slots: int, rng: Rng = None) -> dict[str, Estimate]:
        """Pairs per second of each request from so many slots played at random, "rate_1", ..., with their errors.

        >>> two = SharedNetwork(network=Network.star(leaves=3), requests=(("A", "B"), ("B", "C")), policy="in_order")
        >>> two.simulate(slots=1000, rng=1)["rate_2"].value
        0.0
        """
        whole = isinstance(slots, int) and not isinstance(slots, bool)
        require(whole and 1 <= slots <= 10**7, "slots must be a whole number, 1 <= slots <= 10^7",
                got={"slots": (slots, "")}, why="They are played one by one", fix="slots=100000",
                error=ValueError if whole else TypeError)
        ways, edges = _ways(self), _edges(self)
        drawn = np.random.default_rng(sequence_of(root_seed(rng), "slots"))
        chance = np.array([edge_chance(edge, self.slot_s) for edge in edges])
        place = {edge: i for i, edge in enumerate(edges)}
        columns = [[[place[edge] for edge in _along(self.network, route)] for route in found] for found in ways]
        orders, counts = self._orders(), np.zeros(len(ways))
        for k, order in enumerate(orders):  # whoever comes first, comes first in every so many-th slot
            mine = len(range(k, slots, len(orders)))
            if mine:
                states = drawn.random((mine, len(edges))) < chance
                counts += _served(columns, states, np.ones(mine), order).sum(axis=1)
        return {f"rate_{i}": Estimate.combine([(1 / self.slot_s, Estimate.proportion(float(count), slots))])
                for i, count in enumerate(counts, 1)}


def _served(columns: Any, states: NDArray[np.bool_], weights: NDArray[np.float64], order: tuple[int, ...],
            ) -> NDArray[np.float64]:
    """Weight of the states in which each request is served, over each of its routes."""
    free = states.copy()
    found = np.zeros((len(columns), max(len(routes) for routes in columns)))
    for request in order:
        waiting = np.ones(len(states), dtype=bool)
        for i, route in enumerate(columns[request]):
            here = waiting & free[:, route].all(axis=1)
            found[request, i] = weights[here].sum()
            free[np.ix_(here, route)] = False
            waiting &= ~here
    return found


@lru_cache(maxsize=256)
def _ways(shared: SharedNetwork) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The routes of each request: its best one, then the best without the links of those before."""
    ways = []
    for start, end in shared.requests:
        first, left = best_way_in_slots(shared.network, start, end, shared.aim, shared.slot_s), shared.network
        found = [first]
        while len(found) < shared.alternatives:
            used = set(_along(left, found[-1]))
            edges = tuple(edge for edge in left.edges if edge not in used)
            if not edges:
                break
            left = Network(nodes=left.nodes, edges=edges)
            if not rustworkx.has_path(as_graph(left), left.index(start), left.index(end)):
                break
            found.append(best_way_in_slots(left, start, end, shared.aim, shared.slot_s))
        ways.append(tuple(found))
    return tuple(ways)


def _along(network: Network, names: tuple[str, ...]) -> tuple[Edge, ...]:
    return tuple(network.edge(a, b) for a, b in itertools.pairwise(names))


def _edges(shared: SharedNetwork) -> tuple[Edge, ...]:
    """Every link that some route uses, once."""
    return tuple(dict.fromkeys(edge for found in _ways(shared) for route in found
                               for edge in _along(shared.network, route)))
