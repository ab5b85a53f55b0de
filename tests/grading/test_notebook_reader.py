"""Whatever file is handed in, it is read or refused in words."""

from __future__ import annotations

import contextlib
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnetlab.marking.limits import Limits
from qnetlab.marking.notebooks import BadNotebook, read_bytes, read_notebook
from tests.grading.notebook_files import notebook

SMALL = Limits(notebook_mb=1, cells=5)


def test_cells_tags_and_stamp_are_read():
    raw = notebook("check('a.b', 1)", "x = 2", stamp={"assignment": "lab", "student": "ada", "versions": {"a.b": "1"}},
                   tags={2: {"exercise": "c.d", "answer": "x", "version": "7"}})
    found = read_notebook(raw, SMALL)
    assert [cell.code for cell in found.cells] == ["check('a.b', 1)", "x = 2"]
    assert (found.cells[1].exercise, found.cells[1].answer, found.cells[1].version) == ("c.d", "x", "7")
    assert found.named() == ("a.b", "c.d")
    assert found.stamp == {"assignment": "lab", "student": "ada", "versions": {"a.b": "1"}}


def test_a_copied_answer_cell_is_noticed():
    raw = notebook("x = 1", "x = 2", tags={1: {"exercise": "c.d"}, 2: {"exercise": "c.d"}})
    assert "2 times (cells 1, 2)" in read_notebook(raw, SMALL).notes[0]


@pytest.mark.parametrize(("raw", "words"), [
    (b"", "empty"),
    (b"{", "damaged"),
    (b"\xff\xfe", "damaged"),
    (b"[]", "no list of cells"),
    (b'{"nbformat": 3, "cells": []}', "format 4"),
    (b"[" * 100_000, "nested"),
    (json.dumps({"nbformat": 4, "cells": [{}] * 6}).encode(), "at most 5"),
    (b'{"nbformat": 4, "cells": [], "x": ' + b"1" * 5000 + b"}", "damaged"),
])
def test_what_is_no_notebook_is_said_in_words(raw, words):
    with pytest.raises(BadNotebook, match=words):
        read_notebook(raw, SMALL)


def test_damaged_cells_are_left_out_and_named():
    raw = json.dumps({"nbformat": 4, "cells": [
        1, {"cell_type": "code", "source": 5}, {"cell_type": "code", "source": ["a", 1]},
        {"cell_type": "code", "source": "\ud800x", "metadata": {"qnetlab": {"answer": "__import__('os')"}}}]}).encode()
    found = read_notebook(raw, SMALL)
    assert [cell.number for cell in found.cells] == [4]
    assert found.cells[0].answer == "" and found.cells[0].code == "?x"
    assert len(found.notes) == 3


@pytest.mark.posix
def test_only_a_plain_file_of_reasonable_size_is_opened(tmp_path):
    real = tmp_path / "real.ipynb"
    real.write_bytes(notebook("1"))
    link = tmp_path / "link.ipynb"
    link.symlink_to(real)
    os.mkfifo(tmp_path / "pipe.ipynb")
    big = tmp_path / "big.ipynb"
    big.write_bytes(b" " * (2 << 20))
    assert read_bytes(real, SMALL) == notebook("1")
    for path, words in ((link, "symbolic link"), (tmp_path / "pipe.ipynb", "no file"), (tmp_path, "no file"),
                        (big, "2 MB"), (tmp_path / "none", "not readable")):
        with pytest.raises(BadNotebook, match=words):
            read_bytes(path, SMALL)


values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=10),
                      lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
                          st.sampled_from(["cells", "cell_type", "source", "metadata", "qnetlab", "exercise", "code"]),
                          inner, max_size=4), max_leaves=30)


def with_cells(cells):
    """A notebook whose cells are nearly right."""
    return json.dumps({"nbformat": 4, "cells": [
        {"cell_type": "code", "source": "x", **cell} if isinstance(cell, dict) else cell for cell in cells]}).encode()


@given(st.one_of(st.binary(max_size=200), values.map(lambda value: json.dumps(value).encode()),
                 st.lists(values, max_size=5).map(with_cells)))
def test_any_file_is_read_or_refused_in_words(raw):
    with contextlib.suppress(BadNotebook):
        assert all(isinstance(cell.code, str) for cell in read_notebook(raw, SMALL).cells)
