"""Exits, signals and loops: each costs its own cell and no other."""

from __future__ import annotations

from tests.attacks.arena import FAIR, FAIR_MARK, SIFT, Attack

_ENDS = "left out: it ended Python"

ATTACKS = [
    Attack(name="exit", marks=FAIR_MARK, says=_ENDS, cells=(FAIR, "os._exit(0)")),
    Attack(name="exit-in-a-thread", marks=FAIR_MARK, cells=(
        "import threading\nthreading.Timer(0.2, os._exit, (0,)).start()\nimport time; time.sleep(0.8)", FAIR)),
    Attack(name="sys-exit", marks=FAIR_MARK, says="ended itself", cells=("import sys\nsys.exit('done')", FAIR)),
    Attack(name="kill-itself", marks=FAIR_MARK, says=_ENDS, cells=("os.kill(os.getpid(), 9)", FAIR)),
    Attack(name="stop-itself", marks=FAIR_MARK, cells=("os.kill(os.getpid(), 19)", FAIR)),
    Attack(name="kill-everybody", marks=FAIR_MARK, cells=("os.kill(-1, 9)", FAIR)),
    Attack(name="kill-the-others", marks=FAIR_MARK, cells=("""
for process in (1, os.getppid(), @GRADER@):
    for number in (0, 2, 9, 15, 19):
        try:
            os.kill(process, number)
        except OSError:
            pass""", FAIR)),
    Attack(name="segfault", marks=FAIR_MARK, says=_ENDS, cells=("import ctypes\nctypes.string_at(0)", FAIR)),
    Attack(name="abort-and-fatal", marks=FAIR_MARK, says=_ENDS, cells=("os.abort()", FAIR)),
    Attack(name="loop", marks=FAIR_MARK, says="longer than 1 s", cells=("while True: pass", FAIR)),
    Attack(name="stubborn-loop", marks=FAIR_MARK, cells=("""
while True:
    try:
        while True: pass
    except BaseException:
        pass""", FAIR)),
    Attack(name="loop-in-c", marks=FAIR_MARK, cells=("sum(range(10**12))", FAIR)),
    Attack(name="alarm-off", marks=FAIR_MARK, cells=(
        "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass", FAIR)),
    Attack(name="recursion", marks=FAIR_MARK, says="left out|RecursionError", cells=(
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()", FAIR)),
    Attack(name="every-cell-ends", marks=FAIR_MARK, says="begun again too often", cells=(
        FAIR, *("os._exit(0)",) * 6)),
    Attack(name="function-that-ends", marks=FAIR_MARK, says="did not come back", cells=(
        "check('bb84.sift_code', lambda *_: os._exit(0))", FAIR)),
    Attack(name="function-that-loops", marks=FAIR_MARK, cells=(
        SIFT + "def loops(*rows):\n    while True: pass\ncheck('bb84.sift_code', loops)", FAIR)),
    Attack(name="interrupt", marks=FAIR_MARK, says="KeyboardInterrupt", cells=("raise KeyboardInterrupt", FAIR)),
]
