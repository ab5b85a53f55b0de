"""Floods: memory, processes, threads, files, descriptors, output, answers."""

from __future__ import annotations

from tests.attacks.arena import FAIR, FAIR_MARK, Attack


def _flood(name: str, code: str, **more: object) -> Attack:
    return Attack(name=name, marks=FAIR_MARK, cells=(code, FAIR), **more)


ATTACKS = [
    _flood("memory", "kept = []\nwhile True: kept.append(bytearray(10**7))",
           says="MemoryError|more memory|longer than"),
    _flood("memory-at-once", "x = bytearray(10**11)", says="MemoryError"),
    _flood("memory-of-many", """
import time
for _ in range(8):
    if os.fork() == 0:
        kept = bytearray(b"x") * 90_000_000
        time.sleep(9)
time.sleep(9)""", says="more memory|longer than"),
    _flood("big-number", "x = 10 ** 10 ** 9"),
    _flood("forks", "while True:\n    try: os.fork()\n    except OSError: pass"),
    _flood("forks-that-flee", """
while True:
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError:
        pass"""),
    _flood("threads", """
import threading, time
loot("threads", lambda: [threading.Thread(target=time.sleep, args=(60,), daemon=True).start() for _ in range(500)])"""),
    _flood("programs", """
import subprocess
loot("programs", lambda: [subprocess.Popen(["sleep", "60"]) for _ in range(100)])"""),
    _flood("one-big-file", 'loot("file", lambda: open("big", "wb").write(bytes(10**7)))'),
    _flood("many-files", 'loot("files", lambda: [open(str(n), "wb").write(bytes(100_000)) for n in range(10**5)])'),
    _flood("many-empty-files", 'loot("files", lambda: [open(str(n), "w").close() for n in range(10**6)])'),
    _flood("deep-folders", """
def dig():
    while True:
        os.mkdir("d")
        os.chdir("d")
loot("dig", dig)
os.chdir("/")"""),
    _flood("shared-memory", """
def fill():
    for n in range(10**4):
        open(f"/dev/shm/{n}", "wb").write(bytes(10**6))
loot("fill", fill)"""),
    _flood("anonymous-files", """
def fill():
    for n in range(64):
        os.write(os.memfd_create("x"), bytes(2_000_000))
loot("fill", fill)"""),
    _flood("segments", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def segment():
    if libc.shmget(0, 10**9, 0o1666) < 0:
        raise OSError("no segment")
loot("segment", segment)"""),
    _flood("descriptors", """
kept = []
loot("open", lambda: [kept.append(os.open("/dev/null", 0)) for _ in range(10**5)])
for one in kept: os.close(one)"""),
    _flood("pipes", 'kept = []\nloot("open", lambda: [kept.append(os.pipe()) for _ in range(10**5)])\n'
                    'for pair in kept:\n    for one in pair: os.close(one)'),
    _flood("printing", "while True: print('x' * 10**6)"),
    _flood("errors", "raise ValueError('<b>' + 'x' * 10**8)", says="ValueError"),
    _flood("answers", "for n in range(10**6): check('teleport.fidelity', 0.1)", says="more answers than"),
    _flood("large-answers", "for n in range(10**6): check('teleport.fidelity', 'x' * 100_000)", says="no answer"),
    _flood("predictions", "for n in range(10**6): predict('x', 'False')", says="no answer"),
    _flood("mounts-of-ones-own", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def own():
    if libc.unshare(0x10000000 | 0x00020000) < 0 or libc.mount(b"none", b"/tmp", b"tmpfs", 0, b"size=100g") < 0:
        raise OSError("no rights")
loot("own", own)"""),
    _flood("priorities", """
import resource
loot("limit", lambda: resource.setrlimit(resource.RLIMIT_NPROC, (10**6, 10**6)))
loot("nice", lambda: os.nice(-20))
loot("root", lambda: os.setuid(0) or os.setresuid(0, 0, 0) or open("/etc/shadow"))"""),
]
