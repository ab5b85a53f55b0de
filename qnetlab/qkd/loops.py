"""The functions of ``kernels`` again, one bit at a time: what a compiler makes fast, and slow without one.

They give the same results bit by bit and in the same order; a test compares them as plain Python. Where numba is
installed (``pip install "qnetlab[fast]"``), :func:`compiled` has them compiled on first use and they take the place of
the numpy ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from .kernels import Bytes, Offsets


def parity_trees(leaves: Bytes) -> Bytes:
    """The parities of all nodes of the trees over ``leaves`` (frames, n), n a power of two; shape (frames, 2n)."""
    frames, n = leaves.shape
    tree = np.empty((frames, 2 * n), np.uint8)
    for f in range(frames):
        tree[f, 0] = 0
        for i in range(n):
            tree[f, n + i] = leaves[f, i]
        for v in range(n - 1, 0, -1):
            tree[f, v] = tree[f, 2 * v] ^ tree[f, 2 * v + 1]
    return tree


def descend(state: Bytes, nodes: Offsets, n: int) -> Offsets:
    """From nodes with an odd number of errors down to the smallest ones that are known to be odd."""
    mask = 2 * n - 1
    found = np.empty_like(nodes)
    for i in range(len(nodes)):
        here = nodes[i]
        while (here & mask) < n:
            left = here + (here & mask)
            if state[left] > 1 and state[left + 1] > 1:
                break
            if state[left] > 1:
                state[left] = state[left + 1] ^ 1
            elif state[left + 1] > 1:
                state[left + 1] = state[left] ^ 1
            here = left if state[left] == 1 else left + 1
        found[i] = here
    return found


def odd_nodes(state: Bytes, tops: npt.NDArray[np.int64], frames: int, n: int, shortest: bool) -> Offsets:
    """Where to look next, in ascending order; in each frame nodes of one pass only."""
    passes, size = len(tops), 2 * n
    count = 0
    for p in range(passes):
        for f in range(frames):
            base = (p * frames + f) * size
            for v in range(tops[p], 2 * tops[p]):
                count += state[base + v] == 1
    nodes = np.empty(count, np.int64)
    taken = np.full(frames, -1, np.int64)  # the pass in which a frame was found odd first
    count = 0
    for p in range(passes):
        for f in range(frames):
            if not shortest and taken[f] >= 0:
                continue
            base = (p * frames + f) * size
            for v in range(tops[p], 2 * tops[p]):
                if state[base + v] == 1:
                    nodes[count] = base + v
                    count += 1
                    taken[f] = p
    nodes = descend(state, nodes[:count], n)
    if not shortest:
        return nodes
    rank = np.empty(count, np.int64)
    best = np.zeros(frames, np.int64)
    for i in range(count):
        v, level = nodes[i] % size, 0
        while v:
            v >>= 1
            level += 1
        tree = nodes[i] // size
        rank[i] = level * passes - tree // frames
        best[tree % frames] = max(best[tree % frames], rank[i])
    kept = 0
    for i in range(count):
        if rank[i] == best[nodes[i] // size % frames]:
            nodes[kept] = nodes[i]
            kept += 1
    return nodes[:kept]


def learn(state: Bytes, left: Offsets, parities: Bytes) -> None:
    """Alice's parities of these left children of odd nodes are known; those of their siblings then are, too."""
    for i in range(len(left)):
        state[left[i]] = (state[left[i]] & 1) ^ parities[i]
        state[left[i] + 1] = state[left[i]] ^ 1


def flip(state: Bytes, frame: Offsets, bit: Offsets, places: npt.NDArray[np.int64], tops: npt.NDArray[np.int64],
         frames: int, n: int) -> None:
    """These bits of Bob's change: so do his parities of every block that holds them, in every pass so far."""
    for p in range(len(tops)):
        for i in range(len(bit)):
            base = (p * frames + frame[i]) * 2 * n
            v = n + places[p, bit[i]]
            while v >= tops[p]:
                state[base + v] ^= 1
                v >>= 1


def compiled() -> dict[str, Callable[..., Any]]:
    """The functions above, compiled when they are first called; nothing where numba is not installed."""
    try:
        from numba import njit
    except ImportError:
        return {}
    global descend  # odd_nodes calls it, and the compiler wants to see the compiled one
    compile_one: Callable[[Any], Any] = njit(cache=True)
    descend = compile_one(descend)
    plain = {"parity_trees": parity_trees, "odd_nodes": odd_nodes, "learn": learn, "flip": flip}
    return {"descend": descend, **{name: compile_one(function) for name, function in plain.items()}}
