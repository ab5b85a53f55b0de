"""Pairs for two stations over a pass: the sum of its moments, each of which Aer may run."""

import dataclasses

import numpy as np
import pytest

from qnetlab import BBM92, CHSH, PairPass, PhotonPairSource, SatellitePass, Telescopes, from_json, plots, run, to_json
from qnetlab.theory.finite_key import single_photon_key_length
from qnetlab.theory.key_rates import bb84_secret_fraction

SIDE = SatellitePass(
    culmination_deg=35.9, min_elevation_deg=10, zenith_transmittance=0.5,
    telescopes=Telescopes(divergence_urad=10, receiver_diameter_m=1, pointing_urad=1, receiver_efficiency=0.16))
BOTH = PairPass(alice=SIDE, bob=dataclasses.replace(SIDE, culmination_deg=60), bob_later_s=40.0,
                source=PhotonPairSource(fidelity=0.95, repetition_rate_hz=5.9e6), background_rate_hz=2000,
                window_s=2.5e-9)


@pytest.mark.parametrize("t_s", [-100.0, 0.0, 120.0])
def test_a_moment_is_a_link(t_s):
    link = BOTH.link(t_s)
    assert link.pair_rate_hz == pytest.approx(float(BOTH.pair_rate_hz(t_s)), rel=1e-9)
    fidelity = float(BOTH.fidelity_at(t_s))
    snr = float(BOTH.pair_rate_hz(t_s) / BOTH.accidental_rate_hz(t_s))
    error = 2 * (1 - 0.95) / 3
    assert run(BBM92(link=link))["qber"].value == pytest.approx((error * snr + 0.5) / (snr + 1), abs=1e-9)
    assert run(CHSH(link=link))["s"].value == pytest.approx(2 * np.sqrt(2) * (4 * fidelity - 1) / 3, abs=1e-9)
    assert BOTH.downlink(t_s).bob == BOTH.bob.at(t_s - 40)


def test_a_pass_is_the_sum_of_its_moments():
    coarse = dataclasses.replace(BOTH, step_s=20)
    times = coarse.times_s()
    step = coarse.duration_s / len(times)
    pairs = sum(coarse.link(float(t)).pair_rate_hz for t in times) * step
    assert coarse.counts.pairs == pytest.approx(pairs, rel=1e-9)
    weight = coarse.pair_rate_hz(times) + coarse.accidental_rate_hz(times)
    mean = float(np.sum(weight * coarse.fidelity_at(times)) / np.sum(weight))
    assert coarse.counts.fidelity == pytest.approx(mean, rel=1e-9)
    assert coarse.theory()["pairs"] == pytest.approx(BOTH.theory()["pairs"], rel=0.01)


def test_both_must_see_it():
    start, end = BOTH.span_s
    assert end - start == pytest.approx(BOTH.duration_s) and BOTH.duration_s < SIDE.duration_s
    assert SIDE.elevation_deg(end) >= 10 - 1e-6 and BOTH.bob.elevation_deg(start - 40) >= 10 - 1e-6
    beside = PairPass(alice=SIDE, bob=SIDE)
    assert beside.duration_s == SIDE.duration_s and beside.span_s == (-SIDE.duration_s / 2, SIDE.duration_s / 2)
    assert from_json(to_json(BOTH)) == BOTH


def test_a_key_takes_many_passes():
    assert BOTH.key_bits() == 0 and BOTH.key_bits(100) > 0
    n = 100 * (BOTH.counts.pairs + BOTH.counts.accidentals) / 4
    qber = BOTH.theory()["qber"]
    from qnetlab.theory.entropy import binary_entropy

    assert BOTH.key_bits(100) == pytest.approx(float(single_photon_key_length(
        n, n, qber, leak_bits=1.16 * n * float(binary_entropy(qber)), eps_sec=1e-9, eps_cor=1e-15)), abs=1)
    endless = BOTH.key_bits(10**9) / (10**9 * n / 100)
    assert endless == pytest.approx(float(bb84_secret_fraction(qber, error_correction=1.16)), rel=1e-3)
    day = dataclasses.replace(BOTH, background_rate_hz=1e6)
    assert day.key_bits(10**6) == 0 and day.theory()["s"] < 2 < BOTH.theory()["s"]


@pytest.mark.parametrize(("change", "words"), [
    ({"bob": SatellitePass(altitude_km=600)}, "alice and bob must see the same satellite"),
    ({"bob": SatellitePass(direction="up")}, "must both look up"),
    ({"source": PhotonPairSource(noise="dephasing")}, "source must have white noise"),
    ({"bob_later_s": 2000}, "bob_later_s must leave a time"),
])
def test_refusals(change, words):
    with pytest.raises(ValueError, match=words):
        dataclasses.replace(BOTH, **change)
    with pytest.raises(ValueError, match="passes must be > 0"):
        BOTH.key_bits(0)


def test_the_figure_of_a_pass_says_what_is_lost():
    figure = plots.losses_over_pass(SIDE)
    lines = {line.name: np.array(line.y) for line in figure.data}
    assert list(lines) == ["together", "diffraction", "pointing", "atmosphere", "receiver"]
    assert lines["together"] == pytest.approx(sum(loss for name, loss in lines.items() if name != "together"), abs=1e-3)
    assert lines["together"].min() == pytest.approx(SIDE.at(0.0).loss_db, abs=1e-3)
    assert "Numbers of this figure" in figure._repr_html_()
    assert len(plots.losses_over_pass(dataclasses.replace(SIDE, culmination_deg=10)).data[0].x) == 1
    with pytest.raises(TypeError, match="flight must be a SatellitePass"):
        plots.losses_over_pass(SIDE.at(0.0))
