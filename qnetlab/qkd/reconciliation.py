"""Error correction by itself: two keys, a channel, and what it cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..checks import refuse, require
from ..seeds import Rng, root_seed
from ..theory.entropy import binary_entropy
from .cascade import ANSWERS, alice_answers, bob_corrects
from .cascade_original import alice_answers_original, bob_corrects_original
from .channel import Bits, Channel, Halt, Message, Party, Script, Tamper, converse, count_bits
from .frames import LONGEST

#: The ways to find the wrong bits.
METHODS = ("cascade", "cascade, few messages", "original cascade", "original cascade, all at once")


def disclosed_bits(transcript: Iterable[Message], kinds: tuple[str, ...] = ANSWERS) -> int:
    """Bits of Alice's key that the messages of these kinds disclosed: counted, not computed.

    >>> from qnetlab.qkd.channel import pack_bits
    >>> disclosed_bits([Message("alice", "parities", pack_bits([1, 0, 1])), Message("bob", "ask", bytes(8))])
    3
    """
    return sum(count_bits(message.payload) for message in transcript if message.kind in kinds)


@dataclass(frozen=True, slots=True, eq=False)
class Reconciled:
    """What error correction did: Bob's key after it, and what was said.

    ``key`` is None if a side had to stop, then ``reason`` says why.
    """

    key: Bits | None
    reason: str
    transcript: tuple[Message, ...]

    @property
    def leak_bits(self) -> int:
        """Parities of Alice's key that were disclosed, counted from the transcript."""
        return disclosed_bits(self.transcript)

    @property
    def rounds(self) -> int:
        """How often Bob asked and waited for the answer."""
        return sum(message.sender == "bob" for message in self.transcript)

    def efficiency(self, qber: float) -> float:
        """Disclosed bits over the Shannon limit n h(Q); the Q of the key itself, not an estimate.

        Raises
        ------
        ValueError
            If there is no key, or Q is not between 0 and 1: then the limit is 0 or none.
        """
        if self.key is None or not 0 < qber < 1:
            refuse("the efficiency needs a corrected key and 0 < qber < 1", got={"qber": qber, "reason": self.reason},
                   why="It is leakage over n h(Q)", fix="the share of wrong bits before the correction")
        return float(self.leak_bits / (len(self.key) * binary_entropy(qber)))


def corrected(party: Party, key: Bits, qber: float, method: str, rng: np.random.Generator,
              frame_bits: int = LONGEST) -> Script[Bits]:
    """Bob's side of a ``method``."""
    if method.startswith("original"):
        return bob_corrects_original(party, key, qber, rng, at_once=method.endswith("all at once"))
    return bob_corrects(party, key, qber, rng, frame_bits=frame_bits, shortest=method == "cascade")


def answered(party: Party, key: Bits, opening: Message, *after: str) -> Script[Message]:
    """Alice's side of whatever Bob opens."""
    side = alice_answers_original if opening.kind == "cut in order" else alice_answers
    return side(party, key, opening, *after)


def reconcile(alice_key: Any, bob_key: Any, qber: float, *, method: str = "cascade", frame_bits: int = LONGEST,
              rng: Rng = None, tamper: Tamper | None = None) -> Reconciled:
    """Correct Bob's key by talking with Alice over a public channel.

    Parameters
    ----------
    alice_key, bob_key : sequences of bits
        The two keys.
    qber : float
        What Bob believes the error rate to be, 0 to 1.
    method : str
        "cascade" (batched, shortest blocks first), "cascade, few messages" (batched, whole passes at once), or
        "original cascade" with Brassard and Salvail's parameters (one question at a time, or "..., all at once").
    frame_bits : int
        Longest frame of the batched methods, 2 to 2^20.
    rng : int, SeedSequence, Generator or None
        Makes the public shuffles.
    tamper : function, optional
        Stands on the channel; see :class:`~qnetlab.qkd.channel.Channel`.

    Returns
    -------
    Reconciled
        Bob's key; that it equals Alice's is likely, not certain: verification comes after.

    Raises
    ------
    ValueError
        If a key holds anything but bits, or an option is out of range. Keys of different lengths are no such error:
        the parties find out.

    >>> rng = np.random.default_rng(1)
    >>> alice = rng.integers(0, 2, 10_000, dtype=np.uint8)
    >>> bob = alice ^ (rng.random(10_000) < 0.03)
    >>> done = reconcile(alice, bob, 0.03, rng=7)
    >>> bool(np.array_equal(done.key, alice)), 1.0 < done.efficiency(0.03) < 1.1
    (True, True)
    """
    keys = [_bits(name, key) for name, key in (("alice_key", alice_key), ("bob_key", bob_key))]
    require(method in METHODS, f"method must be one of {', '.join(map(repr, METHODS))}", got={"method": (method, "")},
            why="These are the ways to ask", fix="method='cascade'")
    require(isinstance(qber, (int, float)) and 0 <= qber <= 1, "qber must satisfy 0 <= qber <= 1",
            got={"qber": (qber, "")}, why="It is a share of the bits", fix="qber=0.03")
    require(isinstance(frame_bits, (int, np.integer)) and 2 <= frame_bits <= 2**20,
            "frame_bits must satisfy 2 <= frame_bits <= 2^20", got={"frame_bits": (frame_bits, "")},
            why="A frame is halved again and again", fix=f"frame_bits={LONGEST}")
    generator = np.random.default_rng(root_seed(rng))
    channel = Channel(tamper)
    ended, _ = converse(_bob(keys[1], float(qber), method, generator, int(frame_bits)), _alice(keys[0]), channel)
    key, reason = (ended, "") if isinstance(ended, np.ndarray) else (None, ended)
    return Reconciled(key=key, reason=reason, transcript=tuple(channel.transcript))


def _bob(key: Bits, qber: float, method: str, rng: np.random.Generator, frame_bits: int) -> Script[Bits | str]:
    party = Party("bob")
    try:
        if not len(key):
            raise Halt("there is no key to correct")
        found = yield from corrected(party, key, qber, method, rng, frame_bits)
        yield from party.say("end", b"", "end")
    except Halt as why:
        return (yield from party.stop(why))
    return found


def _alice(key: Bits) -> Script[Bits | str]:
    party = Party("alice")
    try:
        opening = yield from party.listen("cut", "cut in order")
        yield from answered(party, key, opening, "end")
        yield Message("alice", "end")
    except Halt as why:
        return (yield from party.stop(why))
    return key


def _bits(name: str, key: Any) -> Bits:
    made = np.asarray(key)
    bits = made.size == 0 or (made.dtype.kind in "bui" and bool(np.all((made == 0) | (made == 1))))
    require(made.ndim == 1 and bits,
            f"{name} must be a sequence of bits", got={name: (key, "")}, why="A key is made of 0 and 1",
            fix="numpy.array([0, 1, 1], dtype=numpy.uint8)")
    return made.astype(np.uint8)
