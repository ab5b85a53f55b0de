"""The closed form of clicks in the browser is the one in Python."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qnetlab import BB84, Detector, Fiber, FiberExplorer, WeakCoherentSource
from qnetlab.theory.photons import click_origins, mean_wait_s
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask

ANSWER = "\nfunction answer(config, state) { return readings(parametersOf(config, state)); }"


def lines(count):
    rng = np.random.default_rng(4)
    for _ in range(count):
        yield BB84(
            source=WeakCoherentSource(intensities=(float(rng.uniform(0, 2)),),
                                      repetition_rate_hz=float(10 ** rng.uniform(5, 9))),
            fiber=Fiber(length_km=float(rng.uniform(0, 400)), attenuation_db_per_km=float(rng.uniform(0.1, 0.4)),
                        insertion_loss_db=float(rng.choice([0, 3]))),
            detector=Detector(efficiency=float(rng.uniform(0.01, 1)), gate_s=float(10 ** rng.uniform(-10, -9.01)),
                              dark_count_rate_hz=float(10 ** rng.uniform(-1, 6))),
            misalignment_rad=float(rng.uniform(0, 0.5)))


@pytest.fixture(scope="module")
def compared():
    explorer = FiberExplorer()
    asked = []
    for protocol in lines(200):
        explorer.protocol = protocol
        assert explorer.protocol == protocol
        asked.append((protocol, to_wire([explorer.config, explorer.state])))
    explorer.close()
    answers = ask(bundle("fiber.js", default_as="shownExplorer") + ANSWER, [question for _, question in asked])
    return [(protocol, said) for (protocol, _), said in zip(asked, answers, strict=True)]


def test_gain_and_error_rate_agree(compared):
    for protocol, said in compared:
        theory = protocol.theory()
        assert said["gain"] == pytest.approx(theory["gain_0"], rel=1e-9)
        assert said["qber"] == pytest.approx(theory["qber"], abs=1e-9)


def test_origins_and_waits_agree(compared):
    for protocol, said in compared:
        [mu] = protocol.source.intensities
        eta = protocol.fiber.transmittance * protocol.detector.efficiency
        origins = click_origins(mu, eta, protocol.detector.dark_count_probability)
        assert [said["one"], said["many"], said["dark"]] == pytest.approx(list(origins), rel=1e-6, abs=1e-18)
        assert sum(origins) == pytest.approx(protocol.theory()["gain_0"], rel=1e-9)
        assert said["wait_s"] == pytest.approx(
            mean_wait_s(protocol.source.repetition_rate_hz * mu, protocol.fiber.transmittance), rel=1e-9)
        assert said["loss_db"] == pytest.approx(protocol.fiber.loss_db)
        assert said["wrong_light"] >= -1e-15
        assert said["wrong_light"] + said["wrong_dark"] == pytest.approx(said["wrong"])


def test_the_landmarks_of_the_course():
    """3.6 % at 60 km, 9 % at 122 km, 20 % at 150 km; one photon in 10 s at 500 km, in 3000 years at 1000 km."""
    gys = BB84(source=WeakCoherentSource(intensities=(0.1,), repetition_rate_hz=2e6),
               fiber=Fiber(length_km=60, attenuation_db_per_km=0.21), misalignment_rad=math.asin(math.sqrt(0.033)),
               detector=Detector(efficiency=0.045, dark_count_rate_hz=850, gate_s=1e-9))
    explorer = FiberExplorer(protocol=gys)
    asked = []
    for length_km in (60.0, 122.0, 150.0):
        explorer.state = {**explorer.state, "length_km": length_km}
        asked.append(to_wire([explorer.config, explorer.state]))
    explorer.protocol = FiberExplorer.example()
    for length_km in (500.0, 1000.0):
        explorer.state = {**explorer.state, "length_km": length_km, "mu": 1.0}
        asked.append(to_wire([explorer.config, explorer.state]))
    explorer.close()
    said = ask(bundle("fiber.js", default_as="shownExplorer") + ANSWER, asked)
    assert [round(100 * one["qber"], 2) for one in said[:3]] == [3.62, 8.96, 19.55]
    assert said[3]["wait_s"] == pytest.approx(10) and said[4]["wait_s"] / 31557600 == pytest.approx(3169, abs=1)


def test_a_wrong_twin_is_caught():
    explorer = FiberExplorer(length_km=200)
    question = to_wire([explorer.config, explorer.state])
    right = bundle("fiber.js", default_as="shownExplorer")
    wrong = right.replace("lineLossDb(p) / 10)", "lineLossDb(p) / 20)")
    assert wrong != right
    [good], [bad] = ask(right + ANSWER, [question]), ask(wrong + ANSWER, [question])
    assert good["qber"] == pytest.approx(explorer.protocol.theory()["qber"], abs=1e-9)
    assert abs(bad["qber"] - good["qber"]) > 0.01
    explorer.close()
