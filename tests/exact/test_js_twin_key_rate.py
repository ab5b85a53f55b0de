"""The closed form of the key-rate explorer in the browser is the one in Python."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from qnetlab import Detector, Fiber, SecretKeyRate, WeakCoherentSource
from qnetlab.network.systems import ingaas_system, snspd_system
from qnetlab.theory.decoy import best_rate_without_decoys, decoy_rate
from qnetlab.theory.key_rates import repeaterless_bound
from qnetlab.theory.middle_station import twin_field_rate
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.key_rate import KeyRateExplorer
from tests.exact.test_js_twin import ask

TEXT = bundle("key_rate.js", default_as="shownExplorer")
ANSWER = """
function answer(config, state) {
  const p = { ...parametersOf(config, state), mu: state.mu };
  const plain = (x) => (Number.isFinite(x) ? x : "inf");
  const seen = Object.fromEntries(Object.entries(keyRateReadings(p)).map(([name, x]) => [name, plain(x)]));
  return { ...seen, ...beyondKey(p), infinite: endlessKey(p, "infinite"), two: endlessKey(p, "vacuum+weak"),
    undecoyed: undecoyedKey(p) };
}
"""


def links(count: int) -> list[SecretKeyRate]:
    rng = np.random.default_rng(2018)
    made = [snspd_system(length_km=100, block_bits=1e7), ingaas_system(length_km=0), snspd_system(length_km=900)]
    while len(made) < count:
        signal = float(rng.uniform(0.02, 1))
        p, dark = float(rng.uniform(0.3, 0.95)), float(rng.choice([0, 10.0 ** rng.uniform(-2, 5)]))
        made.append(SecretKeyRate(
            source=WeakCoherentSource(repetition_rate_hz=10.0 ** rng.uniform(6, 9.4), probabilities=(p, 1 - p),
                                      intensities=(signal, signal * float(rng.uniform(0.05, 0.9)))),
            fiber=Fiber(length_km=float(rng.choice([0, rng.uniform(0, 400)])),
                        insertion_loss_db=float(rng.uniform(0, 3)),
                        attenuation_db_per_km=float(rng.choice([0.0, rng.uniform(0.14, 0.4)], p=[0.05, 0.95]))),
            detector=Detector(efficiency=float(rng.uniform(0.01, 1)), dark_count_rate_hz=dark, gate_s=2e-10,
                              dead_time_s=float(rng.choice([0, 1e-6])),
                              afterpulse_probability=float(rng.choice([0, 0.02]))),
            misalignment_error=float(rng.uniform(0, 0.12)), basis_probability=float(rng.uniform(0.2, 0.95)),
            block_bits=float(rng.choice([math.inf, 10.0 ** rng.uniform(4, 12)])),
            eps_sec=1e-9, eps_cor=1e-12, error_correction=float(rng.uniform(1, 1.4))))
    return made


def beside(rate: SecretKeyRate) -> dict[str, float]:
    """What is drawn beside a link, from the theory alone."""
    quiet = dataclasses.replace(rate, detector=dataclasses.replace(rate.detector, afterpulse_probability=0.0))
    first = float(quiet.expectation.clicks)
    dark = rate.detector.dark_count_probability
    background = 1 - (1 - dark * (2 - dark)) * (1 - rate.detector.afterpulse_probability * first)
    z = rate.basis_probability
    signal, weak = rate.source.intensities
    line = {"background": background, "misalignment": rate.misalignment_error, "sifting": z**2 + (1 - z) ** 2,
            "error_correction": rate.error_correction}
    return {
        "infinite": decoy_rate("infinite", signal, rate.transmittance, **line),
        "two": decoy_rate("vacuum+weak", signal, rate.transmittance, weak_intensity=weak, **line),
        "undecoyed": best_rate_without_decoys(rate.transmittance, **line),
        "bound": repeaterless_bound(rate.fiber.transmittance),
        "twin": twin_field_rate(rate.fiber.transmittance, detector_efficiency=rate.detector.efficiency),
    }


def close(said, number):
    if math.isinf(number):
        return said == "inf" or said is None
    return said == pytest.approx(number, rel=1e-9, abs=1e-12)


def test_every_number_agrees():
    explorer = KeyRateExplorer()
    asked = []
    for rate in links(60):
        explorer.protocol = rate
        asked.append((rate, to_wire([explorer.config, explorer.state])))
    answers = ask(TEXT + ANSWER, [question for _, question in asked])
    explorer.close()
    keys = 0
    for (rate, _), said in zip(asked, answers, strict=True):
        found, endless = rate.expectation, dataclasses.replace(rate, block_bits=math.inf)
        wanted = {"key": float(found.key), "qber": rate.qber, "bits_s": rate.bits_per_s, "reach": rate.reach_km,
                  "reach_endless": endless.reach_km, "endless": float(endless.expectation.key),
                  "block_s": rate.block_time_s, **beside(rate)}
        for name, number in wanted.items():
            assert close(said[name], float(number)), (name, said[name], number, rate)
        keys += rate.bits_per_s > 0
    assert 15 < keys < 55  # links with a key and links without


def test_the_curves_agree_along_the_fiber():
    explorer = KeyRateExplorer(length_km=0)
    base = explorer.protocol
    lengths = [0.0, 50.0, 150.0, 300.0, 460.0, 500.0]
    answers = ask(TEXT + ANSWER, [to_wire([explorer.config, {**explorer.state, "length_km": km}]) for km in lengths])
    explorer.close()
    for km, said, key in zip(lengths, answers, base.bits_per_pulse_at(np.array(lengths)), strict=True):
        rate = dataclasses.replace(base, fiber=dataclasses.replace(base.fiber, length_km=km))
        assert said["key"] == pytest.approx(float(key), rel=1e-9, abs=1e-15)
        for name, number in beside(rate).items():
            assert close(said[name], float(number)), name


def test_a_wrong_twin_is_caught():
    explorer = KeyRateExplorer()
    question = to_wire([explorer.config, explorer.state])
    wrong = TEXT.replace("const parts = 19;", "const parts = 21;")
    assert wrong != TEXT
    [good], [bad] = ask(TEXT + ANSWER, [question]), ask(wrong + ANSWER, [question])
    explorer.close()
    assert abs(bad["key"] - good["key"]) > 1e-9
