"""Building an assignment: a copy per student, and what the lecturer's tools need; see :func:`build`."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import __version__
from ..grading.exercises import Exercise
from ..grading.parameters import EVERYBODY, PUBLIC_SEED, parameters_for
from .adapters.gradescope import autograder
from .copies import Copy, notebook
from .marks import version
from .report import file_name
from .roster import Student
from .stamp import FILE, read_assignment

_README = """Which of these go to whom
=========================

students/ID/{name}/{name}.ipynb   one student's copy, with that student's own numbers
public/{name}.ipynb               a copy with the numbers of practice, for Binder or a web page

Keep everything else to yourself: it holds solutions, and gradescope/ also the course's secret.

assignment.json                   which exercises, in which version: qnetlab grade --assignment {name}/assignment.json
gradescope/autograder.zip         upload it to Gradescope as the assignment's autograder
nbgrader/                         a course folder for nbgrader: nbgrader_config.py and source/{name}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What is built."""

    name: str
    title: str
    exercises: Sequence[Exercise]
    students: Sequence[Student]
    seed: bytes
    hints: bool = True

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}", self.name):
            raise ValueError(f"The name of an assignment takes letters, digits, - and _; got {self.name!r}.")
        twice = {one.id for one in self.exercises if [other.id for other in self.exercises].count(one.id) > 1}
        if twice or not self.exercises:
            raise ValueError(f"Name each exercise once, and at least one; named twice: {', '.join(twice) or 'none'}.")

    def versions(self) -> dict[str, str]:
        """Exercise -> version."""
        return {exercise.id: version(exercise) for exercise in self.exercises}

    def numbers(self, student: str, seed: bytes) -> dict[str, Mapping[str, Any]]:
        """Exercise -> this student's numbers."""
        return {exercise.id: parameters_for(exercise.id, exercise.spec, student, seed) for exercise in self.exercises}

    def copy(self, student: Student | None, solved: bool = False) -> str:
        """One copy: a student's own, or with the numbers of practice."""
        numbers = self.numbers(student.id, self.seed) if student else self.numbers(EVERYBODY, PUBLIC_SEED)
        facade = importlib.import_module(__name__.partition(".")[0])
        return notebook(Copy(name=self.name, title=self.title, student=student, numbers=numbers, hints=self.hints,
                             solved=solved), self.exercises, facade.__all__)


_NBGRADER = """# A course folder for nbgrader. With everybody's own numbers: hand out ../students/ID/{name}. With the
# same numbers for all: nbgrader generate_assignment and release_assignment, and leave out secret_file below.
c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "qnetlab"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "progress.json", ".progress.json.lock"]
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "qnetlab.marking.adapters.nbgrader.WithoutCopies",  # in the place of nbgrader.preprocessors.DeduplicateIds
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "qnetlab.marking.adapters.nbgrader.SandboxedExecute",  # in the place of nbgrader.preprocessors.Execute
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.SandboxedExecute.assignment = {stamp!r}
c.SandboxedExecute.secret_file = {secret!r}
c.SandboxedExecute.exercises = {exercises!r}
"""


def for_lecturers(assignment: Assignment, out: Path, secret: Path | None, roster: Path | None,
                  exercises: Path | None = None) -> list[Path]:
    """Write what only the lecturer may have: the zip for Gradescope and the course folder for nbgrader."""
    zipped = out / "gradescope" / "autograder.zip"
    zipped.parent.mkdir(parents=True, exist_ok=True)
    zipped.write_bytes(autograder(out / FILE, secret, roster, assignment.exercises))
    course = out / "nbgrader"
    source = course / "source" / assignment.name / f"{assignment.name}.ipynb"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(assignment.copy(None, solved=True), encoding="utf-8", newline="\n")
    config = course / "nbgrader_config.py"
    config.write_text(_NBGRADER.format(
        name=assignment.name, stamp=str((out / FILE).resolve()), secret=str(secret.resolve()) if secret else "",
        exercises=str(exercises.resolve()) if exercises else ""), encoding="utf-8", newline="\n")
    return [zipped, source, config]


def build(assignment: Assignment, out: Path, again: bool = False) -> dict[Path, str]:
    """Write the copies, ``assignment.json`` and a note on what goes to whom; file -> what it is.

    Raises ValueError if ``out`` holds the same assignment with other versions of its exercises, which students may have
    in their hands, unless ``again``.
    """
    stamp = out / FILE
    if stamp.exists() and not again:
        before = read_assignment(stamp).exercises
        if before != assignment.versions():
            raise ValueError(f"{out} holds this assignment already, with other exercises or other versions of them. "
                             "Who has a copy would be marked by another version. Take a new folder, or give --again.")
    written = {out / "students" / file_name(student.id) / assignment.name / f"{assignment.name}.ipynb":
               assignment.copy(student) for student in assignment.students}
    written[out / "public" / f"{assignment.name}.ipynb"] = assignment.copy(None)
    written[stamp] = json.dumps({
        "assignment": assignment.name, "title": assignment.title, "public": not assignment.students,
        "qnetlab": __version__, "exercises": assignment.versions(),
        "points": {exercise.id: exercise.spec.points for exercise in assignment.exercises}}, indent=1) + "\n"
    written[out / "READ_ME.txt"] = _README.format(name=assignment.name)
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return written
