"""What happens when in a chain of links: many runs at once, link by link and swap by swap.

Every link attempts by its own clock; a pair is known at the tick that ends its attempt. What one side does is known at
the other after the message has crossed the fiber.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import NDArray

from ..checks import refuse
from ..devices.any_link import AnyLink

Array = NDArray[np.float64]

POLICIES = ("swap_asap", "nested")
#: Turns of the loop over all runs together; a cutoff that is too short never lets a pair through.
MAX_TURNS = 20_000


class Timing(NamedTuple):
    """A chain in time: of each link the chance and the length of an attempt, and where the nodes stand, in s of
    light."""

    chance: Array
    step_s: Array
    at_s: Array

    @property
    def links(self) -> int:
        """How many."""
        return len(self.chance)

    def told_s(self, lo: int, mid: int, hi: int) -> float:
        """Until both ends of links lo..hi-1 know what node mid did."""
        return float(max(self.at_s[mid] - self.at_s[lo], self.at_s[hi] - self.at_s[mid]))


class Histories(NamedTuple):
    """Runs from the start to a pair from end to end; all in s since the start, one column per run."""

    #: When each link's pair was known, of the pair that came through: links x runs.
    herald_s: Array
    #: When each station swapped, the swap that came through: stations x runs.
    swap_s: Array
    #: When both ends know that they share a pair.
    known_s: Array

    @property
    def swapped_s(self) -> Array:
        """When the last station swapped."""
        return np.asarray(self.swap_s.max(axis=0))


def timing_of(links: Sequence[AnyLink]) -> Timing:
    """A chain's clocks and distances.

    Where a herald is what is slow, memories of several modes fill all of them and wait for all heralds together: a tick
    is then such a round, and the chance that at least one of its attempts succeeds.

    >>> from qnetlab.devices.fiber import Fiber
    >>> from qnetlab.devices.link import Link
    >>> timing_of([Link(fiber=Fiber(length_km=50)), Link()]).at_s.round(6).tolist()
    [0.0, 0.000245, 0.000245]
    """
    together = [link.modes > 1 and link.round_time_s <= link.wait_s * (1 + 1e-9) for link in links]
    chances = [link.round_success_probability if all_at_once else link.success_probability
               for link, all_at_once in zip(links, together, strict=True)]
    steps = [link.round_time_s if all_at_once else link.attempt_time_s
             for link, all_at_once in zip(links, together, strict=True)]
    at_s = np.concatenate([[0.0], np.cumsum([link.fiber.delay_s for link in links])])
    return Timing(chance=np.array(chances), step_s=np.array(steps), at_s=at_s)


def histories(timing: Timing, runs: int, rng: np.random.Generator, *, policy: str = "swap_asap",
              swap_success: float = 1.0, cutoff_s: float = math.inf) -> Histories:
    """Follow many runs of a chain at once.

    Parameters
    ----------
    timing : Timing
    runs : int
    rng : numpy Generator
    policy : "swap_asap" or "nested"
        A station swaps as soon as both of its pairs are known to it; or halves are joined to halves, once both are
        known at all of their ends.
    swap_success : float
        Of every swap, 0 < ps <= 1.
    cutoff_s : float
        How long a pair may wait at a station for its partner, in s.

    Returns
    -------
    Histories

    Raises
    ------
    ValueError
        If so few pairs come through that it would take forever.

    Notes
    -----
    A pair that is lost, with all that it was joined to, is begun anew at the next tick after both of its ends have
    heard; until then no station uses it in vain. Nested: both halves are begun anew.

    >>> from qnetlab.devices.link import Link
    >>> from qnetlab.devices.memory import Memory
    >>> half = Link(alice_memory=Memory(write_efficiency=0.5))
    >>> seen = histories(timing_of([half, half]), 100_000, np.random.default_rng(7))
    >>> abs(float(seen.swapped_s.mean()) / 1e-6 - 2.666667) < 0.02
    True
    """
    if policy == "nested":
        return _nested(timing, runs, rng, swap_success, cutoff_s)
    if swap_success == 1 and math.isinf(cutoff_s):
        herald = tries(timing.chance[:, None], rng, (timing.links, runs)) * timing.step_s[:, None]
        return _told_from_each(timing, herald, np.maximum(herald[:-1], herald[1:]))
    return _followed(timing, runs, rng, swap_success, cutoff_s)


def _told_from_each(timing: Timing, herald: Array, swap: Array) -> Histories:
    stations = range(1, timing.links)
    told = np.array([timing.told_s(0, j, timing.links) for j in stations])
    return Histories(herald, swap, (swap + told[:, None]).max(axis=0))


def tries(chance: Any, rng: np.random.Generator, shape: int | tuple[int, ...]) -> Array:
    """Attempts until a link succeeds, drawn exactly: an exponential rounded up is geometric.

    >>> tries(1.0, np.random.default_rng(7), 3).tolist()
    [1.0, 1.0, 1.0]
    """
    with np.errstate(divide="ignore"):
        return np.asarray(np.maximum(np.ceil(rng.standard_exponential(shape) / -np.log1p(-chance)), 1.0))


def _slack(timing: Timing, cutoff_s: float) -> float:
    """A cutoff, and a hair: times are sums of ticks."""
    return cutoff_s + 1e-9 * float(timing.step_s.min())


def next_tick(time: Array, step: Any) -> Array:
    """The first tick at or after a time.

    >>> next_tick(np.array([1.0, 2.1, 3.0]), 1.0).tolist()
    [1.0, 3.0, 3.0]
    """
    return np.asarray(np.ceil(time / step - 1e-9) * step)


def too_long(cutoff_s: float) -> NoReturn:
    """Refuse to go on with a chain that almost always throws all away."""
    refuse("some pairs must come through within a reasonable number of attempts", got={"cutoff_s": (cutoff_s, "s")},
           why="With so short a cutoff, or so rare swaps, almost all are thrown away", fix="a longer cutoff_s")


# ------------------------------------------------------------------------------------------ swap as soon as possible


def _followed(timing: Timing, runs: int, rng: np.random.Generator, swap_success: float, cutoff_s: float) -> Histories:
    """Event by event, the next one of every run at once."""
    n, cutoff, chance = timing.links, _slack(timing, cutoff_s), timing.chance[:, None]
    step, at = timing.step_s[:, None], timing.at_s
    done_herald, done_swap = np.empty((n, runs)), np.empty((n - 1, runs))
    place = np.arange(runs)
    herald, swap = tries(chance, rng, (n, runs)) * step, np.full((n - 1, runs), np.nan)
    link, station = np.arange(n)[:, None], np.arange(n - 1)[:, None]
    far_from = _news(at, n)
    for _ in range(MAX_TURNS):
        first, second = np.minimum(herald[:-1], herald[1:]), np.maximum(herald[:-1], herald[1:])
        old = second - first > cutoff
        joined = ~np.isnan(swap)
        when = np.where(joined, np.inf, np.where(old, first + cutoff_s, second))
        j = when.argmin(axis=0)
        column = np.arange(len(place))
        now, too_old = when[j, column], old[j, column]
        works = ~too_old & (rng.random(len(place)) < swap_success)
        swap[j[works], column[works]] = now[works]

        bad = ~works
        if bad.any():
            at_j, cut, broken = j[bad], joined[:, bad], column[bad]
            # From the station outward to where nothing is joined; of a pair that is too old, its own side only.
            lo = np.where(~cut & (station < at_j), station + 1, 0).max(axis=0)
            hi = np.where(~cut & (station > at_j), station, n - 1).min(axis=0)
            left_old = herald[at_j, broken] <= herald[at_j + 1, broken]
            lo = np.where(too_old[bad] & ~left_old, at_j + 1, lo)
            hi = np.where(too_old[bad] & left_old, at_j, hi)
            lost = (link >= lo) & (link <= hi)
            heard = now[bad] + far_from[:, at_j]
            again = next_tick(heard, step) + tries(chance, rng, lost.shape) * step
            herald[:, bad] = np.where(lost, again, herald[:, bad])
            swap[:, bad] = np.where((station >= lo) & (station < hi), np.nan, swap[:, bad])

        finished = ~np.isnan(swap).any(axis=0)
        if finished.any():
            done_herald[:, place[finished]], done_swap[:, place[finished]] = herald[:, finished], swap[:, finished]
            herald, swap, place = herald[:, ~finished], swap[:, ~finished], place[~finished]
        if not len(place):
            return _told_from_each(timing, done_herald, done_swap)
    too_long(cutoff_s)


def _news(at: Array, n: int) -> Array:
    """Time until both ends of a link know what a station did: links x stations."""
    nodes = at[1:n]
    return np.maximum(np.abs(at[:n, None] - nodes), np.abs(at[1:, None] - nodes))


# ------------------------------------------------------------------------------------------------------------ nested


def _nested(timing: Timing, runs: int, rng: np.random.Generator, swap_success: float, cutoff_s: float) -> Histories:
    n, cutoff = timing.links, _slack(timing, cutoff_s)
    herald, swap = np.empty((n, runs)), np.empty((n - 1, runs))
    turns = [0]

    def make(lo: int, hi: int, place: NDArray[np.intp], start: Array) -> Array:
        """When links lo..hi-1 are one pair and both of its ends know, begun at ``start``."""
        if hi - lo == 1:
            known = next_tick(start, timing.step_s[lo]) + tries(timing.chance[lo], rng, len(place)) * timing.step_s[lo]
            herald[lo, place] = known
            return np.asarray(known)
        mid = (lo + hi) // 2
        told, ready, begin = timing.told_s(lo, mid, hi), np.empty(len(place)), start
        waiting = np.arange(len(place))
        while len(waiting):
            turns[0] += 1
            if turns[0] > MAX_TURNS:
                too_long(cutoff_s)
            left, right = make(lo, mid, place[waiting], begin), make(mid, hi, place[waiting], begin)
            first, second = np.minimum(left, right), np.maximum(left, right)
            old = second - first > cutoff
            works = ~old & (rng.random(len(waiting)) < swap_success)
            now = np.where(old, first + cutoff_s, second)
            swap[mid - 1, place[waiting]] = now
            ready[waiting[works]] = now[works] + told
            waiting, begin = waiting[~works], now[~works] + told
        return ready

    known = make(0, n, np.arange(runs), np.zeros(runs))
    return Histories(herald, swap, known)
