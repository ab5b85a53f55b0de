"""Several workers side by side; one that dies or does not answer is replaced, and its submission reported."""

from __future__ import annotations

import os
import queue
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .limits import Limits
from .sandbox.wire import Gone, TooLate, Wire, WireError

_SETUP_SECONDS = 60.0
_TRIES = 2
Order = dict[str, Any]


class _Worker:
    """One worker process and the wire to it."""

    def __init__(self, setup: Order) -> None:
        ours, theirs = socket.socketpair()
        package = str(Path(__file__).resolve().parents[2])
        paths = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        self.process = subprocess.Popen(  # -P: a numpy.py in the folder of submissions is not numpy
            [sys.executable, "-P", "-m", "qnetlab.marking.worker", str(theirs.fileno())], pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"}, start_new_session=True)
        theirs.close()
        self.wire = Wire(ours, longest=1 << 26)
        self.wire.send(setup)

    def close(self, now: bool = False) -> None:
        self.wire.end.close()
        if now:  # its sandbox ends with it
            self.process.kill()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def work(orders: Sequence[Order], setup: Order, limits: Limits, jobs: int) -> Iterator[tuple[Order, Any]]:
    """Yield every order with its record, as they come; a record with ``failed`` says why there is none."""
    todo: queue.SimpleQueue[Order] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[Order, Any] | None] = queue.SimpleQueue()
    for order in orders:
        todo.put(order)
    stop = threading.Event()
    threads = [threading.Thread(target=_keep_busy, args=(todo, done, setup, limits, stop), daemon=True)
               for _ in range(max(1, min(jobs, len(orders))))]
    for thread in threads:
        thread.start()
    try:
        left = len(orders)
        while left:
            found = done.get()
            if found is None:  # a thread that broke down: never silently
                raise RuntimeError("a worker could not be started; the lines above say why")
            left -= 1
            yield found
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)


def _keep_busy(todo: queue.SimpleQueue[Order], done: queue.SimpleQueue[tuple[Order, Any] | None], setup: Order,
               limits: Limits, stop: threading.Event) -> None:
    worker: _Worker | None = None
    patience = limits.seconds + limits.judge_seconds + _SETUP_SECONDS
    try:
        while not stop.is_set():
            try:
                order = todo.get_nowait()
            except queue.Empty:
                break
            record: Any = {}
            for _ in range(_TRIES):
                worker = worker or _Worker(setup)
                record, alive = _tried(worker, order, patience, stop)
                if not alive:
                    worker.close(now=True)
                    worker = None
                if "failed" not in record or stop.is_set():
                    break
            done.put((order, record))
    except BaseException:
        done.put(None)
        raise
    finally:
        if worker is not None:
            worker.close()


def _tried(worker: _Worker, order: Order, patience: float, stop: threading.Event) -> tuple[Any, bool]:
    """The record, and whether the worker can go on."""
    deadline = time.monotonic() + patience
    try:
        worker.wire.send(order)
        while not select.select([worker.wire.end], [], [], 0.25)[0]:
            if stop.is_set():
                return {"failed": "it was stopped"}, False
            if time.monotonic() > deadline:
                raise TooLate("nothing came in time")
        return worker.wire.receive(time.monotonic() + 30), True
    except TooLate:
        return {"failed": f"it took longer than {patience:g} s"}, False
    except Gone:
        code = worker.process.poll()
        return {"failed": f"the grader's own process ended{'' if code is None else f' with code {code}'}"}, False
    except WireError as reason:
        return {"failed": str(reason)}, False
