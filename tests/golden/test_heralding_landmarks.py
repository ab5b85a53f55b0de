"""Heralded links at points computed by hand or by a simulation in Fock space, to six digits.

Single click: C. Cabrillo et al., Physical Review A 59, 1025 (1999), doi:10.1103/PhysRevA.59.1025, is the scheme; the
numbers are our own. Speed of light in the fiber: c/1.4682.
"""

import math

import numpy as np
import pytest

from qnetlab.theory.herald_times import at_least_one, attempt_time_s, herald_waits_s
from qnetlab.theory.heralding import (
    complete_measurement,
    midpoint_source,
    sender_receiver,
    single_click,
    two_click,
)
from qnetlab.units import light_delay_s


def delay_s(length_km):
    return light_delay_s(length_km, 1.4682)


@pytest.mark.parametrize(("bright", "eta", "resolving", "p", "fidelity"), [
    (0.1, 0.1, False, 1.990000e-2, 0.904523),
    (0.1, 0.1, True, 1.980000e-2, 0.909091),
    (0.05, 0.01, False, 9.997500e-4, 0.950238),
    (0.05, 0.01, True, 9.995000e-4, 0.950475),
])
def test_single_click(bright, eta, resolving, p, fidelity):
    herald = single_click(bright, eta, number_resolving=resolving)
    assert herald.probability == pytest.approx(p, abs=5e-10)
    assert herald.fidelity == pytest.approx(fidelity, abs=5e-7)


@pytest.mark.parametrize(("bright", "eta", "dark", "p", "fidelity"), [
    (0.05, 0.01, 1e-6, 1.001747e-3, 0.948436),
    (0.05, 0.001, 1e-6, 1.019972e-4, 0.932328),
])
def test_single_click_in_the_dark(bright, eta, dark, p, fidelity):
    herald = single_click(bright, eta, dark=dark)
    assert herald.probability == pytest.approx(p, rel=1e-6)
    assert herald.fidelity == pytest.approx(fidelity, abs=5e-7)
    q = (1 - bright * eta) ** 2
    assert herald.probability == pytest.approx((1 - dark) * (1 - q + 2 * dark * q), rel=1e-12)


@pytest.mark.parametrize(("sigma", "factor"), [(0.2, 0.990099), (0.5, 0.941248)])
def test_phase_noise_and_overlap_multiply_the_fidelity_of_number_resolving_detectors(sigma, factor):
    perfect, noisy = (single_click(0.1, 0.1, number_resolving=True, phase_noise_rad=s) for s in (0.0, sigma))
    assert noisy.fidelity / perfect.fidelity == pytest.approx(factor, abs=5e-7)
    shifted = single_click(0.1, 0.1, number_resolving=True, overlap=0.8)
    assert shifted.fidelity / perfect.fidelity == pytest.approx(0.9, abs=1e-12)


def test_two_click_goes_with_the_square_of_the_overlap():
    assert two_click(0.3, overlap=0.8).fidelity == pytest.approx((1 + 0.8**2) / 2, abs=1e-12)


@pytest.mark.parametrize(("length_km", "detected", "p", "rate_hz"), [
    (10, 0.3, 0.0283931, 579.760), (50, 0.1, 5.0e-4, 2.04190), (100, 0.05, 1.25e-5, 0.0255238),
])
def test_two_click_rates(length_km, detected, p, rate_hz):
    herald = two_click(detected * 10 ** (-0.2 * length_km / 20))
    assert herald.probability == pytest.approx(p, rel=3e-6)
    assert herald.probability / attempt_time_s("two_click", delay_s(length_km)) == pytest.approx(rate_hz, rel=3e-6)


@pytest.mark.parametrize(("length_km", "detected", "rate_hz"), [(50, 0.1, 25.8283), (100, 0.05, 2.04190)])
def test_single_click_rates_in_the_limit_of_small_a_eta(length_km, detected, rate_hz):
    """2 a eta over the cycle, a = 0.1 (a published approximation); exact is less by a eta/2."""
    eta, cycle = detected * 10 ** (-0.2 * length_km / 20), attempt_time_s("single_click", delay_s(length_km))
    assert 2 * 0.1 * eta / cycle == pytest.approx(rate_hz, rel=1e-5)
    assert single_click(0.1, eta).probability / (2 * 0.1 * eta) == pytest.approx(1 - 0.1 * eta / 2, abs=1e-12)


def test_cycles():
    assert attempt_time_s("single_click", delay_s(10)) == pytest.approx(48.9739e-6, rel=1e-6)
    assert attempt_time_s("sender_receiver", delay_s(50)) == pytest.approx(2 * 244.869e-6, rel=3e-6)
    assert attempt_time_s("two_click", 0.0, preparation_time_s=1e-5) == 1e-5
    assert herald_waits_s("midpoint_source", 2.0) == (2.0, 2.0)


def test_multiplexing():
    assert at_least_one(0.01, np.array([10, 100])) == pytest.approx([0.0956179, 0.633968], abs=5e-7)
    assert at_least_one(1.0, 3) == 1.0 and at_least_one(1e-12, 10) == pytest.approx(1e-11, rel=1e-9)


def test_complete_measurements_succeed_twice_as_often_at_every_meeting():
    assert complete_measurement(0.2, efficiency_b=0.2).probability / two_click(0.2).probability == pytest.approx(2)
    one_side = sender_receiver(0.2, bell_measurement="complete").probability / sender_receiver(0.2).probability
    both = midpoint_source(0.2, bell_measurement="complete").probability / midpoint_source(0.2).probability
    assert (one_side, both) == pytest.approx((2, 4))


def test_half_of_what_darks_herald_is_noise_when_they_come_as_often_as_photons():
    """eta = d: y = 2 d to first order, V = 1/2 for one photon."""
    herald = sender_receiver(1e-6, bell_measurement="complete", dark=1e-6)
    assert herald.fidelity == pytest.approx((1 + 3 * 0.5) / 4, abs=1e-6)


def test_nothing_is_ever_heralded_without_light():
    assert (single_click(0.1, 0.0).probability, two_click(0.0).probability) == (0.0, 0.0)
    assert two_click(0.0).fidelity == 0.25 and math.isfinite(single_click(0.0, 0.5).fidelity)
