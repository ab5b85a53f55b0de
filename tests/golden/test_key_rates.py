"""Key rates: points of the literature, and points that an independent calculation gave."""

import math

import numpy as np
import pytest

from qnetlab.theory.decoy import decoy_rate, gllp_rate, optimal_intensity
from qnetlab.theory.decoy_bounds import one_decoy_bounds
from qnetlab.theory.key_rates import (
    bb84_secret_fraction,
    dephasing_bound,
    device_independent_secret_fraction,
    qber_threshold,
    repeaterless_bound,
    single_repeater_bound,
    six_state_secret_fraction,
)
from qnetlab.theory.middle_station import mdi_pulses, mdi_rate, mdi_single_photons, twin_field, twin_field_rate
from qnetlab.theory.pulses import seen, single_photons
from qnetlab.theory.search import crossing, highest, last_positive
from qnetlab.theory.spdc import bbm92_rate, coincidences

GYS = {"background": 1.7e-6, "misalignment": 0.033, "clicks": "ma2005"}


def gys_eta(length_km):
    return 0.045 * 10 ** (-0.021 * np.asarray(length_km, dtype=float))


# ---------------------------------------------------------------------------------- per sifted bit, and thresholds


@pytest.mark.parametrize(("protocol", "f", "threshold"), [
    ("bb84", 1.0, 0.110027864), ("bb84", 1.1, 0.102283), ("bb84", 1.16, 0.098106), ("bb84", 1.2, 0.095494),
    ("bb84", 1.22, 0.094235), ("six_state", 1.0, 0.126193083), ("device_independent", 1.0, 0.0714918),
])
def test_thresholds(protocol, f, threshold):
    """Shor, Preskill 2000; Bruss 1998, Lo 2001; Acin et al. 2007."""
    assert qber_threshold(protocol, error_correction=f) == pytest.approx(threshold, abs=6e-7)


@pytest.mark.parametrize(("qber", "bb84", "six"), [(0.01, 0.838414, 0.863865), (0.05, 0.427206, 0.496816)])
def test_per_sifted_bit(qber, bb84, six):
    assert bb84_secret_fraction(qber) == pytest.approx(bb84, abs=5e-7)
    assert six_state_secret_fraction(qber) == pytest.approx(six, abs=5e-7)


def test_more_per_sifted_bit():
    assert bb84_secret_fraction(0.03) == pytest.approx(0.611216, abs=5e-7)
    assert six_state_secret_fraction(0.10) == pytest.approx(0.152415, abs=5e-7)
    assert 1e6 * bb84_secret_fraction(0.05, error_correction=1.16) == pytest.approx(381_383, abs=0.5)
    assert device_independent_secret_fraction(2.64, 0.018) == pytest.approx(0.507060, abs=5e-7)
    assert device_independent_secret_fraction(2.0, 0.018) < 0 > device_independent_secret_fraction(1.5, 0.018)
    assert device_independent_secret_fraction(2 * math.sqrt(2), 0.0) == pytest.approx(1, abs=1e-7)
    assert bb84_secret_fraction(0.05, phase_error=0.0) == pytest.approx(1 - (1 - 0.427206) / 2, abs=5e-7)


@pytest.mark.parametrize(("length_km", "bound"), [(10, 1.438141), (50, 0.15200309), (100, 0.0144995697),
                                                  (200, 1.44276718e-4), (400, 1.44269506e-8)])
def test_what_no_repeaterless_link_passes(length_km, bound):
    """Pirandola et al. 2017."""
    assert repeaterless_bound(10 ** (-0.02 * length_km)) == pytest.approx(bound, rel=5e-7)
    assert single_repeater_bound(10 ** (-0.04 * length_km)) == pytest.approx(bound, rel=5e-7)


def test_the_dephasing_bound():
    assert dephasing_bound(0.05) == pytest.approx(0.713603, abs=5e-7)
    assert repeaterless_bound(1e-20) == pytest.approx(1e-20 / math.log(2))
    assert repeaterless_bound(1.0) == math.inf


# ---------------------------------------------------------------------------------------------------- weak pulses


@pytest.mark.parametrize(("length_km", "q_mu", "e_mu", "q1", "e1", "rate"), [
    (0, 2.13701e-2, 3.30372e-2, 1.33662e-2, 3.30176e-2, 2.55459e-3),
    (50, 1.92495e-3, 3.34124e-2, 1.19173e-3, 3.31979e-2, 2.22596e-4),
    (100, 1.73260e-4, 3.75821e-2, 1.06673e-4, 3.52105e-2, 1.71844e-5),
    (140, 2.64998e-5, 6.29587e-2, 1.58508e-5, 4.78763e-2, 2.46467e-7),
])
def test_gys_with_infinite_decoys(length_km, q_mu, e_mu, q1, e1, rate):
    """Ma, Qi, Zhao, Lo 2005 with the numbers of Gobby, Yuan, Shields 2004; mu = 0.48, f = 1.22, q = 1/2."""
    signal, single = seen(0.48, gys_eta(length_km), **GYS), single_photons(gys_eta(length_km), **GYS)
    assert (*signal, *single) == pytest.approx((q_mu, e_mu, q1 / (0.48 * math.exp(-0.48)), e1), rel=4e-6)
    assert gllp_rate(signal, single, intensity=0.48) == pytest.approx(rate, rel=4e-6)
    assert decoy_rate("infinite", 0.48, gys_eta(length_km), **GYS) == pytest.approx(rate, rel=4e-6)


def reach(decoys, mu=0.48, **other):
    return last_positive(lambda km: decoy_rate(decoys, mu, gys_eta(km), **{**GYS, **other}), 300.0)


def test_how_far_gys_reaches():
    assert reach("infinite") == pytest.approx(142.0145, abs=5e-4)
    assert reach("vacuum+weak") == pytest.approx(140.619, abs=5e-4)
    assert reach("none", 0.1) == 0 < reach("none", 0.01) < reach("one") < reach("vacuum+weak")
    assert reach("infinite", clicks="exact") == pytest.approx(142.0145, abs=0.01)


def test_how_far_gys_reaches_with_the_best_intensity():
    def best(km):
        eta = np.atleast_1d(gys_eta(km))
        return highest(lambda mu: decoy_rate("infinite", mu, eta, **GYS), np.full(eta.shape, 0.01), 1.0)

    assert last_positive(lambda km: best(km)[1], 300.0, points=50) == pytest.approx(142.2087, abs=5e-4)
    assert best(142.0)[0][0] == pytest.approx(0.4264, abs=2e-3)


def test_vacuum_and_weak_decoy():
    for length_km, rate in ((0, 2.41425e-3), (100, 1.60200e-5)):
        assert decoy_rate("vacuum+weak", 0.48, gys_eta(length_km), **GYS) == pytest.approx(rate, rel=4e-6)


def test_the_one_decoy_trap():
    """Bounding the background by the signal's errors alone leaves nothing at any distance."""
    km = np.linspace(0, 150, 301)
    signal, weak = (seen(mu, gys_eta(km), **GYS) for mu in (0.48, 0.05))
    assert np.any(one_decoy_bounds(signal, weak, intensity=0.48, weak_intensity=0.05).gain > 0.5 * gys_eta(km))
    trapped = 2 * signal.qber * signal.gain * np.exp(0.48)
    fair = 2 * weak.qber * weak.gain * np.exp(0.05)
    assert np.all(fair < trapped)
    least = 0.48 / (0.48 * 0.05 - 0.05**2) * (weak.gain * np.exp(0.05) - signal.gain * np.exp(0.48) * 0.05**2 / 0.48**2
                                              - (0.48**2 - 0.05**2) / 0.48**2 * trapped)
    true = single_photons(gys_eta(km), **GYS)
    kept = least * 0.48 * math.exp(-0.48)
    assert np.all(kept < signal.gain * 1.22 * (1 - bb84_secret_fraction(signal.qber)) / 2)  # less than correction costs
    assert np.all(least < true.gain)


def test_the_best_intensity():
    """The paper's 0.54 and 0.48."""
    assert optimal_intensity(0.033, error_correction=1.0) == pytest.approx(0.544115, abs=5e-7)
    assert optimal_intensity(0.033) == pytest.approx(0.478923, abs=5e-7)
    assert optimal_intensity(0.0) == pytest.approx(1) and optimal_intensity(0.2) == 0


@pytest.mark.parametrize(("x", "gain", "qber"), [(0.0216, 2.137005426e-2, 0.033037912),
                                                 (0.5, 0.3934703714, 0.033619735)])
def test_exact_clicks(x, gain, qber):
    found = seen(x, 1.0, background=1 - (1 - 8.5e-7) ** 2, misalignment=0.033)
    assert found == pytest.approx((gain, qber), rel=2e-8)


def test_the_approximation_is_close():
    exact, near = (seen(0.48, 0.045, **{**GYS, "clicks": model}) for model in ("exact", "ma2005"))
    assert near.gain - exact.gain == pytest.approx(3.6e-8, rel=0.02)


@pytest.mark.parametrize(("mu", "eta", "e_d", "d"), [(0.5, 0.3, 0.02, 1e-3), (0.1, 1.0, 0.0, 0.0),
                                                     (2.0, 0.01, 0.4, 0.1)])
def test_clicks_photon_by_photon(mu, eta, e_d, d):
    """The sum over photon numbers and over where each photon goes."""
    n = np.arange(60)
    chance = np.exp(n * math.log(mu) - mu - np.array([math.lgamma(k + 1) for k in n]))
    none, no_right, no_wrong = ((1 - d) ** 2 * (1 - eta) ** n, (1 - d) * (1 - eta * (1 - e_d)) ** n,
                                (1 - d) * (1 - eta * e_d) ** n)
    wrong = (no_right - none) + (1 - no_right - no_wrong + none) / 2
    found = seen(mu, eta, background=-math.expm1(2 * math.log1p(-d)), misalignment=e_d)
    assert found.gain == pytest.approx(np.sum(chance * (1 - none)), rel=1e-12)
    assert found.gain * found.qber == pytest.approx(np.sum(chance * wrong), rel=1e-12, abs=1e-15)
    one = single_photons(eta, background=-math.expm1(2 * math.log1p(-d)), misalignment=e_d)
    assert (one.gain, one.gain * one.qber) == pytest.approx((1 - none[1], wrong[1]), rel=1e-12, abs=1e-15)


def test_gys_error_rate_at_122_km():
    """8.9 % was measured (Gobby, Yuan, Shields 2004)."""
    assert seen(0.1, gys_eta(122), **GYS).qber == pytest.approx(0.0895576, abs=5e-8)


# ------------------------------------------------------------------------------------- pairs, and a middle station


@pytest.mark.parametrize(("half_pairs", "eta", "gain", "qber", "rate"), [
    (0.05, 0.1, 1.118461e-3, 0.053448, 1.857057e-4), (0.02, 0.01, 4.239824e-6, 0.033655, 1.120308e-6),
])
def test_pairs_from_down_conversion(half_pairs, eta, gain, qber, rate):
    """Ma, Fung, Lo 2007."""
    line = {"transmittance_a": eta, "transmittance_b": eta, "background_a": 6.02e-6, "background_b": 6.02e-6,
            "misalignment": 0.015}
    assert coincidences(half_pairs, **line) == pytest.approx((gain, qber), rel=2e-5)
    assert bbm92_rate(half_pairs, **line) == pytest.approx(rate, rel=5e-7)


@pytest.mark.parametrize("half_pairs", [0.01, 0.05])
def test_a_bright_source_errs_by_itself(half_pairs):
    found = coincidences(half_pairs, transmittance_a=1e-7, transmittance_b=1e-7)
    assert found.qber == pytest.approx(half_pairs / (1 + 3 * half_pairs), rel=1e-6)
    assert 1 - 2 * found.qber == pytest.approx({0.01: 0.980583, 0.05: 0.913043}[half_pairs], abs=5e-7)


def test_pairs_are_the_sum_over_photon_numbers():
    """n pairs with probability (n+1) l^n/(1+l)^(n+2), each side losing photons one by one."""
    pairs, a, b, ya, yb = 0.3, 0.2, 0.4, 1e-3, 2e-3
    n = np.arange(200)
    chance = (n + 1) * pairs**n / (1 + pairs) ** (n + 2)
    gain = np.sum(chance * (1 - (1 - ya) * (1 - a) ** n) * (1 - (1 - yb) * (1 - b) ** n))
    found = coincidences(pairs, transmittance_a=a, transmittance_b=b, background_a=ya, background_b=yb)
    assert found.gain == pytest.approx(gain, rel=1e-12)
    assert coincidences(0.0, transmittance_a=a, transmittance_b=b).qber == 0.5


def test_twin_fields():
    assert twin_field(0.1, 0.05).rate == pytest.approx(5.600747e-3, rel=5e-7)
    assert twin_field(0.01, 0.05).rate == pytest.approx(5.464437e-4, rel=5e-7)
    at, best = highest(lambda a: twin_field(1e-6, a).rate, 1e-9, 0.5)
    assert at == pytest.approx(0.0686, abs=5e-5) and best / 1e-6 == pytest.approx(0.0581, abs=5e-5)
    km = crossing(lambda km: repeaterless_bound(10 ** (-0.02 * km)) - twin_field_rate(10 ** (-0.02 * km)), 50, 300)
    assert km == pytest.approx(138.727, abs=5e-4)
    assert twin_field_rate(1e-4, overlap=0.0) == 0 < twin_field_rate(1e-4, overlap=0.95) < twin_field_rate(1e-4)


def test_mdi_by_brute_force():
    """One photon or a phase-averaged pulse from each side, four detectors, every pattern counted."""
    d, a, b = 1e-3, 0.3, 0.2

    def exactly_one(light_1, light_2):
        quiet_1, quiet_2 = (1 - d) * np.exp(-light_1), (1 - d) * np.exp(-light_2)
        return quiet_1 * (1 - quiet_2) + quiet_2 * (1 - quiet_1)

    phases = (np.arange(4000) + 0.5) / 4000 * 2 * np.pi
    swing = np.sqrt(a * 0.4 * b * 0.4) * np.cos(phases)
    mean = (a * 0.4 + b * 0.4) / 2
    same = np.mean(exactly_one(mean + swing, mean - swing)) * exactly_one(0.0, 0.0)
    opposite = exactly_one(a * 0.2, a * 0.2) * exactly_one(b * 0.2, b * 0.2)
    found = mdi_pulses(0.4, 0.4, a, b, dark=d)
    assert found.gain == pytest.approx((same + opposite) / 2, rel=1e-9)
    assert found.gain * found.qber == pytest.approx(same / 2, rel=1e-9)

    def arrives(p):
        return (1 - d) * (p + (1 - p) * 2 * d)

    bunched = a * b * (1 - d) + (a * (1 - b) + b * (1 - a)) * (1 - d) + (1 - a) * (1 - b) * 2 * d * (1 - d)
    assert mdi_single_photons(a, b, dark=d).gain == pytest.approx(
        (arrives(a) * arrives(b) + bunched * 2 * d * (1 - d)) / 2, rel=1e-12)
    assert mdi_single_photons(0.0, 0.0).qber == 0.5


def test_mdi_goes_with_the_channel_and_twin_fields_with_its_root():
    far, farther = np.array([1e-4, 1e-6])
    assert mdi_rate(0.4, far) / mdi_rate(0.4, farther) == pytest.approx(100, rel=0.05)
    assert twin_field_rate(far) / twin_field_rate(farther) == pytest.approx(10, rel=0.05)
    assert mdi_rate(0.4, far) < repeaterless_bound(far)


def test_searches():
    assert last_positive(lambda x: -x - 1, 5.0) == 0
    assert last_positive(lambda x: x + 1, 5.0) == 5
    assert last_positive(lambda x: (x - 1) * (3 - x), 10.0) == pytest.approx(3)
