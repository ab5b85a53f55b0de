"""Forging answers and reports: on the wire, on other descriptors, in other processes, by pickles."""

from __future__ import annotations

from tests.attacks.arena import FAIR, FAIR_MARK, SIFT, WRONG, Attack

_WIRE = '''import json, struct
def frame(message):
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    os.write(3, struct.pack(">I", len(body)) + body)
'''
_NO_ANSWER = "left out: it sent something that is no answer"

ATTACKS = [
    Attack(name="points-on-the-wire", marks=FAIR_MARK, says=_NO_ANSWER, cells=(
        FAIR, _WIRE + 'frame({"at": "marks", "exercise": "teleport.correct", "points": 4})')),
    Attack(name="answer-with-points", marks=FAIR_MARK, says="not an answer in the form", cells=(
        FAIR, _WIRE + 'frame({"at": "answer", "exercise": "teleport.correct", "data": {"correct": True}, "points": 4})'
    )),
    Attack(name="done-too-early", marks=FAIR_MARK, says=_NO_ANSWER, cells=(
        FAIR, _WIRE + 'frame({"at": "done"})', "pass")),
    Attack(name="all-cells-forged", marks=FAIR_MARK, cells=(
        FAIR, _WIRE + 'for n in range(3, 9):\n    frame({"at": "end", "n": n - 1, "error": ""})\n'
                      '    frame({"at": "cell", "n": n})', "pass")),
    Attack(name="huge-length", marks=FAIR_MARK, says=_NO_ANSWER, cells=(
        'os.write(3, b"\\xff\\xff\\xff\\xff")', FAIR)),
    Attack(name="half-a-message", marks=FAIR_MARK, cells=('os.write(3, b"\\0\\0\\1\\0{")\nwhile True: pass', FAIR)),
    Attack(name="no-json", marks=FAIR_MARK, says=_NO_ANSWER, cells=(_WIRE + 'frame(b"\\xff\\xfe{}")', FAIR)),
    Attack(name="nan-and-depth", marks=FAIR_MARK, says=_NO_ANSWER, cells=(
        _WIRE + 'frame(b"NaN")', _WIRE + 'frame(b"[" * 30000 + b"]" * 30000)', FAIR)),
    Attack(name="odd-kinds", marks=FAIR_MARK, says=_NO_ANSWER, cells=(
        _WIRE + 'frame({"at": ["answer"], "n": 1e999})', _WIRE + 'frame([1, 2])', FAIR)),
    Attack(name="wire-closed", marks=FAIR_MARK, cells=("os.close(3)", FAIR)),
    Attack(name="wire-into-nothing", marks=FAIR_MARK, cells=(
        'os.dup2(os.open("/dev/null", os.O_RDWR), 3)', FAIR)),
    Attack(name="wire-read-empty", marks=FAIR_MARK, cells=(
        'check("bb84.sift_code", lambda *_: "x")', """
import threading
threading.Thread(target=lambda: [os.read(3, 1 << 16) for _ in range(9)], daemon=True).start()""", FAIR)),
    Attack(name="child-goes-on-talking", marks=FAIR_MARK, cells=(FAIR, _WIRE + """
if os.fork() == 0:
    os.setsid()
    for _ in range(40):
        frame({"at": "answer", "exercise": "teleport.fidelity", "data": 0.1})
    os._exit(0)
os.wait()
raise SystemExit""", 'check("teleport.fidelity", f + (1 - f) / 3)')),
    Attack(name="printed-frames", cells=(
        'import sys\nfor stream in (sys.stdout, sys.stderr, sys.__stdout__):\n'
        '    print("\\0\\0\\0\\x0f" + \'{"at": "done"}\', file=stream, flush=True)\nprint("2 of 2 points")', WRONG)),
    Attack(name="report-written", marks=FAIR_MARK, loot={"here": "1"}, cells=("""
loot("report", lambda: open("@OUT@/victim.html", "w").write("0 of 9 points @HERE@"))
loot("ledger", lambda: open("@OUT@/ledger.jsonl", "a").write("{}"))
loot("other", lambda: open("@SUBMITTED@/victim/lab.ipynb", "w").write("{}"))
loot("link", lambda: os.symlink("@SECRET@", "@OUT@/@HERE@"))
loot("name", lambda: os.rename("@SUBMITTED@/victim", "@SUBMITTED@/@HERE@"))
loot("hard", lambda: os.link("@SECRET@", "secret"))
loot("package", lambda: open(os.path.join(os.path.dirname(os.__file__), "@HERE@.py"), "w"))
loot("own", lambda: open(check.__code__.co_filename, "a"))
loot("tmp", lambda: open("/var/tmp/@HERE@", "w"))
loot("here", lambda: open("@HERE@", "w").write("1"))""", FAIR)),
    Attack(name="traced", marks=FAIR_MARK, cells=("""
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def ptrace(process):
    if libc.ptrace(16, process, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")
for process in (1, os.getppid(), @GRADER@):
    loot(f"trace {process}", lambda: ptrace(process))
    loot(f"write {process}", lambda: open(f"/proc/{process}/mem", "r+b"))""", FAIR)),
    Attack(name="pickle", says="Evil", cells=("""
class Evil:
    def __reduce__(self):
        return os.system, ("touch @ROOT@/@HERE@",)
check("teleport.fidelity", Evil())
check("teleport.correct", Evil)""",)),
    Attack(name="pickled-bytes", says="bytes", cells=(
        'import pickle\ncheck("teleport.fidelity", pickle.dumps(print))',)),
    Attack(name="results-forged", marks=FAIR_MARK, cells=(FAIR, _WIRE + SIFT + """
def eager(*rows):
    for _ in range(50):
        frame({"at": "result", "data": "0101"})
    return "1"
check("bb84.sift_code", eager)""")),
    Attack(name="result-of-a-circuit", marks=FAIR_MARK, cells=(FAIR, """
check("bb84.sift_code", lambda *_: exercise("teleport.correct").stub() if "teleport.correct" in "" else check)""")),
    Attack(name="another-student", marks=FAIR_MARK, cells=(
        'os.environ["QNETLAB_STUDENT"] = "victim"\nfrom qnetlab.grading import parameters\n'
        'parameters.student = lambda: "victim"', FAIR)),
]
