"""Each exercise folder is whole: its reference passes, each wrong answer is told its mistake, for every student."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import pytest

from qnetlab.grading.concept_items import read_tests
from qnetlab.grading.exercises import find, known_ids, read_sections, roots
from qnetlab.grading.judging import judge, signatures
from qnetlab.grading.misconceptions import read_misconceptions
from qnetlab.grading.parameters import fill, parameters_for
from qnetlab.grading.predictions import read_questions
from qnetlab.marking.audit import audit
from qnetlab.marking.audit import text as table_of
from qnetlab.protocols.teleportation import Teleportation
from qnetlab.theory.states import fresh_pair
from qnetlab.theory.superdense import capacity
from qnetlab.theory.teleportation import average_fidelity

SEEDS = [f"student {number}" for number in range(200)]
OWN = Path(__file__).parents[2] / "my_notebooks" / "exercises"
with pytest.MonkeyPatch.context() as patch:
    # A lecturer's exercises lie beside the notebooks; here nobody works in that folder, so it has to be named.
    if OWN.is_dir() and not os.environ.get("QNETLAB_EXERCISES"):
        patch.setenv("QNETLAB_EXERCISES", str(OWN))
    LIST = read_misconceptions(roots())
    EXERCISES = [find(name) for name in known_ids()]
WRONG = [(exercise, path.stem) for exercise in EXERCISES for path in sorted((exercise.folder / "wrong").glob("*.py"))]


def drawn(exercise):
    """The different sets of parameters that the 200 students get, each with one student's name."""
    sets = {}
    for student in SEEDS:
        parameters = parameters_for(exercise.id, exercise.spec, student)
        sets.setdefault(json.dumps(parameters), parameters)
    return list(sets.values())


def test_the_exercises_of_the_first_lab_are_there():
    assert {"teleport.correct", "teleport.before_bits", "teleport.fidelity", "superdense.decode"} <= set(known_ids())
    assert all(name.count(".") == 1 for name in known_ids())


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_two_hundred_students_get_every_declared_value(exercise):
    sets = drawn(exercise)
    for name, values in exercise.spec.parameters:
        assert {parameters[name] for parameters in sets} == set(values)
        assert len(values) > 1
    assert parameters_for(exercise.id, exercise.spec, "a") == parameters_for(exercise.id, exercise.spec, "a")


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_reference_earns_all_points(exercise):
    for parameters in drawn(exercise):
        feedback = judge(exercise, exercise.reference(parameters), parameters, LIST)
        assert feedback.correct, f"{parameters}: {feedback}"
        assert feedback.points == feedback.out_of
        assert feedback.misconceptions == ()
        assert feedback.reflection


@pytest.mark.parametrize(("exercise", "name"), WRONG, ids=lambda value: value if isinstance(value, str) else value.id)
def test_each_wrong_answer_is_told_its_own_mistake(exercise, name):
    for parameters in drawn(exercise):
        misconception, answer = exercise.wrong_answers(parameters)[name]
        feedback = judge(exercise, answer, parameters, LIST)
        assert not feedback.correct
        assert feedback.points < feedback.out_of
        assert feedback.misconceptions == (misconception,), f"{parameters}: {feedback}"
        assert feedback.sentences == (fill(LIST[misconception].sentence, parameters),)
        assert feedback.sentences[0] in " ".join(repr(feedback).split())


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_audit_has_no_complaint(exercise):
    """False fails below 1e-6, power above 0.999, different mistakes' signatures apart, for every student's numbers."""
    found = audit(exercise, LIST)
    assert found.complaints == (), table_of(found)
    assert {mistake.misconception for mistake in found.mistakes} == set(exercise.spec.misconceptions)
    assert found.false_fail < 1e-6
    assert all(mistake.power > 0.999 for mistake in found.mistakes)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_every_misconception_has_a_wrong_answer_and_a_sentence_of_its_own(exercise):
    named = {misconception for misconception, _ in exercise.wrong_answers(drawn(exercise)[0]).values()}
    assert named == set(exercise.spec.misconceptions)
    assert len(set(exercise.spec.misconceptions)) == len(exercise.spec.misconceptions)
    sentences = [LIST[name].sentence for name in exercise.spec.misconceptions]
    assert len(set(sentences)) == len(sentences)


def test_every_misconception_in_the_list_belongs_to_an_exercise_or_a_concept_test():
    assert set(LIST) == {name for owner in (*(exercise.spec for exercise in EXERCISES), *read_tests(roots()).values())
                         for name in owner.misconceptions}


@pytest.mark.parametrize(("name", "sentence"), [
    ("teleport.no_z", "|0> and |1> survive, |+> arrives with F = 0.50: the sign is lost. Which bit carries it?"),
    ("teleport.no_x", "|+> survives, |0> arrives with 0.50: the flip was not undone."),
    ("teleport.swapped_bits", "Only the Y states survive: you used the X bit for Z and the Z bit for X."),
    ("teleport.instant", "Until the bits arrive Bob's arrow sits at the center for every message (F = 1/2)."),
    ("teleport.average_for_one", "One bit of two gives 2/3, no better than measuring and phoning"),
])
def test_the_sentences_of_the_course_stand_word_by_word(name, sentence):
    assert LIST[name].sentence.startswith(sentence)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_texts_are_whole_and_filled_for_every_student(exercise):
    for parameters in drawn(exercise):
        texts = [*exercise.sections.values(), *exercise.hints,
                 *(LIST[name].sentence for name in exercise.spec.misconceptions)]
        for text in texts:
            filled = fill(text, parameters)
            assert not any("{" + name + "}" in filled for name, _ in exercise.spec.parameters)
    assert exercise.sections["Outcomes"].count("- ") >= 2
    assert all(len(hint) > 40 for hint in exercise.hints)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_lecturers_page_has_minutes_questions_votes_and_words(exercise):
    text = (exercise.folder / "lecturer.md").read_text(encoding="utf-8")
    first = f"# Lecturer's page: {exercise.spec.title}\n"
    assert text.startswith(first), f"lecturer.md must begin with the line: {first}"
    assert "\nMinutes: " in text, "lecturer.md needs a line such as: Minutes: 8 (3 for the questions, 5 for the number)"
    sections = read_sections(text)
    assert list(sections) == ["Three questions", "Expected votes", "What to say"]
    for name in ("Three questions", "Expected votes"):
        assert [f"\n{number}. " in "\n" + sections[name] for number in (1, 2, 3, 4)] == [True, True, True, False], (
            f"lecturer.md, ## {name}: exactly three lines, 1. to 3.")


def test_half_of_a_teleportation_earns_its_points():
    exercise = find("teleport.correct")
    wrong = exercise.wrong_answers({})
    earned = {name: judge(exercise, answer, {}, LIST).points for name, (_, answer) in wrong.items()}
    assert earned["no_z"] == earned["no_x"] == 1.0
    assert earned["quantum_wire"] == 3.0
    assert earned["no_corrections"] == earned["nothing_sent"] == 0.0
    assert all(type(points) is float for points in earned.values())


def test_the_three_classic_mistakes_have_the_same_mean_and_different_patterns():
    """Missing X, missing Z and swapped bits all average to 2/3: only the inputs that survive tell them apart."""
    seen = signatures(find("teleport.correct"), {})
    survivors = set()
    for name in ("no_x", "no_z", "swapped_bits"):
        measures = seen[name][1].measures
        means = [value for measure, value in measures.items() if measure.startswith("mean ")]
        assert math.isclose(sum(means) / 6, 2 / 3, abs_tol=1e-9)
        survivors.add(tuple(mean > 0.99 for mean in means))
    assert survivors == {(True, True, False, False, False, False), (False, False, True, True, False, False),
                         (False, False, False, False, True, True)}


def test_the_numbers_are_those_of_the_package():
    exercise = find("teleport.before_bits")
    for parameters in drawn(exercise):
        angles = (math.radians(parameters["theta_deg"]), 0.0)
        theory = {part: Teleportation(message=angles, corrections=bits).theory()["fidelity"]
                  for part, bits in (("before", "none"), ("x_bit", "x"), ("z_bit", "z"))}
        assert exercise.reference(parameters) == pytest.approx(theory, abs=1e-12)
    exercise = find("teleport.fidelity")
    for parameters in drawn(exercise):
        assert exercise.reference(parameters) == pytest.approx(average_fidelity(parameters["f"]), abs=1e-12)
    exercise = find("superdense.capacity")
    for parameters in drawn(exercise):
        bits = capacity(fresh_pair("phi_plus", parameters["f"], "white"))
        assert exercise.reference(parameters) == pytest.approx(bits, abs=1e-12)


def test_every_question_has_a_right_option_and_a_sentence():
    questions = read_questions(roots())
    claims = [name for name in questions if name.startswith("claims.")]
    assert len(claims) == 12
    assert {"teleport.before_bits", "teleport.one_bit"} <= set(questions)
    for question in questions.values():
        assert question.right in question.options
        assert len(question.options) >= 3
        assert question.sentence.endswith(".")
        assert 0 <= question.concept <= 24
