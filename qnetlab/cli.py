"""The command ``qnetlab``: one module per command, imported when it is called."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from . import __version__

#: command -> the module that does it: ``HELP``, ``arguments(parser)`` and ``main(options) -> exit code``
COMMANDS = {
    "assignment": ".marking.commands.assignment",
    "grade": ".marking.commands.grade",
    "exercise": ".marking.commands.exercise",
    "export": ".marking.commands.export",
    "override": ".marking.commands.override",
    "cluster": ".marking.commands.cluster",
    "doctor": ".marking.commands.doctor",
}
SUMMARIES = {
    "assignment": "build an assignment: a notebook per student with that student's own numbers",
    "grade": "grade notebooks: a folder, a zip or one file in, a report per student and grades.csv out",
    "exercise": "audit an exercise: how often a right answer fails, how surely each mistake is seen",
    "export": "bring the marks into Canvas or into nbgrader's gradebook",
    "override": "change a mark by hand, with a reason; or take a change back",
    "cluster": "answers nobody foresaw, put together by what they do; one sentence answers all of a kind",
    "doctor": "say which isolation this machine offers for grading, and how to get a better one",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="qnetlab", description="qnetlab on the command line. In a notebook: import "
                                     "qnetlab. For JupyterLab: python3 lab.py.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)
    wanted = next((word for word in words if not word.startswith("-")), "")
    module: ModuleType | None = None
    for name, place in COMMANDS.items():
        command = commands.add_parser(name, help=SUMMARIES[name], description=SUMMARIES[name])
        if name == wanted:  # only this one is imported
            module = import_module(place, __package__)
            module.arguments(command)
    options = parser.parse_args(words)
    if module is None:
        return 2
    try:
        return int(module.main(options))
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Give the same command again to go on.\n")
        return 130
    except (ValueError, OSError, RuntimeError) as reason:
        sys.stderr.write(f"qnetlab {wanted}: {reason}\n")
        return 2
