"""A short chain exactly, by which of its links have a pair: what all waiting costs, and how long it takes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

#: Each link doubles the number of cases.
MOST_LINKS = 8


class Mean(NamedTuple):
    """Over all runs: what dephasing leaves of XX and YY, and the time in steps until both ends know."""

    kept: float
    steps: float


def mean_over_subsets(chances: Sequence[float], left: Sequence[float], right: Sequence[float],
                      told: Sequence[float] | None) -> Mean:
    """Swaps as soon as possible that never fail, step by step of a common clock.

    Parameters
    ----------
    chances : sequence of float
        Of one attempt of each link, 0 < p <= 1; up to eight links.
    left, right : sequence of float
        How fast either half of each link's pair dephases, exp(-rate) per step.
    told : sequence of float or None
        Of each station, steps until both ends know of its swap, and both keep their halves until they know of all;
        None: the ends measure at once, and the time ends with the last swap.

    Returns
    -------
    Mean

    Notes
    -----
    The chain is where its links with a pair say, and how many steps the latest news is still away from the farther end.
    In each step every half that waits costs its factor, and the links without a pair try: a sum over what may happen,
    of positive terms only, from the full chain back to the empty one. Derived; for two links the sum over both waits.

    >>> found = mean_over_subsets([0.1, 0.1], [0.02, 0.02], [0.02, 0.02], None)
    >>> round(found.kept, 6), round(found.steps, 6)
    (0.840783, 14.736842)
    """
    n = len(chances)
    full = (1 << n) - 1
    logs = [math.log1p(-p) if p < 1 else -math.inf for p in chances]
    ends = left[0] + right[n - 1] if told is not None else 0.0

    @cache
    def cost(has: int) -> float:
        """Rate at which everything that waits dephases."""
        waits = [right[j] if has >> j & 1 else left[j + 1] for j in range(n - 1) if (has ^ has >> 1) >> j & 1]
        if told is not None:
            waits += [left[0] * (has & 1), right[n - 1] * (has >> n - 1 & 1)]
        return math.fsum(waits)

    def news(has: int, new: int) -> float:
        """Steps until the ends know of the swaps that these new pairs make possible."""
        both = (has | new) & (has | new) >> 1
        done = both & ~(has & has >> 1)
        return max((told[j] for j in range(n - 1) if done >> j & 1), default=0.0) if told is not None else 0.0

    @cache
    def seen_from(has: int, away: float) -> tuple[float, float]:
        if has == full:
            return math.exp(-ends * away), away
        later = round(max(away - 1, 0.0), 9)
        missing = full & ~has
        stay = math.fsum(logs[i] for i in range(n) if missing >> i & 1)
        kept, steps, new = [], [], missing
        while new:
            chance = math.prod(chances[i] if new >> i & 1 else 1 - chances[i]
                               for i in range(n) if missing >> i & 1)
            if chance > 0:
                next_kept, next_steps = seen_from(has | new, max(later, round(news(has, new), 9)))
                kept.append(chance * next_kept)
                steps.append(chance * next_steps)
            new = (new - 1) & missing
        if away > 0:
            same_kept, same_steps = seen_from(has, later)
            kept.append(math.exp(stay) * same_kept)
            steps.append(math.exp(stay) * same_steps)
            return math.exp(-cost(has)) * math.fsum(kept), 1 + math.fsum(steps)
        return (math.exp(-cost(has)) * math.fsum(kept) / -math.expm1(stay - cost(has)),
                (1 + math.fsum(steps)) / -math.expm1(stay))

    return Mean(*seen_from(0, 0.0))
