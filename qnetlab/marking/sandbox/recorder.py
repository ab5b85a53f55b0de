"""What ``check``, ``exercise``, ``predict`` and ``concept_test`` are in a graded run: they note, and say nothing.

Feedback comes in the report. Whoever replaces these functions only keeps the own answers from being sent.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from ...grading import concept_test as concept_tests
from ...grading import exercises, practice, predictions
from ...grading.cards import Card, Line
from .encode import TooMuch, encode

Send = Callable[[dict[str, Any]], None]
_NOTHING = object()


class Recorder:
    """Stands in for the functions of a practice notebook."""

    def __init__(self, send: Send, tasks: Mapping[str, Any]) -> None:
        self.send, self.tasks = send, tasks
        self.functions: dict[str, Any] = {}
        self.handed_over: set[str] = set()
        self.revealed: set[str] = set()

    def check(self, name: Any, answer: Any = _NOTHING, *, hint: Any = None) -> Card:
        """Note an answer; the last one for an exercise counts."""
        if answer is _NOTHING or not isinstance(name, str):
            return Card("No hints in a graded run", "note", ())
        try:
            data = encode(answer)
        except TooMuch as reason:
            data = {"is": f"too much: {reason}".rstrip(".")}
        except Exception as reason:  # noqa: BLE001 - an object may raise anything when it is looked at
            data = {"is": f"something that cannot be looked at ({type(reason).__name__})"}
        if callable(answer):
            self.functions[name] = answer
        self.handed_over.add(name)
        self.send({"at": "answer", "exercise": name[:200], "data": data})
        return Card(f"{name}: handed over", "note", (Line("", "The report will say how it went."),))

    def exercise(self, name: Any) -> Any:
        """The task as it was handed out."""
        if not isinstance(name, str) or name not in self.tasks:
            raise exercises.UnknownExercise(name, f"There is no exercise {name!r} in this assignment.")
        return self.tasks[name]

    def predict(self, name: Any, choice: Any = None, *, reveal: bool = False) -> Card:
        """Note a prediction."""
        if isinstance(name, str) and isinstance(choice, str):
            when = "after" if name in self.revealed else "before"
            self.send({"at": "prediction", "question": name[:200], "choice": choice[:200], "when": when})
        if isinstance(name, str) and reveal:  # what is said of it from here on, its answer has been seen
            self.revealed.add(name)
        return Card("Prediction", "note", ())

    def concept_test(self, name: Any, *, before: Any = None, after: Any = None) -> Card:
        """Note the letters of a concept test."""
        for when, said in (("before", before), ("after", after)):
            if isinstance(name, str) and isinstance(said, str):
                self.send({"at": "concept test", "test": name[:200], "when": when, "said": said[:200]})
        return Card("Concept test", "note", ())

    def stand_in(self) -> None:
        """Take the places of the functions that a notebook imports."""
        facade = sys.modules[__name__.partition(".")[0]]
        for module, name in ((practice, "check"), (exercises, "exercise"), (predictions, "predict"),
                             (concept_tests, "concept_test")):
            setattr(module, name, getattr(self, name))
            setattr(facade, name, getattr(self, name))
