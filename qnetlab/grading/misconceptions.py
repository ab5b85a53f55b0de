"""The one list of misconceptions: id, concept, sentence, and which part of an answer gives it away.

Feedback, class report and lecturer's notes read the same list: ``misconceptions/*.toml`` beside this file, a file per
subject, and ``misconceptions.toml`` or a folder of that name in any exercises folder in use, for what a course adds.

A ``signature`` names the measures of an answer that show the misconception, with ``*`` for "any". Their values stand
nowhere: they are what the exercise's own wrong answer gives for the student's own parameters.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path

from .lists import list_files
from .spec import BrokenExercise

LIST = "misconceptions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """One entry. ``sentence`` may hold ``{parameter}``; ``signature`` is a tuple of patterns of measure names."""

    id: str
    concept: int
    sentence: str
    signature: tuple[str, ...] = ("*",)

    def shows_in(self, seen: Mapping[str, float], wrong: Mapping[str, float], tolerance: float) -> bool:
        """Whether an answer has the same values as the wrong answer wherever the signature looks.

        >>> no_z = Misconception(id="no_z", concept=6, sentence="...", signature=("mean *",))
        >>> no_z.shows_in({"mean 0": 1.0, "worst 0": 0.9}, {"mean 0": 1.0, "worst 0": 0.0}, tolerance=0.01)
        True
        """
        looked_at = {name for name in {**seen, **wrong} if any(fnmatchcase(name, p) for p in self.signature)}
        return bool(looked_at) and all(
            name in seen and name in wrong and abs(seen[name] - wrong[name]) <= tolerance for name in looked_at)


def read_misconceptions(roots: Sequence[Path] = ()) -> dict[str, Misconception]:
    """The whole list by id: the package's, then what the exercises folders ``roots`` add."""
    texts: dict[str, str] = {}
    for folder in (files(__package__), *roots):
        texts |= list_files(folder, LIST)
    found: dict[str, Misconception] = {}
    for place, text in texts.items():
        try:
            rows = tomllib.loads(text).get("misconception", [])
            entries = [Misconception(**{**row, "signature": tuple(row.get("signature", ("*",)))}) for row in rows]
        except (TypeError, ValueError) as error:
            raise BrokenExercise(f"{place} cannot be used: {error}") from error
        for entry in entries:
            if entry.id in found:
                raise BrokenExercise(f"{place}: the misconception {entry.id!r} is listed twice.")
            found[entry.id] = entry
    return found
