"""How Cascade cuts a key: frames, orders and block sizes, which both sides make from three public numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .channel import Bits

#: Passes over each frame; each halves the chance that a wrong bit is left.
PASSES = 15

#: Longest frame, in bits: beyond it the efficiency hardly gains.
LONGEST = 2**16

#: So many wrong bits beyond half of all are still believed.
MARGIN = 64

#: Error rates that block sizes are chosen for.
LEAST, MOST = 0.002, 0.25


@dataclass(frozen=True, slots=True)
class Layout:
    """The frames of a key of ``length`` bits, the order of each pass and the number of its top blocks.

    Frame f holds the bits from ``starts[f]`` to ``starts[f + 1]``. They stand evenly spread over the n leaves of a
    tree, n a power of two; the leaves in between are empty, which both sides know.
    """

    length: int
    n: int
    starts: npt.NDArray[np.int64]
    #: (passes, n): which leaf of the first pass stands at each leaf.
    orders: npt.NDArray[np.int64]
    #: (passes, n): at which leaf each leaf of the first pass stands.
    places: npt.NDArray[np.int64]
    #: (passes,): top blocks of a frame.
    tops: npt.NDArray[np.int64]
    #: The leaves of the first pass that hold bits.
    seats: npt.NDArray[np.int64]

    @property
    def frames(self) -> int:
        """How many frames."""
        return len(self.starts) - 1

    def seated(self, key: Bits) -> Bits:
        """The key cut into frames and spread over the leaves of the first pass, zeros between; shape (frames, n)."""
        if self.frames * self.n == self.length:
            return key.reshape(self.frames, self.n).copy()
        leaves = np.zeros((self.frames, self.n), np.uint8)
        row, seat = self._rows()
        leaves[row, seat] = key
        return leaves

    def collected(self, leaves: Bits) -> Bits:
        """The key again."""
        if self.frames * self.n == self.length:
            return leaves.reshape(-1)
        row, seat = self._rows()
        found: Bits = leaves[row, seat]
        return found

    def _rows(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        sizes = np.diff(self.starts)
        row = np.repeat(np.arange(self.frames), sizes)
        return row, self.seats[np.arange(self.length) - np.repeat(self.starts[:-1], sizes)]

    def empty_nodes(self) -> npt.NDArray[np.bool_]:
        """Which nodes of a tree hold no bit of any frame, in every pass; shape (2n,)."""
        empty = np.ones(2 * self.n, dtype=bool)
        empty[self.n + self.seats] = False
        width = self.n
        while width > 1:
            empty[width // 2:width] = empty[width:2 * width:2] & empty[width + 1:2 * width:2]
            width //= 2
        return empty


def block_sizes(n: int, bits: int, qber: float, passes: int = PASSES) -> list[int]:
    """Leaves of a block in each pass: powers of two near 1/Q and 5/Q *bits*, then two halves of the frame.

    In the manner of the efficient variants of Cascade with sub-block reuse, J. Martinez-Mateo, C. Pacher, M. Peev,
    A. Ciurana, V. Martin, Quantum Information and Computation 15, 453 (2015), arXiv:1407.3257; the factors were found
    by trying.

    >>> block_sizes(8192, 8192, 0.03)[:4]
    [32, 128, 4096, 4096]
    """
    q = min(max(qber, LEAST), MOST)
    half = max(n // 2, 1)
    first, second = (min(max(2 ** round(math.log2(c * n / (bits * q))), 1), half) for c in (1.0, 5.0))
    return [first, second, *[half] * (passes - 2)][:passes]


def layout(length: int, qber: float, seed: int, *, frame_bits: int | None = None, passes: int = PASSES) -> Layout:
    """Cut a key of ``length`` >= 1 bits into equal frames of at most ``frame_bits``, 2^16 if not given.

    ``qber`` is what the error rate is believed to be: a wrong one costs bits, not correctness. The orders follow from
    ``seed``: they need be no secret, only the same on both sides.

    >>> layout(10_000, 0.03, seed=1).tops[:4].tolist()
    [256, 64, 2, 2]
    """
    frames = -(-length // (frame_bits or LONGEST))
    bits = -(-length // frames)
    n = max(2, 1 << (bits - 1).bit_length())
    seats = np.arange(bits) * n // bits
    orders = np.empty((passes, n), np.int64)
    orders[0] = np.arange(n)
    rng = np.random.default_rng(seed)
    full = np.zeros(n, dtype=bool)
    full[seats] = True
    for p in range(1, passes):  # bits change places with bits, empty leaves stay
        orders[p] = orders[0]
        orders[p, full] = rng.permutation(seats)
    places = np.empty_like(orders)
    np.put_along_axis(places, orders, np.broadcast_to(np.arange(n), orders.shape), axis=1)
    tops = np.array([n // size for size in block_sizes(n, bits, qber, passes)], np.int64)
    return Layout(length=length, n=n, starts=np.arange(frames + 1) * length // frames, orders=orders, places=places,
                  tops=tops, seats=seats)
