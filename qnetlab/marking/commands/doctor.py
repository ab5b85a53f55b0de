"""``qnetlab doctor``: which isolation this machine offers for grading, and how to get a better one."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence

from ..attempt import Sandbox, SandboxBroken
from ..limits import WORDS, Limits
from ..notebooks import Cell
from ..sandbox import kernel
from ..sandbox.ladder import Rung, closed_to_others, highest

HELP = "say which isolation this machine offers for grading, and how to get a better one"


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


def main(options: argparse.Namespace) -> int:
    """Say it; 0 if notebooks can be graded here."""
    rung = highest()
    lines = [f"Isolation: {rung.words()}" if rung else "Isolation: none. qnetlab grade refuses without --unsafe."]
    lines += advice(sys.platform, shutil.which("bwrap") is not None, rung.name if rung else "",
                    kernel.landlock_version(), closed_to_others() if os.name == "posix" and os.geteuid() == 0 else ())
    works = True
    if rung:
        works, said = _tried(rung)
        lines.append(said)
    limits = Limits().to_dict()
    lines += ["Limits:", *(f"  {limits[name]:g} {words}" for name, words in WORDS.items())]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if rung and works else 1


def _tried(rung: Rung) -> tuple[bool, str]:
    """Whether a notebook really runs in it."""
    begun = time.monotonic()
    cell = Cell(number=1, code="import qnetlab\nqnetlab.check('probe', 1)")
    try:
        with Sandbox(rung, Limits()) as sandbox:
            found = sandbox.attempt([cell], {})
    except SandboxBroken as reason:
        return False, str(reason)
    if "probe" not in found.handed_over():
        said = found.errors.get(1) or found.stopped.get(1) or " ".join(found.notes)
        return False, f"But a notebook does not run in it: {said}"
    return True, f"A first notebook ran in it in {time.monotonic() - begun:.1f} s."


def advice(platform: str, bwrap: bool, rung: str, landlock: int, closed: Sequence[str] = ()) -> list[str]:
    """How to get a better isolation, one line each.

    >>> advice("darwin", bwrap=False, rung="", landlock=0)[0]
    'This is not Linux: grade in a Linux container or on a Linux machine (docs/graders.md says how).'
    """
    if not platform.startswith("linux"):
        return ["This is not Linux: grade in a Linux container or on a Linux machine (docs/graders.md says how)."]
    if rung == "bubblewrap":
        return [] if landlock else ["This kernel has no Landlock (Linux 5.13 or newer has): one wall less."]
    found = []
    if not bwrap:
        found.append("Better: install bubblewrap (Debian, Ubuntu: sudo apt install bubblewrap; Fedora: sudo dnf "
                     "install bubblewrap).")
    else:
        found.append("bubblewrap is installed but not allowed to work here. In a container, allow user namespaces "
                     "(docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined), or grade on "
                     "the machine itself. On Ubuntu 24.04 or newer an AppArmor profile must allow bwrap user "
                     "namespaces.")
    if not rung and closed:
        found.append(f"Python lies in {', '.join(closed)}, which no other user may enter: put it elsewhere.")
    if not rung:
        found.append(f"Landlock here: {landlock or 'none'}. The second rung needs Landlock (Linux 5.13), and root, "
                     "process namespaces or Landlock 6 (Linux 6.12).")
    return found
