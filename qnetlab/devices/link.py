"""What joins two nodes: a pair source in the middle of a fiber, and a memory at either end."""

from __future__ import annotations

from ..checks import choice, part, value
from ..theory.states import BELL_CORRELATORS, Pair, bell_fidelity, store_pair, with_noise
from .fiber import Fiber
from .memory import Memory
from .source import PhotonPairSource


@value
class Link:
    """A link between alice and bob. The default is perfect and has no length.

    Parameters
    ----------
    source : PhotonPairSource
        Stands in the middle.
    fiber : Fiber
        The whole way from alice to bob; a photon takes half of it.
    alice_memory, bob_memory : Memory
        Where the photons are stored.
    herald : "midpoint" or "none"
        Whether both memories must first wait for the other side's "my photon has arrived", or the pair is known
        to be there when the protocol starts.

    Raises
    ------
    TypeError, ValueError
        If a part is of the wrong class or out of its range.

    Notes
    -----
    A pair counts only if both photons arrive and are stored: p = eta(fiber) * write_A * write_B. The message about it
    crosses the whole fiber, so each memory waits L n/c; attempts follow each other at that pace or at the source's,
    whichever is slower: the next photon is already on its way while the herald travels. The pair is used in the
    memories and never read out, so ``read_efficiency`` and ``retrieval_lifetime_s`` do not enter. Loss therefore
    lowers the *rate*; waiting lowers the *fidelity*. Background light, and the detectors that herald, are taken as
    perfect.

    >>> from qnetlab.devices.memory import Memory
    >>> m = Memory(t2_s=0.001)
    >>> round(Link(fiber=Fiber(length_km=50), alice_memory=m, bob_memory=m).heralded_fidelity, 6)
    0.806393
    """

    source: PhotonPairSource = part(default_factory=PhotonPairSource, doc="the pair source")
    fiber: Fiber = part(default_factory=Fiber, doc="the whole way from alice to bob")
    alice_memory: Memory = part(default_factory=Memory, doc="where alice's half waits")
    bob_memory: Memory = part(default_factory=Memory, doc="where bob's half waits")
    herald: str = choice(default="midpoint", options=("midpoint", "none"),
                         doc="what must be waited for before the pair is known",
                         why="Either both memories wait for the herald, or the pair is already known to be there")

    @property
    def wait_s(self) -> float:
        """Time that both memories wait for the herald, in s; 0 without herald."""
        return self.fiber.delay_s if self.herald == "midpoint" else 0.0

    @property
    def success_probability(self) -> float:
        """Probability that one attempt leaves a pair in both memories, 0 to 1."""
        return (self.fiber.transmittance * self.alice_memory.write_efficiency * self.bob_memory.write_efficiency)

    @property
    def attempt_time_s(self) -> float:
        """Time from one attempt to the next, in s."""
        return max(1 / self.source.repetition_rate_hz, self.wait_s)

    @property
    def pair_rate_hz(self) -> float:
        """Pairs per second: ``success_probability / attempt_time_s``."""
        return self.success_probability / self.attempt_time_s

    @property
    def heralded_fidelity(self) -> float:
        """Fidelity of the pair, to the Bell state that was meant (phi_plus), when both sides know of it."""
        return float(bell_fidelity(self.pair(), "phi_plus"))

    def pair(self, state: str = "phi_plus", extra_a_s: float = 0.0, extra_b_s: float = 0.0) -> Pair:
        """The pair after the herald and, if asked, after further waiting on either side, in s."""
        return self.carry(Pair(*BELL_CORRELATORS[state]), extra_a_s, extra_b_s)

    def carry(self, pair: Pair, extra_a_s: float = 0.0, extra_b_s: float = 0.0) -> Pair:
        """What source noise and waiting make of any pair that was meant, not only of a Bell state."""
        a, b = self.alice_memory, self.bob_memory
        return store_pair(
            with_noise(pair, self.source.fidelity, self.source.noise),
            t_a_s=self.wait_s + extra_a_s, t_b_s=self.wait_s + extra_b_s,
            t1_a_s=a.t1_s, t1_b_s=b.t1_s, t2_a_s=a.t2_s, t2_b_s=b.t2_s,
        )
