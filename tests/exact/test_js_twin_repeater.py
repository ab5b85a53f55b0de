"""The closed form of the repeater explorer in the browser is the one in Python."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qnetlab import ChainKeyRate, Fiber, GateErrors, PhotonPairSource, Readout
from qnetlab.theory.chain_memory import mean_decays, with_deadline
from qnetlab.theory.repeaters import mean_longest_wait
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.repeater import RepeaterExplorer
from tests.exact.test_js_twin import ask

TEXT = bundle("repeater.js", default_as="shownExplorer")
ANSWER = """
function answer(config, state) {
  const p = parametersOf(config, state);
  const { rows, ...seen } = repeaterReadings(p, 6);
  const plain = (x) => (Number.isFinite(x) ? x : "inf");
  const patient_bits_s = seen.patient.bits_s;
  const numbers = Object.entries({ ...seen, ...chainKey(p) }).filter(([, x]) => typeof x === "number");
  return { ...Object.fromEntries(numbers.map(([n, x]) => [n, plain(x)])), patient_bits_s,
    rows: rows.map((row) => row.bits_s) };
}
"""
NAMES = {"chance": "success_probability", "step_s": "attempt_time_s", "wait_s": "wait_s", "pairs_s": "pairs_per_s",
         "xx": "xx", "yy": "yy", "zz": "zz", "fidelity": "fidelity", "wrong_x": "qber_x", "wrong_z": "qber_z",
         "bits_pair": "bits_per_pair", "bits_s": "bits_per_s", "cable": "direct_bits_per_s"}


def chains(count: int) -> list[ChainKeyRate]:
    rng = np.random.default_rng(2011)
    made = [RepeaterExplorer.example(), ChainKeyRate(stations=0), ChainKeyRate(stations=5, t2_s=1e-3)]
    while len(made) < count:
        noise = str(rng.choice(["white", "dephasing"]))
        deadline = float(rng.choice([math.inf, 10.0 ** rng.uniform(-3, -1)]))
        made.append(ChainKeyRate(
            fiber=Fiber(length_km=float(rng.choice([0.0, rng.uniform(1, 400)], p=[0.1, 0.9])), group_index=1.5,
                        attenuation_db_per_km=float(rng.choice([0.0, rng.uniform(0.14, 0.3)], p=[0.1, 0.9])),
                        insertion_loss_db=float(rng.choice([0.0, rng.uniform(0, 2)]))),
            stations=int(rng.integers(0, 13)), efficiency=float(rng.uniform(0.2, 1)),
            source=PhotonPairSource(fidelity=float(rng.uniform(0.9, 1)), noise=noise),
            t2_s=float(rng.choice([math.inf, 10.0 ** rng.uniform(-4, 1)])), deadline_s=deadline,
            decay=str(rng.choice(["dephasing", "depolarizing"])), preparation_time_s=10.0 ** rng.uniform(-6, -4),
            gates=GateErrors(one_qubit=float(rng.choice([0.0, 0.004])), two_qubit=float(rng.choice([0.0, 0.003]))),
            station_readout=Readout(error_0=float(rng.uniform(0, 0.01)), error_1=float(rng.uniform(0, 0.01))),
            error_correction=float(rng.uniform(1, 1.3)), direct_rate_hz=10.0 ** rng.uniform(6, 10)))
    return made


def close(said, number):
    return said == "inf" if math.isinf(number) else said == pytest.approx(number, rel=1e-9, abs=1e-15)


def test_every_number_agrees():
    explorer = RepeaterExplorer()
    asked = []
    for chain in chains(120):
        explorer.protocol = chain
        asked.append((chain, to_wire([explorer.config, explorer.state])))
    answers = ask(TEXT + ANSWER, [question for _, question in asked])
    explorer.close()
    keys = hasty = 0
    for (chain, _), said in zip(asked, answers, strict=True):
        told = chain.theory()
        for name, python in NAMES.items():
            assert close(said[name], told[python]), (name, said[name], told[python], chain)
        keys += told["bits_per_s"] > 0
        hasty += chain.deadline_s < math.inf
        if chain.stations <= 6:
            assert said["rows"][chain.stations] == pytest.approx(told["bits_per_s"], rel=1e-9, abs=1e-15)
    assert 20 < keys < 100 and hasty > 30


def test_the_means_alone_agree_for_many_links():
    text = TEXT + ("\nfunction answer(p, kappa, n, m) {"
                   " return [meanDecays(p, kappa, n), longestWait(p, n), withDeadline(p, kappa, n, m)]; }")
    settings = [(0.3, 0.1, 20, 40), (1e-5, 1e-6, 40, 10), (0.85, 0.0, 9, 3), (0.1, 2.0, 5, 1), (0.02, 0.02, 3, 600)]
    answers = ask(text, [list(row) for row in settings])
    for (p, kappa, n, m), (decays, wait, rounds) in zip(settings, answers, strict=True):
        assert decays == pytest.approx(mean_decays(p, kappa, n), rel=1e-10)
        assert wait == pytest.approx(mean_longest_wait(p, n), rel=1e-10)
        assert (rounds["attempts"], rounds["kept"]) == pytest.approx(with_deadline(p, kappa, n, m), rel=1e-10)


def test_coarse_steps_along_a_curve_are_right_to_a_few_percent():
    """What is drawn, not written, beside what is written."""
    text = TEXT + ("\nfunction answer(config, state) { const p = parametersOf(config, state);"
                   " return [chainKey(p, 200), chainKey(p)]; }")
    explorer = RepeaterExplorer(length_km=200, stations=3, t2_s=0.1, deadline_s=0.1)
    [[drawn, exact]] = ask(text, [to_wire([explorer.config, explorer.state])])
    explorer.close()
    assert drawn["bits_s"] != exact["bits_s"] and drawn["bits_s"] == pytest.approx(exact["bits_s"], rel=0.05)


@pytest.mark.parametrize(("right", "wrong"), [
    ("m * logQ - 2 * kappa", "m * logQ - kappa"), ("a += inner * newBetween", "a += inner * newBeside"),
    ("-2 * links * herald_s", "-1 * links * herald_s")])
def test_a_wrong_twin_is_caught(right, wrong):
    explorer = RepeaterExplorer(stations=4, t2_s=0.1, deadline_s=0.02, length_km=150)
    question = to_wire([explorer.config, explorer.state])
    told = explorer.protocol.theory()
    explorer.close()
    assert TEXT.count(right) == 1
    [good], [bad] = ask(TEXT + ANSWER, [question]), ask(TEXT.replace(right, wrong) + ANSWER, [question])
    assert good["xx"] == pytest.approx(told["xx"], rel=1e-9)
    patient = [answer["patient_bits_s"] + answer["xx"] for answer in (good, bad)]
    assert abs(patient[0] - patient[1]) > 1e-6
