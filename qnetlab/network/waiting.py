"""How long one waits, as whole distributions: exact, on the steps of a common clock.

A distribution is an array: at place t the probability that exactly t steps are needed. It is as long as it must be for
what lies beyond to be below 1e-16 in all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..checks import require

Steps = NDArray[np.float64]

class TooLong(ValueError):
    """A distribution with too many steps to be written out."""


#: What a distribution may leave out.
_BEYOND = 1e-16
#: The longest distribution that is written out: some seconds of work.
MAX_STEPS = 2**23


def steps_of(probability: float) -> Steps:
    """Attempts of one link until it succeeds: P(t) = p (1 - p)^(t - 1).

    Parameters
    ----------
    probability : float
        Of one attempt, 0 < p <= 1.

    Returns
    -------
    array

    Raises
    ------
    ValueError
        If p is out of its range, or so small that the distribution is too long to be written out (about 5e-6).

    >>> [round(float(p), 4) for p in steps_of(0.5)[:4]]
    [0.0, 0.5, 0.25, 0.125]
    """
    _checked(probability, "p")
    if probability == 1:
        return np.array([0.0, 1.0])
    log_q = math.log1p(-probability)
    return np.concatenate([[0.0], probability * np.exp(log_q * np.arange(_length(-log_q)))])


def longest(parts: Sequence[Steps]) -> Steps:
    """Until the last of several is there, all at work side by side and knowing nothing of each other.

    >>> round(mean_steps(longest([steps_of(0.01)] * 2)), 6)
    149.748744
    >>> round(mean_steps(longest([steps_of(0.1), steps_of(0.05)])), 6)
    23.103448
    """
    size = max(len(part) for part in parts)
    late: Steps = np.zeros(size)  # P(t < longest): tails, where cumulative sums would round to 1
    with np.errstate(divide="ignore"):
        for part in parts:
            tail = np.minimum(_tails(part), 1.0)
            late += np.log1p(-np.concatenate([tail, np.zeros(size - len(tail))]))
    late = -np.expm1(late)
    return np.concatenate([[1.0], late[:-1]]) - late


def later(part: Steps, steps: int) -> Steps:
    """The same, so many steps later.

    >>> later(steps_of(1.0), 2).tolist()
    [0.0, 0.0, 0.0, 1.0]
    """
    return np.concatenate([np.zeros(steps), part])


def until_success(trial: Steps, success: float, again: int = 0) -> Steps:
    """Trials one after the other until one succeeds, which it does with this probability, however long it took.

    Parameters
    ----------
    trial : array
        Of the length of one trial.
    success : float
        0 < success <= 1.
    again : int
        Steps lost after a failure, before the next trial begins.

    >>> round(mean_steps(until_success(steps_of(0.5), 0.5)), 12)
    4.0
    """
    _checked(success, "success")
    return trial if success == 1 else renewed(success * trial, (1 - success) * later(trial, again))


def renewed(success: Steps, failure: Steps) -> Steps:
    """Trials one after the other until one succeeds, where success and failure take times of their own.

    Parameters
    ----------
    success, failure : array
        The chance that a trial succeeds after t steps, and that it fails and the next one begins then; together 1.

    Notes
    -----
    G(z) = S(z)/(1 - F(z)), evaluated on the unit circle and turned back: exact to rounding.

    >>> win, fail = np.array([0.0, 0.5]), np.array([0.0, 0.0, 0.5])
    >>> renewed(win, fail)[:6].round(4).tolist()
    [0.0, 0.5, 0.0, 0.25, 0.0, 0.125]
    """
    fails = float(failure.sum())
    _checked(min(1.0, float(success.sum())), "success")
    t = np.arange(len(failure))
    lost = float(failure @ t) / fails
    spread = math.sqrt(max(0.0, float(failure @ (t - lost) ** 2) / fails))
    # The slowest decay there can be: a failure each time, none much longer than the others; then one trial's own tail.
    size = _length(-math.log(fails) / (lost + spread)) + 2 * len(success) + len(failure)
    size = int(2 ** math.ceil(math.log2(size)))
    _written(size, 4 * MAX_STEPS)
    s, f = np.fft.rfft(success, size), np.fft.rfft(failure, size)
    return np.maximum(np.fft.irfft(s / (1 - f), size), 0.0)


def two_links_steps(probabilities: tuple[float, float], swap_success: float = 1.0, cutoff: float = math.inf,
                    again: tuple[int, int] = (0, 0)) -> Steps:
    """Two links side by side; a pair that has waited longer than the cutoff is thrown away, and both start again.

    Parameters
    ----------
    probabilities : (float, float)
        Of one attempt of each link, 0 < p <= 1.
    swap_success : float
        0 < ps <= 1.
    cutoff : float
        Steps that a pair may wait for the other one, a whole number >= 0 or infinity.
    again : (int, int)
        Steps from the swap that failed, and from the last step that a pair may wait, to the new start.

    Returns
    -------
    array
        Until the swap.

    Notes
    -----
    The mean is that of :func:`qnetlab.theory.repeaters.two_links_with_cutoff`, which this does not use.

    >>> round(mean_steps(two_links_steps((0.1, 0.1), cutoff=5)), 6)
    20.751172
    """
    one, two = probabilities
    either = steps_of(one + two - one * two)
    both, left, right = one * two, one * (1 - two), two * (1 - one)
    tails = [kind * steps_of(p) for kind, p in ((left, two), (right, one)) if kind > 0]
    waited = np.zeros(max([1, *map(len, tails)]))
    waited[0] = both
    for tail in tails:
        waited[: len(tail)] += tail
    waited /= both + left + right
    kept = waited if math.isinf(cutoff) else waited[: int(cutoff) + 1]
    lost = max(0.0, 1 - float(kept.sum())) if math.isfinite(cutoff) else 0.0
    won = _added(either, kept)
    success, failure = swap_success * won, (1 - swap_success) * later(won, again[0])
    if lost > 0:
        thrown = lost * later(either, int(cutoff) + again[1])
        size = max(len(thrown), len(failure))
        failure = np.pad(failure, (0, size - len(failure))) + np.pad(thrown, (0, size - len(thrown)))
    return renewed(success, failure) if failure.sum() > 0 else success


def nested_steps(probabilities: Sequence[float], swap_success: float = 1.0,
                 told: Callable[[int, int, int], int] = lambda lo, mid, hi: 0) -> Steps:
    """A chain that is joined by halves: both halves first, then the swap between them; if it fails, both anew.

    Parameters
    ----------
    probabilities : sequence of float
        Of one attempt of each link, 0 < p <= 1.
    swap_success : float
        Of every swap, 0 < ps <= 1.
    told : function
        Steps until both ends of links lo..hi-1 know how the swap between links mid-1 and mid went.

    Returns
    -------
    array
        Until the last swap.

    Notes
    -----
    Four links, ps = 1/2: p = 0.1 takes 84.817580 steps, p = 0.05 171.520858; the rule (3/2)^2/(p ps^2) says 90 and 180.

    References
    ----------
    N. Sangouard et al., Reviews of Modern Physics 83, 33 (2011), doi:10.1103/RevModPhys.83.33 (the rule).

    >>> round(mean_steps(nested_steps([0.1] * 4, 0.5)), 6)
    84.81758
    """
    _checked(swap_success, "swap_success")
    p = [float(chance) for chance in probabilities]
    made: dict[Any, Steps] = {}

    def joined(lo: int, hi: int) -> Steps:
        if hi - lo == 1:
            return steps_of(p[lo])
        mid = (lo + hi) // 2
        message = told(lo, mid, hi)
        key = (tuple(p[lo:hi]), mid - lo, message)  # halves that are alike are worked out once
        if key not in made:
            halves = [later(joined(a, b), told(a, (a + b) // 2, b) if b - a > 1 else 0)
                      for a, b in ((lo, mid), (mid, hi))]
            made[key] = until_success(longest(halves), swap_success, message)
        return made[key]

    return joined(0, len(p))


def mean_steps(part: Steps) -> float:
    """The mean of a distribution, in steps.

    >>> round(mean_steps(steps_of(0.05)), 9)
    20.0
    """
    return float(_tails(part).sum())


def share_within(part: Steps, steps: int) -> float:
    """The chance that it is done after so many steps.

    >>> share_within(steps_of(0.5), 3)
    0.875
    """
    return float(part[: steps + 1].sum())


def _tails(part: Steps) -> Steps:
    """P(T > t) for every t, summed from the far end so that small ones keep their digits."""
    return np.concatenate([np.cumsum(part[::-1])[::-1][1:], [0.0]])


def _added(one: Steps, other: Steps) -> Steps:
    """One after the other: a convolution."""
    length = len(one) + len(other) - 1
    size = int(2 ** math.ceil(math.log2(length + 1)))
    return np.maximum(np.fft.irfft(np.fft.rfft(one, size) * np.fft.rfft(other, size), size)[:length], 0.0)


def _length(rate: float) -> int:
    """Steps until a tail that decays at this rate is negligible."""
    size = -math.log(_BEYOND) / rate + 2 if rate > 0 else math.inf
    _written(size, MAX_STEPS)
    return int(size)


def _written(size: float, most: int) -> None:
    require(size <= most, f"a distribution can be written out over {most} steps", got={"steps": f"{size:.1g}"},
            why="Links that seldom succeed take long", fix="run(..., shots=1000), or the means in theory.repeaters",
            error=TooLong)


def _checked(probability: float, name: str) -> None:
    require(0 < probability <= 1, f"{name} must satisfy 0 < {name} <= 1", got={name: probability},
            why="What never succeeds never ends", fix=f"{name}=0.01")
