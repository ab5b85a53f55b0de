"""Canvas and Gradescope: what is written for them, and the autograder run as Gradescope runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import qnetlab
from qnetlab.cli import main
from qnetlab.grading.exercises import find
from qnetlab.marking.adapters.canvas import write_canvas
from qnetlab.marking.adapters.gradescope import nothing, results
from qnetlab.marking.roster import Student
from tests.grading.assignments import SECRET, answered, built, copy_of, right, wrong

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (77),lab3 (91),Final Score
    Points Possible,,,,,10,6,(read only)
"Lovelace, Ada",1001,,al01,"Physics, Monday",7,,70
"=Hopper, Grace",1002,S02,gh02@uni.example,Physics,8,,80
"Student, Test",1003,,,Physics,,,
"""


def record(student, points, **more):
    return {"student": student, "points": points, "out_of": 6.0, "exercises": [], **more}


def test_canvas_gets_its_own_columns_back_and_the_marks(tmp_path):
    (tmp_path / "export.csv").write_text(CANVAS, encoding="utf-8-sig")
    records = {"al01": record("al01", 5.5), "gh02": record("gh02", 4.0), "zz": record("zz", 1.0)}
    roster = [Student(id="al01", name="Ada Lovelace"), Student(id="gh02", email="gh02@uni.example")]
    lost = write_canvas(tmp_path / "export.csv", tmp_path / "canvas.csv", records, "lab3", roster)
    assert lost == ["zz"]
    rows = list(csv.DictReader((tmp_path / "canvas.csv").open(encoding="utf-8")))
    assert list(rows[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "lab3 (91)"]
    given = list(csv.DictReader(io.StringIO(CANVAS)))
    assert [[row[key] for key in list(rows[0])[:5]] for row in rows] == [
        [row[key] for key in list(rows[0])[:5]] for row in given]
    assert [row["lab3 (91)"] for row in rows] == ["6", "5.5", "4", ""]
    write_canvas(tmp_path / "export.csv", tmp_path / "new.csv", records, "lab4")
    assert (tmp_path / "new.csv").read_text().splitlines()[0].endswith(",Section,lab4")


def test_canvas_finds_a_student_by_the_name_that_the_roster_knows(tmp_path):
    (tmp_path / "export.csv").write_text(CANVAS)
    records = {"s7": record("s7", 3.0)}
    files = tmp_path / "export.csv", tmp_path / "canvas.csv"
    assert write_canvas(*files, records, "lab3", [Student(id="s7", name="Grace Hopper")]) == []
    assert write_canvas(*files, records, "lab3") == ["s7"]


def test_nobody_gets_the_mark_of_another_who_is_spelled_alike(tmp_path):
    roster = [Student(id="s-007", name="Zoe"), Student(id="s007", name="Jim"), Student(id="m1", name="Jo Mill"),
              Student(id="m2", name="Jo Mill")]
    records = {"s-007": {"points": 4.0, "out_of": 4.0}, "s007": {"points": 1.0, "out_of": 4.0},
               "m1": {"points": 3.0, "out_of": 4.0}}
    (tmp_path / "export.csv").write_text("Student,ID,SIS User ID\nZoe,1,s-007\nJim,2,s007\nJo Mill,3,\nJo Mill,4,\n")
    assert write_canvas(tmp_path / "export.csv", tmp_path / "canvas.csv", records, "lab3", roster) == ["m1"]
    rows = csv.DictReader((tmp_path / "canvas.csv").open(encoding="utf-8"))
    assert [row["lab3"] for row in rows] == ["4", "1", "", ""]


def test_what_is_no_export_of_canvas_is_said(tmp_path):
    (tmp_path / "export.csv").write_text("id,name\nada,Ada\n")
    with pytest.raises(ValueError, match="not what Canvas exports"):
        write_canvas(tmp_path / "export.csv", tmp_path / "canvas.csv", {}, "lab3")


# ---------------------------------------------------------------------------------------------------- Gradescope


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return built(tmp_path, "teleport.correct", "teleport.fidelity", "eve.six_records")


def unpacked(course, root):
    """``/autograder`` as Gradescope sets it up, and the script with this computer's Python."""
    with zipfile.ZipFile(course / "gradescope" / "autograder.zip") as archive:
        assert {info.filename for info in archive.infolist() if info.external_attr >> 16 & 0o111} == {
            "setup.sh", "run_autograder"}
        archive.extractall(root / "source")
    script = (root / "source" / "run_autograder").read_text()
    for what, here in (("/opt/qnetlab/bin/python", sys.executable), ("/autograder", str(root)),
                       (f"{root}/source/package", str(Path(qnetlab.__file__).parents[1]))):
        assert what in script
        script = script.replace(what, here)
    (root / "run").write_text(script)
    return root


def handed_in(root, notebook, email):
    shutil.rmtree(root / "submission", ignore_errors=True)
    (root / "submission").mkdir()
    if notebook is not None:
        shutil.copy(notebook, root / "submission" / "my lab (2).ipynb")
    (root / "submission_metadata.json").write_text(json.dumps({"users": [{"email": email, "id": 5, "name": "A L"}]}))
    subprocess.run(["bash", str(root / "run")], check=True, capture_output=True, text=True)
    return json.loads((root / "results" / "results.json").read_text())


def test_the_zip_holds_the_package_the_exercises_and_the_secret(course):
    with zipfile.ZipFile(course / "gradescope" / "autograder.zip") as archive:
        names = set(archive.namelist())
        assert archive.read("course/secret").decode() == SECRET
        assert archive.read("course/exercises/teleport.correct/reference.py") == (
            find("teleport.correct").folder / "reference.py").read_bytes()
        assert "qiskit==" in archive.read("requirements.txt").decode()
        setup = archive.read("setup.sh").decode()
    package = Path(qnetlab.__file__).parent
    ours = {f"package/qnetlab/{path.relative_to(package).as_posix()}" for path in package.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts}
    assert ours <= names and not [name for name in names if "__pycache__" in name]
    assert not any(name.startswith("course/exercises/swap") for name in names)
    subprocess.run(["bash", "-n"], input=setup, text=True, check=True)


@pytest.mark.slow
@pytest.mark.sandbox
def test_the_autograder_runs_and_believes_gradescope_not_the_notebook(course, tmp_path):
    root = unpacked(course, tmp_path / "autograder")
    answered(copy_of(course, "al01"), {
        "teleport.correct": wrong("teleport.correct", "al01", "no_z"),
        "teleport.fidelity": right("teleport.fidelity", "al01"), "eve.six_records": right("eve.six_records", "al01")})
    found = handed_in(root, copy_of(course, "al01"), "al01@uni.example")
    assert found["score"] == 9.0
    assert sum(test["max_score"] for test in found["tests"]) == 12.0
    first = found["tests"][0]
    assert set(first) == {"number", "name", "score", "max_score", "status", "visibility", "output_format", "output"}
    assert first["output_format"] == "text" and first["visibility"] == "visible"
    assert "the sign is lost" in "".join(test["output"] for test in found["tests"])
    assert found["stdout_visibility"] == "hidden"
    other = handed_in(root, copy_of(course, "al01"), "gh02@uni.example")  # Ada's copy, from Grace
    assert other["score"] < 9.0
    stranger = handed_in(root, copy_of(course, "al01"), "who@else.example")
    assert stranger["score"] == 0.0 and "not in the roster" in stranger["output"]
    nothing_there = handed_in(root, None, "al01@uni.example")
    assert nothing_there["score"] == 0.0 and "no notebook" in nothing_there["output"]
    os.symlink(copy_of(course, "al01"), root / "submission" / "link.ipynb")
    subprocess.run(["bash", str(root / "run")], check=True, capture_output=True, text=True)
    linked = json.loads((root / "results" / "results.json").read_text())
    assert linked["score"] == 0.0 and "symbolic link" in linked["output"]


def test_texts_for_gradescope_are_plain():
    entry = {"id": "a.b", "title": "<b>T</b>", "correct": False, "refused": "it says \x1b[31m<script>",
             "notes": ["n\x00"], "table": None, "hints": ["h1", "h2"],
             "scores": [{"name": "c", "points": 0.5, "out_of": 1.0}],
             "misconceptions": [], "points": 0.5, "out_of": 1.0, "reflection": ""}
    found = results({"exercises": [entry], "notes": [], "cells": [{"cell": 3, "said": "boom"}], "isolation": "x",
                     "seconds": 1.0}, "after_published")
    assert found["output"] == "Cell 3: boom" and found["visibility"] == "after_published"
    test = found["tests"][0]
    assert "\x1b" not in test["output"] and "\x00" not in test["output"] and "<script>" in test["output"]
    assert test["output_format"] == "text" and (test["score"], test["status"]) == (0.5, "failed")
    assert "h1" in test["output"] and "h2" not in test["output"]
    assert nothing("why", 6)["tests"][0]["max_score"] == 6.0


@pytest.mark.slow
@pytest.mark.sandbox
def test_export_writes_for_canvas_and_says_who_is_lost(course, tmp_path, capsys):
    answered(copy_of(course, "al01"), {"teleport.fidelity": right("teleport.fidelity", "al01")})
    assert main(["grade", str(course / "students"), "--out", "reports", "--roster", "roster.csv", "--secret-file",
                 "secret", "--assignment", str(course)]) == 0
    (tmp_path / "export.csv").write_text(CANVAS)
    command = ["export", "reports", "--assignment", str(course), "--roster", "roster.csv"]
    capsys.readouterr()
    assert main([*command, "--canvas", "export.csv"]) == 1
    assert "x/y: not in" in capsys.readouterr().out
    rows = list(csv.DictReader((tmp_path / "reports" / "canvas.csv").open()))
    assert [row["lab3 (91)"] for row in rows] == ["12", "2", "0", ""]
    assert main(command) == 2
    assert "Say where" in capsys.readouterr().err
