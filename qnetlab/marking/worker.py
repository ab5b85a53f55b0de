"""A worker: reads a notebook, has it executed, marks it. A process of its own, limited and replaceable.

Reading a hostile file and comparing a nasty circuit happen here, so that neither can take the batch with it. Orders
come as lines of JSON on a socket, records go back the same way.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from ..grading.exercises import read_exercise
from ..grading.misconceptions import read_misconceptions
from .attempt import Attempt, Sandbox, SandboxBroken
from .limits import MB, Limits
from .marks import Setting, mark_all
from .notebooks import BadNotebook, Notebook, read_bytes, read_notebook
from .sandbox import kernel
from .sandbox.ladder import Rung
from .sandbox.wire import Gone, Wire

if sys.platform != "win32":
    import resource

#: Who hands in somebody else's copy by mistake should not look for a fault in the physics. The stamp is not believed:
#: marks are for the numbers of whoever handed in.
OTHER_COPY = ("This copy says that it was made for somebody else. Its numbers are not yours, so answers right in "
              "it count as wrong here. Hand in your own copy, or ask.")


def main() -> int:
    """Serve orders until the batch is done."""
    wire = Wire(socket.socket(fileno=int(sys.argv[1])), longest=1 << 26)
    if sys.platform.startswith("linux"):
        kernel.die_with_parent(signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the batch, which then ends its workers
    setup = wire.receive()
    limits, rung = Limits.from_dict(setup["limits"]), Rung(**setup["rung"])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hardest = resource.getrlimit(resource.RLIMIT_AS)[1]  # stays: the sandbox sets limits of its own
    resource.setrlimit(resource.RLIMIT_AS, (limits.judge_memory_mb * MB, hardest))
    setting = Setting(
        exercises=tuple(read_exercise(Path(folder)) for folder in setup["exercises"]),
        misconceptions=read_misconceptions([Path(root) for root in setup["roots"]]),
        seed=bytes.fromhex(setup["seed"]), same_numbers=setup.get("same_numbers", False))
    with Sandbox(rung, limits, setup.get("scratch"), read_files(setup.get("files"))) as sandbox:
        while True:
            try:
                order = wire.receive()
            except Gone:
                return 0
            wire.send(grade_one(sandbox, setting, order, limits))


def read_files(folder: str | None) -> dict[str, bytes]:
    """Files that the course gives to every notebook: relative name -> content."""
    if folder is None:
        return {}
    root = Path(folder)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*"))
            if path.is_file() and not path.is_symlink()}


def grade_one(sandbox: Sandbox, setting: Setting, order: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """The record of one submission, whatever it is."""
    started = time.monotonic()
    student, attempt, notes = order["student"], Attempt(), list(order.get("notes", ()))
    notebook = Notebook(cells=(), sha256=order.get("sha256", ""))
    try:
        notebook = read_notebook(read_bytes(Path(order["path"]), limits), limits)
        attempt = sandbox.attempt(notebook.cells, setting.tasks(student, notebook.named()),
                                  lambda last: setting.calls(student, last))
    except BadNotebook as reason:
        notes.append(str(reason))
    except SandboxBroken as reason:
        return {"student": student, "failed": str(reason)}
    marks = mark_all(setting, student, notebook, attempt)
    if not setting.same_numbers and notebook.stamp.get("student", student) != student:
        notes.append(OTHER_COPY)
    return {
        "student": student, "notebook": order["name"], "handed_in": order.get("handed_in", ""),
        "sha256": notebook.sha256, "isolation": sandbox.rung.words(),
        "exercises": marks, "notes": [*notes, *notebook.notes, *attempt.notes], "cells": _cells(notebook, attempt),
        "predictions": attempt.predictions, "stamp": dict(notebook.stamp),
        "points": float(sum(entry["points"] for entry in marks)),
        "out_of": float(sum(entry["out_of"] for entry in marks)),
        "seconds": round(time.monotonic() - started, 3), "peak_mb": attempt.peak_mb, "runs": attempt.runs,
        "worker": os.getpid()}


def _cells(notebook: Notebook, attempt: Attempt) -> list[dict[str, Any]]:
    """The cells that did not go well."""
    found = []
    for cell in notebook.cells:
        said = attempt.stopped.get(cell.number) or attempt.errors.get(cell.number, "")
        if said:
            first = next((line for line in cell.code.splitlines() if line.strip()), "")
            found.append({"cell": cell.number, "begins": first[:80], "said": said,
                          "stopped": cell.number in attempt.stopped})
    return found


if __name__ == "__main__":
    sys.exit(main())
