"""The runner inside the sandbox: executes the cells of a notebook one by one and sends what was handed over.

It shares its process with the student's code, which may do with it whatever it likes: nothing it says is believed.
A cell that raises is noted and the next one runs; a cell that never ends is interrupted, and where that does not help
the grader ends this process and begins again without the cell.
"""

from __future__ import annotations

import ast
import base64
import builtins
import gc
import inspect
import linecache
import os
import pickle
import signal
import socket
import sys
import threading
import time
import types
from typing import Any

from .encode import TooMuch, encode
from .recorder import Recorder
from .wire import Gone, Wire

_LONGEST_ERROR = 300
_LONGEST_CODE = 1_000_000


class CellTimeout(BaseException):
    """The cell took longer than it may."""


class _Shell:
    """As much of IPython's shell as a notebook without a kernel can use: magics do nothing, or run what follows."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.user_ns = names

    def run_line_magic(self, name: str, line: str, *_: Any, **__: Any) -> None:
        """``%time x = f()`` runs the statement, other magics do nothing."""
        if name in ("time", "timeit", "prun"):
            exec(compile(line, "<magic>", "exec"), self.user_ns)

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """``%%time`` and ``%%capture`` run the cell, other magics do nothing."""
        if name in ("time", "timeit", "capture", "prun"):
            exec(compile(_plain_python(cell), "<cell>", "exec"), self.user_ns)

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: None


def _plain_python(source: str) -> str:
    from IPython.core.inputtransformer2 import TransformerManager

    return str(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]


def prepare() -> None:
    """What can be done once, before there is a student: fill the caches."""
    from .encode import standard_gates

    standard_gates()
    _plain_python("%time 1")


def serve(descriptor: int) -> int:
    """Run one notebook; the exit code of the process."""
    gc.enable()
    _own_chance()
    sys.argv = ["notebook"]
    wire = Wire(socket.socket(fileno=descriptor), longest=1 << 28)
    lock = threading.Lock()

    def send(message: dict[str, Any]) -> None:
        with lock:
            wire.send(message)

    job = wire.receive()
    recorder = Recorder(send, pickle.loads(base64.b64decode(job["tasks"])))  # the grader wrote it
    recorder.stand_in()
    for name, content in job.get("files", {}).items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "wb") as file:
            file.write(base64.b64decode(content))
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    shell = _Shell(module.__dict__)
    from IPython.display import display

    module.__dict__.update(get_ipython=lambda: shell, display=display, __builtins__=builtins)
    signal.signal(signal.SIGALRM, _interrupt)
    for cell in job["cells"]:
        send({"at": "cell", "n": cell["n"]})
        started = time.monotonic()
        recorder.handed_over.clear()
        error = _run(cell["code"], f"<cell {cell['n']}>", module.__dict__, job["cell_seconds"])
        name = cell.get("answer")
        if name and cell["exercise"] not in recorder.handed_over and name in module.__dict__:
            recorder.check(cell["exercise"], module.__dict__[name])
        send({"at": "end", "n": cell["n"], "error": error, "seconds": round(time.monotonic() - started, 3)})
    send({"at": "done"})
    _answer_calls(wire, send, recorder, job["call_seconds"])
    return 0


def _own_chance() -> None:
    """A fork begins with the chance of the process it came from: two students who draw numbers from numpy's global
    generator would get the same ones, and look as if one had copied from the other. (Python's own sees to itself.)"""
    import numpy as np

    vars(np.random)["seed"]()


def _interrupt(*_: Any) -> None:
    raise CellTimeout


def _run(source: str, name: str, names: dict[str, Any], seconds: float) -> str:
    """Run one cell; how it ended, in words, nothing if all went well."""
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        code = compile(_plain_python(source[:_LONGEST_CODE]), name, "exec",
                       flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        if code.co_flags & inspect.CO_COROUTINE:
            import asyncio

            asyncio.run(eval(code, names))
        else:
            exec(code, names)
    except CellTimeout:
        return f"took longer than {seconds:g} s and was stopped"
    except SystemExit:
        return "ended itself with exit()"
    except BaseException as reason:  # noqa: BLE001 - whatever a cell raises is the student's, and is told to them
        return _said(reason, name)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return ""


def _said(reason: BaseException, name: str) -> str:
    line, trace = 0, reason.__traceback__
    while trace is not None:
        line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == name else line
        trace = trace.tb_next
    try:
        words = str(reason)[:_LONGEST_ERROR]
    except Exception:  # noqa: BLE001 - an exception may not even be able to say what it is
        words = ""
    where = f" in line {line}" if line else ""
    return f"{type(reason).__name__[:60]}{where}: {words}"


def _answer_calls(wire: Wire, send: Any, recorder: Recorder, seconds: float) -> None:
    """Call functions that were handed over, with inputs that nobody here has seen before."""
    while True:
        try:
            order = wire.receive()
        except Gone:
            return
        function = recorder.functions.get(order["call"])
        arguments = pickle.loads(base64.b64decode(order["arguments"]))  # the grader wrote it
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            result: dict[str, Any] = {"data": encode(function(*arguments))} if function else {"error": "no function"}
        except CellTimeout:
            result = {"error": f"took longer than {seconds:g} s"}
        except TooMuch as reason:
            result = {"error": str(reason)}
        except BaseException as reason:  # noqa: BLE001 - whatever the function raises is the student's
            result = {"error": _said(reason, "")}
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        send({"at": "result", **result})
