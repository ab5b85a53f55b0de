"""How long a chain of links waits until all have a pair: exact means, and the rules of thumb with their range.

A link succeeds in an attempt with probability p; links attempt side by side, and those that have a pair keep it.
Times are in attempts.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..checks import require

Number = Any  # a float or an array of floats

#: Beyond this many links the alternating sum loses digits; sums of positive terms take its place.
_ALTERNATING_LINKS = 12


def mean_longest_wait(probability: float, links: int) -> float:
    """Mean attempts until the last of ``links`` equal links has its pair.

    Parameters
    ----------
    probability : float
        Of one attempt of one link, 0 < p <= 1.
    links : int
        >= 1.

    Returns
    -------
    float
        In attempts, >= 1.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    E[max] = sum over k of (-1)^(k+1) C(n,k)/(1 - (1-p)^k), exact; (3 - 2p)/(p(2 - p)) for two links. Two links with
    p = 0.01 take 149.75 attempts: not 100 (one link), not 200 (one after the other).

    References
    ----------
    O. A. Collins et al., Physical Review Letters 98, 060502 (2007), doi:10.1103/PhysRevLett.98.060502;
    N. K. Bernardes, L. Praxmeyer, P. van Loock, Physical Review A 83, 012323 (2011), doi:10.1103/PhysRevA.83.012323.

    >>> round(mean_longest_wait(0.01, 2), 6), round(mean_longest_wait(0.01, 8), 6)
    (149.748744, 270.924509)
    """
    _checked(probability, links)
    if probability == 1:
        return 1.0
    if links <= _ALTERNATING_LINKS:
        log_q = math.log1p(-probability)
        return math.fsum((-1) ** (k + 1) * math.comb(links, k) / -math.expm1(k * log_q) for k in range(1, links + 1))
    return _counted_down(probability, links)


def _counted_down(probability: float, links: int) -> float:
    """E[max] of m links from fewer: one attempt, after which j have their pair. Positive terms only."""
    p, q, log_q = probability, 1 - probability, math.log1p(-probability)
    left, chances = np.zeros(links + 1), np.zeros(links + 1)  # chances[j]: j of the m succeed
    chances[0] = 1.0
    for m in range(1, links + 1):
        chances[1 : m + 1] = q * chances[1 : m + 1] + p * chances[:m]
        chances[0] *= q
        fewer = float(chances[1 : m + 1] @ left[m - 1 :: -1][:m])
        left[m] = (1 + fewer) / -math.expm1(m * log_q)
    return float(left[links])


def mean_longest_wait_of(probabilities: Any) -> float:
    """The same for links that differ: mean attempts until the last one has its pair.

    Parameters
    ----------
    probabilities : sequence of float
        Of one attempt of each link, 0 < p <= 1.

    Notes
    -----
    For two links 1/p1 + 1/p2 - 1/(p1 + p2 - p1 p2).

    >>> round(mean_longest_wait_of([0.1, 0.05]), 6)
    23.103448
    """
    kept = [float(p) for p in probabilities]
    require(len(kept) >= 1, "there must be at least one link", got={"probabilities": (kept, "")},
            why="Nothing waits for nothing", fix="[0.1, 0.05]")
    for p in kept:
        _checked(p, 1)
    if len(kept) > _ALTERNATING_LINKS:
        return _summed_tail(kept)
    logs = [math.log1p(-p) if p < 1 else -math.inf for p in kept]
    total = []
    for chosen in range(1, 2 ** len(kept)):  # inclusion and exclusion over the links that are still without a pair
        members = [logs[i] for i in range(len(kept)) if chosen >> i & 1]
        total.append((-1) ** (len(members) + 1) / -math.expm1(math.fsum(members)))
    return math.fsum(total)


def _summed_tail(probabilities: list[float]) -> float:
    """E[max] = sum over t >= 0 of P(max > t): one by one, then, where it is smooth, as an integral in growing steps."""
    slowest = min(probabilities)
    logs = np.array([math.log1p(-p) if p < 1 else -np.inf for p in probabilities])
    size = int(min(2e4, max(1e3, 40 / slowest)))

    def late(t: Any) -> Any:
        with np.errstate(invalid="ignore"):
            exponents = np.multiply.outer(t, logs)
        exponents[np.isnan(exponents)] = 0.0  # 0 * -inf: nothing has been tried yet
        with np.errstate(divide="ignore"):
            return -np.expm1(np.log1p(-np.exp(exponents)).sum(axis=1))

    parts = np.array_split(np.arange(size, dtype=float), 1 + size * len(probabilities) // 10**6)
    total = math.fsum(float(late(part).sum()) for part in parts)
    nodes, weights = np.polynomial.legendre.leggauss(24)
    low = size - 0.5  # the sum from t on is the integral from t - 1/2 on, but for the curvature over one step
    while low * slowest < 40 + math.log(len(probabilities)):
        high = 1.5 * low
        total += float(weights @ late(low + (high - low) * (nodes + 1) / 2)) * (high - low) / 2
        low = high
    return total


def three_halves_rule(probability: Number, links: int) -> Number:
    """The rule (3/2)^log2(n)/p of the first repeater papers, for a number of links that is a power of two.

    An approximation: right to 0.2 % for two links at p = 0.01, 12 % off at p = 0.5; 8 % too long for four links, 25 %
    for eight, 50 % for sixteen.

    References
    ----------
    N. Sangouard et al., Reviews of Modern Physics 83, 33 (2011), doi:10.1103/RevModPhys.83.33.

    >>> three_halves_rule(0.01, 4)
    225.0
    """
    return 1.5 ** math.log2(links) / probability


def harmonic_rule(probability: Number, links: int) -> Number:
    """The small-p limit H_n/p of :func:`mean_longest_wait`: 1 + 1/2 + ... + 1/n links' worth of waiting.

    >>> round(harmonic_rule(0.01, 8), 3)
    271.786
    """
    return math.fsum(1 / k for k in range(1, links + 1)) / probability


def mean_storage(probability: float) -> float:
    """Mean attempts that the first of two pairs waits for the second, 2q/(p(2-p)).

    >>> round(mean_storage(0.1), 6)
    9.473684
    """
    _checked(probability, 2)
    return 2 * (1 - probability) / (probability * (2 - probability))


def two_links_with_cutoff(probability: float, decay: float, cutoff: float = math.inf) -> tuple[float, float]:
    """Two links in parallel; a pair that has waited longer than the cutoff is thrown away, and both start again.

    Parameters
    ----------
    probability : float
        Of one attempt of one link, 0 < p <= 1.
    decay : float
        Rate per attempt at which the stored pair's visibility decays, exp(-decay * waited), >= 0.
    cutoff : float
        Attempts that a pair may wait for the other one, a whole number >= 0 or infinity.

    Returns
    -------
    (float, float)
        Mean attempts until both stand, and the mean of exp(-decay * waited) over those that do.

    Notes
    -----
    With q = 1 - p, x = exp(-decay), P0 = p^2/(1-q^2) (both at once), P1 = 2pq/(1-q^2), Ps = P0 + P1 (1 - q^m):
    E[T] = [1/(1-q^2) + P1 (1 - q^m)/p]/Ps and D = [P0 + P1 p x (1 - (qx)^m)/(1 - qx)]/Ps. Two Werner links then
    share F = 1/4 + 3/4 V1 V2 D. Derived; checked against a Monte Carlo simulation.

    >>> [round(number, 6) for number in two_links_with_cutoff(0.1, 0.02, 5)]
    [20.751172, 0.952534]
    """
    _checked(probability, 2)
    require(decay >= 0, "decay must satisfy 0 <= decay", got={"decay": decay}, why="Pairs do not get better by waiting",
            fix="decay=0.01")
    require(cutoff >= 0 and (math.isinf(cutoff) or cutoff == int(cutoff)), "cutoff must be a whole number >= 0, or inf",
            got={"cutoff": cutoff}, why="It counts attempts", fix="cutoff=10")
    p, q, x = probability, 1 - probability, math.exp(-decay)
    both = p**2 / (1 - q**2)
    one = 2 * p * q / (1 - q**2)
    within = 1 - q**cutoff if q > 0 else 1.0
    success = both + one * within
    time = (1 / (1 - q**2) + one * within / p) / success
    kept = (both + one * p * x * (1 - (q * x) ** cutoff) / (1 - q * x)) / success
    return time, kept


def two_links_wait(probabilities: tuple[float, float], *, swap_success: float = 1.0, cutoff: float = math.inf,
                   again: tuple[float, float] = (0.0, 0.0)) -> float:
    """Mean attempts until two links, alike or not, are joined, with a cutoff, swaps that fail, and messages about it.

    Parameters
    ----------
    probabilities : (float, float)
        Of one attempt of each link, 0 < p <= 1.
    swap_success : float
        0 < ps <= 1; after a failure both links start again.
    cutoff : float
        As in :func:`two_links_with_cutoff`.
    again : (float, float)
        Attempts' worth of time lost before the new start, after a swap that failed and after a pair thrown away.

    Notes
    -----
    With D = 1 - q1 q2: both at once with p1 p2/D, link 1 first with p1 q2/D and then in time with 1 - q2^m, and link 2
    first alike; Ps their sum. A trial takes 1/D + sum of first x (1 - q^m)/p of the other one, works with Ps ps, and
    the mean is what all trials take over that.

    >>> round(two_links_wait((0.1, 0.1), swap_success=0.5), 6), round(two_links_wait((0.1, 0.1), cutoff=5), 6)
    (29.473684, 20.751172)
    """
    for p in (*probabilities, swap_success):
        _checked(p, 2)
    (p1, p2), (q1, q2) = probabilities, (1 - p for p in probabilities)
    either = p1 + p2 - p1 * p2
    within = [-math.expm1(cutoff * math.log1p(-p)) if p < 1 and cutoff > 0 else float(cutoff > 0) for p in (p2, p1)]
    first = (p1 * q2 / either, p2 * q1 / either)
    works = p1 * p2 / either + first[0] * within[0] + first[1] * within[1]
    trial = 1 / either + first[0] * within[0] / p2 + first[1] * within[1] / p1
    lost = again[0] * works * (1 - swap_success) + again[1] * (1 - works)
    return (trial + lost) / (works * swap_success)


def wait_with_swaps_at_the_end(probability: float, links: int, swap_success: float) -> float:
    """Mean attempts if all swaps are done at the end and everything restarts when one fails: E[max]/ps^(n-1).

    >>> round(wait_with_swaps_at_the_end(0.1, 4, 0.5), 6)
    162.187026
    """
    _checked(swap_success, 1)
    return mean_longest_wait(probability, links) / swap_success ** (links - 1)


def _checked(probability: float, links: int) -> None:
    require(0 < probability <= 1, "a probability of success must satisfy 0 < p <= 1", got={"p": probability},
            why="A link that never succeeds never ends", fix="0.01")
    require(links >= 1 and links == int(links), "links must be a whole number >= 1", got={"links": links},
            why="They are counted", fix="links=2")
