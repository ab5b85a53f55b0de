"""Copied, deleted, duplicated and relabelled cells."""

from __future__ import annotations

from tests.attacks.arena import FAIR, FAIR_MARK, WRONG, Attack

_OWN = {"exercise": "teleport.fidelity", "answer": "result"}
_RIGHT = 'f = exercise("teleport.fidelity").parameters["f"]\nresult = f + (1 - f) / 3'

ATTACKS = [
    Attack(name="copied", marks=FAIR_MARK, says="is there 2 times", cells=("result = 0.1", _RIGHT),
           tags={1: _OWN, 2: _OWN}),
    Attack(name="last-counts", says="handed over 2 times", cells=(FAIR, WRONG)),
    Attack(name="deleted", says="no longer in the notebook|Nothing was handed over", cells=("x = 1", "result = 0.9"),
           tags={1: {"exercise": "teleport.correct", "answer": "x"}}),
    Attack(name="from-elsewhere", marks=FAIR_MARK, says="not from its own", cells=("result = ...", FAIR),
           tags={1: {"exercise": "teleport.fidelity"}}),
    Attack(name="relabelled", says="is not a circuit|should be", cells=(_RIGHT,),
           tags={1: {"exercise": "teleport.correct", "answer": "result"}}),
    Attack(name="answer-is-a-program", cells=("x = 1",),
           tags={1: {"exercise": "teleport.fidelity", "answer": "__import__('os').system('touch @ROOT@/@HERE@')"}}),
    Attack(name="answer-from-outside", cells=("x = 1",), tags={1: {"exercise": "teleport.fidelity", "answer": "open"}}),
    Attack(name="exercise-from-a-path", marks=FAIR_MARK, cells=("x = 1", FAIR),
           tags={1: {"exercise": "../../../etc/passwd", "answer": "x", "version": "<b>" * 40}}),
    Attack(name="later-cell-overwrites", marks=FAIR_MARK, cells=(_RIGHT, "result = 0.1"), tags={1: _OWN}),
]
