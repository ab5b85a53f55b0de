"""BB84 in the browser: the closed form is Python's, and the random session follows it."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from scipy.stats import binomtest

from qnetlab.devices.attacks import InterceptResend, NoAttack
from qnetlab.devices.detector import Detector
from qnetlab.devices.fiber import Fiber
from qnetlab.devices.photon_source import SinglePhotonSource
from qnetlab.fields import rebuilt
from qnetlab.protocols.bb84 import BB84
from qnetlab.theory.revealing import alarm_from, bits_to_reveal, chance_below, error_distribution, missed_probability
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.bb84 import BB84Explorer
from tests.exact.test_js_twin import ask

TEXT = bundle("bb84.js", default_as="shownExplorer")
ANSWER = "\nfunction answer(config, state) { return readings(state, parametersOf(config, state)); }"
NAMES = ("qber_z", "qber_x", "qber", "sifted_fraction", "eve_guess")


def protocols(count: int) -> list[BB84]:
    """Every basis of Eve's, over lines and detectors drawn at random; ideal and hopeless ones among them."""
    dice = random.Random(84)
    return [BB84(
        source=SinglePhotonSource(brightness=dice.choice([1.0, 0.3, 0.7]), repetition_rate_hz=1e6),
        fiber=Fiber(length_km=dice.choice([0, 10, 80, 200]), attenuation_db_per_km=0.2,
                    insertion_loss_db=dice.choice([0, 1.5])),
        detector=Detector(efficiency=dice.choice([1.0, 0.8, 0.1]), gate_s=dice.choice([1e-9, 1e-7]),
                          dark_count_rate_hz=dice.choice([0, 100, 1e5])),
        misalignment_rad=dice.choice([0, 0.1, 0.7]), basis_probability=dice.choice([0.5, 0.9, 0.15]),
        attack=InterceptResend(fraction=dice.choice([0, 0.1, 0.55, 1.0]),
                               basis=("random", "breidbart", "Z", "X")[i % 4]),
    ) for i in range(count)]


@pytest.fixture(scope="module")
def compared():
    """(protocol, bits revealed, what the browser's text says) for many settings."""
    explorer, asked = BB84Explorer(), []
    for i, protocol in enumerate(protocols(160)):
        explorer.protocol = protocol
        revealed = (1, 5, 20, 200)[i % 4 - i // 4 % 4]
        explorer.state = {**explorer.state, "revealed": revealed}
        assert explorer.protocol == protocol
        asked.append((protocol, revealed, to_wire([explorer.config, explorer.state])))
    explorer.close()
    answers = ask(TEXT + ANSWER, [question for _, _, question in asked])
    return [(protocol, revealed, said) for (protocol, revealed, _), said in zip(asked, answers, strict=True)]


def test_rates_agree(compared):
    for protocol, _, said in compared:
        theory = protocol.theory()
        assert said["gain"] == pytest.approx(theory["gain_0"], rel=1e-9)
        for name in NAMES:
            assert said[name] == pytest.approx(theory[name], abs=1e-9), (name, protocol)
        quiet = rebuilt(protocol, {"attack": NoAttack()}).theory()["qber"]
        assert said["quiet"] == pytest.approx(quiet, abs=1e-9)


def test_risks_agree(compared):
    for protocol, revealed, said in compared:
        here = protocol.theory()["qber"]
        quiet = rebuilt(protocol, {"attack": NoAttack()}).theory()["qber"]
        assert said["alarm"] == alarm_from(quiet, revealed)
        assert said["missed"] == pytest.approx(missed_probability(quiet, here, revealed), abs=1e-9)
        try:
            assert said["enough"] == bits_to_reveal(quiet, here).revealed
        except ValueError:  # more than a million; JSON has no word for it
            assert said["enough"] is None


def test_the_twin_is_compared_over_everything(compared):
    assert {p.attack.basis for p, _, _ in compared} == {"random", "breidbart", "Z", "X"}
    assert min(said["gain"] for _, _, said in compared) < 1e-4 < 0.9 < max(said["gain"] for _, _, said in compared)
    assert max(said["qber"] for _, _, said in compared) > 0.3
    assert any(abs(said["qber_z"] - said["qber_x"]) > 0.1 for _, _, said in compared)


def test_a_wrong_twin_is_caught():
    """The comparison sees a mistake: an Eve who sends on what Alice had sent."""
    explorer = BB84Explorer(fraction=1.0)
    question = to_wire([explorer.config, explorer.state])
    wrong = TEXT.replace("preparedAngle(basis, bit)), bob)", "sent), bob)")
    assert wrong != TEXT
    [good], [bad] = ask(TEXT + ANSWER, [question]), ask(wrong + ANSWER, [question])
    assert good["qber"] == pytest.approx(explorer.protocol.theory()["qber"], abs=1e-9)
    assert bad["qber"] < good["qber"] - 0.2
    explorer.close()


@pytest.mark.parametrize("qber", [0.0, 0.01, 0.25, 1.0])
def test_distributions_agree(qber):
    text = TEXT + """
    function answer(qber, n) {
      return [errorDistribution(qber, n), [0, 1, 3, n].map((k) => chanceBelow(k, qber, n)), alarmFrom(qber, n, 0.05)];
    }"""
    for n in (1, 20, 500):
        [[each, below, alarm]] = ask(text, [[qber, n]])
        assert each == pytest.approx(error_distribution(qber, n).tolist(), abs=1e-9)
        assert below == pytest.approx([chance_below(k, qber, n) for k in (0, 1, 3, n)], abs=1e-9)
        assert alarm == alarm_from(qber, n, 0.05)


def test_bars_hold_everything_and_the_observation():
    text = TEXT + "\nfunction answer(...asked) { return errorBars(...asked); }"
    for quiet, here, revealed, observed in (
            (0.01, 0.035, 20, 1), (0.01, 0.25, 2000, 520), (0.0, 0.0, 1, 0), (0.0, 0.1, 5, 5)):
        [bars] = ask(text, [[quiet, here, revealed, observed]])
        assert sum(bar["quiet"] for bar in bars) == pytest.approx(1, abs=2e-4)
        assert sum(bar["here"] for bar in bars) == pytest.approx(1, abs=2e-4)
        assert len(bars) <= 24 and bars[0]["from"] == 0 and bars[-1]["to"] >= observed


# ------------------------------------------------------------------------------------------- the random session

COUNTS = TEXT + """
function answer(config, state) {
  const session = playSession(parametersOf(config, state), state);
  const count = (test) => session.pulses.filter(test).length;
  const cells = {};
  for (const u of session.pulses) {
    const key = [u.alice_basis, u.alice_bit, u.eve_basis, u.bob_basis].join(" ");
    const cell = (cells[key] ??= { sent: 0, eve_one: 0, only: [0, 0], both: 0 });
    cell.sent += 1;
    cell.eve_one += u.eve_bit === 1 ? 1 : 0;
    if (u.clicks[0] && u.clicks[1]) cell.both += 1;
    else if (u.clicks[0]) cell.only[0] += 1;
    else if (u.clicks[1]) cell.only[1] += 1;
  }
  return { cells, clicked: session.clicked, sifted: session.sifted, intercepted: session.intercepted,
    wrong: count((u) => u.wrong), revealed: session.revealed, errors: session.errors,
    double: count((u) => u.clicks[0] && u.clicks[1]) };
}"""


def counts(explorer: BB84Explorer, seeds: range) -> list[dict]:
    asked = [to_wire([explorer.config, {**explorer.state, "seed": seed}]) for seed in seeds]
    return ask(COUNTS, asked)


@pytest.mark.parametrize("settings", [
    {"fraction": 0.3}, {"fraction": 1.0, "eve_basis": "breidbart"}, {"fraction": 0.6, "eve_basis": "Z"},
    {"fraction": 0.0, "misalignment_rad": 0.2, "basis_probability": 0.8},
    {"fraction": 0.5, "length_km": 150, "dark_count_rate_hz": 1e5},
])
def test_the_session_follows_the_closed_form(settings):
    """40 sessions of 20 000 pulses: each share by the exact binomial test, false alarm 1e-6 each."""
    explorer = BB84Explorer(pulses=20000, revealed=200, **settings)
    said, theory = counts(explorer, range(1, 41)), explorer.protocol.theory()
    total = {name: sum(each[name] for each in said) for name in ("clicked", "sifted", "wrong", "intercepted", "double")}
    for k, n, p in (
        (total["clicked"], 800_000, theory["gain_0"]), (total["sifted"], total["clicked"], theory["sifted_fraction"]),
        (total["wrong"], total["sifted"], theory["qber"]),
        (total["intercepted"], 800_000, explorer.protocol.attack.fraction),
        (total["double"], total["clicked"], theory["double_click_fraction"]),
        (sum(s["errors"] for s in said), sum(s["revealed"] for s in said), theory["qber"]),
    ):
        assert binomtest(k, n, p).pvalue > 1e-6, (k, n, p)
    explorer.close()


def test_each_choice_of_the_session_follows_the_circuits():
    """Eve's bit and Bob's clicks, for every choice of bases and bits, against the one-photon circuits on Aer."""
    from qnetlab import run

    explorer = BB84Explorer(pulses=20000, fraction=0.7, length_km=5, misalignment_rad=0.3)
    said = counts(explorer, range(1, 31))
    total: dict[str, np.ndarray] = {}
    for each in said:
        for key, cell in each["cells"].items():
            found = np.array([cell["sent"], cell["eve_one"], *cell["only"], cell["both"]])
            total[key] = total.get(key, 0) + found
    assert len(total) == 2 * 2 * 3 * 2
    pulses = dict(run(explorer.protocol).outcomes)["pulses"]
    shares: dict[str, np.ndarray] = {}
    for key, weight in pulses.weights:
        _, a, bit, b, d0, d1, eve, eve_bit = key.split(" ")
        eve_word = ["Z", "X", ""][int(eve, 2)]
        cell = shares.setdefault(f"{'ZX'[int(a)]} {bit} {eve_word} {'ZX'[int(b)]}", np.zeros(5))
        cell += weight * np.array([1, eve_bit == "1", d0 > d1, d1 > d0, d0 == d1 == "1"])
    assert set(shares) == set(total)
    for key, (sent, eve_one, only_0, only_1, both) in total.items():
        share = shares[key] / shares[key][0]
        if key.split(" ")[2]:
            assert binomtest(int(eve_one), int(sent), min(1.0, share[1])).pvalue > 1e-6, key
        for n, p in ((only_0, share[2]), (only_1, share[3]), (both, share[4])):
            assert binomtest(int(n), int(sent), min(1.0, p)).pvalue > 1e-6, key
    explorer.close()


def test_the_same_number_is_the_same_session_and_another_is_another():
    explorer = BB84Explorer()
    [first], [again, other] = counts(explorer, range(1, 2)), counts(explorer, range(1, 3))
    assert first == again != other
    explorer.close()


def test_more_of_eve_changes_only_what_she_touches():
    """The photons of a session keep their own random numbers: the same clicks, and no error goes away by her alone."""
    explorer = BB84Explorer(misalignment_rad=0.0, dark_count_rate_hz=0)
    said = []
    for fraction in (0.0, 0.3, 1.0):
        explorer.state = {**explorer.state, "fraction": fraction}
        said += counts(explorer, range(5, 6))
    assert len({each["clicked"] for each in said}) == len({each["sifted"] for each in said}) == 1
    assert said[0]["wrong"] == 0 < said[1]["wrong"] < said[2]["wrong"]
    assert [each["intercepted"] for each in said] == sorted(each["intercepted"] for each in said)
    explorer.close()


def test_no_more_bits_are_revealed_than_there_are():
    explorer = BB84Explorer(length_km=200, revealed=2000)
    [said] = counts(explorer, range(1, 2))
    assert said["revealed"] == said["sifted"] < 20
    explorer.close()
    assert math.isfinite(said["errors"])
