"""``qnetlab grade``: notebooks in, reports and grades out."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from ...grading.parameters import PUBLIC_SEED
from .. import roster as rosters
from ..batch import Batch, Outcome, grade
from ..late import Rule, moment
from ..limits import Limits
from ..sandbox.ladder import choose
from ..stamp import read_assignment

HELP = "grade notebooks: a folder, a zip or one file in, a report per student and grades.csv out"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("submissions", type=Path, help="a folder of submissions, a zip, or one notebook")
    parser.add_argument("--out", type=Path, required=True, help="folder for reports, grades.csv and the ledger")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="notebooks at the same time")
    parser.add_argument("--timeout", type=float, help="seconds for one cell (the notebook gets six times as many)")
    parser.add_argument("--roster", type=Path, help="CSV file with a column id, and name or email")
    parser.add_argument("--secret-file", type=Path, help="file with the course's secret; without it, practice numbers")
    parser.add_argument("--exercises", type=Path, help="folder of the exercises, if not the usual one")
    parser.add_argument("--files", type=Path, help="folder of files that every notebook finds beside it")
    parser.add_argument("--assignment", type=Path, help="assignment.json: which exercises count, in which version")
    parser.add_argument("--same-numbers", action="store_true", help="everybody has the numbers of the public copy")
    parser.add_argument("--only", action="append", default=[], metavar="ID", help="an exercise that counts; repeat it")
    parser.add_argument("--due", help="when it was due, such as 2026-05-04T23:59; needs --late-per-day")
    parser.add_argument("--late-per-day", type=float, help="percent of the points that each day begun costs")
    parser.add_argument("--late-at-most", type=float, default=100, help="percent that being late costs at most")
    parser.add_argument("--grace", type=float, default=10, help="minutes after --due that cost nothing")
    parser.add_argument("--worked-answers", action="store_true", help="reports hold the worked answers from now on: "
                        "only after the deadline")
    parser.add_argument("--unsafe", action="store_true", help="go on where there is no sandbox: notebooks you trust")


def main(options: argparse.Namespace) -> int:
    """Grade; 0 if every notebook has a report, 1 if something needs a look, 2 if nothing could be done."""
    if options.exercises is not None:
        if not options.exercises.is_dir():
            raise ValueError(f"There is no folder {options.exercises}.")
        os.environ["QNETLAB_EXERCISES"] = str(options.exercises.resolve())
    if options.files is not None and not options.files.is_dir():
        raise ValueError(f"There is no folder {options.files}.")
    rung = choose(options.unsafe)
    _say(f"Isolation: {rung.words()}")
    students = rosters.read_roster(options.roster) if options.roster else []
    limits = Limits()
    if options.timeout:
        limits = replace(limits, cell_seconds=options.timeout, seconds=6 * options.timeout)
    batch = Batch(
        submissions=options.submissions, out=options.out, rung=rung, limits=limits, jobs=options.jobs,
        seed=secret(options.secret_file) if options.secret_file else PUBLIC_SEED, students=students,
        assignment=read_assignment(options.assignment) if options.assignment else None, only=options.only, say=_say,
        late=_late(options), files=options.files, answers=options.worked_answers,
        same_numbers=options.same_numbers,
        ask=(lambda name, hint: rosters.ask(name, hint, students)) if students and sys.stdin.isatty() else None,
        progress=_bar)
    outcome = grade(batch)
    _say(_words(outcome, options.out))
    return 1 if outcome.failed or outcome.unmatched else 0


def _late(options: argparse.Namespace) -> Rule | None:
    if options.due is None:
        return None
    if options.late_per_day is None or not 0 <= options.late_per_day <= 100 or not 0 <= options.late_at_most <= 100:
        raise ValueError("--due needs --late-per-day, percent from 0 to 100, and --late-at-most the same.")
    return Rule(due=moment(options.due), per_day=options.late_per_day / 100, at_most=options.late_at_most / 100,
                grace_minutes=options.grace)


def secret(path: Path) -> bytes:
    """The course's secret: everything in the file but the white space around it. Raises ValueError if too short."""
    found = path.read_bytes().strip()
    if len(found) < 16:
        raise ValueError(f"The secret in {path} must have at least 16 characters; it has {len(found)}. Anybody could "
                         "guess a shorter one and compute everybody's numbers.")
    return found


def _words(outcome: Outcome, out: Path) -> str:
    lines = [f"Graded {outcome.graded}, already graded {outcome.known}. Reports and grades.csv are in {out}."]
    if outcome.missing:  # first: among three hundred names nobody finds what needs a hand
        lines += [f"Nothing handed in ({len(outcome.missing)}): {printable(', '.join(outcome.missing))}"]
    for title, rows in (("Left out", outcome.left_out),
                        ("Not matched to the roster; at a terminal you are asked, or put each into a folder called "
                         "like the student's id", outcome.unmatched),
                        ("Not graded, try again", [f"{who}: {why}" for who, why in outcome.failed.items()])):
        if rows:
            lines += [f"{title} ({len(rows)}):", *(f"  {printable(row)}" for row in rows)]
    return "\n".join(lines)


def printable(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _bar(items, total):  # type: ignore[no-untyped-def]
    from tqdm import tqdm

    return tqdm(items, total=total, unit="notebook", disable=None, file=sys.stderr)
