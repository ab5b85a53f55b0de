"""A whole class: find the notebooks, match them to students, have them graded, write reports and grades.

It may be ended at any time and begun again: what stands in the ledger is not graded twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .. import __version__
from ..grading.exercises import Exercise, known_ids, read_exercise, roots
from ..grading.misconceptions import read_misconceptions
from ..grading.parameters import PUBLIC_SEED
from ..grading.predictions import read_questions
from . import roster as rosters
from .clusters import answered, read_messages
from .collect import Found, collect
from .grades import write_grades, write_summary
from .hints import FILE as HINTS
from .hints import write_hints
from .late import Rule
from .ledger import Ledger, locked
from .limits import MB, Limits
from .marks import Setting, mark, version
from .notebooks import BadNotebook, names_in, read_bytes
from .pool import work
from .report import write_report
from .sandbox.ladder import Rung, seen
from .stamp import Assignment
from .summary import write_page
from .worker import read_files

MOST_GIVEN_MB = 16
_Say = Callable[[str], None]


@dataclass(slots=True, kw_only=True)
class Batch:
    """What is graded, and how."""

    submissions: Path
    out: Path
    rung: Rung
    limits: Limits = field(default_factory=Limits)
    jobs: int = 2
    seed: bytes = PUBLIC_SEED
    students: Sequence[rosters.Student] = ()
    assignment: Assignment | None = None
    only: Sequence[str] = ()
    late: Rule | None = None
    files: Path | None = None
    answers: bool = False
    same_numbers: bool = False
    say: _Say = print
    ask: Callable[[str, str], rosters.Student | None] | None = None
    progress: Callable[[Any, int], Any] = lambda items, total: items


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a batch did."""

    graded: int = 0
    known: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def grade(batch: Batch) -> Outcome:
    """Grade everything that is not in the ledger yet, and write all reports anew."""
    outcome = Outcome()
    _stay_out_of_sight([batch.submissions, batch.out])
    with locked(batch.out), _scratch(batch.out) as scratch:
        ledger = Ledger.read(batch.out)
        ledger.mend()
        if batch.answers and not ledger.shows_answers():
            ledger.add("answers shown")
        if batch.late is not None and batch.late != ledger.late_rule():
            ledger.add("late rule", **batch.late.to_dict())
        found, outcome.left_out = collect(batch.submissions, Path(scratch) / "found", batch.limits)
        chosen = _one_each(_matched(batch, found, outcome))
        exercises = _exercises(batch, [item for item, _ in chosen.values()])
        _say_versions(batch, exercises)
        orders, graded, given = [], ledger.graded(), _given(batch.files)
        for student, (item, notes) in chosen.items():
            key = _key(batch, student, item, exercises, given)
            if key in graded:
                outcome.known += 1
            else:
                orders.append({"student": student, "path": str(item.path.absolute()), "name": item.name, "key": key,
                               "sha256": item.sha256, "notes": notes, "handed_in": _iso(item.changed)})
        _stay_out_of_sight([exercise.folder for exercise in exercises])
        setup = {"limits": batch.limits.to_dict(), "rung": asdict(batch.rung), "seed": batch.seed.hex(),
                 "scratch": scratch, "exercises": [str(exercise.folder) for exercise in exercises],
                 "files": str(batch.files.absolute()) if batch.files else None, "same_numbers": _same_numbers(batch),
                 "roots": list(map(str, roots()))}
        for order, record in batch.progress(work(orders, setup, batch.limits, batch.jobs), len(orders)):
            if "failed" in record:
                outcome.failed[order["student"]] = record["failed"]
                ledger.add("failed", record=_failed(order, exercises, record["failed"], batch.rung))
            else:
                ledger.add("graded", key=order["key"], record=record)
                outcome.graded += 1
        outcome.missing = [one.id for one in batch.students if one.id not in chosen]
        write_all(batch.out, ledger, batch.students)
    return outcome


@contextmanager
def _scratch(out: Path) -> Iterator[str]:
    """A folder for everything that is only needed now; what a killed batch left behind goes first."""
    note = out / ".scratch"
    with contextlib.suppress(OSError, UnicodeDecodeError):
        left = Path(note.read_text(encoding="utf-8"))
        if left.parent == Path(tempfile.gettempdir()) and left.name.startswith("qnetlab-") and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="qnetlab-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o711)  # a submission's user goes through it to its own folder
        note.write_text(folder, encoding="utf-8")
        yield folder
    note.unlink(missing_ok=True)


def write_all(out: Path, ledger: Ledger, students: Sequence[rosters.Student] = ()) -> None:
    """Write every report, ``grades.csv`` and the summaries from the ledger and the assistant's messages alone."""
    messages = read_messages(out)
    current = {student: answered(record, messages) for student, record in ledger.current().items()}
    names = {student.id: student.name for student in students}
    for student, record in sorted(current.items()):
        write_report(out, record, names.get(student, ""), ledger.history(student), ledger.shows_answers())
    write_grades(out / "grades.csv", current, students)
    write_summary(out / "summary.json", current)
    told = {name: one.sentence for name, one in read_misconceptions(list(roots())).items()}
    write_page(out / "summary.html", current, read_questions(list(roots())),
               told | {one["id"]: one["sentence"] for one in messages})
    write_hints(out / HINTS, current)


def _matched(batch: Batch, found: Sequence[Found], outcome: Outcome) -> list[tuple[str, Found]]:
    """Whose notebook each is; without a roster, whoever the folder or file is called after."""
    matched = []
    for item in found:
        if not batch.students:
            matched.append((item.hint[:100], item))
            continue
        student = rosters.match(item.hint, item.name, batch.students)
        if student is None and batch.ask is not None:
            student = batch.ask(item.name, item.hint)
        if student is None:
            outcome.unmatched.append(item.name)
        else:
            matched.append((student.id, item))
    return matched


def _stay_out_of_sight(paths: Sequence[Path]) -> None:
    """What a notebook must not read may not lie in a folder that the sandbox shows to it."""
    shown = [Path(folder) for folders in seen() for folder in folders]
    for path in paths:
        inside = [folder for folder in shown if path.resolve().is_relative_to(folder)]
        if inside:
            raise ValueError(f"{path} lies inside {inside[0]}, which every notebook can read because Python lies "
                             "there. Move it elsewhere.")


def _one_each(matched: Sequence[tuple[str, Found]]) -> dict[str, tuple[Found, list[str]]]:
    """One notebook per student: the newest; the others are named in the report."""
    by_student: dict[str, list[Found]] = {}
    for student, item in matched:
        by_student.setdefault(student, []).append(item)
    chosen = {}
    for student, items in sorted(by_student.items()):
        items.sort(key=lambda item: (item.changed, item.name))
        others = [item.name for item in items[:-1]]
        chosen[student] = (items[-1], [f"Of {len(items)} notebooks the newest was graded; not: {', '.join(others)}."]
                           if others else [])
    return chosen


def _exercises(batch: Batch, items: Sequence[Found]) -> list[Exercise]:
    """The exercises of the assignment: as declared, else all that any notebook of the batch names."""
    known = {name: root / name for root in reversed(roots()) for name in known_ids()
             if (root / name / "spec.toml").is_file()}
    wanted = list(batch.only) or (list(batch.assignment.exercises) if batch.assignment else [])
    if not wanted:
        named = set()
        for item in items:
            try:
                named |= names_in(read_bytes(item.path, batch.limits))
            except BadNotebook:
                continue
        wanted = [name for name in sorted(known) if name in named]
    missing = [name for name in wanted if name not in known]
    if missing:
        raise ValueError(f"There is no exercise {', '.join(missing)}. There are: {', '.join(sorted(known))}.")
    if not wanted:
        raise ValueError("No notebook of the batch names an exercise that is known here. Give --exercises with the "
                         "folder that holds them.")
    return [read_exercise(known[name]) for name in wanted]


def _iso(seconds: float) -> str:
    """A moment as text; nothing if nobody knows it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds > 0 else ""


def _same_numbers(batch: Batch) -> bool:
    """Whether all were given the public copy."""
    return batch.same_numbers or (batch.assignment is not None and batch.assignment.public)


def _say_versions(batch: Batch, exercises: Sequence[Exercise]) -> None:
    """The assignment was built for a version of each exercise; another one marks all the same, and it is said."""
    built_for = batch.assignment.exercises if batch.assignment else {}
    for exercise in exercises:
        if built_for.get(exercise.id, version(exercise)) != version(exercise):
            batch.say(f"{exercise.id} has changed: the assignment was built for version {built_for[exercise.id]}, "
                      f"and it is marked by another version, {version(exercise)}.")


def _failed(order: dict[str, Any], exercises: Sequence[Exercise], reason: str, rung: Rung) -> dict[str, Any]:
    """The record of a notebook that the grader itself could not deal with: no marks yet, and a report that says so."""
    setting = Setting(exercises=tuple(exercises), misconceptions={}, seed=b"")
    nothing: dict[str, Any] = {"notes": [], "hints": [], "worked": ""}  # without the secret they would be another's
    marks = [mark(exercise, setting, order["student"], []) | nothing for exercise in exercises]
    said = (f"This notebook could not be graded: {reason}. That is the grader's fault and not yours; somebody will "
            "look at it.")
    return {"student": order["student"], "notebook": order["name"], "sha256": order["sha256"], "exercises": marks,
            "handed_in": order["handed_in"],
            "isolation": rung.words(), "notes": [said], "cells": [], "predictions": [], "stamp": {}, "points": 0.0,
            "out_of": float(sum(entry["out_of"] for entry in marks)), "seconds": 0.0, "peak_mb": 0.0, "runs": 0}


def _given(files: Path | None) -> str:
    """A stamp of the files that every notebook is given."""
    found = read_files(str(files)) if files else {}
    size = sum(map(len, found.values()))
    if size > MOST_GIVEN_MB * MB:
        raise ValueError(f"The files in {files} have {size / MB:.0f} MB; a notebook is given at most "
                         f"{MOST_GIVEN_MB} MB.")
    digests = sorted((name, hashlib.sha256(content).hexdigest()) for name, content in found.items())
    return hashlib.sha256(json.dumps(digests).encode()).hexdigest() if found else ""


def _key(batch: Batch, student: str, item: Found, exercises: Sequence[Exercise], given: str) -> str:
    """What a mark depends on; the same key is never graded twice."""
    fingerprint = "same" if _same_numbers(batch) else hmac.new(batch.seed, b"ledger", hashlib.sha256).hexdigest()[:16]
    parts = [student, item.name, item.sha256, [[exercise.id, version(exercise)] for exercise in exercises],
             fingerprint, given, batch.limits.to_dict(), __version__]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]
