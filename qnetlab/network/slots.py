"""A link in time slots: whether it has a pair at the end of a slot, and what the pair is worth after it waited."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from ..checks import require
from ..theory.memories import decay
from ..theory.states import BELL_CORRELATORS, Pair, store_pair
from .places import Edge

#: Attempts of a link in one slot.
MOST_ATTEMPTS = 10**6


def edge_chance(edge: Edge, slot_s: float) -> float:
    """The chance that a link has a pair at the end of a slot, 1 - (1 - p)^n with n attempts.

    >>> edge_chance(Edge(), 1e-6)
    1.0
    """
    p = float(edge.link.success_probability)
    attempts = _attempts(edge, slot_s)
    if p >= 1:
        return 1.0 if attempts else 0.0
    return -math.expm1(attempts * math.log1p(-p))


def _attempts(edge: Edge, slot_s: float) -> int:
    return math.floor(slot_s / float(edge.link.attempt_time_s) + 1e-9)


@lru_cache(maxsize=4096)
def waiting_pair(edge: Edge, slot_s: float) -> Pair:
    """A link's pair at the end of a slot in which it was made: the mean over all times that it may have waited.

    >>> waiting_pair(Edge(), 1e-6)
    Pair(xx=1.0, yy=-1.0, zz=1.0, za=0.0, zb=0.0)
    """
    p, attempts, step = float(edge.link.success_probability), _attempts(edge, slot_s), float(edge.link.attempt_time_s)
    require(attempts <= MOST_ATTEMPTS, f"slot_s must hold at most {MOST_ATTEMPTS} attempts of a link",
            got={"slot_s": (slot_s, "s")}, why="Each of them is looked at", fix=f"slot_s={MOST_ATTEMPTS * step / 2:g}")
    if attempts < 1 or p <= 0:
        return edge.link.pair()  # there never is one
    k = np.arange(attempts)
    weights = np.exp(k * math.log1p(-p)) if p < 1 else (k == 0).astype(float)
    weights /= weights.sum()
    link, late = edge.link, (attempts - 1 - k) * step
    (a_s, b_s), (a, b) = link.waits_s, (link.alice_memory, link.bob_memory)
    waited = store_pair(link.fresh(Pair(*BELL_CORRELATORS["phi_plus"])), *(
        decay(own + late, t1_s=memory.t1_s, t2_s=memory.t2_s, dephasing=memory.dephasing)
        for own, memory in ((a_s, a), (b_s, b))))
    return Pair(*(float(np.sum(weights * mean)) for mean in waited))
