"""Counts: valid once built, equal by value, and every malformed file answered with its line."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab.qkd.counts import Counts

GOOD = "intensity,basis,sent,sifted,errors\n0.5,Z,4000,200,4\n0.5,X,4000,190,5\n0.1,Z,1000,10,1\n0.1,X,1000,12,0\n"


def counts(**other):
    fields = {"intensities": (0.5, 0.1), "probabilities": (0.8, 0.2), "sent": [[4000, 4000], [1000, 1000]],
              "sifted": [[200, 190], [10, 12]], "errors": [[4, 5], [1, 0]]}
    return Counts(**{**fields, **other})


def test_text_and_file_give_the_same(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text(GOOD)
    assert Counts.from_csv(GOOD) == Counts.from_csv(path) == Counts.from_csv(str(path)) == counts()
    assert hash(Counts.from_csv(GOOD)) == hash(counts())


@pytest.mark.parametrize("text", [
    GOOD.replace(",", ";"), GOOD.replace(",", "\t"), GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD,
    "# a remark, with commas;\n\n" + GOOD,
    GOOD.replace("Z", " z "), GOOD.replace("sent", " Sent "),
    "errors,sifted,sent,basis,intensity\n4,200,4000,Z,0.5\n5,190,4000,X,0.5\n1,10,1000,Z,0.1\n0,12,1000,X,0.1\n",
])
def test_what_spreadsheets_write_is_read(text):
    assert Counts.from_csv(text) == counts()


def test_a_record_survives_its_own_csv():
    odd = counts(intensities=(1 / 3, 0), probabilities=(0.1, 0.9))
    assert Counts.from_csv(odd.to_csv()) == odd


def line(text, number, to):
    lines = text.split("\n")
    lines[number - 1] = to
    return "\n".join(lines)


@pytest.mark.parametrize(("text", "says"), [
    ("\n", "The file is empty"),
    ("intensity,basis,sent,sifted,errors\n", "counts must have rows"),
    (GOOD.replace("errors", "error"), "'errors' in place of 'error'"),
    (GOOD.replace(",errors", ""), "must have the columns .*missing='errors'"),
    (GOOD.replace("errors", "errors,weather"), "a column must be one of .*'weather'"),
    (GOOD.replace("errors", "errors,errors"), "every column must stand once"),
    (line(GOOD, 3, "0.5,X,4000,190"), "line=3, cells=4, columns=5"),
    (line(GOOD, 3, "0,5,X,4000,190,5"), "decimal comma"),
    (line(GOOD, 3, "0.5,Y,4000,190,5"), "basis must be Z or X; got line=3, basis='Y'"),
    (line(GOOD, 3, "0.5,X,4000,190,-5"), "errors must be a whole number >= 0; got line=3, errors='-5'"),
    (line(GOOD, 3, "0.5,X,4e3,190,5"), "sent must be a whole number"),
    (line(GOOD, 3, "0.5,X,4000.0,190,5"), "sent must be a whole number"),
    (line(GOOD, 3, "0.5,X,,190,5"), "sent must be a whole number"),
    (line(GOOD, 3, "0.5,X,٣,190,5"), "sent must be a whole number"),
    (line(GOOD, 3, f"0.5,X,{'9' * 5000},190,5"), "at most 2\\^53"),
    (line(GOOD, 3, f"0.5,X,{2**53 + 1},190,5"), "at most 2\\^53"),
    (line(GOOD, 3, "0.5,X,4000,190,191"), "errors must be <= sifted; got line=3"),
    (line(GOOD, 3, "0.5,X,189,190,5"), "sifted must be <= sent; got line=3"),
    (line(GOOD, 3, "half,X,4000,190,5"), "intensity must be a number >= 0; got line=3, intensity='half'"),
    (line(GOOD, 3, "nan,X,4000,190,5"), "intensity must be"),
    (line(GOOD, 3, "inf,X,4000,190,5"), "intensity must be"),
    (line(GOOD, 3, "-0.5,X,4000,190,5"), "intensity must be"),
    (line(GOOD, 3, "0.5,Z,4000,190,5"), "one row only; got line=3.*first seen in line=2"),
    (line(GOOD, 3, '"0.5,X,4000,190,5'), "readable as CSV; got line=3"),
    (line(GOOD, 3, "# lost"), "a row for Z and one for X; got intensity=0.5, missing basis='X'"),
    ("intensity,basis,sent,sifted,errors\n0.5,Z,0,0,0\n0.5,X,0,0,0", "some pulse must have been sent"),
    ("intensity,basis,sent,sifted,errors,probability\n0.5,Z,9,0,0,0.4\n0.5,X,9,0,0,0.6", "same in both rows"),
    ("intensity,basis,sent,sifted,errors,probability\n0.5,Z,9,0,0,0.4\n0.5,X,9,0,0,0.4", "sum to 1"),
    ("intensity,basis,sent,sifted,errors,probability\n0.5,Z,9,0,0,40\n0.5,X,9,0,0,40", "0 to 1; got line=2"),
])
def test_a_malformed_text_is_answered_in_words(text, says):
    with pytest.raises(ValueError, match=f"(?s){says}.*; got|; got.*{says}|{says}") as caught:
        Counts.from_csv(text)
    assert "; got " in str(caught.value) and " Try " in str(caught.value) and len(str(caught.value)) < 500


@pytest.mark.parametrize("raw", [GOOD.encode("utf-16"), GOOD.encode("utf-16-le"), b"\x00\x01",
                                 b"intensit\xe4t,basis\n1,Z"])
def test_another_encoding_is_answered_in_words(tmp_path, raw):
    path = tmp_path / "counts.csv"
    path.write_bytes(raw)
    with pytest.raises(ValueError, match="must be UTF-8 text; got file=.* Try saving it as 'CSV UTF-8'"):
        Counts.from_csv(path)


def test_no_file_and_no_path(tmp_path):
    with pytest.raises(FileNotFoundError):
        Counts.from_csv(tmp_path / "nowhere.csv")
    for nothing in ("", " ", "a\0b"):
        with pytest.raises(ValueError, match="must come from a path or from text"):
            Counts.from_csv(nothing)
    for nothing in (None, 3, b"intensity"):
        with pytest.raises(TypeError, match="must come from a path or from text"):
            Counts.from_csv(nothing)


@settings(max_examples=300, deadline=None)
@given(st.one_of(
    st.text(max_size=200).map(lambda s: s + "\n"),
    st.lists(st.lists(st.sampled_from(
        ["0.5", "0.1", "Z", "X", "7", "4000", "", '"', "-1", "1e9", "٣", "\0", "intensity",
        "basis", "sent", "sifted", "errors"]), max_size=7).map(",".join), max_size=6).map(
        lambda rows: "\n".join(["intensity,basis,sent,sifted,errors", *rows]) + "\n"),
))
def test_any_text_is_counts_or_is_answered_in_words(text):
    found, words = None, ""
    try:
        found = Counts.from_csv(text)
    except ValueError as problem:
        words = str(problem)
    if found is None:
        assert "; got " in words and " Try " in words
    else:
        assert Counts.from_csv(found.to_csv()) == found


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=120))
def test_any_bytes_are_counts_or_are_answered_in_words(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    path.write_bytes(raw)
    with pytest.raises(ValueError, match="(?s); got .* Try "):
        Counts.from_csv(path)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 2**40)] * 6), min_size=1, max_size=4), st.data())
def test_any_counts_survive_csv(numbers, data):
    intensities = data.draw(st.lists(st.floats(0, 10), min_size=len(numbers), max_size=len(numbers), unique=True))
    tables = [[sorted(six[:3], reverse=True), sorted(six[3:], reverse=True)] for six in numbers]
    made = Counts(intensities=intensities, probabilities=[1 / len(numbers)] * len(numbers),
                  **{name: [[z[i], x[i]] for z, x in tables] for i, name in enumerate(("sent", "sifted", "errors"))})
    assert Counts.from_csv(made.to_csv()) == made


@pytest.mark.parametrize(("field", "bad", "error"), [
    ("sent", [[1, 2]], ValueError), ("sent", [1, 2], TypeError), ("sent", "x", TypeError), ("sent", None, TypeError),
    ("sent", [[1, 2, 3], [1, 2, 3]], TypeError), ("sent", [[1, 2], [3]], TypeError),
    ("sent", [[4000.5, 1], [1, 1]], TypeError), ("sent", [[True, 1], [1, 1]], TypeError),
    ("sifted", [[-1, 1], [1, 1]], ValueError), ("sifted", [[2**60, 1], [1, 1]], ValueError),
    ("errors", [[201, 0], [0, 0]], ValueError), ("sifted", [[4001, 5], [1, 0]], ValueError),
    ("intensities", (0.5, 0.5), ValueError), ("intensities", (0.5, -0.1), ValueError), ("intensities", 3, TypeError),
    ("intensities", (), ValueError), ("probabilities", (0.5, 0.4), ValueError), ("probabilities", (1,), ValueError),
])
def test_bad_fields_are_refused_in_words(field, bad, error):
    with pytest.raises(error, match="; got .* Try "):
        counts(**{field: bad})


def test_counts_are_a_value():
    one = counts()
    assert one == pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == eval(repr(one), {"Counts": Counts})
    assert one != counts(errors=[[4, 5], [1, 1]]) and one != 3
    with pytest.raises(ValueError, match="read-only"):
        one.sent[0, 0] = 5
    sent = np.array([[4000, 4000], [1000, 1000]])
    mine = counts(sent=sent)
    sent[0, 0] = 0
    assert mine == one and mine.sent.dtype == np.int64 and mine.pulses == 10_000


def test_an_undefined_error_rate_is_not_zero():
    assert counts().qber("Z").value == 5 / 210
    assert counts().qber("X", 0.5).value == 5 / 190
    with pytest.raises(ValueError, match="undefined, not 0"):
        counts(sifted=[[0, 1], [0, 0]], errors=[[0, 0], [0, 0]]).qber("Z")
    with pytest.raises(ValueError, match="'Z' or 'X'"):
        counts().qber("Y")
    with pytest.raises(ValueError, match="one of those sent"):
        counts().qber("Z", 0.3)
