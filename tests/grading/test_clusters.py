"""Answers nobody foresaw, the class on one page, and hints about collusion."""

from __future__ import annotations

import json

import numpy as np
import pytest

from qnetlab.cli import main
from qnetlab.grading.exercises import read_exercise, roots
from qnetlab.grading.misconceptions import read_misconceptions
from qnetlab.marking.batch import write_all
from qnetlab.marking.clusters import clusters
from qnetlab.marking.hints import FALSE_ALARM, chance_of_so_close, chance_of_the_same, hints
from qnetlab.marking.ledger import Ledger
from qnetlab.marking.marks import Setting, mark

SEED = b"a secret of sixteen letters"


def setting(*names):
    folders = [next(root / name for root in roots() if (root / name).is_dir()) for name in names]
    return Setting(exercises=tuple(map(read_exercise, folders)), misconceptions=read_misconceptions(list(roots())),
                   seed=SEED)


def record(student, entries, **more):
    return {"student": student, "notebook": f"{student}/lab.ipynb", "sha256": student, "isolation": "none",
            "exercises": entries, "notes": [], "cells": [], "predictions": [], "stamp": {}, "seconds": 1.0,
            "points": sum(entry["points"] for entry in entries), "out_of": sum(entry["out_of"] for entry in entries),
            "peak_mb": 1.0, "runs": 1, **more}


def entry(course, student, answer):
    exercise = course.exercises[0]
    return mark(exercise, course, student, [(1, answer(course.parameters(exercise, student)))]) | {"notes": []}


@pytest.fixture
def reports(tmp_path):
    """Forty students square the fidelity, six take its root, one says 0.7123; all have numbers of their own."""
    course, ledger = setting("teleport.fidelity"), Ledger.read(tmp_path)
    for number in range(47):
        def answer(parameters, number=number):
            f = parameters["f"]
            return f * 0.3 if number < 40 else f - 0.37 if number < 46 else 0.1234
        student = f"s{number:02d}"
        said = [{"at": "prediction", "question": "claims.instant", "choice": choice, "when": when}
                for when, choice in (("before", "<b>yes"), ("after", "not TRUE."))]
        ledger.add("graded", key=student, record=record(student, [entry(course, student, answer)], predictions=said))
    write_all(tmp_path, ledger)
    return tmp_path


def test_whoever_did_the_same_stands_together_although_no_numbers_are_equal(reports):
    found = clusters(Ledger.read(reports).current())
    assert [len(cluster.students) for cluster in found] == [40, 6, 1]
    assert found[0].words() == "divided by f, always 0.3" and found[1].words() == "minus f, always -0.37"


def test_one_sentence_answers_forty_students_and_joins_the_list(reports, capsys):
    assert main(["cluster", str(reports)]) == 0
    said = capsys.readouterr().out
    assert "3 kinds" in said and "40 students" in said and "divided by f, always 0.3" in said
    name = clusters(Ledger.read(reports).current())[0].id
    listed = reports / "misconceptions.toml"
    assert main(["cluster", str(reports), "--answer", name, "Nine tenths of {f} <b>is</b> no \"average\".",
                 "--export", str(listed)]) == 0
    f = json.loads((reports / "s00.json").read_text())["exercises"][0]
    assert f["misconceptions"] == [name] and "{f}" not in f["sentences"][0]
    assert "&lt;b&gt;is" in (reports / "s39.html").read_text() and "tenths" not in (reports / "s40.html").read_text()
    assert read_misconceptions([reports])[name.replace("#", "_")].concept == 6
    assert json.loads((reports / "summary.json").read_text())["misconceptions"][name] == 40
    assert main(["cluster", str(reports), "--answer", "nothing#1", "x"]) == 2


def test_what_the_assistant_sees_is_in_no_students_report(reports):
    kept = json.loads((reports / "s00.json").read_text())["exercises"][0]
    assert not {"seen", "answer", "worked"} & set(kept)
    assert "right" not in json.dumps(kept["scores"])


def test_a_circuit_of_no_known_mistake_is_clustered_by_what_it_does(tmp_path):
    course = setting("teleport.correct")
    def circuit(gate):
        return {"circuit": {"qubits": 3, "clbits": 2, "qregs": [], "cregs": [], "data": [
            [gate, [], [2], []], ["barrier", [], [0], []], ["measure", [], [0], [0]], ["measure", [], [1], [1]]]}}
    gates = ["sx", "sx", "sx", "sxdg", "sx"]
    current = {f"s{n}": record(f"s{n}", [entry(course, f"s{n}", lambda _, gate=gate: circuit(gate))])
               for n, gate in enumerate(gates)}
    found = clusters(current)
    if found:  # unless the list of mistakes learns to name this one
        assert len(found[0].students) >= 4 and "Expected out" in found[0].words()


def test_the_page_of_the_class_names_nobody_and_runs_nothing(reports):
    page = (reports / "summary.html").read_text(encoding="utf-8")
    assert "s00" not in page and "<script" not in page and "<b>yes" not in page
    assert "{f}" not in page and ">false: Not true. ✓</td>" in page
    assert "<td style='text-align:left;padding:0.15em 1em 0.15em 0.3em'>47</td>" in page.partition("Not true.")[2]
    assert "role=\"img\"" in page and "fewer than 5" in page and "default-src 'none'" in page


def counts(rng, n=1000, students=30):
    return [dict(zip(("00", "01", "10", "11"), map(int, rng.multinomial(n, [0.25] * 4)), strict=True))
            for _ in range(students)]


def current_of(many):
    return {f"s{n:02d}": record(f"s{n:02d}", [{
        "id": "x.y", "points": 0.0, "out_of": 1.0,
        "answer": {"dict": [[name, number] for name, number in one.items()]}}]) for n, one in enumerate(many)}


def test_honest_counts_give_no_hint_and_invented_ones_do():
    rng = np.random.default_rng(3)
    false = sum(bool(hints(current_of(counts(rng)))) for _ in range(200))
    assert false <= 2  # at 1e-3 and below: more has a chance of 1e-3
    many = counts(rng)
    copied = [*many, many[4], many[4]]
    assert ["very same counts" in hint and "s04, s30, s31" in hint for hint in hints(current_of(copied))] == [True]
    even = [*many, dict.fromkeys(("00", "01", "10", "11"), 250)]
    assert not any("very same" in hint for hint in hints(current_of(even)))


def test_counts_too_good_to_be_true():
    names = [f"{n:04b}" for n in range(16)]
    rng = np.random.default_rng(4)
    many = [dict(zip(names, map(int, rng.multinomial(16_000, [1 / 16] * 16)), strict=True)) for _ in range(20)]
    assert hints(current_of(many)) == []
    found = hints(current_of([*many, dict.fromkeys(names, 1000)]))
    assert len(found) == 1 and "closer to the class's average" in found[0] and "s20" in found[0]


def test_the_stated_chances_hold():
    rng = np.random.default_rng(5)
    n, p = 40, np.array([0.5, 0.3, 0.2])
    draws = rng.multinomial(n, p, 20_000)
    same = np.mean([(draws == draw).all(axis=1).mean() for draw in draws[:300]])
    assert same <= np.mean([chance_of_the_same(dict(enumerate(map(int, draw)))) for draw in draws[:300]])
    shares = dict(enumerate(p))
    chances = np.array([chance_of_so_close(dict(enumerate(map(int, draw))), shares) for draw in draws[:3000]])
    for level in (0.05, 0.2):  # whoever is honest is called so at most as often as is said
        assert (chances < level).mean() <= level + 0.02
    assert FALSE_ALARM <= 1e-3


def test_copies_of_others_are_asked_about():
    many = current_of([{"0": 1}] * 3)
    many["s01"]["stamp"] = {"student": "s00"}
    many["s02"]["sha256"] = "s00"
    found = hints(many)
    assert any("made for s00" in hint for hint in found) and any("very same file" in hint for hint in found)
