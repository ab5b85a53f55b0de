"""The closed form of heralding in the browser is the one in Python, and a twin with wrong physics is caught."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from qnetlab import BellPair, Detector, Fiber, HeraldedLink, HeraldExplorer, Memory, Readout
from qnetlab.theory.heralding import BELL_MEASUREMENTS, SCHEMES
from qnetlab.theory.states import BELL_STATES
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask

ANSWER = """
function answer(config, state) {
  const p = parametersOf(config, state);
  return { ...heraldReadings(p), probability: heralded(p).probability };
}
"""
NOISY = BellPair(link=HeraldedLink(
    scheme="single_click", bright_population=0.2, overlap=0.8, phase_noise_rad=0.4, emission_efficiency=0.7,
    emitter_fidelity=0.95, detector=Detector(efficiency=0.8, dark_count_rate_hz=1e5, gate_s=1e-7),
    fiber=Fiber(length_km=20, attenuation_db_per_km=0.2), alice_memory=Memory(t1_s=1e-3, t2_s=1e-3)))


def protocols(count):
    rng = np.random.default_rng(1999)
    for i in range(count):
        scheme = SCHEMES[i % 4]
        memories = [Memory(t1_s=t1, t2_s=min(2 * t1, float(rng.choice([np.inf, 10 ** rng.uniform(-4, 0)]))),
                           dephasing=("exponential", "gaussian")[(i // 3) % 2], modes=1 + i % 3,
                           write_efficiency=float(rng.uniform(0.1, 1)))
                    for t1 in (float(rng.choice([np.inf, 10 ** rng.uniform(-4, 0)])) for _ in "ab")]
        readouts = [Readout(error_0=float(rng.uniform(0, 0.2)), error_1=float(rng.uniform(0, 0.2))) for _ in "ab"]
        yield BellPair(
            state=BELL_STATES[(i // 2) % 4], alice_readout=readouts[0], bob_readout=readouts[1],
            link=HeraldedLink(
                scheme=scheme, alice_memory=memories[0], bob_memory=memories[1],
                bell_measurement=BELL_MEASUREMENTS[(i // 4) % 2] if scheme != "single_click" else "linear_optics",
                fiber=Fiber(length_km=float(rng.choice([0, rng.uniform(0, 200)])),
                            attenuation_db_per_km=float(rng.uniform(0, 0.3)),
                            insertion_loss_db=float(rng.uniform(0, 3)), group_index=float(rng.uniform(1, 1.5))),
                detector=Detector(efficiency=float(rng.uniform(0, 1)), gate_s=1e-7,
                                  dark_count_rate_hz=float(rng.choice([0, 10 ** rng.uniform(0, 7)]))),
                detection=("threshold", "number_resolving")[(i // 8) % 2],
                emission_efficiency=float(rng.choice([1.0, 0.0, rng.uniform(0, 1)], p=[0.1, 0.05, 0.85])),
                emitter_fidelity=float(rng.uniform(0.25, 1)), bright_population=float(rng.uniform(0, 1)),
                overlap=float(rng.uniform(0, 1)), phase_noise_rad=float(rng.uniform(0, 2)),
                preparation_time_s=float(10 ** rng.uniform(-7, -3))))


def other_of(protocol):
    scheme = "two_click" if protocol.link.scheme == "single_click" else "single_click"
    measured = protocol.link.bell_measurement if scheme == "two_click" else "linear_optics"
    return dataclasses.replace(protocol, link=dataclasses.replace(protocol.link, scheme=scheme,
                                                                  bell_measurement=measured))


@pytest.fixture(scope="module")
def compared():
    explorer, asked = HeraldExplorer(), []
    for protocol in protocols(160):
        explorer.protocol = protocol
        assert explorer.protocol == protocol
        asked.append((protocol, to_wire([explorer.config, explorer.state])))
    explorer.close()
    answers = ask(bundle("herald.js", default_as="shownExplorer") + ANSWER, [question for _, question in asked])
    return [(protocol, said) for (protocol, _), said in zip(asked, answers, strict=True)]


def test_rates_and_fidelities_agree(compared):
    for protocol, said in compared:
        for name, one in (("", protocol), ("other_", other_of(protocol))):
            assert said[f"{name}fidelity"] == pytest.approx(one.theory()["fidelity"], abs=1e-9)
            assert said[f"{name}rate"] == pytest.approx(one.link.pair_rate_hz, rel=1e-9, abs=1e-12)
        assert said["other"] == other_of(protocol).link.scheme
        assert said["probability"] == pytest.approx(protocol.link.success_probability, rel=1e-9, abs=1e-15)
        assert said["attempt_s"] == pytest.approx(protocol.link.attempt_time_s, rel=1e-9)


@pytest.mark.parametrize(("right", "wrong"), [
    ("(1 + p.overlap ** 2) / 2", "1"), ("p.overlap * Math.exp(-(p.phase_noise_rad ** 2) / 2)", "p.overlap"),
    ("2 * dark * (1 - dark)", "0"), ("Math.sqrt(way)", "way"), ("zb: share(-odd", "zb: share(odd"),
    ("const a = p.bright;", "const a = p.bright / 2;"),
])
def test_a_wrong_twin_is_caught(right, wrong):
    explorer = HeraldExplorer(protocol=NOISY)
    question = to_wire([explorer.config, explorer.state])
    explorer.close()
    text = bundle("herald.js", default_as="shownExplorer")
    assert right in text
    [good], [bad] = ask(text + ANSWER, [question]), ask(text.replace(right, wrong) + ANSWER, [question])
    told = {"fidelity": NOISY.theory()["fidelity"], "rate": NOISY.link.pair_rate_hz}
    for name, number in told.items():
        assert good[name] == pytest.approx(number, rel=1e-9)
    assert any(abs(bad[name] / number - 1) > 1e-4 for name, number in told.items())
