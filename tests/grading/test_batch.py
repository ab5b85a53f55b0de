"""A small class, graded from notebooks to reports by the command itself."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from qnetlab.cli import main
from qnetlab.marking.ledger import Ledger
from tests.grading.notebook_files import NO_Z, RIGHT, hand_in, notebook

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]


def grades(out):
    return {row["student"]: row for row in csv.DictReader((out / "grades.csv").open(encoding="utf-8"))}


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
    before = len(Ledger.read(out).graded())
    assert 0 < before < 6
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"already graded {before}" in done.stdout
    events = [event["record"]["student"] for event in Ledger.read(out).events if event["what"] == "graded"]
    assert sorted(events) == [f"s{number}" for number in range(6)]
    assert {row["points"] for row in grades(out).values()} == {"4"}


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


def test_nothing_is_left_of_a_batch(tmp_path):
    hand_in(tmp_path / "in", "ada", notebook("import subprocess; subprocess.Popen(['sleep', '1234'])", RIGHT))
    main(["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out")])
    running = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    ours = [line for line in running.splitlines() if "sleep 1234" in line or (
        str(os.getpid()) in line.split()[:2] and "qnetlab.marking" in line)]
    assert ours == []
    assert sorted(path.name for path in (tmp_path / "in").rglob("*")) == ["ada", "lab", "lab.ipynb"]
