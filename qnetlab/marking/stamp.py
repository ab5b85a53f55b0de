"""The stamp of an assignment: what was handed out, for whom, in which version. Written when it is built, read here.

``assignment.json`` beside the built copies::

    {"assignment": "lab3", "exercises": {"teleport.correct": "1f0c..."}, "public": false}

The notebook's metadata holds ``{"qnetlab": {"assignment": "lab3", "student": "ada", "versions": {id: version}}}``, the
cell for an answer ``{"qnetlab": {"exercise": id, "version": version, "answer": name of a variable}}``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FILE = "assignment.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An assignment: its name, and exercise -> version."""

    name: str
    exercises: Mapping[str, str] = field(default_factory=dict)
    public: bool = False


def read_assignment(path: Path) -> Assignment:
    """Read ``assignment.json``, or the one in a folder; raises ValueError in words."""
    file = path / FILE if path.is_dir() else path
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        return Assignment(name=str(raw["assignment"]), exercises={str(k): str(v) for k, v in raw["exercises"].items()},
                          public=bool(raw.get("public", False)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as reason:
        raise ValueError(f"{file} is not the stamp of an assignment: {reason!r}") from reason


def grade_id(name: str) -> str:
    """What nbgrader calls an exercise's cells, before ``-answer`` and ``-check``.

    >>> grade_id("teleport.correct")
    'teleport-correct'
    """
    return re.sub(r"[^A-Za-z0-9_-]", "-", name)
