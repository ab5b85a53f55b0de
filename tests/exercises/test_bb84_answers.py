"""Answers as students give them: other than the wrong files, yet the same mistakes."""

from __future__ import annotations

import pytest

from qnetlab.grading.exercises import find, roots
from qnetlab.grading.judging import judge
from qnetlab.grading.misconceptions import read_misconceptions

LIST = read_misconceptions(roots())


def judged(name, answer, parameters):
    return judge(find(name), answer, parameters, LIST)


@pytest.mark.parametrize("session", range(1, 25))
def test_whose_bits_are_kept_changes_nothing_in_the_mistake(session):
    """Bob's bits where the bases differ are other coins: too many kept is still too many."""
    exercise = find("bb84.sift")
    rows = {name: row.split() for name, row in exercise.given({"session": session}).items()}
    lines = list(zip(rows["alice_bits"], rows["alice_bases"], rows["bob_bases"], rows["bob_bits"], strict=True))
    clicked = "".join(seen for _, _, _, seen in lines if seen != "-")
    assert judged("bb84.sift", clicked, {"session": session}).misconceptions == ("bb84.kept_every_click",)
    kept = [int(seen) for _, basis, other, seen in lines if basis == other and seen != "-"]
    assert judged("bb84.sift", kept, {"session": session}).correct
    slip = [1 - kept[0], *kept[1:]]
    feedback = judged("bb84.sift", slip, {"session": session})
    assert feedback.misconceptions == () and feedback.points == 1.0
    assert f"The first difference is bit 1 of {len(kept)}." in repr(feedback)


def test_each_session_is_another_one():
    assert len({str(find("bb84.sift").given({"session": session})) for session in range(1, 25)}) == 24


RIGHT = {"clicks": "public", "alice_bases": "public", "bob_bases": "public", "bases_before": "secret",
         "sample": "spent", "sifted": "secret", "error_count": "public"}


@pytest.mark.parametrize(("other", "said"), [
    ({"bases_before": "public", "sample": "public"}, {"bb84.bases_any_time", "bb84.sample_stays_key"}),
    ({"alice_bases": "secret", "bob_bases": "secret", "sample": "public"},
     {"bb84.bases_are_secret", "bb84.sample_stays_key"}),
    ({"error_count": "spent"}, set()),
])
def test_two_mistakes_at_once_are_both_named(other, said):
    assert set(judged("bb84.public", {**RIGHT, **other}, {}).misconceptions) == said


@pytest.mark.parametrize("answer", ["", "0", "0101"])
def test_a_key_of_no_known_mistake_is_not_asked_for_the_rows_of_its_table(answer):
    feedback = judged("bb84.sift", answer, {"session": 1})
    words = " ".join(repr(feedback.card()).split())
    assert not feedback.misconceptions and "as many bits as there should be" in words
    assert "rows of the table" not in words
