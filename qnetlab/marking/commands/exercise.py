"""``qnetlab exercise audit``: whether an exercise's check is right."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ...grading.exercises import find, known_ids, roots
from ...grading.misconceptions import read_misconceptions
from ..audit import audit, text


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    actions = parser.add_subparsers(dest="action", metavar="audit", required=True)
    audited = actions.add_parser("audit", help="how often a right answer fails, how surely mistakes are seen")
    audited.add_argument("ids", nargs="*", metavar="EXERCISE", help="the exercises; all of them if none is named")
    audited.add_argument("--exercises", type=Path, help="folder of the exercises, if not the usual one")


def main(options: argparse.Namespace) -> int:
    """Print the tables; 0 if all is in order, 1 if not."""
    if options.exercises is not None:
        if not options.exercises.is_dir():
            raise ValueError(f"There is no folder {options.exercises}.")
        os.environ["QNETLAB_EXERCISES"] = str(options.exercises.resolve())
    misconceptions, wrong = read_misconceptions(roots()), 0
    for name in options.ids or known_ids():
        found = audit(find(name), misconceptions)
        wrong += bool(found.complaints)
        sys.stdout.write(f"{text(found)}\n")
    return 1 if wrong else 0
