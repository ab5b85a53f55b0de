"""The closed form of the satellite explorer in the browser is the one in Python."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from qnetlab import Detector, PassKey, SatelliteExplorer, SatellitePass, Telescopes, WeakCoherentSource
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask

TEXT = bundle("satellite.js", default_as="shownExplorer")
ANSWER = "\nfunction answer(config, state) { return satelliteReadings(state, parametersOf(config, state)); }"


def passes(count: int) -> list[PassKey]:
    rng = np.random.default_rng(19)
    made = [SatelliteExplorer.example()]
    while len(made) < count:
        low = float(rng.uniform(0, 40))
        p, mu = float(rng.uniform(0.3, 0.95)), float(rng.uniform(0.2, 1))
        scopes = Telescopes(
            wavelength_nm=float(rng.uniform(500, 1600)), waist_m=float(rng.uniform(0.08, 0.3)),
            divergence_urad=[None, float(rng.uniform(14, 50))][len(made) % 2],
            transmitter_diameter_m=float(rng.choice([np.inf, 0.3])), receiver_diameter_m=float(rng.uniform(0.1, 2)),
            pointing_urad=float(rng.uniform(0, 5)), receiver_efficiency=float(rng.uniform(0.1, 1)))
        orbit = SatellitePass(
            altitude_km=float(rng.uniform(300, 2000)), min_elevation_deg=low, telescopes=scopes,
            culmination_deg=float(rng.choice([90.0, rng.uniform(low, 90), rng.uniform(low, 90)])),
            zenith_transmittance=float(rng.uniform(0.3, 1)), inclination_deg=float(rng.uniform(60, 110)),
            latitude_deg=[None, float(rng.uniform(-60, 60))][len(made) % 3 == 0])
        made.append(PassKey(
            orbit=orbit, background_rate_hz=float(rng.choice([0, 300])), misalignment_error=float(rng.uniform(0, 0.03)),
            source=WeakCoherentSource(repetition_rate_hz=1e8, probabilities=(p, 1 - p),
                                      intensities=(mu, mu * float(rng.uniform(0.1, 0.8)))),
            detector=Detector(efficiency=float(rng.uniform(0.2, 1)), dark_count_rate_hz=float(rng.choice([0, 100])),
                              dead_time_s=float(rng.choice([0, 1e-6])), afterpulse_probability=0.01),
            basis_probability=float(rng.uniform(0.3, 0.9)), key_from=["Z", "both"][len(made) % 2], step_s=3.0))
    return made


def asked(text, questions):
    return ask(text + ANSWER, questions)


def test_every_number_agrees():
    explorer = SatelliteExplorer()
    made, questions = passes(60), []
    for i, key in enumerate(made):
        explorer.protocol = key
        assert explorer.protocol == key
        explorer.state = {**explorer.state, "moment": float(100 * i // 59)}
        questions.append(to_wire([explorer.config, explorer.state]))
    answers, keys = asked(TEXT, questions), 0
    explorer.close()
    for i, (key, said) in enumerate(zip(made, answers, strict=True)):
        t = said["t"]
        assert t == pytest.approx(key.orbit.duration_s * ((100 * i // 59) / 100 - 0.5), rel=1e-9, abs=1e-9)
        budget = {name: float(loss) for name, loss in key.orbit.losses_db(t).items()}
        assert said["range_km"] == pytest.approx(float(key.orbit.range_km(t)), rel=1e-9)
        assert said["elevation_deg"] == pytest.approx(float(key.orbit.elevation_deg(t)), abs=1e-7)
        for name, loss in said["losses"].items():
            assert loss == pytest.approx(budget[name], rel=1e-9, abs=1e-9), name
        assert said["loss"] == pytest.approx(sum(budget.values()), rel=1e-9)
        far = dataclasses.replace(key.orbit.at(t), length_km=2 * key.orbit.at(t).length_km)
        assert said["twice"] == pytest.approx(far.loss_db - key.orbit.at(t).loss_db, rel=1e-8, abs=1e-9)
        assert said["rate"] == pytest.approx(float(key.sifted_rate_hz(t)), rel=1e-9)
        assert said["qber_now"] == pytest.approx(float(key.qber_at(t)), abs=1e-9)
        assert said["seconds"] == pytest.approx(key.orbit.duration_s, rel=1e-9, abs=1e-9)
        assert said["sifted"] == pytest.approx(key.sifted_bits, rel=1e-9)
        assert said["qber"] == pytest.approx(key.qber, abs=1e-9)
        assert said["key"] == pytest.approx(key.key_bits, abs=2, rel=1e-9)
        assert said["beam_m"] == pytest.approx(2 * float(key.orbit.telescopes.beam_radius_m(said["range_km"])))
        keys += key.key_bits > 0
    assert keys > 15


@pytest.mark.parametrize(("right", "wrong"), [
    ("-(diameter ** 2) / (2 * squared)", "-(diameter ** 2) * 2 / squared"),  # a diameter taken for a radius
    ("(angle * 1e-3) / 2", "(angle * 1e-3)"),  # half an angle for the whole
    ("/ Math.sin(radians(elevation))", "/ Math.cos(radians(elevation))"),
    ("Math.sin(beside / 2) ** 2", "Math.sin(beside) ** 2"),
])
def test_a_wrong_twin_is_caught(right, wrong):
    explorer = SatelliteExplorer()
    question = to_wire([explorer.config, explorer.state])
    explorer.close()
    assert TEXT.count(right) == 1
    [good], [bad] = asked(TEXT, [question]), asked(TEXT.replace(right, wrong), [question])
    assert abs(good["loss"] - bad["loss"]) > 0.5
