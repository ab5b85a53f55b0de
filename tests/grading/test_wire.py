"""A process that a student has taken over may send what it likes: the grader reads it or gives it up, nothing else."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnetlab.marking.attempt import Attempt, Sandbox, _Run
from qnetlab.marking.limits import Limits
from qnetlab.marking.notebooks import Cell
from qnetlab.marking.sandbox.ladder import Rung
from qnetlab.marking.sandbox.wire import Gone, TooLate, Wire, WireError, pack

CELLS = [Cell(number=2, code=""), Cell(number=5, code="")]


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Wire(ours, longest=1000, budget=10_000), theirs


def test_messages_pass_and_an_end_is_noticed(pair):
    ours, theirs = pair
    theirs.sendall(pack({"a": 1}) + pack([2.5]))
    assert ours.receive() == {"a": 1} and ours.receive() == [2.5]
    theirs.close()
    with pytest.raises(Gone):
        ours.receive()


@pytest.mark.parametrize("sent", [
    struct.pack(">I", 1001), struct.pack(">I", 3) + b"NaN", struct.pack(">I", 2) + b"{]",
    struct.pack(">I", 2) + b"\xff\xff",
    struct.pack(">I", 900) + b"[" * 450 + b"]" * 450, struct.pack(">I", 5) + b"1e999"])
def test_what_breaks_the_rules_is_refused(pair, sent):
    ours, theirs = pair
    theirs.sendall(sent)
    with pytest.raises(WireError):
        ours.receive()


def test_a_message_that_never_ends_and_one_too_many_are_given_up(pair):
    ours, theirs = pair
    theirs.sendall(struct.pack(">I", 100) + b"x")
    with pytest.raises(TooLate):
        ours.receive(time.monotonic() + 0.05)
    theirs.sendall(struct.pack(">I", 100) * 10)
    ours.budget = 50
    with pytest.raises(WireError, match="allowed in all"):
        ours.receive(time.monotonic() + 1)


messages = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([2, 5, "teleport.correct"]),
    lambda inner: st.lists(inner, max_size=3) | st.fixed_dictionaries(
        {"at": st.sampled_from(["cell", "end", "answer", "prediction", "done", "result"])},
        optional={"n": inner, "error": inner, "exercise": inner, "data": inner, "choice": inner}), max_leaves=8)
begun = st.just({"at": "cell", "n": 2})


@given(st.lists(st.one_of(messages, begun, st.just({"at": "answer", "exercise": "a", "data": 1})), max_size=8))
def test_any_messages_are_read_or_given_up(sent):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for message in sent:
            theirs.sendall(pack(message))
        theirs.shutdown(socket.SHUT_WR)
        found, run = Attempt(), _Run()
        box = Sandbox(Rung(name="none"), Limits())
        with contextlib.suppress(WireError):
            box._talk(Wire(ours, longest=10_000), CELLS, {}, found, time.monotonic() + 5, lambda _: (), run)
        assert set(found.answers) <= {2, 5} and set(found.errors) <= {2, 5}
        assert all(isinstance(name, str) for rows in found.answers.values() for name, _ in rows)
        json.dumps([found.answers, found.errors, found.predictions])
