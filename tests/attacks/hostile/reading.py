"""Reading what is not one's own: the secret, references, hidden inputs, others' work, the environment."""

from __future__ import annotations

from tests.attacks.arena import FAIR, FAIR_MARK, SIFT, Attack

ATTACKS = [
    Attack(name="files", marks=FAIR_MARK, cells=("""
for name, path in {"secret": "@SECRET@", "reference": "@COURSE@/teleport.correct/reference.py",
                   "calls": "@COURSE@/bb84.sift_code/calls.py", "other": "@SUBMITTED@/victim/lab.ipynb",
                   "ledger": "@OUT@/ledger.jsonl", "shadow": "/etc/shadow", "memory": "/dev/mem"}.items():
    loot(name, lambda: open(path).read())""", FAIR)),
    Attack(name="folders", marks=FAIR_MARK, cells=("""
for name in ("@ROOT@", "@COURSE@", "@SUBMITTED@", "@OUT@", "@REPOSITORY@/exercises", "@REPOSITORY@/.git", "/root",
             "/home", "/sys", "/var"):
    loot(name, lambda: os.listdir(name))""", FAIR)),
    Attack(name="search", marks=FAIR_MARK, cells=("""
def search():
    wanted = {"reference.py", "lecturer.md", "ledger.jsonl", "secret", "calls.py"}
    places = ("/tmp", "/home", "/root", "/work", "/opt", "/srv", "/mnt", "/var", "/run", "@ROOT@")
    return [os.path.join(where, name) for place in places for where, _, names in os.walk(place)
            if "site-packages" not in where for name in wanted & set(names)]
loot("search", search)""", FAIR)),
    Attack(name="environment", marks=FAIR_MARK, cells=("""
loot("own", lambda: [name for name in os.environ if "SECRET" in name or "TOKEN" in name or "EXERCISES" in name])
def others():
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        for part in ("environ", "cmdline"):
            try:
                text = open(f"/proc/{name}/{part}").read()
            except OSError:
                continue
            found += [part for word in ("@SUBMITTED@", "EXERCISES") if word in text]
    return found
loot("others", others)""", FAIR)),
    Attack(name="memory-of-others", marks=FAIR_MARK, cells=("""
for process in (1, os.getppid(), @GRADER@):
    for part in ("mem", "root/etc/passwd", "cwd/etc/passwd", "maps", "fd"):
        path = f"/proc/{process}/{part}"
        loot(path, lambda: os.listdir(path) if part == "fd" else open(path, "rb").read(1))""", FAIR)),
    Attack(name="garbage", marks=FAIR_MARK, cells=("""
import gc
def search():
    word = "treas" + "ure-"
    return [type(x).__name__ for x in gc.get_objects() if isinstance(x, (list, tuple, dict))
            and "globals" not in str(type(x)) and any(isinstance(y, (str, bytes)) and word in str(y)[:500]
                for y in (x.values() if isinstance(x, dict) else x)) and START_OF_ATTACK not in str(x)[:9]]
START_OF_ATTACK = "never"
loot("tasks", lambda: [t.parameters for t in check.__self__.tasks.values() if "hidden" in str(t)])""", FAIR)),
    Attack(name="descriptors", marks=FAIR_MARK, loot={"open": r"\[(0|1|2|3|, )*\]"}, cells=("""
def open_ones():
    found = []
    for number in range(1024):
        try:
            os.fstat(number); found.append(number)
        except OSError:
            pass
    return found
loot("open", open_ones)""", FAIR)),
    Attack(name="hidden-inputs-in-a-prediction", marks=FAIR_MARK, says="did not come back", cells=(SIFT + """
def spying(*rows):
    predict("rows", str(rows))
    return sift(*rows)
check("bb84.sift_code", spying)""", FAIR)),
    Attack(name="hidden-inputs-in-an-error", marks=FAIR_MARK, says="ValueError", cells=(SIFT + """
def spying(*rows):
    raise ValueError(rows)
check("bb84.sift_code", spying)""", FAIR)),
    Attack(name="hidden-inputs-before-they-come", marks={**FAIR_MARK, "bb84.sift_code": 3.0}, cells=(SIFT + """
import socket
wire = socket.socket(fileno=os.dup(3))
wire.setblocking(False)
loot("calls", lambda: wire.recv(1000, socket.MSG_PEEK))
check("bb84.sift_code", sift)""", FAIR)),
    Attack(name="answers-by-heart", marks={}, cells=("""
def guess(*rows):  # it has seen none of these inputs before
    return {}.get(rows, "01")
check("bb84.sift_code", guess)""",)),
]
