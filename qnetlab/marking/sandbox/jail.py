"""Locking in one submission: namespaces, a file system of its own, a user without rights, limits, Landlock.

Three processes: the *guard* (outside, waits and cleans up), the *init* of the submission's own process namespace (it
runs none of the student's code; with it all processes of the submission end), and the *runner*. Without an own process
namespace the guard takes the place of the init and ends every descendant itself.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any, NoReturn

from . import kernel, syscalls
from .ladder import closed_to_others, namespaces, seen

if sys.platform != "win32":
    import resource

_MB = 1024 * 1024
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


def enter(order: dict[str, Any], data: int, control: int) -> NoReturn:
    """The guard's life; the process ends here."""
    status = 99
    try:
        os.close(control)
        kernel.die_with_parent(signal.SIGKILL)
        status = _guard(order, data)
    finally:
        os._exit(status)


def _guard(order: dict[str, Any], data: int) -> int:
    own = order["own_processes"]
    if order["own_mounts"] or order["own_network"]:
        privileged = os.geteuid() == 0
        user, group = os.geteuid(), os.getegid()
        kernel.unshare(namespaces(privileged))
        if not privileged:
            kernel.dumpable(True)  # else the map of users cannot be written
            _map_ids(user, group)
            kernel.dumpable(False)
    kernel.adopt_orphans()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    child = os.fork()
    if child == 0:
        code = 98
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
            kernel.die_with_parent(signal.SIGKILL)
            code = _init(order, data) if own else _runner(order, data)
        finally:
            os._exit(code)
    os.close(data)
    signal.signal(signal.SIGTERM, lambda *_: _stop(child, own))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if not own:
        _end_family()
    return code if code >= 0 else 128 - code


def _stop(child: int, own: bool) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    if not own:
        _end_family()


def _map_ids(user: int, group: int) -> None:
    """Inside, this user is called root, and is nobody to the rest of the machine."""
    for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def _init(order: dict[str, Any], data: int) -> int:
    """Process 1 of the submission: makes its file system, starts the runner, waits for it."""
    if order["own_network"]:
        with contextlib.suppress(OSError):  # then it cannot even talk to itself
            kernel.loopback_up()
    if order["own_mounts"]:
        _mounts(order)
    child = os.fork()
    if child == 0:
        code = 97
        try:
            code = _runner(order, data)
        finally:
            os._exit(code)
    os.close(data)
    kernel.dumpable(False)
    kernel.drop_bounding_set()
    kernel.drop_capabilities()
    while True:
        done, status = os.waitpid(-1, 0)
        if done == child:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def _mounts(order: dict[str, Any]) -> None:
    """Scratch space of a fixed size, this namespace's own processes in /proc, nothing else to write to."""
    safe = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("none", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)
    owner = f"uid={order['uid']},gid={order['uid']}" if order["own_user"] else "uid=0,gid=0"
    if order["own_user"]:
        _open_to_others()
    options = f"size={order['scratch_bytes']},nr_inodes={order['files']},mode=700,{owner}"
    kernel.mount("tmpfs", order["scratch"], "tmpfs", safe, options)
    kernel.mount("tmpfs", "/dev/shm", "tmpfs", safe | kernel.MS_NOEXEC, options)
    try:
        kernel.mount("proc", "/proc", "proc", safe | kernel.MS_NOEXEC)
    except OSError:  # a container may forbid it: then there is no /proc at all
        kernel.mount("tmpfs", "/proc", "tmpfs", safe | kernel.MS_NOEXEC | kernel.MS_RDONLY)


def _open_to_others() -> None:
    """Python may lie where only root can enter: put an empty folder over that, and Python back into it."""
    for closed in closed_to_others():
        inside = {path: os.open(path, os.O_PATH) for path in seen()[1] if path.startswith(closed + os.sep)}
        kernel.mount("tmpfs", closed, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=755,size=1m")
        for path, place in inside.items():
            os.makedirs(path)
            kernel.mount(f"/proc/self/fd/{place}", path, "", kernel.MS_BIND | kernel.MS_REC)
            os.close(place)


def _runner(order: dict[str, Any], data: int) -> int:
    """Lock this process in, then run the notebook."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.dup2(data, 3)
    os.closerange(4, 1024)
    os.chdir(order["scratch"])
    os.environ.update({"HOME": order["scratch"], "TMPDIR": order["scratch"]})
    _limit(order)
    if sys.platform.startswith("linux"):
        kernel.drop_bounding_set()
    if order["own_user"]:
        os.setgroups([])
        os.setresgid(order["uid"], order["uid"], order["uid"])
        os.setresuid(order["uid"], order["uid"], order["uid"])
    if sys.platform.startswith("linux"):
        kernel.no_new_privileges()
        kernel.drop_capabilities()
        kernel.dumpable(False)
        if order["landlock"]:
            system, python = seen()
            own = ["/proc"] if order["own_processes"] else []
            kernel.landlock([*system, *python, "/dev/urandom", *own], [order["scratch"], "/dev/shm"] if
                            order["own_mounts"] else [order["scratch"]], _DEVICES, connect=order["own_network"])
        if order["filtered"]:
            syscalls.restrict(connect=order["own_network"])
    from . import runner

    return runner.serve(3)


def _limit(order: dict[str, Any]) -> None:
    """Limits of the kernel for each process of the submission."""
    here = _size_mb() + 0.8 * order["memory_mb"]
    for what, most in (
            (resource.RLIMIT_AS, int(here * _MB)), (resource.RLIMIT_NPROC, order["processes"]),
            (resource.RLIMIT_FSIZE, order["file_mb"] * _MB), (resource.RLIMIT_NOFILE, order["open_files"]),
            (resource.RLIMIT_CPU, int(order["seconds"]) + 30), (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_MEMLOCK, 0)):
        resource.setrlimit(what, (most, most))


def _size_mb() -> float:
    """Address space of this process so far."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize() / _MB
    except OSError:
        return 2048.0


# ------------------------------------------------------------------------------------------------ seen from outside


def _processes() -> dict[int, tuple[int, int]]:
    """Process -> its parent, and its resident pages, of all that can be seen."""
    found = {}
    try:
        names = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return {}
    for name in names:
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
            found[int(name)] = (int(fields[1]), int(fields[21]))
        except (OSError, IndexError, ValueError):  # it has just ended
            continue
    return found


def family(parent: int) -> Iterator[tuple[int, int]]:
    """Every descendant of a process, with its resident pages."""
    processes = _processes()
    parents = {parent}
    while parents:
        children = {process for process, (above, _) in processes.items() if above in parents}
        yield from ((process, processes[process][1]) for process in children)
        parents = children


def memory_mb(guard: int) -> float:
    """Memory of all processes below the guard; what they share with the warm interpreter is not counted."""
    shared = _processes().get(os.getpid(), (0, 0))[1]
    pages = [max(0, resident - shared) for _, resident in family(guard)]
    return sum(pages) * resource.getpagesize() / _MB


def too_full(order: dict[str, Any]) -> bool:
    """Whether the scratch folder holds more than is allowed. A file system of its own sees to that itself."""
    if order["own_mounts"]:
        return False
    size = count = 0
    folders = [order["scratch"]]
    while folders and count <= order["files"]:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    count += 1
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_size
        except OSError:  # it has just been removed
            continue
    return bool(size > order["scratch_bytes"] or count > order["files"])


def _end_family() -> None:
    """End every descendant, also those that detached themselves, until none is left."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        left = [process for process, _ in family(os.getpid())]
        for process in left:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.005)


def sweep(order: dict[str, Any]) -> None:
    """After a submission: a user of its own may have no process left."""
    if not order["own_user"] or order["own_processes"]:
        return
    child = os.fork()
    if child == 0:
        try:
            os.setresuid(order["uid"], order["uid"], order["uid"])
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
