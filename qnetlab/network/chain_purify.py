"""A chain that is joined by halves and purified on the way: many runs at once, each with its own states and times."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..devices.any_link import AnyLink
from ..devices.readout import Readout
from ..theory.joined_states import swapped_states
from ..theory.memories import Decay, decay
from ..theory.noisy_rounds import Side, State, as_state, compare_round, read_out, rotated, twirled, waited
from ..theory.states import BELL_CORRELATORS, Pair
from ..theory.swapping import Station, station
from .chain_states import Nodes, Read
from .histories import MAX_TURNS, Array, Timing, next_tick, too_long, tries
from .waiting import Steps, later, longest, until_success

_FULL = Pair(*BELL_CORRELATORS["phi_plus"])


class Held(NamedTuple):
    """Pairs of one stretch of the chain, one per run: both ends know of them at ``at_s``; in s since the start."""

    state: State
    at_s: Array
    #: When either half was put into its memory.
    stored_a_s: Array
    stored_b_s: Array


class Purified(NamedTuple):
    """What came out: when both ends knew, and what they read."""

    known_s: Array
    read: Read


class Purifier:
    """A chain whose pairs are purified at some levels: after every doubling, first of the links themselves.

    Parameters
    ----------
    links : sequence of AnyLink
    timing : Timing
    nodes : Nodes
    rounds : sequence of int
        Rounds at each level: of the links' own pairs, of pairs over two links, over four, ...; 0 beyond.
    method : "bbpssw" or "dejmps"

    Notes
    -----
    Two pairs are made side by side for every round; the older one decays until both are there. The bits then cross the
    stretch, and if they differ both pairs are made anew. Swaps are corrected at the far end when the bits are there.
    """

    def __init__(self, links: Sequence[AnyLink], timing: Timing, nodes: Nodes, rounds: Sequence[int],
                 method: str) -> None:
        self.links, self.timing, self.rounds, self.method = tuple(links), timing, tuple(rounds), method
        gates = nodes.gates
        self.station: Station = station(
            one_qubit_error=gates.one_qubit, two_qubit_error=gates.two_qubit, error_0=nodes.station_readout.error_0,
            error_1=nodes.station_readout.error_1)

        def side(readout: Readout) -> Side:
            return Side(two_qubit=1 - gates.two_qubit_lambda, one_qubit=1 - gates.one_qubit_lambda,
                        contrast=readout.contrast, offset=readout.error_1 - readout.error_0)

        n = timing.links
        self.sides = [side(nodes.alice_readout), *[side(nodes.station_readout)] * (n - 1), side(nodes.bob_readout)]

    def rounds_of(self, lo: int, hi: int) -> int:
        """Rounds of purification of pairs over links lo..hi-1."""
        level = math.ceil(math.log2(hi - lo))
        return self.rounds[level] if level < len(self.rounds) else 0

    def compared(self, kept: State, given: State, lo: int, hi: int) -> tuple[State, Any]:
        """One round between nodes lo and hi: the pair that is kept, and how often it is."""
        a, b = self.sides[lo], self.sides[hi]
        one, two = (rotated(state, a, b) if self.method == "dejmps" else twirled(state) for state in (kept, given))
        return compare_round(one, two, a, b)

    # ---------------------------------------------------------------------------------------------- run by run

    def follow(self, runs: int, rng: np.random.Generator, swap_success: float, cutoff_s: float) -> Purified:
        """Follow many runs; as :func:`qnetlab.network.histories.histories`, with purification."""
        turns = [0]
        limit = cutoff_s + 1e-9 * float(self.timing.step_s.min())

        def again(start: Array, told_s: float, trial: Callable[[Array], tuple[Held, Array, Any]]) -> Held:
            """Trials until one works: each gives the pair at the ends, when its two parts met, and the chances."""
            kept = Held(np.empty((4, 4, len(start))), *(np.empty(len(start)) for _ in range(3)))
            waiting, begin = np.arange(len(start)), start
            while len(waiting):
                turns[0] += 1
                if turns[0] > MAX_TURNS:
                    too_long(cutoff_s)
                held, ended, chance = trial(begin)
                works = rng.random(len(waiting)) < chance
                for whole, part in zip(kept, held, strict=True):
                    whole[..., waiting[works]] = part[..., works]
                waiting, begin = waiting[~works], ended[~works] + told_s
            return kept

        def met(one: Held, other: Held) -> tuple[Array, Array, NDArray[np.bool_]]:
            """When two pairs are both there, when it is over, and whether none of them is too old."""
            first, second = np.minimum(one.at_s, other.at_s), np.maximum(one.at_s, other.at_s)
            young = second - first <= limit
            return second, np.where(young, second, first + cutoff_s), young

        def make(lo: int, hi: int, rounds: int, start: Array) -> Held:
            if rounds == 0 and hi - lo == 1:
                return self._fresh(lo, start, rng)
            mid, span = (lo + hi) // 2, float(self.timing.at_s[hi] - self.timing.at_s[lo])

            def swap(begin: Array) -> tuple[Held, Array, Any]:
                told = self.timing.told_s(lo, mid, hi)
                left = make(lo, mid, self.rounds_of(lo, mid), begin)
                right = make(mid, hi, self.rounds_of(mid, hi), begin)
                now, ended, young = met(left, right)
                left = self._advanced(left, lo, mid, now + told, now)
                right = self._advanced(right, mid, hi, now, now + told)
                joined = swapped_states(left.state, right.state, self.station)
                return Held(joined, now + told, left.stored_a_s, right.stored_b_s), ended, young * swap_success

            def purify(begin: Array) -> tuple[Held, Array, Any]:
                one, two = (make(lo, hi, rounds - 1, begin) for _ in range(2))
                now, ended, young = met(one, two)
                one, two = (self._advanced(held, lo, hi, now, now) for held in (one, two))
                state, agree = self.compared(one.state, two.state, lo, hi)
                kept = one._replace(state=state, at_s=now)
                return self._advanced(kept, lo, hi, now + span, now + span), ended, young * agree

            if rounds == 0:
                return again(start, self.timing.told_s(lo, mid, hi), swap)
            return again(start, span, purify)

        n = self.timing.links
        end = make(0, n, self.rounds_of(0, n), np.zeros(runs))
        return Purified(end.at_s, Read(*read_out(end.state, self.sides[0], self.sides[n])))

    def _fresh(self, lo: int, start: Array, rng: np.random.Generator) -> Held:
        link, step = self.links[lo], float(self.timing.step_s[lo])
        known = next_tick(start, step) + tries(self.timing.chance[lo], rng, len(start)) * step
        wait_a_s, wait_b_s = link.waits_s
        state = waited(as_state(link.fresh(_FULL)), link.alice_memory.decay(wait_a_s), link.bob_memory.decay(wait_b_s))
        return Held(np.repeat(state[..., None], len(start), axis=2), known, known - wait_a_s, known - wait_b_s)

    def _advanced(self, held: Held, lo: int, hi: int, to_a_s: Array, to_b_s: Array) -> Held:
        """After more waiting, which may differ on the two sides; ``at_s`` is the later one."""
        decays = []
        for memory, to_s, stored_s in ((self.links[lo].alice_memory, to_a_s, held.stored_a_s),
                                       (self.links[hi - 1].bob_memory, to_b_s, held.stored_b_s)):
            decays.append(Decay(*(number + 0 * to_s for number in decay(
                to_s - held.at_s, t1_s=memory.t1_s, t2_s=memory.t2_s, dephasing=memory.dephasing,
                since_s=held.at_s - stored_s))))
        return held._replace(state=waited(held.state, *decays), at_s=np.maximum(to_a_s, to_b_s))

    # ------------------------------------------------------------------------------------------------- exactly

    def exact(self, swap_success: float, parts: Sequence[Steps] | None,
              told: Callable[[float], int]) -> tuple[Read, Steps | None]:
        """What the ends read, and the steps until they know, where nothing decays: then all pairs of a level are alike.

        Parameters
        ----------
        swap_success : float
        parts : sequence of array or None
            Each link's waits in steps, or None if only the pair is wanted.
        told : function
            A time of light as a whole number of steps.
        """
        def make(lo: int, hi: int) -> tuple[State, Steps | None]:
            if hi - lo == 1:
                link = self.links[lo]
                state, waits = as_state(link.fresh(_FULL)), parts[lo] if parts else None
            else:
                mid = (lo + hi) // 2
                (left, first), (right, second) = make(lo, mid), make(mid, hi)
                state, waits = swapped_states(left, right, self.station), None
                if first is not None and second is not None:
                    message = told(self.timing.told_s(lo, mid, hi))
                    waits = later(until_success(longest([first, second]), swap_success, message), message)
            for _ in range(self.rounds_of(lo, hi)):
                state, agree = self.compared(state, state, lo, hi)
                if waits is not None:
                    message = told(float(self.timing.at_s[hi] - self.timing.at_s[lo]))
                    waits = later(until_success(longest([waits, waits]), agree, message), message)
            return state, waits

        state, waits = make(0, self.timing.links)
        return Read(*read_out(state, self.sides[0], self.sides[-1])), waits
