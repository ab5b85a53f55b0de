"""What helps comes first, and it is true: order of a card, words for single numbers, structure of a circuit."""

from __future__ import annotations

import numpy as np
import pytest

from qnetlab.grading.cards import Card, Line
from qnetlab.grading.exercises import exercise, find, known_ids
from qnetlab.grading.practice import check
from qnetlab.grading.predictions import predict
from qnetlab.grading.spec import BrokenExercise, read_spec


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def in_order(text, *words):
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def teleportation(*, corrections):
    """The right circuit up to the measurements, then what ``corrections`` adds."""
    circuit = exercise("teleport.correct").stub()
    message, alice, bob = circuit.qubits
    circuit.h(alice)
    circuit.cx(alice, bob)
    circuit.cx(message, alice)
    circuit.h(message)
    circuit.measure([message, alice], circuit.clbits)
    corrections(circuit, bob, *circuit.clbits)
    return check("teleport.correct", circuit)


def test_the_likely_mistake_and_the_next_step_stand_above_the_tables():
    feedback = check("teleport.correct", exercise("teleport.correct").stub())
    for shown in (repr(feedback), feedback._repr_html_()):
        in_order(shown, "not yet", "Likely:", "Next:", "Counter-example:", "criterion", "expected out")
    with_hint = repr(check("teleport.correct", exercise("teleport.correct").stub(), hint=1))
    in_order(with_hint, "Likely:", "Hint: 1 of 3.", "criterion")
    assert "Next:" not in with_hint
    right = repr(check("teleport.correct", find("teleport.correct").reference({})))
    in_order(right, "correct, 4 of 4", "Think on:", "criterion")
    assert "Likely:" not in right


def test_an_empty_circuit_is_not_contradicted():
    text = " ".join(repr(check("teleport.correct", exercise("teleport.correct").stub())).split())
    assert "every message arrives, with at most two classical bits and no quantum wire crossing" in text


def test_a_note_begins_with_its_title():
    cards = (predict("teleport.before_bits"), check("teleport.correct", hint=1), check("no.such", 1))
    for card, title in zip(cards, ("teleport.before_bits: ", "Teleport a qubit (", "no.such: "), strict=True):
        assert repr(card).startswith(title)
        assert f"<strong>{title}" in card._repr_html_()


def test_a_ket_does_not_break_across_lines():
    html = Card("From |-> to |+i>", "note", (Line("", "a |0>-|1> & 3 | 4 > 2"),))._repr_html_()
    for ket in ("|-&gt;", "|+i&gt;", "|0&gt;", "|1&gt;"):
        assert f"<span style='white-space:nowrap'>{ket}</span>" in html
    assert html.count("<span") == 4


# ------------------------------------------------------------------------------------------ the structure of a circuit


def test_pythons_if_is_told_from_gates_that_always_act():
    def pythons_if(circuit, bob, alice_z, alice_x):
        if alice_x == 1:
            circuit.x(bob)
        if alice_z == 1:
            circuit.z(bob)

    def always(circuit, bob, alice_z, alice_x):
        circuit.x(bob)
        circuit.z(bob)

    def sign_always(circuit, bob, alice_z, alice_x):
        circuit.z(bob)

    assert teleportation(corrections=pythons_if).misconceptions == ("teleport.no_if_test",)
    assert teleportation(corrections=always).misconceptions == ("teleport.unconditional",)
    assert teleportation(corrections=sign_always).misconceptions == ("teleport.unconditional",)


def test_a_circuit_with_an_if_test_is_never_told_that_it_has_none():
    def one_if_test(circuit, bob, alice_z, alice_x):
        with circuit.if_test((alice_z, 1)):
            circuit.x(bob)

    assert "contains no if_test" not in " ".join(repr(teleportation(corrections=one_if_test)).split())


def test_a_bit_may_be_used_again_once_it_was_looked_at():
    """Only an overwritten result that nothing looked at is lost."""
    circuit = exercise("teleport.correct").stub()
    message, alice, bob = circuit.qubits
    bit = circuit.clbits[0]
    circuit.h(alice)
    circuit.cx(alice, bob)
    circuit.cx(message, alice)
    circuit.h(message)
    circuit.measure(alice, bit)
    with circuit.if_test((bit, 1)):
        circuit.x(bob)
    circuit.measure(message, bit)
    feedback = check("teleport.correct", circuit)
    assert feedback.misconceptions == ("teleport.no_z",)
    with circuit.if_test((bit, 1)):
        circuit.z(bob)
    assert check("teleport.correct", circuit).correct


# ------------------------------------------------------------------------------------------ numbers


def test_a_single_number_is_compared_with_what_is_known_and_the_answer_stays_hidden():
    f = exercise("teleport.fidelity").parameters["f"]
    right = (1 + 2 * f) / 3
    words = {number: " ".join(repr(check("teleport.fidelity", number)).split())
             for number in (0.1, f - 0.02, right + 0.006, right - 0.006)}
    low, middle, *near = words.values()
    assert "0.1 is not above 2/3, which measuring and phoning reaches with no pair at all: can that be?" in low
    assert f"is not above f = {f}, the fidelity of the pair itself: can that be?" in middle
    said = {text[text.index("Likely"):text.index("Next")] for text in near}
    assert len(said) == 1  # a little too much and a little too little are told the same
    for text in words.values():
        assert "rows of the table" not in text
        assert f"{right:.3f}" not in text


def test_several_numbers_keep_their_table():
    assert "Which rows of the table" in " ".join(repr(check("teleport.before_bits", {
        "before": 0.4, "x_bit": 0.4, "z_bit": 0.4})).split())


@pytest.mark.parametrize("two_thirds", [0.66, 0.667, 0.67, 2 / 3])
def test_two_decimals_are_enough_rounded_or_cut_off(two_thirds, monkeypatch):
    for number in range(12):
        monkeypatch.setenv("QNETLAB_STUDENT", f"student {number}")
        found = find("teleport.before_bits")
        right = found.reference(exercise("teleport.before_bits").parameters)
        assert check("teleport.before_bits", {part: int(value * 100) / 100 for part, value in right.items()}).correct
        assert check("teleport.before_bits", {**right, "before": two_thirds}).misconceptions == (
            "teleport.limit_before_bits",)
        assert check("teleport.before_bits", {"before": 0.5, "x_bit": two_thirds, "z_bit": two_thirds}
                     ).misconceptions == ("teleport.average_for_one",)


@pytest.mark.parametrize(("number", "words"), [
    ('[number.landmarks]\n"somewhere" = "g"\n', "neither a number nor a parameter"),
    ('parts = ["a", "b"]\n[number.landmarks]\n"one" = 1.0\n', "without parts"),
])
def test_a_landmark_that_cannot_be_used_is_the_folders_fault(tmp_path, number, words):
    (tmp_path / "spec.toml").write_text(
        f'title = "T"\nconcept = 1\nequivalence = "number"\n[number]\n{number}[[criteria]]\nname = "c"\npoints = 1\n')
    with pytest.raises(BrokenExercise, match=words):
        read_spec(tmp_path / "spec.toml")


def test_a_number_without_landmarks_is_not_sent_to_a_table(tmp_path, monkeypatch):
    folder = tmp_path / "exercises" / "n.bare"
    folder.mkdir(parents=True)
    (folder / "exercise.md").write_text((find("teleport.fidelity").folder / "exercise.md").read_text(encoding="utf-8"),
                                        encoding="utf-8")
    (folder / "spec.toml").write_text(
        'title = "T"\nconcept = 1\nequivalence = "number"\n[number]\n[[criteria]]\nname = "c"\npoints = 1\n')
    (folder / "reference.py").write_text("def answer(parameters):\n    return 3.0\n")
    assert "n.bare" in known_ids()
    text = " ".join(repr(check("n.bare", 2.0)).split())
    assert "No known mistake gives this number. Between which two values must it lie, and does it?" in text


@pytest.mark.parametrize(("answer", "words"), [
    (np.array([0.5]), "this is a numpy array. Use .item() to take the number out."),
    (np.array([0.5, 0.6]), "this is a numpy array. Pick one number out of it."),
    (b"0.5", "this is bytes."),
    (10**400, "this one is larger than a float holds"),
])
def test_what_was_handed_over_is_named_in_words(answer, words):
    assert words in check("teleport.fidelity", answer).refused


def test_a_wait_is_compared_with_its_landmarks_in_seconds():
    text = " ".join(repr(check("fiber.wait", 0.2)).split())
    assert "It is above a nanosecond, after which the next photon starts, and below the age of the universe" in text
    text = " ".join(repr(check("fiber.wait", 1e20)).split())
    assert "1e+20 is not below the age of the universe: can that be?" in text


def test_a_capacity_is_told_on_which_side_of_one_and_two_bits_it_lies():
    words = {number: " ".join(repr(check("superdense.capacity", number)).split()) for number in (0.5, 1.95, 120)}
    assert "0.5 is not above 1 bit, which a qubit carries without any pair: can that be?" in words[0.5]
    assert "above 1 bit, which a qubit carries without any pair, and below 2 bits" in words[1.95]
    assert "in bits per sent qubit" in words[120]
    assert "percent" not in words[120]


@pytest.mark.parametrize(("answer", "words"), [
    ("0.5", "this is the text '0.5'. Leave out the quotation marks."),
    ("85 %", "this is the text '85 %'. Without quotation marks and percent sign: 0.85."),
    ("half", "Write a number without quotation marks, such as 0.25, or let Python compute one"),
    ("2 sqrt(2)", "or let Python compute one, such as 2 ** -0.5."),
    ([0.5], "this is a list. Leave out the brackets."),
    ((0, 5), "this is a tuple. Pick one number."),
    ({"F": 0.5}, "this is a dict. Pick one of its numbers."),
])
def test_what_is_no_number_is_told_how_to_become_one(answer, words):
    assert words in check("teleport.fidelity", answer).refused


@pytest.mark.parametrize(("name", "number", "words"), [
    ("chsh.readout", 2 * 2**0.5, "That is 2.828, which only a perfect pair with perfect readouts reaches. The right "
                                 "number lies below it."),
    ("chsh.readout", 2.828, "That is 2.828, which only"),
    ("chsh.readout", 2, "That is 2, which any answers agreed beforehand can reach. The right number lies above it."),
    ("bell.fidelity", 1, "That is 1, which takes three perfect correlators. The right number lies below it."),
    ("mixed.differ", 0, "That is 0, which a perfect pair gives. The right number lies above it."),
    ("counting.decibels", 0.38, "0.38 is not below 0.1, which 10 dB leave: can that be?"),
    ("counting.shots", 0.5, "0.5 is not above 100, which leave an error of 0.03 or more: can that be?"),
    ("counting.changed", 40, "40 is not below 4, as not even four bars of a single day fit between them: can that be?"),
])
def test_a_landmark_that_is_handed_in_is_no_step_past_it(name, number, words):
    assert words in " ".join(repr(check(name, number)).split())


def made(name, *gates):
    circuit = exercise(name).stub()
    for gate, *places in gates:
        getattr(circuit, gate)(*places)
    return circuit


@pytest.mark.parametrize(("gates", "mistake"), [
    ((), "bell.no_superposition"),
    ((("h", 0),), "bell.cx_does_nothing"),
    ((("cx", 0, 1), ("h", 0)), "bell.cx_does_nothing"),
    ((("h", 1),), "bell.cx_does_nothing"),
    ((("h", 0), ("cx", 0, 1), ("measure_all",)), "bell.measured"),
])
def test_a_beginners_half_of_a_bell_state_is_recognized(gates, mistake, monkeypatch):
    for number in range(6):
        monkeypatch.setenv("QNETLAB_STUDENT", f"student {number}")
        assert check("bell.make", made("bell.make", *gates)).misconceptions == (mistake,)


def test_degrees_in_place_of_radians_are_recognized():
    gates = (("h", 2), ("cx", 2, 3), ("ch", 0, 2), ("ry", -45, 3), ("cry", 90, 1, 3),
             ("measure", 2, 0), ("measure", 3, 1))
    assert check("chsh.settings", made("chsh.settings", *gates)).misconceptions == ("chsh.degrees",)


def test_where_nothing_is_right_the_words_do_not_ask_which_rows_are():
    text = " ".join(repr(check("bell.make", made("bell.make", ("h", 0), ("h", 1)))).split())
    assert "rows of the table" not in text
    assert "Follow the counter-example through your circuit, one gate after the other" in text


@pytest.mark.parametrize("said", ["1%", "1 %", " 1 % .", "1%."])
def test_spaces_in_a_prediction_do_not_matter(said):
    assert predict("counting.twenty_db", said).title.endswith(": recorded")


def test_a_task_that_asks_for_a_circuit_says_circuit():
    task = exercise("basis.tell_apart")  # its bit is called answer
    assert repr(task).endswith('Your answer: check("basis.tell_apart", circuit)')
    assert task._repr_markdown_().endswith('Your answer: `check("basis.tell_apart", circuit)`')
    assert 'second argument: check("basis.tell_apart", circuit).' in repr(check("basis.tell_apart"))
    assert 'second argument: check("teleport.fidelity", answer).' in repr(check("teleport.fidelity"))
