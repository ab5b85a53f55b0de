"""A filter of requests to the kernel (seccomp): what no notebook needs is refused before the kernel looks at it.

Refused are connections but pipes and pairs of streams inside the submission (and, where it has a network of its own,
that one), memory that no limit counts (System V segments, anonymous files), being told of others' files, what slows or
limits other processes of the same user, and what mostly serves to attack a kernel. Where the processor is not known
here there is no filter: it is one wall more, never the only one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

_PR_SET_SECCOMP, _FILTER = 22, 2
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _EQUAL, _AT_LEAST, _HAS, _AND, _ANSWER = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06  # of the filter's language
_NUMBER, _PROCESSOR, _FIRST, _SECOND = 0, 4, 16, 24  # where a request holds them
_UNIX, _INTERNET, _STREAM = 1, (2, 10), 1
_NEW_USER = 0x10000000

#: processor -> its mark, and the numbers of the requests there
_NUMBERS: dict[str, tuple[int, dict[str, int]]] = {
    "x86_64": (0xC000003E, {
        "socket": 41, "socketpair": 53, "clone": 56, "shmget": 29, "msgget": 68, "semget": 64, "ptrace": 101,
        "personality": 135, "mount": 165, "umount2": 166, "swapon": 167, "reboot": 169, "init_module": 175,
        "add_key": 248, "mq_open": 240, "request_key": 249, "keyctl": 250, "unshare": 272, "perf_event_open": 298,
        "inotify_add_watch": 254, "fanotify_init": 300,
        "name_to_handle_at": 303, "open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310,
        "process_vm_writev": 311, "memfd_create": 319, "bpf": 321, "userfaultfd": 323, "setpriority": 141,
        "sched_setparam": 142, "sched_setscheduler": 144, "sched_setaffinity": 203, "ioprio_set": 251,
        "migrate_pages": 256, "move_pages": 279, "kcmp": 312, "sched_setattr": 314, "prlimit64": 302}),
    "aarch64": (0xC00000B7, {
        "socket": 198, "socketpair": 199, "clone": 220, "shmget": 194, "msgget": 186, "semget": 190, "ptrace": 117,
        "personality": 92, "mount": 40, "umount2": 39, "swapon": 224, "reboot": 142, "init_module": 105,
        "add_key": 217, "mq_open": 180, "request_key": 218, "keyctl": 219, "unshare": 97, "perf_event_open": 241,
        "inotify_add_watch": 27, "fanotify_init": 262,
        "name_to_handle_at": 264, "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270,
        "process_vm_writev": 271, "memfd_create": 279, "bpf": 280, "userfaultfd": 282, "setpriority": 140,
        "sched_setparam": 118, "sched_setscheduler": 119, "sched_setaffinity": 122, "ioprio_set": 30,
        "migrate_pages": 238, "move_pages": 239, "kcmp": 272, "sched_setattr": 274, "prlimit64": 261}),
}
#: the same numbers on every processor
_COMMON = {"io_uring_setup": 425, "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432,
           "pidfd_getfd": 438, "process_madvise": 440, "memfd_secret": 447}
_LOOKED_INTO = ("socket", "socketpair", "clone", "prlimit64")  # what they ask for decides
_CLONE3 = 435  # its flags cannot be seen: refused as unknown, and the C library takes clone instead
_X32 = 0x40000000  # a second set of numbers on x86-64


def program(machine: str, connect: bool = False) -> bytes:
    """The filter for a processor; nothing for one that is not known. ``connect`` allows internet sockets, for where the
    submission has a network of its own that leads nowhere."""
    if machine not in _NUMBERS:
        return b""
    mark, numbers = _NUMBERS[machine]
    refused = [*(n for name, n in numbers.items() if name not in _LOOKED_INTO), *_COMMON.values()]
    no, unknown = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS
    lines: list[tuple[int, int, int, int]] = [
        (_LOAD, 0, 0, _PROCESSOR), (_EQUAL, 1, 0, mark), (_ANSWER, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _X32), (_ANSWER, 0, 0, _KILL),
        (_EQUAL, 0, 1, _CLONE3), (_ANSWER, 0, 0, unknown)]
    for number in refused:
        lines += [(_EQUAL, 0, 1, number), (_ANSWER, 0, 0, no)]
    families = _INTERNET if connect else ()
    lines += [(_EQUAL, 0, len(families) + 2 + bool(families), numbers["socket"]), (_LOAD, 0, 0, _FIRST)]
    lines += [(_EQUAL, len(families) - place, 0, family) for place, family in enumerate(families)]
    lines += [(_ANSWER, 0, 0, no), *([(_ANSWER, 0, 0, _ALLOW)] if families else [])]
    # A pair of streams stays a pair; a socket of its own, or a pair of datagrams, reaches whoever listens in a folder.
    lines += [(_EQUAL, 0, 7, numbers["socketpair"]), (_LOAD, 0, 0, _FIRST), (_EQUAL, 0, 4, _UNIX),
              (_LOAD, 0, 0, _SECOND), (_AND, 0, 0, 0xF), (_EQUAL, 0, 1, _STREAM), (_ANSWER, 0, 0, _ALLOW),
              (_ANSWER, 0, 0, no)]
    lines += [(_EQUAL, 0, 4, numbers["prlimit64"]), (_LOAD, 0, 0, _FIRST), (_EQUAL, 1, 0, 0), (_ANSWER, 0, 0, no),
              (_ANSWER, 0, 0, _ALLOW)]  # one's own limits only
    lines += [(_EQUAL, 0, 4, numbers["clone"]), (_LOAD, 0, 0, _FIRST), (_HAS, 0, 1, _NEW_USER), (_ANSWER, 0, 0, no),
              (_ANSWER, 0, 0, _ALLOW), (_ANSWER, 0, 0, _ALLOW)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def restrict(connect: bool = False) -> None:
    """Put this process and its children behind the filter, for ever; raises OSError where there is none."""
    code = program(platform.machine(), connect)
    if not code:
        raise OSError(f"there is no filter for {platform.machine()}")
    lines = ctypes.create_string_buffer(code, len(code))
    pointer = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(lines))
    libc = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_ulong(0)
    if libc.prctl(ctypes.c_int(_PR_SET_SECCOMP), ctypes.c_ulong(_FILTER), pointer, zero, zero) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp: {os.strerror(number)}")
