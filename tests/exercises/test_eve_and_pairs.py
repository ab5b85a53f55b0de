"""The numbers of the exercises on Eve and on pairs are the package's, and their sentences those of the course."""

from __future__ import annotations

import math

import pytest

from qnetlab import BBM92, E91, Link, PhotonPairSource
from qnetlab.grading.exercises import find, roots
from qnetlab.grading.judging import judge
from qnetlab.grading.misconceptions import read_misconceptions
from qnetlab.theory.entropy import binary_entropy
from qnetlab.theory.pair_keys import pair_keys
from qnetlab.theory.splitting import kept_to_hide

LIST = read_misconceptions(roots())


def choices(exercise):
    """Every set of parameters that a student can get."""
    sets = [{}]
    for name, values in exercise.spec.parameters:
        sets = [{**known, name: value} for known in sets for value in values]
    return sets


@pytest.mark.parametrize(("value", "mistake", "sentence"), [
    (0.131, "bbm92.one_minus_f", "Q is not 1-F; two of three wrong Bell states flip a bit."),
    (0.477, "bbm92.half_of_the_wrong", "(1-F)/2: the formula wants V."),
    (0.399, "bbm92.shannon_limit", "f = 1: correction at the Shannon limit."),
])
def test_the_answers_of_the_course_for_f_092(value, mistake, sentence):
    exercise = find("bbm92.key")
    assert exercise.reference({"f": 0.92}) == pytest.approx(0.351, abs=5e-4)
    feedback = judge(exercise, value, {"f": 0.92}, LIST)
    assert feedback.misconceptions == (mistake,)
    assert feedback.sentences == (sentence,)


def test_a_key_from_noisy_pairs_is_the_packages():
    exercise = find("bbm92.key")
    for parameters in choices(exercise):
        q = BBM92(link=Link(source=PhotonPairSource(fidelity=parameters["f"]))).theory()["qber"]
        by_hand = 1 - 2.16 * float(binary_entropy(q))
        assert exercise.reference(parameters) == pytest.approx(by_hand, abs=1e-12)


def test_whom_to_trust_is_the_packages():
    exercise = find("bbm92.trust")
    for parameters in choices(exercise):
        v = (4 * parameters["f"] - 1) / 3
        seen = E91(link=Link(source=PhotonPairSource(fidelity=parameters["f"]))).theory()
        keys = pair_keys(v, -v, v, chsh_s=seen["s"], qber=seen["qber"])
        assert exercise.reference(parameters) == pytest.approx(
            {"s": seen["s"], "trusted": float(keys.trusted), "untrusted": 0.0}, abs=1e-12)
        assert 2 < seen["s"] < 2.424
        assert float(keys.untrusted) < 0 < float(keys.trusted)


def test_the_hidden_share_is_the_packages():
    exercise = find("eve.hidden_share")
    for parameters in choices(exercise):
        right = kept_to_hide(parameters["mu"], parameters["percent"] / 100)
        assert exercise.reference(parameters) == pytest.approx(right, abs=1e-12)
        assert 0 < right < 1
    assert math.isclose(kept_to_hide(0.5, 0.05), 0.273714, abs_tol=5e-7)


@pytest.mark.parametrize(("name", "sentence"), [
    ("eve.clears_splitting", "QBER 0, but decoys arrive at 0.05 of the signal's gain where an honest line gives 0.20."),
    ("eve.accuses_long_line", "Its 5 % is what these dark counts predict; shorten the key, don't abort."),
    ("eve.accepts_impostor",
     "Both halves are perfect and the keys differ. Only authentication tells you who answered."),
])
def test_the_sentences_of_the_course_stand_word_by_word(name, sentence):
    assert LIST[name].sentence == sentence


def test_one_wrong_verdict_costs_one_point_and_is_named():
    exercise = find("eve.six_records")
    for parameters in choices(exercise)[::45]:
        answer = exercise.reference(parameters)
        place = next(name for name, kind in answer.items() if kind == "split")
        feedback = judge(exercise, {**answer, place: "quiet"}, parameters, LIST)
        assert (feedback.points, feedback.out_of) == (5.0, 6.0)
        assert feedback.misconceptions == ("eve.clears_splitting",)
