"""``grades.csv`` and the summary of a class."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .report import put
from .roster import Student


def write_grades(path: Path, current: Mapping[str, Mapping[str, Any]], students: Sequence[Student] = ()) -> None:
    """One line per student of the roster and per student with a record; who handed in nothing has no points."""
    exercises = list(dict.fromkeys(entry["id"] for record in current.values() for entry in record["exercises"]))
    names = {student.id: student.name for student in students}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student", "name", "points", "out_of", *exercises, "notes"])
    for student in sorted({*names, *current}):
        record = current.get(student)
        if record is None:
            nothing = ["" for _ in exercises]
            writer.writerow([cell(student), cell(names[student]), "", "", *nothing, "nothing handed in"])
            continue
        points = {entry["id"]: entry["points"] for entry in record["exercises"]}
        notes = [f"{entry['id']} changed by hand" for entry in record["exercises"] if "reason" in entry]
        ended = ", ".join(str(entry["cell"]) for entry in record["cells"])
        notes += [f"cells that did not end well: {ended}"] if ended else []
        writer.writerow([cell(student), cell(names.get(student, "")), f"{record['points']:g}", f"{record['out_of']:g}",
                         *(f"{points[name]:g}" if name in points else "" for name in exercises),
                         cell("; ".join([*record["notes"], *notes]))])
    put(path, f"\ufeff{text.getvalue()}")  # the mark by which Excel knows UTF-8


def listed(path: Path) -> list[Student]:
    """Who stands in a ``grades.csv`` that was written before; nobody if there is none."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [Student(id=_text(row.get("student") or ""), name=_text(row.get("name") or ""))
                for row in csv.DictReader(file)]


def _text(written: str) -> str:
    """What :func:`cell` was given."""
    return written[1:] if written[:1] == "'" and cell(written[1:]) == written else written


def cell(text: str) -> str:
    """Text for a spreadsheet, which would compute what begins like a formula.

    >>> cell("=1+1"), cell("Ada")
    ("'=1+1", 'Ada')
    """
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def write_summary(path: Path, current: Mapping[str, Mapping[str, Any]]) -> None:
    """Points per criterion and the most frequent misconceptions, without names."""
    criteria: dict[str, dict[str, list[float]]] = {}
    mistakes: Counter[str] = Counter()
    for record in current.values():
        for entry in record["exercises"]:
            mistakes.update(entry["misconceptions"])
            for score in entry["scores"]:
                criteria.setdefault(entry["id"], {}).setdefault(score["name"], []).append(
                    score["points"] / score["out_of"] if score["out_of"] else 0.0)
    summary = {
        "students": len(current),
        "points": sorted(record["points"] for record in current.values()),
        "criteria": {name: {criterion: sum(got) / len(got) for criterion, got in rows.items()}
                     for name, rows in criteria.items()},
        "misconceptions": dict(mistakes.most_common())}
    put(path, json.dumps(summary, indent=1, allow_nan=False))
