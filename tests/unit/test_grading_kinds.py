"""A new exercise is a folder: every declared kind of answer works from text files alone, wherever the folder lies."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from qiskit import QuantumCircuit

from qnetlab.grading import exercises
from qnetlab.grading.exercises import exercise, find, known_ids
from qnetlab.grading.misconceptions import read_misconceptions
from qnetlab.grading.parameters import parameters_for
from qnetlab.grading.practice import check

TEXT = ("# T\n\n## Task\n\nDo it.\n\n## Outcomes\n\n- a\n- b\n\n## Hints\n\n1. one\n2. two\n3. three\n\n"
        "## Reflection\n\nWhy?\n")
WRONG = 'MISCONCEPTION = "my.mistake"\n'


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A private folder of exercises, and a function that adds one."""
    root = tmp_path / "my_course"
    root.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QNETLAB_EXERCISES", str(root))
    (root / "misconceptions.toml").write_text(
        '[[misconception]]\nid = "my.mistake"\nconcept = 1\nsentence = "You did what many do with {n}."\n')

    def add(name, spec, reference, wrong=None):
        folder = root / name
        (folder / "wrong").mkdir(parents=True)
        (folder / "exercise.md").write_text(TEXT)
        mistakes = 'misconceptions = ["my.mistake"]\n' if wrong else ""
        (folder / "spec.toml").write_text(f'title = "T"\nconcept = 1\n{mistakes}{spec}')
        (folder / "reference.py").write_text(reference)
        if wrong:
            (folder / "wrong" / "common.py").write_text(WRONG + wrong)
        return folder

    return add


ONE = '\n[[criteria]]\nname = "right"\npoints = 2.5\n'
CIRCUIT = ("from qiskit import QuantumCircuit\ndef answer(parameters):\n    qc = QuantumCircuit({size})\n    {body}\n"
           "    return qc\n")


def circuit(size, body):
    return CIRCUIT.format(size=size, body=body)


def test_state(course):
    course("s.bell", 'equivalence = "state"\n[circuit]\nqubits = ["a", "b"]\n' + ONE,
           circuit(2, "qc.h(0); qc.cx(0, 1)"), circuit(2, "qc.h(0); qc.cx(0, 1); qc.x(1)"))
    other = QuantumCircuit(2, global_phase=1.0)
    other.h(1)
    other.cx(1, 0)
    feedback = check("s.bell", other)
    assert feedback.correct
    assert feedback.points == 2.5
    other.z(0)
    feedback = check("s.bell", other)
    assert not feedback.correct
    assert feedback.misconceptions == ()
    assert "phi_minus" in repr(feedback)
    assert check("s.bell", exercises._answered(find("s.bell").folder / "wrong" / "common.py", {})[1]).sentences == (
        "You did what many do with {n}.",)
    measured = other.copy()
    measured.z(0)
    measured.measure_all()
    assert not check("s.bell", measured).correct


def test_unitary(course):
    course("u.cz", 'equivalence = "unitary"\n[circuit]\nqubits = ["a", "b"]\n' + ONE, circuit(2, "qc.cz(0, 1)"),
           circuit(2, "qc.cx(0, 1)"))
    other = QuantumCircuit(2, global_phase=2.0)
    other.h(1)
    other.cx(0, 1)
    other.h(1)
    assert check("u.cz", other).correct
    assert check("u.cz", exercises._answered(find("u.cz").folder / "wrong" / "common.py", {})[1]).misconceptions == (
        "my.mistake",)
    diagonal = QuantumCircuit(2)
    diagonal.s(0)
    diagonal.sdg(1)
    assert not check("u.cz", diagonal).correct


def test_unitary_on_three_qubits_sees_a_phase_between_basis_states(course):
    course("u.id", 'equivalence = "unitary"\n[circuit]\nqubits = ["a", "b", "c"]\ninputs = ["0 0 0", "1 1 1"]\n' + ONE,
           circuit(3, "pass"))
    phase = QuantumCircuit(3)
    phase.t(0)
    feedback = check("u.id", phase)
    assert not feedback.correct
    assert "superpositions do not" in feedback.counterexample


def test_distribution_in_any_order_of_bits(course):
    spec = 'equivalence = "distribution"\n[circuit]\nqubits = ["a", "b"]\nbits = ["p", "q"]\nbit_order = "any"\n' + ONE
    course("d.coin", spec, "from qiskit import QuantumCircuit\ndef answer(parameters):\n    qc = QuantumCircuit(2, 2)\n"
                           "    qc.h(0)\n    qc.x(1)\n    qc.measure([0, 1], [0, 1])\n    return qc\n")
    for order in ([0, 1], [1, 0]):
        other = QuantumCircuit(2, 2)
        other.h(0)
        other.x(1)
        other.measure([0, 1], order)
        assert check("d.coin", other).correct
    both = QuantumCircuit(2, 2)
    both.h([0, 1])
    both.measure([0, 1], [0, 1])
    assert "(25%)" in check("d.coin", both).counterexample


def test_number_with_a_parameter_and_a_unit(course):
    course("n.km", 'equivalence = "number"\n[parameters.n]\nlow = 10\nhigh = 30\nstep = 5\n[number]\nunit = "km"\n'
                   "tolerance = 0.1\n" + ONE,
           "def answer(parameters):\n    return 2.0 * parameters['n']\n",
           "def answer(parameters):\n    return 3.0 * parameters['n']\n")
    n = exercise("n.km").parameters["n"]
    assert n in (10, 15, 20, 25, 30)
    assert check("n.km", 2 * n + 0.05).correct
    assert check("n.km", 3 * n).sentences == (f"You did what many do with {n}.",)
    assert "km" in repr(check("n.km", 2 * n + 1))
    assert "number in km" in check("n.km", "far").refused


def test_key(course):
    course("k.sift", 'equivalence = "key"\n[[criteria]]\nname = "length"\npoints = 1\nneeds = ["length"]\n' + ONE,
           "def answer(parameters):\n    return '0110'\n", "def answer(parameters):\n    return '1001'\n")
    for key in ("0110", [0, 1, 1, 0], (0, 1, 1, 0), np.array([0, 1, 1, 0]), np.array([0, 1, 1, 0], dtype=bool)):
        assert check("k.sift", key).correct
    feedback = check("k.sift", "0111")
    assert feedback.points == 1.0
    assert "bit 4 of 4" in feedback.counterexample
    assert check("k.sift", "011").points == 0.0
    assert check("k.sift", [1, 0, 0, 1]).misconceptions == ("my.mistake",)
    for bad in ("012", [0, 2], [0.0], 5, np.array(1), {"0": 1}):
        assert check("k.sift", bad).refused


CHOICE = ('equivalence = "choice"\n[choice]\nparts = ["A", "B"]\n[choice.options]\nkey = "a key"\nstop = "abort"\n'
          'ask = "ask again"\n[[criteria]]\nname = "A"\npoints = 1\nneeds = ["A"]\n')


def test_choice(course):
    course("c.two", CHOICE + ONE, "def answer(parameters):\n    return {'A': 'key', 'B': 'stop'}\n",
           "def answer(parameters):\n    return {'A': 'key', 'B': 'key'}\n")
    assert check("c.two", {"A": "key", "B": "stop"}).correct
    feedback = check("c.two", {"A": "key", "B": "key"})
    assert feedback.points == 1.0
    assert feedback.misconceptions == ("my.mistake",)
    assert check("c.two", {"A": "key", "B": "ask"}).misconceptions == ()
    assert "○ differs" in repr(feedback)
    assert "abort" not in repr(check("c.two", {"A": "ask", "B": "ask"}))  # the right word is never shown
    for bad, words in (("key", "dictionary"), ({"A": "key"}, "'B' is missing"), ({"A": "key", "B": ...}, "three dots"),
                       ({"A": "key", "B": 1}, "the number 1"), ({"A": "key", "B": "Stopp"}, "Did you mean 'stop'")):
        assert words in check("c.two", bad).refused


def test_one_word(course):
    course("c.one", 'equivalence = "choice"\n[choice.options]\nyes = "it is"\nno = "it is not"\n' + ONE,
           "def answer(parameters):\n    return 'no'\n", "def answer(parameters):\n    return 'yes'\n")
    assert check("c.one", "no").correct
    assert check("c.one", "yes").misconceptions == ("my.mistake",)
    assert "one of 'yes', 'no'" in check("c.one", "maybe").refused


def test_what_a_task_hands_out(course):
    folder = course("g.iven", 'equivalence = "number"\n[parameters.n]\nchoose = [2, 3]\n[number]\n' + ONE,
                    "def answer(parameters):\n    return 2.0 * parameters['n']\n")
    (folder / "exercise.md").write_text(TEXT.replace("Do it.", "Look: {shown}."))
    (folder / "given.py").write_text("def given(parameters):\n    n = parameters['n']\n"
                                     "    return {'shown': f'{n} x {n}', 'record': [n] * 3}\n")
    task = exercise("g.iven")
    n = task.parameters["n"]
    assert task.prompt == f"Look: {n} x {n}."
    assert task.given["record"] == [n] * 3
    assert exercise("teleport.correct").given == {}
    (folder / "given.py").write_text("def givn(parameters):\n    return {}\n")
    with pytest.raises(ValueError, match="must define given"):
        exercise("g.iven")


NUMBER = 'equivalence = "number"\n[number]\n' + ONE


@pytest.mark.parametrize(("spec", "words"), [
    ('equivalence = "numbr"\n' + ONE, "one of state, unitary"),
    ('equivalence = "number"\n' + ONE, "number is missing"),
    (NUMBER + 'needs = ["before"]\n', "known are value"),
    (NUMBER + "crossing_bits = 2\n", "no parties"),
    (NUMBER + "extra = 1\n", "a criterion does not know 'extra'"),
    ('equivalence = "number"\n[number]\ntolerence = 1\n' + ONE, "[number] does not know 'tolerence'; known: high,"),
    ('equivalence = "number"\n[number]\ntolerance = -1\n' + ONE, "tolerance must be >= 0"),
    ('equivalence = "number"\n[number]\ntolerance = nan\n' + ONE, "tolerance must be >= 0"),
    ('equivalence = "number"\n[number]\nlow = 2\nhigh = 1\n' + ONE, "low must be < high"),
    ('equivalence = "number"\n[[number]]\n' + ONE, "[number] must be one table"),
    ('equivalence = "number"\n[number]\n[criteria]\nname = "c"\npoints = 1\n', "write [[criteria]] with double"),
    ('equivalence = "state"\n[circuit]\nqbits = ["a"]\n' + ONE, "[circuit] does not know 'qbits'"),
    (NUMBER + "[parameters.n]\nchoose = []\n", "at least one value"),
    (NUMBER + '[parameters.n]\nchoose = "ab"\n', "out of a list"),
    (NUMBER + "[parameters.n]\nlow = 1\nhigh = 2\nstep = 0\n", "step > 0"),
    (NUMBER + "[parameters.n]\nlow = 2\nhigh = 1\nstep = 1\n", "low <= high"),
    ('equivalence = "channel"\n[circuit]\nqubits = ["a"]\ngiven = ["b"]\noutput = ["a"]\n' + ONE, "'b' is not one"),
    ('equivalence = "channel"\n[circuit]\nqubits = ["a"]\ngiven = ["a"]\n' + ONE, "looks at"),
    ('equivalence = "channel"\n[circuit]\nqubits = ["a"]\ngiven = ["a"]\noutput = ["a"]\ninputs = ["up"]\n' + ONE,
     "state='up'"),
    ('equivalence = "number"\n[number]\n[[criteria]]\nname = "x"\npoints = 0\n', "must be > 0"),
    ('equivalence = "choice"\n[choice.options]\nyes = "it is"\n' + ONE, "at least two entries"),
    ('equivalence = "choice"\n[choice]\nwords = 1\n' + ONE, "[choice] does not know 'words'"),
    ("equivalence = ", "cannot be used"),
])
def test_a_broken_folder_says_where_the_fault_is_and_blames_nobody_else(course, spec, words):
    course("b.ad", spec, "def answer(parameters):\n    return 1.0\n")
    feedback = check("b.ad", 1.0)
    assert "not your fault" in feedback.refused
    assert words in feedback.refused


def test_a_broken_reference_or_an_unlisted_mistake_is_the_folders_fault(course):
    course("b.ref", NUMBER, "def answer(parameters):\n    return undefined\n")
    assert "undefined" in check("b.ref", 1.0).refused
    wrong = "def answer(parameters):\n    return 2.0\n"
    folder = course("b.list", NUMBER, "def answer(parameters):\n    return 1.0\n", wrong)
    (folder / "wrong" / "common.py").write_text("MISCONCEPTION = 'nobody.knows'\n" + wrong)
    assert "'nobody.knows'" in check("b.list", 3.0).refused
    (folder / "exercise.md").write_text("## Task\n\nonly this\n")
    assert "needs the sections" in check("b.list", 3.0).refused
    noisy = 'equivalence = "state"\n[circuit]\nqubits = ["a"]\n' + ONE
    course("b.mix", noisy, "from qiskit import QuantumCircuit\ndef answer(parameters):\n    qc = QuantumCircuit(2)\n"
                           "    qc.h(0)\n    qc.cx(0, 1)\n    return qc\n")
    assert "pure state" in check("b.mix", QuantumCircuit(1)).refused


@pytest.mark.parametrize(("spec", "value"), [
    (NUMBER, "float('nan')"), (NUMBER, "'one'"), ('equivalence = "number"\n[number]\nhigh = 0.5\n' + ONE, "1.0"),
    ('equivalence = "number"\n[number]\nparts = ["a"]\n' + ONE, "{'b': 1.0}"),
    ('equivalence = "key"\n' + ONE, "'012'"), ('equivalence = "state"\n[circuit]\nqubits = ["a"]\n' + ONE, "1.0"),
])
def test_a_reference_that_is_no_answer_is_the_folders_fault(course, spec, value):
    course("b.ref", spec, f"def answer(parameters):\n    return {value}\n")
    text = check("b.ref", {"a": 1.0} if "parts" in spec else "01" if "key" in spec else QuantumCircuit(1)
                 if "state" in spec else 0.1).refused
    assert "not your fault" in text
    assert "reference.py does not give an answer" in text


def test_a_wrong_answer_that_is_none_is_the_folders_fault(course):
    course("b.wrong", NUMBER, "def answer(parameters):\n    return 1.0\n", "def answer(parameters):\n    return None\n")
    assert "common.py does not give an answer" in check("b.wrong", 2.0).refused
    assert check("b.wrong", 1.0).correct


def test_a_misconception_listed_twice_is_found(tmp_path):
    (tmp_path / "misconceptions.toml").write_text(
        '[[misconception]]\nid = "teleport.no_z"\nconcept = 6\nsentence = "again"\n')
    with pytest.raises(ValueError, match="listed twice"):
        read_misconceptions([tmp_path])


# ------------------------------------------------------------------------------------------ where folders lie


def test_folders_are_found_by_name_above_and_beside(course, tmp_path, monkeypatch):
    course("n.own", NUMBER, "def answer(parameters):\n    return 1.0\n")
    assert "n.own" in known_ids()
    assert "teleport.correct" in known_ids()  # beside the package
    above = tmp_path / "exercises"
    shutil.copytree(tmp_path / "my_course" / "n.own", above / "n.above")
    deep = tmp_path / "labs" / "first"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert "n.above" in known_ids()
    shutil.copytree(above / "n.above", above / "n.own")
    (above / "n.own" / "reference.py").write_text("def answer(parameters):\n    return 2.0\n")
    assert check("n.own", 1.0).correct  # the named folder comes first
    monkeypatch.delenv("QNETLAB_EXERCISES")
    assert check("n.own", 2.0).correct


def test_without_any_folder_the_three_places_are_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    beside = check("no.such", 1).refused
    assert f"I looked in {find('teleport.correct').folder.parent} (QNETLAB_EXERCISES is not set)." in beside
    monkeypatch.setattr(exercises, "__file__", str(tmp_path / "site" / "qnetlab" / "grading" / "exercises.py"))
    text = check("teleport.correct", 1).refused
    for place in ("QNETLAB_EXERCISES is not set", "above the working directory", "beside the package"):
        assert place in text
    monkeypatch.setenv("QNETLAB_EXERCISES", "no_such_folder")
    assert "'no_such_folder', which is no folder" in check("teleport.correct", 1).refused


def test_parameters_are_pinned_for_ever():
    """A grader must find the numbers that a student was shown, also with a later version of this package."""
    spec = find("teleport.fidelity").spec
    assert parameters_for("teleport.fidelity", spec, "practice") == {"f": 0.83}
    assert parameters_for("teleport.fidelity", spec, "alice") == {"f": 0.82}
    assert parameters_for("teleport.fidelity", spec, "alice", b"course secret") == {"f": 0.92}
    assert Path(find("teleport.fidelity").folder).name == "teleport.fidelity"
