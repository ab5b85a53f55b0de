"""``check`` answers all in words: never a traceback, nothing counted that could not be judged, all text escaped."""

from __future__ import annotations

import decimal
import fractions
import math
from html.parser import HTMLParser

import numpy as np
import pytest
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister
from qiskit.circuit import Gate, Parameter
from qiskit.circuit.classical import expr

from qnetlab.estimate import Estimate
from qnetlab.grading.exercises import exercise, find, known_ids
from qnetlab.grading.feedback import Feedback
from qnetlab.grading.parameters import parameters_for, student
from qnetlab.grading.practice import check
from qnetlab.grading.progress import progress

CIRCUITS = ["teleport.correct", "superdense.decode"]
NUMBERS = ["teleport.before_bits", "teleport.fidelity"]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


class Hostile:
    """Raises whatever one does with it."""

    def __getattr__(self, name):
        raise RuntimeError("do not look")

    def __eq__(self, other):
        raise RuntimeError("do not compare")

    def __hash__(self):
        raise RuntimeError("do not hash")

    def __repr__(self):
        raise RuntimeError("do not show")

    def __float__(self):
        raise RuntimeError("no number")


class HostileCircuit(QuantumCircuit):
    @property
    def num_qubits(self):
        raise RuntimeError("do not count")


def with_loop(kind):
    circuit = QuantumCircuit(3, 2)
    if kind == "for":
        with circuit.for_loop(range(3)):
            circuit.x(0)
    elif kind == "while":
        with circuit.while_loop((circuit.clbits[0], 0)):
            circuit.x(0)
    else:
        with circuit.switch(circuit.clbits[0]) as case, case(0):
            circuit.x(0)
    return circuit


def with_expression():
    circuit = QuantumCircuit(3, 2)
    with circuit.if_test(expr.logic_not(circuit.clbits[0])):
        circuit.x(0)
    return circuit


def with_parameter():
    circuit = QuantumCircuit(3, 2)
    circuit.rx(Parameter("angle"), 0)
    return circuit


def with_opaque_gate():
    circuit = QuantumCircuit(3, 2)
    circuit.append(Gate("mystery", 1, []), [0])
    return circuit


def with_many_records():
    circuit = QuantumCircuit(3, 2)
    for _ in range(12):
        circuit.h([0, 1, 2])
        circuit.reset([0, 1, 2])
        circuit.h(0)
        circuit.measure(0, 0)
        circuit.cx(0, 1)
    return circuit


def with_many_gates():
    circuit = QuantumCircuit(3, 2)
    for _ in range(6000):
        circuit.h(0)
    return circuit


def half_named():
    return QuantumCircuit(QuantumRegister(1, "alice"), QuantumRegister(4, "others"), ClassicalRegister(2, "c"))


def with_wrong_matrix():
    class Amplifier(Gate):
        def __init__(self):
            super().__init__("amplifier", 1, [])

        def __array__(self, dtype=None, copy=None):
            return np.diag([2.0, 2.0])

    circuit = QuantumCircuit(3, 2)
    circuit.append(Amplifier(), [0])
    return circuit


ANYTHING = {
    "None": None, "text": "0.5", "html": "<script>alert(1)</script>", "huge text": "x" * 10**6, "bytes": b"0",
    "bool": True, "complex": 1j, "nan": math.nan, "inf": math.inf, "huge int": 10**5000,
    "decimal": decimal.Decimal("0.5"), "list": [0.5], "empty dict": {},
    "dict": {"before": None, "x_bit": [], "z_bit": {}}, "set": {1}, "array": np.eye(3),
    "object array": np.array([object()]), "class": QuantumCircuit, "function": math.sin, "lambda": lambda: 0.5,
    "module": math, "object": object(), "hostile": Hostile(), "generator": (i for i in range(3)), "type": type,
    "hostile circuit": HostileCircuit(3, 2), "ellipsis": ..., "exception": ValueError("<b>"),
}
BAD_CIRCUITS = {
    "no qubit": (QuantumCircuit(), "qubits"), "one qubit": (QuantumCircuit(1, 1), "this one has 1"),
    "30 qubits": (QuantumCircuit(30, 30), "this circuit has 30"), "for": (with_loop("for"), "for_loop"),
    "while": (with_loop("while"), "while_loop"), "switch": (with_loop("switch"), "switch_case"),
    "expression": (with_expression(), "expression"), "parameter": (with_parameter(), "angle"),
    "opaque gate": (with_opaque_gate(), "mystery"), "many gates": (with_many_gates(), "too long"),
    "many records": (with_many_records(), "records"), "half named": (half_named(), "named"),
    "not unitary": (with_wrong_matrix(), "not unitary"),
}


class Checked(HTMLParser):
    """Collects tags, and fails if they do not close properly."""

    def __init__(self):
        super().__init__()
        self.open, self.tags = [], set()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def tags_of(html):
    reader = Checked()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader.tags


def is_answered(feedback):
    assert isinstance(feedback, Feedback)
    assert not feedback.correct
    assert feedback.points == 0.0
    assert len(feedback.refused) > 20
    assert "Traceback" not in repr(feedback)
    assert tags_of(feedback._repr_html_()) <= {"div", "p", "strong", "br"}
    assert not progress.tries


@pytest.mark.parametrize("name", CIRCUITS + NUMBERS)
@pytest.mark.parametrize("kind", ANYTHING)
def test_a_wrong_kind_of_thing_is_told_so_and_does_not_count(name, kind):
    is_answered(check(name, ANYTHING[kind]))


@pytest.mark.parametrize("name", CIRCUITS)
@pytest.mark.parametrize("kind", [kind for kind in BAD_CIRCUITS if kind != "half named"])
def test_a_circuit_that_cannot_be_followed_is_told_why(name, kind):
    circuit, word = BAD_CIRCUITS[kind]
    feedback = check(name, circuit)
    is_answered(feedback)
    assert word in feedback.refused


def test_a_circuit_with_only_some_of_the_names_is_told_which_are_missing():
    feedback = check("teleport.correct", half_named())
    is_answered(feedback)
    assert "none named message, bob" in feedback.refused


def test_bits_that_nobody_wrote_are_named():
    circuit = exercise("superdense.decode").stub()
    circuit.measure_all()
    feedback = check("superdense.decode", circuit)
    is_answered(feedback)
    assert "Nothing was measured into z and x" in feedback.refused
    feedback = check("superdense.decode", QuantumCircuit(2, 5))
    is_answered(feedback)
    assert "c[5]" in feedback.refused


def test_numbers_out_of_range_or_by_text_are_told_apart():
    assert "from 0 to 1; this is 93" in check("teleport.fidelity", 93).refused
    assert "Is it in percent? Then write 0.93." in check("teleport.fidelity", 93).refused
    assert "larger than 1: check the brackets" in check("teleport.fidelity", 1.9).refused
    assert "percent" not in check("teleport.fidelity", 1.9).refused
    assert "percent" not in check("teleport.fidelity", -0.5).refused
    assert "put a number where the three dots are" in check("teleport.fidelity", ...).refused
    dots = {"before": ..., "x_bit": ..., "z_bit": ...}
    assert '"before" should be a number: put a number where' in check("teleport.before_bits", dots).refused
    assert "quotation marks" in check("teleport.fidelity", "0.93").refused
    assert "divided by zero" in check("teleport.fidelity", float("nan")).refused
    assert "'x_bit' and 'z_bit' are missing" in check("teleport.before_bits", {"before": 0.5}).refused
    assert not progress.tries


@pytest.mark.parametrize("kind", [float, np.float32, np.float64, fractions.Fraction, Estimate.exact])
def test_every_kind_of_real_number_is_read(kind):
    right = 1 - (1 - exercise("teleport.fidelity").parameters["f"]) * 2 / 3
    assert check("teleport.fidelity", kind(right)).correct


@pytest.mark.parametrize("name", [None, 3, QuantumCircuit(1), Hostile(), "", "no.such", "../secret", "teleport",
                                  "<script>alert(1)</script>"], ids=lambda value: type(value).__name__)
def test_an_unknown_exercise_is_answered_in_words(name):
    is_answered(check(name, 0.5))


def test_a_misspelled_exercise_is_recognized():
    assert "Did you mean 'teleport.correct'?" in check("teleport.corect", 0.5).refused
    with pytest.raises(ValueError, match=r"'\. Did you mean 'teleport\.correct'\? There are: ") as error:
        exercise("teleport.corect")
    shown = "\n".join(error.value._render_traceback_())  # what a notebook shows in place of a traceback
    assert shown == repr(check("teleport.corect", 0.5))


@pytest.mark.parametrize("hint", [0, 4, -1, 1.0, "1", True, Hostile(), np.eye(2)],
                         ids=lambda value: type(value).__name__)
def test_a_hint_that_does_not_exist_is_answered_in_words(hint):
    assert "numbered 1 to 3" in repr(check("teleport.correct", hint=hint))


def test_hints_come_one_by_one_and_join_the_feedback():
    shown = [repr(check("teleport.before_bits", hint=number)) for number in (1, 2, 3)]
    assert len(set(shown)) == 3
    assert "hint=2" in shown[0]
    assert "hint=" not in shown[2]
    assert "Hint: 1 of 3." in repr(check("teleport.before_bits", {"before": 1, "x_bit": 1, "z_bit": 1}, hint=1))


def test_without_an_answer_it_asks_for_one():
    assert 'check("teleport.fidelity", answer)' in repr(check("teleport.fidelity"))


@pytest.mark.parametrize("name", known_ids())
def test_feedback_reads_the_same_as_text_and_as_html_and_says_it_in_words(name):
    found = find(name)
    _, wrong = next(iter(found.wrong_answers(parameters_for(name, found.spec, student())).values()))
    feedback = check(name, wrong)
    text, html = repr(feedback), feedback._repr_html_()
    assert "not yet" in text
    assert "not yet" in html
    assert "Likely: " in text
    assert tags_of(html) <= {"div", "p", "strong", "br", "span", "table", "thead", "tbody", "tr", "th", "td"}
    assert "|0>" not in html  # written as |0&gt;
    assert progress.tries == {name: 1}
    assert feedback.to_dict()["points"] == feedback.points


def test_a_task_shows_the_students_own_numbers(monkeypatch):
    mine = exercise("teleport.fidelity")
    assert str(mine.parameters["f"]) in mine.prompt
    assert f"**f = {mine.parameters['f']}**" in mine._repr_markdown_()
    others = set()
    for number in range(40):
        monkeypatch.setenv("QNETLAB_STUDENT", f"student {number}")
        others.add(exercise("teleport.fidelity").parameters["f"])
    assert len(others) > 5
    with pytest.raises(ValueError, match="asks for numbers"):
        mine.stub()
