"""The ladder of isolation: which rung this machine offers, how a warm interpreter is started on it, and its words.

1. ``bubblewrap``: nothing of the machine is to be seen but Python and the system's libraries, read-only; no network, no
   other process; a user of its own where the grader runs as root.
2. ``landlock``: the kernel forbids all files but those libraries and one scratch folder; no network; own processes and
   user where the machine allows.
3. ``none``, only with ``--unsafe``: limits of time and memory, nothing else.

Whatever the rung, each submission is locked in once more by :mod:`.jail`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ...checks import refuse
from . import kernel, syscalls

PACKAGE = Path(__file__).resolve().parents[2]
_ZYGOTE = "qnetlab.marking.sandbox.zygote"
_CAPABILITIES = ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_KILL", "CAP_DAC_OVERRIDE",
                 "CAP_CHOWN", "CAP_NET_ADMIN")
_SECONDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One rung as this machine offers it.

    ``own_network``, ``own_processes``, ``own_user`` and ``own_mounts`` say what a submission is given of its own;
    ``landlock`` is the version in force, 0 for none; ``filtered`` says whether requests to the kernel are (seccomp).
    """

    name: str
    own_network: bool = False
    own_processes: bool = False
    own_user: bool = False
    own_mounts: bool = False
    landlock: int = 0
    filtered: bool = False

    def words(self) -> str:
        """One line for people."""
        if self.name == "none":
            return "none (--unsafe): only time and memory are limited"
        has = [
            "no network" if self.own_network or self.filtered else "no TCP connections",
            "own processes" if self.own_processes else "signals kept inside",
            "a user of its own" if self.own_user else "your user, without rights",
            "own file system" if self.own_mounts else "files by Landlock only",
            f"Landlock {self.landlock}" if self.landlock else "no Landlock",
            "seccomp" if self.filtered else "no seccomp",
        ]
        return f"{self.name}: {', '.join(has)}"


def choose(unsafe: bool = False) -> Rung:
    """The highest rung that works here; without any, only ``unsafe`` goes on."""
    found = highest()
    if found is None:
        if unsafe and sys.platform != "win32":
            return _bare()
        refuse("grading needs a sandbox for the students' code", got={"sandbox": "none"},
               why="A notebook can do whatever you can do, and this machine offers no way to stop it",
               fix="qnetlab doctor, which says how to get one (or --unsafe, for notebooks that you trust)",
               error=OSError)
    return found


def _bare() -> Rung:
    """Below the ladder: another user is all that root can still offer."""
    return Rung(name="none", own_user=os.geteuid() == 0 and not closed_to_others())


@cache
def highest() -> Rung | None:
    """The highest rung that works here, found by trying; ``QNETLAB_RUNG`` skips those above it."""
    asked = os.environ.get("QNETLAB_RUNG", "")
    if not sys.platform.startswith("linux") or asked == "none":
        return None
    return (None if asked == "landlock" else _bubblewrap()) or _landlock()


def _bubblewrap() -> Rung | None:
    program = shutil.which("bwrap")
    if program is None:
        return None
    rung = Rung(name="bubblewrap", own_network=True, own_processes=True, own_user=os.geteuid() == 0, own_mounts=True,
                landlock=kernel.landlock_version(), filtered=_works(syscalls.restrict))
    try:
        tried = subprocess.run([*bubblewrap(rung), sys.executable, "-c", "print(1)"], capture_output=True,
                               timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return rung if tried.returncode == 0 and tried.stdout.strip() == b"1" else None


def _landlock() -> Rung | None:
    """Landlock is a rung only where it also keeps the network out, and signals away from the grader."""
    version = kernel.landlock_version()
    own = _works(_unshare)
    root = os.geteuid() == 0
    rung = Rung(name="landlock", own_network=own, own_processes=own, own_mounts=own, own_user=root, landlock=version,
                filtered=_works(syscalls.restrict))
    kept_out = own or rung.filtered or version >= 4
    kept_in = own or root or version >= 6
    enters = own or not root or not closed_to_others()
    return rung if version and kept_out and kept_in and enters else None


def _unshare() -> None:
    kernel.unshare(namespaces(os.geteuid() == 0))
    kernel.mount("none", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)


def _works(act: Callable[[], None]) -> bool:
    """Whether something that cannot be undone is possible here, found in a child."""
    child = os.fork()
    if child == 0:
        try:
            kernel.no_new_privileges()
            act()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def namespaces(privileged: bool) -> int:
    """What a submission gets of its own; without rights it first needs a user namespace."""
    own = kernel.NEW_NS | kernel.NEW_PID | kernel.NEW_IPC | kernel.NEW_NET | kernel.NEW_UTS
    return own if privileged else own | kernel.NEW_USER


def seen() -> tuple[list[str], list[str]]:
    """What the interpreter needs to see: folders (and files) of the system, and those of Python and this package."""
    system = [path for path in ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin", "/etc/ld.so.cache",
                                "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime") if os.path.exists(path)]
    wanted = [sys.base_prefix, sys.prefix, os.path.dirname(os.path.realpath(sys.executable)), str(PACKAGE)]
    wanted += [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
    python: list[str] = []
    for path in wanted:
        real = os.path.realpath(path)
        for name in dict.fromkeys((os.path.abspath(path), real)):
            if os.path.isdir(name) and not _inside(name, [*system, *python]):
                python.append(name)
    return system, python


def closed_to_others() -> list[str]:
    """Folders above Python that only their owner may enter, such as /root: the topmost of each path."""
    found = []
    for path in seen()[1]:
        above = [str(folder) for folder in reversed(Path(path).parents)]
        found += [folder for folder in above if not os.stat(folder).st_mode & 0o001][:1]
    return list(dict.fromkeys(found))


def scratch() -> str:
    """Where a submission writes inside bubblewrap: /tmp, unless that would hide a checkout that lies there."""
    return "/scratch" if any(_inside(path, ["/tmp"]) for path in seen()[1]) else "/tmp"


def _inside(path: str, folders: list[str]) -> bool:
    return any(path == folder or path.startswith(folder + os.sep) for folder in folders)


def bubblewrap(rung: Rung) -> list[str]:
    """The command that comes before the interpreter."""
    program = shutil.which("bwrap")
    if program is None:
        refuse("bubblewrap must be installed", got={"bwrap": "not found"}, fix="qnetlab doctor", error=OSError)
    command = [program, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--die-with-parent",
               "--clearenv", "--hostname", "sandbox", "--new-session"]
    if not rung.own_user:  # the grader is not root: rights exist only inside
        command += ["--unshare-user", "--uid", "0", "--gid", "0"]
    system, python = seen()
    command += _binds(system)
    command += ["--tmpfs", "/tmp"]  # before what follows: a checkout, or its Python, may lie there
    for path in python:
        for above in reversed(Path(path).parents[:-1]):  # open to the submission's user, whoever may read the real one
            command += ["--perms", "0755", "--dir", str(above)]
        command += ["--ro-bind", path, path]
    if scratch() != "/tmp":
        command += ["--tmpfs", scratch(), "--remount-ro", "/tmp"]
    command += ["--dev", "/dev", "--tmpfs", "/dev/shm", "--proc", "/proc",
                "--remount-ro", "/", "--remount-ro", "/dev", "--cap-drop", "ALL"]
    for capability in _CAPABILITIES:
        command += ["--cap-add", capability]
    for name, value in (environment() | {"TMPDIR": scratch()}).items():
        command += ["--setenv", name, value]
    return [*command, "--chdir", "/", "--"]


def _binds(paths: list[str]) -> Iterator[str]:
    for path in paths:
        if os.path.islink(path) and path.count("/") == 1:
            yield from ("--symlink", os.readlink(path), path)
        else:
            yield from ("--ro-bind", path, path)


def environment() -> dict[str, str]:
    """All that a submission finds in its environment."""
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "RAYON")}
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/tmp", "PYTHONPATH": str(PACKAGE.parent),
            "PYTHONDONTWRITEBYTECODE": "1", "MPLBACKEND": "agg", **threads}


def command(rung: Rung, control: int) -> list[str]:
    """What starts the warm interpreter on this rung; ``control`` is the descriptor that it talks over."""
    python = [sys.executable, "-P", "-m", _ZYGOTE, str(control)]
    return [*bubblewrap(rung), *python] if rung.name == "bubblewrap" else python
