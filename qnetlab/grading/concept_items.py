"""The items of a concept test, what a student answered, and the key that a lecturer opens.

``concept_tests/NAME.toml`` in an exercises folder holds the questions, ``NAME.key`` beside it what each option shows.
The key is locked with the right answers (see :mod:`.lock`), and is bound to the very questions that it was made for.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .journal import Event
from .lock import Locked, lock, unlock
from .spec import BrokenExercise, only_known, rows_of

FOLDER = "concept_tests"
EVENT = "concept test"
WHEN = ("before", "after")
UNKNOWN = "?"  # the answer of who does not know


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question of a test with its options by letter."""

    id: str
    concept: int
    question: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A whole test; ``misconceptions`` are what its options look for, all together."""

    __test__ = False  # its name means nothing to pytest

    name: str
    path: Path
    title: str
    misconceptions: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def version(self) -> str:
        """What tells this wording from another: answers count for the questions that were asked."""
        asked = [[item.id, item.question, dict(item.options)] for item in self.items]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]

    @property
    def key_path(self) -> Path:
        """Where the locked key lies."""
        return self.path.with_suffix(".key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the key says of one item: the right letter, why, and which misconception another letter shows."""

    right: str
    why: str
    shows: Mapping[str, str]


def read_tests(places: Sequence[Path]) -> dict[str, Test]:
    """All concept tests by name; the first one of a name counts. Raises BrokenExercise in words."""
    found: dict[str, Test] = {}
    for path in (path for place in places for path in sorted((place / FOLDER).glob("*.toml"))):
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
            only_known(raw, ("title", "misconceptions", "item"), path.name)
            items = tuple(_item(row) for row in rows_of(raw, "item"))
            test = Test(name=path.stem, path=path, title=raw["title"], items=items,
                        misconceptions=tuple(raw["misconceptions"]))
        except (KeyError, TypeError, ValueError) as error:
            reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            raise BrokenExercise(f"{path}: {reason}") from error
        found.setdefault(test.name, test)
    return found


def _item(row: Any) -> Item:
    only_known(row, ("id", "concept", "question", "options"), "an item")
    item = Item(**row)
    if len(item.options) < 2 or not all(len(letter) == 1 and letter.islower() for letter in item.options):
        raise ValueError(f"the item {item.id!r} needs options with the letters a, b, c, ...")
    return item


def letters(text: str) -> str:
    """Answers without what stands between them: ``"a, B ?"`` is ``"ab?"``.

    >>> letters("a, B ?")
    'ab?'
    """
    return re.sub(r"[\s,;.]+", "", text).lower()


def open_key(test: Test, answers: str) -> dict[str, Entry]:
    """Item -> what the key says of it. Raises :class:`Locked` if not all of these answers are right."""
    text = unlock(test.key_path.read_text(encoding="utf-8"), letters(answers))
    entries = read_key(text)
    if tomllib.loads(text).get("version") != test.version:
        raise Locked("it was made for other questions; lock it again")
    return entries


def read_key(text: str) -> dict[str, Entry]:
    """The entries of an open key."""
    return {row["id"]: Entry(right=row["right"], why=row["why"], shows=row["shows"])
            for row in tomllib.loads(text)["item"]}


def lock_key(test: Test, text: str) -> None:
    """Write the locked key of a test; ``text`` has an ``[[item]]`` with id, right, why and shows for each item.

    Raises ValueError if items and options do not match, or a misconception is not one that the test looks for.
    """
    entries = read_key(text)
    if list(entries) != [item.id for item in test.items]:
        raise ValueError("the key must hold the items of the test, in their order")
    for item in test.items:
        entry = entries[item.id]
        if {entry.right, *entry.shows} != set(item.options) or entry.right in entry.shows:
            raise ValueError(f"the key of {item.id!r} must say of each option but the right one what it shows")
    shown = {idea for entry in entries.values() for idea in entry.shows.values()}
    if shown != set(test.misconceptions):
        raise ValueError(f"key and test differ in {', '.join(sorted(shown ^ set(test.misconceptions)))}")
    answers = "".join(entry.right for entry in entries.values())
    test.key_path.write_text(lock(f'version = "{test.version}"\n\n{text}', answers), encoding="utf-8", newline="\n")


def answered(events: Sequence[Event], test: Test) -> dict[str, str]:
    """When -> the letters that count: the last ``before`` that came before any ``after``, and the last ``after``."""
    found: dict[str, str] = {}
    for event in events:
        when, said = event.get("when"), event.get("answers")
        if event["what"] != EVENT or event.get("test") != test.name or event.get("version") != test.version:
            continue
        whole = when in WHEN and isinstance(said, str) and len(said) == len(test.items)
        if whole and (when == "after" or "after" not in found):
            found[str(when)] = str(said)
    return found
