"""Clicks from photons: how often two threshold detectors click when a pulse holds n photons, in closed form.

A *distribution* is an array P(0), P(1), ... of photon numbers. Small probabilities are kept to full relative
precision: nothing is computed as one minus a number near one.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Number = Any  # a float or an array of floats
Distribution = npt.NDArray[np.float64]


class Clicks(NamedTuple):
    """Probabilities of what two detectors do in one gate; they sum to 1.

    ``only_0``, ``only_1``: that one clicks alone; ``both``: a double click; ``none``: no click.
    """

    none: Number
    only_0: Number
    only_1: Number
    both: Number

    @property
    def gain(self) -> Number:
        """Probability of a click of any kind."""
        return self.only_0 + self.only_1 + self.both

    def error_gain(self, right: int = 0) -> Number:
        """Probability of a click that counts as the wrong bit; a double click becomes a random bit, half wrong."""
        return (self.only_1 if right == 0 else self.only_0) + self.both / 2


def poisson(mean: float) -> Distribution:
    """Photon numbers of a laser pulse of unknown phase, ``exp(-mu) mu^n / n!``; the tail left out is below 1e-18.

    Parameters
    ----------
    mean : float
        Mean photon number mu, >= 0.

    Returns
    -------
    array
        P(0) ... P(n_max).

    >>> poisson(0.5)[:2].round(6).tolist()
    [0.606531, 0.303265]
    """
    # Far enough out for 1e-18 at any mean (Chernoff: the tail falls faster than exp(-n) there).
    n = np.arange(int(mean + 10 * math.sqrt(mean) + 20) + 1)
    if mean == 0:
        return np.where(n == 0, 1.0, 0.0)
    logarithms = n * math.log(mean) - mean - np.concatenate(([0.0], np.cumsum(np.log(n[1:]))))
    return np.asarray(np.exp(logarithms), dtype=float)


def noticed(distribution: Distribution, p: Number) -> Number:
    """Probability that at least one of the photons does what each does with probability ``p``: 1 - sum P(n) (1-p)^n.

    Parameters
    ----------
    distribution : array
        P(0), P(1), ...
    p : float or array
        Per photon, 0 to 1.

    >>> round(float(noticed(poisson(0.5), 0.1)), 9), round(1 - math.exp(-0.05), 9)
    (0.048770575, 0.048770575)
    """
    n = np.arange(len(distribution))
    with np.errstate(divide="ignore", invalid="ignore"):
        missed = n * np.log1p(-np.asarray(p, dtype=float))[..., None]
    return np.sum(np.where(n == 0, 0.0, -np.expm1(missed)) * distribution, axis=-1)


def any_click(light: Number, dark: Number, detectors: int = 1) -> Number:
    """Probability that light or one of the dark counts makes a click: 1 - (1-d)^m (1-light), exact when small."""
    with np.errstate(divide="ignore"):
        return -np.expm1(detectors * np.log1p(-np.asarray(dark, dtype=float)) + np.log1p(-light))


def two_detectors(distribution: Distribution, p_0: Number, p_1: Number, dark: Number = 0.0) -> Clicks:
    """What two threshold detectors do with a pulse.

    Parameters
    ----------
    distribution : array
        Photon numbers of the pulse where ``p_0`` and ``p_1`` begin to count: P(0), P(1), ...
    p_0, p_1 : float or array
        Probability that *one* photon is seen by detector 0, by detector 1; their sum is at most 1.
    dark : float or array
        Probability of a dark count per gate and detector, 0 to 1.

    Returns
    -------
    Clicks

    Notes
    -----
    Exact for photons that go their ways independently: for a set S of detectors and n photons,
    P(no click in S | n) = (1-d)^|S| (1 - sum_S p_j)^n; the four patterns follow by inclusion and exclusion.
    For a Poisson pulse the sum over n is exp(-mu sum_S p_j).

    References
    ----------
    N. Lutkenhaus, Physical Review A 61, 052304 (2000), doi:10.1103/PhysRevA.61.052304: threshold detectors, dark
    counts, and the random bit for a double click.

    >>> clicks = two_detectors(poisson(0.0216), 1 - 0.033, 0.033, dark=8.5e-7)
    >>> round(float(clicks.gain), 11), round(float(clicks.error_gain() / clicks.gain), 9)
    (0.02137005426, 0.033037912)
    """
    zero = any_click(noticed(distribution, p_0), dark)
    one = any_click(noticed(distribution, p_1), dark)
    either = any_click(noticed(distribution, p_0 + p_1), dark, 2)
    # Where both hardly ever click, rounding may leave less than nothing.
    return Clicks(1 - either, *(np.maximum(p, 0.0) for p in (either - one, either - zero, zero + one - either)))


def yield_of(n: int, transmittance: Number, dark: Number) -> Number:
    """Probability of a click when a pulse holds ``n`` photons, Y_n = 1 - (1-d)^2 (1-eta)^n for two detectors.

    >>> round(float(yield_of(1, 0.1, 0.0)), 12), float(yield_of(0, 0.1, 0.0))
    (0.1, 0.0)
    """
    with np.errstate(divide="ignore"):  # a photon that is surely seen
        return any_click(-np.expm1(n * np.log1p(-np.asarray(transmittance, dtype=float))) if n else 0.0, dark, 2)


def misalignment_error(angle_rad: Number) -> Number:
    """Share of photons in the wrong detector when polarization is off by an angle t: sin(t)^2.

    >>> round(float(misalignment_error(math.radians(5))), 8)
    0.00759612
    """
    return np.sin(angle_rad) ** 2


def polarization_turn(angle_rad: float) -> npt.NDArray[np.float64]:
    """A turn of polarization by an angle t as a turn of the Bloch vector (x, y, z) by 2t about y: shape (3, 3).

    >>> polarization_turn(math.pi / 4).round(12).tolist()
    [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]]
    """
    c, s = math.cos(2 * angle_rad), math.sin(2 * angle_rad)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def dead_time_rate(rate_hz: Number, dead_time_s: Number) -> Number:
    """Clicks per second that a detector gives when it would give ``rate_hz`` without dead time: R/(1 + R tau).

    For light that comes at random times and a dead time that a missed photon does not prolong (non-paralyzable).

    >>> dead_time_rate(1e6, 1e-6)
    500000.0
    """
    return rate_hz / (1 + rate_hz * dead_time_s)


def mean_wait_s(repetition_rate_hz: Number, transmittance: Number) -> Number:
    """Mean time until the next photon arrives, 1/(f eta), in s.

    >>> round(float(mean_wait_s(1e9, 1e-12)))
    1000
    """
    return 1 / (repetition_rate_hz * transmittance)


def pulse_table(distribution: Distribution, one_photon: npt.NDArray[np.float64],
                dark: float) -> npt.NDArray[np.float64]:
    """What two detectors do with a pulse, together with a bit that Eve keeps from one of its photons.

    Parameters
    ----------
    distribution : array
        P(0), P(1), ...
    one_photon : array (2, 2, e)
        P(d0, d1, eve's bit) of one photon, e = 1 (no bit) or 2.
    dark : float
        Probability of a dark count per gate and detector.

    Returns
    -------
    array (2, 2, e)
        The same of a whole pulse; of an empty one Eve's bit is a coin.

    Notes
    -----
    P(click in S, bit | n) = t (1 - r) + q r with r = (1-d)^|S| (1-p)^(n-1), p the probability that one photon makes a
    click in S, q the same together with the bit, t that of the bit: only sums of positive numbers.

    >>> one = np.array([[0.0, 0.1], [0.4, 0.0]])[..., None]
    >>> pulse_table(np.array([0.0, 0.0, 1.0]), one, 0.0)[1, 1].round(9).tolist()
    [0.08]
    """
    n = np.arange(len(distribution))
    light, empty = distribution[1:], distribution[0]
    bit = one_photon.sum(axis=(0, 1))

    def click_in(q: npt.NDArray[np.float64], detectors: int) -> npt.NDArray[np.float64]:
        with np.errstate(divide="ignore", invalid="ignore"):
            others = np.where(n[1:] > 1, (n[1:] - 1) * np.log1p(-min(1.0, q.sum())), 0.0)
            logarithm = others + detectors * np.log1p(-dark)
        loud, quiet = -np.expm1(logarithm) @ light, np.exp(logarithm) @ light
        return np.asarray(bit * loud + q * quiet - empty * np.expm1(detectors * np.log1p(-dark)) / len(bit))

    zero = click_in(one_photon[1].sum(axis=0), 1)
    one = click_in(one_photon[:, 1].sum(axis=0), 1)
    either = click_in(one_photon[1].sum(axis=0) + one_photon[0, 1], 2)
    all_of_it = bit * light.sum() + empty / len(bit)
    table = np.array([[all_of_it - either, either - zero], [either - one, zero + one - either]])
    return np.asarray(np.maximum(table, 0.0))  # rounding may leave -1e-40


class Origins(NamedTuple):
    """Probabilities per pulse of a click, by what made it; they sum to the gain.

    ``one``: light of a pulse with one photon; ``many``: light of a pulse with two or more; ``dark``: no light was seen.
    """

    one: Number
    many: Number
    dark: Number


def click_origins(mean: Number, transmittance: Number, dark: Number) -> Origins:
    """Where the clicks of a weak laser pulse come from.

    Parameters
    ----------
    mean : float or array
        Photons per pulse, mu, >= 0.
    transmittance : float or array
        Probability that one photon is seen, eta, 0 to 1.
    dark : float or array
        Probability of a dark count per gate and detector (two of them).

    Notes
    -----
    Light is seen with probability 1 - exp(-mu eta), of which mu exp(-mu) eta comes from pulses with one photon; of the
    others a share 1 - (1-d)^2 clicks in the dark.

    >>> one, many, dark = click_origins(0.48, 0.045, 8.5e-7)
    >>> round(float(many / (one + many + dark)), 4)
    0.3745
    """
    light = -np.expm1(-mean * transmittance)
    one = mean * np.exp(-mean) * transmittance
    return Origins(one, light - one, -np.exp(-mean * transmittance) * np.expm1(2 * np.log1p(-dark)))
