"""``qnetlab cluster``: answers nobody foresaw, by what they do; one sentence answers all who did the same."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ...grading.exercises import known_ids, read_exercise, roots
from ..batch import write_all
from ..clusters import FILE, as_toml, clusters, message, read_messages
from ..ledger import Ledger, locked
from ..report import put
from ..roster import read_roster
from .grade import printable


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("reports", type=Path, help="the folder of the reports")
    parser.add_argument("--least", type=int, default=2, help="show clusters of at least so many students (2)")
    parser.add_argument("--answer", nargs=2, metavar=("CLUSTER", "SENTENCE"), action="append", default=[],
                        help="what every student of a cluster is told; repeat it")
    parser.add_argument("--export", type=Path, help="write all sentences as a misconceptions.toml")
    parser.add_argument("--exercises", type=Path, help="folder of the exercises, for the concepts in --export")
    parser.add_argument("--roster", type=Path, help="the roster, for the names in reports and grades.csv")


def main(options: argparse.Namespace) -> int:
    """List, answer or export."""
    if not options.reports.is_dir():
        raise ValueError(f"There is no folder {options.reports}.")
    with locked(options.reports):
        ledger = Ledger.read(options.reports)
        found, messages = clusters(ledger.current()), read_messages(options.reports)
        known = {cluster.id: cluster for cluster in found}
        for name, sentence in options.answer:
            if name not in known:
                raise ValueError(f"There is no cluster {name!r}. There are: {', '.join(known) or 'none'}.")
            if not sentence.strip():
                raise ValueError("The sentence is empty.")
            messages = [one for one in messages if one["id"] != name] + [message(known[name], sentence)]
        if options.answer:
            put(options.reports / FILE, json.dumps(messages, indent=1, ensure_ascii=False, allow_nan=False))
            write_all(options.reports, ledger, read_roster(options.roster) if options.roster else ())
    if options.export is not None:
        places = {path.name: path for root in reversed([*([options.exercises] if options.exercises else []), *roots()])
                  for path in root.iterdir() if (path / "spec.toml").is_file()}
        asked = {one["exercise"] for one in messages} & (set(places) | set(known_ids()))
        concepts = {name: read_exercise(places[name]).spec.concept for name in asked}
        put(options.export, as_toml(messages, concepts))
    told = {one["id"]: one["sentence"] for one in messages}
    shown = [cluster for cluster in found if len(cluster.students) >= options.least]
    lines = [f"{len(found)} kinds of answers that nobody foresaw, from "
             f"{sum(len(cluster.students) for cluster in found)} students."]
    for cluster in shown:
        lines += [f"{cluster.id}: {len(cluster.students)} students", f"  {printable(cluster.words())}",
                  f"  for example {printable(cluster.students[0])}",
                  *([f"  told: {printable(told[cluster.id])}"] if cluster.id in told else [])]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
