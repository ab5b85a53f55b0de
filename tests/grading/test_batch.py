"""A small class, graded from notebooks to reports by the command itself."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from qnetlab.cli import main
from qnetlab.marking.ledger import Ledger
from qnetlab.marking.sandbox import ladder
from tests.grading.notebook_files import NO_Z, RIGHT, hand_in, notebook

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]


def grades(out):
    return {row["student"]: row for row in csv.DictReader((out / "grades.csv").open(encoding="utf-8-sig"))}


def test_from_notebooks_to_reports(tmp_path, capsys):
    submitted, out = tmp_path / "submitted", tmp_path / "reports"
    hand_in(submitted, "ada", notebook(RIGHT))
    hand_in(submitted, "bob", notebook(NO_Z, "check('teleport.fidelity', 2)"))
    hand_in(submitted, "cyd", b"not a notebook")
    hand_in(submitted, "dan", notebook("while True: pass", RIGHT))
    hand_in(submitted, "eve", notebook("from qnetlab import check\nclass Yes(float):\n  __eq__ = lambda s, o: True",
                                       "check('teleport.correct', Yes(4))\ncheck('teleport.fidelity', Yes(0.1))"))
    command = ["grade", str(submitted), "--out", str(out), "--jobs", "2", "--timeout", "4"]
    assert main(command) == 0
    first = capsys.readouterr().out
    assert "Isolation: " in first and "Graded 5, already graded 0" in first
    points = {who: (row["teleport.correct"], row["teleport.fidelity"]) for who, row in grades(out).items()}
    assert points == {"ada": ("4", "0"), "bob": ("1", "0"), "cyd": ("0", "0"), "dan": ("4", "0"), "eve": ("0", "0")}
    bob = json.loads((out / "bob.json").read_text())
    assert bob["exercises"][0]["misconceptions"] == ["teleport.no_z"]
    assert "the sign is lost" in (out / "bob.html").read_text(encoding="utf-8")
    assert "damaged" in (out / "cyd.html").read_text(encoding="utf-8")
    assert "took longer than 4 s" in (out / "dan.html").read_text(encoding="utf-8")
    assert grades(out)["dan"]["notes"] == "cells that did not end well: 1" and not grades(out)["ada"]["notes"]

    assert main(command) == 0
    assert "Graded 0, already graded 5" in capsys.readouterr().out
    hand_in(submitted, "cyd", notebook(RIGHT))
    assert main(command) == 0
    assert "Graded 1, already graded 4" in capsys.readouterr().out
    assert grades(out)["cyd"]["teleport.correct"] == "4"
    assert [event["points"] for event in Ledger.read(out).history("cyd")] == [0.0, 4.0]


def test_a_batch_that_is_killed_goes_on_where_it_was(tmp_path):
    submitted, out = tmp_path / "submitted", tmp_path / "reports"
    for number in range(6):
        hand_in(submitted, f"s{number}", notebook(f"import time; time.sleep({0.5 * number})", RIGHT))
    command = [sys.executable, "-m", "qnetlab", "grade", str(submitted), "--out", str(out), "--jobs", "2"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (out / "ledger.jsonl").exists():
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    scratch = Path((out / ".scratch").read_text())
    assert scratch.is_dir()
    before = len(Ledger.read(out).graded())
    assert 0 < before < 6
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"already graded {before}" in done.stdout
    assert not scratch.exists() and not (out / ".scratch").exists()
    events = [event["record"]["student"] for event in Ledger.read(out).events if event["what"] == "graded"]
    assert sorted(events) == [f"s{number}" for number in range(6)]
    assert {row["points"] for row in grades(out).values()} == {"4"}


@pytest.mark.parametrize("rung", ["", "landlock"])
def test_a_killed_batch_takes_every_process_of_its_notebooks_with_it(tmp_path, rung):
    import random

    program = ["sleep", str(random.Random(str(tmp_path)).randint(10**5, 10**6))]
    hand_in(tmp_path / "in", "ada", notebook(
        f"import subprocess, time\nfor _ in range(3): subprocess.Popen({program}, start_new_session=True)",
        "time.sleep(60)", RIGHT))

    def running():
        listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        return listed.splitlines().count(" ".join(program))

    def become(count):
        deadline = time.monotonic() + 60
        while running() != count and time.monotonic() < deadline:
            time.sleep(0.1)
        return running() == count

    batch = subprocess.Popen(
        [sys.executable, "-m", "qnetlab", "grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--timeout",
         "80"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "QNETLAB_RUNG": rung})
    assert become(3)
    batch.kill()
    batch.wait()
    assert become(0)


def test_it_is_stopped_at_once_by_ctrl_c_and_leaves_no_process(tmp_path):
    out = tmp_path / "out"
    for student in ("a", "b", "c"):
        hand_in(tmp_path / "in", student, notebook(*([] if student == "a" else ["while True: pass"]), RIGHT))
    command = [sys.executable, "-m", "qnetlab", "grade", str(tmp_path / "in"), "--out", str(out), "--jobs", "1",
               "--timeout", "80"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (out / "ledger.jsonl").exists():
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130 and "to go on" in said
    assert len(Ledger.read(out).graded()) == 1
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(tmp_path) not in listed


def test_a_check_that_nobody_foresaw_to_fail_costs_its_exercise_only(monkeypatch):
    from qnetlab.grading.exercises import find
    from qnetlab.marking import marks
    from qnetlab.marking.attempt import Attempt
    from qnetlab.marking.notebooks import Notebook

    def breaks(exercise, *_):
        raise RecursionError

    monkeypatch.setattr(marks, "judge", breaks)
    setting = marks.Setting(exercises=(find("teleport.fidelity"), find("fiber.wait")), misconceptions={}, seed=b"x")
    found = marks.mark_all(setting, "ada", Notebook(cells=(), sha256=""), Attempt(answers={1: [("fiber.wait", 1)]}))
    assert ["Nothing" in entry["refused"] or "RecursionError" in entry["refused"] for entry in found] == [True, True]
    assert [entry["broken"] for entry in found] == [False, True]


def test_a_roster_a_secret_and_who_is_missing(tmp_path, capsys):
    submitted, out, roster, secret = (tmp_path / name for name in ("in", "out", "roster.csv", "secret"))
    secret.write_text("a secret of sixteen letters")
    roster.write_text("id,name\nal01,Ada Lovelace\ngh02,Grace Hopper\n")
    code = "from qnetlab import check, exercise\nf = exercise('teleport.fidelity').parameters['f']"
    hand_in(submitted, "Ada Lovelace", notebook(code, "check('teleport.fidelity', (2 * f + 1) / 3)"))
    hand_in(submitted, "nobody", notebook(code))
    command = ["grade", str(submitted), "--out", str(out), "--roster", str(roster), "--secret-file", str(secret)]
    assert main(command) == 1
    said = capsys.readouterr().out
    assert "nobody/lab/lab.ipynb" in said and "gh02" in said
    assert grades(out)["al01"]["points"] == "2" and grades(out)["gh02"]["points"] == ""
    secret.write_text("short")
    assert main(command) == 2


def test_who_hands_in_the_copy_of_another_is_told_so_and_not_whose(tmp_path):
    for student in ("ada", "bob"):
        hand_in(tmp_path / "in", student, notebook(RIGHT, stamp={"student": "ada"}))
    main(["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out")])
    said = {who: (tmp_path / "out" / f"{who}.html").read_text(encoding="utf-8") for who in ("ada", "bob")}
    assert "made for somebody else" in said["bob"] and "ada" not in said["bob"]
    assert "made for somebody else" not in said["ada"]


def test_nothing_is_left_of_a_batch(tmp_path):
    hand_in(tmp_path / "in", "ada", notebook("import subprocess; subprocess.Popen(['sleep', '1234'])", RIGHT))
    main(["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out")])
    running = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    ours = [line for line in running.splitlines() if "sleep 1234" in line or (
        str(os.getpid()) in line.split()[:2] and "qnetlab.marking" in line)]
    assert ours == []
    assert sorted(path.name for path in (tmp_path / "in").rglob("*")) == ["ada", "lab", "lab.ipynb"]


SIFT = '''from qnetlab import check
def sift(alice_bits, alice_bases, bob_bases, bob_bits):
    rows = zip(alice_bits, alice_bases, bob_bases, bob_bits)
    return "".join(bit for bit, a, b, seen in rows if a == b{clicked})
check("bb84.sift_code", sift)'''


def test_functions_are_judged_by_what_they_return_for_inputs_unseen(tmp_path):
    right = SIFT.format(clicked=" and seen != '-'")
    number = "from qnetlab import check\ncheck('teleport.fidelity', 2)"
    hand_in(tmp_path / "in", "ada", notebook(right))
    hand_in(tmp_path / "in", "bob", notebook(SIFT.format(clicked="")))
    hand_in(tmp_path / "in", "cyd", notebook(right.replace("return", "import os; os._exit(0)\n    return"), number))
    hand_in(tmp_path / "in", "dan", notebook(right.replace("return", "raise KeyError(1)\n    return")))
    hand_in(tmp_path / "in", "eve", notebook(right.replace('"bb84', '"teleport.fidelity", lambda: 0.9)\ncheck("bb84')))
    assert main(["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--jobs", "2"]) == 0
    marks = grades(tmp_path / "out")
    assert {who: row["bb84.sift_code"] for who, row in marks.items()} == {
        "ada": "3", "bob": "1", "cyd": "0", "dan": "0", "eve": "3"}
    records = {who: json.loads((tmp_path / "out" / f"{who}.json").read_text())["exercises"] for who in marks}
    by_id = {who: {entry["id"]: entry for entry in entries} for who, entries in records.items()}
    assert by_id["bob"]["bb84.sift_code"]["misconceptions"] == ["bb84.kept_lost_photons"]
    assert "did not come back" in by_id["cyd"]["bb84.sift_code"]["refused"]
    assert "from 0 to 1" in by_id["cyd"]["teleport.fidelity"]["refused"]
    assert "KeyError" in by_id["dan"]["bb84.sift_code"]["refused"]
    assert "not be a function" in by_id["eve"]["teleport.fidelity"]["refused"]


def test_a_worker_that_dies_takes_no_other_notebook_with_it_and_everybody_has_a_report(tmp_path, monkeypatch, capsys):
    """Whatever kills the grader's own process, here a limit of memory below what it needs to begin."""
    from qnetlab.marking import limits

    hand_in(tmp_path / "in", "ada", notebook(RIGHT))
    command = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    with monkeypatch.context() as patch:
        patch.setattr(limits.Limits, "to_dict", lambda self: {**asdict(self), "judge_memory_mb": 1})
        assert main(command) == 1
    assert "ada: the grader's own process ended" in capsys.readouterr().out
    assert "the grader&#x27;s fault" in (tmp_path / "out" / "ada.html").read_text(encoding="utf-8")
    assert main(command) == 0
    assert grades(tmp_path / "out")["ada"]["points"] == "4"


def test_exercises_inside_what_notebooks_can_read_are_refused(tmp_path, capsys):
    import qnetlab

    hand_in(tmp_path / "in", "ada", notebook(RIGHT))
    inside = os.path.join(os.path.dirname(qnetlab.__file__), "reports")
    assert main(["grade", str(tmp_path / "in"), "--out", inside]) == 2
    assert "every notebook can read" in capsys.readouterr().err


def test_an_answer_that_never_came_says_which_cell_was_in_the_way(tmp_path):
    hand_in(tmp_path / "in", "ada", notebook("from qnetlab import check", "check('teleport.fidelity', 1 / 0)"))
    assert main(["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    [entry] = json.loads((tmp_path / "out" / "ada.json").read_text())["exercises"]
    assert entry["notes"] == ["Cell 2 would have handed it over: ZeroDivisionError in line 1: division by zero"]


def test_files_of_the_course_lie_beside_every_notebook_and_those_of_students_do_not(tmp_path):
    hand_in(tmp_path / "in", "ada", notebook(
        "from qnetlab import check\nimport os", "check('teleport.fidelity', float(open('data/f.csv').read()))",
        "assert sorted(os.listdir('.')) == ['data']"))
    (tmp_path / "in" / "ada" / "lab" / "mine.csv").write_text("1")
    (tmp_path / "given" / "data").mkdir(parents=True)
    command = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--files", str(tmp_path / "given")]
    for content, said in (("0.1", "your answer 0.1"), ("0.2", "your answer 0.2")):
        (tmp_path / "given" / "data" / "f.csv").write_text(content)
        assert main(command) == 0
        record = json.loads((tmp_path / "out" / "ada.json").read_text())
        assert " ".join(record["exercises"][0]["table"]["rows"][0][:2]) == said and record["cells"] == []


def test_worked_answers_come_after_the_deadline_with_the_students_own_numbers(tmp_path, capsys):
    ids = ("teleport.fidelity", "teleport.correct", "bb84.sift_code", "swap.frame", "pad.reuse")
    hand_in(tmp_path / "in", "ada", notebook(
        "from qnetlab import check, exercise", "f = exercise('teleport.fidelity').parameters['f']",
        "check('teleport.fidelity', (2 * f + 1) / 3)", *(f"check({name!r}, ...)" for name in ids[1:])))
    command = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    assert main(command) == 0
    before = (tmp_path / "out" / "ada.html").read_text(encoding="utf-8")
    assert "Worked" not in before and "worked" not in (tmp_path / "out" / "ada.json").read_text()
    capsys.readouterr()
    assert main([*command, "--worked-answers"]) == 0
    assert "Graded 0, already graded 1" in capsys.readouterr().out
    after = (tmp_path / "out" / "ada.html").read_text(encoding="utf-8")
    assert after.count("Worked answer") == len(ids) and "XX: z" in after and "def sift" in after
    by_id = {entry["id"]: entry for entry in json.loads((tmp_path / "out" / "ada.json").read_text())["exercises"]}
    assert by_id["teleport.fidelity"]["correct"]
    assert float(by_id["teleport.fidelity"]["worked"]) == pytest.approx(
        float(by_id["teleport.fidelity"]["table"]["rows"][0][1]), abs=1e-3)


def test_doctor_runs_a_notebook(capsys):
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "A first notebook ran in it" in said and "15 s for one cell" in said


def test_a_late_notebook_costs_what_the_rule_says(tmp_path):
    path = hand_in(tmp_path / "in", "ada", notebook(RIGHT))
    (path.parent / "timestamp.txt").write_text("2026-05-06 10:00:00 UTC")
    command = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--due", "2026-05-06T08:00+00:00"]
    assert main(command) == 2
    assert main([*command, "--late-per-day", "25"]) == 0
    assert grades(tmp_path / "out")["ada"]["points"] == "3"
    assert main([*command[:4], "--due", "2026-05-07T08:00+00:00", "--late-per-day", "25"]) == 0
    assert grades(tmp_path / "out")["ada"]["points"] == "4"


def test_without_a_sandbox_only_unsafe_goes_on(tmp_path, monkeypatch, capsys):
    hand_in(tmp_path / "in", "ada", notebook("open('x', 'w')", RIGHT, "import os; os._exit(1)", "while True: pass"))
    monkeypatch.setenv("QNETLAB_RUNG", "none")
    ladder.highest.cache_clear()
    try:
        command = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--timeout", "3"]
        assert main(command) == 2
        assert "qnetlab doctor" in capsys.readouterr().err
        assert main([*command, "--unsafe"]) == 0
        assert "Isolation: none" in capsys.readouterr().out
        assert main(["doctor"]) == 1
    finally:
        ladder.highest.cache_clear()
    assert grades(tmp_path / "out")["ada"]["points"] == "4"
    assert [cell["cell"] for cell in json.loads((tmp_path / "out" / "ada.json").read_text())["cells"]] == [3, 4]
