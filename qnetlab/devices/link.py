"""What joins two nodes: a pair source in the middle of a fiber, and a memory at either end."""

from __future__ import annotations

from ..checks import choice, part, value
from ..theory.states import Pair, with_noise
from .any_link import AnyLink
from .fiber import Fiber
from .line import Line
from .memory import Memory
from .source import PhotonPairSource


@value
class Link(AnyLink):
    """A link between alice and bob. The default is perfect and has no length.

    Parameters
    ----------
    source : PhotonPairSource
        Stands in the middle.
    fiber : Fiber or another line
        The whole way from alice to bob; a photon takes half of it. A :class:`.FreeSpacePath` or a
        :class:`.DoubleDownlink` may stand here, too.
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
    whichever is slower: the next photon is already on its way while the herald travels. Memories of M modes wait for M
    heralds at once, so that M attempts share one such wait (the smaller memory decides): the rate grows M-fold, until
    the source is what is slow; the chance of any one attempt, and the pair, stay what they were. In a *round* of M
    attempts at least one pair comes with 1 - (1 - p)^M. The pair is used in the memories and never read out, so
    ``read_efficiency`` and ``retrieval_lifetime_s`` do not enter. Loss therefore lowers the *rate*; waiting lowers the
    *fidelity*. Background light, and the detectors that herald, are taken as perfect.

    >>> from qnetlab.devices.memory import Memory
    >>> m = Memory(t2_s=0.001)
    >>> round(Link(fiber=Fiber(length_km=50), alice_memory=m, bob_memory=m).heralded_fidelity, 6)
    0.806393
    """

    source: PhotonPairSource = part(default_factory=PhotonPairSource, doc="the pair source")
    fiber: Line = part(default_factory=Fiber, like=Line, doc="the whole way from alice to bob")
    alice_memory: Memory = part(default_factory=Memory, doc="where alice's half waits")
    bob_memory: Memory = part(default_factory=Memory, doc="where bob's half waits")
    herald: str = choice(default="midpoint", options=("midpoint", "none"),
                         doc="what must be waited for before the pair is known",
                         why="Either both memories wait for the herald, or the pair is already known to be there")

    @property
    def waits_s(self) -> tuple[float, float]:
        """Time that either memory waits for the herald, in s; 0 without herald."""
        wait_s = self.fiber.delay_s if self.herald == "midpoint" else 0.0
        return wait_s, wait_s

    @property
    def success_probability(self) -> float:
        """Probability that one attempt leaves a pair in both memories, 0 to 1."""
        return (self.fiber.transmittance * self.alice_memory.write_efficiency * self.bob_memory.write_efficiency)

    @property
    def attempt_time_s(self) -> float:
        """Mean time from one attempt to the next, in s: the source's pace, or a herald's wait shared by all modes."""
        return max(1 / self.source.repetition_rate_hz, self.wait_s / self.modes)

    @property
    def pair_device(self) -> PhotonPairSource:
        """The source, with its noise."""
        return self.source

    def fresh(self, pair: Pair) -> Pair:
        """What source noise makes of a pair that was meant."""
        return with_noise(pair, self.source.fidelity, self.source.noise)
