"""Predictions are recorded before the answer is shown, then stand beside it, apart from what is said later."""

from __future__ import annotations

import pytest

from qnetlab.grading.exercises import roots
from qnetlab.grading.journal import journal
from qnetlab.grading.predictions import predict, read_questions
from qnetlab.grading.progress import progress

QUESTION = "teleport.before_bits"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_question_is_shown_with_its_options_and_nothing_is_recorded():
    text = repr(predict(QUESTION))
    for key, option in read_questions(roots())[QUESTION].options.items():
        assert key in text
        assert option in text
    assert "Your turn" in text
    assert not progress.predicted
    assert not journal().path.exists()


def test_the_answer_is_not_shown_before_a_prediction_nor_with_it():
    sentence = "arrow sits at the center for every message (F = 1/2)"
    assert sentence not in repr(predict(QUESTION, reveal=True))
    assert "predict first" in repr(predict(QUESTION, reveal=True))
    assert sentence not in repr(predict(QUESTION, "message"))
    assert sentence not in repr(predict(QUESTION))
    assert "You predicted: message" in repr(predict(QUESTION))
    revealed = repr(predict(QUESTION, reveal=True))
    assert sentence in " ".join(revealed.split())
    assert "not as predicted" in revealed
    assert "You predicted: message" in revealed


def test_the_example_can_be_copied_and_names_the_first_option():
    keys = list(read_questions(roots())[QUESTION].options)
    text = " ".join(repr(predict(QUESTION)).split())
    assert f'Your turn: predict("{QUESTION}", "{keys[0]}"), or with "{keys[1]}"' in text
    assert all(f'"{key}"' in text for key in keys)


def test_after_the_answer_was_seen_nobody_is_sent_to_find_out():
    assert "find out" in repr(predict(QUESTION, "message"))
    predict(QUESTION, reveal=True)
    text = " ".join(repr(predict(QUESTION, "center")).split())
    assert "find out" not in text
    assert "you have seen the answer already" in text


def test_a_right_prediction_is_told_so():
    predict(QUESTION, "message")
    predict(QUESTION, " Center ")
    card = predict(QUESTION, reveal=True)
    assert card.mood == "good"
    assert card.title.endswith(": as predicted")
    assert progress.predicted == {QUESTION: "center"}


def test_the_whole_text_of_an_option_is_a_choice_too():
    predict("teleport.one_bit", "as good as measuring and phoning: 2/3.")
    assert progress.predicted == {"teleport.one_bit": "2/3"}


def test_what_is_said_after_the_answer_does_not_replace_the_prediction():
    predict(QUESTION, "message")
    predict(QUESTION, reveal=True)
    card = predict(QUESTION, "center", reveal=True)
    assert card.title.endswith(": not as predicted")
    assert "Since then you said: center" in repr(card)
    assert progress.predicted == {QUESTION: "message"}


def test_the_same_choice_again_is_not_repeated():
    predict(QUESTION, "message")
    predict(QUESTION, reveal=True)
    text = repr(predict(QUESTION, "message"))
    assert "You predicted: message" in text
    assert "Since then" not in text


@pytest.mark.parametrize("choice", ["nonsense", "", 3, True, 0.5, ["center"], object()])
def test_a_choice_that_is_none_is_told_so_and_not_recorded(choice):
    assert "not recorded" in predict(QUESTION, choice).title
    assert not progress.predicted


@pytest.mark.parametrize("name", ["no.such", "", None, 3, [], "<b>"])
def test_an_unknown_question_is_answered_in_words(name):
    card = predict(name, "center")
    assert card.mood == "note"
    assert "<b>" not in card._repr_html_()
    assert not progress.predicted


def test_a_group_is_listed_with_what_was_predicted():
    predict("claims.instant", "true")
    card = predict("claims")
    assert card.title == "claims: 12 questions"
    rows = {" ".join(line.split()) for line in repr(card).splitlines()}
    assert 'claims.instant "Measuring one entangled particle instantaneously affects the other." true' in rows
    assert 'claims.unhackable "The quantum internet is unhackable: its secrecy is absolute." –' in rows
    assert predict("claims", "true").title == "claims: 12 questions"
    assert progress.predicted == {"claims.instant": "true"}


def test_a_group_with_options_of_its_own_for_each_question_shows_them():
    predict("teleport.before_bits", "center")
    rows = [" ".join(line.split()) for line in repr(predict("teleport")).splitlines()]
    assert any(row.startswith("teleport.one_bit: One of the two bits is lost") for row in rows)
    assert "2/3 As good as measuring and phoning: 2/3." in rows
    assert "center The same for every message: no arrow at all, F = 1/2. ← you predicted" in rows


def test_a_group_is_revealed_as_far_as_it_was_predicted():
    predict("teleport.before_bits", "center")
    predict("teleport.one_bit", "1/2")
    card = predict("teleport", reveal=True)
    assert card.title == "teleport: 1 of 4 as predicted"
    text = " ".join(repr(card).split())
    assert "teleport.before_bits: as predicted" in text
    assert "It is: 2/3: As good as measuring and phoning: 2/3." in text
    assert "teleport.missing_z: predict first" in text
    assert "only the inputs that survive" not in text.lower()


def test_a_misspelled_question_is_recognized():
    assert "Did you mean 'teleport.one_bit'" in " ".join(repr(predict("teleport.onebit")).split())


def test_a_broken_list_of_questions_says_so(tmp_path, monkeypatch):
    folder = tmp_path / "exercises"
    folder.mkdir()
    row = ('[[question]]\nid = "a"\nconcept = 1\nquestion = "?"\nright = "no"\nsentence = "s"\n'
           'options = {{ {} = "x" }}\n')
    (folder / "predictions.toml").write_text(row.format("yes"))
    assert "not one of its options" in repr(predict("a"))
    assert "broken" in repr(progress)
    for bad, words in ((row.replace("[[question]]", "[question]"), "write [[question]] with double brackets"),
                       (row.replace("concept", "concpt"), "a question does not know 'concpt'; known: concept"),
                       (row.replace('sentence = "s"', ""), "the question 'a' lacks sentence"),
                       (row.replace('{{ {} = "x" }}', '["no"]'), "options as a table")):
        (folder / "predictions.toml").write_text(bad.format("no"))
        assert words in " ".join(repr(predict("a")).split())
    (folder / "predictions.toml").write_text(row.format("no"))
    predict("a", "no")
    assert progress.predicted == {"a": "no"}


def test_the_table_shows_what_is_open_and_what_is_settled():
    predict(QUESTION, "center")
    predict("claims.instant", "true")
    predict(QUESTION, reveal=True)
    rows = [" ".join(line.split()) for line in repr(progress).splitlines()]
    assert rows[0].endswith("2 predictions")
    assert f"{QUESTION} center ✓ as predicted" in rows
    assert "claims.instant true open" in rows


def test_a_list_may_be_a_folder_with_a_file_per_subject(tmp_path):
    (tmp_path / "exercises" / "predictions").mkdir(parents=True)
    row = ('[[question]]\nid = "{}"\nconcept = 1\nquestion = "?"\nright = "no"\nsentence = "s"\n'
           'options = {{ no = "x" }}\n')
    for name in ("own.b", "own.a"):
        (tmp_path / "exercises" / "predictions" / f"{name}.toml").write_text(row.format(name))
    assert predict("own").title == "own: 2 questions"
