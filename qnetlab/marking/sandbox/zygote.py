"""The warm interpreter: everything heavy is imported once, then it forks once per submission.

No code of a student's ever runs in this process. One submission at a time: the grader sends what is allowed and one end
of a pair of sockets; the fork is locked in by :mod:`.jail` and talks to the grader over that end. This process watches
the memory of all processes of the submission, and ends them all when the grader says so, or is gone.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import time
from typing import Any

from . import jail, kernel
from .wire import Gone, Wire

_LOOK_EVERY = 0.05  # s


def warm_up() -> None:
    """Import what notebooks use; nothing is run, so that this process stays the only thread."""
    import plotly.graph_objects  # noqa: F401
    import qiskit.circuit.library
    import qiskit.quantum_info
    import qiskit.synthesis  # noqa: F401
    from IPython.core.inputtransformer2 import TransformerManager  # noqa: F401

    from ... import engine, plots, widgets  # noqa: F401
    from . import runner

    runner.prepare()


def main() -> int:
    """Serve until the grader is gone."""
    control = Wire(socket.socket(fileno=int(sys.argv[1])), longest=1 << 20)
    kernel.dumpable(False)
    warm_up()
    gc.collect()
    gc.freeze()  # forks share this memory
    control.send({"ready": os.getpid()})
    while True:
        try:
            order = control.receive()
            if "kill" in order:  # it had ended before it was to be ended
                continue
            data = socket.recv_fds(control.end, 1, 1)[1][0]
        except (Gone, IndexError):
            return 0
        control.send(_serve(control, order, data))


def _serve(control: Wire, order: dict[str, Any], data: int) -> dict[str, Any]:
    """One submission: fork, watch, and say how it ended."""
    gc.disable()
    started = time.monotonic()
    guard = os.fork()
    if guard == 0:
        jail.enter(order, data, control.end.fileno())  # never returns
    os.close(data)
    reason, peak = "ended", 0.0
    while True:
        done, status, used = os.wait4(guard, os.WNOHANG)
        if done:
            break
        if select.select([control.end], [], [], _LOOK_EVERY)[0]:
            reason = "killed" if _still_there(control) else "grader gone"
        peak = max(peak, jail.memory_mb(guard))
        if reason == "ended" and peak > order["memory_mb"]:
            reason = "memory"
        if reason == "ended" and jail.too_full(order):
            reason = "files"
        if reason != "ended":
            os.kill(guard, signal.SIGTERM)
            _, status, used = os.wait4(guard, 0)
            break
    jail.sweep(order)
    if reason == "grader gone":
        sys.exit(0)
    return {"ended": reason, "code": os.waitstatus_to_exitcode(status), "peak_mb": round(peak, 1),
            "cpu_s": round(used.ru_utime + used.ru_stime, 3), "seconds": round(time.monotonic() - started, 3)}


def _still_there(control: Wire) -> bool:
    try:
        control.receive()
    except Gone:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
