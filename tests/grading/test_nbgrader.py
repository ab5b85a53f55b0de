"""The real nbgrader, in an environment made once: its validation, its Autograde with our step, its gradebook."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import qnetlab
from qnetlab.cli import main
from tests.grading.assignments import answered, built, copy_of, right, wrong

pytestmark = [pytest.mark.network, pytest.mark.sandbox, pytest.mark.slow]

NBGRADER = "nbgrader==0.9.6"
NAMES = ("teleport.correct", "teleport.fidelity", "bb84.sift_code", "eve.six_records")


class Course:
    """A course folder of nbgrader's, and nbgrader to be called in it."""

    def __init__(self, folder: Path, python: Path) -> None:
        self.folder, self.bin = folder, python.parent

    def __call__(self, *words: str) -> str:
        paths = os.pathsep.join([str(Path(qnetlab.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
        done = subprocess.run(
            [str(self.bin / "python"), "-m", "nbgrader", *words], cwd=self.folder, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
            env={**os.environ, "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": paths})
        assert done.returncode == 0, done.stdout
        return done.stdout

    def marks(self) -> dict[str, float]:
        """Student -> score, as nbgrader exports it."""
        self("export")
        with (self.folder / "grades.csv").open() as file:
            return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """nbgrader's own environment; Qiskit is borrowed from this one."""
    place = tmp_path_factory.mktemp("nbgrader") / "venv"
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(place)], check=True)
    found = place / "bin" / "python"
    subprocess.run([*uv, "pip", "install", "--quiet", "--python", str(found), NBGRADER], check=True)
    packages = next(place.glob("lib/python*/site-packages"))
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return found


@pytest.fixture(scope="module")
def course(python, tmp_path_factory):
    """A built assignment, made known to nbgrader, with five submissions."""
    folder = tmp_path_factory.mktemp("course")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        out = built(folder, *NAMES)
    made = Course(out / "nbgrader", python)
    with (made.folder / "nbgrader_config.py").open("a") as config:
        config.write(f"c.SandboxedExecute.python = {sys.executable!r}\nc.SandboxedExecute.cell_seconds = 3.0\n")
    made.said = [made("validate", "source/lab3/lab3.ipynb"), made("generate_assignment", "lab3")]
    return made


def test_the_copy_with_the_references_is_valid_and_the_release_holds_none_of_them(course):
    assert "Success! Your notebook passes all the tests" in course.said[0]
    text = (course.folder / "release" / "lab3" / "lab3.ipynb").read_text()
    assert "YOUR CODE HERE" in text and "SOLUTION" not in text and "reference(" not in text
    assert not (course.folder / "release" / "lab3" / "progress.json").exists()
    cells = {cell["metadata"]["nbgrader"]["grade_id"]: cell["metadata"]["nbgrader"] for cell in
             json.loads(text)["cells"] if "nbgrader" in cell["metadata"]}
    assert {cell["points"] for cell in cells.values() if cell["grade"]} == {2.0, 3.0, 4.0, 6.0}


def submit(course, student, notebook, change=None):
    place = course.folder / "submitted" / student / "lab3"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    made = json.loads(notebook.read_text())
    if change is not None:
        change(made)
    (place / "lab3.ipynb").write_text(json.dumps(made))


def check_cell(made, name):
    return next(cell for cell in made["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)


def swapped(made):
    """Full marks written into the outputs, and the tag of an easy exercise on the cell of another."""
    for cell in made["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["points"] = 100
            cell["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "100.0"}, "metadata": {},
                                "execution_count": 1}]
    check_cell(made, "teleport-correct-check")["metadata"]["qnetlab"]["exercise"] = "teleport.fidelity"


def broken(made):
    """A cell for an answer deleted, another one copied."""
    made["cells"].remove(check_cell(made, "teleport-fidelity-check"))
    made["cells"].append(check_cell(made, "eve-six_records-check") | {"id": "twice"})


def test_autograde_marks_in_the_sandbox_and_fills_the_gradebook(course, tmp_path):
    """Nothing that a file says of itself counts, and what breaks costs only itself."""
    outside = tmp_path / "outside"
    after = f"open({str(outside)!r}, 'w').write('I was here')\nimport sys; print('!', file=sys.stderr)"
    loops = {"teleport.correct": "import os\nos._exit(0)", "bb84.sift_code": "while True: pass"}
    own = {who: {name: right(name, who) for name in NAMES} for who in ("al01", "gh02", "dd03")}
    for who, answers, last, change in (
            ("al01", own["al01"] | {"teleport.correct": wrong("teleport.correct", "al01", "no_z")}, after, None),
            ("gh02", {"teleport.fidelity": own["gh02"]["teleport.fidelity"]}, "", swapped),
            ("dd03", own["dd03"] | loops, "", broken)):
        copy = tmp_path / f"{who}.ipynb"
        shutil.copy(copy_of(course.folder.parent, who), copy)
        answered(copy, answers, last)
        submit(course, who, copy, change)
    course("autograde", "lab3")
    assert course.marks() == {"al01": 12.0,  # of 15: one of four for the circuit without its Z
                              "gh02": 2.0, "dd03": 6.0}
    text = (course.folder / "autograded" / "al01" / "lab3" / "lab3.ipynb").read_text()
    assert "the sign is lost" in text
    assert not outside.exists()


def test_marks_of_a_whole_class_go_into_the_gradebook_through_its_api(course, python, tmp_path, monkeypatch):
    """`qnetlab grade` first, on all cores; then one command where nbgrader is installed."""
    monkeypatch.chdir(course.folder.parent.parent)
    out = course.folder.parent
    answered(copy_of(out, "gh02"), {"teleport.fidelity": right("teleport.fidelity", "gh02")})
    assert main(["grade", str(out / "students"), "--out", "reports", "--roster", "roster.csv", "--secret-file",
                 "secret", "--assignment", str(out)]) == 0
    assert main(["override", "gh02", "teleport.fidelity", "1.5", "--reason", "late", "--out", "reports"]) == 0
    done = subprocess.run(
        [str(python), "-m", "qnetlab", "export", "reports", "--assignment", str(out), "--nbgrader",
         f"sqlite:///{course.folder}/gradebook.db"], capture_output=True, text=True, check=False, env={
            **os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(Path(qnetlab.__file__).parents[1])})
    assert done.returncode == 0, done.stdout + done.stderr
    assert course.marks()["gh02"] == 1.5
