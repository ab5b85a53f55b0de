"""The concept test: recorded and never marked, its answers in no readable file, scored by who knows them."""

from __future__ import annotations

import csv
import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from qnetlab.grading.concept_items import (
    Entry,
    answered,
    letters,
    lock_key,
    open_key,
    read_key,
    read_tests,
)
from qnetlab.grading.concept_report import concept_key, concept_report
from qnetlab.grading.concept_test import concept_test
from qnetlab.grading.exercises import roots
from qnetlab.grading.journal import journal
from qnetlab.grading.lock import Locked, lock, unlock
from qnetlab.grading.misconceptions import read_misconceptions
from qnetlab.grading.progress import progress
from qnetlab.grading.spec import BrokenExercise

ROOT = Path(__file__).resolve().parents[2]
TEST = read_tests([ROOT / "exercises"])["foundations"]
IDEAS = read_misconceptions(roots())

SMALL = """
title = "Small"
misconceptions = ["ideas.signalling", "ideas.split"]
[[item]]
id = "one"
concept = 3
question = "First?"
options = { a = "x", b = "y", c = "z" }
[[item]]
id = "two"
concept = 1
question = "Second?"
options = { a = "x", b = "y", c = "z" }
[[item]]
id = "three"
concept = 1
question = "Third?"
options = { a = "x", b = "y" }
"""
KEY = """
[[item]]
id = "one"
right = "b"
why = "so"
shows = { a = "ideas.signalling", c = "ideas.split" }
[[item]]
id = "two"
right = "a"
why = "so"
shows = { b = "ideas.signalling", c = "ideas.signalling" }
[[item]]
id = "three"
right = "a"
why = "so"
shows = { b = "ideas.split" }
"""


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    lab = tmp_path / "lab"
    lab.mkdir()
    monkeypatch.chdir(lab)
    return lab


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A test whose answers may stand in this file: b a a."""
    folder = tmp_path / "exercises" / "concept_tests"
    folder.mkdir(parents=True)
    (folder / "small.toml").write_text(SMALL)
    monkeypatch.setenv("QNETLAB_EXERCISES", str(folder.parent))
    test = read_tests([folder.parent])["small"]
    lock_key(test, KEY)
    return test


# ------------------------------------------------------------------------------------------------- the foundations


def test_there_are_twelve_questions_two_for_each_concept():
    assert [item.concept for item in TEST.items] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert len({item.id for item in TEST.items}) == 12
    for item in TEST.items:
        assert item.question.endswith("?")
        assert list(item.options) == list("abcde")[:len(item.options)]
        assert 4 <= len(item.options) == len(set(item.options.values()))


def test_every_misconception_of_the_six_concepts_is_looked_for():
    assert {IDEAS[name].concept for name in TEST.misconceptions} == {0, 1, 2, 3, 4, 5}
    assert len(TEST.misconceptions) == len(set(TEST.misconceptions)) >= 15
    assert {name for name in IDEAS if name.startswith("ideas.")} >= set(TEST.misconceptions)


def test_the_key_is_there_for_these_questions_and_closed():
    """That it holds the right answers only a human can say; that it belongs to the questions stands inside it."""
    parts = json.loads(TEST.key_path.read_text(encoding="utf-8"))
    assert set(parts) == {"salt", "tag", "text"}
    assert len(parts["text"]) > 2000
    with pytest.raises(Locked):
        open_key(TEST, "a" * 12)


def test_no_readable_file_says_which_option_is_right():
    """Neither in what a student copies nor anywhere else: no file but the questions holds the text of an option."""
    option = TEST.items[7].options["c"]
    holders = [path.relative_to(ROOT).as_posix() for folder in ("qnetlab", "exercises", "notebooks", "docs", "tests")
               for path in (ROOT / folder).rglob("*")
               if path.is_file() and path.suffix in (".md", ".toml", ".py", ".ipynb", ".key", ".js")
               and option in path.read_text(encoding="utf-8")]
    assert holders == ["exercises/concept_tests/foundations.toml"]
    raw = tomllib.loads(TEST.path.read_text(encoding="utf-8"))
    assert {name for row in raw["item"] for name in row} == {"id", "concept", "question", "options"}


def test_questions_are_shown_without_a_mark():
    card = concept_test("foundations")
    assert card.title == "Foundations: 12 questions"
    assert card.mood == "note"
    assert not re.search(r"✓|right|correct|ideas\.", repr(card).replace("surely", ""))


# ------------------------------------------------------------------------------------------------------- a student


def test_answers_are_recorded_shown_again_and_can_be_changed(small):
    card = concept_test("small", before="B, ? a")
    assert card.title == "Small, before: recorded, 2 of 3 answered"
    assert "I do not know yet" in repr(card)
    concept_test("small", before="b c a")
    assert answered(journal().events(), small) == {"before": "bca"}
    rows = [" ".join(line.split()) for line in repr(concept_test("small", after="baa")).splitlines()]
    assert "2. c a x" in rows
    assert "still count" in repr(concept_test("small", before="ccb"))
    assert answered(journal().events(), small) == {"before": "bca", "after": "baa"}
    assert "✓ recorded  ✓ recorded" in repr(progress)


@pytest.mark.parametrize(("said", "words"), [
    ("ba", "There are 3 questions, and 2 answers in 'ba'"), ("", "0 answers"), ("bab!", "4 answers"),
    ("bad", "Question 3 has the options a, b, or ? for none; got 'd'"), (["b"], "a text of letters"), (3, "a text of")])
def test_answers_that_do_not_fit_are_told_so_and_not_recorded(small, said, words):
    card = concept_test("small", before=said)
    assert card.title == "Small: not recorded"
    assert words in " ".join(repr(card).split())
    assert not journal().events()


def test_both_at_once_and_unknown_tests_are_answered_in_words(small):
    assert "not both" in repr(concept_test("small", before="baa", after="baa"))
    for name in ("smal", None, 3):
        assert "There are: small, foundations" in repr(concept_test(name))


def test_a_broken_test_is_the_authors_fault_and_says_where(small):
    for bad, words in ((SMALL.replace("options", "optoins"), "an item does not know 'optoins'"),
                       (SMALL.replace('title = "Small"', ""), "title is missing"),
                       (SMALL.replace("a = \"x\"", "A = \"x\""), "options with the letters"), ("[", "small.toml")):
        small.path.write_text(bad)
        assert words in " ".join(repr(concept_test("small")).split())
        with pytest.raises(BrokenExercise):
            read_tests(roots())
        assert repr(progress)


# --------------------------------------------------------------------------------------------------------- the key


def test_the_key_opens_with_the_right_answers_in_any_writing_only(small):
    assert open_key(small, "B a, a")["one"] == Entry(
        right="b", why="so", shows={"a": "ideas.signalling", "c": "ideas.split"})
    assert "✓ b" in repr(concept_key("baa", "small"))
    for wrong in ("aaa", "", "baaa"):
        assert "stays closed" in repr(concept_key(wrong, "small"))
        with pytest.raises(ValueError, match="answers must be the right ones"):
            concept_report(".", wrong, "small")


def test_a_key_for_other_questions_says_so(small):
    small.path.write_text(SMALL.replace("First?", "The first?"))
    assert "made for other questions" in " ".join(repr(concept_key("baa", "small")).split())


@pytest.mark.parametrize("damaged", ["", "{}", '{"salt": "!", "tag": "", "text": ""}', "[]"])
def test_a_damaged_key_says_so(small, damaged):
    small.key_path.write_text(damaged)
    assert "It is damaged" in repr(concept_key("baa", "small"))
    with pytest.raises(Locked):
        unlock(damaged, "baa")


def test_the_same_text_is_locked_differently_each_time():
    assert len({lock("text", "abc") for _ in range(3)}) == 3
    assert unlock(lock("|+> θ", "abc"), "abc") == "|+> θ"


def test_a_key_that_does_not_fit_its_test_is_refused(small):
    for bad, words in ((KEY.replace('"two"', '"other"'), "items of the test"),
                       (KEY.replace('b = "ideas.split"', 'a = "ideas.split"'), "the key of 'three'"),
                       (KEY.replace('c = "ideas.split"', 'c = "ideas.amplify"'), "ideas.amplify")):
        with pytest.raises(ValueError, match=words):
            lock_key(small, bad)
    assert list(read_key(KEY)) == ["one", "two", "three"]


# ------------------------------------------------------------------------------------------------------ the class


def hand_in(desk, folder, name, archived=False, **said):
    """One student's file; the journal of the working directory is used up."""
    for when, answers in said.items():
        concept_test("small", **{when: answers})
    place = folder / name
    if archived:
        progress.save("lab.zip")
        folder.mkdir(exist_ok=True)
        shutil.move("lab.zip", folder / f"{name}.zip")
    else:
        place.mkdir(parents=True)
        shutil.copy("progress.json", place)
    (desk / "progress.json").unlink()


@pytest.fixture
def handed_in(small, desk, tmp_path):
    folder = tmp_path / "handed_in"
    hand_in(desk, folder, "ada", before="aab", after="baa")
    hand_in(desk, folder, "ben", before="cba", after="caa", archived=True)
    hand_in(desk, folder, "=cy", before="??a", after="aaa")
    hand_in(desk, folder, "dan", before="bbb")
    (folder / "eve.json").write_text("{")
    (folder / "fay.zip").write_bytes(b"PK")
    return folder


def test_the_class_is_scored_by_hand_counted_numbers(handed_in):
    report = concept_report(handed_in, "b a a", "small")
    assert report.scores == {"=cy": (1, 2), "ada": (1, 3), "ben": (1, 2)}
    assert report.only_once == ("dan",)
    assert [text.partition(" ")[0] for text in report.unread] == ["eve.json", "fay.zip"]
    # 3 of 9 right before, 7 of 9 after: (7 - 3)/(9 - 3)
    assert report.gain.value == pytest.approx(4 / 6)
    # after - before/3 is 5/9, 8/9, 5/9: standard deviation sqrt(3)/9, over sqrt(3) and over 1 - 1/3
    assert report.gain.std_error == pytest.approx(1 / 6)
    ideas = {row.id: row for row in report.ideas}
    # signalling can be shown in two questions by three students: ada's a, ben's b; then cy's a
    assert (ideas["ideas.signalling"].before.value, ideas["ideas.signalling"].after.value) == (2 / 6, 1 / 6)
    assert ideas["ideas.signalling"].gain == pytest.approx(0.5)
    assert (ideas["ideas.signalling"].gone, ideas["ideas.signalling"].kept, ideas["ideas.signalling"].new) == (2, 0, 1)
    assert (ideas["ideas.split"].gone, ideas["ideas.split"].kept, ideas["ideas.split"].new) == (1, 1, 0)
    items = {row.id: row for row in report.items}
    assert (items["two"].before.value, items["two"].after.value, items["two"].gain) == (1 / 3, 1.0, 1.0)
    assert items["three"].gain == 1.0
    assert "3 students" in repr(report)
    assert "Could not be read" in repr(report)


def test_table_figure_and_file_tell_the_same(handed_in, tmp_path):
    report = concept_report(handed_in, "baa", "small")
    figure = report.figure()
    assert list(figure.data[0].y) == [row.id.removeprefix("ideas.") for row in report.ideas]
    assert list(figure.data[1].x) == [row.after.value for row in report.ideas]
    assert "<svg" in figure._repr_html_()
    report.to_csv(tmp_path / "gains.csv")
    rows = list(csv.DictReader((tmp_path / "gains.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["id"] for row in rows if row["kind"] == "student"] == ["'=cy", "ada", "ben"]
    assert {row["id"]: row["gain"] for row in rows if row["kind"] == "misconception"}["ideas.signalling"] == "0.50"
    assert len(rows) == 3 + 3 + 2
    assert "ideas.signalling" in report._repr_html_()


def test_an_empty_class_a_perfect_one_and_a_missing_folder(small, desk, tmp_path):
    with pytest.raises(ValueError, match="folder must be one"):
        concept_report(tmp_path / "nowhere", "baa", "small")
    folder = tmp_path / "handed_in"
    folder.mkdir()
    report = concept_report(folder, "baa", "small")
    assert report.gain is None
    assert "nobody answered both" in repr(report)
    hand_in(desk, folder, "ada", before="baa", after="bac")
    assert concept_report(folder, "baa", "small").gain is None
    with pytest.raises(ValueError, match="name must be one of small, foundations"):
        concept_report(folder, "baa", "other")


def test_answers_to_older_questions_do_not_count(small, desk, tmp_path):
    hand_in(desk, tmp_path / "handed_in", "ada", before="aab", after="baa")
    small.path.write_text(SMALL.replace("First?", "The first?"))
    lock_key(read_tests(roots())["small"], KEY)
    assert concept_report(tmp_path / "handed_in", "baa", "small").students == ()


def test_letters_are_read_as_people_write_them():
    assert letters(" A; b\nC, ?.") == "abc?"
