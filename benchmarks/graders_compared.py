"""The same notebooks through nbgrader, otter-grader and qnetlab: seconds, marks, what they leave behind.

The other two are the real packages, in an environment of their own, which needs the package index. All three use the
same checks. Not part of run_all.py:

    .venv/bin/python benchmarks/graders_compared.py [folder for the environment]
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("nbgrader==0.9.6", "otter-grader==7.0.0", "ipykernel")
PATIENCE = 60  # seconds, then a grader that has no limit of its own is ended
SLEEP = "86399"  # seconds: how a process that was left behind is known again

SETUP = "from qnetlab import check, exercise"
CIRCUIT = """circuit = exercise("teleport.correct").stub()
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
"""
Z = "with circuit.if_test((alice_z, 1)):\n    circuit.z(bob)\n"
NUMBER = 'answer = (2 * exercise("teleport.fidelity").parameters["f"] + 1) / 3'
LEAVES = f"import subprocess\nopen({{mark!r}}, 'w').write('x')\nsubprocess.Popen(['sleep', '{SLEEP}'])"
CASES = {  # what it is -> the cells for the circuit, for the number, and what is done at the end
    "correct": (CIRCUIT + Z, NUMBER, ""),
    "wrong: no Z": (CIRCUIT, NUMBER, ""),
    "crashes after the first answer": (CIRCUIT + Z, "import os\nos._exit(1)", ""),
    "loops after the first answer": (CIRCUIT + Z, "while True: pass", ""),
    "writes elsewhere, leaves a process": (CIRCUIT + Z, NUMBER, LEAVES),
    "replaces the check": (CIRCUIT, "import qnetlab\nclass Yes:\n    correct, points = True, 4.0\n"
                           "check = qnetlab.check = lambda *_, **__: Yes()\n" + NUMBER, ""),
}
DESERVED = {"correct": 6, "wrong: no Z": 3, "crashes after the first answer": 4, "loops after the first answer": 4,
            "writes elsewhere, leaves a process": 6, "replaces the check": 3}


def code(source: str, **metadata: object) -> dict[str, object]:
    """A code cell."""
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": [], "execution_count": None}


def notebook(*cells: dict[str, object]) -> str:
    """A notebook of these cells."""
    named = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells)]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": named})


def nbgrader_cell(source: str, name: str, points: float | None = None) -> dict[str, object]:
    """A cell as nbgrader knows it: for an answer, or with a test that is worth points."""
    kind = {"grade": False, "solution": True, "locked": False} if points is None else {
        "grade": True, "solution": False, "locked": True, "points": points}
    return code(source, nbgrader={"schema_version": 3, "task": False, "cell_type": "code", "grade_id": name, **kind})


def for_nbgrader(circuit: str, number: str, last: str) -> str:
    """Answers and tests; a test is worth points and cannot be all or nothing, so the check's points are its value."""
    return notebook(code(SETUP), nbgrader_cell(circuit, "a1"),
                    nbgrader_cell('check("teleport.correct", circuit).points', "t1", 4.0),
                    nbgrader_cell(number, "a2"),
                    nbgrader_cell('check("teleport.fidelity", answer).points', "t2", 2.0), code(last))


def for_qnetlab(circuit: str, number: str, last: str) -> str:
    """Answers and checks."""
    return notebook(code(SETUP), code(circuit + '\ncheck("teleport.correct", circuit)'),
                    code(number + '\ncheck("teleport.fidelity", answer)'), code(last))


OTTER_TEST = """OK_FORMAT = True
test = {{"name": "{name}", "points": {points}, "suites": [{{"cases": [
    {{"code": ">>> from qnetlab import check\\n>>> assert check('{exercise}', {answer}).correct\\n", "hidden": True,
      "locked": False}}], "scored": True, "setup": "", "teardown": "", "type": "doctest"}}]}}
"""


class Others:
    """The environment of the other two."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        if not (self.bin / "otter").exists():
            uv = [sys.executable, "-m", "uv"]
            subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(folder)], check=True)
            subprocess.run([*uv, "pip", "install", "--quiet", "--python", str(self.bin / "python"), *PACKAGES],
                           check=True)
            packages = next(folder.glob("lib/python*/site-packages"))
            (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")

    def run(self, *words: str, cwd: Path) -> tuple[float, str]:
        """Call a program there; seconds, and how it ended."""
        env = {**os.environ, "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
        return timed([str(self.bin / words[0]), *words[1:]], cwd, env)


def timed(command: list[str], cwd: Path, env: dict[str, str]) -> tuple[float, str]:
    """Seconds that a command took, and how it ended; at the end of our patience it and its children are ended."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          start_new_session=True) as running:
        try:
            how = f"exit code {running.wait(PATIENCE)}"
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            how = f"no end within {PATIENCE} s"
    return time.perf_counter() - start, how


def left_behind(mark: Path) -> list[str]:
    """What is still there; our own traces are removed, by number."""
    found = ["a file outside"] if mark.exists() else []
    mark.unlink(missing_ok=True)
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if Path(f"/proc/{name}/cmdline").read_bytes() == f"sleep\0{SLEEP}\0".encode():
                found.append("a process")
                os.kill(int(name), signal.SIGKILL)
    return found


def nbgrader(others: Others, folder: Path, cells: tuple[str, str, str]) -> tuple[float, str, float | None]:
    """Through nbgrader as it is installed, one submission at a time."""
    for name, content in (("source/lab", for_nbgrader("### BEGIN SOLUTION\n### END SOLUTION", "", "")),
                          ("submitted/ada/lab", for_nbgrader(*cells))):
        (folder / name).mkdir(parents=True)
        (folder / name / "lab.ipynb").write_text(content, encoding="utf-8")
    (folder / "nbgrader_config.py").write_text("c = get_config()\n")
    others.run("nbgrader", "generate_assignment", "lab", cwd=folder)
    seconds, how = others.run("nbgrader", "autograde", "lab", cwd=folder)
    others.run("nbgrader", "export", cwd=folder)
    rows = list(csv.DictReader((folder / "grades.csv").open())) if (folder / "grades.csv").exists() else []
    graded = (folder / "autograded" / "ada" / "lab" / "lab.ipynb").exists()
    return seconds, how, float(rows[0]["score"] or 0) if rows and graded else None


def otter(others: Others, folder: Path, cells: tuple[str, str, str]) -> tuple[float, str, float | None]:
    """Through otter run."""
    (folder / "tests").mkdir(parents=True)
    for name, points, exercise, answer in (("q1", 4, "teleport.correct", "circuit"),
                                           ("q2", 2, "teleport.fidelity", "answer")):
        (folder / "tests" / f"{name}.py").write_text(OTTER_TEST.format(name=name, points=points, exercise=exercise,
                                                                       answer=answer))
    (folder / "lab.ipynb").write_text(notebook(code(SETUP), *map(code, cells)), encoding="utf-8")
    others.run("otter", "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment", cwd=folder)
    seconds, how = others.run("otter", "run", "-a", "autograder.zip", "--no-logo", "lab.ipynb", cwd=folder)
    result = folder / "results.json"
    if not result.exists():
        return seconds, how, None
    return seconds, how, sum(float(test.get("score", 0)) for test in json.loads(result.read_text())["tests"])


def qnetlab(others: Others, folder: Path, cells: tuple[str, str, str]) -> tuple[float, str, float | None]:
    """Through qnetlab grade, one submission at a time and so with the start of the interpreter."""
    (folder / "submitted" / "ada").mkdir(parents=True)
    (folder / "submitted" / "ada" / "lab.ipynb").write_text(for_qnetlab(*cells), encoding="utf-8")
    seconds, how = timed(
        [sys.executable, "-m", "qnetlab", "grade", "submitted", "--out", "reports", "--jobs", "1", "--same-numbers",
         "--only", "teleport.correct", "--only", "teleport.fidelity"], folder, {**os.environ, "PYTHONPATH": str(ROOT)})
    rows = list(csv.DictReader((folder / "reports" / "grades.csv").open(encoding="utf-8-sig")))
    return seconds, how, float(rows[0]["points"])


def measure(environment: Path) -> Iterator[dict[str, object]]:
    """All figures."""
    others = Others(environment)
    for case, cells in CASES.items():
        for grader in (nbgrader, otter, qnetlab):
            folder = Path(tempfile.mkdtemp(prefix="qnetlab-graders-"))
            mark = folder / "outside"
            own = (*cells[:2], cells[2].format(mark=str(mark)))
            try:
                seconds, how, points = grader(others, folder / "course", own)
                yield {"figure": f"{grader.__name__}, {case}", "seconds": seconds, "points": points,
                       "deserved": DESERVED[case], "how": how, "left_behind": left_behind(mark)}
            finally:
                shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="qnetlab-other-graders-") as made:
        for figure in measure(Path(sys.argv[1] if len(sys.argv) > 1 else made)):
            print(json.dumps(figure), flush=True)
