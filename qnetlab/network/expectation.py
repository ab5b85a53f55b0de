"""What an honest line is expected to show, and what key that leaves: the numbers behind a secret key rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..devices.detector import Detector
from ..devices.photon_source import SinglePhotonSource, WeakCoherentSource
from ..theory.decoy import gllp_rate
from ..theory.decoy_bounds import no_decoy_bounds, one_decoy_bounds, two_decoy_bounds
from ..theory.entropy import binary_entropy
from ..theory.finite_key import one_decoy_key_length, single_photon_key_length, two_decoy_key_length
from ..theory.pulses import Seen, photons, seen, single_photons

if TYPE_CHECKING:
    from .key_rate import SecretKeyRate

Number = Any  # a float or an array of floats
Source = SinglePhotonSource | WeakCoherentSource


class Expectation(NamedTuple):
    """Per pulse, over an honest line; all shaped like the transmittance."""

    #: Clicks per pulse of each intensity, the intensities first.
    gains: Number
    #: Wrong clicks per click, of all bits that become key.
    qber: Number
    #: Clicks per pulse of any intensity.
    clicks: Number
    #: Secret bits per pulse sent; below 0 there is no key.
    key: Number
    #: Pulses that have to be sent for one block; infinite without one.
    pulses: Number
    #: Share of the time in which the detectors are not dead.
    live: Number


class Heard(NamedTuple):
    """What two detectors hear of a source behind a line; all shaped like the transmittance."""

    #: Gain and error rate of each intensity, the intensities first.
    kinds: Seen
    #: How often each intensity is sent, ready to multiply with them.
    shares: Number
    #: Clicks per pulse of any intensity.
    clicks: Number
    #: Share of the time in which the detectors are not dead.
    live: Number
    #: Background and misalignment, as the functions of :mod:`qnetlab.theory.pulses` take them.
    line: dict[str, Any]


def heard(source: Source, detector: Detector, misalignment_error: float, transmittance: Number) -> Heard:
    """Clicks for one or many transmittances (source's output to click, efficiency included)."""
    eta = np.asarray(transmittance, dtype=float)
    shares = np.asarray(source.choice_probabilities).reshape(-1, *[1] * eta.ndim)
    dark = detector.dark_count_probability
    line = {"background": dark * (2 - dark), "misalignment": misalignment_error}
    first = np.sum(shares * _see(source, eta, line).gain, axis=0)
    # A click may bring another one later, whatever was sent then: to that pulse it is background.
    line["background"] = 1 - (1 - line["background"]) * (1 - detector.afterpulse_probability * first)
    kinds = _see(source, eta, line)
    clicks = np.sum(shares * kinds.gain, axis=0)
    with np.errstate(over="ignore"):  # dead for longer than can be counted is dead
        live = 1 / (1 + source.repetition_rate_hz * clicks * detector.dead_time_s)
    return Heard(kinds, shares, clicks, live, line)


def expect(setup: SecretKeyRate, transmittance: Number) -> Expectation:
    """Everything at once for one or many transmittances (source's output to click, efficiency included)."""
    eta = np.asarray(transmittance, dtype=float)
    kinds, shares, clicks, live, line = heard(setup.source, setup.detector, setup.misalignment_error, eta)
    if np.isfinite(setup.block_bits):
        key, pulses, qber = _finite(setup, kinds, shares)
    else:
        z = setup.basis_probability
        key = (z**2 + (1 - z) ** 2) * _asymptotic(setup, eta, kinds, line)
        pulses, qber = np.inf + 0 * eta, kinds.qber[0]
    return Expectation(kinds.gain, qber, clicks, key, pulses, live)


def _see(source: Source, eta: Number, line: dict[str, Any]) -> Seen:
    """Gain and error rate of every intensity."""
    if isinstance(source, WeakCoherentSource):
        mu = np.asarray(source.intensities).reshape(-1, *[1] * eta.ndim)
        return seen(mu, eta, **line)
    chances = source.photon_number_distribution()
    each = [photons(n, eta, **line) for n in range(len(chances))]
    gain = sum(p * kind.gain for p, kind in zip(chances, each, strict=True))
    wrong = sum(p * kind.gain * kind.qber for p, kind in zip(chances, each, strict=True))
    error = np.where(gain > 0, wrong / np.where(gain > 0, gain, 1.0), 0.5)
    return Seen(np.asarray(gain)[None], error[None])


def _asymptotic(setup: SecretKeyRate, eta: Number, kinds: Seen, line: dict[str, Any]) -> Number:
    """Secret bits per pulse sent, if all were sifted: of every intensity whose own bits leave some."""
    f, source = setup.error_correction, setup.source
    each = [Seen(*pair) for pair in zip(kinds.gain, kinds.qber, strict=True)]
    if isinstance(source, SinglePhotonSource):
        multi = float(source.photon_number_distribution()[2])
        kept = np.maximum(each[0].gain - multi, 0.0)  # every second photon may be Eve's
        error = np.where(kept > 0, each[0].qber * each[0].gain / np.where(kept > 0, kept, 1.0), 0.5)
        secret = kept * (1 - binary_entropy(np.clip(error, 0, 0.5)))
        return secret - each[0].gain * f * binary_entropy(each[0].qber)
    mu = source.intensities
    if setup.decoys == "infinite":
        single = single_photons(eta, **line)
    elif len(mu) == 1:
        single = no_decoy_bounds(each[0], intensity=mu[0])
    elif len(mu) == 2:
        single = one_decoy_bounds(each[0], each[1], intensity=mu[0], weak_intensity=mu[1])
    else:
        single = two_decoy_bounds(each[0], each[1], each[2], intensities=mu)
    parts = np.array([p * gllp_rate(kind, single, intensity=value, error_correction=f, sifting=1.0)
                      for p, kind, value in zip(source.probabilities, each, mu, strict=True)])
    return np.where(np.any(parts > 0, axis=0), np.sum(np.maximum(parts, 0.0), axis=0), np.max(parts, axis=0))


def _finite(setup: SecretKeyRate, kinds: Seen, shares: Number) -> tuple[Number, Number, Number]:
    """Secret bits per pulse, pulses per block, and error rate, when a block holds ``block_bits`` bits of basis Z."""
    n, z = setup.block_bits, setup.basis_probability
    clicks = np.sum(shares * kinds.gain, axis=0)
    alive = clicks > 0
    split = shares * kinds.gain / np.where(alive, clicks, 1.0)
    qber = np.where(alive, np.sum(split * kinds.qber, axis=0), 0.5)
    leak = n * setup.error_correction * binary_entropy(qber)
    test = ((1 - z) / z) ** 2
    odds = {"leak_bits": leak, "eps_sec": setup.eps_sec, "eps_cor": setup.eps_cor}
    length = finite_length(setup.source, sifted_key=n * split, errors_key=n * split * kinds.qber,
                           sifted_test=n * test * split, errors_test=n * test * split * kinds.qber, **odds)
    pulses = n / (z**2 * np.where(alive, clicks, 1e-300))
    return length / pulses, pulses, qber


def finite_length(source: Source, *, sifted_key: Number, errors_key: Number, sifted_test: Number, errors_test: Number,
                  **odds: Any) -> Number:
    """Secret bits of a finite session, by the published bound for this kind of source.

    Parameters
    ----------
    sifted_key, errors_key, sifted_test, errors_test : arrays
        Bits, and wrong bits, of the basis that makes key and of the basis that tests it, the intensities first.
    **odds
        leak_bits, eps_sec, eps_cor.
    """
    if isinstance(source, SinglePhotonSource):
        bits, test, wrong = (np.sum(counts, axis=0) for counts in (sifted_key, sifted_test, errors_test))
        qber = np.where(test > 0, wrong / np.where(test > 0, test, 1.0), 0.5)
        return single_photon_key_length(bits, test, qber, **odds)
    counts = {"sifted_key": sifted_key, "sifted_test": sifted_test, "errors_test": errors_test}
    if len(source.intensities) == 3:
        return two_decoy_key_length(source.intensities, source.probabilities, **counts, **odds).length
    return one_decoy_key_length(source.intensities, source.probabilities, errors_key=errors_key, **counts,
                                **odds).length
