"""Attacks on BB84: circuit, closed form and the formulas of theory/attacks.py say the same."""

import dataclasses
import itertools

import numpy as np
import pytest

from qnetlab import (
    BB84,
    Blinding,
    Detector,
    Fiber,
    InterceptResend,
    NoAttack,
    OptimalIndividual,
    PhotonNumberSplitting,
    SinglePhotonSource,
    WeakCoherentSource,
    record,
    run,
)
from qnetlab.theory.attacks import intercept_resend, optimal_individual
from qnetlab.theory.detector_attacks import blinding, double_clicks
from qnetlab.theory.splitting import honest_gain, kept_to_hide, splitting_gain
from tests.agreement import agrees

DECOYS = WeakCoherentSource(intensities=(0.5, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1))
LINE = Fiber(length_km=50, attenuation_db_per_km=0.2)
NOISY = Detector(efficiency=0.3, dark_count_rate_hz=20_000)
ATTACKS = [OptimalIndividual(disturbance=0.0), OptimalIndividual(disturbance=0.11), OptimalIndividual(disturbance=0.5),
           PhotonNumberSplitting(), PhotonNumberSplitting(singles=0.1, kept=0.4),
           PhotonNumberSplitting(singles=1.0, line="same"), Blinding(), Blinding(efficiency=0.06)]


@pytest.mark.parametrize("attack", ATTACKS, ids=repr)
@pytest.mark.parametrize("source", [SinglePhotonSource(brightness=0.6, g2=0.1), DECOYS], ids=["single", "weak"])
@pytest.mark.parametrize("basis_probability", [0.5, 0.8])
def test_theory_equals_run(attack, source, basis_probability):
    protocol = BB84(source=source, fiber=LINE, detector=NOISY, misalignment_rad=0.1, attack=attack,
                    basis_probability=basis_probability)
    result, theory = run(protocol), protocol.theory()
    assert set(theory) <= set(result.estimates)
    for name, number in theory.items():
        assert result[name].value == pytest.approx(number, abs=1e-9), name


@pytest.mark.parametrize("disturbance", [0.0, 0.05, 0.146447, 0.5])
def test_the_cloner_is_the_best_attack_photon_by_photon(disturbance):
    found, best = run(BB84(attack=OptimalIndividual(disturbance=disturbance))), optimal_individual(disturbance)
    assert found["qber_z"].value == pytest.approx(best.qber_z, abs=1e-9)
    assert found["qber_x"].value == pytest.approx(best.qber_x, abs=1e-9)
    assert found["eve_guess"].value == pytest.approx(float(best.guess), abs=1e-9)


def test_for_the_same_errors_the_cloner_knows_more_than_intercepting():
    for disturbance in (0.02, 0.1, 0.2):
        assert optimal_individual(disturbance).guess > intercept_resend(4 * disturbance).guess


@pytest.mark.parametrize(("attack", "single", "rest"), [
    (PhotonNumberSplitting(), 0.0, 1.0), (PhotonNumberSplitting(singles=0.05), 0.05, 1.0),
    (PhotonNumberSplitting(singles=1.0, line="same"), 0.05, 0.05), (PhotonNumberSplitting(line="same"), 0.0, 0.05)])
def test_splitting_leaves_no_error_and_the_gains_of_its_formula(attack, single, rest):
    line = Fiber(insertion_loss_db=10 * np.log10(20))  # 5 %
    theory = BB84(source=DECOYS, fiber=line, attack=attack).theory()
    assert theory["qber"] == pytest.approx(0, abs=1e-12)
    for k, mean in enumerate(DECOYS.intensities):
        assert theory[f"gain_{k}"] == pytest.approx(
            float(splitting_gain(mean, single_transmittance=single, rest_transmittance=rest)), abs=1e-12)


def test_splitting_hides_in_the_gain_and_not_in_the_ratio():
    line = Fiber(insertion_loss_db=10 * np.log10(20))
    hidden = PhotonNumberSplitting(kept=kept_to_hide(0.5, 0.05))
    seen, honest = (BB84(source=DECOYS, fiber=line, attack=a).theory() for a in (hidden, NoAttack()))
    assert seen["gain_0"] == pytest.approx(honest["gain_0"], abs=1e-12) == pytest.approx(float(honest_gain(0.5, 0.05)))
    assert seen["gain_1"] / seen["gain_0"] == pytest.approx(0.051870, abs=5e-7)
    assert honest["gain_1"] / honest["gain_0"] == pytest.approx(0.202005, abs=5e-7)


def test_blinding_shows_in_what_is_missing():
    """Gains and errors look right; dark counts and double clicks are gone."""
    honest = BB84(source=DECOYS, fiber=LINE, detector=NOISY).theory()
    eta = LINE.transmittance * NOISY.efficiency
    seen = BB84(source=DECOYS, fiber=LINE, detector=NOISY, attack=Blinding(efficiency=2 * eta)).theory()
    assert seen["gain_0"] == pytest.approx(honest["gain_0"], rel=0.02)
    assert seen["gain_0"] == pytest.approx(blinding(float(honest_gain(0.5, 2 * eta))).gain, abs=1e-12)
    assert (seen["qber"], seen["double_click_fraction"], seen["gain_2"]) == (0, 0, 0)
    assert seen["eve_guess"] == 1
    assert honest["gain_2"] > 0
    dark = NOISY.dark_count_probability
    doubles = 0.5 * sum(p * float(double_clicks(eta * mean, dark) + double_clicks(eta * mean, dark, same_basis=True))
                        for mean, p in zip(DECOYS.intensities, DECOYS.probabilities, strict=True))
    clicks = sum(p * honest[f"gain_{k}"] for k, p in enumerate(DECOYS.probabilities))
    assert honest["double_click_fraction"] == pytest.approx(doubles / clicks, abs=1e-12)
    assert seen["sifted_fraction"] == pytest.approx(honest["sifted_fraction"], abs=1e-12)


@pytest.mark.parametrize("attack", [OptimalIndividual(), Blinding()], ids=repr)
def test_two_bases_are_asked_for(attack):
    with pytest.raises(ValueError, match="must meet the bases 'ZX'; got bases='ZXY'.*Try bases='ZX'"):
        BB84(attack=attack, bases="ZXY")
    assert run(BB84(attack=PhotonNumberSplitting(), source=DECOYS, bases="ZXY"))["qber"].value == pytest.approx(0)


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize(("attack", "wrong"), [
    (OptimalIndividual(disturbance=0.1), OptimalIndividual(disturbance=0.06)),
    (PhotonNumberSplitting(singles=0.2, kept=0.5), PhotonNumberSplitting(singles=0.2)),
    (Blinding(efficiency=0.5), InterceptResend(fraction=0.5)),
], ids=["cloner", "splitting", "blinding"])
def test_sampled(mode, attack, wrong):
    protocol = BB84(source=WeakCoherentSource(intensities=(0.9,)), fiber=Fiber(length_km=10, attenuation_db_per_km=0.2),
                    detector=NOISY, attack=attack)
    agrees(protocol, 200_000, mode=mode, wrong=dataclasses.replace(protocol, attack=wrong))


def test_a_record_under_attack_has_the_gains_of_the_attack():
    for attack in (PhotonNumberSplitting(), Blinding(efficiency=0.4)):
        protocol = BB84(source=DECOYS, fiber=LINE, detector=NOISY, attack=attack)
        session, theory = record(protocol, 10**6, rng=3), protocol.theory()
        for k, p in enumerate(DECOYS.probabilities):
            clicks, mean = int(np.sum(session.intensity == k)), 1e6 * p * theory[f"gain_{k}"]
            assert abs(clicks - mean) <= 5 * np.sqrt(mean + 1), (attack, k)


def test_every_circuit_can_be_drawn_and_has_eves_own_qubit():
    for attack, (a, b) in itertools.product((OptimalIndividual(), Blinding()), (("Z", "X"), ("X", "X"))):
        names = [name for name in BB84(attack=attack).circuits() if name.startswith(f"{a}1 {b}")]
        assert names
        assert all(BB84(attack=attack).circuits()[name].num_qubits == 3 for name in names)
