"""Cascade as it was first published: four passes, blocks of 0.73/Q bits that double, no parity kept for later.

It asks a whole binary search anew for each error, either one search after the other, or all odd blocks at the same
time. The latter takes fewer messages but sometimes hunts the same error in two blocks. It stands here to be compared
with the batched form, and because it is the easiest to follow.

G. Brassard, L. Salvail, EUROCRYPT '93, LNCS 765, 410 (1994), doi:10.1007/3-540-48285-7_35. The efficiency of these
parameters: J. Martinez-Mateo et al., Quantum Information and Computation 15, 453 (2015), arXiv:1407.3257.
"""

from __future__ import annotations

import bisect
import heapq
import math
import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .channel import Bits, Halt, Message, Party, Script, pack_bits, pack_numbers, unpack_bits, unpack_numbers
from .frames import LEAST, MARGIN

#: Passes, each with blocks twice as long as the one before.
ORIGINAL_PASSES = 4

Orders = Sequence[npt.NDArray[np.int64]]

_CUT = struct.Struct("<QdQ")


def first_block(qber: float, length: int) -> int:
    """Bits of a block in the first pass, 0.73/Q rounded up.

    >>> first_block(0.05, 10_000)
    15
    """
    return min(math.ceil(0.73 / max(qber, LEAST)), length)


def _orders(length: int, seed: int) -> list[npt.NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    return [np.arange(length), *(rng.permutation(length) for _ in range(ORIGINAL_PASSES - 1))]


def alice_answers_original(party: Party, key: Bits, opening: Message, *after: str,
                           orders: Orders | None = None) -> Script[Message]:
    """Alice's side: the parities of all blocks of a pass, or of one stretch of it, as she is asked.

    ``orders`` of the passes that were agreed on before take the place of those that follow from Bob's seed.
    """
    if len(opening.payload) != _CUT.size:
        raise Halt("a message that says how to cut the key could not be read")
    found, qber, seed = _CUT.unpack(opening.payload)
    if found != len(key):
        raise Halt(f"the two keys have different lengths, {len(key)} and {found} bits")
    if not 0 <= qber <= 1:
        raise Halt("a message that says how to cut the key made no sense")
    sums = np.array([np.concatenate([[0], np.cumsum(key[order])]) for order in orders or _orders(len(key), seed)])
    size = first_block(qber, len(key))
    answer = pack_bits([])
    while True:
        message = yield from party.say("parities", answer, "blocks", "half", *after)
        if message.kind == "blocks":
            [number] = unpack_numbers(message.payload, high=ORIGINAL_PASSES - 1, count=1).tolist()
            edges = _edges(len(key), size, number)
            answer = pack_bits(np.diff(sums[number][edges]) % 2)
        elif message.kind == "half":
            asked = unpack_numbers(message.payload, high=len(key)).reshape(-1, 3) if (
                len(message.payload) % 12 == 0) else np.empty((0, 3), np.int64)
            passes, begin, stop = asked.T
            if not len(asked) or passes.max() >= ORIGINAL_PASSES or np.any(begin >= stop):
                raise Halt("parities were asked for where none were due")
            answer = pack_bits((sums[passes, stop] - sums[passes, begin]) % 2)
        else:
            return message


def _edges(length: int, size: int, number: int) -> npt.NDArray[np.int64]:
    return np.append(np.arange(0, length, min(size << number, length)), length)


class _Search:
    """A block with an odd number of errors, being halved: the stretch that is left, and Alice's parity of it."""

    def __init__(self, number: int, block: int, begin: int, stop: int, parity: int) -> None:
        self.number, self.block, self.begin, self.stop, self.parity = number, block, begin, stop, parity
        self.whole = begin, stop, parity

    @property
    def middle(self) -> int:
        return (self.begin + self.stop + 1) // 2

    def halve(self, parity: int, mine: int) -> None:
        """Alice's parity of the first half has come: go on in the half that is odd."""
        if parity != mine:
            self.stop, self.parity = self.middle, parity
        else:
            self.begin, self.parity = self.middle, self.parity ^ parity


def bob_corrects_original(party: Party, key: Bits, qber: float, rng: np.random.Generator, *,
                          at_once: bool = False, orders: Orders | None = None) -> Script[Bits]:
    """Bob's side: his corrected key; Alice is left waiting for his next message.

    With ``at_once`` all odd blocks are halved at the same time, else the shortest first and alone.

    Raises
    ------
    Halt
        If more than half of the bits are found to be wrong: then the answers contradict each other.
    """
    seed = int(rng.integers(2**63))
    found, size, length = key.copy(), first_block(qber, len(key)), len(key)
    orders = orders or _orders(length, seed)
    places = [np.argsort(order) for order in orders]
    unpack_bits((yield from party.say("cut in order", _CUT.pack(length, qber, seed), "parities")).payload, 0)
    edges: list[list[int]] = []
    hers: list[Bits] = []  # Alice's parity of each block
    odd: list[Bits] = []  # does Bob's differ
    flips = 0

    def mine(number: int, begin: int, stop: int) -> int:
        return int(np.count_nonzero(found[orders[number][begin:stop]])) & 1

    for number in range(ORIGINAL_PASSES):
        edges.append(_edges(length, size, number).tolist())
        told = yield from party.say("blocks", pack_numbers([number]), "parities")
        hers.append(unpack_bits(told.payload, len(edges[number]) - 1))
        sums = np.add.reduceat(found[orders[number]].astype(np.int64), edges[number][:-1])
        odd.append((sums % 2).astype(np.uint8) ^ hers[number])
        waiting = [(edges[number][b + 1] - edges[number][b], number, b) for b in np.flatnonzero(odd[number]).tolist()]
        heapq.heapify(waiting)
        running: list[_Search] = []
        while waiting or running:
            while waiting and (at_once or not running):
                _, p, b = heapq.heappop(waiting)
                if odd[p][b]:
                    running.append(_Search(p, b, edges[p][b], edges[p][b + 1], int(hers[p][b])))
            still: list[_Search] = []
            for search in running:  # another search may have found the error that this one was after
                if mine(search.number, search.begin, search.stop) == search.parity:
                    search.begin, search.stop, search.parity = search.whole
                if odd[search.number][search.block]:
                    still.append(search)
            ended = [search for search in still if search.stop - search.begin == 1]
            running = [search for search in still if search.stop - search.begin > 1]
            if running and not ended:
                asked = [x for search in running for x in (search.number, search.begin, search.middle)]
                told = yield from party.say("half", pack_numbers(asked), "parities")
                for search, parity in zip(running, unpack_bits(told.payload, len(running)).tolist(), strict=True):
                    search.halve(parity, mine(search.number, search.begin, search.middle))
            for search in ended[:1]:
                bit = orders[search.number][search.begin]
                found[bit] ^= 1
                flips += 1
                if flips > length // 2 + MARGIN:
                    raise Halt("error correction does not settle: the answers contradict each other")
                for q in range(number + 1):  # the cascade: every block that holds the bit has changed
                    c = bisect.bisect_right(edges[q], int(places[q][bit])) - 1
                    odd[q][c] ^= 1
                    if odd[q][c]:
                        heapq.heappush(waiting, (edges[q][c + 1] - edges[q][c], q, c))
            running += ended[1:]
    return found
