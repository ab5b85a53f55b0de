"""Whatever bytes or data arrive: a decoded value, or the one refusal that is meant for it. Never anything else."""

from __future__ import annotations

import contextlib
import json
import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnetlab.grading.answers import Unreadable, described
from qnetlab.grading.behavior import behavior
from qnetlab.grading.exercises import exercise, known_ids, read_exercise, roots
from qnetlab.grading.judging import judge
from qnetlab.grading.misconceptions import read_misconceptions
from qnetlab.grading.parameters import parameters_for
from qnetlab.marking.limits import Limits
from qnetlab.marking.notebooks import BadNotebook, read_notebook
from qnetlab.marking.plain import Called, decode
from qnetlab.marking.sandbox.encode import TooMuch, encode
from qnetlab.marking.sandbox.wire import Wire, WireError, unpack
from tests.grading.notebook_files import RIGHT, notebook

TEXTS = st.text(max_size=8) | st.sampled_from(["nan", "inf", "\ud800", "01", "0" * 300, "<script>", "\0", "h",
                                               "x" * 3000])
NUMBERS = st.integers(-3, 3) | st.integers() | st.floats() | st.sampled_from([10**20 + 1, -(10**400), 2**63, 1e308])
PLACES = st.lists(st.integers(-1, 5), max_size=3)
GATES = st.sampled_from(["h", "cx", "rx", "u", "ccx", "measure", "reset", "barrier", "matrix", "global_phase", "",
                         "while_loop", "nothing", "cu", "rzz", "mcx", "unitary"])
ROWS = st.recursive(
    st.tuples(GATES, st.lists(NUMBERS | st.lists(st.floats(-1, 1), max_size=2), max_size=4), PLACES, PLACES),
    lambda rows: st.tuples(
        st.just("if_else"), st.tuples(PLACES, st.integers(-1, 4), st.booleans()) | st.just("expression"), PLACES,
        PLACES, st.lists(st.lists(rows, max_size=3), max_size=3)), max_leaves=6)
REGISTERS = st.lists(st.tuples(st.sampled_from(["a", "b", "", "\ud800"]), PLACES), max_size=3)
CIRCUITS = st.fixed_dictionaries({
    "qubits": st.integers(-1, 5) | st.just(10**30), "clbits": st.integers(-1, 4), "qregs": REGISTERS,
    "cregs": REGISTERS, "data": st.lists(ROWS, max_size=6)})
KINDS = st.sampled_from(["float", "complex", "dict", "array", "dots", "circuit", "is", "function", "points", ""])
DATA = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS | CIRCUITS.map(lambda c: {"circuit": c}),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KINDS | TEXTS, inner, max_size=2)
    | KINDS.flatmap(lambda kind: inner.map(lambda value: {kind: value}))
    | st.lists(st.tuples(inner, inner), max_size=3).map(lambda pairs: {"dict": pairs}), max_leaves=12)


def as_it_arrives(data):
    """Through JSON, as on the wire; a value that JSON cannot write cannot arrive either."""
    return json.loads(json.dumps(data))


def decoded(data):
    try:
        return decode(data)
    except Unreadable:
        return None


@given(DATA)
def test_answers_are_decoded_or_refused(data):
    answer = decoded(as_it_arrives(data))
    assert isinstance(described(answer), str) and (isinstance(answer, Called) or len(described(answer)) < 10_000)


@given(CIRCUITS)
def test_circuits_are_decoded_or_refused_and_can_be_followed(data):
    circuit = decoded(as_it_arrives({"circuit": data}))
    if circuit is not None:
        with contextlib.suppress(Unreadable):
            behavior(circuit, read_exercise(FOLDERS["teleport.correct"]).spec.circuit)
        assert decoded(as_it_arrives({"circuit": encode(circuit)["circuit"]})) is not None


FOLDERS = {name: next(root / name for root in roots() if (root / name).is_dir()) for name in known_ids()}
ONE_OF_EACH = {read_exercise(folder).spec.equivalence: name for name, folder in sorted(FOLDERS.items())}


@given(st.sampled_from(sorted(ONE_OF_EACH)), DATA)
def test_every_kind_of_exercise_judges_whatever_was_decoded(kind, data):
    answer = decoded(as_it_arrives(data))
    if isinstance(answer, Called):
        return
    task = read_exercise(FOLDERS[ONE_OF_EACH[kind]])
    feedback = judge(task, answer, parameters_for(task.id, task.spec, "ada"), MISCONCEPTIONS)
    assert 0 <= feedback.points <= feedback.out_of
    json.dumps(feedback.to_dict(), allow_nan=False)
    feedback.card()._repr_html_()


MISCONCEPTIONS = read_misconceptions(list(roots()))


@given(st.recursive(NUMBERS | TEXTS | st.none() | st.complex_numbers() | st.binary(max_size=3), lambda inner: st.lists(
    inner, max_size=3) | st.tuples(inner) | st.dictionaries(TEXTS | NUMBERS, inner, max_size=3), max_leaves=8))
def test_what_the_encoder_writes_is_read_back(value):
    try:
        data = as_it_arrives(encode(value))
    except TooMuch:
        return
    try:
        decode(data)
    except Unreadable as reason:
        if "in the form that a check sends" in str(reason):
            raise


@given(st.binary(max_size=200) | st.recursive(
    st.sampled_from([b"1", b"NaN", b'"\\ud800"', b"1e999", b"-", b"9" * 5000]),
    lambda inner: inner.map(lambda b: b"[" + b + b"]") | inner.map(lambda b: b'{"at":' + b + b"}")))
def test_bodies_on_the_wire_are_read_or_refused(body):
    with contextlib.suppress(WireError):
        unpack(body)


@given(st.lists(st.binary(max_size=60) | st.sampled_from([b"\0\0\0\2{}", b"\xff" * 4, b"\0\0\0\0", b"\0\0\0\5[1"]),
                max_size=4))
def test_streams_on_the_wire_end_in_words(parts):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"".join(parts))
        theirs.shutdown(socket.SHUT_WR)
        wire = Wire(ours, longest=50, budget=500)
        with pytest.raises(WireError):
            list(iter(lambda: wire.receive(time.monotonic() + 5), object()))


NAMES = st.sampled_from(["cells", "nbformat", "metadata", "source", "cell_type", "qnetlab", "exercise", "answer",
                         "versions", "student"])
JSONS = st.recursive(st.none() | st.booleans() | NUMBERS | TEXTS, lambda inner: st.lists(inner, max_size=4)
                     | st.dictionaries(NAMES | TEXTS, inner, max_size=4), max_leaves=12)
TAGS = st.fixed_dictionaries({}, optional=dict.fromkeys(("exercise", "answer", "version"), TEXTS | JSONS))
CELLS = st.fixed_dictionaries(
    {"cell_type": st.just("code") | JSONS, "source": TEXTS | st.lists(TEXTS) | JSONS},
    optional={"metadata": st.fixed_dictionaries({"qnetlab": TAGS | JSONS}) | JSONS})
NOTEBOOKS = st.fixed_dictionaries(
    {"nbformat": st.just(4) | JSONS, "cells": st.lists(CELLS | JSONS, max_size=4) | JSONS},
    optional={"metadata": st.fixed_dictionaries({"qnetlab": JSONS}) | JSONS})


def read(raw):
    try:
        found = read_notebook(raw, Limits())
    except BadNotebook:
        return
    for cell in found.cells:
        cell.code.encode()
        assert len(cell.exercise) <= 100 and (not cell.answer or cell.answer.isidentifier())
    json.dumps([dict(found.stamp), found.named(), found.notes], allow_nan=False)


@given(NOTEBOOKS | JSONS)
def test_notebooks_are_read_or_refused(data):
    read(json.dumps(data).encode())


WHOLE = notebook(RIGHT, stamp={"student": "ada", "versions": {"teleport.correct": "1"}}, tags={1: {"exercise": "a.b"}})


@given(st.binary(max_size=300) | st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 40), st.binary(max_size=8)).map(
    lambda cut: WHOLE[:cut[0]] + cut[2] + WHOLE[cut[0] + cut[1]:]))
def test_damaged_files_are_read_or_refused(raw):
    read(raw)


def test_the_exercise_of_these_tests_is_there():
    assert exercise("teleport.correct").qubits and len(ONE_OF_EACH) >= 6
