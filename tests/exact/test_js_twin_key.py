"""The waterfall's closed form and the run of Cascade in the browser are those in Python."""

from __future__ import annotations

import numpy as np
import pytest

from qnetlab.qkd.authentication import SESSION_KEY_BITS
from qnetlab.qkd.cascade_lesson import CascadeLesson
from qnetlab.qkd.channel import unpack_bits, unpack_numbers
from qnetlab.theory.key_budget import AUTHENTICATION_BITS, KeyBudget
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.cascade import MOMENTS, CascadeExplorer
from qnetlab.widgets.key_waterfall import KeyWaterfallExplorer
from tests.exact.test_js_twin import ask

BUDGET = "\nfunction answer(config, state) { return keyBudget(parametersOf(config, state)); }"
RUN = "\nfunction answer(errors, game) { return cascadeRun({ errors, game }); }"


def budgets(count):
    rng = np.random.default_rng(8)
    for i in range(count):
        yield KeyBudget(key_bits=10 ** rng.uniform(0, 9), tested_share=rng.uniform(0.01, 0.9),
                        qber=0 if i % 9 == 0 else rng.uniform(0, 0.5), error_correction=rng.uniform(1, 1.5),
                        eps=10 ** rng.uniform(-20, -2))


def test_every_step_of_the_budget_agrees():
    explorer = KeyWaterfallExplorer()
    asked = []
    for budget in budgets(200):
        explorer.protocol = budget
        asked.append((budget, to_wire([explorer.config, explorer.state])))
    answers = ask(bundle("waterfall.js", default_as="shownExplorer") + BUDGET, [question for _, question in asked])
    explorer.close()
    for (budget, _), said in zip(asked, answers, strict=True):
        for name, bits in budget.theory().items():
            assert said[name] == pytest.approx(bits, rel=1e-9, abs=1e-9), (budget, name)


def test_the_budget_adds_up():
    assert AUTHENTICATION_BITS == SESSION_KEY_BITS
    for budget in budgets(300):
        told = budget.theory()
        assert told["sifted"] == pytest.approx(told["tested"] + told["leaked"] + told["shortened"] + told["key"])
        assert all(told[name] >= -1e-9 for name in ("tested", "leaked", "shortened", "key"))
        assert (told["key"] > 0) != (told["missing"] > 0)


@pytest.mark.parametrize(("bits", "key"), [(5000, 0), (10_000, 394), (100_000, 26461)])
def test_the_landmarks_of_the_lesson(bits, key):
    assert round(KeyBudget(key_bits=bits, qber=0.05, eps=1e-10).theory()["key"]) == key


def test_the_browser_asks_what_the_parties_ask():
    """Pass by pass and half by half: the same questions, the same answers, the same end."""
    lessons = [CascadeLesson(errors=errors, game=game) for errors in range(1, 9) for game in (1, 2, 3, 17, 999)]
    answers = ask(bundle("cascade.js", default_as="shownExplorer") + RUN, [[x.errors, x.game] for x in lessons])
    for lesson, said in zip(lessons, answers, strict=True):
        messages, found = lesson.transcript()
        alice, bob = lesson.keys()
        asked = [m for m in said["moments"] if m["kind"] in ("pass", "half")]
        pairs = zip(messages[::2], messages[1::2], strict=False)
        questions = [(q, a) for q, a in pairs if q.kind in ("blocks", "half")]
        assert len(asked) == len(questions)
        for moment, (question, answer) in zip(asked, questions, strict=True):
            if moment["kind"] == "pass":
                assert unpack_numbers(question.payload, high=3).tolist() == [moment["pass"]]
                unpack_bits(answer.payload, len(moment["odd"][moment["pass"]]))
            else:
                assert unpack_numbers(question.payload, high=64).tolist() == [
                    moment["pass"], moment["begin"], moment["middle"]]
        assert [o.tolist() for o in lesson.orders()] == said["orders"]
        assert said["moments"][-1]["wrong"] == np.flatnonzero(found != alice).tolist()
        assert len(said["moments"][0]["wrong"]) == lesson.errors == np.count_nonzero(alice != bob)
        for name, value in lesson.theory().items():
            assert said["told"][name] == pytest.approx(value, abs=1e-9)


def test_the_slider_reaches_the_end_of_every_run():
    answers = ask(bundle("cascade.js", default_as="shownExplorer")
                  + "\nfunction answer(errors, game) { return cascadeRun({ errors, game }).moments.length; }",
                  [[errors, game] for errors in range(1, 9) for game in range(1, 25)])
    assert max(answers) <= MOMENTS


def test_a_wrong_twin_is_caught():
    right = bundle("cascade.js", default_as="shownExplorer")
    wrong = right.replace("const middle = (begin + stop + 1) >> 1", "const middle = (begin + stop) >> 1")
    assert wrong != right
    [good], [bad] = ask(right + RUN, [[5, 1]]), ask(wrong + RUN, [[5, 1]])
    assert good["moments"] != bad["moments"]


def test_the_explorers_stand_for_their_values_and_say_so_where_nothing_runs():
    waterfall, cascade = KeyWaterfallExplorer(key_bits=5000, qber=0.05), CascadeExplorer(errors=4, game=2)
    assert waterfall.protocol == KeyBudget(key_bits=5000) and cascade.protocol == CascadeLesson(errors=4, game=2)
    for explorer, words in ((waterfall, ": 0 are secret"), (cascade, "Of 64 bits 4 were wrong")):
        data, _ = explorer._repr_mimebundle_()
        assert words in data["text/plain"]
        explorer.close()
