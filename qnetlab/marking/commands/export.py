"""``qnetlab export``: the marks of a graded class, for Canvas and for nbgrader's gradebook."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..adapters.canvas import write_canvas
from ..adapters.gradebook import fill_gradebook
from ..ledger import Ledger
from ..roster import read_roster
from ..stamp import read_assignment


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("out", type=Path, help="the folder of the reports")
    parser.add_argument("--assignment", type=Path, required=True, help="assignment.json")
    parser.add_argument("--roster", type=Path, help="CSV file with a column id, and name or email")
    parser.add_argument("--canvas", type=Path, metavar="EXPORT", help="the gradebook as Canvas exported it; a copy "
                        "with the marks is written beside the reports, as canvas.csv")
    parser.add_argument("--nbgrader", metavar="DATABASE", help="nbgrader's gradebook, such as sqlite:///gradebook.db")


def main(options: argparse.Namespace) -> int:
    """Write them; 0 if everybody's marks found their place, 1 if not."""
    records = Ledger.read(options.out).current()
    students = read_roster(options.roster) if options.roster else []
    assignment = read_assignment(options.assignment)
    if options.canvas is None and options.nbgrader is None:
        raise ValueError("Say where the marks go: --canvas EXPORT or --nbgrader DATABASE.")
    lost = []
    if options.canvas is not None:
        target = options.out / "canvas.csv"
        lost += [f"{student}: not in {options.canvas}"
                 for student in write_canvas(options.canvas, target, records, assignment.name, students)]
        sys.stdout.write(f"{target} is for Grades, Import in Canvas.\n")
    if options.nbgrader is not None:
        lost += fill_gradebook(options.nbgrader, assignment, records)
        sys.stdout.write(f"{len(records)} records are in nbgrader's gradebook.\n")
    sys.stdout.write("".join(f"  {line}\n" for line in lost))
    return 1 if lost else 0
