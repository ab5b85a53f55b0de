"""Photons on two rails, clicks, and BB84: closed form, circuit and test points agree."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from qnetlab import (
    BB84,
    Detector,
    Fiber,
    InterceptResend,
    NoAttack,
    Outcomes,
    SinglePhotonSource,
    WeakCoherentSource,
    run,
)
from qnetlab.circuits.photons import flagged_photon_circuit, photon_circuit
from qnetlab.theory.photons import poisson, pulse_table, two_detectors, yield_of
from qnetlab.theory.pulses import seen as weak_pulse

FIBER = Fiber(length_km=50, attenuation_db_per_km=0.2)
DECOYS = WeakCoherentSource(intensities=(0.5, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1))
NOISY = Detector(efficiency=0.3, dark_count_rate_hz=2000)
BASES = "ZXY"


class OnePhoton:
    """One circuit as a protocol of its own."""

    def __init__(self, circuit):
        self.circuit = circuit

    def circuits(self):
        return {"photon": self.circuit}

    def devices(self):
        return {"fiber:alice-bob": FIBER, "detector:bob": NOISY}

    def estimates(self, outcomes):
        return {}

    def theory(self):
        return {}


def one_photon(circuit):
    return dict(run(OnePhoton(circuit)).outcomes)["photon"]


@pytest.mark.parametrize(("alice", "bit", "bob"), list(itertools.product(BASES, (0, 1), BASES)))
def test_two_rails_and_a_presence_flag_say_the_same(alice, bit, bob):
    """Loss on both rails is loss of the flag; a wave plate on the rails is a gate on the polarization."""
    eta = FIBER.transmittance * NOISY.efficiency
    for angle in (0.0, 0.2):
        rails, flag = (one_photon(made(alice, bit, bob, angle)) for made in (photon_circuit, flagged_photon_circuit))
        assert rails["1 0"] == pytest.approx(flag["1 0"], abs=1e-12)
        assert rails["0 1"] == pytest.approx(flag["1 1"], abs=1e-12)
        assert rails["0 0"] == pytest.approx(flag["0 0"] + flag["0 1"], abs=1e-12) == pytest.approx(1 - eta)
        assert rails["1 1"] == pytest.approx(0, abs=1e-15)
        if angle == 0:
            assert rails["1 0"] == pytest.approx(eta * ((bit == 0) if alice == bob else 0.5), abs=1e-12)


@pytest.mark.parametrize(("x", "e_d", "gain", "qber"), [
    (0.0216, 0.033, 2.137005426e-2, 0.033037912), (0.5, 0.033, 0.3934703714, 0.033619735)])
def test_clicks_of_a_weak_pulse(x, e_d, gain, qber):
    seen = two_detectors(poisson(x), 1 - e_d, e_d, 8.5e-7)
    assert seen.gain == pytest.approx(gain, rel=1e-9)
    assert seen.error_gain() / seen.gain == pytest.approx(qber, abs=1e-9)
    assert sum(seen) == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize("distribution", [poisson(0.0), poisson(1e-6), poisson(0.5), poisson(9.0),
                                          np.array([0.2, 0.5, 0.3])])
@pytest.mark.parametrize("dark", [0.0, 1e-6, 0.1])
def test_two_ways_to_count_the_same_clicks(distribution, dark):
    p_0, p_1 = 0.07, 0.02
    one = np.array([[1 - p_0 - p_1, p_1], [p_0, 0.0]])
    table = pulse_table(distribution, one[..., None], dark)[..., 0]
    closed = two_detectors(distribution, p_0, p_1, dark)
    assert table.ravel() == pytest.approx([closed.none, closed.only_1, closed.only_0, closed.both], rel=1e-9, abs=1e-20)
    by_number = sum(p * yield_of(n, p_0 + p_1, dark) for n, p in enumerate(distribution))
    assert by_number == pytest.approx(closed.gain, rel=1e-9)
    # With a bit that eve keeps, forgetting it gives the same.
    kept = np.stack([one * 0.3, one * 0.7], axis=-1)
    assert pulse_table(distribution, kept, dark).sum(axis=2) == pytest.approx(table, rel=1e-9, abs=1e-20)


@pytest.mark.parametrize(("mean", "eta", "e_d", "dark"), [
    (0.5, 0.1, 0.033, 1e-6), (0.1, 1e-8, 0.01, 1e-9), (2.0, 1.0, 0.0, 0.0), (0.0, 0.5, 0.1, 1e-3),
    (8.0, 0.9, 0.2, 0.1)])
def test_two_closed_forms_that_were_written_apart_agree(mean, eta, e_d, dark):
    """One sums over photon numbers, the other knows Poisson pulses and the sum of both dark counts only."""
    here = two_detectors(poisson(mean), eta * (1 - e_d), eta * e_d, dark)
    there = weak_pulse(mean, eta, background=-math.expm1(2 * math.log1p(-dark)), misalignment=e_d)
    assert here.gain == pytest.approx(float(there.gain), rel=1e-9)
    assert here.error_gain() / here.gain == pytest.approx(float(there.qber), abs=1e-9)


def test_a_photon_that_arrives_is_seen_wrong_by_dark_counts_only():
    """At 300 km the small numbers are still right to nine digits."""
    far = BB84(fiber=Fiber(length_km=300, attenuation_db_per_km=0.2),
               source=WeakCoherentSource(intensities=(0.5,)), detector=Detector(dark_count_rate_hz=1))
    d, x = far.detector.dark_count_probability, 0.5e-6
    gain = -math.expm1(2 * math.log1p(-d) - x)
    assert run(far)["gain_0"].value == pytest.approx(gain, rel=1e-9)
    a, b = (1 - d) * math.exp(-x), 1 - d
    assert run(far)["qber"].value == pytest.approx((gain + a - b) / 2 / gain, rel=1e-6)


def equal(protocol):
    result, theory = run(protocol), protocol.theory()
    assert set(theory) == set(result.estimates)
    for name, number in theory.items():
        assert result[name].value == pytest.approx(number, abs=1e-9), name
        assert result[name].std_error == 0 and result[name].n is None


@pytest.mark.parametrize("attack", [NoAttack(), InterceptResend(), InterceptResend(fraction=0.3),
                                    *(InterceptResend(fraction=0.8, basis=b) for b in ("Z", "X", "Y", "breidbart"))],
                         ids=repr)
@pytest.mark.parametrize("bases", ["ZX", "ZXY"])
def test_bb84(attack, bases):
    ideal = BB84(attack=attack, bases=bases)
    equal(ideal)
    equal(replace(ideal, source=SinglePhotonSource(brightness=0.6, g2=0.2), detector=NOISY, basis_probability=0.8))
    equal(replace(ideal, source=DECOYS, fiber=FIBER, detector=NOISY, misalignment_rad=0.15, basis_probability=0.9))


@pytest.mark.parametrize(("attack", "qber", "guess"), [
    (NoAttack(), 0.0, None), (InterceptResend(), 0.25, 0.75), (InterceptResend(fraction=0.4), 0.1, 0.6),
    (InterceptResend(basis="breidbart"), 0.25, 0.853553)])
def test_what_listening_costs(attack, qber, guess):
    seen = run(BB84(attack=attack))
    assert seen["qber"].value == pytest.approx(qber, abs=1e-9)
    assert guess is None or seen["eve_guess"].value == pytest.approx(guess, abs=1e-6)


def test_one_basis_shows_where_eve_looked():
    seen = run(BB84(attack=InterceptResend(basis="Z")))
    assert (seen["qber_z"].value, seen["qber_x"].value) == pytest.approx((0.0, 0.5), abs=1e-9)


def test_efficient_and_six_state_sifting():
    assert run(BB84(basis_probability=0.9))["sifted_fraction"].value == pytest.approx(0.82)
    assert run(BB84(bases="ZXY", basis_probability=1 / 3))["sifted_fraction"].value == pytest.approx(1 / 3)
    assert run(BB84(bases="ZXY", basis_probability=1 / 3, attack=InterceptResend(basis="Z")))["qber"].value == (
        pytest.approx(1 / 3))


def test_misalignment_turns_z_and_x_alike_and_leaves_y():
    seen = run(BB84(bases="ZXY", misalignment_rad=math.radians(5)))
    assert seen["qber_z"].value == pytest.approx(0.00759612, abs=1e-8)
    assert seen["qber_x"].value == pytest.approx(0.00759612, abs=1e-8)
    assert seen["qber_y"].value == pytest.approx(0, abs=1e-12)


def test_dark_counts_alone_are_wrong_half_the_time_and_undefined_is_not_zero():
    dark = BB84(source=WeakCoherentSource(intensities=(0.0,)), detector=Detector(dark_count_rate_hz=1000))
    assert run(dark)["qber"].value == pytest.approx(0.5, abs=1e-9)
    nothing = BB84(source=WeakCoherentSource(intensities=(0.0,)))
    assert "qber" not in run(nothing).estimates and "qber" not in nothing.theory()


def test_estimates_read_counts_as_they_read_probabilities():
    protocol = BB84(source=DECOYS, fiber=FIBER, detector=NOISY)
    [(_, exact)] = run(protocol).outcomes
    counted = Outcomes(registers=exact.registers, n=10**9, weights={k: p * 10**9 for k, p in exact.weights})
    for name, estimate in protocol.estimates({"pulses": counted}).items():
        assert estimate.value == pytest.approx(protocol.theory()[name], rel=1e-6), name
