"""The few requests to the Linux kernel that Python has no function for."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import sys
from collections.abc import Iterable
from functools import cache

NEW_NS, NEW_CGROUP, NEW_UTS, NEW_IPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
NEW_USER, NEW_PID, NEW_NET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND = 1, 2, 4, 8, 32, 4096
MS_REC, MS_PRIVATE = 16384, 1 << 18

_PDEATHSIG, _DUMPABLE, _BOUND_DROP, _SUBREAPER, _NO_NEW_PRIVS, _AMBIENT = 1, 4, 24, 36, 38, 47
_CREATE, _ADD, _RESTRICT = 444, 445, 446  # landlock_*, the same numbers on every kind of processor

# Landlock's rights on files, as far as each version of it knows them.
EXECUTE, READ_FILE, READ_DIR = 1, 4, 8
_KNOWN = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_OF_FILES = 1 | 2 | 4 | 1 << 14 | 1 << 15
READ = EXECUTE | READ_FILE | READ_DIR


@cache
def _libc() -> ctypes.CDLL:
    if not sys.platform.startswith("linux"):
        raise OSError("this is not Linux")
    return ctypes.CDLL(None, use_errno=True)


def _done(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Give this process namespaces of its own (new processes, for ``NEW_PID``)."""
    _done(_libc().unshare(ctypes.c_int(flags)), "unshare")


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount a file system, or change how it is mounted."""
    done = _libc().mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode())
    _done(done, f"mount {target}")


def _prctl(option: int, value: int, what: str) -> None:
    if not sys.platform.startswith("linux"):
        return  # without a sandbox anyway
    zero = ctypes.c_ulong(0)
    _done(_libc().prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero), what)


def die_with_parent(signal: int) -> None:
    """Ask for ``signal`` when the parent process is gone."""
    _prctl(_PDEATHSIG, signal, "die with parent")


def dumpable(allowed: bool) -> None:
    """Whether others of the same user may look into this process."""
    _prctl(_DUMPABLE, int(allowed), "dumpable")


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    _prctl(_SUBREAPER, 1, "adopt orphans")


def no_new_privileges() -> None:
    """Nothing that is executed from here on gains rights (setuid programs)."""
    _prctl(_NO_NEW_PRIVS, 1, "no new privileges")


def drop_bounding_set() -> None:
    """No program that is executed from here on may bring a capability with it; needs the right to say so."""
    for number in range(64):
        _libc().prctl(_BOUND_DROP, ctypes.c_ulong(number), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))


def drop_capabilities() -> None:
    """Give up every capability for ever."""
    _libc().prctl(_AMBIENT, ctypes.c_ulong(4), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))
    header = struct.pack("Ii", 0x20080522, 0)
    _done(_libc().capset(header, b"\0" * 24), "drop capabilities")


def landlock_version() -> int:
    """Which Landlock this kernel offers; 0 for none."""
    try:
        found = _libc().syscall(ctypes.c_long(_CREATE), None, ctypes.c_size_t(0), ctypes.c_uint(1))
    except OSError:
        return 0
    return max(int(found), 0)


def loopback_up() -> None:
    """Let a network namespace of one's own talk to itself."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        fcntl.ioctl(end, 0x8914, struct.pack("16sH14x", b"lo", 0x41))  # SIOCSIFFLAGS: up, running


def landlock(readable: Iterable[str], writable: Iterable[str], devices: Iterable[str] = (), *,
             connect: bool = False) -> int:
    """Forbid this process and its children every file but these, connections unless ``connect``, and signals to others;
    for ever.

    Returns the version of Landlock in force; raises OSError if there is none. :func:`no_new_privileges` comes first.
    """
    version = landlock_version()
    if version < 1:
        raise OSError("this kernel has no Landlock")
    known = _KNOWN[max(v for v in _KNOWN if v <= version)]
    network = 3 if version >= 4 and not connect else 0  # bind and connect TCP
    scoped = 3 if version >= 6 else 0  # abstract sockets, signals
    attributes = struct.pack("QQQ", known, network, scoped)[:8 if version < 4 else 16 if version < 6 else 24]
    ruleset = _done(_libc().syscall(ctypes.c_long(_CREATE), attributes, ctypes.c_size_t(len(attributes)),
                                    ctypes.c_uint(0)), "landlock")
    for paths, rights in ((readable, READ), (writable, known & ~EXECUTE), (devices, 2 | 4)):
        for path in paths:
            _allow(ruleset, path, rights & known)
    _done(_libc().syscall(ctypes.c_long(_RESTRICT), ctypes.c_int(ruleset), ctypes.c_uint(0)), "landlock")
    os.close(ruleset)
    return version


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rights = rights if os.path.isdir(path) else rights & _OF_FILES
        rule = struct.pack("=Qi", rights, place)
        _done(_libc().syscall(ctypes.c_long(_ADD), ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint(0)),
              f"landlock {path}")
    finally:
        os.close(place)
