"""A path through the open stands wherever a fiber may, and theory and Aer see the same loss."""

import dataclasses
import math

import numpy as np
import pytest

from qnetlab import (
    BB84,
    BBM92,
    CHSH,
    ChshExplorer,
    Detector,
    DoubleDownlink,
    Fiber,
    FiberExplorer,
    FreeSpacePath,
    InterceptResend,
    Link,
    PassKey,
    PhotonNumberSplitting,
    PhotonPairSource,
    SatellitePass,
    SecretKeyRate,
    SinglePhotonSource,
    Teleportation,
    TeleportationExplorer,
    Telescopes,
    WeakCoherentSource,
    from_json,
    run,
    secret_key_length,
    sensitivity,
    to_json,
)

SCOPES = Telescopes(transmitter_diameter_m=0.3, receiver_diameter_m=1, pointing_urad=1, receiver_efficiency=0.3)
FLIGHT = SatellitePass(telescopes=SCOPES, zenith_transmittance=0.7, culmination_deg=70, latitude_deg=40)
LASER = WeakCoherentSource(repetition_rate_hz=1e8, intensities=(0.5, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1))
SEES = Detector(efficiency=0.5, dark_count_rate_hz=200)


@pytest.mark.parametrize("source", [SinglePhotonSource(), LASER], ids=["photons", "laser"])
@pytest.mark.parametrize("t_s", [0.0, 100.0])
def test_bb84_from_space(source, t_s):
    bb84 = BB84(source=source, fiber=FLIGHT.at(t_s), detector=SEES, misalignment_rad=0.1)
    theory, seen = bb84.theory(), run(bb84)
    assert set(theory) <= set(seen.estimates)
    for name, number in theory.items():
        assert seen[name].value == pytest.approx(number, abs=1e-9)
    as_fiber = dataclasses.replace(bb84, fiber=Fiber(insertion_loss_db=FLIGHT.at(t_s).loss_db))
    assert as_fiber.theory() == pytest.approx(theory)


def test_eve_lays_a_line_that_loses_nothing():
    attacked = BB84(source=WeakCoherentSource(intensities=(0.5,)), fiber=FLIGHT.at(0.0),
                    attack=PhotonNumberSplitting(singles=0.0))
    assert attacked.devices()["fiber:alice-bob"].transmittance == 1
    assert run(attacked)["qber"].value == pytest.approx(attacked.theory()["qber"], abs=1e-9)
    honest = BB84(fiber=FLIGHT.at(0.0), attack=InterceptResend())
    assert honest.theory()["qber"] == pytest.approx(0.25)


def test_pairs_from_space():
    arm = FLIGHT.at(60.0)
    both = DoubleDownlink(alice=arm, bob=arm)
    link = Link(source=PhotonPairSource(fidelity=0.87, repetition_rate_hz=5.9e6), fiber=both, herald="none")
    assert link.pair_rate_hz == pytest.approx(5.9e6 * arm.transmittance**2)
    assert both.loss_db == pytest.approx(2 * arm.loss_db)
    assert both.budget["diffraction"] == pytest.approx(2 * arm.budget["diffraction"])
    assert both.delay_s == pytest.approx(2 * arm.length_km / 299_792.458)
    for protocol in (CHSH(link=link), BBM92(link=link)):
        for name, number in protocol.theory().items():
            assert run(protocol)[name].value == pytest.approx(number, abs=1e-9)
    assert CHSH(link=link).theory()["s"] == pytest.approx(2 * math.sqrt(2) * (4 * 0.87 - 1) / 3)


def test_teleportation_to_space():
    up = dataclasses.replace(FLIGHT, direction="up")
    lifted = Teleportation(link=Link(source=PhotonPairSource(fidelity=0.7), fiber=up.at(0.0), herald="none"))
    assert run(lifted)["fidelity"].value == pytest.approx(lifted.theory()["fidelity"], abs=1e-9)
    assert lifted.theory()["fidelity"] == pytest.approx(0.8)
    assert lifted._bits_delay_s() == pytest.approx(up.range_km(0.0) / 299_792.458)
    assert up.at(0.0).budget["wander"] > 1 > FLIGHT.at(0.0).budget["wander"] == 0


def test_key_rate_over_a_path():
    rate = SecretKeyRate(source=LASER, fiber=FLIGHT.at(0.0), detector=SEES, misalignment_error=0.01)
    fiber = dataclasses.replace(rate, fiber=Fiber(length_km=FLIGHT.at(0.0).loss_db / 0.2, attenuation_db_per_km=0.2))
    assert rate.bits_per_pulse == pytest.approx(fiber.bits_per_pulse)
    reach = rate.reach_km
    assert rate.bits_per_pulse_at(reach * 0.999) > 0 > rate.bits_per_pulse_at(reach * 1.001)
    assert rate.fiber.loss_db_at(reach) == pytest.approx(fiber.fiber.loss_db_at(fiber.reach_km), abs=1e-6)
    assert rate.fiber.length_km_at(rate.fiber.loss_db_at(2000.0)) == pytest.approx(2000, rel=1e-9)
    assert rate.fiber.length_km_at(0.1) == 0 and FreeSpacePath().length_km_at(1.0) == math.inf
    assert "it ends at" in str(rate)


def test_a_pass_is_the_sum_of_its_moments():
    """Each second of the pass as a protocol of its own, run on Aer, and counted."""
    one = PassKey(orbit=FLIGHT, source=LASER, detector=SEES, misalignment_error=math.sin(0.1) ** 2, step_s=40,
                  background_rate_hz=300)
    times = FLIGHT.times_s(40)
    pulses = 1e8 * FLIGHT.duration_s / len(times)
    bits = wrong = 0.0
    for t in times:
        bb84 = BB84(source=LASER, fiber=FLIGHT.at(float(t)), detector=one.lit_detector, misalignment_rad=0.1)
        seen = run(bb84)
        for k, share in enumerate(LASER.probabilities):
            bits += pulses * share * seen[f"gain_{k}"].value / 2
            wrong += pulses * share * seen[f"gain_{k}"].value * seen[f"qber_{k}"].value / 2
    assert one.sifted_bits == pytest.approx(bits, rel=1e-9)
    assert one.qber == pytest.approx(wrong / bits, rel=1e-9)
    assert one.lit_detector.dark_count_rate_hz == 500


@pytest.mark.parametrize("basis_probability", [0.5, 0.85])
def test_a_pass_of_one_moment_is_a_link_that_fills_a_block(basis_probability):
    """Biased bases, dead time and afterpulses are those of the key rate, and so is the key."""
    tired = dataclasses.replace(SEES, dead_time_s=1e-6, afterpulse_probability=0.02)
    given = {"source": LASER, "detector": tired, "misalignment_error": 0.01, "basis_probability": basis_probability}
    one = PassKey(orbit=FLIGHT, step_s=1e5, **given)
    bits = float(np.sum(one.counts.sifted_z))
    rate = SecretKeyRate(fiber=FLIGHT.at(0.0), block_bits=bits, **given)
    assert rate.block_time_s == pytest.approx(FLIGHT.duration_s, rel=1e-9)
    assert one.key_bits == pytest.approx(rate.key_bits, abs=1) and one.key_bits > 0
    assert one.qber == pytest.approx(rate.qber, rel=1e-9)
    in_x = ((1 - basis_probability) / basis_probability) ** 2
    assert one.counts.sifted_x == pytest.approx(in_x * one.counts.sifted_z)
    assert one.counts.wrong_x == pytest.approx(in_x * one.counts.wrong_z)


def test_keys_of_a_pass():
    one = PassKey(orbit=FLIGHT, source=LASER, detector=SEES, misalignment_error=0.01)
    assert 0 < one.key_bits < one.sifted_bits / 2
    assert dataclasses.replace(one, key_from="both").key_bits == 2 * one.key_bits  # the bases are used alike
    dim = dataclasses.replace(one, background_rate_hz=1e6)
    assert dim.key_bits == 0 and dim.qber > 0.1
    assert dataclasses.replace(one, step_s=0.2).key_bits == pytest.approx(one.key_bits, rel=1e-3)
    single = dataclasses.replace(one, source=SinglePhotonSource(repetition_rate_hz=1e8))
    assert single.key_bits > one.key_bits
    decoy = dataclasses.replace(one, source=WeakCoherentSource(
        repetition_rate_hz=1e8, intensities=(0.5, 0.1), probabilities=(0.8, 0.2)))
    assert decoy.key_bits > 0
    assert from_json(to_json(one)) == one


def test_a_day_is_not_24_hours():
    one = PassKey(orbit=FLIGHT, source=LASER, detector=SEES, misalignment_error=0.01)
    overhead = dataclasses.replace(one, orbit=dataclasses.replace(FLIGHT, culmination_deg=90))
    assert one.mean_key_bits < overhead.key_bits / 2  # most passes are low
    day = one.key_bits_per_day(clear_share=0.4)
    assert day == pytest.approx(one.mean_key_bits * FLIGHT.passes_per_day * 0.4 * 0.5)
    assert one.key_bits_per_year(0.4) == pytest.approx(365.25 * day)
    always_on = one.key_bits / FLIGHT.duration_s * 86_400
    assert day < always_on / 400
    with pytest.raises(ValueError, match="latitude_deg must be given"):
        dataclasses.replace(one, orbit=SatellitePass()).key_bits_per_day()
    with pytest.raises(ValueError, match="clear_share must satisfy 0 <= clear_share <= 1"):
        one.key_bits_per_day(clear_share=30)


def test_a_sampled_pass_scatters_around_the_expected_one():
    one = PassKey(orbit=dataclasses.replace(FLIGHT, culmination_deg=30), source=LASER, detector=SEES,
                  misalignment_error=0.01)
    drawn = [one.sampled(seed) for seed in range(200)]
    assert drawn[3].key_bits == one.sampled(3).key_bits
    bits = [float(session.counts.sifted.sum()) for session in drawn]
    mean, spread = one.sifted_bits, math.sqrt(one.sifted_bits)
    assert abs(np.mean(bits) - mean) < 5 * spread / math.sqrt(200)
    assert 0.75 < np.std(bits) / spread < 1.25
    assert np.mean([session.key_bits for session in drawn]) == pytest.approx(one.key_bits, rel=0.02)


@pytest.mark.parametrize("source", [LASER, SinglePhotonSource(repetition_rate_hz=1e8), WeakCoherentSource(
    repetition_rate_hz=1e8, intensities=(0.5, 0.1), probabilities=(0.8, 0.2))], ids=["two decoys", "photons", "one"])
def test_a_session_of_a_pass_is_a_session_like_any_other(source):
    one = PassKey(orbit=FLIGHT, source=source, detector=SEES, misalignment_error=0.01, basis_probability=0.7)
    session = one.sampled(5)
    kind = "single photons" if isinstance(source, SinglePhotonSource) else "laser pulses"
    assert secret_key_length(session.counts, source=kind).bits == pytest.approx(session.key_bits, abs=1)
    assert session.key_bits == pytest.approx(one.key_bits, rel=0.02)
    assert int(session.counts.sent.sum()) == pytest.approx(1e8 * FLIGHT.duration_s, abs=6)


def test_a_seed_has_its_own_pass():
    one = PassKey(orbit=FLIGHT, source=LASER, detector=SEES)
    assert np.array_equal(one.sampled(1).counts.sifted, one.sampled(1).counts.sifted)
    assert not np.array_equal(one.sampled(1).counts.sifted, one.sampled(2).counts.sifted)


def test_no_other_explorer_takes_a_path_for_a_fiber():
    path = FLIGHT.at(0.0)
    for explorer, protocol in (
            (FiberExplorer, BB84(source=WeakCoherentSource(intensities=(0.5,)), fiber=path)),
            (TeleportationExplorer, Teleportation(link=Link(fiber=path))),
            (ChshExplorer, CHSH(link=Link(fiber=DoubleDownlink(alice=path, bob=path))))):
        with pytest.raises(ValueError, match=r"protocol must have (link\.)?fiber\.\w+; got protocol=.*Try"):
            explorer(protocol=protocol)


def test_what_moves_a_rate_over_a_path():
    rate = SecretKeyRate(source=LASER, fiber=FLIGHT.at(0.0), detector=SEES, misalignment_error=0.01)
    found = {row.name: row.elasticity for row in sensitivity(rate).influences}
    assert found["fiber.telescopes.receiver_diameter_m"] > 1.5  # nearly the area
    assert found["fiber.length_km"] == pytest.approx(-found["fiber.telescopes.receiver_diameter_m"], abs=0.3)


@pytest.mark.parametrize(("call", "words"), [
    (lambda: FLIGHT.at(2000.0), "t_s must lie within the pass"),
    (lambda: SatellitePass(culmination_deg=10), "culmination_deg must be at least min_elevation_deg"),
    (lambda: Telescopes(divergence_urad=1), "divergence_urad must be at least"),
    (lambda: FLIGHT.times_s(0), "step_s must be > 0"),
    (lambda: FLIGHT.at(0.0).budget["defraction"], "a loss must be one of truncation, diffraction"),
    (lambda: PassKey(detector=Detector(gate_s=1e-7)), "detector.gate_s must satisfy"),
    (lambda: PassKey(source=WeakCoherentSource(intensities=(0.5,))), "source must be a WeakCoherentSource with one or"),
    (lambda: BB84(fiber=FLIGHT), "fiber must be a Fiber or another Line"),
    (lambda: Link(fiber=Telescopes()), "fiber must be a Fiber or another Line"),
])
def test_refusals(call, words):
    with pytest.raises((ValueError, TypeError, KeyError), match=words):
        call()


def test_the_budget_is_a_table():
    budget = FLIGHT.at(0.0).budget
    assert list(budget) == ["truncation", "diffraction", "pointing", "wander", "atmosphere", "receiver"]
    assert budget.total_db == pytest.approx(FLIGHT.at(0.0).loss_db) and len(budget) == 6 and "fog" not in budget
    page = budget._repr_html_()
    assert page.count("<tr>") == 8 and "Loss budget" in page and f"{budget['diffraction']:.2f}" in page
    assert str(budget).splitlines()[-1].startswith("together")
