"""What every link between alice and bob answers, whatever makes its pairs."""

from __future__ import annotations

from typing import Any

from ..theory.herald_times import at_least_one
from ..theory.states import BELL_CORRELATORS, Pair, bell_fidelity, store_pair
from .line import Line
from .memory import Memory


class AnyLink:
    """A link: a fiber with a memory at either end, and some way to make pairs over it.

    Whatever runs over a link asks only for what stands here, so that it runs over every kind. A kind adds its fields
    and the five things that raise ``NotImplementedError`` here.
    """

    __slots__ = ()

    #: The whole way from alice to bob.
    fiber: Line
    alice_memory: Memory
    bob_memory: Memory

    # ----------------------------------------------------------------------------- what each kind says for itself

    @property
    def success_probability(self) -> float:
        """Probability that one attempt leaves a pair in both memories, 0 to 1."""
        raise NotImplementedError

    @property
    def attempt_time_s(self) -> float:
        """Mean time from one attempt to the next, in s."""
        raise NotImplementedError

    @property
    def waits_s(self) -> tuple[float, float]:
        """How long alice's and bob's halves have waited when both know of the pair, in s."""
        raise NotImplementedError

    @property
    def pair_device(self) -> Any:
        """What stands at the link's marker: the device whose channel makes, of a perfect pair, the fresh one."""
        raise NotImplementedError

    def fresh(self, pair: Pair) -> Pair:
        """What the making of it does to a pair that was meant, before it waits: the channel of ``pair_device``."""
        raise NotImplementedError

    # --------------------------------------------------------------------------------------- what follows for all

    @property
    def wait_s(self) -> float:
        """Time until both sides know of the pair, in s: the longer of the two waits."""
        return max(self.waits_s)

    @property
    def modes(self) -> int:
        """How many attempts may wait for their heralds at once: the modes of the smaller memory."""
        return min(self.alice_memory.modes, self.bob_memory.modes)

    @property
    def round_success_probability(self) -> float:
        """Probability of at least one pair in a round of as many attempts as there are modes, 1 - (1 - p)^M, 0 to 1."""
        return float(at_least_one(self.success_probability, self.modes))

    @property
    def round_time_s(self) -> float:
        """Time of such a round, in s: ``modes`` attempts."""
        return self.modes * self.attempt_time_s

    @property
    def pair_rate_hz(self) -> float:
        """Pairs per second, of all modes together: ``success_probability / attempt_time_s``."""
        return self.success_probability / self.attempt_time_s

    @property
    def heralded_fidelity(self) -> float:
        """Fidelity of the pair, to the Bell state that was meant (phi_plus), when both sides know of it."""
        return float(bell_fidelity(self.pair(), "phi_plus"))

    def pair(self, state: str = "phi_plus", extra_a_s: float = 0.0, extra_b_s: float = 0.0) -> Pair:
        """The pair after the herald and, if asked, after further waiting on either side, in s."""
        return self.carry(Pair(*BELL_CORRELATORS[state]), extra_a_s, extra_b_s)

    def carry(self, pair: Pair, extra_a_s: float = 0.0, extra_b_s: float = 0.0) -> Pair:
        """What making it and waiting make of any pair that was meant, not only of a Bell state."""
        wait_a_s, wait_b_s = self.waits_s
        return store_pair(self.fresh(pair), self.alice_memory.decay(wait_a_s + extra_a_s),
                          self.bob_memory.decay(wait_b_s + extra_b_s))
