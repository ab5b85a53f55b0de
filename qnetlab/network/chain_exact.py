"""Chains whose waits, and whose pair, have an exact answer: no sampling."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..devices.any_link import AnyLink
from ..theory.chain_memory import mean_decay_of
from ..theory.repeaters import mean_longest_wait, mean_longest_wait_of, two_links_wait
from .chain_purify import Purifier
from .chain_states import Nodes, Read, read_ends
from .chain_subsets import MOST_LINKS, mean_over_subsets
from .histories import Histories, Timing, timing_of
from .waiting import MAX_STEPS, Steps, TooLong, later, longest, mean_steps, nested_steps, steps_of, two_links_steps

#: Differences of times that are rounding only, in steps.
_HAIR = 1e-9
#: Longest distributions that are written out for one chain: more would fill the memory.
_MOST = 8
#: The smallest chance of an attempt for which waits are written out, step by step.
_RARE = 40 / MAX_STEPS


class Plan:
    """A chain, how it is run, and what of it is known exactly.

    Parameters
    ----------
    links : sequence of Link
    policy, swap_success, cutoff_s
        As in :func:`qnetlab.network.histories.histories`.
    keep : bool
        As in :func:`qnetlab.network.chain_states.read_ends`.
    nodes : Nodes
    purify, purification
        Rounds and method of :class:`qnetlab.network.chain_purify.Purifier`.
    """

    def __init__(self, links: Sequence[AnyLink], *, policy: str, swap_success: float, cutoff_s: float, keep: bool,
                 nodes: Nodes, purify: Sequence[int] = (), purification: str = "dejmps") -> None:
        self.links, self.policy, self.swap_success = tuple(links), policy, swap_success
        self.cutoff_s, self.keep = cutoff_s, keep
        self.timing: Timing = timing_of(links)
        steps = self.timing.step_s
        self.one_clock = bool(np.ptp(steps) <= _HAIR * steps[0])
        self.step_s = float(steps[0])
        self.fails = swap_success < 1 or math.isfinite(cutoff_s)
        self.nodes = nodes
        self.purifier = Purifier(links, self.timing, nodes, purify, purification) if any(purify) else None

    # --------------------------------------------------------------------------------------------------------- waits

    @property
    def offset_s(self) -> float:
        """Time from the last swap until both ends know, if the pair counts only then and one station decides alone."""
        n = self.timing.links
        return self.timing.told_s(0, n // 2, n) if self.keep else 0.0

    def mean_wait_s(self) -> float | None:
        """The mean time to a pair in s, or None where no exact form is known."""
        told = self._told_at_the_ends()
        at_once = self.one_clock and not self.fails and not self._halves_wait and self.purifier is None
        if at_once and told is not None and len(set(told)) == 1:
            p = [float(chance) for chance in self.timing.chance]
            steps = mean_longest_wait(p[0], len(p)) if len(set(p)) == 1 else mean_longest_wait_of(p)
            return steps * self.step_s + told[0]
        if self.purifier is None and self.one_clock and self.timing.links == 2:
            again = self._begun_anew()
            return None if again is None else self.offset_s + self.step_s * two_links_wait(
                (float(self.timing.chance[0]), float(self.timing.chance[1])), swap_success=self.swap_success,
                cutoff=self._cutoff_steps, again=again)
        if self.purifier is None and self._undisturbed and self.timing.links <= MOST_LINKS:
            none = [0.0] * self.timing.links
            return mean_over_subsets(self.timing.chance.tolist(), none, none, self._news()).steps * self.step_s
        found = self.waits()
        return None if found is None else mean_steps(found[0]) * self.step_s + found[1]

    def waits(self) -> tuple[Steps, float] | None:
        """The distribution of the wait in steps, and an offset in s; None where no exact form is known, or too long."""
        try:
            return self._written_out()
        except TooLong:
            return None

    def _written_out(self) -> tuple[Steps, float] | None:
        p = [float(chance) for chance in self.timing.chance]
        if not self.one_clock or min(p) < _RARE:
            return None
        apart = p if self.policy == "swap_asap" or len(set(p)) > 1 else p[:1]
        if sum(_RARE / chance for chance in apart) > _MOST:
            return None
        if self.purifier is not None:
            plain = self._nothing_decays() and math.isinf(self.cutoff_s) and self._on_ticks(self.timing.at_s)
            steps = self.purifier.exact(self.swap_success, [steps_of(chance) for chance in p], self._ticks)[1]
            return (steps, 0.0) if plain and steps is not None else None
        if len(p) == 2:
            again = self._begun_anew()
            return None if again is None else (
                two_links_steps((p[0], p[1]), self.swap_success, self._cutoff_steps, again), self.offset_s)
        if math.isfinite(self.cutoff_s):
            return None
        if self.policy == "nested":
            if not self._on_ticks(self.timing.at_s):
                return None
            return nested_steps(p, self.swap_success, self._told_steps), self.offset_s
        told = self._told_at_the_ends()
        if self.fails or told is None:
            return None
        least = min(told)
        if not self._on_ticks(np.array(told) - least):
            return None
        return longest([later(steps_of(chance), round((delay - least) / self.step_s))
                        for chance, delay in zip(p, told, strict=True)]), least

    def _told_steps(self, lo: int, mid: int, hi: int) -> int:
        return self._ticks(self.timing.told_s(lo, mid, hi))

    def _ticks(self, time_s: float) -> int:
        return round(time_s / self.step_s)

    @property
    def _cutoff_steps(self) -> float:
        return math.floor(self.cutoff_s / self.step_s + _HAIR) if math.isfinite(self.cutoff_s) else math.inf

    @property
    def _halves_wait(self) -> bool:
        """Whether inner swaps must be told before outer ones are done."""
        return self.policy == "nested" and self.timing.links > 2 and float(np.ptp(self.timing.at_s)) > 0

    def _told_at_the_ends(self) -> list[float] | None:
        """Swaps as soon as possible: what each link's wait is prolonged by until both ends know of its stations."""
        n = self.timing.links
        if self.policy == "nested" and n > 2 and self._halves_wait:
            return None
        if not self.keep:
            return [0.0] * n
        told = [self.timing.told_s(0, j, n) for j in range(1, n)]
        return [max(told[max(0, i - 1) : i + 1]) for i in range(n)]

    def _on_ticks(self, times: np.ndarray) -> bool:
        ratio = times / self.step_s
        return bool(np.all(np.abs(ratio - np.round(ratio)) < _HAIR * (1 + np.abs(ratio))))

    def _begun_anew(self) -> tuple[int, int] | None:
        """Two links: steps lost after a swap that failed, and after the last step that a pair may wait."""
        if not self.fails:
            return 0, 0
        at = self.timing.at_s
        told = self.timing.told_s(0, 1, 2)
        if self.policy == "swap_asap":  # each link begins again by itself
            ticks = {math.ceil(delay / self.step_s - _HAIR) for delay in (at[1] - at[0], at[2] - at[1])}
            if len(ticks) > 1 or (math.isfinite(self.cutoff_s) and told > 0):
                return None
        if math.isinf(self.cutoff_s):
            return math.ceil(told / self.step_s - _HAIR), 0
        late = self.cutoff_s - self._cutoff_steps * self.step_s
        return math.ceil(told / self.step_s - _HAIR), math.ceil((late + told) / self.step_s - _HAIR)

    # ---------------------------------------------------------------------------------------------------------- pair

    def pair(self) -> Read | None:
        """What the ends read on average, or None where no exact form is known."""
        n = self.timing.links
        if self.purifier is not None:
            return self.purifier.exact(self.swap_success, None, self._ticks)[0] if self._nothing_decays() else None
        if self._nothing_decays() or self._all_at_once():
            zero = Histories(np.zeros((n, 1)), np.zeros((n - 1, 1)), np.zeros(1))
            seen = zero if self._nothing_decays() else zero._replace(
                known_s=np.array([max(self.timing.told_s(0, j, n) for j in range(1, n))]))
            return self._mean(seen, np.ones(1))
        kept = self._kept()
        if kept is not None:
            zero = Histories(np.zeros((n, 1)), np.zeros((n - 1, 1)), np.zeros(1))
            return self._mean(zero, np.ones(1), kept=kept)
        if n == 2 and self.one_clock and float(self.timing.chance.min()) >= _RARE:
            return self._mean(*self._two_links())
        return None

    def _nothing_decays(self) -> bool:
        memories = [memory for link in self.links for memory in (link.alice_memory, link.bob_memory)]
        return all(math.isinf(memory.t1_s) and math.isinf(memory.t2_s or 0.0) for memory in memories)

    def _all_at_once(self) -> bool:
        """Whether nothing is left to chance, and no half waits for another one."""
        sure = bool(np.all(self.timing.chance == 1)) and self.swap_success == 1
        return sure and self.one_clock and not self._halves_wait

    def _kept(self) -> float | None:
        """Swaps as soon as possible that never fail: what dephasing leaves of XX and YY on average; None if not known.

        Whatever waits must dephase exponentially and not relax. Any number of links where the ends measure at once and
        both memories of a station are alike; else a few.
        """
        if not self._undisturbed:
            return None
        sides = [(link.alice_memory, link.bob_memory) for link in self.links]
        waiting = [memory for pair in sides for memory in pair][0 if self.keep else 1 : None if self.keep else -1]
        if not all(math.isinf(memory.t1_s) and memory.dephasing == "exponential" for memory in waiting):
            return None
        left, right = ([self.step_s / float(pair[side].t2_s or math.inf) for pair in sides] for side in (0, 1))
        chances = self.timing.chance.tolist()
        if not self.keep and right[:-1] == left[1:]:
            return mean_decay_of(chances, right[:-1])
        return mean_over_subsets(chances, left, right, self._news()).kept if len(chances) <= MOST_LINKS else None

    @property
    def _undisturbed(self) -> bool:
        """Whether stations swap as soon as possible, on one clock, and nothing fails."""
        return self.one_clock and not self.fails and self.policy == "swap_asap"

    def _news(self) -> list[float] | None:
        """Steps until both ends know of each station, if they wait for it."""
        n = self.timing.links
        return [self.timing.told_s(0, j, n) / self.step_s for j in range(1, n)] if self.keep else None

    def _two_links(self) -> tuple[Histories, np.ndarray]:
        """All histories that differ in what waits for what, and how likely each is among those that come through."""
        p, q = self.timing.chance, 1 - self.timing.chance
        most = int(min(self._cutoff_steps, MAX_STEPS))
        waits, weights = [np.zeros((2, 1))], [np.array([p[0] * p[1]])]
        for first, second in ((0, 1), (1, 0)):  # the first one's pair waits for the second one's
            chances = steps_of(float(p[second]))[1 : most + 1]
            late = np.zeros((2, len(chances)))
            late[second] = np.arange(1, len(chances) + 1) * self.step_s
            waits.append(late)
            weights.append(p[first] * q[second] * chances)
        herald, weight = np.concatenate(waits, axis=1), np.concatenate(weights)
        swap = herald.max(axis=0)
        return Histories(herald, swap[None], swap + self.timing.told_s(0, 1, 2)), weight / weight.sum()

    def _mean(self, seen: Histories, weights: np.ndarray, kept: float = 1.0) -> Read:
        read = read_ends(self.links, seen, self.nodes, keep=self.keep, kept=kept)
        return Read(*(float(np.sum(weights * number)) for number in read))
