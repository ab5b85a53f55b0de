"""Two parties send, a station in the middle measures and need not be trusted: twin-field and MDI key distribution."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .entropy import binary_entropy
from .pulses import Seen
from .search import highest

Number = Any  # a float or an array of floats


class TwinField(NamedTuple):
    """What one attempt of the twin-field scheme gives."""

    #: Probability that exactly one of the station's detectors clicks.
    success: Number
    #: Error rate of the key bits.
    error_z: Number
    #: Error rate of the test bits, the phase error.
    error_x: Number
    #: Secret bits per attempt; below 0 there is no key.
    rate: Number


def twin_field(arm_transmittance: Number, bright: Number, *, overlap: Number = 1.0) -> TwinField:
    """Twin-field key distribution in its entanglement form: each side sends a photon, or rather does not.

    Parameters
    ----------
    arm_transmittance : float or array
        eta of one arm, from a party to the click; the square root of the whole channel's.
    bright : float or array
        Probability a that a party sends its photon, 0 to 1.
    overlap : float or array
        Overlap M of the two photons' shapes, 0 to 1.

    Returns
    -------
    TwinField

    Notes
    -----
    p = 2 a eta (1 - a eta/2), e_Z = a (1 - eta/2)/(1 - a eta/2), e_X = e_Z/2 + (1 - e_Z)(1 - M)/2 and
    R = p [1 - h(e_Z) - h(e_X)]. Without dark counts; exact for M = 1, an approximation below. One photon that
    arrives is enough, so R goes with the *square root* of the channel: the best a is 0.0686 for small eta, and
    R = 0.0581 eta.

    References
    ----------
    The idea: M. Lucamarini, Z. L. Yuan, J. F. Dynes, A. J. Shields, Nature 557, 400 (2018),
    doi:10.1038/s41586-018-0066-6. This form is derived here.

    >>> round(float(twin_field(0.1, 0.05).rate), 9), round(float(twin_field(0.01, 0.05).rate), 10)
    (0.005600747, 0.0005464437)
    """
    eta, a = np.asarray(arm_transmittance, dtype=float), np.asarray(bright, dtype=float)
    seen_once = 1 - a * eta / 2
    success = 2 * a * eta * seen_once
    error_z = a * (1 - eta / 2) / seen_once
    error_x = error_z / 2 + (1 - error_z) * (1 - overlap) / 2
    return TwinField(success, error_z, error_x, success * (1 - binary_entropy(error_z) - binary_entropy(error_x)))


def twin_field_rate(transmittance: Number, *, detector_efficiency: Number = 1.0, overlap: Number = 1.0) -> Number:
    """Secret bits per attempt of :func:`twin_field` at the best bright probability; 0 where there is no key.

    Parameters
    ----------
    transmittance : float or array
        eta of the whole channel, both arms, without detectors.
    detector_efficiency : float or array
        Of each of the station's detectors, 0 to 1.
    overlap : float or array
        As in :func:`twin_field`.

    >>> round(float(twin_field_rate(1e-4)) * 100, 4)  # 1e-4: 200 km at 0.2 dB/km, arms of 1 %
    0.0584
    """
    arm = np.sqrt(np.asarray(transmittance, dtype=float)) * detector_efficiency
    _, best = highest(lambda a: twin_field(arm, a, overlap=overlap).rate, np.full(np.shape(arm), 1e-9), 0.5)
    return np.maximum(best, 0.0)[()]


def mdi_single_photons(transmittance_a: Number, transmittance_b: Number, *, dark: Number = 0.0,
                       misalignment: Number = 0.0) -> Seen:
    """Yield Y11 and phase error e11 when both sides sent exactly one photon.

    Parameters
    ----------
    transmittance_a, transmittance_b : float or array
        eta of each arm, its detector included, 0 to 1.
    dark : float or array
        Dark count probability of *each* of the station's four detectors, per gate.
    misalignment : float or array
        e_d, 0 to 1/2.

    Returns
    -------
    Seen

    Notes
    -----
    Y11 = (1-d)^2 [a b/2 + (2a + 2b - 3ab) d + 4 (1-a)(1-b) d^2], e11 Y11 = Y11/2 - (1/2 - e_d)(1-d)^2 a b/2:
    photons that meet and leave by different polarizations are right up to e_d, everything else is a guess.

    References
    ----------
    X. Ma, M. Razavi, Physical Review A 86, 062319 (2012), doi:10.1103/PhysRevA.86.062319; quoted from memory,
    derived again here.

    >>> found = mdi_single_photons(0.1, 0.1)
    >>> round(float(found.gain), 6), float(found.qber)
    (0.005, 0.0)
    """
    a, b = np.asarray(transmittance_a, dtype=float), np.asarray(transmittance_b, dtype=float)
    d = np.asarray(dark, dtype=float)
    quiet = (1 - d) ** 2
    gain = quiet * (a * b / 2 + (2 * a + 2 * b - 3 * a * b) * d + 4 * (1 - a) * (1 - b) * d**2)
    wrong = gain / 2 - (0.5 - misalignment) * quiet * a * b / 2
    return Seen(gain, np.where(gain > 0, wrong / np.where(gain > 0, gain, 1.0), 0.5)[()])


def mdi_pulses(intensity_a: Number, intensity_b: Number, transmittance_a: Number, transmittance_b: Number, *,
               dark: Number = 0.0, misalignment: Number = 0.0) -> Seen:
    """Gain and error rate of the key basis when both sides sent laser pulses of unknown phase.

    Notes
    -----
    With m = etaA muA + etaB muB and x = sqrt(etaA muA etaB muB)/2, right: Q_C = 2 (1-d)^2 e^(-m/2)
    [1 - (1-d) e^(-etaA muA/2)] [1 - (1-d) e^(-etaB muB/2)]; wrong: Q_E = 2 d (1-d)^2 e^(-m/2)
    [I0(2x) - (1-d) e^(-m/2)], I0 the modified Bessel function that the mean over the phases leaves.
    E Q = e_d Q_C + (1 - e_d) Q_E.

    References
    ----------
    X. Ma, M. Razavi, Physical Review A 86, 062319 (2012), doi:10.1103/PhysRevA.86.062319; quoted from memory,
    derived again here.

    >>> found = mdi_pulses(0.4, 0.4, 0.1, 0.1, dark=1e-6)
    >>> round(float(found.gain), 9), round(float(found.qber), 6)
    (0.000753586, 0.000101)
    """
    seen_a, seen_b = transmittance_a * np.asarray(intensity_a), transmittance_b * np.asarray(intensity_b)
    d = np.asarray(dark, dtype=float)
    half = np.exp(-(seen_a + seen_b) / 2)
    log_quiet = np.log1p(-d)
    right = 2 * (1 - d) ** 2 * half * np.expm1(log_quiet - seen_a / 2) * np.expm1(log_quiet - seen_b / 2)
    wrong = 2 * d * (1 - d) ** 2 * half * (np.i0(np.sqrt(seen_a * seen_b)) - (1 - d) * half)
    gain = right + wrong
    error = misalignment * right + (1 - misalignment) * wrong
    return Seen(gain, np.where(gain > 0, error / np.where(gain > 0, gain, 1.0), 0.5)[()])


def mdi_rate(intensity: Number, transmittance: Number, *, detector_efficiency: Number = 1.0, dark: Number = 0.0,
             misalignment: Number = 0.0, error_correction: Number = 1.16) -> Number:
    """Secret bits per pulse pair of decoy MDI, the station in the middle, infinite decoys, without end.

    Parameters
    ----------
    intensity : float or array
        Mean photon number of the signal on each side.
    transmittance : float or array
        eta of the whole channel, both arms, without detectors.
    detector_efficiency, dark : float or array
        Of each of the station's four detectors.
    misalignment : float or array
        e_d, 0 to 1/2.
    error_correction : float or array
        Disclosed bits over the Shannon limit, f >= 1.

    Returns
    -------
    float or array
        R = mu^2 e^(-2 mu) Y11 [1 - h(e11)] - Q f h(E); below 0 there is no key. Most pulses in the key basis.

    Notes
    -----
    No detector needs to be trusted, whatever Eve does to them. Two photons must meet, so the rate goes with the
    channel's transmittance, as without a station.

    References
    ----------
    H.-K. Lo, M. Curty, B. Qi, Physical Review Letters 108, 130503 (2012), doi:10.1103/PhysRevLett.108.130503.

    >>> bool(mdi_rate(0.4, 0.01) > mdi_rate(0.4, 0.001) > 0)
    True
    """
    arm = np.sqrt(np.asarray(transmittance, dtype=float)) * detector_efficiency
    mu = np.asarray(intensity, dtype=float)
    one = mdi_single_photons(arm, arm, dark=dark, misalignment=misalignment)
    seen_all = mdi_pulses(mu, mu, arm, arm, dark=dark, misalignment=misalignment)
    kept = mu**2 * np.exp(-2 * mu) * one.gain * (1 - binary_entropy(one.qber))
    return kept - seen_all.gain * error_correction * binary_entropy(seen_all.qber)
