"""The ledger: every mark, override and revocation of one assignment, in one file that only grows.

One line of JSON per event, flushed to the disk before the next begins: a batch that is killed loses nothing and grades
nothing twice. A last line that was cut off is put aside when the ledger is next opened.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .late import Rule, apply

FILE = "ledger.jsonl"
Record = dict[str, Any]


class LedgerBusy(RuntimeError):
    """Another batch is writing to this ledger."""


@dataclass(slots=True)
class Ledger:
    """The ledger of one reports folder."""

    folder: Path
    events: list[Record] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return self.folder / FILE

    @classmethod
    def read(cls, folder: Path) -> Ledger:
        """All events; a line that was cut off at the end does not count."""
        ledger = cls(folder)
        try:
            raw = ledger.path.read_bytes()
        except FileNotFoundError:
            return ledger
        for number, line in enumerate(raw.split(b"\n")[:-1], 1):
            try:
                event = json.loads(line)
                if not isinstance(event, dict) or not isinstance(event.get("what"), str):
                    raise ValueError("it is no event")
            except ValueError as reason:
                raise ValueError(f"{ledger.path}, line {number}, is damaged ({reason}). Look at it before you go on: "
                                 "nothing was changed.") from reason
            ledger.events.append(event)
        return ledger

    def add(self, what: str, **details: Any) -> None:
        """Write one event, and wait until it is on the disk."""
        event = {"what": what, "at": datetime.now(UTC).isoformat(timespec="seconds"), **details}
        with open(self.path, "ab") as file:
            file.write(json.dumps(event, allow_nan=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        self.events.append(event)

    def mend(self) -> None:
        """Cut off what a killed batch left behind an unfinished last line."""
        if self.path.exists():
            with open(self.path, "r+b") as file:
                raw = file.read()
                file.truncate(raw.rfind(b"\n") + 1)

    def graded(self) -> set[str]:
        """Keys of everything that was graded."""
        return {event["key"] for event in self.events if event["what"] == "graded"}

    def current(self) -> dict[str, Record]:
        """Student -> the record that counts: the last one, with overrides put in, and what being late costs."""
        records: dict[str, Record] = {}
        for event in self.events:
            if event["what"] in ("graded", "failed"):
                records[event["record"]["student"]] = event["record"]
        overrides = self.overrides()
        counted = {student: _overridden(record, overrides.get(student, {})) for student, record in records.items()}
        rule = self.late_rule()
        return {student: apply(rule, record) for student, record in counted.items()} if rule else counted

    def late_rule(self) -> Rule | None:
        """The late rule that stands: the last one."""
        rules = [event for event in self.events if event["what"] == "late rule"]
        return Rule.from_dict(rules[-1]) if rules else None

    def shows_answers(self) -> bool:
        """Whether reports hold the worked answers: said once, it stays so."""
        return any(event["what"] == "answers shown" for event in self.events)

    def overrides(self) -> dict[str, dict[str, Record]]:
        """Student -> exercise -> the override that stands."""
        found: dict[str, dict[str, Record]] = {}
        for event in self.events:
            if event["what"] == "override":
                found.setdefault(event["student"], {})[event["exercise"]] = event
            elif event["what"] == "revoke":
                found.get(event["student"], {}).pop(event["exercise"], None)
        return found

    def history(self, student: str) -> list[Record]:
        """Everything that happened to one student's marks, oldest first."""
        found = []
        for event in self.events:
            if event["what"] in ("graded", "failed") and event["record"]["student"] == student:
                found.append({"at": event["at"], "what": event["what"], "points": event["record"]["points"],
                              "out_of": event["record"]["out_of"]})
            elif event["what"] in ("override", "revoke") and event["student"] == student:
                said = ("at", "what", "exercise", "points", "reason")
                found.append({key: event[key] for key in said if key in event})
        return found


def _overridden(record: Record, overrides: Mapping[str, Record]) -> Record:
    exercises = []
    for entry in record["exercises"]:
        override = overrides.get(entry["id"])
        exercises.append(entry if override is None else entry | {
            "points": float(override["points"]), "automatic": entry["points"], "reason": override["reason"]})
    return record | {"exercises": exercises, "points": math.fsum(entry["points"] for entry in exercises)}


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One batch per reports folder; the system frees the lock of a process that died. Raises :class:`LedgerBusy`."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f".{FILE}.lock", "a+b") as file:
        if sys.platform != "win32":
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as reason:
                raise LedgerBusy(f"Another qnetlab grade is writing to {folder}. Wait for it, or give another --out."
                                 ) from reason
        yield
