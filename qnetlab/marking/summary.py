"""The class on one page, without names: points per criterion, frequent misconceptions, predictions before and after.

The page holds no script and loads nothing; every text is escaped. Groups of fewer than five students are not counted
out, since in a small class a count of one has a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from ..grading.cards import Table
from ..grading.predictions import Question
from .clusters import clusters
from .report import HEAD, put

FEW = 5
_OWN = re.compile(r"\{(\w+)\}")  # a student's own number in a sentence
_BINS = ("0 to 20 %", "20 to 40 %", "40 to 60 %", "60 to 80 %", "80 to 100 %")
Record = Mapping[str, Any]


def count(number: int) -> str:
    """A number of students, unless so few that they could be known by it.

    >>> count(0), count(3), count(12)
    ('0', 'fewer than 5', '12')
    """
    return str(number) if number == 0 or number >= FEW else f"fewer than {FEW}"


def predictions(current: Mapping[str, Record]) -> dict[str, dict[str, Counter[str]]]:
    """Question -> before and after -> what was said, each student's last word only."""
    found: dict[str, dict[str, Counter[str]]] = {}
    for record in current.values():
        last: dict[tuple[str, str], str] = {}
        for said in record.get("predictions", ()):
            if said.get("at") == "prediction" and said.get("when") in ("before", "after"):
                last[str(said.get("question")), said["when"]] = str(said.get("choice"))
        for (question, when), choice in last.items():
            found.setdefault(question, {"before": Counter(), "after": Counter()})[when][choice] += 1
    return found


def write_page(path: Path, current: Mapping[str, Record], questions: Mapping[str, Question],
               sentences: Mapping[str, str]) -> None:
    """Write ``summary.html``."""
    criteria: dict[tuple[str, str], list[float]] = {}
    mistakes: dict[str, Counter[str]] = {}
    for record in current.values():
        for entry in record["exercises"]:
            mistakes.setdefault(entry["id"], Counter()).update(entry["misconceptions"])
            for score in entry["scores"]:
                share = score["points"] / score["out_of"] if score["out_of"] else 0.0
                criteria.setdefault((entry["id"], score["name"]), []).append(share)
    parts = [HEAD.format(title="The class"), f"<h1>The class: {len(current)} notebooks</h1>"]
    if len(current) < 2 * FEW:
        parts.append(f"<p>With {len(current)} notebooks, whoever knows the class can tell who is meant. Show this page "
                     "to nobody else.</p>")
    parts += [_points(current), _criteria(criteria), _mistakes(mistakes, sentences), _predicted(current, questions)]
    unknown = [cluster for cluster in clusters(current) if len(cluster.students) >= FEW]
    if unknown:
        rows = tuple((cluster.id, count(len(cluster.students)), cluster.words()) for cluster in unknown)
        table = Table("qnetlab cluster writes to all of a kind at once", ("kind", "students", "what they do"), rows)
        parts.append(f"<h2>Answers nobody foresaw</h2>{table.html()}")
    put(path, "\n".join([*parts, "</main></body></html>\n"]))


def _bare(text: str) -> str:
    return "".join(text.lower().split())


def _points(current: Mapping[str, Record]) -> str:
    """How many reached which share of the points, drawn and in words."""
    from ..plots.static import Axis, Series, chart

    reached = Counter(min(4, int(5 * record["points"] / record["out_of"])) if record["out_of"] else 0
                      for record in current.values())
    heights = [reached[place] if reached[place] == 0 or reached[place] >= FEW else FEW for place in range(len(_BINS))]
    said = "; ".join(f"{name} of the points: {count(reached[place])}" for place, name in enumerate(_BINS))
    return "<h2>Points</h2>" + chart(
        [Series(name="students", x=_BINS, y=heights, kind="bars")], x=Axis(label="share of all points", names=_BINS),
        y=Axis(label="students"), title="How many reached how much", height=300,
        description=f"{said}. A bar of fewer than {FEW} is drawn as {FEW}.") + f"<p>{escape(said)}.</p>"


def _criteria(criteria: Mapping[tuple[str, str], Sequence[float]]) -> str:
    rows = tuple((f"{exercise}: {name}", f"{sum(got) / len(got):.0%}", str(len(got)))
                 for (exercise, name), got in criteria.items())
    table = Table("Share of the points reached", ("criterion", "reached", "of students"), rows)
    return f"<h2>Criteria</h2>{table.html()}"


def _mistakes(mistakes: Mapping[str, Counter[str]], sentences: Mapping[str, str]) -> str:
    rows = tuple((exercise, name, count(number), _OWN.sub(r"their \1", sentences.get(name, "")))
                 for exercise, counted in mistakes.items()
                 for name, number in counted.most_common(5))
    if not rows:
        return ""
    return "<h2>Misconceptions</h2>" + Table("The most frequent of each exercise", (
        "exercise", "misconception", "students", "what they are told"), rows).html()


def _predicted(current: Mapping[str, Record], questions: Mapping[str, Question]) -> str:
    rows = []
    for name, said in sorted(predictions(current).items()):
        question = questions.get(name)
        if question is None:
            continue
        for key, text in question.options.items():
            right = " ✓" if key == question.right else ""
            same = {key, _bare(key), _bare(text)}  # a student may type an option's key or its whole text
            before, after = (sum(number for choice, number in said[when].items() if {choice, _bare(choice)} & same)
                             for when in ("before", "after"))
            rows.append((name, f"{key}: {text}{right}", count(before), count(after)))
    if not rows:
        return ""
    return "<h2>Predictions</h2>" + Table("What was said before the answer was seen, and after it", (
        "question", "option", "before", "after"), tuple(rows)).html()
