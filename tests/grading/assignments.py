"""A small course for tests of assignments and adapters: a roster, a secret, and answers written into the copies."""

from __future__ import annotations

import json
from pathlib import Path

from qnetlab.cli import main
from qnetlab.grading.exercises import find
from qnetlab.grading.parameters import parameters_for
from qnetlab.marking.copies import answer_name
from qnetlab.marking.report import file_name
from qnetlab.marking.stamp import grade_id

SECRET = "a secret of sixteen letters"
STUDENTS = {"al01": "Ada Lovelace", "gh02": "Grace *Hopper*", "dd03": "Dee", "x/y": "=Odd <b>One</b>"}


def built(folder: Path, *ids: str, more: tuple[str, ...] = ()) -> Path:
    """An assignment ``lab3`` for the three, with the command itself."""
    (folder / "secret").write_text(SECRET)
    (folder / "roster.csv").write_text("id,name,email\n" + "".join(
        f"{who},{name},{who.replace('/', '')}@uni.example\n" for who, name in STUDENTS.items()))
    command = ["assignment", "build", *ids, "--students", str(folder / "roster.csv"), "--secret-file",
               str(folder / "secret"), "--out", str(folder / "lab3"), *more]
    assert main(command) == 0
    return folder / "lab3"


def copy_of(out: Path, student: str) -> Path:
    return out / "students" / file_name(student) / "lab3" / "lab3.ipynb"


def numbers_of(student: str, name: str) -> dict:
    return parameters_for(name, find(name).spec, student, SECRET.encode())


def source(name: str, kind: str = "reference.py") -> str:
    return (find(name).folder / kind).read_text(encoding="utf-8").replace("from __future__ import annotations", "")


def right(name: str, student: str) -> str:
    """What a student writes who has it right."""
    return f"{source(name)}\n{answer_name(find(name))} = answer({numbers_of(student, name)!r})"


def wrong(name: str, student: str, kind: str) -> str:
    """What a student writes who makes one of the known mistakes."""
    return f"{source(name, f'wrong/{kind}.py')}\n{answer_name(find(name))} = answer({numbers_of(student, name)!r})"


def answered(path: Path, answers: dict[str, str], after: str = "") -> None:
    """Write into the cells for answers; ``after`` becomes a cell of the student's own at the end."""
    made = json.loads(path.read_text(encoding="utf-8"))
    cells = {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in made["cells"] if "nbgrader" in cell["metadata"]}
    for name, lines in answers.items():
        cells[f"{grade_id(name)}-answer"]["source"] += "\n" + lines
    if after:
        made["cells"].append({"cell_type": "code", "source": after, "metadata": {}, "outputs": [], "id": "own",
                              "execution_count": None})
    path.write_text(json.dumps(made), encoding="utf-8")
