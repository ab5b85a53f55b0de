"""What the notebook of an assignment brings along: a student's own numbers, for ``exercise`` and ``check``.

Those numbers are made with the course's secret, so no computer but the lecturer's can compute them. The first code cell
of the notebook therefore calls :func:`use`. In a graded run nobody believes it: the grader computes them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..codec import from_json
from .cards import Card, Line
from .feedback import Feedback
from .parameters import parameters_for, student
from .spec import Spec


@dataclass(frozen=True, slots=True)
class HandedOut:
    """One exercise as it was handed out. ``complete``: no number is kept from the student."""

    assignment: str
    title: str
    parameters: Mapping[str, Any]
    given: Mapping[str, Any]
    qubits: tuple[str, ...]
    bits: tuple[str, ...]
    complete: bool


#: The one key of a table that stands for a value of the package.
JSON = "value as JSON"
_IN_USE: dict[str, HandedOut] = {}


def use(assignment: str, exercises: Mapping[str, Mapping[str, Any]]) -> None:
    """Take an assignment's numbers: for each exercise ``title``, ``parameters``, ``given``, ``qubits``, ``bits``.

    They take the place of those from before; with an empty table ``exercise`` and ``check`` are back at practice.

    >>> use("lab3", {"teleport.fidelity": {"parameters": {"f": 0.83}}})
    >>> from qnetlab import exercise
    >>> exercise("teleport.fidelity").parameters
    {'f': 0.83}
    >>> use("", {})
    """
    _IN_USE.clear()
    for name, entry in exercises.items():
        _IN_USE[name] = HandedOut(
            assignment, str(entry.get("title", name)), _values(entry.get("parameters", {})),
            _values(entry.get("given", {})), tuple(entry.get("qubits", ())), tuple(entry.get("bits", ())),
            bool(entry.get("complete", True)))


def _values(written: Any) -> Any:
    """What was written down as plain data, with values of the package where ``{JSON: text}`` stands for one."""
    if isinstance(written, Mapping):
        return from_json(written[JSON]) if set(written) == {JSON} else {
            key: _values(inner) for key, inner in written.items()}
    return type(written)(map(_values, written)) if isinstance(written, (list, tuple)) else written


def handed_out(name: Any) -> HandedOut | None:
    """The exercise as the notebook brought it along, if it did."""
    return _IN_USE.get(name) if isinstance(name, str) else None


def numbers(name: str, spec: Spec) -> dict[str, Any]:
    """The numbers that count here: those handed out, else those of practice."""
    found = handed_out(name)
    return dict(found.parameters) if found is not None and found.complete else parameters_for(name, spec, student())


def noted(found: HandedOut, name: str) -> Card:
    """What ``check`` says where it cannot judge: not all that it takes is on this computer."""
    return Card(f"{found.title} ({name}): noted", "note", (
        Line("", f"This one is marked after you handed in {found.assignment}; here nothing can judge it. Its hints "
                 "stand folded below the task."),))


def points(feedback: Feedback | Card) -> float:
    """Show what ``check`` said, and give its points as a plain number, which is what nbgrader looks for."""
    from IPython.display import display

    display(feedback)  # type: ignore[no-untyped-call]
    return float(feedback.points) if isinstance(feedback, Feedback) else 0.0
