"""What a chain of memories makes of its pairs while it waits: exact means for any number of links, in closed form.

n links try side by side, each attempt of each link succeeds with probability p, and what stands waits. A station swaps
as soon as both of its links stand; the ends measure at once, as for a key. So the earlier of every station's two halves
has waited |T_i - T_(i+1)| attempts, and what the pair from end to end has lost is one factor x for each: the mean of
x^(|T_1 - T_2| + ... + |T_(n-1) - T_n|).

The way to it: whenever links succeed they cut the chain into stretches that are still without pairs. Such stretches
know nothing of each other, and until the next success each of its ends that touches a standing pair costs a factor x
per attempt. Adding up what may happen in one attempt gives the mean for m links from the means for fewer: sums of
positive terms only, so nothing cancels and nothing is cut off.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..checks import require

Number = Any  # a float or an array of floats

#: More would keep a reader waiting for minutes.
_MOST_STEPS = 1e8


def mean_decay(probability: Number, decay: Number, links: int) -> Number:
    """What waiting leaves, on average, of the visibility of a chain of equal links.

    Parameters
    ----------
    probability : float or array
        Of one attempt of one link, 0 < p <= 1.
    decay : float or array
        kappa, the rate per attempt at which one stored half loses visibility, exp(-kappa * waited); >= 0, infinity
        allowed: then only pairs that were all made in the same attempt count.
    links : int
        >= 1.

    Returns
    -------
    float or array
        D = E[exp(-kappa * (|T_1 - T_2| + ... + |T_(n-1) - T_n|))], 0 to 1.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    Exact, of order links^2, and free of cancellation. Two links: D = p/(2 - p) (1 + qx)/(1 - qx) with q = 1 - p,
    x = exp(-kappa). Werner links then share F = 1/4 + 3/4 V^n D if the memories depolarize; if they dephase, XX and YY
    carry D and ZZ does not. Derived; checked against sums over all waiting times and a Monte Carlo simulation.

    >>> round(mean_decay(0.1, 0.02, 2), 6), round(mean_decay(0.1, 0.02, 8), 6)
    (0.840783, 0.312161)
    """
    return mean_decays(probability, decay, links)[-1]


def mean_decays(probability: Number, decay: Number, most_links: int) -> list[Number]:
    """:func:`mean_decay` for 1, 2, ..., ``most_links`` links, at the cost of the last one.

    >>> [round(kept, 4) for kept in mean_decays(0.1, 0.02, 4)]
    [1.0, 0.8408, 0.7125, 0.6041]
    """
    _checked(probability, decay, most_links)
    p, kappa, log_q = _plain(probability), _plain(decay), _log_q(probability)
    q, x = 1 - p, np.exp(-kappa)
    # inner[l]: between two standing pairs; outer[l]: between one and an end of the chain. Each with its factors x of
    # the attempt to come. after_x[m]: what m links are worth, a pair standing on their left, in this attempt.
    inner, outer, after_inner, after_outer, whole = [1.0], [1.0], [1.0], [1.0], []
    for m in range(1, most_links + 1):
        first = [q**length * p for length in range(m)]  # the first success in the row comes after `length` links
        to_pair = sum(first[i] * inner[i] * after_inner[m - 1 - i] for i in range(m)) / -np.expm1(m * log_q - 2 * kappa)
        to_end = sum(first[i] * inner[i] * after_outer[m - 1 - i] for i in range(m)) / -np.expm1(m * log_q - kappa)
        whole.append(sum(first[i] * outer[i] * after_outer[m - 1 - i] for i in range(m)) / -np.expm1(m * log_q))
        inner.append(x**2 * to_pair)
        outer.append(x * to_end)
        after_inner.append(to_pair)
        after_outer.append(to_end)
    return [_plain(kept) for kept in whole]


def mean_decay_of(probabilities: Sequence[float], decays: float | Sequence[float]) -> float:
    """The same for links that differ, and stations whose memories do.

    Parameters
    ----------
    probabilities : sequence of float
        Of one attempt of each link, 0 < p <= 1, in the order of the chain.
    decays : float or sequence of float
        Per attempt, >= 0: of every station, or one for each of them, one fewer than there are links.

    Returns
    -------
    float
        E[exp(-(kappa_1 |T_1 - T_2| + ... ))], 0 to 1.

    Raises
    ------
    ValueError
        If there is no link, a number is out of its range, or there are not as many decays as stations.

    Notes
    -----
    Exact, of order links^3: about a second for 1000. Links side by side in the chain that succeed alike wait least for
    each other; where they stand matters, too.

    >>> round(mean_decay_of([0.1, 0.1], 0.02), 6), round(mean_decay_of([0.1, 0.05, 0.2], 0.02), 6)
    (0.840783, 0.607408)
    """
    p = [float(chance) for chance in probabilities]
    n = len(p)
    require(n >= 1, "there must be at least one link", got={"probabilities": (p, "")}, why="Nothing waits for nothing",
            fix="[0.1, 0.05]")
    one = np.ndim(decays) == 0
    rates = [float(decays)] * (n - 1) if one else [float(rate) for rate in decays]  # type: ignore[arg-type,union-attr]
    require(len(rates) == n - 1, "there must be one decay for each station, one fewer than links",
            got={"decays": (rates, ""), "links": n}, why="A station stands between two links", fix="decays=0.02")
    for chance in p:
        _checked(chance, 0.0, n)
    for rate in rates:
        _checked(1.0, rate, n)
    x = np.array([1.0, *(math.exp(-rate) for rate in rates), 1.0])  # left of link i; at the ends nobody waits
    cost, logs = [0.0, *rates, 0.0], [float(_log_q(chance)) for chance in p]
    # worth[j, i]: links i to j - 1 without pairs, those beside them (if any) with one. first[i, k]: the first success
    # in an attempt is link k, times what is left of it then is worth; what is right of it has a pair on its left.
    worth, first = np.eye(n + 1), np.zeros((n, n))
    for i in range(n - 1, -1, -1):
        waited, log = 1.0, 0.0  # no success from i to j - 1
        for j in range(i + 1, n + 1):
            k = j - 1
            first[i, k] = waited * p[k] * (x[i] * x[k] * worth[k, i] if k > i else 1.0)
            waited *= 1 - p[k]
            log += logs[k]
            worth[j, i] = first[i, i:j] @ worth[j, i + 1 : j + 1] / -math.expm1(log - cost[i] - cost[j])
    return float(worth[n, 0])


def with_deadline(probability: Number, decay: Number, links: int, attempts: int) -> tuple[Number, Number]:
    """All pairs are thrown away, and the whole chain starts again, if it does not stand after so many attempts.

    Parameters
    ----------
    probability, decay, links
        As in :func:`mean_decay`.
    attempts : int
        m >= 1, since the start of the round.

    Returns
    -------
    (float or array, float or array)
        Mean attempts until a chain stands, those of given-up rounds included, and the mean of what waiting leaves over
        the chains that do.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    With F(t) = (1 - q^t)^n the chance to stand after t attempts, the mean is [1 + ... + 1 - F(m-1)]/F(m). The rest is
    the sum over the first success, kept for each number of attempts that are left. Exact; of order links^2 attempts.
    This throws away more than :func:`~qnetlab.theory.repeaters.two_links_with_cutoff`, which looks at each pair's age.

    >>> [round(number, 6) for number in with_deadline(0.1, 0.02, 2, 10)]
    [19.808484, 0.939436]
    """
    _checked(probability, decay, links)
    require(attempts >= 1 and attempts == int(attempts), "attempts must be a whole number >= 1",
            got={"attempts": attempts}, why="It counts attempts", fix="attempts=100")
    require(attempts * links**2 <= _MOST_STEPS, f"attempts must satisfy attempts * links^2 <= {_MOST_STEPS:g}",
            got={"attempts": attempts, "links": links}, why="They are counted one by one",
            fix=f"attempts={int(_MOST_STEPS // links**2)}")
    p, x = _plain(probability), _plain(np.exp(-np.asarray(decay, dtype=float)))
    q, log_q = 1 - p, _log_q(probability)
    kinds = (x**2, x, 1.0)  # pairs stand beside a stretch on both sides, on one, on none
    worth = [[1.0] + [0.0] * links for _ in kinds]
    tried = 1.0  # the first attempt of a round is always made
    for attempt in range(attempts):
        worth = _one_attempt_more(worth, p, q, kinds)
        if attempt:
            tried = tried - np.expm1(links * np.log(-np.expm1(attempt * log_q)))
    stands = (-np.expm1(attempts * log_q)) ** links
    return _plain(tried / stands), _plain(worth[2][links] / stands)


def _one_attempt_more(worth: list[list[Number]], p: Number, q: Number, kinds: tuple[Number, ...]) -> list[list[Number]]:
    """From what stretches are worth with t attempts left to what they are with t + 1; of each kind and every length."""
    to_come = [[row[0], *(cost * kept for kept in row[1:])] for row, cost in zip(worth, kinds, strict=True)]
    new: list[list[Number]] = [[1.0], [1.0], [1.0]]
    for m in range(1, len(worth[0])):
        for kind, left, right in ((0, 0, 0), (1, 0, 1), (2, 1, 1)):
            total, waited = q**m * to_come[kind][m], p
            for length in range(m):
                total = total + waited * to_come[left][length] * new[right][m - 1 - length]
                waited = waited * q
            new[kind].append(total)
    return new


def _plain(number: Number) -> Number:
    """A float where one was given: faster than an array of one."""
    return float(number) if np.ndim(number) == 0 else np.asarray(number, dtype=float)


def _log_q(probability: Number) -> Number:
    """log(1 - p) to full precision; minus infinity for p = 1."""
    with np.errstate(divide="ignore"):
        return _plain(np.log1p(-np.asarray(probability, dtype=float)))


def _checked(probability: Number, decay: Number, links: int) -> None:
    p, kappa = np.asarray(probability, dtype=float), np.asarray(decay, dtype=float)
    require(bool(np.all((p > 0) & (p <= 1))), "a probability of success must satisfy 0 < p <= 1",
            got={"p": probability}, why="A link that never succeeds never ends", fix="0.01")
    require(bool(np.all(kappa >= 0)), "decay must satisfy 0 <= decay", got={"decay": decay},
            why="Pairs do not get better by waiting", fix="decay=0.01")
    require(links >= 1 and links == int(links), "links must be a whole number >= 1", got={"links": links},
            why="They are counted", fix="links=2")
