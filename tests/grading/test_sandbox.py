"""The real sandbox on every rung that this machine has: what a cell can reach, and what a bad cell costs."""

from __future__ import annotations

import os
import shlex
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from qnetlab.grading.exercises import exercise
from qnetlab.marking.attempt import Sandbox
from qnetlab.marking.limits import Limits
from qnetlab.marking.notebooks import Cell
from qnetlab.marking.sandbox import ladder, syscalls

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]

QUICK = Limits(seconds=60, cell_seconds=3, memory_mb=700, processes=40, file_mb=2)


RUNGS = [pytest.param(rung, marks=getattr(pytest.mark, rung)) for rung in ("bubblewrap", "landlock")]


@pytest.fixture(scope="module", params=RUNGS)
def sandbox(request):
    found = ladder._bubblewrap() if request.param == "bubblewrap" else ladder._landlock()
    assert found is not None, f"{request.param} does not work here"
    with Sandbox(found, QUICK) as made:
        yield made


def attempt(sandbox, *cells, **more):
    numbered = [Cell(number=number, code=code) for number, code in enumerate(cells, 1)]
    return sandbox.attempt(numbered, {"teleport.correct": exercise("teleport.correct")}, **more)


def said(sandbox, *cells):
    """Exercise -> the last data handed over."""
    found = attempt(sandbox, "from qnetlab import check", *cells)
    return {name: times[-1][1] for name, times in found.handed_over().items()}


def test_answers_come_out_as_data(sandbox):
    found = said(sandbox, "from qnetlab import exercise", "c = exercise('teleport.correct').stub(); c.h(0)",
                 "check('teleport.correct', c); check('n', 0.5)")
    assert found["n"] == 0.5
    assert found["teleport.correct"]["circuit"]["data"] == [["h", [], [0], []]]


def test_a_checkout_below_tmp_is_seen():
    """What a submission may write in hides no checkout that lies there, neither at the start nor later."""
    command = ladder.bubblewrap(ladder.Rung(name="bubblewrap"))
    assert command.index("/tmp") < min(command.index(folder) for folder in ladder.seen()[1])
    assert not any(Path(folder).is_relative_to(ladder.scratch()) for folder in ladder.seen()[1])


def test_a_notebook_has_magics_top_level_await_and_a_main_of_its_own(sandbox):
    found = said(sandbox, "%matplotlib inline\n%time x = 1\ndisplay(x)",
                 "import asyncio\nawait asyncio.sleep(0)\ny = x + 1",
                 "import pickle\nclass A: pass\npickle.loads(pickle.dumps(A()))\ncheck('y', (y, __name__))")
    assert found == {"y": [2, "__main__"]}


def test_every_notebook_has_a_chance_of_its_own_and_collects_its_garbage(sandbox):
    draws = [said(sandbox, "import gc, random, numpy as np", "check('drawn', np.random.rand(3))",
                  "check('python', random.random())", "check('seeded', int(np.random.default_rng().integers(10**9)))",
                  "check('garbage', gc.isenabled())") for _ in range(2)]
    assert all(draws[0][name] != draws[1][name] for name in ("drawn", "python", "seeded"))
    assert draws[0]["garbage"] is True


def test_a_crash_a_loop_and_an_exit_cost_only_themselves(sandbox):
    found = attempt(
        sandbox, "from qnetlab import check\nx = 1", "1 / 0", "check('a', x)", "import os; os._exit(0)",
        "while True: pass",
        "import signal; signal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass", "raise SystemExit",
        "check('b', x + 1)")
    assert {name: times[-1] for name, times in found.handed_over().items()} == {"a": (3, 1), "b": (8, 2)}
    assert "ZeroDivisionError in line 1" in found.errors[2]
    assert "ended Python" in found.stopped[4]
    assert "3 s" in found.errors[5]
    assert "could not be interrupted" in found.stopped[6]
    assert found.runs == 3


def test_memory_files_and_processes_are_limited(sandbox):
    found = attempt(
        sandbox, "from qnetlab import check",
        "data = bytearray(4_000_000_000)", "pass",
        "open('big', 'w').write('x' * (3 << 20))",
        "import os, time\nfor i in range(60):\n if os.fork() == 0:\n  time.sleep(60)", "check('alive', 1)")
    assert "MemoryError" in found.errors[2]
    assert "File too large" in found.errors[4]
    assert "Resource temporarily unavailable" in found.errors[5]
    assert found.handed_over()["alive"][-1][1] == 1


def test_memory_of_all_processes_together_is_limited(sandbox, monkeypatch):
    monkeypatch.setattr(sandbox, "limits", replace(QUICK, memory_mb=300, cell_seconds=25))
    found = attempt(sandbox, "from qnetlab import check\ncheck('before', 1)", """
import os, time
for i in range(5):
    if os.fork() == 0:
        data = bytearray(b'x') * 100_000_000
        time.sleep(60)
time.sleep(60)""", "check('after', 1)")
    assert "memory" in found.stopped[2]
    assert set(found.handed_over()) == {"before", "after"}


@pytest.mark.landlock
@pytest.mark.parametrize(("code", "limits"), [
    ("for n in range(9): open(str(n), 'w').write('x' * 1_000_000)", {"file_mb": 1, "files": 1000}),
    ("for n in range(900): open(str(n), 'w')", {"file_mb": 9, "files": 500})], ids=["size", "number"])
def test_files_are_limited_where_there_is_no_file_system_of_its_own(code, limits):
    """The rung of a container that forbids namespaces; where Python lies in a closed folder it cannot be stood on."""
    rung = replace(ladder._landlock(), own_mounts=False, own_processes=False, own_network=False,
                   own_user=os.geteuid() == 0 and not ladder.closed_to_others())
    with Sandbox(rung, replace(QUICK, **limits, cell_seconds=20)) as bare:
        found = attempt(bare, "from qnetlab import check\ncheck('before', 1)", f"import time\n{code}\ntime.sleep(19)",
                        "check('after', 1)")
    assert "files" in found.stopped[2] and set(found.handed_over()) == {"before", "after"}


PROBE = """
import os, socket
seen = {}
def tried(name, act):
    try:
        seen[name] = repr(act())
    except BaseException as reason:
        seen[name] = type(reason).__name__
tried("secret", lambda: open(%r).read())
tried("folder", lambda: os.listdir(%r))
tried("exercises", lambda: os.listdir(%r))
tried("write", lambda: open(%r, "w").write("x"))
tried("shadow", lambda: open("/etc/shadow").read())
tried("connect", lambda: socket.create_connection(("127.0.0.1", %d), 1))
tried("parent", lambda: os.kill(os.getppid(), 9))
tried("grader", lambda: os.kill(%d, 0))
tried("environ", lambda: "QNETLAB_SECRET" in os.environ)
tried("root", lambda: os.setuid(0))
tried("scratch", lambda: open("note", "w").write("x"))
tried("package", lambda: open(check.__code__.co_filename, "a").write("x"))
check("seen", seen)
"""


def test_nothing_of_the_machine_can_be_reached(sandbox, tmp_path, monkeypatch):
    import socket

    (tmp_path / "secret").write_text("the course's secret")
    tmp_path.chmod(0o777)
    monkeypatch.setenv("QNETLAB_SECRET", "1")
    repository = Path(__file__).parents[2]
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = said(sandbox, PROBE % (
            str(tmp_path / "secret"), str(tmp_path), str(repository / "exercises"), str(tmp_path / "written"),
            server.getsockname()[1], os.getpid()))
    seen = dict(found["seen"]["dict"])
    assert seen.pop("scratch") == "1" and seen.pop("environ") == "False"
    allowed = {"FileNotFoundError", "PermissionError", "OSError", "ConnectionRefusedError", "ProcessLookupError"}
    assert set(seen.values()) <= allowed, seen
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret"]


def test_orphans_end_with_the_submission_and_leave_nothing_to_the_next(sandbox):
    name = f"qnetlab-orphan-{os.getpid()}"
    attempt(sandbox, "from qnetlab import check", f"""
import subprocess
open("left", "w").write("x")
for i in range(3):
    subprocess.Popen(["sh", "-c", "exec -a {name} sleep 1000 || sleep 1000"], start_new_session=True)""")
    running = subprocess.run(["ps", "-eo", "uid,args"], capture_output=True, text=True, check=True).stdout
    assert not [line for line in running.splitlines() if name in line or "sleep 1000" in line]
    assert said(sandbox, "import os; check('files', os.listdir('.'))") == {"files": []}


def test_functions_are_called_with_inputs_the_notebook_has_not_seen(sandbox):
    found = attempt(sandbox, "from qnetlab import check", "def f(x): return x + 1\ncheck('f', f)",
                    "def g(x):\n while True: pass\ncheck('g', g)",
                    ask=lambda last: [("f", [(1,), ("a",)]), ("g", [])])
    assert found.results["f"][0] == {"data": 2}
    assert "TypeError" in found.results["f"][1]["error"]


def test_without_isolation_grading_is_refused(monkeypatch):
    monkeypatch.setattr(ladder, "highest", lambda: None)
    with pytest.raises(OSError, match="qnetlab doctor"):
        ladder.choose()
    assert ladder.choose(unsafe=True).name == "none"


def test_the_warm_interpreter_runs_one_thread():
    code = ("import os, qnetlab.marking.sandbox.zygote as zygote; zygote.warm_up();"
            "print(len(os.listdir('/proc/self/task')))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env={**os.environ, **ladder.environment()})
    assert done.stdout.strip() == "1"


REQUESTS = """
import ctypes, multiprocessing, os, resource, socket, subprocess, threading
from qnetlab import check
libc, seen = ctypes.CDLL(None, use_errno=True), {}
def tried(name, act):
    try:
        found = act()
        seen[name] = "refused" if found == -1 else repr(found)
    except OSError:
        seen[name] = "refused"
def itself():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return len(socket.create_connection(server.getsockname()).getpeername())
tried("to itself", itself)
tried("internet", lambda: socket.create_connection(("192.0.2.1", 80), 1))
tried("names", lambda: socket.getaddrinfo("example.org", 80))
tried("kernel's own", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))
tried("memory without a file", lambda: os.memfd_create("x"))
tried("shared segment", lambda: libc.shmget(0, 1 << 20, 0o1600))
tried("namespaces", lambda: libc.unshare(0x10000000))
tried("mount", lambda: libc.mount(b"none", b".", b"tmpfs", 0, None))
tried("limits of others", lambda: resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (9, 9)))
tried("limits of its own", lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)))
tried("slower", lambda: os.sched_setaffinity(os.getppid(), {0}))
tried("pair", lambda: len(socket.socketpair()))
tried("program", lambda: subprocess.run(["sh", "-c", "echo hi"], capture_output=True).stdout)
tried("pool", lambda: multiprocessing.get_context("fork").Pool(2).map(abs, [-1, 2]))
thread = threading.Thread(target=lambda: seen.update(thread="ran"))
thread.start()
thread.join()
check("seen", seen)
"""


def test_what_no_notebook_needs_is_refused_and_what_some_need_works(sandbox):
    [(_, data)] = attempt(sandbox, REQUESTS).handed_over()["seen"]
    assert dict(data["dict"]) == {
        "to itself": "2" if sandbox.rung.own_network else "refused", "internet": "refused", "names": "refused",
        "kernel's own": "refused", "memory without a file": "refused",
        "limits of others": "refused", "limits of its own": "None", "slower": "refused", "shared segment": "refused",
         "namespaces": "refused", "mount": "refused", "pair": "2", "program": "b'hi\\n'",
        "pool": "[1, 2]", "thread": "ran"}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_reaches_an_answer_on_every_way(machine):
    """Followed like the kernel follows it: each jump stays inside, and each request gets its answer."""
    mark, numbers = syscalls._NUMBERS[machine]
    lines = list(struct.iter_unpack("HBBI", syscalls.program(machine)))

    def answer(processor, number, first=0, second=0):
        place, register = 0, 0
        while True:
            code, yes, no, value = lines[place]
            if code == 0x06:
                return value
            if code == 0x20:
                register = {0: number, 4: processor, 16: first, 24: second}[value]
                place += 1
            elif code == 0x54:
                register &= value
                place += 1
            else:
                met = {0x15: register == value, 0x35: register >= value, 0x45: bool(register & value)}[code]
                place += 1 + (yes if met else no)

    allowed, killed, refused = 0x7FFF0000, 0x80000000, 0x00050001
    for connect in (False, True):
        lines = list(struct.iter_unpack("HBBI", syscalls.program(machine, connect)))
        assert [answer(mark, numbers["socket"], family) for family in (2, 10)] == [allowed if connect else refused] * 2
        assert [answer(mark, numbers["socket"], family) for family in (0, 1, 3, 16, 17, 40)] == [refused] * 6
        # stream, datagram, packets; the flags above do not matter
        assert [answer(mark, numbers["socketpair"], 1, kind | 0x80800) for kind in (1, 2, 5)] == [
            allowed, refused, refused]
        assert [answer(mark, numbers["socketpair"], family, 1) for family in (0, 2, 16)] == [refused] * 3
    assert answer(mark, numbers["clone"], 17) == allowed and answer(mark, numbers["clone"], 0x10000011) == refused
    assert answer(mark, 435) == 0x00050026
    assert answer(mark, 0) == answer(mark, 1000) == allowed
    assert answer(mark, numbers["prlimit64"], 0) == allowed and answer(mark, numbers["prlimit64"], 7) == refused
    assert answer(mark, numbers["unshare"]) == answer(mark, 425) == refused
    assert answer(1, 0) == answer(mark, 0x40000000) == killed
    assert syscalls.program("riscv64") == b""


AS_USER = """
mount --make-rprivate /
for closed in {closed}; do
    mkdir -p {scratch}/kept; mount --bind {python} {scratch}/kept
    mount -t tmpfs -o mode=755 tmpfs $closed
    mkdir -p {python}; mount --move {scratch}/kept {python}
done
chmod -R a+rX {scratch}
exec setpriv --reuid 4321 --regid 4321 --clear-groups {command}
"""


@pytest.mark.parametrize("rung", RUNGS)
def test_an_ordinary_user_is_protected_as_well(rung, tmp_path):
    """Root grades as somebody else here; whoever is not root has seen all of the above as an ordinary user."""
    code = ("import sys; from qnetlab.marking.sandbox import ladder; from tests.grading.test_sandbox import *;"
            f"found = ladder._{rung}(); assert found and not found.own_user, found;"
            "box = Sandbox(found, QUICK).__enter__();"
            "test_what_no_notebook_needs_is_refused_and_what_some_need_works(box);"
            "test_answers_come_out_as_data(box); test_memory_files_and_processes_are_limited(box);"
            "test_orphans_end_with_the_submission_and_leave_nothing_to_the_next(box); box.close(); print('protected')")
    command = [sys.executable, "-c", code]
    if os.geteuid() == 0:
        closed = ladder.closed_to_others()
        script = AS_USER.format(closed=" ".join(closed), python=shlex.quote(sys.base_prefix), scratch=tmp_path,
                                command=shlex.join(command))
        command = ["unshare", "--mount", "bash", "-euc", script]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "HOME": "/nowhere"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", env=environment)
    assert done.stdout.strip().endswith("protected"), done.stderr
