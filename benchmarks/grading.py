"""Grading: seconds per submission in a batch, with and without endless loops; memory; a practice check.

    .venv/bin/python benchmarks/run_all.py grading
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from qnetlab.cli import main

JOBS = 2
CLASS = 100
LOOP_LIMIT = 15

SETUP = "from qnetlab import Fiber, Link, PhotonPairSource, Teleportation, check, exercise, run"
WORK = """link = Link(source=PhotonPairSource(fidelity=0.95), fiber=Fiber(length_km=50))
result = run(Teleportation(link=link), shots=1000, rng=1)
print(result["fidelity"])"""
CIRCUIT = """task = exercise("teleport.correct")
circuit = task.stub()
message, alice, bob = circuit.qubits
alice_z, alice_x = circuit.clbits
circuit.h(alice)
circuit.cx(alice, bob)
circuit.cx(message, alice)
circuit.h(message)
circuit.measure(message, alice_z)
circuit.measure(alice, alice_x)
with circuit.if_test((alice_x, 1)):
    circuit.x(bob)
{last}
check("teleport.correct", circuit)"""
RIGHT = "with circuit.if_test((alice_z, 1)):\n    circuit.z(bob)"
NUMBER = 'f = exercise("teleport.fidelity").parameters["f"]\ncheck("teleport.fidelity", {answer})'


def notebook(student: int, loops: bool) -> str:
    """One submission: right, wrong, or with a loop before its last answer."""
    wrong = student % 3 == 0
    cells = [SETUP, WORK, CIRCUIT.format(last="" if wrong else RIGHT), *(["while True: pass"] if loops else []),
             NUMBER.format(answer="f" if wrong else "(2 * f + 1) / 3")]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
        {"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]})


def _resident_mb(root: int) -> float:
    """Proportional memory of a process and all below it."""
    parents, sizes = {}, {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parents[int(name)] = int(Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1])
            lines = Path(f"/proc/{name}/smaps_rollup").read_text().splitlines()
            sizes[int(name)] = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
    ours = {root}
    while more := {pid for pid, above in parents.items() if above in ours} - ours:
        ours |= more
    return sum(sizes.get(pid, 0.0) for pid in ours)


def batch(loops: bool) -> dict[str, object]:
    """Grade a class and say what it took."""
    with tempfile.TemporaryDirectory() as folder:
        for student in range(CLASS):
            place = Path(folder, "submitted", f"s{student:03d}", "lab")
            place.mkdir(parents=True)
            (place / "lab.ipynb").write_text(notebook(student, loops and student % 10 == 0), encoding="utf-8")
        peak, done = [0.0], threading.Event()

        def watch() -> None:
            while not done.wait(0.5):
                peak[0] = max(peak[0], _resident_mb(os.getpid()))

        watcher = threading.Thread(target=watch)
        watcher.start()
        start = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = main(["grade", f"{folder}/submitted", "--out", f"{folder}/reports", "--jobs", str(JOBS),
                         "--timeout", str(LOOP_LIMIT)])
        seconds = time.perf_counter() - start
        done.set()
        watcher.join()
        points = [line.split(",")[2] for line in Path(folder, "reports", "grades.csv").read_text().splitlines()[1:]]
    return {"seconds": seconds, "seconds_per_submission": seconds / CLASS, "peak_mb": peak[0], "exit_code": code,
            "full_marks": points.count("6"), "submissions": len(points), "jobs": JOBS}


def measure() -> Iterator[dict[str, object]]:
    """All figures."""
    from qnetlab import check, exercise

    yield {"figure": "batch of 100 notebooks", **batch(loops=False), "goal_seconds_per_submission": 1.0}
    yield {"figure": f"batch of 100, every tenth loops, {LOOP_LIMIT} s for a cell", **batch(loops=True)}
    circuit, times = exercise("teleport.correct").stub(), []
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for _ in range(6):
            start = time.perf_counter()
            check("teleport.correct", circuit)
            times.append(time.perf_counter() - start)
    yield {"figure": "practice check of a circuit", "first_seconds": times[0],
           "warm_seconds": statistics.median(times[1:])}
