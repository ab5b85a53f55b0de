"""The worked answer to an exercise with one student's numbers, as text; shown in reports once the deadline is over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..grading.exercises import Exercise
from ..grading.spec import BrokenExercise

_LONGEST = 6000


def worked(exercise: Exercise, parameters: Mapping[str, Any]) -> str:
    """The reference as a reader wants it: a circuit drawn, numbers and words by name, a function as its source.

    >>> from qnetlab.grading.exercises import find
    >>> worked(find("teleport.fidelity"), {"f": 0.85})
    '0.9'
    >>> worked(find("swap.frame"), {})
    'XX: z\\nYY: both\\nZZ: x'
    """
    spec = exercise.spec
    if spec.function is not None:
        return (exercise.folder / "reference.py").read_text(encoding="utf-8")[:_LONGEST]
    try:
        answer = exercise.reference(parameters)
    except BrokenExercise:
        return ""
    if spec.circuit is not None:
        return str(answer.draw("text", fold=100))[:_LONGEST]
    unit = f" {spec.number.unit}" if spec.number is not None and spec.number.unit else ""
    if isinstance(answer, Mapping):
        return "\n".join(f"{part}: {_said(value)}{unit}" for part, value in answer.items())[:_LONGEST]
    return f"{_said(answer)}{unit}"[:_LONGEST]


def _said(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_said, value))
    return str(value)
