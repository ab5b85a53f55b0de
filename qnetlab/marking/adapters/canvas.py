"""Canvas: marks in a copy of the gradebook that Canvas exported, with Canvas' own columns, ready for its import."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..report import put
from ..roster import Student, plain

#: Canvas knows its students again by these; they go back as they came.
OWN = ("Student", "ID", "SIS User ID", "SIS Login ID", "Root Account", "Section")


def write_canvas(export: Path, out: Path, records: Mapping[str, Mapping[str, Any]], name: str,
                 students: Sequence[Student] = ()) -> list[str]:
    """Write ``out``; returns the students with marks whom the export does not know.

    Parameters
    ----------
    export : Path
        What *Grades, Export* in Canvas gave.
    out : Path
        The file for *Grades, Import*.
    records : mapping
        Student -> record.
    name : str
        The assignment. A column of the export of this name, or of this name and a number in brackets, keeps its
        heading, so that Canvas fills that one; else a new one is made.
    students : sequence of Student, optional
        The roster, whose names and addresses also tell who is who.

    Returns
    -------
    list of str

    Raises
    ------
    ValueError
        If the file is no such export.
    """
    try:
        with open(export, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as reason:
        raise ValueError(f"The export {export} cannot be read: {reason}") from reason
    header = list(rows[0]) if rows else []
    if "ID" not in header or "Student" not in header:
        raise ValueError(f"{export} is not what Canvas exports: it needs the columns Student and ID; it has "
                         f"{', '.join(header) or 'nothing'}.")
    own = [column for column in OWN if column in header]
    column = next((known for known in header if known == name or known.startswith(f"{name} (")), name)
    meant: dict[str, set[str]] = {}
    for one in {*records, *(student.id for student in students)}:
        for spelling in _spellings(one, students):
            meant.setdefault(spelling, set()).add(one)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*own, column])
    seen = set()
    for row in rows:
        if (row["Student"] or "").strip() == "Points Possible":
            out_of = max((record["out_of"] for record in records.values()), default=0.0)
            writer.writerow([*(row[key] for key in own), f"{out_of:g}"])
        elif row["ID"]:
            said = [row.get(key) or "" for key in ("SIS Login ID", "SIS User ID", "ID", "Student")]
            student = _whose(said, records, meant)
            seen.add(student)
            writer.writerow([*(row[key] for key in own), f"{records[student]['points']:g}" if student else ""])
    put(out, text.getvalue())
    return sorted(set(records) - seen)


def _whose(said: Sequence[str], records: Mapping[str, Mapping[str, Any]], meant: Mapping[str, set[str]]) -> str | None:
    """The student with a record whom a line means: an id letter by letter, else what can mean nobody else."""
    exact = next((text for text in said if text in records), None)
    if exact is not None:
        return exact
    sure = next((one for text in said if len(meant.get(plain(text), ())) == 1 for one in meant[plain(text)]), None)
    return sure if sure in records else None


def _spellings(student: str, students: Sequence[Student]) -> set[str]:
    """How Canvas may call a student; the id is the surest, names only where the roster has them."""
    known = next((one for one in students if one.id == student), Student(id=student))
    return known.spellings() | {plain(student)}
