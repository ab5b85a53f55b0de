"""One notebook, executed in the sandbox: what it handed over, and how each cell went.

Here the grader talks to a process that a student may have taken over. Every message is checked; nothing but answers,
predictions and short texts is taken from it, and it is ended at the limit.
"""

from __future__ import annotations

import base64
import contextlib
import os
import pickle
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .limits import Limits, scratch_bytes
from .notebooks import Cell
from .sandbox.ladder import Rung, command, environment, scratch
from .sandbox.wire import Gone, TooLate, Wire, WireError

_READY_SECONDS = 60.0
_START_SECONDS = 20.0
_GRACE_SECONDS = 2.0  # between asking a cell to stop and ending the process
_Ask = Callable[[Mapping[str, Any]], Sequence[tuple[str, Sequence[Any]]]]


class SandboxBroken(RuntimeError):
    """The sandbox itself does not work: the machine's fault, never the student's."""


@dataclass(slots=True)
class Attempt:
    """What came out of the sandbox.

    ``answers`` holds (exercise, data) by cell, ``errors`` what a cell raised, ``stopped`` why a cell was left out,
    ``results`` the outcome of calls by exercise; ``peak_mb`` and ``seconds`` say what it took.
    """

    answers: dict[int, list[tuple[str, Any]]] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    stopped: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    predictions: list[dict[str, Any]] = field(default_factory=list)
    results: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    peak_mb: float = 0.0
    seconds: float = 0.0
    runs: int = 0

    def handed_over(self) -> dict[str, list[tuple[int, Any]]]:
        """Exercise -> (cell, data) for each time, in the order of the cells."""
        found: dict[str, list[tuple[int, Any]]] = {}
        for number in sorted(self.answers):
            for name, data in self.answers[number]:
                found.setdefault(name, []).append((number, data))
        return found


@dataclass(slots=True)
class _Run:
    """One pass through the notebook."""

    cell: int = 0
    done: bool = False
    calling: str = ""
    why: str = ""


class Sandbox:
    """A warm interpreter on one rung of the ladder; use it as a context. Scratch folders are made in ``folder``;
    ``files`` lie in each of them when a notebook begins."""

    def __init__(self, rung: Rung, limits: Limits, folder: str | None = None,
                 files: Mapping[str, bytes] | None = None) -> None:
        self.rung, self.limits, self.folder, self.files = rung, limits, folder, files or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._control: Wire | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the interpreter, and with it everything in the sandbox."""
        if self._control is not None:
            self._control.end.close()
        if self._process is not None:
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = self._control = None

    def attempt(self, cells: Sequence[Cell], tasks: Mapping[str, Any], ask: _Ask = lambda _: ()) -> Attempt:
        """Execute ``cells``; ``tasks`` is what ``exercise`` gives, ``ask`` says which functions to call with what."""
        found, skipped, blocked = Attempt(), set[int](), set[str]()
        start = time.monotonic()
        deadline = start + self.limits.seconds
        for _ in range(self.limits.restarts + 1):
            found.runs += 1
            run = self._once([cell for cell in cells if cell.number not in skipped], tasks, found, deadline,
                             lambda last: [pair for pair in ask(last) if pair[0] not in blocked])
            if run.done and run.calling and time.monotonic() < deadline - 1:
                found.results[run.calling].append({"error": f"the call did not come back: {run.why}"})
                blocked.add(run.calling)
                continue
            if run.done or not run.cell:
                if not run.done:
                    found.notes.append(f"The notebook could not be executed: {run.why}.")
                break
            found.stopped[run.cell] = run.why
            skipped.add(run.cell)
            if time.monotonic() > deadline - 1:
                found.notes.append(f"The time for the whole notebook, {self.limits.seconds:g} s, was over at cell "
                                   f"{run.cell}; what was handed over until then counts.")
                break
        else:
            found.notes.append("The notebook was begun again too often; cells after the last one that ended it were "
                               "not run.")
        found.seconds = round(time.monotonic() - start, 3)
        return found

    # ------------------------------------------------------------------------------------------------ one pass

    def _once(self, cells: Sequence[Cell], tasks: Mapping[str, Any], found: Attempt, deadline: float,
              ask: _Ask) -> _Run:
        run = _Run()
        with contextlib.ExitStack() as stack:
            ours, theirs = socket.socketpair()
            stack.callback(ours.close)
            own = _scratch(self.folder, self._uid() if self.rung.own_user else None)
            place = scratch() if self.rung.name == "bubblewrap" else stack.enter_context(own)
            self._begin(place, theirs)
            data = Wire(ours, longest=self.limits.answer_kb * 2048, budget=self.limits.output_kb * 1024.0)
            try:
                self._talk(data, cells, tasks, found, deadline, ask, run)
            except TooLate:
                run.why = "it took longer than it may and could not be interrupted"
            except Gone:
                run.why = "it ended Python"
            except WireError as reason:
                run.why = f"it sent something that is no answer ({reason})"
            ended = self._end(kill=True)
            found.peak_mb = max(found.peak_mb, ended.get("peak_mb", 0.0))
            if ended.get("ended") == "memory" and not run.done:
                run.why = f"it took more memory than {self.limits.memory_mb} MB"
            elif ended.get("ended") == "files" and not run.done:
                run.why = f"its files were over {self.limits.file_mb * 4} MB, or more than {self.limits.files}"
        return run

    def _talk(self, data: Wire, cells: Sequence[Cell], tasks: Mapping[str, Any], found: Attempt, deadline: float,
              ask: _Ask, run: _Run) -> None:
        data.send({
            "tasks": base64.b64encode(pickle.dumps(dict(tasks))).decode(),
            "cells": [{"n": cell.number, "code": cell.code, "exercise": cell.exercise, "answer": cell.answer}
                      for cell in cells],
            "files": {name: base64.b64encode(content).decode() for name, content in self.files.items()},
            "cell_seconds": self.limits.cell_seconds, "call_seconds": self.limits.call_seconds})
        numbers = [cell.number for cell in cells]
        wait_until = time.monotonic() + _START_SECONDS
        left = self.limits.answers
        while True:
            message = data.receive(min(deadline, wait_until))
            kind = message.get("at") if isinstance(message, dict) else None
            if kind == "cell" and numbers and message.get("n") == numbers[0]:
                run.cell = numbers.pop(0)
                found.answers[run.cell], found.errors[run.cell] = [], ""
                wait_until = time.monotonic() + self.limits.cell_seconds + _GRACE_SECONDS
            elif kind == "end" and message.get("n") == run.cell and isinstance(message.get("error"), str):
                found.errors[run.cell] = _printable(message["error"])
            elif kind == "answer" and run.cell and isinstance(message.get("exercise"), str) and "data" in message:
                left -= 1
                if left < 0:
                    raise WireError("more answers than any notebook needs")
                found.answers[run.cell].append((message["exercise"], message["data"]))
            elif kind in ("prediction", "concept test") and run.cell:
                if len(found.predictions) >= self.limits.answers:
                    raise WireError("more predictions than any notebook needs")
                found.predictions.append({key: _printable(value) for key, value in message.items()
                                          if isinstance(value, str)})
            elif kind == "done" and not numbers:
                break
            else:
                raise WireError("a message that the runner never sends")
        run.done = True
        self._calls(data, found, deadline, ask, run)

    def _calls(self, data: Wire, found: Attempt, deadline: float, ask: _Ask, run: _Run) -> None:
        """Call the functions that were handed over; a call that fails costs only itself."""
        last = {name: times[-1][1] for name, times in found.handed_over().items()}
        for name, cases in ask(last):
            run.calling, results = name, found.results.setdefault(name, [])
            results.clear()
            for arguments in cases:
                wait = min(deadline + self.limits.call_seconds, time.monotonic() + self.limits.call_seconds + 2)
                data.send({"call": name, "arguments": base64.b64encode(pickle.dumps(arguments)).decode()})
                message = data.receive(wait)
                if not isinstance(message, dict) or message.get("at") != "result":
                    raise WireError("a message that the runner never sends")
                results.append({"data": message["data"]} if "data" in message else
                               {"error": _printable(str(message.get("error")))})
        run.calling = ""

    # ------------------------------------------------------------------------------------------------ the interpreter

    def _uid(self) -> int:
        """A user that nobody is, and that no other grader on this machine uses now."""
        return 20_000 + os.getpid() % 40_000

    def _started(self) -> Wire:
        if self._control is not None and self._process is not None and self._process.poll() is None:
            return self._control
        self.close()
        ours, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            command(self.rung, theirs.fileno()), pass_fds=[theirs.fileno()], env=environment(), cwd="/",
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)
        theirs.close()
        self._control = Wire(ours, longest=1 << 20)
        try:
            self._control.receive(time.monotonic() + _READY_SECONDS)
        except WireError as reason:
            self.close()
            raise SandboxBroken(f"The sandbox ({self.rung.name}) did not start: {reason}.") from reason
        return self._control

    def _begin(self, scratch: str, theirs: socket.socket) -> None:
        control, limits = self._started(), self.limits
        order = {
            "uid": self._uid(), "scratch": scratch, "scratch_bytes": scratch_bytes(limits), "landlock":
            self.rung.landlock, "own_network": self.rung.own_network, "own_processes": self.rung.own_processes,
            "own_user": self.rung.own_user, "own_mounts": self.rung.own_mounts, "filtered": self.rung.filtered,
            **limits.to_dict()}
        try:
            control.send(order)
            socket.send_fds(control.end, [b"."], [theirs.fileno()])
        except OSError as reason:
            raise SandboxBroken(f"The sandbox ended: {reason}.") from reason
        finally:
            theirs.close()

    def _end(self, kill: bool) -> dict[str, Any]:
        """End the submission; how it ended. Where the interpreter does not answer, it is ended, too."""
        control = self._control
        if control is None:
            return {}
        try:
            control.send({"kill": kill})
            found = control.receive(time.monotonic() + 15)
        except WireError:
            if self._process is not None:
                self._process.kill()
            self.close()
            return {}
        return dict(found)


@contextlib.contextmanager
def _scratch(where: str | None, owner: int | None) -> Any:
    """A folder for one run, gone afterwards whatever is in it."""
    with tempfile.TemporaryDirectory(dir=where, prefix="qnetlab-", ignore_cleanup_errors=True) as folder:
        inside = os.path.join(folder, "work")
        os.mkdir(inside, 0o700)
        if owner is not None:
            os.chmod(folder, 0o711)
            os.chown(inside, owner, owner)
        yield inside


def _printable(text: str, longest: int = 500) -> str:
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text[:longest])
