"""Orphans: processes that flee, wait until grading is over, and then act."""

from __future__ import annotations

from tests.attacks.arena import FAIR, FAIR_MARK, Attack

_ACT = '''
def act():
    import time
    time.sleep(1.5)
    for path in ("@OUT@/victim.html", "@SUBMITTED@/victim/lab.ipynb", "@ROOT@/@HERE@", "/tmp/@HERE@", "/var/tmp/@HERE@",
                 "/dev/shm/@HERE@"):
        try:
            open(path, "a").write("0 of 9 points")
        except OSError:
            pass
    os.write(3, b"\\0\\0\\0\\2{}")
'''


def _orphan(name: str, code: str) -> Attack:
    return Attack(name=name, marks=FAIR_MARK, cells=(_ACT + code, FAIR))


ATTACKS = [
    _orphan("double-fork", """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        act()
    os._exit(0)"""),
    _orphan("ignores-all-signals", """
import signal
if os.fork() == 0:
    for number in range(1, 65):
        try: signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError): pass
    act(); os._exit(0)"""),
    _orphan("not-with-its-parent", """
import ctypes
if os.fork() == 0:
    ctypes.CDLL(None).prctl(1, 0); ctypes.CDLL(None).prctl(36, 1); os.setsid()
    act(); os._exit(0)"""),
    _orphan("at-exit", "import atexit\natexit.register(act)"),
    _orphan("thread", "import threading\nthreading.Thread(target=act).start()"),
    _orphan("program", """
import subprocess
subprocess.Popen(["setsid", "nohup", "sh", "-c", "sleep 1.5; echo x > @ROOT@/@HERE@; echo x > /tmp/@HERE@"],
                 start_new_session=True)"""),
    _orphan("stopped", "if os.fork() == 0:\n    os.setsid()\n    os.kill(os.getpid(), 19)\n    act(); os._exit(0)"),
    _orphan("chain", """
import time
def flee():
    while True:
        if os.fork():
            os._exit(0)
        os.setsid()
        time.sleep(0.002)
if os.fork() == 0:
    flee()"""),
    _orphan("watcher", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def watch():
    if libc.inotify_add_watch(libc.inotify_init(), b"@OUT@", 0xfff) < 0:
        raise OSError("nothing to see")
loot("watch", watch)
if os.fork() == 0:
    act(); os._exit(0)"""),
    _orphan("timetable", """
import subprocess
for line in (["crontab", "-"], ["at", "now"], ["systemd-run", "--user", "true"]):
    try: subprocess.run(line, input=b"* * * * * touch /tmp/@HERE@", timeout=0.5, capture_output=True)
    except (OSError, subprocess.TimeoutExpired): pass"""),
]
