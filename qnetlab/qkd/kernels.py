"""The inner loops of Cascade, in numpy.

Each pass of Cascade puts the bits of a frame in its own order at the leaves of a binary tree: node 1 is the root,
node v has the children 2v and 2v + 1, leaf i is node n + i. All trees stand in one array of bytes, pass by pass and
frame by frame, 2n bytes each; an *offset* into it names a node, and its last log2(2n) bits are v.

A byte of Bob's trees is

- 0 or 1: Alice's parity of the node is known, and his own is the same (0) or not (1: an odd number of errors below);
- 2 or 3: it is not known, and the lowest bit is his own parity.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]

#: Offsets of no node.
NOTHING = np.empty(0, np.int64)


def parity_trees(leaves: Bytes) -> Bytes:
    """The parities of all nodes of the trees over ``leaves`` (frames, n), n a power of two; shape (frames, 2n).

    >>> parity_trees(np.array([[1, 0, 1, 1]], np.uint8)).tolist()
    [[0, 1, 1, 0, 1, 0, 1, 1]]
    """
    frames, n = leaves.shape
    tree = np.empty((frames, 2 * n), np.uint8)
    tree[:, 0] = 0
    tree[:, n:] = leaves
    while n > 1:
        np.bitwise_xor(tree[:, n:2 * n:2], tree[:, n + 1:2 * n:2], out=tree[:, n // 2:n])
        n //= 2
    return tree


def descend(state: Bytes, nodes: Offsets, n: int) -> Offsets:
    """From nodes with an odd number of errors down to the smallest ones that are known to be odd.

    Where one child is known, so is the other: their parities add up to the parent's.
    """
    mask = 2 * n - 1
    nodes = nodes.copy()
    going = np.flatnonzero((nodes & mask) < n)
    while going.size:
        here = nodes[going]
        left = here + (here & mask)
        known_left, known_right = state[left] < 2, state[left + 1] < 2
        known = known_left | known_right
        going, left, known_left, known_right = going[known], left[known], known_left[known], known_right[known]
        only_left, only_right = left[~known_right], left[~known_left]
        state[only_left + 1] = state[only_left] ^ 1
        state[only_right] = state[only_right + 1] ^ 1
        below = left + (state[left] == 0)
        nodes[going] = below
        going = going[(below & mask) < n]
    return nodes


def odd_nodes(state: Bytes, tops: npt.NDArray[np.int64], frames: int, n: int, shortest: bool) -> Offsets:
    """Where to look next, in ascending order; in each frame nodes of one pass only, so that no two hold the same error.

    ``tops`` is the number of top blocks of each pass so far. With ``shortest`` the smallest nodes of a frame that are
    known to be odd, in the earliest pass that has such; else all of the earliest pass that has any.
    """
    trees = state[:len(tops) * frames * 2 * n].reshape(len(tops), frames, 2 * n)
    free = np.ones(frames, dtype=bool)
    found: list[Offsets] = []
    for at, top in enumerate(tops.tolist()):
        odd = trees[at, :, top:2 * top] == 1
        if not shortest:
            odd &= free[:, None]
        frame, block = np.nonzero(odd)
        if frame.size:
            free[frame] = False
            found.append((at * frames + frame) * 2 * n + top + block)
    if not found:
        return NOTHING
    nodes = descend(state, np.concatenate(found), n)
    if not shortest:
        return nodes
    tree, node = np.divmod(nodes, 2 * n)
    number, frame = np.divmod(tree, frames)
    level = np.frexp(node.astype(np.float64))[1].astype(np.int64)  # the deeper, the shorter
    rank = level * len(tops) - number
    best = np.zeros(frames, np.int64)
    np.maximum.at(best, frame, rank)
    kept: Offsets = nodes[rank == best[frame]]
    return kept


def learn(state: Bytes, left: Offsets, parities: Bytes) -> None:
    """Alice's parities of these left children of odd nodes are known; those of their siblings then are, too."""
    odd = (state[left] & 1) ^ parities
    state[left] = odd
    state[left + 1] = odd ^ 1


def flip(state: Bytes, frame: Offsets, bit: Offsets, places: npt.NDArray[np.int64], tops: npt.NDArray[np.int64],
         frames: int, n: int) -> None:
    """These bits of Bob's change: so do his parities of every block that holds them, in every pass so far."""
    for number, top in enumerate(tops.tolist()):
        tree = (number * frames + frame) * 2 * n
        node, size = n + places[number, bit], 1
        while top * size <= n:
            np.bitwise_xor.at(state, tree + node, np.uint8(1))
            node = node >> 1
            size *= 2
