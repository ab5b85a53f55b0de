"""Nothing is lost or counted twice, changes keep their history, and a report shows text as text."""

from __future__ import annotations

import csv
import json

import pytest

from qnetlab.cli import main
from qnetlab.marking.batch import write_all
from qnetlab.marking.late import Rule, moment, stamped
from qnetlab.marking.ledger import Ledger, LedgerBusy, locked
from qnetlab.marking.report import file_name


def entry(name, points, **more):
    return {"id": name, "title": "T", "points": points, "out_of": 2.0, "correct": points == 2, "answered": True,
            "scores": [{"name": "c", "points": points, "out_of": 2.0}], "refused": "", "sentences": [], "unknown": "?",
            "misconceptions": [], "table": None, "counterexample": "", "reflection": "", "notes": [], "hints": ["h"],
            **more}


def record(student, *points, **more):
    entries = [entry(f"e.{number}", got) for number, got in enumerate(points)]
    return {"student": student, "notebook": "lab.ipynb", "exercises": entries, "points": sum(points), "notes": [],
            "out_of": 2.0 * len(points), "cells": [], "seconds": 1.0, "isolation": "bubblewrap", **more}


def test_a_cut_off_line_does_not_count_and_is_cut_off(tmp_path):
    ledger = Ledger.read(tmp_path)
    ledger.add("graded", key="k1", record=record("ada", 1.0))
    with open(ledger.path, "ab") as file:
        file.write(b'{"what": "graded", "key": "k2", "rec')
    again = Ledger.read(tmp_path)
    assert again.graded() == {"k1"}
    again.mend()
    again.add("graded", key="k3", record=record("bob", 1.0))
    assert Ledger.read(tmp_path).graded() == {"k1", "k3"}


def test_a_damaged_ledger_is_not_written_to(tmp_path):
    ledger = Ledger.read(tmp_path)
    ledger.path.write_bytes(b'{"what": "graded"}\nnonsense\n{"what": "x"}\n')
    with pytest.raises(ValueError, match="line 2"):
        Ledger.read(tmp_path)


@pytest.mark.posix
def test_one_batch_at_a_time(tmp_path):
    with locked(tmp_path), pytest.raises(LedgerBusy, match="Another"), locked(tmp_path):
        pass


def test_a_mark_is_changed_by_hand_kept_over_a_regrade_and_taken_back(tmp_path, capsys):
    ledger = Ledger.read(tmp_path)
    ledger.add("graded", key="k1", record=record("ada", 0.5, 1.0))
    change = ["override", "ada", "e.0", "--out", str(tmp_path), "--reason", "<b>oral</b> exam"]
    assert main([*change[:3], "2", *change[3:]]) == 0
    assert Ledger.read(tmp_path).current()["ada"]["points"] == 3.0
    Ledger.read(tmp_path).add("graded", key="k2", record=record("ada", 0.0, 1.0))
    ledger = Ledger.read(tmp_path)
    assert ledger.current()["ada"]["points"] == 3.0 and ledger.current()["ada"]["exercises"][0]["automatic"] == 0.0
    page = (tmp_path / "ada.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;oral&lt;/b&gt; exam" in page and "<b>" not in page
    assert main([*change[:3], "automatic", *change[3:]]) == 0
    assert Ledger.read(tmp_path).current()["ada"]["points"] == 1.0
    assert [event["what"] for event in Ledger.read(tmp_path).history("ada")] == [
        "graded", "override", "graded", "revoke"]
    assert main([*change[:2], "e.9", "2", *change[3:]]) == 2 and "e.9" in capsys.readouterr().err
    assert main([*change[:3], "nan", *change[3:]]) == 2


def test_grades_have_a_line_for_everybody_and_no_formulas(tmp_path):
    from qnetlab.marking.roster import Student

    ledger = Ledger.read(tmp_path)
    ledger.add("graded", key="k1", record=record("=cmd()", 1.0))
    write_all(tmp_path, ledger, [Student(id="bob", name="Bob Oak")])
    assert (tmp_path / "grades.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent,")  # else Excel garbles names
    rows = list(csv.DictReader((tmp_path / "grades.csv").open(encoding="utf-8-sig")))
    assert [(row["student"], row["points"], row["notes"]) for row in rows] == [
        ("'=cmd()", "1", ""), ("bob", "", "nothing handed in")]
    assert json.loads((tmp_path / "summary.json").read_text())["criteria"] == {"e.0": {"c": 0.5}}


def test_a_change_by_hand_leaves_names_and_whoever_handed_in_nothing(tmp_path):
    from qnetlab.marking.roster import Student

    ledger = Ledger.read(tmp_path)
    for student in ("ada", "=cmd()"):
        ledger.add("graded", key=student, record=record(student, 0.5, 1.0))
    write_all(tmp_path, ledger, [Student(id="ada", name="Ada, Oak"), Student(id="bob", name="Bob")])
    assert main(["override", "ada", "e.0", "2", "--out", str(tmp_path), "--reason", "oral exam"]) == 0
    rows = list(csv.DictReader((tmp_path / "grades.csv").open(encoding="utf-8-sig")))
    assert [(row["student"], row["name"], row["points"]) for row in rows] == [
        ("'=cmd()", "", "1.5"), ("ada", "Ada, Oak", "3"), ("bob", "Bob", "")]
    assert "Ada, Oak" in (tmp_path / "ada.html").read_text(encoding="utf-8")


def test_a_report_shows_text_as_text(tmp_path):
    evil = "<script>alert(1)</script>"
    ledger = Ledger.read(tmp_path)
    ledger.add("graded", key="k", record=record(
        evil, 0.0, notebook=evil, notes=[evil],
        cells=[{"cell": 1, "begins": evil, "said": evil, "stopped": True}]))
    write_all(tmp_path, ledger)
    page = (tmp_path / f"{file_name(evil)}.html").read_text(encoding="utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "default-src 'none'" in page


def test_file_names_stay_inside_and_apart():
    names = ["ada", "Ada", "../ada", "ada/", "..", "", "a" * 300, "a" * 301, "CON",
             "summary", "Grades", "\udcff", "ä", "ö", "\n"]
    made = [file_name(name) for name in names]
    assert len(set(made)) == len(names)
    assert all("/" not in name and not name.startswith(".") and 0 < len(name) < 80 for name in made)


def test_late_rules_take_a_share_of_the_whole_and_can_be_changed(tmp_path):
    due = moment("2026-05-04T23:59+00:00")
    ledger = Ledger.read(tmp_path)
    ledger.add("graded", key="k1", record=record("ada", 2.0, 2.0, handed_in="2026-05-06T00:00+00:00"))
    ledger.add("graded", key="k2", record=record("bob", 2.0, 2.0, handed_in="2026-05-04T12:00+00:00"))
    ledger.add("graded", key="k3", record=record("cyd", 2.0, 2.0))
    ledger.add("late rule", **Rule(due=due, per_day=0.1).to_dict())
    points = {who: row["points"] for who, row in Ledger.read(tmp_path).current().items()}
    assert points == {"ada": 3.2, "bob": 4.0, "cyd": 4.0}
    assert "20% of 4 points" in Ledger.read(tmp_path).current()["ada"]["notes"][0]
    ledger.add("late rule", **Rule(due=due, per_day=0.1, at_most=0.15, grace_minutes=5).to_dict())
    assert Ledger.read(tmp_path).current()["ada"]["points"] == 3.6
    with pytest.raises(ValueError, match="written like"):
        moment("tomorrow")


@pytest.mark.parametrize(("text", "iso"), [
    ("2026-05-04 10:00:00.123456 UTC", "2026-05-04T10:00:00+00:00"),
    ("2026-05-04T10:00:00Z\n", "2026-05-04T10:00:00+00:00"),
    ("2026-05-04 10:00:00 +0200", "2026-05-04T10:00:00+02:00"),
    ("soon", None), ("2026-99-99 10:00", None)])
def test_the_time_beside_a_submission_is_read(tmp_path, text, iso):
    (tmp_path / "timestamp.txt").write_text(text)
    assert stamped(tmp_path) == (moment(iso).timestamp() if iso else 0.0)
