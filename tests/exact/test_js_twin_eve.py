"""The closed form of Eve's explorer in the browser is the one in Python: gains, errors, knowledge."""

from __future__ import annotations

import itertools

import pytest

from qnetlab import BB84, Detector, Fiber, NoAttack
from qnetlab.theory.attacks import collective_information, optimal_individual
from qnetlab.theory.splitting import multiphotons_per_click
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.eve import ATTACKS, EveExplorer
from tests.exact.test_js_twin import ask

ANSWER = ("\nfunction answer(config, state) { const p = parametersOf(config, state); "
          "return { ...eveReadings(state, p), wrong_decoys: attackedPulses(p, state, state.mu, DECOY_MEAN).qber, "
          "best: bestIndividual(0.07), together: bestCollective(0.07) }; }")
LINES = [
    BB84(fiber=Fiber(attenuation_db_per_km=0.2), detector=Detector(efficiency=0.2, dark_count_rate_hz=2000),
         misalignment_rad=0.1),
    BB84(fiber=Fiber(attenuation_db_per_km=0.16, insertion_loss_db=2), detector=Detector(efficiency=1.0)),
    BB84(fiber=Fiber(attenuation_db_per_km=0.21), misalignment_rad=0.2,
         detector=Detector(efficiency=0.045, dark_count_rate_hz=40_000, gate_s=1e-9)),
]


@pytest.fixture(scope="module")
def compared():
    """(protocol, state, known to Eve, what the browser's text says) over every attack, strength, line and length."""
    explorer, asked = EveExplorer(), []
    settings = itertools.product(LINES, ATTACKS, (0.0, 0.3, 1.0), (10.0, 100.0), ((0.5, "on"), (0.9, "off")))
    for line, attack, strength, length_km, (mu, decoys) in settings:
        explorer.protocol = explorer.build(line, {"length_km": length_km, "attack": "none", "strength": 0.0, "mu": mu,
                                                  "decoys": decoys})
        explorer.state = {**explorer.state, "attack": attack, "strength": strength}
        asked.append((explorer.protocol, explorer.state, explorer.known, to_wire([explorer.config, explorer.state])))
    answers = ask(bundle("eve.js", default_as="shownExplorer") + ANSWER, [question for *_, question in asked])
    explorer.close()
    return [(*rest, said) for (*rest, _), said in zip(asked, answers, strict=True)]


def test_gains_and_errors_agree(compared):
    for protocol, state, _, said in compared:
        theory = protocol.theory()
        assert said["signal_gain"] == pytest.approx(theory["gain_0"], abs=1e-9), state
        assert said["qber"] == pytest.approx(theory.get("qber_0", theory["qber"]), abs=1e-9), state
        if state["decoys"] == "on":
            assert said["ratio"] == pytest.approx(theory["gain_1"] / theory["gain_0"], abs=1e-9)
            assert said["in_the_dark"] == pytest.approx(theory["gain_2"], abs=1e-9)
            assert said["wrong_decoys"] == pytest.approx(theory["qber_1"], abs=1e-9)


def test_the_honest_line_agrees(compared):
    for protocol, state, _, said in compared:
        honest = BB84(source=protocol.source, fiber=protocol.fiber, detector=protocol.detector,
                      misalignment_rad=protocol.misalignment_rad, attack=NoAttack()).theory()
        assert said["honest_gain"] == pytest.approx(honest["gain_0"], abs=1e-9)
        assert said["honest_qber"] == pytest.approx(honest.get("qber_0", honest["qber"]), abs=1e-9)
        if state["decoys"] == "on":
            assert said["honest_ratio"] == pytest.approx(honest["gain_1"] / honest["gain_0"], abs=1e-9)
            assert said["dark_expected"] == pytest.approx(honest["gain_2"], abs=1e-9)


def test_knowledge_agrees(compared):
    for protocol, state, known, said in compared:
        assert said["known"] == pytest.approx(known, abs=1e-9), state
        eta = protocol.fiber.transmittance * protocol.detector.efficiency
        assert said["per_click"] == pytest.approx(float(multiphotons_per_click(state["mu"], eta)), rel=1e-9)
        assert said["best"] == pytest.approx(float(optimal_individual(0.07).information), abs=1e-9)
        assert said["together"] == pytest.approx(float(collective_information(0.07)), abs=1e-9)


def test_number_splitting_keeps_the_gain_where_it_can(compared):
    kept = [said for _, state, _, said in compared if state["attack"] == "splitting" and state["length_km"] == 100]
    assert kept
    for said in kept:
        assert said["signal_gain"] == pytest.approx(said["honest_gain"], rel=1e-9)
    assert max(said["known"] for said in kept) > 0.99


def test_a_wrong_twin_is_caught():
    explorer = EveExplorer(attack="splitting", decoys="on")
    question, right = to_wire([explorer.config, explorer.state]), bundle("eve.js", default_as="shownExplorer")
    wrong = right.replace("(Math.expm1(mu * z) - mu * z)) / z", "(Math.expm1(mu * z) - mu * z))")
    assert wrong != right
    [good], [bad] = ask(right + ANSWER, [question]), ask(wrong + ANSWER, [question])
    theory = explorer.protocol.theory()
    assert good["ratio"] == pytest.approx(theory["gain_1"] / theory["gain_0"], abs=1e-9)
    assert bad["ratio"] != pytest.approx(good["ratio"], rel=0.01)
    explorer.close()
