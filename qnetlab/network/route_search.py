"""How the best route is searched: beginnings of routes, the most promising first, the hopeless never.

A beginning is worth what may still become of it: its correlators times the best that any way from its last node to the
end keeps of each (each by itself, so never too little) and what waiting at its own stations leaves, at no more than the
rate of its slowest links and of the widest way to the end. It is dropped if another beginning that ends at the same
node is at least as good in everything: whatever completes the one completes the other, and where that closes a loop,
leaving the loop out is better still. Where pairs wait, quicker is not better in everything (it waits longer for what
follows): only beginnings whose links succeed alike, one by one, are compared.
"""

from __future__ import annotations

import heapq
import itertools
import math
from bisect import insort
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ..theory.chain_memory import mean_decay_of
from ..theory.entropy import binary_entropy
from ..theory.repeaters import mean_longest_wait_of
from ..theory.swapping import Station
from .graph import Network
from .slots import edge_chance, waiting_pair

#: A bound looks at so many of the slowest links: more say little more, and cost twice as much each.
_SLOWEST = 4


@lru_cache(maxsize=50_000)
def rate_of(chances: tuple[float, ...], beat_s: float) -> float:
    """Pairs per second over links of these chances (sorted), one attempt per beat.

    >>> round(rate_of((0.01, 0.01), 1e-3), 4)
    6.6779
    """
    return 1 / (mean_longest_wait_of(chances) * beat_s) if chances[0] > 0 else 0.0


@lru_cache(maxsize=50_000)
def waiting_kept(chances: tuple[float, ...], t2s_s: tuple[float, ...], beat_s: float) -> float:
    """What waiting at the stations leaves of XX and YY, on average: links in their order, a T2 for each station.

    >>> round(waiting_kept((0.1, 0.1), (0.05,), 1e-3), 6)
    0.840783
    """
    if all(math.isinf(t2_s) for t2_s in t2s_s):
        return 1.0
    return mean_decay_of(chances, [beat_s / t2_s for t2_s in t2s_s]) if min(chances) > 0 else 0.0


def station_t2s(links: Any) -> tuple[float, ...]:
    """The T2 of each station of a chain: of its two memories, the one that loses its phase sooner."""
    return tuple(min(a.bob_memory.t2_s, b.alice_memory.t2_s) for a, b in itertools.pairwise(links))


def counts_waiting(network: Network) -> bool:
    """Whether all memories lose phase alone, and exponentially: then what waiting costs is known exactly."""
    return all(math.isinf(memory.t1_s) and memory.dephasing == "exponential" for edge in network.edges
               for memory in (edge.link.alice_memory, edge.link.bob_memory))


def secret_fraction(x: float, z: float) -> float:
    """1 - h(Qx) - h(Qz) of a pair with <XX> = x and <ZZ> = z; 0 where there is no key.

    >>> round(secret_fraction(0.9, 0.9), 6), secret_fraction(0.7, 0.7)
    (0.427206, 0.0)
    """
    return max(0.0, 1 - float(binary_entropy((1 - x) / 2)) - float(binary_entropy((1 - z) / 2)))


class _Hop(NamedTuple):
    """One link as the search sees it: what it keeps of each correlator, its chance, beat and length, and at either end,
    by name, how long the memory there keeps a phase."""

    keeps: tuple[float, float, float]
    chance: float
    beat_s: float
    km: float
    t2_s: dict[str, float]


class _Beginning(NamedTuple):
    names: tuple[str, ...]
    keeps: tuple[float, float, float]
    chances: tuple[float, ...]  # in the order of the route
    slowest: tuple[float, ...]  # the same, sorted
    t2s_s: tuple[float, ...]  # of each station
    last_t2_s: float  # of the memory at its end
    beat_s: float
    km: float

    def beats(self, other: _Beginning) -> bool:
        """Whether it is at least as good in everything."""
        return (all(a >= b for a, b in zip(self.keeps, other.keeps, strict=True))
                and self.beat_s <= other.beat_s and self.km <= other.km and len(self.slowest) <= len(other.slowest)
                and all(a >= b for a, b in zip(self.slowest, other.slowest, strict=False)))


    def beats_waiting(self, other: _Beginning, even: bool) -> bool:
        """The same where pairs wait. ``even``: all memories alike, so that a loop left out never costs anything."""
        return (self.chances == other.chances and self.t2s_s == other.t2s_s and self.last_t2_s == other.last_t2_s
                and self.beat_s <= other.beat_s and (even or set(self.names) <= set(other.names))
                and all(a >= b for a, b in zip(self.keeps, other.keeps, strict=True)))


class Search:
    """One search for the best route to ``end``. ``keeps``: what the best ways to it keep, by node.

    With ``slot_s`` all happens in time slots (:mod:`qnetlab.network.slots`): links hold a pair by chance, and pairs
    have waited for the end of their slot.
    """

    def __init__(self, network: Network, end: str, by: str, at: Station, slot_s: float | None = None,
                 waits: bool = False) -> None:
        self.end, self.by, self.slot_s, self.waits = end, by, slot_s, False
        both = at.one_qubit * at.two_qubit
        #: What one station keeps of XX, YY and ZZ.
        self.station = (float(at.contrast * both), float(at.contrast**2 * both), float(at.contrast * at.two_qubit))
        self.hops: dict[str, dict[str, _Hop]] = {node.name: {} for node in network.nodes}
        for edge in network.edges:
            link = edge.link
            pair = link.pair() if slot_s is None else waiting_pair(edge, slot_s)
            keeps = [min(1.0, abs(float(number))) for number in pair[:3]]
            timed = ((float(link.success_probability), float(link.attempt_time_s))
                     if slot_s is None else (edge_chance(edge, slot_s), 0.0))
            t2_s = {edge.a: float(link.alice_memory.t2_s or 0.0), edge.b: float(link.bob_memory.t2_s or 0.0)}
            hop = _Hop((keeps[0], keeps[1], keeps[2]), *timed, float(link.fiber.length_km), t2_s)
            self.hops[edge.a][edge.b] = self.hops[edge.b][edge.a] = hop
            self.waits |= waits and by in ("fidelity", "key_rate") and math.isfinite(min(t2_s.values()))
        # Of a way's stations every second one alone waits by itself: together at most the root of each by itself.
        costs = {name: self._least_wait(name) for name in self.hops} if self.waits else {}
        x, y, z = (self._nearest(lambda hop, i=i: -math.log(max(1e-300, hop.keeps[i])), costs if i < 2 else {})
                   for i in range(3))
        self.keeps = {name: (math.exp(-x[name]), math.exp(-y[name]), math.exp(-z[name])) for name in x}
        self.km_left = self._nearest(lambda hop: hop.km)
        self.widest = self._widest() if slot_s is None else {
            name: math.exp(-cost) for name, cost in self._nearest(
                lambda hop: -math.log(max(1e-300, hop.chance))).items()}

    def _least_wait(self, name: str) -> float:
        """Half of -ln of the most that waiting at this node can leave, whichever two of its links it joins."""
        both = (waiting_kept((a.chance, b.chance), (min(a.t2_s[name], b.t2_s[name]),), max(a.beat_s, b.beat_s))
                for a, b in itertools.combinations(self.hops[name].values(), 2))
        return -math.log(max(1e-300, min(1.0, max(both, default=1.0)))) / 2

    def _nearest(self, cost: Callable[..., float], at: Mapping[str, float] | None = None) -> dict[str, float]:
        """The cheapest way from every node to the end, by a cost that adds up: of links, and of the nodes between."""
        done: dict[str, float] = {}
        heap = [(0.0, self.end)]
        while heap:
            so_far, name = heapq.heappop(heap)
            if name not in done:
                done[name] = so_far
                passed = at.get(name, 0.0) if at and name != self.end else 0.0
                for other, hop in self.hops[name].items():
                    if other not in done:
                        heapq.heappush(heap, (so_far + passed + cost(hop), other))
        return done

    def _widest(self) -> dict[str, float]:
        """The rate of the slowest link of the best way to the end, from every node."""
        done: dict[str, float] = {}
        heap = [(-math.inf, self.end)]
        while heap:
            narrow, name = heapq.heappop(heap)
            if name not in done:
                done[name] = -narrow
                for other, hop in self.hops[name].items():
                    if other not in done:
                        heapq.heappush(heap, (max(narrow, -rate_of((hop.chance,), hop.beat_s)), other))
        return done

    def _longer(self, old: _Beginning, name: str, hop: _Hop) -> _Beginning:
        swaps = self.station if len(old.names) > 1 else (1.0, 1.0, 1.0)
        x, y, z = (kept * more * lost for kept, more, lost in zip(old.keeps, hop.keeps, swaps, strict=True))
        slowest = list(old.slowest)
        insort(slowest, hop.chance)
        last = old.names[-1]
        station = (min(old.last_t2_s, hop.t2_s[last]),) if old.chances else ()
        return _Beginning((*old.names, name), (x, y, z), (*old.chances, hop.chance), tuple(slowest),
                          (*old.t2s_s, *station), hop.t2_s[name], max(old.beat_s, hop.beat_s), old.km + hop.km)

    def _bound(self, old: _Beginning) -> float:
        """What no route that begins like this exceeds."""
        last = old.names[-1]
        if self.by == "length":
            return -(old.km + self.km_left[last])
        rate = self.widest[last]
        if self.slot_s is not None:
            rate *= math.prod(old.chances) / self.slot_s
        elif old.chances and self.by != "fidelity":
            rate = min(rate, rate_of(old.slowest[:_SLOWEST], old.beat_s))
        if self.by == "rate":
            return rate
        x, y, z = (kept * left for kept, left in zip(old.keeps, self.keeps[last], strict=True))
        if self.waits and len(old.chances) > 1:
            kept = waiting_kept(old.chances, old.t2s_s, old.beat_s)
            x, y = kept * x, kept * y
        return (1 + x + y + z) / 4 if self.by == "fidelity" else rate * secret_fraction(x, z)

    def run(self, start: str, most_steps: int, whole: Callable[[tuple[str, ...]], tuple[float, Any]],
            ) -> tuple[Any, bool, float]:
        """The best whole route, whether that is proved, and what no other one exceeds.

        Of equals the one with fewer links is found first, then the one that comes first in the alphabet.
        """
        best: tuple[float, Any] | None = None
        first = _Beginning((start,), (1.0, 1.0, 1.0), (), (), (), math.inf, 0.0, 0.0)
        heap: list[tuple[float, int, tuple[str, ...], _Beginning]] = [(-self._bound(first), 1, first.names, first)]
        kept: dict[str, list[_Beginning]] = {}
        even = len({t2_s for hops in self.hops.values() for hop in hops.values() for t2_s in hop.t2_s.values()}) == 1
        for _ in range(most_steps):
            # A bound may fall short of the value it stands for by rounding, no more.
            if not heap or (best is not None and -heap[0][0] < best[0] - 1e-12 * abs(best[0])):
                break
            _, _, names, old = heapq.heappop(heap)
            better = (other.beats_waiting(old, even) if self.waits else other.beats(old)
                      for other in kept.get(names[-1], ()))
            if any(better):
                continue
            kept.setdefault(names[-1], []).append(old)
            if names[-1] == self.end:
                found = whole(names)
                if best is None or found[0] > best[0] + 1e-12 * abs(best[0]):
                    best = found
                continue
            for name, hop in self.hops[names[-1]].items():
                if name not in names and name in self.keeps:
                    new = self._longer(old, name, hop)
                    bound = self._bound(new)
                    if best is None or bound > best[0]:
                        heapq.heappush(heap, (-bound, len(new.names), new.names, new))
        rest = -heap[0][0] if heap else -math.inf
        if best is None:  # out of steps before any whole route: the one with the fewest links, and its bound
            best = whole(self._fewest(start))
        return best[1], rest <= best[0] + 1e-12 * abs(best[0]), rest

    def _fewest(self, start: str) -> tuple[str, ...]:
        left = self._nearest(lambda hop: 1.0)
        names = [start]
        while names[-1] != self.end:
            names.append(min(self.hops[names[-1]], key=lambda name: (left[name], name)))
        return tuple(names)
