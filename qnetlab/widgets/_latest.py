"""One thread that works on the newest request and forgets those that came too late."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


class Latest:
    """Call ``work(request, outdated)`` on one thread, for the newest request only.

    While ``work`` runs, newer requests replace each other in one place; ``outdated(wait_s)`` tells ``work`` that one is
    waiting, or comes within that time, so that a long job can stop between two steps. What ``work`` raises goes to
    ``failed``.

    >>> seen = []
    >>> latest = Latest(lambda request, outdated: seen.append(request), failed=print)
    >>> latest.submit("drag"); latest.settle(); seen
    True
    ['drag']
    >>> latest.close()
    """

    def __init__(
        self, work: Callable[[Any, Callable[..., bool]], None], failed: Callable[[BaseException], None]
    ) -> None:
        self._work = work
        self._failed = failed
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="qnetlab-explorer")  # its thread starts when needed
        self._change = threading.Condition()
        self._pending: list[Any] = []
        self._busy = False
        self._closed = False

    def submit(self, request: Any) -> None:
        """Work on this next, instead of anything that still waits. After :meth:`close` nothing happens."""
        with self._change:
            if self._closed:
                return
            self._pending[:] = [request]
            if not self._busy:
                self._start()
            self._change.notify_all()

    def outdated(self, wait_s: float = 0.0) -> bool:
        """Whether a newer request waits, or comes within ``wait_s``, or all work shall stop."""
        with self._change:
            return self._change.wait_for(lambda: self._closed or bool(self._pending), wait_s)

    def settle(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is left to do; False if that took longer than ``timeout_s``."""
        with self._change:
            return self._change.wait_for(lambda: not self._busy, timeout_s)

    def close(self) -> None:
        """Stop after the step that is running, and wait for it."""
        with self._change:
            self._closed = True
            self._pending.clear()
            self._change.notify_all()
        self._pool.shutdown(wait=True)

    def _start(self) -> None:
        self._busy = True
        self._pool.submit(self._drain).add_done_callback(self._ended)

    def _drain(self) -> None:
        while True:
            with self._change:
                if not self._pending:
                    return
                request = self._pending.pop()
            self._work(request, self.outdated)

    def _ended(self, done: Future[None]) -> None:
        problem = done.exception()
        ending = self._is_ending()
        with self._change:
            self._busy = False
            if self._pending and not ending:  # came after the last look, or behind a failure
                self._start()
            self._change.notify_all()
        if problem is not None and not ending:
            self._failed(problem)

    def _is_ending(self) -> bool:
        """Whether the interpreter takes no more work: then the simulator fails, and nobody is left to hear of it."""
        try:
            self._pool.submit(int)
        except RuntimeError:
            return True
        return False
