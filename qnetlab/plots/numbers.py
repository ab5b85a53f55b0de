"""The numbers of a figure as a table, and as a sentence: for those who cannot see it, and for those who want digits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from .reading import Reading, read
from .scales import Axis, Value, in_order
from .static import Series


class Measured(NamedTuple):
    """A number and how far its error bar reaches down and up; 0 for an exact one."""

    value: float
    down: float = 0.0
    up: float = 0.0

    def __str__(self) -> str:
        sure = min((error for error in (self.down, self.up) if error > 0), default=0.0)
        if not sure:
            return f"{self.value:.6g}".replace("-", "−")
        digits = max(0, min(12, 1 - math.floor(math.log10(sure))))
        error = f" ± {self.up:.{digits}f}" if math.isclose(self.down, self.up) else (
            f" +{self.up:.{digits}f} −{self.down:.{digits}f}")
        return f"{self.value:.{digits}f}".replace("-", "−") + error


Cell = str | Measured | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A caption, column names and rows; shows itself as an HTML table, and as text.

    ``rows`` hold the very numbers of the figure: words, ``Measured(value, down, up)``, or None for an empty cell.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __repr__(self) -> str:
        lines = [self.header, *(tuple(_shown(cell) for cell in row) for row in self.rows)]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.header))]
        body = ("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
        return "\n".join([self.caption, *body])

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in self.header)
        body = "".join(
            f"<tr><th scope='row'>{escape(_shown(row[0]))}</th>"
            + "".join(f"<td>{escape(_shown(cell))}</td>" for cell in row[1:]) + "</tr>"
            for row in self.rows
        )
        caption = f"<caption style='caption-side:top;text-align:left;color:inherit'>{escape(self.caption)}</caption>"
        return (f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def table(figure: Any) -> Table:
    """The numbers of a figure.

    Parameters
    ----------
    figure : plotly Figure
        Of scatter and bar traces, from here or your own.

    Returns
    -------
    Table
        One row per place along the axis of the points or bars, one column per series. A line that is only drawn
        between them, such as a closed form, is listed where there are points.

    >>> from qnetlab.plots import Figure
    >>> figure = Figure(layout={"title": "Fidelity", "xaxis": {"title": "length (km)"}})
    >>> table(figure.add_scatter(name="run", x=[0, 50], y=[1, 0.9], error_y={"array": [0.0, 0.01]}))
    Fidelity. ± is one standard error.
    length (km)            run
              0              1
             50  0.900 ± 0.010
    """
    return table_of(read(figure))


def table_of(reading: Reading) -> Table:
    """The table of a figure that was read."""
    upright = not any(isinstance(v, str) for s in reading.series for v in s.y)
    along, values, axis = ("x", "y", reading.x) if upright else ("y", "x", reading.y)
    columns = [_column(s, along, values) for s in reading.series]
    pointed = [column for s, column in zip(reading.series, columns, strict=True) if s.kind != "line"] or columns
    places = _in_order(axis, (key for column in pointed for key in column))
    rows = tuple((_place(place), *(column.get((place, turn)) for column in columns)) for place, turn in places)
    named = any(isinstance(place, str) for place, _ in places)
    bars = any(isinstance(cell, Measured) and (cell.down or cell.up) for row in rows for cell in row)
    parts = [reading.title or "Numbers of the figure", "± is one standard error" if bars else "",
             f"Only in the live figure: {', '.join(reading.unread)}" if reading.unread else ""]
    first = axis.label or ("name" if named else along)
    return Table(caption=_sentences(parts), header=(first, *(s.name for s in reading.series)), rows=rows)


Key = tuple[Value, int]  # a place, and which of several at the same place


def _column(s: Series, along: str, values: str) -> dict[Key, Cell]:
    places, numbers = (s.x, s.y) if along == "x" else (s.y, s.x)
    seen: Counter[Value] = Counter()
    column: dict[Key, Cell] = {}
    for i, (place, number) in enumerate(zip(places, numbers, strict=False)):
        down, up = s.error_at(i, values) or (0.0, 0.0)
        column[place, seen[place]] = number if number is None or isinstance(number, str) else Measured(number, down, up)
        seen[place] += 1
    return column


def _in_order(axis: Axis, keys: Iterable[Key]) -> list[Key]:
    """Numbers by size, names as the axis lists them."""
    found = list(dict.fromkeys(keys))
    if all(isinstance(place, float) for place, _ in found):
        return sorted(found, key=lambda key: (float(key[0] or 0), key[1]))
    names = in_order(axis, [str(place) for place, _ in found])
    return sorted(found, key=lambda key: (names.index(str(key[0])), key[1]))


def _place(place: Value) -> Cell:
    return place if place is None or isinstance(place, str) else Measured(place)


def _shown(cell: Cell) -> str:
    return "–" if cell is None else str(cell)


def summary_of(reading: Reading) -> str:
    """What there is to see, in sentences: title, axes, and where each series begins and ends."""
    against = " against ".join(axis.label for axis in (reading.y, reading.x) if axis.label)
    parts = [reading.title, "" if against.lower() in reading.title.lower() else against,
             *(f"{s.name}: {_told(s)}" for s in reading.series if s.y),
             f"Only live: {', '.join(reading.unread)}" if reading.unread else ""]
    return _sentences(parts)


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)


def _told(s: Series) -> str:
    upright = not any(isinstance(v, str) for v in s.y)
    column = _column(s, "x", "y") if upright else _column(s, "y", "x")
    cells = [(place, cell) for (place, _), cell in column.items() if cell is not None]
    if not cells:
        return "no numbers"
    if any(isinstance(place, str) for place, _ in cells) and len(cells) <= 12:
        return "; ".join(f"{place}: {cell}" for place, cell in cells)
    numbers = [cell.value for _, cell in cells if isinstance(cell, Measured)]
    if len(set(numbers)) == 1 and len(cells) > 1:
        return f"{cells[0][1]} throughout"
    (first, begin), (last, end) = cells[0], cells[-1]
    count = f"{len(cells)} points, " if s.kind != "line" else ""
    if len(cells) == 1:
        return f"{begin} at {_shown(_place(first))}"
    return f"{count}{begin} at {_shown(_place(first))} to {end} at {_shown(_place(last))}"
