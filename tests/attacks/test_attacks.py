"""Hostile submissions on every rung: each gets the mark it deserves and harms nobody.

To add one: five lines in the file of its class under ``hostile/``.
"""

from __future__ import annotations

import os
import re
import time
from importlib import import_module
from pathlib import Path

import pytest

from qnetlab.marking.sandbox import kernel, ladder
from tests.attacks.arena import EXERCISES, FAILS, Attack, Course, descendants

pytestmark = [pytest.mark.sandbox, pytest.mark.slow, pytest.mark.posix]

CLASSES = sorted(path.stem for path in (Path(__file__).parent / "hostile").glob("[a-z]*.py"))
ATTACKS = {f"{kind}-{attack.name}": attack for kind in CLASSES
           for attack in import_module(f"tests.attacks.hostile.{kind}").ATTACKS}
ORPHANS_SLEEP = 3.0  # s: whatever an orphan does, it does within this time


def rungs() -> list[str]:
    return [] if ladder.sys.platform == "win32" else ["bubblewrap", "landlock"]


class Battle:
    """One course after one batch, and what was there before."""

    def __init__(self, rung: ladder.Rung) -> None:
        kernel.adopt_orphans()  # whatever outlives its parents becomes a child of this process
        self.course = Course(list(ATTACKS.values()))
        self.before, running = self.course.snapshot(), descendants()
        self.outcome = self.course.grade(rung)
        self.left = alive(descendants() - running)
        self.records = self.course.records()
        self.after = self.course.snapshot()
        self.ended = time.monotonic()

    def student(self, attack: Attack) -> str:
        return next(who for who, what in self.course.attacks.items() if what is attack)


@pytest.fixture(scope="module", params=rungs())
def battle(request):
    found = ladder._bubblewrap() if request.param == "bubblewrap" else ladder._landlock()
    assert found is not None, f"{request.param} does not work here"
    fought = Battle(found)
    yield fought
    fought.course.close()


def alive(processes: set[int]) -> set[int]:
    """Those that still run; one that has ended and was given to this process is only waiting to be taken note of."""
    found = set()
    for process in processes:
        state = Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()[0]
        if state == "Z":
            os.waitpid(process, 0)
        else:
            found.add(process)
    return found


def points(record: dict) -> dict[str, float]:
    return {entry["id"]: entry["points"] for entry in record["exercises"]}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_gets_the_mark_it_deserves(battle, name):
    attack = ATTACKS[name]
    if not attack.submitted:
        assert not [who for who in battle.records if attack.name in who]
        return
    student = battle.student(attack)
    record = battle.records[student]
    assert points(record) == {**dict.fromkeys(EXERCISES, 0.0), **attack.marks}, record["cells"]
    assert sum(entry["out_of"] for entry in record["exercises"]) == 9.0
    for said in record["predictions"]:
        what, got = said["question"].removeprefix("loot."), said["choice"]
        assert re.fullmatch(attack.loot.get(what, FAILS), got), f"{what}: {got}"
    from qnetlab.marking.report import file_name

    report = (battle.course.out / f"{file_name(student)}.html").read_text(encoding="utf-8")
    said = re.sub(r"<[^>]*>", " ", report.partition("<main>")[2])
    assert re.search(attack.says, said) is not None, said[-1500:]
    assert len(report) < 200_000


def test_the_batch_went_on(battle):
    assert battle.outcome.failed == {}
    after = {who: points(record)["teleport.fidelity"] for who, record in battle.records.items()
             if who.endswith("-then") or who == "victim"}
    assert len(after) > len(ATTACKS) // 6 and set(after.values()) == {2.0}
    for who in after:
        for said in battle.records[who]["predictions"]:
            assert said["choice"] == "[]" or said["choice"].endswith("Error"), said


def test_nothing_outside_changed_and_nothing_is_left(battle):
    assert battle.after == battle.before
    assert battle.left == set()
    assert list((battle.course.root / "tmp").iterdir()) == []
    time.sleep(max(0.0, battle.ended + ORPHANS_SLEEP - time.monotonic()))
    assert battle.course.snapshot() == battle.before
    assert battle.course.records() == battle.records


def test_no_treasure_left_the_course(battle):
    for path in battle.course.out.iterdir():
        if path.is_file() and path.name != "ledger.jsonl":  # the assistant's own, with the worked answers
            assert battle.course.treasure not in path.read_text(encoding="utf-8", errors="replace"), path.name


def test_nobody_was_heard(battle):
    assert battle.course.listener.heard == []


def test_only_reports_stand_among_the_reports(battle):
    from qnetlab.marking.report import file_name

    expected = {f"{file_name(who)}.{kind}" for who in battle.records for kind in ("html", "json")}
    here = {path.name for path in battle.course.out.iterdir()}
    assert expected <= here
    assert {name for name in here - expected if name.endswith((".html", ".ipynb", ".py"))} <= {
        "summary.html", "index.html"}


def test_without_a_sandbox_the_same_attack_is_seen_to_succeed():
    """These tests can fail: with nothing in its way, the reader of files carries the treasure home."""
    course = Course([ATTACKS["reading-files"]])
    try:
        course.grade(ladder.Rung(name="none"))
        loot = {said["question"]: said["choice"] for said in course.records()["000-files"]["predictions"]}
        assert course.treasure in loot["loot.secret"] and "TREASURE" not in loot["loot.ledger"]
        assert not re.fullmatch(FAILS, loot["loot.other"])
    finally:
        course.close()
