"""Reading counts from CSV; every malformed file is answered with its line and what to do."""

from __future__ import annotations

import csv
import difflib
import io
import math
import os
from pathlib import Path
from typing import NamedTuple

from ..checks import refuse, require

_NEEDED = ("intensity", "basis", "sent", "sifted", "errors")
_OPTIONAL = ("probability",)


class Row(NamedTuple):
    """One line of the file."""

    intensity: float
    basis: str
    sent: int
    sifted: int
    errors: int
    probability: float | None


def read_rows(source: str | os.PathLike[str], largest: int) -> list[Row]:
    """The rows of a file or of text, each checked by itself; no two with the same intensity and basis."""
    text = _text(source)
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1)
             if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        refuse("counts must have a heading and rows", got={"lines": len(lines)}, why="The file is empty",
               fix="a first line intensity,basis,sent,sifted,errors")
    delimiter = max(",;\t", key=lines[0][1].count)
    heading = [word.strip().lower() for word in _cells(lines[0][1], delimiter, lines[0][0])]
    _check_heading(heading)
    rows: list[Row] = []
    seen: dict[tuple[float, str], int] = {}
    for number, line in lines[1:]:
        row = _row(_cells(line, delimiter, number), heading, number, largest)
        first = seen.setdefault((row.intensity, row.basis), number)
        require(first == number, "every intensity and basis must have one row only",
                got={"line": number, "intensity": row.intensity, "basis": row.basis, "first seen in line": first},
                why="Two rows may be a copy, or parts that belong together", fix="deleting one, or adding them up")
        rows.append(row)
    require(bool(rows), "counts must have rows", got={"rows": 0}, why="Only the heading was found",
            fix="one row per intensity and basis")
    return rows


def _text(source: str | os.PathLike[str]) -> str:
    if isinstance(source, str) and ("\n" in source or "\r" in source):
        return source.removeprefix("\ufeff")
    if not isinstance(source, str | os.PathLike):
        refuse("counts must come from a path or from text", got={"source": (source, "")}, error=TypeError,
               why="A CSV file is text", fix="Counts.from_csv('counts.csv')")
    require(bool(str(source).strip()) and "\0" not in str(source), "counts must come from a path or from text",
            got={"source": str(source)}, why="There is nothing in it to open", fix="Counts.from_csv('counts.csv')")
    raw = Path(source).read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw:
        refuse("a file of counts must be UTF-8 text", got={"file": str(source), "first bytes": raw[:4].hex(" ")},
               why="This looks like UTF-16 or no text at all", fix="saving it as 'CSV UTF-8' in the spreadsheet")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        refuse("a file of counts must be UTF-8 text", got={"file": str(source), "byte": problem.start},
               why="It was written in another encoding", fix="saving it as 'CSV UTF-8' in the spreadsheet")


def _cells(line: str, delimiter: str, number: int) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=delimiter, strict=True))]
    except (csv.Error, StopIteration) as problem:
        refuse("a line must be readable as CSV", got={"line": number, "text": line}, why=f"Reading stopped: {problem}",
               fix="the line without quotation marks")


def _check_heading(heading: list[str]) -> None:
    for column in _NEEDED:
        near = difflib.get_close_matches(column, [word for word in heading if word not in _NEEDED], n=1, cutoff=0.6)
        require(column in heading, f"counts must have the columns {', '.join(_NEEDED)}",
                got={"missing": column, "heading": (heading, "")},
                why="The first line names the columns",
                fix=f"{column!r} in place of {near[0]!r}" if near else f"a column {column!r}")
    for word in heading:
        require(heading.count(word) == 1, "every column must stand once",
                got={"column": word, "heading": (heading, "")}, why="Nobody knows which of two to read",
                fix="deleting one of them")
        require(word in _NEEDED + _OPTIONAL, f"a column must be one of {', '.join(_NEEDED + _OPTIONAL)}",
                got={"column": word}, why="A column that nobody reads may be one that was meant",
                fix="deleting it, or a remark in a line that starts with #")


def _row(cells: list[str], heading: list[str], number: int, largest: int) -> Row:
    require(len(cells) == len(heading), "a row must have one cell per column",
            got={"line": number, "cells": len(cells), "columns": len(heading)},
            why="A decimal comma or a thousands separator splits a number", fix="0.5 with a point, and 1000000 without")
    cell = dict(zip(heading, cells, strict=True))
    basis = cell["basis"].upper()
    require(basis in ("Z", "X"), "basis must be Z or X", got={"line": number, "basis": cell["basis"]},
            why="Each row counts one of the two bases", fix="Z for the rectilinear basis, X for the diagonal one")
    counts = {name: _whole(cell[name], name, number, largest) for name in ("sent", "sifted", "errors")}
    for few, many in (("errors", "sifted"), ("sifted", "sent")):
        require(counts[few] <= counts[many], f"{few} must be <= {many}",
                got={"line": number, few: counts[few], many: counts[many]},
                why="Sifted are part of the sent, errors part of the sifted", fix="checking the order of the columns")
    return Row(intensity=_real(cell["intensity"], "intensity", number, math.inf), basis=basis, **counts,
               probability=_real(cell["probability"], "probability", number, 1.0) if cell.get("probability") else None)


def _whole(text: str, name: str, number: int, largest: int) -> int:
    if not (text.isascii() and text.isdigit()):
        refuse(f"{name} must be a whole number >= 0", got={"line": number, name: text},
               why="It counts pulses", fix="digits only, such as 1000000")
    require(len(text.lstrip("0")) <= len(str(largest)) and int(text) <= largest, f"{name} must be at most 2^53",
            got={"line": number, name: text}, why="More pulses than a laboratory sends, and than a float can count",
            fix="checking the unit, or a shorter session")
    return int(text)


def _real(text: str, name: str, number: int, high: float) -> float:
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not (0 <= found <= high and found < math.inf):
        refuse(f"{name} must be a number {'>= 0' if high == math.inf else '0 to 1'}", got={"line": number, name: text},
               why="It is a mean photon number" if name == "intensity" else "It is a share of the pulses",
               fix="a decimal point, such as 0.5")
    return found + 0.0  # -0.0 becomes 0.0: no light is no light
