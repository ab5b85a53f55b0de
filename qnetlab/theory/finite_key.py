"""How many bits are secret when the record is finite: three published bounds, each with its own constants.

All lengths are in bits and may be negative: then there is no key. A length that is handed to privacy amplification is
rounded down, and "no key" is an outcome of its own, never a key of length 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from .entropy import binary_entropy

Number = Any  # a float or an array of floats


def correctness_cost(eps_cor: Number) -> Number:
    """Bits that the verification hash discloses, log2(2/eps_cor).

    >>> round(float(correctness_cost(1e-15)), 4)
    50.8289
    """
    return 1 - np.log2(np.asarray(eps_cor, dtype=float))


def sampling_deviation(key_bits: Number, test_bits: Number, eps_sec: Number) -> Number:
    """How much larger than in the tested bits the error rate may be in the key bits.

    Parameters
    ----------
    key_bits, test_bits : float or array
        Numbers n and k of bits, > 0.
    eps_sec : float or array
        Secrecy parameter, 0 to 1.

    Returns
    -------
    float or array
        mu = sqrt((n + k)(k + 1) ln(4/eps_sec) / (n k^2)).

    Notes
    -----
    The 4 belongs to the split eps_sec = 2 eps' + nu with eps' = eps_sec/4, nu = eps_sec/2. Sampling without
    replacement, Serfling's inequality.

    References
    ----------
    M. Tomamichel, C. C. W. Lim, N. Gisin, R. Renner, Nature Communications 3, 634 (2012), doi:10.1038/ncomms1631.

    >>> round(float(sampling_deviation(1e4, 2500, 1e-10)), 6)
    0.110503
    """
    n, k = np.asarray(key_bits, dtype=float), np.asarray(test_bits, dtype=float)
    return np.sqrt((n + k) / (n * k) * (k + 1) / k * (np.log(4.0) - np.log(np.asarray(eps_sec, dtype=float))))


def single_photon_key_length(key_bits: Number, test_bits: Number, qber: Number, *, leak_bits: Number,
                             eps_sec: Number, eps_cor: Number) -> Number:
    """Secret bits of BB84 with single photons (Tomamichel, Lim, Gisin, Renner 2012).

    Parameters
    ----------
    key_bits, test_bits : float or array
        Sifted bits that become the key (one basis), and those compared in public (the other basis), > 0.
    qber : float or array
        Error rate of the compared bits, 0 to 1.
    leak_bits : float or array
        Bits that error correction disclosed, counted from the transcript, or f n h(Q).
    eps_sec, eps_cor : float or array
        Secrecy and correctness, 0 to 1; the key is (eps_sec + eps_cor)-secure.

    Returns
    -------
    float or array
        l = n [1 - h(Q + mu)] - leak - log2(2/(eps_sec^2 eps_cor)), mu from :func:`sampling_deviation`; Q + mu above 1/2
        counts as 1/2.

    Notes
    -----
    Against any attack on perfect single photons and detectors whose efficiency does not depend on the basis. With
    eps 1e-10 and f = 1.1, n = 1e5, k = 25 000, Q = 2 % gives 53 639 bits.

    References
    ----------
    M. Tomamichel, C. C. W. Lim, N. Gisin, R. Renner, Nature Communications 3, 634 (2012), doi:10.1038/ncomms1631.

    >>> leak = 1.1 * 1e5 * binary_entropy(0.02)
    >>> round(float(single_photon_key_length(1e5, 25e3, 0.02, leak_bits=leak, eps_sec=1e-10, eps_cor=1e-10)), 2)
    53639.53
    """
    worst = np.minimum(qber + sampling_deviation(key_bits, test_bits, eps_sec), 0.5)
    secrecy = -2 * np.log2(np.asarray(eps_sec, dtype=float)) + correctness_cost(eps_cor)
    return key_bits * (1 - binary_entropy(worst)) - leak_bits - secrecy


class DecoyKey(NamedTuple):
    """What a decoy bound finds: the length, and what it is made of."""

    #: Secret bits; no key if not positive.
    length: Number
    #: Lower bound on the key-basis bits that came from empty pulses.
    vacuum: Number
    #: Lower bound on the key-basis bits that came from single photons.
    single: Number
    #: Upper bound on the phase error rate of those single photons, 0 to 1/2.
    phase_error: Number
    #: Bits that error correction disclosed, as given.
    leak: Number
    #: Bits that secrecy and correctness cost whatever the length.
    fixed_cost: Number


def two_decoy_key_length(intensities: Sequence[float], probabilities: Sequence[float], *, sifted_key: Any,
                         sifted_test: Any, errors_test: Any, leak_bits: Number, eps_sec: float,
                         eps_cor: float) -> DecoyKey:
    """Secret bits of BB84 with a signal and two decoys (Lim, Curty, Walenta, Xu, Zbinden 2014).

    Parameters
    ----------
    intensities : three floats
        Mean photon numbers mu1 > mu2 + mu3, mu2 > mu3 >= 0; mu3 is the vacuum or nearly so.
    probabilities : three floats
        How often each is sent, > 0.
    sifted_key, sifted_test, errors_test : arrays, shape (3,) or (3, ...)
        Sifted bits of the key basis and of the test basis per intensity, and the wrong ones among the latter.
    leak_bits : float or array
        Bits that error correction of the key basis disclosed.
    eps_sec, eps_cor : float
        Secrecy and correctness, 0 to 1.

    Returns
    -------
    DecoyKey
        l = s0 + s1 [1 - h(phi)] - leak - 6 log2(21/eps_sec) - log2(2/eps_cor).

    Notes
    -----
    Every count may be off by sqrt(n/2 ln(21/eps_sec)), n the total of its kind. This bound needs a *lower* bound on the
    vacuum events and splits eps_sec into 21 parts; the one-decoy bound needs an upper one and 19. For phase-randomized
    pulses; with eps 1e-9 and 1e-15 the fixed cost is 256.57 bits. As printed: a corrected count may fall below 0, which
    only lowers the length.

    References
    ----------
    C. C. W. Lim, M. Curty, N. Walenta, F. Xu, H. Zbinden, Physical Review A 89, 022307 (2014), Eqs. (1) to (5),
    doi:10.1103/PhysRevA.89.022307.

    >>> found = two_decoy_key_length((0.5, 0.1, 0.0), (0.7, 0.2, 0.1), sifted_key=[9.0e6, 5.2e5, 3e2],
    ...     sifted_test=[1.0e6, 5.8e4, 35.0], errors_test=[1.0e4, 6e2, 17.0], leak_bits=9e5, eps_sec=1e-9,
    ...     eps_cor=1e-15)
    >>> round(float(found.fixed_cost), 2), round(float(found.phase_error), 3)
    (256.57, 0.043)
    """
    mu1, mu2, mu3 = intensities
    parts = 21
    tau0, tau1 = _emitted(intensities, probabilities)

    def bounds(counts: Any) -> tuple[Number, Number]:
        """Lower bounds on the vacuum and on the single-photon events."""
        low, high = _corrected(counts, intensities, probabilities, eps_sec / parts)
        vacuum = np.maximum(tau0 * (mu2 * low[2] - mu3 * high[1]) / (mu2 - mu3), 0)
        single = tau1 * mu1 / (mu1 * (mu2 - mu3) - mu2**2 + mu3**2) * (
            low[1] - high[2] - (mu2**2 - mu3**2) / mu1**2 * (high[0] - vacuum / tau0))
        return _within(vacuum, single, counts)

    vacuum, single = bounds(sifted_key)
    _, single_test = bounds(sifted_test)
    errors_low, errors_high = _corrected(errors_test, intensities, probabilities, eps_sec / parts)
    wrong = tau1 * (errors_high[1] - errors_low[2]) / (mu2 - mu3)
    return _assembled(vacuum, single, single_test, wrong, leak_bits, parts, eps_sec, eps_cor)


def one_decoy_key_length(intensities: Sequence[float], probabilities: Sequence[float], *, sifted_key: Any,
                         sifted_test: Any, errors_key: Any, errors_test: Any, leak_bits: Number, eps_sec: float,
                         eps_cor: float) -> DecoyKey:
    """Secret bits of BB84 with a signal and one decoy (Rusca, Boaron, Gruenenfelder, Martin, Zbinden 2018).

    Parameters
    ----------
    intensities : two floats
        Mean photon numbers mu1 > mu2 > 0.
    probabilities : two floats
        How often each is sent, > 0.
    sifted_key, sifted_test, errors_key, errors_test : arrays, shape (2,) or (2, ...)
        Sifted bits of the key basis and of the test basis per intensity, and the wrong ones among each.
    leak_bits : float or array
        Bits that error correction of the key basis disclosed.
    eps_sec, eps_cor : float
        Secrecy and correctness, 0 to 1.

    Returns
    -------
    DecoyKey
        l = s0 + s1 [1 - h(phi)] - leak - 6 log2(19/eps_sec) - log2(2/eps_cor).

    Notes
    -----
    Without a vacuum decoy the *upper* bound on vacuum events comes from the errors: an empty pulse is wrong half the
    time, so s0 <= 2 [tau0 e^k/p_k (m_k + delta) + delta'] for each intensity k, and the smallest holds. With eps 1e-9
    and 1e-15 the fixed cost is 255.70 bits. The equations were seen in a transcription only, by which (A18) is printed
    without its factor e^k/p_k, and (A21) with 21; here stands the 19 into which eps_sec is split. Later work closes
    gaps in such proofs (J. Wiesemann et al., arXiv:2405.16578) and changes the constants.

    References
    ----------
    D. Rusca, A. Boaron, F. Gruenenfelder, A. Martin, H. Zbinden, Applied Physics Letters 112, 171104 (2018), Eqs. (A10)
    to (A25), doi:10.1063/1.5023340.

    >>> found = one_decoy_key_length((0.5, 0.1), (0.8, 0.2), sifted_key=[9.0e6, 4.6e5], sifted_test=[1.0e6, 5.1e4],
    ...     errors_key=[9e4, 4.8e3], errors_test=[1.0e4, 5.4e2], leak_bits=9e5, eps_sec=1e-9, eps_cor=1e-15)
    >>> round(float(found.fixed_cost), 2), round(float(found.phase_error), 3)
    (255.7, 0.027)
    """
    mu1, mu2 = intensities
    parts = 19
    eps = eps_sec / parts
    tau0, tau1 = _emitted(intensities, probabilities)

    def bounds(sifted: Any, errors: Any) -> tuple[Number, Number]:
        low, high = _corrected(sifted, intensities, probabilities, eps)
        errors_high = _corrected(errors, intensities, probabilities, eps)[1]
        total = np.sum(np.asarray(sifted, dtype=float), axis=0)
        most_vacuum = np.minimum(2 * (tau0 * np.minimum(*errors_high) + _hoeffding(total, eps)), total)
        vacuum = np.maximum(tau0 * (mu1 * low[1] - mu2 * high[0]) / (mu1 - mu2), 0)
        single = tau1 * mu1 / (mu2 * (mu1 - mu2)) * (
            low[1] - mu2**2 / mu1**2 * high[0] - (mu1**2 - mu2**2) / mu1**2 * most_vacuum / tau0)
        return _within(vacuum, single, sifted)

    vacuum, single = bounds(sifted_key, errors_key)
    _, single_test = bounds(sifted_test, errors_test)
    errors_low, errors_high = _corrected(errors_test, intensities, probabilities, eps)
    wrong = tau1 * (errors_high[0] - errors_low[1]) / (mu1 - mu2)
    return _assembled(vacuum, single, single_test, wrong, leak_bits, parts, eps_sec, eps_cor)


def _emitted(intensities: Sequence[float], probabilities: Sequence[float]) -> tuple[float, float]:
    """Probability that a pulse is sent with no photon, and with one."""
    mu, p = np.asarray(intensities, dtype=float), np.asarray(probabilities, dtype=float)
    return float(np.sum(p * np.exp(-mu))), float(np.sum(p * np.exp(-mu) * mu))


def _within(vacuum: Number, single: Number, counts: Any) -> tuple[Number, Number]:
    """The two bounds kept between 0 and what was counted; counts that contradict the source could pass it."""
    total = np.sum(np.asarray(counts, dtype=float), axis=0)
    vacuum = np.clip(vacuum, 0, total)
    return vacuum, np.clip(single, 0, total - vacuum)


def _hoeffding(n: Number, eps: Number) -> Number:
    return np.sqrt(n / 2 * -np.log(np.maximum(eps, np.finfo(float).smallest_subnormal)))


def _corrected(counts: Any, intensities: Sequence[float], probabilities: Sequence[float],
               eps: float) -> tuple[Number, Number]:
    """e^k/p_k (n_k -+ delta(n)) for each intensity k: at least and at most what was to be expected."""
    n = np.asarray(counts, dtype=float)
    weight = np.exp(np.asarray(intensities, dtype=float)) / np.asarray(probabilities, dtype=float)
    weight = weight.reshape(-1, *[1] * (n.ndim - 1))
    delta = _hoeffding(n.sum(axis=0), eps)
    return weight * (n - delta), weight * (n + delta)


def _assembled(vacuum: Number, single: Number, single_test: Number, wrong: Number, leak_bits: Number, parts: int,
               eps_sec: float, eps_cor: float) -> DecoyKey:
    """The length from the bounds; without single photons in either basis nothing is known of the phase, 1/2."""
    known = (np.asarray(single) > 0) & (np.asarray(single_test) > 0)
    n1, k1 = np.where(known, single, 1.0), np.where(known, single_test, 1.0)
    rate = np.clip(np.asarray(wrong) / k1, 0, 0.5)
    spread = np.maximum(rate * (1 - rate), 1 / (n1 + k1) ** 2)  # the logarithm below wants some error, however rare
    swing = (n1 + k1) / (n1 * k1) * spread
    each = np.log2(parts) - np.log2(np.asarray(eps_sec, dtype=float))
    gamma = np.sqrt(swing / np.log(2) * np.maximum(np.log2((n1 + k1) / (n1 * k1 * spread)) + 2 * each, 0))
    phase_error = np.where(known, np.minimum(rate + gamma, 0.5), 0.5)
    fixed = 6 * each + correctness_cost(eps_cor)
    length = vacuum + single * (1 - binary_entropy(phase_error)) - leak_bits - fixed
    return DecoyKey(length, vacuum, single, phase_error, leak_bits, fixed)
