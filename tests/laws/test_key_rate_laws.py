"""What holds for every link: worse hardware never makes more key, and who knows less never gets more."""

import dataclasses

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qnetlab import Detector, Fiber, SecretKeyRate, WeakCoherentSource
from qnetlab.theory.decoy import best_rate_without_decoys, decoy_rate
from qnetlab.theory.decoy_bounds import no_decoy_bounds, one_decoy_bounds, two_decoy_bounds, vacuum_weak_bounds
from qnetlab.theory.finite_key import single_photon_key_length
from qnetlab.theory.key_rates import bb84_secret_fraction, repeaterless_bound, six_state_secret_fraction
from qnetlab.theory.middle_station import mdi_rate
from qnetlab.theory.pulses import seen, single_photons

lines = st.fixed_dictionaries({"background": st.floats(0, 1e-3), "misalignment": st.floats(0, 0.2)})
transmittances = st.floats(1e-6, 1)


@settings(max_examples=200, deadline=None)
@given(lines, transmittances, st.floats(0.05, 1), st.floats(0.05, 0.9), st.floats(0, 0.9))
def test_bounds_are_bounds(line, eta, mu, weak_share, weakest_share):
    """Whatever honest line was there: the yield is not overestimated, the error not underestimated."""
    nu = mu * weak_share
    truth = single_photons(eta, **line)
    signal, weak = seen(mu, eta, **line), seen(nu, eta, **line)
    found = [no_decoy_bounds(signal, intensity=mu), one_decoy_bounds(signal, weak, intensity=mu, weak_intensity=nu),
             vacuum_weak_bounds(signal, weak, intensity=mu, weak_intensity=nu, background=line["background"])]
    nu2 = min(nu, mu - nu) * weakest_share * 0.9
    found.append(two_decoy_bounds(signal, weak, seen(nu2, eta, **line), intensities=(mu, nu, nu2)))
    for bound in found[1:]:
        assert bound.gain <= truth.gain * (1 + 1e-6) + 1e-12
        assert bound.qber >= truth.qber - 1e-6
    # Without decoys the empty pulses' clicks count as single photons': sound, as nobody gains by them.
    assert found[0].gain <= truth.gain + line["background"] * np.exp(mu) / mu


@settings(max_examples=200, deadline=None)
@given(lines, transmittances, st.floats(0.05, 1), st.floats(0.05, 0.9))
def test_who_knows_more_gets_more(line, eta, mu, weak_share):
    rates = [decoy_rate(kind, mu, eta, weak_intensity=mu * weak_share, **line)
             for kind in ("one", "vacuum+weak", "infinite")]
    assert rates[0] <= rates[1] + 1e-9 * eta + 1e-12
    assert rates[1] <= rates[2] + 1e-9 * eta + 1e-12


@settings(max_examples=100, deadline=None)
@given(lines, transmittances, st.floats(0.05, 1))
def test_no_rate_passes_the_repeaterless_bound(line, eta, mu):
    assert decoy_rate("infinite", mu, eta, sifting=1.0, error_correction=1.0, **line) <= repeaterless_bound(eta) + 1e-12
    assert best_rate_without_decoys(eta, sifting=1.0, **line) <= repeaterless_bound(eta)
    assert mdi_rate(mu, eta, dark=line["background"], misalignment=line["misalignment"]) <= repeaterless_bound(eta)


links = st.builds(
    lambda mu, share, p, km, dark, efficiency, error, z, block: SecretKeyRate(
        source=WeakCoherentSource(intensities=(mu, mu * share), probabilities=(p, 1 - p)),
        fiber=Fiber(length_km=km, attenuation_db_per_km=0.2),
        detector=Detector(efficiency=efficiency, dark_count_rate_hz=dark), misalignment_error=error,
        basis_probability=z, block_bits=block),
    st.floats(0.1, 0.8), st.floats(0.1, 0.6), st.floats(0.3, 0.9), st.floats(0, 200), st.floats(0, 1e4),
    st.floats(0.05, 0.95), st.floats(0, 0.05), st.floats(0.3, 0.95), st.sampled_from([1e6, 1e8, float("inf")]))


@settings(max_examples=150, deadline=None)
@given(links, st.sampled_from(["fiber", "dark", "misalignment", "correction", "block"]))
def test_worse_hardware_never_makes_more_key(link, what):
    worse = {
        "fiber": lambda: dataclasses.replace(link, fiber=dataclasses.replace(link.fiber, insertion_loss_db=0.5)),
        "dark": lambda: dataclasses.replace(link, detector=dataclasses.replace(
            link.detector, dark_count_rate_hz=2 * link.detector.dark_count_rate_hz + 10)),
        "misalignment": lambda: dataclasses.replace(link, misalignment_error=link.misalignment_error + 0.005),
        "correction": lambda: dataclasses.replace(link, error_correction=1.3),
        "block": lambda: dataclasses.replace(link, block_bits=1e5),
    }[what]()
    assert worse.bits_per_pulse <= link.bits_per_pulse * (1 + 1e-9)


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 0.12), st.floats(1, 1.4))
def test_a_third_basis_never_costs(qber, f):
    assert six_state_secret_fraction(qber, error_correction=f) >= bb84_secret_fraction(qber, error_correction=f) - 1e-12


@settings(max_examples=100, deadline=None)
@given(st.floats(1e4, 1e8), st.floats(0.05, 1), st.floats(0, 0.1), st.floats(1e-15, 1e-3))
def test_a_finite_key_is_shorter_than_one_without_end(bits, tested, qber, eps):
    assume(bits * tested > 100)
    length = single_photon_key_length(bits, bits * tested, qber, leak_bits=0.0, eps_sec=eps, eps_cor=eps)
    assert length < bits * bb84_secret_fraction(qber, error_correction=0.0)
    longer = single_photon_key_length(2 * bits, 2 * bits * tested, qber, leak_bits=0.0, eps_sec=eps, eps_cor=eps)
    assert longer > 2 * length
