"""Who is in the course, and whose notebook this is."""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .report import file_name

_COLUMNS = {
    "id": ("id", "student", "student_id", "student id", "sis login id", "sis user id", "login", "username", "user"),
    "name": ("name", "full name", "student name"),
    "first": ("first_name", "first name", "firstname", "given name"),
    "last": ("last_name", "last name", "lastname", "surname", "family name"),
    "email": ("email", "email address", "e-mail", "mail"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """One line of the roster."""

    id: str
    name: str = ""
    email: str = ""

    def spellings(self) -> set[str]:
        """How a file or folder of this student may be called, letters only."""
        words = self.name.replace(",", " ").split()
        names = {self.id, self.name, self.email, self.email.partition("@")[0], "".join(reversed(words)),
                 "".join([*words[-1:], *words[:-1]]), "".join([*words[1:], *words[:1]])}
        return {plain(name) for name in names if len(plain(name)) > 1}


def plain(text: str) -> str:
    """Letters and digits only, without accents and case.

    >>> plain("Márton O'Neil-2")
    'martononeil2'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return re.sub(r"[\W_]+", "", "".join(letter for letter in decomposed if not unicodedata.combining(letter))).lower()


def read_roster(path: Path) -> list[Student]:
    """Students from a CSV file with a header; raises ValueError in words."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            delimiter = _delimiter(file.readline())
            file.seek(0)
            rows = list(csv.DictReader(file, delimiter=delimiter))
    except UnicodeDecodeError as reason:
        raise ValueError(f"The roster {path} is not in UTF-8, byte {reason.start}: names would be garbled. In Excel, "
                         "save it as 'CSV UTF-8'.") from reason
    except (OSError, csv.Error) as reason:
        raise ValueError(f"The roster {path} cannot be read: {reason}") from reason
    header = {(name or "").strip().lower(): name for name in (rows[0] if rows else {})}
    where = {key: next((header[name] for name in names if name in header), None) for key, names in _COLUMNS.items()}
    if where["id"] is None:
        raise ValueError(f"The roster {path} needs a header with a column id; it has {', '.join(header) or 'none'}.")
    found: dict[str, Student] = {}
    for row in rows:
        said = {key: (row.get(column) or "").strip() if column else "" for key, column in where.items()}
        if not said["id"]:
            continue
        if said["id"] in found:
            raise ValueError(f"The roster {path} names {said['id']!r} twice.")
        name = said["name"] or f"{said['first']} {said['last']}".strip()
        found[said["id"]] = Student(id=said["id"], name=name, email=said["email"])
    return list(found.values())


def _delimiter(header: str) -> str:
    """What separates the columns: Excel writes semicolons where the comma is the decimal sign."""
    return max(",;\t", key=header.count)


def match(hint: str, name: str, roster: Sequence[Student]) -> Student | None:
    """The student whom a folder or file name means, if there is exactly one.

    >>> ada = Student(id="al01", name="Ada Lovelace"); bob = Student(id="bo02", name="Bob Oak")
    >>> match("lab3 (2) final", "Lovelace, Ada/lab3 (2) final.ipynb", [ada, bob]).id
    'al01'
    """
    for student in roster:
        if hint in (student.id, file_name(student.id)):
            return student
    exact = [student for student in roster if plain(hint) in student.spellings()]
    if exact:
        return exact[0] if len(exact) == 1 else None
    pieces = {plain(piece) for piece in re.split(r"[/_\-\s().,+]+", name)} | {plain(part) for part in name.split("/")}
    inside = [student for student in roster if student.spellings() & pieces
              or any(len(key) > 5 and key in plain(name) for key in student.spellings())]
    return inside[0] if len(inside) == 1 else None


def nearest(hint: str, roster: Sequence[Student]) -> list[Student]:
    """Whom it might mean, best first."""
    def likeness(student: Student) -> float:
        ratios = (difflib.SequenceMatcher(None, plain(hint), key).ratio() for key in student.spellings())
        return max(ratios, default=0.0)

    return sorted(roster, key=likeness, reverse=True)[:5]


def ask(name: str, hint: str, roster: Sequence[Student], answer: Callable[[str], str] = input) -> Student | None:
    """Ask the person at the terminal."""
    offered = nearest(hint, roster)
    lines = [f"Whose notebook is {name}?", *(f"  {number}. {student.id} {student.name}" for number, student
                                             in enumerate(offered, 1)), "  or an id; nothing leaves it out: "]
    said = answer("\n".join(lines)).strip()
    if said.isdigit() and 1 <= int(said) <= len(offered):
        return offered[int(said) - 1]
    return next((student for student in roster if student.id == said), None)
