"""An assignment: built from a roster and a secret, answered in the copies, graded; nothing of the solutions leaks."""

from __future__ import annotations

import csv
import json
import os
import shutil

import pytest

from qnetlab.cli import main
from qnetlab.grading import handed_out
from qnetlab.grading.exercises import find, known_ids
from qnetlab.grading.feedback import Feedback
from qnetlab.grading.parameters import PUBLIC_SEED, parameters_for
from qnetlab.marking.copies import answer_name
from qnetlab.marking.stamp import read_assignment
from tests.grading.assignments import STUDENTS, answered, built, copy_of, numbers_of, right, wrong


@pytest.fixture(autouse=True)
def own_numbers_end_with_the_test(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # practice writes its journal here
    monkeypatch.delenv("QNETLAB_EXERCISES", raising=False)
    yield
    handed_out.use("", {})
    os.environ.pop("QNETLAB_EXERCISES", None)


def secret_lines(exercise):
    """Every line of the exercise's closed files that says something and does not stand in any open text."""
    public = "".join("".join(find(name).sections.values()) for name in known_ids())
    files = [path for path in exercise.folder.rglob("*") if path.is_file() and path.name != "exercise.md"
             and path.suffix in (".py", ".md")]
    lines = {line.strip() for path in files for line in path.read_text(encoding="utf-8").splitlines()}
    return {line for line in lines if len(line) >= 30 and line not in public
            and not line.startswith(("from ", "import "))}  # what is imported says little, and copies import, too


def test_an_exercise_that_failed_does_not_hand_in_the_answer_of_another_one():
    """Each answer has a variable of its own, except circuits, which every copy begins anew."""
    names = [answer_name(find(name)) for name in known_ids() if find(name).spec.circuit is None]
    assert len(names) == len(set(names)) > 20
    assert all(name.isidentifier() for name in names)


def test_no_student_file_holds_a_line_of_any_solution(tmp_path):
    """All exercises there are, every file that a student gets, every closed file: references, wrong answers, pages."""
    names = known_ids()
    out = built(tmp_path, *names)
    files = [*(out / "students").rglob("*"), *(out / "public").rglob("*")]
    texts = ["\n".join(cell["source"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])
             for path in files if path.is_file()]
    assert len(texts) == len(STUDENTS) + 1
    searched = 0
    for name in names:
        for line in secret_lines(find(name)):
            searched += 1
            assert not [text for text in texts if line in text], f"{name}: {line}"
    assert searched > 1000
    for name in names:
        hidden = find(name).spec.hidden
        for student, text in zip(STUDENTS, texts, strict=False):
            for key in hidden:
                assert str(numbers_of(student, name)[key]) not in text
                assert f"'{key}'" not in text


def test_a_line_of_a_solution_would_be_found(tmp_path):
    line = next(iter(secret_lines(find("teleport.correct"))))
    assert line in "\n".join(path.read_text() for path in find("teleport.correct").folder.rglob("*.*")
                             if path.suffix in (".py", ".md"))


def test_every_copy_holds_its_students_numbers_and_the_stamp(tmp_path):
    out = built(tmp_path, "teleport.fidelity", "counting.decibels")
    stamp = read_assignment(out)
    assert stamp.name == "lab3" and list(stamp.exercises) == ["teleport.fidelity", "counting.decibels"]
    seen = set()
    for student in STUDENTS:
        made = json.loads(copy_of(out, student).read_text(encoding="utf-8"))
        assert made["metadata"]["qnetlab"] == {"assignment": "lab3", "student": student, "versions": stamp.exercises}
        text = "\n".join(cell["source"] for cell in made["cells"])
        for name in stamp.exercises:
            for key, value in numbers_of(student, name).items():
                assert f"\n{key} = {value!r}\n" in f"\n{text}"
        tags = [cell["metadata"]["qnetlab"] for cell in made["cells"] if "qnetlab" in cell["metadata"]]
        assert [(tag["exercise"], tag["version"]) for tag in tags] == list(stamp.exercises.items())
        assert len({cell["id"] for cell in made["cells"]}) == len(made["cells"])
        seen.add(text)
    assert len(seen) == len(STUDENTS)
    assert "<b>" not in "".join(seen)
    public = (out / "public" / "lab3.ipynb").read_text(encoding="utf-8")
    practice = parameters_for("teleport.fidelity", find("teleport.fidelity").spec, "practice", PUBLIC_SEED)
    assert f"f = {practice['f']!r}" in public and '"student"' not in public


@pytest.mark.slow
def test_every_copy_runs_as_handed_out_and_with_the_right_answers(tmp_path, capsys):
    """As in a notebook: the cells one after the other; the check agrees with the student's numbers, not practice's."""
    names = known_ids()
    out = built(tmp_path, *names)
    cells = [cell for cell in json.loads(copy_of(out, "al01").read_text(encoding="utf-8"))["cells"]
             if cell["cell_type"] == "code"]
    own: dict[str, object] = {}
    exec(cells[0]["source"], own)
    for start, last in zip(cells[1::2], cells[2::2], strict=True):
        name = last["metadata"]["qnetlab"]["exercise"]
        exec(start["source"], own)
        blank = eval(last["source"], own)
        if isinstance(blank, Feedback):
            assert not blank.correct
        own[answer_name(find(name))] = find(name).reference(numbers_of("al01", name))
        said = eval(last["source"], own)
        if find(name).spec.hidden:
            assert "noted" in said.title
        else:
            assert said.correct, f"{name}: {said}"


@pytest.mark.slow
@pytest.mark.sandbox
def test_build_answer_grade(tmp_path, capsys):
    names = ["teleport.correct", "teleport.fidelity", "bb84.sift_code", "eve.six_records"]
    out = built(tmp_path, *names)
    own = {name: right(name, "al01") for name in names}
    answered(copy_of(out, "al01"), own)
    copied = own | {"teleport.correct": wrong("teleport.correct", "gh02", "no_z")}
    answered(copy_of(out, "gh02"), copied)  # the rest is Ada's, whose numbers are others
    command = ["grade", str(out / "students"), "--out", str(tmp_path / "reports"), "--roster",
               str(tmp_path / "roster.csv"), "--secret-file", str(tmp_path / "secret"), "--assignment", str(out)]
    assert main(command) == 0, capsys.readouterr()
    grades = (tmp_path / "reports" / "grades.csv").open(encoding="utf-8-sig")
    rows = {row["student"]: row for row in csv.DictReader(grades)}
    assert rows["al01"]["points"] == rows["al01"]["out_of"] == "15"
    assert rows["gh02"]["teleport.correct"] == "1" and rows["gh02"]["teleport.fidelity"] == "0"
    assert rows["gh02"]["bb84.sift_code"] == "3"
    assert rows["x/y"]["points"] == "0"
    record = json.loads((tmp_path / "reports" / "al01.json").read_text())
    assert record["notes"] == [] and record["cells"] == []
    assert [entry["notes"] for entry in record["exercises"]] == [[], [], [], []]


@pytest.mark.slow
@pytest.mark.sandbox
def test_a_private_exercise_and_what_happens_when_it_changes(tmp_path, capsys):
    """It lies outside of the repository; a student has no check for it; another version is said in words."""
    private = tmp_path / "course" / "exercises"
    shutil.copytree(find("teleport.fidelity").folder, private / "private.pair")
    out = built(tmp_path, "private.pair", more=("--exercises", str(private)))
    os.environ.pop("QNETLAB_EXERCISES")
    cells = [cell["source"] for cell in json.loads(copy_of(out, "al01").read_text())["cells"]
             if cell["cell_type"] == "code"]
    own: dict[str, object] = {}
    exec("\n".join(cells[:2]), own)
    assert "marked after you handed in lab3" in repr(eval(cells[2], own))
    assert own["exercise"]("private.pair").parameters == {"f": own["f"]}
    assert 'Did you mean' in repr(own["check"]("teleport.fidelty", 1))
    answered(copy_of(out, "al01"), {"private.pair": "private_pair = (2 * f + 1) / 3"})
    with (private / "private.pair" / "exercise.md").open("a") as text:
        text.write("\nOne more word.\n")
    command = ["grade", str(out / "students"), "--out", str(tmp_path / "reports"), "--roster", "roster.csv",
               "--secret-file", "secret", "--exercises", str(private), "--assignment", str(out)]
    assert main(command) == 0
    assert "other version" in capsys.readouterr().out
    record = json.loads((tmp_path / "reports" / "al01.json").read_text())
    assert record["points"] == 2.0
    assert "was made for version" in record["exercises"][0]["notes"][0]
    again = ["assignment", "build", "private.pair", "--out", str(out), "--exercises", str(private)]
    assert main(again) == 2
    assert "other versions" in capsys.readouterr().err
    assert main([*again, "--again"]) == 0


@pytest.mark.parametrize(("more", "said"), [
    (["--students", "roster.csv", "--", "teleport.fidelity"], "take --secret-file"),
    (["--name", "lab 3", "--", "teleport.fidelity"], "letters, digits"),
    (["--exercises", "nowhere", "--", "teleport.fidelity"], "There is no folder"),
    (["teleport.fidelity", "teleport.fidelity"], "named twice: teleport.fidelity"),
    (["nothing.there"], "There is no exercise"),
])
def test_what_cannot_be_built_is_said(tmp_path, capsys, more, said):
    (tmp_path / "roster.csv").write_text("id\nada\n")
    assert main(["assignment", "build", "--out", "lab3", *more]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "lab3").exists()
