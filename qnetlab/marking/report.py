"""One student's report, as a page and as data. Every text is escaped; the page holds no script and loads nothing."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from ..grading.cards import Card, Line, Table

_TAKEN = {"summary", "assignment", "results", "grades", "ledger", "index"}  # files of the whole class
HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>{title}</title><style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 0 auto; padding: 1rem }}
main {{ overflow-x: auto }}
h1 {{ font-size: 1.4rem }} h2 {{ font-size: 1.1rem; margin: 2rem 0 .4rem }} p {{ overflow-wrap: anywhere }}
table {{ border-collapse: collapse }} tr + tr {{ border-top: 1px solid #8886 }}
details {{ margin: .4rem 0 .4rem .9rem }}
summary {{ padding: .2rem 0; min-height: 1.5rem }} pre {{ overflow-x: auto; line-height: 1.2 }}
</style></head><body><main>
"""


def file_name(student: str) -> str:
    """A file name for a student, whatever the student is called; different students never share one.

    >>> file_name("ada"), file_name("../../x")
    ('ada', 'x-9cdf6a50')
    """
    safe = re.sub(r"[^A-Za-z0-9_.@-]+", "_", student).strip("._-")[:60] or "student"
    if safe == student and safe.lower() not in _TAKEN:
        return safe
    return f"{safe}-{hashlib.sha256(student.encode('utf-8', 'backslashreplace')).hexdigest()[:8]}"


def write_report(out: Path, record: Mapping[str, Any], name: str, history: Sequence[Mapping[str, Any]],
                 answers: bool = False) -> None:
    """Write ``STUDENT.html`` and ``STUDENT.json``; with ``answers`` they hold the worked ones."""
    base = file_name(record["student"])
    kept_back = {"answer", "seen"} if answers else {"answer", "seen", "worked"}
    record = dict(record) | {"exercises": [
        {key: value for key, value in entry.items() if key not in kept_back} for entry in record["exercises"]]}
    put(out / f"{base}.html", page(record, name, history))
    data = {key: value for key, value in record.items() if key != "worker"} | {"name": name, "history": list(history)}
    put(out / f"{base}.json", json.dumps(data, indent=1, allow_nan=False))


def put(path: Path, text: str) -> None:
    """Write beside, then move into place."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    os.replace(beside, path)


def page(record: Mapping[str, Any], name: str, history: Sequence[Mapping[str, Any]]) -> str:
    """The report as one HTML page."""
    who = f"{name} ({record['student']})" if name else record["student"]
    points = f"{record['points']:g} of {record['out_of']:g} points"
    parts = [HEAD.format(title=escape(f"{who}: {points}")), f"<h1>{escape(who)}: {escape(points)}</h1>"]
    rows = tuple((entry["title"] or entry["id"], _sign(entry), f"{entry['points']:g} of {entry['out_of']:g}")
                 for entry in record["exercises"])
    parts.append(Table("Points", ("exercise", "", "points"), rows).html())
    parts += [Line("Note", note).html() for note in record["notes"]]
    for entry in record["exercises"]:
        parts.append(f"<h2>{escape(entry['title'] or entry['id'])}</h2>{card(entry)._repr_html_()}{_hints(entry)}")
    parts.append(_cells(record["cells"]))
    if len(history) > 1:
        lines = tuple((event["at"], event["what"], event.get("exercise", ""), f"{event.get('points', '')}",
                       event.get("reason", "")) for event in history)
        parts += ["<h2>History</h2>", Table("What happened to these marks",
                                            ("when", "what", "exercise", "points", "reason"), lines).html()]
    parts.append(f"<h2>How it was graded</h2><p>Notebook {escape(record['notebook'])}, executed in "
                 f"{record['seconds']:g} s; isolation {escape(record['isolation'])}.</p></main></body></html>\n")
    return "\n".join(parts)


def _sign(entry: Mapping[str, Any]) -> str:
    return "✓\u00a0correct" if entry["correct"] else "○\u00a0not\u00a0yet" if entry["answered"] else "–\u00a0no answer"


def card(entry: Mapping[str, Any]) -> Card:
    """What one exercise's report says: what was measured, a counter-example, the likely mistake."""
    body: list[Line | Table] = []
    if "reason" in entry:
        body.append(Line("Changed by hand", f"{entry['automatic']:g} became {entry['points']:g}: {entry['reason']}"))
    if entry["refused"]:
        body.append(Line("", entry["refused"]))
    elif not entry["correct"]:
        body += [Line("Likely", sentence) for sentence in entry["sentences"] or (entry["unknown"],)]
    if entry["correct"] and entry["reflection"]:
        body.append(Line("Think on", entry["reflection"]))
    if entry["counterexample"]:
        body.append(Line("Counter-example", entry["counterexample"]))
    rows = tuple((score["name"], "✓\u00a0met" if score["points"] >= score["out_of"] else "○\u00a0not\u00a0yet",
                  f"{score['points']:g} of {score['out_of']:g}") for score in entry["scores"])
    body.append(Table("Criteria", ("criterion", "", "points"), rows))
    table = entry["table"]
    if table:
        body.append(Table(table["caption"], tuple(table["header"]), tuple(map(tuple, table["rows"]))))
    body += [Line("Note", note) for note in entry["notes"]]
    verdict = "correct" if entry["correct"] else "not judged" if entry["refused"] else "not yet"
    mood = "good" if entry["correct"] else "note" if entry["refused"] else "not yet"
    return Card(f"{entry['id']}: {verdict}, {entry['points']:g} of {entry['out_of']:g} points", mood, tuple(body))


def _hints(entry: Mapping[str, Any]) -> str:
    """The hints one after the other, and the worked answer once it may be seen; each folded."""
    hints = entry["hints"]
    parts = [f"<details><summary>Hint {number} of {len(hints)}</summary>{Line('', hint).html()}</details>"
             for number, hint in enumerate(hints, 1)]
    if entry.get("worked"):
        parts.append(f"<details><summary>Worked answer</summary><pre>{escape(entry['worked'])}</pre></details>")
    return "".join(parts)


def _cells(cells: Sequence[Mapping[str, Any]]) -> str:
    if not cells:
        return ""
    rows = tuple((f"cell {cell['cell']}", cell["begins"], ("left out: " if cell["stopped"] else "") + cell["said"])
                 for cell in cells)
    return "<h2>Cells that did not run through</h2>" + Table(
        "Each costs only what it would have handed over", ("", "begins", "what happened"), rows).html()
