"""``qnetlab assignment build``: exercises in; a notebook per student, and what Gradescope and nbgrader need, out."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ...grading.exercises import find
from ...grading.parameters import PUBLIC_SEED
from ..building import Assignment, build, for_lecturers
from ..roster import read_roster
from .grade import secret


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    actions = parser.add_subparsers(dest="action", metavar="build", required=True)
    made = actions.add_parser("build", help="write an assignment")
    made.add_argument("ids", nargs="+", metavar="EXERCISE", help="the exercises, in their order")
    made.add_argument("--out", type=Path, required=True, help="folder for the assignment")
    made.add_argument("--roster", "--students", type=Path, help="CSV file with a column id, and name or email")
    made.add_argument("--secret-file", type=Path, help="the course's secret, which decides everybody's numbers")
    made.add_argument("--name", help="the assignment's short name; else that of the folder")
    made.add_argument("--title", help="the headline; else the name")
    made.add_argument("--exercises", type=Path, help="folder of the exercises, if not the usual one")
    made.add_argument("--no-hints", action="store_true", help="leave the folded hints out")
    made.add_argument("--again", action="store_true", help="overwrite an assignment whose exercises have changed")


def main(options: argparse.Namespace) -> int:
    """Build it."""
    if options.exercises is not None:
        if not options.exercises.is_dir():
            raise ValueError(f"There is no folder {options.exercises}.")
        os.environ["QNETLAB_EXERCISES"] = str(options.exercises.resolve())
    students = read_roster(options.roster) if options.roster else []
    if students and options.secret_file is None:
        raise ValueError("Copies for students take --secret-file: without a secret anybody can compute everybody's "
                         "numbers. Any file with sixteen letters or more that only you can read will do.")
    name = options.name or options.out.resolve().name
    assignment = Assignment(
        name=name, title=options.title or name, exercises=[find(one) for one in options.ids], students=students,
        seed=secret(options.secret_file) if options.secret_file else PUBLIC_SEED, hints=not options.no_hints)
    build(assignment, options.out, options.again)
    for_lecturers(assignment, options.out, options.secret_file, options.roster, options.exercises)
    points = sum(exercise.spec.points for exercise in assignment.exercises)
    sys.stdout.write(f"{name}: {len(assignment.exercises)} exercises, {points:g} points, {len(students)} copies for "
                     f"students, in {options.out}. READ_ME.txt there says what goes to whom.\n")
    return 0
