"""Answers nobody foresaw, put together by what they do: one message then answers all who did the same.

Two answers do the same when all of their measures agree within the exercise's tolerance, whatever their text. A single
wrong number depends on the student's own parameters, so it is also looked at beside the right one and beside each
parameter: whoever forgot the same factor stands together, although no two numbers are equal.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..grading.exercises import Exercise
from ..grading.functions import Cases
from ..grading.judging import observe, target
from ..grading.parameters import fill

FILE = "messages.json"
Record = Mapping[str, Any]


def seen_of(exercise: Exercise, answer: Any, parameters: Mapping[str, Any], cases: Cases) -> dict[str, Any]:
    """What is kept of an answer that shows no known mistake, for the assistant's eyes."""
    wanted = target(exercise, parameters, cases)
    observed = observe(exercise, answer, wanted, parameters, cases)
    right = observe(exercise, wanted, wanted, parameters, cases).measures if exercise.spec.number is not None else {}
    return {"measures": dict(observed.measures), "tolerance": observed.tolerance, "right": dict(right),
            "parameters": {name: value for name, value in parameters.items()
                           if isinstance(value, (int, float)) and not isinstance(value, bool)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Answers that do the same: ``how`` they were compared, and the ``values`` that they have in common."""

    exercise: str
    how: str
    values: Mapping[str, float]
    students: tuple[str, ...]
    shown: str

    @property
    def id(self) -> str:
        """A short name; the same class gives the same one."""
        rounded = {name: float(f"{value:.3g}") for name, value in sorted(self.values.items())}
        key = json.dumps([self.exercise, self.how, rounded])
        return f"{self.exercise}#{hashlib.sha256(key.encode()).hexdigest()[:6]}"

    def words(self) -> str:
        """What these answers do, in a line or two."""
        if len(self.values) == 1:
            return f"{self.how}, always {next(iter(self.values.values())):.4g}"
        return self.shown or ", ".join(f"{name} = {value:.3g}" for name, value in list(self.values.items())[:6])


def _views(seen: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, tuple[float, float]]]]:
    """Ways to look at an answer: measure -> value and tolerance, the plainest way first."""
    measures, tolerance, right = seen["measures"], max(seen["tolerance"], 1e-9), seen["right"]
    yield "what it does", {name: (value, tolerance) for name, value in measures.items()}
    if not right:
        return
    yield "minus the right number", {name: (value - right[name], tolerance) for name, value in measures.items()}
    if all(abs(right[name]) > 10 * tolerance for name in measures):
        yield "divided by the right number", {
            name: (value / right[name], tolerance / abs(right[name])) for name, value in measures.items()}
    if len(measures) == 1:
        [(name, value)] = measures.items()
        for parameter, given in seen["parameters"].items():
            yield f"minus {parameter}", {name: (value - given, tolerance)}
            if abs(given) > 10 * tolerance:
                yield f"divided by {parameter}", {name: (value / given, tolerance / abs(given))}


def _fits(view: Mapping[str, tuple[float, float]], values: Mapping[str, float]) -> bool:
    return view.keys() == values.keys() and all(
        math.isfinite(value) and abs(value - values[name]) <= tolerance for name, (value, tolerance) in view.items())


def clusters(current: Mapping[str, Record]) -> list[Cluster]:
    """All answers of no known mistake, the largest cluster first; whoever is alone is a cluster of one."""
    waiting: dict[str, dict[str, Record]] = {}
    for student, record in current.items():
        for entry in record["exercises"]:
            if entry.get("seen"):
                waiting.setdefault(entry["id"], {})[student] = entry
    found = []
    for exercise, entries in sorted(waiting.items()):
        views = {student: dict(_views(entry["seen"])) for student, entry in entries.items()}
        while views:
            how, values, students = _largest(views)
            found.append(Cluster(exercise=exercise, how=how, values=values, students=tuple(students),
                                 shown=entries[students[0]].get("counterexample", "")))
            for student in students:
                del views[student]
    return sorted(found, key=lambda cluster: (-len(cluster.students), cluster.id))


def _largest(views: Mapping[str, Mapping[str, Mapping[str, tuple[float, float]]]]
             ) -> tuple[str, dict[str, float], list[str]]:
    """The way to look that puts most students together; of equal ones the plainest."""
    best: tuple[str, dict[str, float], list[str]] = ("", {}, [])
    for student in views:
        for how, view in views[student].items():
            values = {name: value for name, (value, _) in view.items()}
            same = [other for other in views if how in views[other] and _fits(views[other][how], values)]
            if len(same) > len(best[2]):
                best = (how, values, same)
    return best if best[2] else (next(iter(views[next(iter(views))])), {}, [next(iter(views))])


# ------------------------------------------------------------------------------------------------ messages


def read_messages(folder: Path) -> list[dict[str, Any]]:
    """The messages written so far; raises ValueError if the file is damaged."""
    path = folder / FILE
    if not path.exists():
        return []
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, list):
        raise ValueError(f"{path} is no list of messages.")
    return found


def message(cluster: Cluster, sentence: str) -> dict[str, Any]:
    """What is kept of a sentence for a cluster: it finds everybody who does the same, also later."""
    return {"id": cluster.id, "exercise": cluster.exercise, "how": cluster.how, "values": dict(cluster.values),
            "sentence": sentence}


def answered(record: Record, messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A record in which answers of no known mistake are told what the assistant wrote about them."""
    exercises = []
    for entry in record["exercises"]:
        seen = entry.get("seen")
        views = dict(_views(seen)) if seen else {}
        fits = [one for one in messages if one["exercise"] == entry["id"] and _fits(
            views.get(one["how"], {}), one["values"])] if views else []
        exercises.append(entry if not fits else entry | {
            "misconceptions": [one["id"] for one in fits],
            "sentences": [fill(one["sentence"], seen["parameters"]) for one in fits]})
    return dict(record) | {"exercises": exercises}


def as_toml(messages: Sequence[Mapping[str, Any]], concepts: Mapping[str, int]) -> str:
    """The messages as entries of a course's ``misconceptions.toml``.

    >>> print(as_toml([{"id": "a.b#12ab", "exercise": "a.b", "sentence": "No."}], {"a.b": 6}))
    [[misconception]]
    id = "a.b_12ab"
    concept = 6
    sentence = "No."
    <BLANKLINE>
    """
    return "\n".join(
        f"[[misconception]]\nid = {json.dumps(one['id'].replace('#', '_'))}\n"
        f"concept = {concepts.get(one['exercise'], 0)}\n"
        f"sentence = {json.dumps(one['sentence'], ensure_ascii=False)}\n" for one in messages)
