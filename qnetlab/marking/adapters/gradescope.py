"""Gradescope: an autograder zip, and the ``results.json`` that it writes there.

On Gradescope's machine ``run_autograder`` calls this module, which grades the one submission as ``qnetlab grade`` does,
in a sandbox. Without a sandbox nothing is executed and the result says so.
"""

from __future__ import annotations

import importlib.metadata
import io
import json
import math
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ... import __version__
from ...grading.exercises import Exercise, roots
from ...grading.parameters import EVERYBODY, PUBLIC_SEED
from ..batch import Batch, grade
from ..grades import cell as _cell
from ..report import file_name, put
from ..roster import Student, match, read_roster
from ..sandbox.ladder import choose
from ..stamp import FILE, read_assignment

#: What a notebook of a course may import, in the versions of the computer that built the autograder.
NEEDED = ("qiskit", "qiskit-aer", "numpy", "plotly", "ipywidgets", "anywidget", "tqdm", "tornado", "ipython")
_SETUP = """#!/usr/bin/env bash
# Run once by Gradescope, when the autograder is built.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends bubblewrap
python=""
for name in python3.13 python3.12 python3.11; do
    if command -v "$name" > /dev/null; then python="$name"; break; fi
done
if [ -z "$python" ]; then
    apt-get install -y --no-install-recommends python3.11 python3.11-venv
    python=python3.11
fi
"$python" -m venv /opt/qnetlab
/opt/qnetlab/bin/pip install --no-cache-dir -r /autograder/source/requirements.txt
# The course's secret and solutions are root's; notebooks run as somebody else, in a sandbox.
chmod -R go-rwx /autograder/source/course
"""
_RUN = """#!/usr/bin/env bash
# Run by Gradescope for each submission.
export PYTHONPATH=/autograder/source/package QNETLAB_EXERCISES=/autograder/source/course/exercises
cd /
exec /opt/qnetlab/bin/python -m qnetlab.marking.adapters.gradescope "${AUTOGRADER:-/autograder}"
"""


def autograder(assignment: Path, secret: Path | None, roster: Path | None, exercises: Sequence[Exercise],
               visibility: str = "visible") -> bytes:
    """The zip for Gradescope: it holds this package, the exercises with their solutions, the roster and the secret.

    ``assignment`` is the ``assignment.json``; ``visibility`` is one of Gradescope's: ``visible``, ``after_due_date``,
    ``after_published``, ``hidden``.
    """
    package = Path(__file__).resolve().parents[3]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        def add(name: str, content: bytes, mode: int = 0o644) -> None:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr = (0o100000 | mode) << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)

        add("setup.sh", _SETUP.encode(), 0o755)
        add("run_autograder", _RUN.encode(), 0o755)
        add("requirements.txt", "".join(f"{name}=={importlib.metadata.version(name)}\n" for name in NEEDED).encode())
        add("course/assignment.json", assignment.read_bytes())
        add("course/settings.json", json.dumps({"visibility": visibility, "qnetlab": __version__}).encode())
        for name, file in (("secret", secret), ("roster.csv", roster)):
            if file is not None:
                add(f"course/{name}", file.read_bytes(), 0o600)
        for path in _files(package / "qnetlab"):
            add(f"package/{path.relative_to(package).as_posix()}", path.read_bytes())
        for exercise in exercises:
            for path in _files(exercise.folder):
                add(f"course/exercises/{exercise.id}/{path.relative_to(exercise.folder).as_posix()}", path.read_bytes())
        for root in roots():  # what a course adds to the lists of the package
            for path in [*root.glob("misconceptions.toml"), *root.glob("misconceptions/*.toml")]:
                name = f"course/exercises/{path.relative_to(root).as_posix()}"
                if name not in archive.namelist():
                    add(name, path.read_bytes())
    return made.getvalue()


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]


def results(record: Mapping[str, Any], visibility: str = "visible") -> dict[str, Any]:
    """Gradescope's ``results.json`` for one record: a test per criterion, and all texts as plain text."""
    tests: list[dict[str, Any]] = []
    for number, entry in enumerate(record["exercises"], 1):
        said = _said(entry)
        for count, score in enumerate(entry["scores"], 1):
            met = score["points"] >= score["out_of"]
            tests.append({
                "number": f"{number}.{count}", "name": f"{entry['title'] or entry['id']}: {score['name']}",
                "score": float(score["points"]), "max_score": float(score["out_of"]),
                "status": "passed" if met else "failed", "visibility": visibility, "output_format": "text",
                "output": said if count == 1 or not met else "met"})
    notes = [*record["notes"], *(f"Cell {one['cell']}: {one['said']}" for one in record["cells"])]
    return {
        "score": math.fsum(test["score"] for test in tests), "tests": tests, "visibility": visibility,
        "stdout_visibility": "hidden", "output_format": "text", "output": _printable("\n".join(notes)),
        "extra_data": {"isolation": record["isolation"], "seconds": record["seconds"],
                       "misconceptions": sorted({name for entry in record["exercises"]
                                                 for name in entry["misconceptions"]})}}


def nothing(reason: str, out_of: float, visibility: str = "visible") -> dict[str, Any]:
    """``results.json`` where nothing could be graded."""
    return {"score": 0.0, "output": _printable(reason), "output_format": "text", "visibility": visibility,
            "stdout_visibility": "hidden", "tests": [{"name": "graded", "score": 0.0, "max_score": float(out_of),
                                                      "status": "failed", "output": _printable(reason),
                                                      "output_format": "text", "visibility": visibility}]}


def _said(entry: Mapping[str, Any]) -> str:
    """The feedback on one exercise, in the order of the report: mistake, counter-example, table, notes, first hint."""
    if entry["correct"]:
        lines = ["Correct.", entry["reflection"] and f"Think on: {entry['reflection']}"]
    elif entry["refused"]:
        lines = [entry["refused"]]
    else:
        lines = [*(f"Likely: {sentence}" for sentence in entry["sentences"] or (entry["unknown"],)),
                 entry["counterexample"] and f"Counter-example: {entry['counterexample']}"]
    table = entry["table"]
    if table:
        lines += [table["caption"], *("  " + " | ".join(row) for row in (table["header"], *table["rows"]))]
    lines += [f"Note: {note}" for note in entry["notes"]]
    lines += [f"Hint {number}: {hint}" for number, hint in enumerate(entry["hints"][:1], 1)]
    return _printable("\n".join(filter(None, lines)))


def _printable(text: str) -> str:
    """Gradescope escapes what is marked as text; control characters are taken out here."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text)


# ------------------------------------------------------------------------------------------- on Gradescope's machine


def main(arguments: Sequence[str]) -> int:
    """Grade the submission below ``arguments[0]``, usually ``/autograder``; there is always a ``results.json``."""
    root = Path(arguments[0])
    course = root / "source" / "course"
    settings = json.loads((course / "settings.json").read_text(encoding="utf-8"))
    visibility = str(settings.get("visibility", "visible"))
    stamp = json.loads((course / FILE).read_text(encoding="utf-8"))
    out_of = float(sum(stamp.get("points", {}).values()))
    (root / "results").mkdir(exist_ok=True)
    try:
        found = results(_graded(root, course), visibility)
    except (ValueError, OSError, RuntimeError, KeyError, TypeError) as reason:
        found = nothing(f"This could not be graded: {reason} That is not your fault; tell your lecturer.", out_of,
                        visibility)
    put(root / "results" / "results.json", json.dumps(found, indent=1, allow_nan=False))
    return 0


def _graded(root: Path, course: Path) -> dict[str, Any]:
    roster, secret = course / "roster.csv", course / "secret"
    students = read_roster(roster) if roster.exists() else []
    student = _who(root / "submission_metadata.json", students)
    seed = secret.read_bytes().strip() if secret.exists() else PUBLIC_SEED
    with tempfile.TemporaryDirectory(prefix="qnetlab-gradescope-") as folder:
        os.chmod(folder, 0o711)
        place = Path(folder, "in", file_name(student.id))
        shutil.copytree(root / "submission", place, symlinks=True)
        outcome = grade(Batch(
            submissions=place.parent, out=Path(folder, "out"), rung=choose(), jobs=1, students=[student],
            assignment=read_assignment(course), say=lambda text: None, seed=seed))
        if outcome.failed or not outcome.graded:
            why = "; ".join([*outcome.failed.values(), *outcome.left_out]) or "no notebook was handed in"
            raise ValueError(f"{why}.")
        report = Path(folder, "out", f"{file_name(student.id)}.json")
        return dict(json.loads(report.read_text(encoding="utf-8")))


def _who(metadata: Path, students: Sequence[Student]) -> Student:
    """Who handed in, by what Gradescope says of the user; never by what the notebook says of itself."""
    users = json.loads(metadata.read_text(encoding="utf-8")).get("users", [])
    for user in users:
        said = [str(user.get(key) or "") for key in ("sid", "email", "name")]
        for hint in filter(None, said):
            found = match(hint, hint, students) or next((one for one in students if one.email and one.email.lower()
                                                         == hint.lower()), None)
            if found is not None:
                return found
    names = ", ".join(_cell(str(user.get("email") or user.get("name"))) for user in users)
    if students:
        raise ValueError(f"{names or 'nobody'} is not in the roster of this course.")
    return Student(id=EVERYBODY)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
