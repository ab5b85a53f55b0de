"""Designs: any list that meets the goals is right, and every other one is told why it does not."""

from __future__ import annotations

import numpy as np
import pytest

from qnetlab.grading.exercises import exercise, roots
from qnetlab.grading.judging import judge
from qnetlab.grading.misconceptions import read_misconceptions
from qnetlab.grading.practice import check
from tests.unit.test_grading_kinds import TEXT

SPEC = ('title = "T"\nconcept = 1\nequivalence = "design"\nmisconceptions = ["my.large"]\n'
        '[design]\ngoals = ["sum", "few"]\nmistakes = ["large"]\nlow = 0.0\nhigh = 9\nmost = 5\n'
        '[[criteria]]\nname = "they add up to 10"\npoints = 2.0\nneeds = ["sum"]\n'
        '[[criteria]]\nname = "at most three"\npoints = 1.0\nneeds = ["few"]\n')
JUDGE = ("def judge(parameters, design):\n    right = sum(design) == 10\n"
         "    return {'met': {'sum': right, 'few': len(design) <= 3}, 'mistakes': {'large': sum(design) > 10},\n"
         "            'shown': [('sum', f'{sum(design):g}', '10')]}\n")


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A function that writes one folder with a design."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QNETLAB_EXERCISES", str(tmp_path))
    (tmp_path / "misconceptions.toml").write_text(
        '[[misconception]]\nid = "my.large"\nconcept = 1\nsentence = "Too much."\nsignature = ["large"]\n')

    def add(spec=SPEC, judge=JUDGE, reference="[5, 5]"):
        folder = tmp_path / "d.ten"
        (folder / "wrong").mkdir(parents=True)
        (folder / "exercise.md").write_text(TEXT)
        (folder / "spec.toml").write_text(spec)
        (folder / "judge.py").write_text(judge)
        (folder / "reference.py").write_text(f"def answer(parameters):\n    return {reference}\n")
        (folder / "wrong" / "large.py").write_text(
            'MISCONCEPTION = "my.large"\ndef answer(parameters):\n    return [9, 9]\n')

    return add


def test_any_design_that_meets_the_goals_is_right(course):
    course()
    for answer in ([5, 5], (1, 9), np.array([2.5, 2.5, 5.0]), range(1, 5), [np.float64(4), 6]):
        assert check("d.ten", answer).points >= 2
    assert check("d.ten", [5, 5]).correct
    partly = check("d.ten", [1, 2, 3, 4])
    assert not partly.correct and partly.points == 2 and partly.misconceptions == ()
    assert "Which goal of the table is farthest away" in repr(partly)


def test_a_mistake_is_known_by_what_the_judge_found_not_by_its_numbers(course):
    course()
    assert check("d.ten", [8, 7]).sentences == ("Too much.",)
    assert check("d.ten", [1, 2]).misconceptions == ()
    text = repr(check("d.ten", [8, 7]))
    assert "What your design does" in text and "15" in text


@pytest.mark.parametrize(("answer", "words"), [
    (..., "put it where the three dots are"), ("5, 5", "this is the text '5, 5'"), (7, "this is the number 7"),
    ([5, "5"], "at place 1 there is the text '5'"), ([True], "at place 0 there is True"),
    ([float("nan")], "at place 0 there is the number nan"), ([10], "numbers from 0 to 9; at place 0 there is 10"),
    ([1] * 6, "at most 5 of them; this has 6"), ({5: 5}, "this is a dict"), ([[1, 2]], "at place 0 there is a list")])
def test_what_is_no_design_is_said(course, answer, words):
    course()
    feedback = check("d.ten", answer)
    assert words in feedback.refused and feedback.points == 0


@pytest.mark.parametrize(("more", "words"), [
    ({"judge": "def judge(parameters, design):\n    return {'met': {'sum': True}}\n"}, "must say of each of the goals"),
    ({"judge": "def judge(parameters):\n    return {}\n"}, "judge.py must define judge"),
    ({"judge": JUDGE.replace("'large'", "'other'")}, "no other mistakes than large"),
    ({"reference": "[1]"}, "does not meet its own criteria"), ({"reference": "None"}, "does not give an answer"),
    ({"spec": SPEC.replace('goals = ["sum", "few"]', "goals = []")}, "at least one goal"),
    ({"spec": SPEC.replace("high = 9", 'high = "km"')}, "high must be a number or a parameter"),
    ({"spec": SPEC.replace('needs = ["few"]', 'needs = ["least"]')}, "needs 'least'; known are sum, few")])
def test_a_broken_folder_is_not_the_students_fault(course, more, words):
    course(**more)
    text = check("d.ten", [5, 5]).refused
    assert "not your fault" in text and words in text


# ------------------------------------------------------------------------------------------ stations on a line


def placed(answer, km=600):
    from qnetlab.grading.exercises import find

    return judge(find("repeater.stations"), answer, {"km": km}, read_misconceptions(roots()))


@pytest.mark.parametrize(("answer", "known"), [
    ([50, 100], "spans_too_long"), ([200, 400], "spans_too_long"), ([k * 20 for k in range(1, 12)], "uneven_spans"),
    ([300, 300], "lengths_given"), ([60, 55, 65] * 3 + [60], "lengths_given"), ([0.0, 300], "ends_listed"),
    ([k * 600 / 30 for k in range(1, 30)], "every_station_errs"), ([k * 600 / 16 for k in range(1, 16)], "over_budget"),
    ([], "one_fiber")])
def test_other_designs_than_those_of_the_folder_are_told_the_same(answer, known):
    feedback = placed(answer)
    assert not feedback.correct and feedback.misconceptions == (f"repeater.{known}",), feedback


@pytest.mark.parametrize("answer", [
    [k * 60 for k in range(1, 10)], [k * 600 / 14 for k in range(1, 14)], [k * 50 for k in range(11, 0, -1)],
    [47, 103, 150, 199, 251, 303, 347, 402, 451, 498, 549]])
def test_several_designs_are_right(answer):
    feedback = placed(answer)
    assert feedback.correct and feedback.points == 4
    assert "secret bits per second" in repr(feedback)


def test_over_budget_still_earns_the_key():
    assert placed([k * 600 / 21 for k in range(1, 21)]).points == 3
    assert placed([]).points == 0 and "600 km" in placed([]).sentences[0]
    assert "ChainKeyRate(" in exercise("repeater.stations").prompt
