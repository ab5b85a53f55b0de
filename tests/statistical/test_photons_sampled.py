"""Sampled photons agree with theory, and would notice the physics that people believe instead."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from qnetlab import (
    BB84,
    Detector,
    Fiber,
    FreeSpacePath,
    InterceptResend,
    SinglePhotonSource,
    Telescopes,
    WeakCoherentSource,
    record,
    run,
)
from tests.agreement import agrees

REAL = BB84(source=WeakCoherentSource(intensities=(0.5, 0.1), probabilities=(0.7, 0.3)),
            fiber=Fiber(length_km=25, attenuation_db_per_km=0.2),
            detector=Detector(efficiency=0.5, dark_count_rate_hz=2e6), misalignment_rad=0.2)


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [
    {"source": replace(REAL.source, intensities=(0.45, 0.1))}, {"detector": replace(REAL.detector, efficiency=0.45)},
    {"detector": replace(REAL.detector, dark_count_rate_hz=0)}, {"misalignment_rad": 0.0}, {"fiber": Fiber()},
    {"source": SinglePhotonSource(brightness=0.38)}, {"attack": InterceptResend(fraction=0.1)},
], ids=["weaker signal", "efficiency", "no dark counts", "aligned", "no loss", "one photon each", "somebody listens"])
def test_bb84(mode, wrong):
    other = replace(REAL, **wrong)
    agrees(REAL, 3_000_000, mode=mode, wrong=other)


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [
    {"receiver_diameter_m": 2.0}, {"divergence_urad": 20.0}, {"pointing_urad": 0.0}, {"receiver_efficiency": 1.0},
], ids=["radius for diameter", "half angle for full", "perfect pointing", "perfect optics"])
def test_bb84_through_the_open(mode, wrong):
    scopes = Telescopes(divergence_urad=10, receiver_diameter_m=1, pointing_urad=2, receiver_efficiency=0.5)
    path = FreeSpacePath(length_km=500, telescopes=scopes, atmosphere_db=1.5)
    other = replace(REAL, fiber=replace(path, telescopes=replace(scopes, **wrong)))
    agrees(replace(REAL, fiber=path), 2_000_000, mode=mode, wrong=other)


@pytest.mark.parametrize("mode", ["exact", "shots"])
def test_eve(mode):
    listened = replace(REAL, attack=InterceptResend(fraction=0.5), bases="ZXY", basis_probability=0.6)
    agrees(listened, 400_000, mode=mode, wrong=replace(listened, attack=InterceptResend(fraction=0.5, basis="Z")))


def within(count, mean, sigma, sigmas=5):
    assert abs(count - mean) <= sigmas * sigma, (count, mean, sigma)


def test_a_record_holds_what_theory_says():
    pulses = 4_000_000
    session, theory = record(REAL, pulses, rng=5), REAL.theory()
    assert session.pulses == pulses
    for k, chosen in enumerate((0.7, 0.3)):
        sent = int(session.sent[k].sum())
        within(sent, pulses * chosen, math.sqrt(pulses * chosen * (1 - chosen)))
        clicks, gain = int((session.intensity == k).sum()), theory[f"gain_{k}"]
        within(clicks, sent * gain, math.sqrt(sent * gain))
        sifted = (session.intensity == k) & (session.alice_basis == session.bob_basis)
        errors, qber = int((session.alice_bit != session.bob_bit)[sifted].sum()), theory[f"qber_{k}"]
        within(errors, sifted.sum() * qber, math.sqrt(sifted.sum() * qber * (1 - qber)))
    gaps = np.diff(session.pulse)  # clicks come at random: neighbors as often as a coin says
    p = len(session) / pulses
    within(int((gaps == 1).sum()), len(gaps) * p, math.sqrt(len(gaps) * p))


def test_dead_time_lowers_the_rate_as_renewal_says():
    """All light in one detector: after a click m-1 gates are missed, so the rate is p/(1 + p (m-1))."""
    rate, m, p = 1e9, 21, 0.05
    one_sided = BB84(source=SinglePhotonSource(repetition_rate_hz=rate), basis_probability=0.999999999,
                     detector=Detector(efficiency=p, dead_time_s=(m - 1) * 1e-9 + 5e-10))
    assert one_sided.theory() == {}
    n = 2_000_000
    session = record(one_sided, n, rng=11)
    clicks = session.pulse[session.bob_bit == 0]
    half = p / 2  # half of the photons are meant for this detector
    expected = n * half / (1 + half * (m - 1))
    within(len(clicks), expected, math.sqrt(expected))
    assert expected < 0.7 * n * half  # without dead time it would be many more
    assert int(np.diff(clicks).min()) == m
    counted = run(one_sided, shots=n, rng=12)
    within(counted["gain_0"].value * n, 2 * expected, 2 * math.sqrt(2 * expected))


def test_afterpulses_follow_clicks_and_are_wrong_half_the_time():
    quiet = BB84(detector=Detector(efficiency=0.01, afterpulse_probability=0.2))
    n = 2_000_000
    session = record(quiet, n, rng=3)
    followed = np.isin(session.pulse + 1, session.pulse)
    within(int(followed.sum()), len(session) * 0.21, 6 * math.sqrt(len(session) * 0.21))
    late = np.isin(session.pulse, session.pulse + 1) & (session.alice_basis == session.bob_basis)
    wrong = int((session.alice_bit != session.bob_bit)[late].sum())
    within(wrong / late.sum(), 0.5 * 0.2 / 0.208, 5 * 0.5 / math.sqrt(late.sum()))


def test_jitter_costs_light_and_moves_it_to_other_gates():
    rate, sigma, gate = 1e9, 4e-10, 5e-10
    blurred = BB84(source=SinglePhotonSource(repetition_rate_hz=rate), detector=Detector(
        efficiency=0.02, jitter_s=sigma, gate_s=gate))
    n = 4_000_000
    session = record(blurred, n, rng=8)
    own = 2 * norm.cdf(gate / 2 / sigma) - 1
    next_one = 2 * (norm.cdf((1e-9 + gate / 2) / sigma) - norm.cdf((1e-9 - gate / 2) / sigma))
    kept = n * 0.02 * (own + next_one)
    within(len(session), kept, math.sqrt(kept))
    sifted = session.alice_basis == session.bob_basis
    qber = 0.5 * next_one / (own + next_one)
    within((session.alice_bit != session.bob_bit)[sifted].mean(), qber, math.sqrt(qber / sifted.sum()))
