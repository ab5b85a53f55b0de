"""``qnetlab override``: a mark is changed by hand, with a reason; the history keeps both."""

from __future__ import annotations

import argparse
import getpass
import math
import sys
from pathlib import Path

from ..batch import write_all
from ..grades import listed
from ..ledger import Ledger, locked
from ..roster import read_roster


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("student")
    parser.add_argument("exercise")
    parser.add_argument("points", help="the new points, or 'automatic' to take the change back")
    parser.add_argument("--reason", required=True, help="why; the student reads it")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the reports")
    parser.add_argument("--roster", type=Path, help="for the names in grades.csv; else those of the last run")


def main(options: argparse.Namespace) -> int:
    """Note the change and write the reports anew."""
    with locked(options.out):
        ledger = Ledger.read(options.out)
        ledger.mend()
        record = ledger.current().get(options.student)
        if record is None:
            raise ValueError(f"{options.student!r} has no marks in {options.out}.")
        entry = next((entry for entry in record["exercises"] if entry["id"] == options.exercise), None)
        if entry is None:
            known = ", ".join(entry["id"] for entry in record["exercises"])
            raise ValueError(f"{options.exercise!r} is not among the exercises of {options.student}: {known}.")
        who = {"student": options.student, "exercise": options.exercise, "reason": options.reason, "by": _user()}
        if options.points == "automatic":
            ledger.add("revoke", **who)
        else:
            points = float(options.points)
            if not math.isfinite(points) or points < 0:
                raise ValueError(f"Points must be a number >= 0; got {options.points}.")
            ledger.add("override", points=points, **who)
        # Without a roster the names are those of the last run, with whoever handed in nothing.
        students = read_roster(options.roster) if options.roster else listed(options.out / "grades.csv")
        write_all(options.out, ledger, students)
    sys.stdout.write(f"{options.student}, {options.exercise}: {options.points} ({options.reason})\n")
    return 0


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
