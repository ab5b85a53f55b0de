"""nbgrader: its Execute step, replaced. What a notebook gets comes from ``qnetlab grade``, in another process.

In ``nbgrader_config.py`` (``qnetlab assignment build`` writes one)::

    c.Autograde.sanitize_preprocessors = [
        "nbgrader.preprocessors.ClearOutput",
        "qnetlab.marking.adapters.nbgrader.WithoutCopies",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        "qnetlab.marking.adapters.nbgrader.SandboxedExecute",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]

The notebook itself is not executed by nbgrader at all. What SaveAutoGrades looks for, a number that a cell gives, is
put under each cell that is graded, and the feedback above it. Which cell counts for which exercise stands in nbgrader's
own database and in ``assignment.json``; nothing is taken from what the student's file says of itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from traitlets import Bool, Float, Unicode

from ..report import card
from ..stamp import grade_id

try:
    from nbgrader.preprocessors import NbGraderPreprocessor
except ImportError:  # everything of this package can be imported without nbgrader; whoever calls these has it
    NbGraderPreprocessor = object

_PACKAGE = Path(__file__).resolve().parents[3]


class WithoutCopies(NbGraderPreprocessor):
    """In the place of nbgrader's DeduplicateIds: of cells that were copied the last one counts.

    nbgrader's own leaves empty metadata behind, over which its later steps stumble, and with them the whole batch.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Take nbgrader's metadata from all but the last cell of each name, and where they are damaged."""
        seen = set()
        for cell in reversed(nb.cells):
            ours = cell.metadata.get("nbgrader")
            name = ours.get("grade_id") if isinstance(ours, dict) else None
            if ours is not None and (not isinstance(name, str) or name in seen):
                del cell.metadata["nbgrader"]
            seen.add(name)
        return nb, resources


class SandboxedExecute(NbGraderPreprocessor):
    """In the place of nbgrader's Execute: grades with ``qnetlab grade`` and puts the points where nbgrader looks."""

    assignment = Unicode(help="assignment.json, or the folder that holds it").tag(config=True)
    secret_file = Unicode(help="the course's secret; without it everybody has the numbers of the release").tag(
        config=True)
    exercises = Unicode(help="folder of the exercises, if not the usual one").tag(config=True)
    reports = Unicode("qnetlab_reports", help="where reports and the ledger are kept").tag(config=True)
    python = Unicode(help="the Python that has qnetlab, if it is not this one").tag(config=True)
    cell_seconds = Float(15.0, help="seconds for one cell").tag(config=True)
    unsafe = Bool(False, help="go on where there is no sandbox").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Put marks and feedback under the cells that are graded; nothing of the notebook runs in this process."""
        which = resources["nbgrader"]
        stamp = Path(self.assignment or ".")
        declared = json.loads((stamp / "assignment.json" if stamp.is_dir() else stamp).read_text(encoding="utf-8"))
        cells = {f"{grade_id(name)}-check": name for name in declared["exercises"]}
        record = self.record(nb, str(which["student"]), str(which["assignment"]), str(which["notebook"]))
        entries = {entry["id"]: entry for entry in record["exercises"]}
        there = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells if cell.cell_type == "code"}
        nb.cells += [lost(name, float(declared["points"][exercise])) for name, exercise in cells.items()
                     if name not in there]
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            ours = cell.metadata.get("nbgrader", {})
            if ours.get("grade_id") in cells:
                entry = entries[cells[ours["grade_id"]]]
                cell.outputs = outputs(entry, float(ours.get("points", declared["points"][entry["id"]])))
        return nb, resources

    def record(self, nb: Any, student: str, assignment: str, notebook: str) -> dict[str, Any]:
        """The record of this notebook: from the reports if the very same file was graded, else graded now."""
        handed_in = self.submitted(student, assignment, notebook)
        content = handed_in.read_bytes() if handed_in is not None else json.dumps(nb).encode()
        with tempfile.TemporaryDirectory(prefix="qnetlab-nbgrader-") as folder:
            place = Path(folder, "in", student, assignment)
            place.mkdir(parents=True)
            (place / f"{notebook}.ipynb").write_bytes(content)
            if handed_in is not None:
                shutil.copystat(handed_in, place / f"{notebook}.ipynb")
            self.grade(place.parents[1])
        digest = hashlib.sha256(content).hexdigest()
        for path in Path(self.reports).glob("*.json"):
            found = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(found, dict) and found.get("student") == student and found.get("sha256") == digest:
                return found
        raise RuntimeError(f"qnetlab grade left no report for {student}.")

    def submitted(self, student: str, assignment: str, notebook: str) -> Path | None:
        """The file as it was handed in, before nbgrader wrote into it; a regular file or nothing."""
        from nbgrader.coursedir import CourseDirectory

        course = CourseDirectory(parent=self)
        path = Path(course.format_path(course.submitted_directory, student, assignment), f"{notebook}.ipynb")
        return path if path.is_file() and not path.is_symlink() else None

    def grade(self, place: Path) -> None:
        """Call ``qnetlab grade``; raises RuntimeError with what it said if it could not."""
        command = [self.python or sys.executable, "-m", "qnetlab", "grade", str(place), "--out", self.reports, "--jobs",
                   "1", "--timeout", str(self.cell_seconds), "--assignment", self.assignment or "."]
        command += ["--secret-file", self.secret_file] if self.secret_file else ["--same-numbers"]
        command += ["--exercises", self.exercises] if self.exercises else []
        command += ["--unsafe"] if self.unsafe else []
        paths = [str(_PACKAGE), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
                              env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)})
        if done.returncode == 2:
            raise RuntimeError(f"qnetlab grade could not work: {done.stderr.strip() or done.stdout.strip()}")


def outputs(entry: dict[str, Any], most: float) -> list[Any]:
    """The feedback, and the points as a plain number, scaled to what the cell is worth."""
    from nbformat.v4 import new_output

    said, points = card(entry), entry.get("automatic", entry["points"])
    share = min(1.0, max(0.0, points / entry["out_of"])) if entry["out_of"] else 0.0
    return [new_output("display_data", {"text/plain": repr(said), "text/html": said._repr_html_()}),
            new_output("execute_result", {"text/plain": repr(float(most * share))}, execution_count=1)]


def lost(name: str, points: float) -> Any:
    """A cell that is graded, in the place of one that the student deleted: no gap in the gradebook.

    nbgrader's own ``add_missing_cells`` does the same and ends with an error where another cell was copied.
    """
    from nbformat.v4 import new_code_cell

    return new_code_cell("# This cell was no longer in the notebook.", metadata={"nbgrader": {
        "schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False, "cell_type": "code",
        "grade_id": name, "points": points}})
