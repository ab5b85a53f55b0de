"""From a record of clicks to a secret key on both sides, or a reasoned abort."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..checks import refuse, require
from ..seeds import Rng, root_seed, sequence_of
from .abort import Abort
from .authentication import SESSION_KEY_BITS
from .channel import Channel, Halt, Message, Tamper, converse, count_bits
from .counts import BASES
from .key import Key
from .key_length import SOURCES
from .parties import Agreement, Alice, Bob
from .reconciliation import METHODS, disclosed_bits
from .record import Record
from .universal import CHECK_BITS


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """How a session ended for each side, and all that was said in public.

    ``alice`` and ``bob`` each are a Key or an Abort. A session is true, in ``if session:``, when both hold a key.
    The last message can always be lost: then one side holds a key that the other has given up. That is no danger, and
    the two find out when they want to use it.
    """

    alice: Key | Abort
    bob: Key | Abort
    transcript: tuple[Message, ...]
    sifted_bits: int

    def __bool__(self) -> bool:
        return isinstance(self.alice, Key) and isinstance(self.bob, Key)

    @property
    def tested_bits(self) -> int:
        """Sifted bits that were compared in public, and so are no secret."""
        return sum(count_bits(m.payload) for m in self.transcript if m.kind == "test bits")

    @property
    def leak_bits(self) -> int:
        """Bits of the key that error correction and verification disclosed, counted from the transcript."""
        prints = sum(m.kind == "fingerprint" for m in self.transcript)
        return disclosed_bits(self.transcript) + CHECK_BITS * prints

    @property
    def rounds(self) -> int:
        """How often Bob spoke and waited for the answer."""
        return sum(m.sender == "bob" and m.kind != "stop" for m in self.transcript)

    @property
    def authentication_bits(self) -> int:
        """Secret bits in common that are used up: both set them aside for the tags before the first word is said."""
        return SESSION_KEY_BITS if self.transcript else 0

    @property
    def key_bits(self) -> int:
        """Secret bits that both sides hold; 0 if there is no key."""
        return len(self.bob) + self.bob.used if self and isinstance(self.bob, Key) else 0

    def waterfall(self) -> tuple[tuple[str, int], ...]:
        """What became of the sifted bits: a name and a number of bits for each step, in order; losses are negative.

        The last entry is what the two gain: the key less what authentication used up.
        """
        shortened = self.sifted_bits - self.tested_bits - self.leak_bits - self.key_bits if self else 0
        return (("sifted", self.sifted_bits), ("tested", -self.tested_bits), ("leaked", -self.leak_bits),
                ("shortened", -shortened), ("key", self.key_bits), ("authenticated", -self.authentication_bits),
                ("gained", self.key_bits - self.authentication_bits))

    def __repr__(self) -> str:
        lines = [f"{name:>13} {bits:>10}" for name, bits in self.waterfall()]
        if self:
            return "\n".join([*lines, f"on both sides: {self.bob!r}"])
        ends = (("Alice", self.alice), ("Bob", self.bob))
        return "\n".join([*lines, *(f"{name}: {end}" for name, end in ends)])


def distill(record: Record, *, source: str = "laser pulses", key_basis: str = "Z", eps_sec: float = 1e-9,
            max_qber: float = 0.11, method: str = "cascade", secrets: tuple[Key, Key] | None = None,
            tamper: Tamper | None = None, rng: Rng = None) -> Session:
    """Let Alice and Bob turn their columns of a record into a secret key, over a public channel.

    Sifting; all bits of one basis compared in public; error correction of the other; verification by a 64-bit universal
    hash; privacy amplification by a Toeplitz matrix; authentication of every message by one tag from each side.

    Parameters
    ----------
    record : Record
        The clicks.
    source : "laser pulses" or "single photons"
        What the pulses were: laser pulses need two or three intensities, single photons have one.
    key_basis : "Z" or "X"
        The basis whose bits become the key; the other one is the test.
    eps_sec : float
        The key differs from a perfect one by at most so much, 0 to 1.
    max_qber : float
        More errors than this share of the test bits of the signal end the session, 0 to 0.5.
    method : str
        How errors are corrected, see :func:`~qnetlab.qkd.reconciliation.reconcile`.
    secrets : pair of Key, optional
        What Alice and Bob share from before; each loses 508 bits to authentication. Without it they are given as many.
    tamper : function, optional
        Stands on the channel, see :class:`~qnetlab.qkd.channel.Channel`.
    rng : int, SeedSequence, Generator or None
        Both parties' own randomness.

    Returns
    -------
    Session
        What each side ended with, and the transcript.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of its range, or the source does not fit the intensities of the record.

    Notes
    -----
    The length comes from :func:`~qnetlab.qkd.key_length.secret_key_length`: Tomamichel 2012 for single photons,
    Lim 2014 for two decoys, Rusca 2018 for one. Its epsilon and assumptions travel with the key, and are printed.
    """
    if not isinstance(record, Record):
        refuse("record must be a Record", got={"record": (record, "")}, error=TypeError,
               why="It holds what each party wrote down", fix="record(BB84(...), pulses=10**6)")
    require(source in SOURCES, f"source must be one of {', '.join(map(repr, SOURCES))}", got={"source": (source, "")},
            why="The bounds differ", fix=f"source={SOURCES[0]!r}")
    kinds = len(record.intensities)
    require(kinds == 1 if source == "single photons" else kinds in (2, 3),
            "single photons must have one intensity, laser pulses two or three",
            got={"source": source, "intensities": (record.intensities, "")},
            why="Without decoys nobody knows how many bits of a laser came from single photons",
            fix="source='single photons'" if kinds == 1 else "source='laser pulses'")
    require(key_basis in BASES, "key_basis must be 'Z' or 'X'", got={"key_basis": (key_basis, "")},
            why="One basis makes the key, the other one tests it", fix="key_basis='Z'")
    require(method in METHODS, f"method must be one of {', '.join(map(repr, METHODS))}", got={"method": (method, "")},
            why="These are the ways to ask", fix="method='cascade'")
    for name, got, most in (("eps_sec", eps_sec, 1.0), ("max_qber", max_qber, 0.5)):
        require(isinstance(got, (int, float)) and 0 < got < most, f"{name} must satisfy 0 < {name} < {most:g}",
                got={name: (got, "")}, why="It is a probability, and never 0", fix=f"{name}=0.001")
    require(secrets is None or (isinstance(secrets, tuple) and len(secrets) == 2 and secrets[0] is not secrets[1]
                                and all(isinstance(key, Key) for key in secrets)),
            "secrets must be two Keys, Alice's and Bob's", got={"secrets": (secrets, "")}, error=TypeError,
            why="Each holds a copy of their own, and both use up the same bits", fix="secrets=(first.alice, first.bob)")
    agreed = Agreement(source=source, key_basis=key_basis, eps_sec=float(eps_sec), max_qber=float(max_qber),
                       method=method)
    seed = root_seed(rng)
    streams = {name: np.random.default_rng(sequence_of(seed, name)) for name in ("alice", "bob", "before")}
    if secrets is None:
        shared = streams["before"].integers(0, 2, SESSION_KEY_BITS)
        secrets = Key(shared), Key(shared)
    sifted = int(np.count_nonzero(record.alice_basis == record.bob_basis))
    channel = Channel(tamper)
    try:
        alice = Alice(record.alice(), agreed=agreed, secret=secrets[0], rng=streams["alice"])
        bob = Bob(record.bob(), intensities=record.intensities, agreed=agreed, secret=secrets[1], rng=streams["bob"])
    except Halt as why:
        return Session(Abort(reason=str(why)), Abort(reason=str(why)), (), sifted)
    bob_end, alice_end = converse(bob.script(), alice.script(), channel)
    return Session(alice_end, bob_end, tuple(channel.transcript), sifted)
