"""Laws of photons and clicks, tried on random settings."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from qiskit.quantum_info import SuperOp

from qnetlab import BB84, Detector, Fiber, InterceptResend, NoAttack, SinglePhotonSource, WeakCoherentSource, run
from qnetlab.noise.channels import channel
from qnetlab.theory.photons import poisson, pulse_table, two_detectors, yield_of

shares = st.floats(0, 1)
sources = st.builds(lambda mu: WeakCoherentSource(intensities=(mu,)), st.floats(0, 5)) | st.builds(
    lambda b, g: SinglePhotonSource(brightness=b, g2=g / 2), shares, shares)
detectors = st.builds(lambda e, d: Detector(efficiency=e, dark_count_rate_hz=d), shares, st.floats(0, 1e8))
attacks = st.just(NoAttack()) | st.builds(lambda f, b: InterceptResend(fraction=f, basis=b), shares,
                                          st.sampled_from(["random", "Z", "X", "Y", "breidbart"]))
lines = st.builds(
    lambda s, km, d, t, a, p, bases: BB84(
        source=s, fiber=Fiber(length_km=km, attenuation_db_per_km=0.2), detector=d, misalignment_rad=t, attack=a,
        basis_probability=p, bases=bases),
    sources, st.floats(0, 1000), detectors, st.floats(0, math.pi / 4), attacks, st.floats(0.01, 0.99),
    st.sampled_from(["ZX", "ZXY"]))


@given(lines)
def test_circuit_and_closed_form_agree_everywhere(protocol):
    seen, theory = run(protocol), protocol.theory()
    [(_, pulses)] = seen.outcomes
    assert math.fsum(weight for _, weight in pulses.weights) == pytest.approx(1, abs=1e-9)
    assert seen["gain_0"].value == pytest.approx(theory["gain_0"], rel=1e-9, abs=1e-30)
    for name, number in theory.items():
        # A share of next to nothing is a ratio of two numbers that rounding reaches.
        if theory["gain_0"] > 1e-9:
            assert seen[name].value == pytest.approx(number, abs=1e-7), name
            assert -1e-9 <= number <= 1 + 1e-9, name


@given(lines, shares)
def test_a_better_detector_clicks_more_and_errs_no_more(protocol, worse):
    blunt = replace(protocol, detector=replace(protocol.detector, efficiency=protocol.detector.efficiency * worse))
    better, other = protocol.theory(), blunt.theory()
    assert better["gain_0"] >= other["gain_0"] - 1e-15
    if "qber" in better and "qber" in other and other["gain_0"] > 1e-9 and protocol.source == SinglePhotonSource():
        assert better["qber"] <= other["qber"] + 1e-9


@given(st.floats(0, 400), shares, st.sampled_from([1, 2]))
def test_losses_multiply_and_are_channels(length_km, efficiency, width):
    fiber, detector = Fiber(length_km=length_km, attenuation_db_per_km=0.2), Detector(efficiency=efficiency)
    assert SuperOp(channel(fiber, 0.0, width)).is_cptp()
    assert SuperOp(channel(detector, 0.0, 1)).is_cptp()
    both = SuperOp(channel(fiber, 0.0, 1)).compose(SuperOp(channel(detector, 0.0, 1)))
    excited = np.diag([0.0, 1.0])
    arrived = np.real(np.trace(excited @ (both.data @ excited.T.ravel(order="F")).reshape(2, 2, order="F")))
    assert arrived == pytest.approx(fiber.transmittance * efficiency, abs=1e-12)


@given(st.floats(0, 20), shares, shares, st.floats(0, 0.9))
def test_patterns_are_probabilities_and_sum_over_photon_numbers(mean, p, split, dark):
    p_0, p_1 = p * split, p * (1 - split)
    seen = two_detectors(poisson(mean), p_0, p_1, dark)
    assert all(-1e-15 <= part <= 1 + 1e-12 for part in seen) and sum(seen) == pytest.approx(1, abs=1e-12)
    assert seen.gain == pytest.approx(sum(q * yield_of(n, p_0 + p_1, dark) for n, q in enumerate(poisson(mean))),
                                      abs=1e-12)
    one = np.array([[1 - p_0 - p_1, p_1], [p_0, 0.0]])[..., None]
    assert pulse_table(poisson(mean), np.maximum(one, 0), dark).sum() == pytest.approx(1, abs=1e-12)


@given(st.floats(0, 0.5), st.floats(0, 1))
def test_a_second_photon_comes_as_often_as_g2_says(brightness_half, g):
    source = SinglePhotonSource(brightness=2 * brightness_half, g2=g / max(4 * brightness_half, 1e-9)
                                if brightness_half > 1e-6 else g)
    p = source.photon_number_distribution()
    assert np.all(p >= 0) and p.sum() == pytest.approx(1)
    mean = p[1] + 2 * p[2]
    assert 2 * p[2] == pytest.approx(source.g2 * mean**2, abs=1e-12)
