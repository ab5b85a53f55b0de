"""Cascade on a key that fits on a screen: the real protocol, with keys and shuffles that a browser makes, too."""

from __future__ import annotations

import numpy as np

from ..checks import number, value
from ..theory.entropy import binary_entropy
from .cascade_original import ORIGINAL_PASSES, Orders, alice_answers_original, bob_corrects_original
from .channel import Bits, Channel, Message, Party, Script, converse
from .reconciliation import disclosed_bits

#: Bits of the key: as many as fit side by side.
LESSON_BITS = 64


class _Dice:
    """The plainest generator there is, the same in every language: x -> 1664525 x + 1013904223 modulo 2^32."""

    def __init__(self, seed: int) -> None:
        self._x = seed

    def below(self, count: int) -> int:
        self._x = (1664525 * self._x + 1013904223) % 2**32
        return self._x * count // 2**32

    def shuffled(self) -> list[int]:
        deck = list(range(LESSON_BITS))
        for i in range(LESSON_BITS - 1, 0, -1):
            j = self.below(i + 1)
            deck[i], deck[j] = deck[j], deck[i]
        return deck


@value
class CascadeLesson:
    """A key of 64 bits, some of them wrong, and the original Cascade that looks for them.

    Parameters
    ----------
    errors : int
        Wrong bits, 1 to 8.
    game : int
        Which key and which shuffles, 1 to 1000.

    >>> told = CascadeLesson(errors=5, game=1).theory()
    >>> told["wrong"], told["found"] + told["left"] >= 5
    (5.0, True)
    """

    errors: int = number(default=5, low=1, high=8, integer=True, doc="wrong bits among 64",
                         why="More do not fit into the picture", fix="errors=5")
    game: int = number(default=1, low=1, high=1000, integer=True, doc="which key and which shuffles")

    def keys(self) -> tuple[Bits, Bits]:
        """Alice's key and Bob's."""
        dice = _Dice(1000 * self.errors + self.game)
        alice = np.array([dice.below(2) for _ in range(LESSON_BITS)], np.uint8)
        bob = alice.copy()
        bob[dice.shuffled()[:self.errors]] ^= 1
        return alice, bob

    def orders(self) -> Orders:
        """The order of the bits in each pass; the first is that of the key."""
        dice = _Dice(1000 * self.errors + self.game + 500_000)
        return [np.arange(LESSON_BITS), *(np.array(dice.shuffled()) for _ in range(ORIGINAL_PASSES - 1))]

    def transcript(self) -> tuple[tuple[Message, ...], Bits]:
        """What the parties say, and Bob's key after it."""
        alice_key, bob_key = self.keys()
        channel, orders = Channel(), self.orders()

        def alice() -> Script[Bits]:
            party = Party("alice")
            opening = yield from party.listen("cut in order")
            yield from alice_answers_original(party, alice_key, opening, "end", orders=orders)
            return alice_key

        def bob() -> Script[Bits]:
            party = Party("bob")
            found = yield from bob_corrects_original(party, bob_key, self.errors / LESSON_BITS,
                                                     np.random.default_rng(0), orders=orders)
            yield Message("bob", "end")
            return found

        found, _ = converse(bob(), alice(), channel)
        return tuple(channel.transcript), found

    def theory(self) -> dict[str, float]:
        """Numbers of this one run: bits wrong at first, flipped, left wrong; disclosed, and at least, 64 h(Q)."""
        messages, found = self.transcript()
        alice, bob = self.keys()
        return {
            "wrong": float(self.errors),
            "found": float(np.count_nonzero(found != bob)),
            "left": float(np.count_nonzero(found != alice)),
            "disclosed": float(disclosed_bits(messages)),
            "least": float(LESSON_BITS * binary_entropy(self.errors / LESSON_BITS)),
        }
