"""What a sample of revealed bits tells about Eve: how many errors to expect, and how many bits it takes to notice her.

Alice and Bob compare a random part of their sifted bits and throw it away. Each revealed bit is wrong with the error
rate of the line, independently; so the number of errors is binomial, and everything here is exact.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..checks import refuse, require

Number = Any  # a float or an array of floats

#: More revealed bits than this are not searched for: no session of a notebook has them.
MOST_BITS = 1_000_000


class Plan(NamedTuple):
    """How to test a line: compare ``revealed`` bits, and suspect Eve from ``alarm`` errors on."""

    revealed: int
    alarm: int


def with_eve(quiet_qber: Number, fraction: Number) -> Number:
    """Error rate of a line with its own errors when Eve intercepts a share of the photons.

    Parameters
    ----------
    quiet_qber : float or array
        Error rate without her, 0 to 1/2.
    fraction : float or array
        Share of the photons that she intercepts, 0 to 1, in any basis halfway between or in Z or X at random.

    Returns
    -------
    float or array
        q + (1 - 2 q) fraction/4: her error and the line's own can cancel. A quiet line of 1 % shows 3.45 % if she
        intercepts a tenth.

    >>> round(with_eve(0.01, 0.1), 12), with_eve(0.0, 1.0)
    (0.0345, 0.25)
    """
    return quiet_qber + (1 - 2 * quiet_qber) * fraction / 4


def error_distribution(qber: float, revealed: int) -> npt.NDArray[np.float64]:
    """Probability of 0, 1, ... ``revealed`` errors among so many revealed bits.

    Parameters
    ----------
    qber : float
        Error rate of the sifted bits, 0 to 1.
    revealed : int
        Bits compared, >= 0.

    Returns
    -------
    array (revealed + 1,)
        Sums to 1.

    Raises
    ------
    ValueError
        If either is out of its range.

    Notes
    -----
    P(k) = C(n, k) q^k (1 - q)^(n - k). For 20 bits at 2.5 %, a tenth intercepted on an ideal line: no error in 60 % of
    the sessions.

    >>> error_distribution(0.025, 20)[:3].round(3).tolist()
    [0.603, 0.309, 0.075]
    """
    _check_qber("qber", qber)
    _check_bits("revealed", revealed)
    k = np.arange(revealed + 1)
    steps = np.log(np.arange(1.0, revealed + 1))
    ways = np.concatenate(([0.0], np.cumsum(steps[::-1] - steps)))  # ln C(n, k)
    return np.asarray(np.exp(ways + _times_log(k, qber) + _times_log(revealed - k, 1 - qber)))


def chance_below(errors: int, qber: float, revealed: int) -> float:
    """Probability of fewer than ``errors`` errors among ``revealed`` bits at this error rate.

    >>> round(chance_below(1, 0.1, 20), 3), chance_below(0, 0.1, 20)
    (0.122, 0.0)
    """
    _check_bits("errors", errors)
    _check_qber("qber", qber)
    _check_bits("revealed", revealed)
    return _below(min(errors, revealed + 1), qber, revealed)


def alarm_from(quiet_qber: float, revealed: int, false_alarm: float = 0.01) -> int:
    """From how many errors on a line should be suspected, if a quiet one may be suspected with ``false_alarm`` at most.

    Parameters
    ----------
    quiet_qber : float
        Error rate of the line without Eve, 0 to 1.
    revealed : int
        Bits compared, >= 0.
    false_alarm : float
        Largest share of quiet sessions that may be suspected, between 0 and 1.

    Returns
    -------
    int
        1 to ``revealed`` + 1; the last means never.

    >>> alarm_from(0.01, 20), alarm_from(0.0, 20)
    (3, 1)
    """
    _check_risk("false_alarm", false_alarm)
    at_least = np.cumsum(error_distribution(quiet_qber, revealed)[::-1])[::-1]
    # Also an impossible number of errors is a reason, so that 0 % ends at 1 and not beyond.
    allowed = np.flatnonzero(at_least[1:] <= false_alarm * (1 + 1e-12))  # a risk that is just met is met
    return int(allowed[0]) + 1 if len(allowed) else revealed + 1


def missed_probability(quiet_qber: float, attacked_qber: float, revealed: int, false_alarm: float = 0.01) -> float:
    """How often Eve is not suspected: fewer errors than :func:`alarm_from` asks for, at the error rate that she makes.

    >>> round(missed_probability(0.01, with_eve(0.01, 0.1), 20), 3)
    0.97
    """
    return chance_below(alarm_from(quiet_qber, revealed, false_alarm), attacked_qber, revealed)


def bits_to_reveal(quiet_qber: float, attacked_qber: float, *, false_alarm: float = 0.01,
                   missed: float = 0.01) -> Plan:
    """The fewest revealed bits that tell an attacked line from a quiet one, with at most these two risks.

    Parameters
    ----------
    quiet_qber, attacked_qber : float
        Error rates without and with Eve, 0 <= quiet < attacked <= 1.
    false_alarm, missed : float
        Risk to suspect a quiet line, risk not to suspect the attacked one; each between 0 and 1.

    Returns
    -------
    Plan
        How many bits to compare, and from how many errors on to suspect.

    Raises
    ------
    ValueError
        If a number is out of its range, or more than 10^6 bits are needed.

    Notes
    -----
    For each alarm c the bits must be enough for P(errors < c | attacked) <= ``missed`` and few enough for
    P(errors >= c | quiet) <= ``false_alarm``; both change one way only with the number of bits, so that the first c for
    which one number does both is the answer. About ((z1 sqrt(q(1-q)) + z2 sqrt(p(1-p)))/(p - q))^2 for many bits:
    a tenth intercepted costs 182 bits on an ideal line, and 732 where the line itself has 1 %.

    >>> bits_to_reveal(0.0, with_eve(0.0, 0.1)), bits_to_reveal(0.01, with_eve(0.01, 0.1))
    (Plan(revealed=182, alarm=1), Plan(revealed=732, alarm=15))
    """
    _check_qber("quiet_qber", quiet_qber)
    _check_qber("attacked_qber", attacked_qber)
    _check_risk("false_alarm", false_alarm)
    _check_risk("missed", missed)
    require(quiet_qber < attacked_qber, "attacked_qber must be above quiet_qber",
            got={"quiet_qber": quiet_qber, "attacked_qber": attacked_qber},
            why="Who makes no more errors than the line itself is not seen in errors", fix="attacked_qber=0.025")
    quiet, attacked = _Walk(quiet_qber), _Walk(attacked_qber)
    while True:
        while attacked.below > missed:
            if attacked.revealed == MOST_BITS:
                refuse(f"at most {MOST_BITS} bits are searched", got={"attacked_qber": attacked_qber},
                       why="These two error rates lie too close together", fix="a larger share intercepted")
            attacked.one_more_bit()
            quiet.one_more_bit()
        if 1 - quiet.below <= false_alarm:
            return Plan(attacked.revealed, attacked.alarm)
        attacked.one_more_error()
        quiet.one_more_error()


class _Walk:
    """P(errors < alarm) as bits and alarm grow one by one; each step takes one multiplication, whatever the number."""

    def __init__(self, qber: float) -> None:
        self.qber = min(qber, 1 - 1e-15)  # a certain error would divide by 0 below
        self.revealed, self.alarm = 1, 1
        self.last = self.below = 1 - self.qber  # ``last``: P(errors = alarm - 1)

    def one_more_bit(self) -> None:
        self.below -= self.qber * self.last
        self.revealed += 1
        self.last *= (1 - self.qber) * self.revealed / (self.revealed - self.alarm + 1)

    def one_more_error(self) -> None:
        self.last *= (self.revealed - self.alarm + 1) / self.alarm * self.qber / (1 - self.qber)
        self.below += self.last
        self.alarm += 1


def _below(errors: int, qber: float, revealed: int) -> float:
    """P(fewer than ``errors`` of ``revealed``): only as many terms as are asked for."""
    k = np.arange(min(errors, revealed + 1))
    ways = np.cumsum(np.concatenate(([0.0], np.log((revealed - k[:-1]) / (k[:-1] + 1.0))))) if len(k) else k
    return min(1.0, float(np.exp(ways + _times_log(k, qber) + _times_log(revealed - k, 1 - qber)).sum()))


def _times_log(count: npt.NDArray[Any], share: float) -> npt.NDArray[np.float64]:
    """``count * ln(share)``, with 0 ln 0 = 0."""
    if share > 0:
        return np.asarray(count * math.log(share))
    return np.where(count == 0, 0.0, -np.inf)


def _check_qber(name: str, got: float) -> None:
    require(0 <= got <= 1, f"{name} must satisfy 0 <= {name} <= 1", got={name: got},
            why="An error rate is a share of bits", fix=f"{name}=0.025")


def _check_bits(name: str, got: int) -> None:
    require(got == int(got) and got >= 0, f"{name} must be a whole number >= 0", got={name: got},
            why="Bits are counted", fix=f"{name}=20")


def _check_risk(name: str, got: float) -> None:
    require(0 < got < 1, f"{name} must satisfy 0 < {name} < 1", got={name: got},
            why="No finite number of bits leaves no doubt", fix=f"{name}=0.01")
