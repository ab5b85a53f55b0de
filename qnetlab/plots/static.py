"""Numbers in, SVG out: the figure for where nothing is live. Needs no plotly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .look import FONT_PX, GRAY, HEIGHT_PX, color, dash, symbol
from .marks import BAR_FILLS, dash_array, error_bar, legend_sample, mark
from .scales import Axis, Scale, Value, numbers_of, scale_of
from .svg import document, line, tag, text_width, words

__all__ = ["Axis", "Series", "chart"]

Error = tuple[float, float]  # downward, upward

_WIDTH = 720.0
_TITLE_PX = 16
_LEGEND_LINE, _SAMPLE = 24, 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One row of numbers: where, how much, how sure; and whether as points, a line, both or bars.

    ``look`` counts series for their color, dash and marker; each of the three can also be said outright.
    """

    name: str
    x: Sequence[Value]
    y: Sequence[Value]
    x_error: Sequence[Error | None] = ()
    y_error: Sequence[Error | None] = ()
    kind: str = "points"  # or line, both, bars
    look: int = 0
    color: str = ""
    dash: str = ""
    symbols: Sequence[str] = ()
    labels: Sequence[str] = ()  # written above its points
    in_legend: bool = True
    shift: float = 0.0  # aside from the name it stands at, as a share of the room between two names

    @property
    def ink(self) -> str:
        """Its color."""
        return self.color or color(self.look)

    @property
    def stroke_dash(self) -> str:
        """The dash of its line."""
        return self.dash or dash(self.look)

    def symbol_at(self, i: int) -> str:
        """The marker of its i-th point."""
        return self.symbols[i % len(self.symbols)] if self.symbols else symbol(self.look)

    def error_at(self, i: int, along: str) -> Error | None:
        """How far its i-th error bar reaches down and up."""
        errors = self.x_error if along == "x" else self.y_error
        return errors[i] if i < len(errors) else None


def chart(series: Sequence[Series], *, x: Axis, y: Axis, title: str, description: str = "",
          height: float = HEIGHT_PX) -> str:
    """A figure with axes, legend, title, and its description for those who cannot see it.

    Parameters
    ----------
    series : sequence of Series
    x, y : Axis
    title : str
    description : str
        What there is to see, in a sentence or two.
    height : float
        In px.

    Returns
    -------
    str
        A whole SVG document, 720 px wide.

    >>> run = Series(name="run", x=[0, 50, 100], y=[0.95, 0.9, 0.8], y_error=[(0.01, 0.01)] * 3)
    >>> svg = chart([run], x=Axis(label="length (km)"), y=Axis(label="fidelity"), title="Fidelity")
    >>> svg.count('class="qnl-mark"'), svg.count('class="qnl-error"')
    (3, 3)
    """
    shown = [s for s in series if s.in_legend and s.name]
    rows = _legend_rows(shown) if len(shown) > 1 else []
    top = (36.0 if title else 12.0) + _LEGEND_LINE * len(rows)
    bottom = height - (56.0 if x.label else 34.0)
    reach = _reach(series, "y")
    if y.low is None and any(s.kind == "bars" for s in series) and all(value >= 0 for value in numbers_of(reach)):
        y = replace(y, low=0.0)  # bars stand on the axis
    y_scale = scale_of(y, reach, bottom, top, 6)
    left = 18.0 + max((text_width(label) for _, label in y_scale.ticks), default=0.0) + (22.0 if y.label else 4.0)
    right = _WIDTH - 16.0
    x_scale = scale_of(x, _reach(series, "x"), left, right, 8)

    body = [words(16, 24, title, "start", font_size=_TITLE_PX, font_weight=600)] if title else []
    body += _legend(rows, 36.0 if title else 12.0)
    body += _axes(x_scale, y_scale, x, y, (left, right, top, bottom))
    inside = [part for s in series if s.kind == "bars" for part in _bars(s, series, x_scale, y_scale)]
    inside += [part for s in series if s.kind in ("line", "both") for part in _line(s, x_scale, y_scale)]
    inside += [part for s in series if s.kind != "line" for part in _points(s, x_scale, y_scale)]
    # A nested svg clips what lies outside the axes; its origin is moved back so that numbers stay page numbers.
    edge = 8.0
    box = (left - edge, top - edge, right - left + 2 * edge, bottom - top + 2 * edge)
    body.append(tag("svg", *inside, x=box[0], y=box[1], width=box[2], height=box[3],
                    viewBox=" ".join(f"{side:.1f}" for side in box)))
    return document(_WIDTH, height, title, description, body)


def _reach(series: Sequence[Series], along: str) -> list[Value]:
    """All values along one axis, error bars and the feet of bars included."""
    found: list[Value] = []
    for s in series:
        for i, value in enumerate(s.x if along == "x" else s.y):
            found.append(value)
            error = s.error_at(i, along)
            if error is not None and isinstance(value, (int, float)):
                found += [value - error[0], value + error[1]]
        if s.kind == "bars" and along == "y":
            found.append(0.0)
    return found


def _legend_rows(series: Sequence[Series]) -> list[list[tuple[float, Series]]]:
    rows: list[list[tuple[float, Series]]] = [[]]
    at = 16.0
    for s in series:
        width = _SAMPLE + text_width(s.name) + 20
        if rows[-1] and at + width > _WIDTH:
            rows.append([])
            at = 16.0
        rows[-1].append((at, s))
        at += width
    return rows


def _legend(rows: list[list[tuple[float, Series]]], top: float) -> list[str]:
    parts = []
    for i, row in enumerate(rows):
        middle = top + _LEGEND_LINE * (i + 0.5) - 2
        for at, s in row:
            dashed = s.dash if s.kind == "bars" else s.stroke_dash
            parts.append(legend_sample(s.kind, at, middle, s.ink, dashed, s.symbol_at(0), s.look))
            parts.append(words(at + _SAMPLE, middle + 4.5, s.name, "start"))
    return parts


def _axes(x_scale: Scale, y_scale: Scale, x: Axis, y: Axis, frame: tuple[float, float, float, float]) -> list[str]:
    left, right, top, bottom = frame
    grid = {"stroke": GRAY, "stroke-opacity": 0.35}
    parts = []
    for at, label in y_scale.ticks:
        parts += [tag("line", x1=left, x2=right, y1=at, y2=at, **grid), words(left - 9, at + 4.5, label, "end")]
    for at, label in x_scale.ticks:
        parts += [tag("line", x1=at, x2=at, y1=top, y2=bottom, **grid), words(at, bottom + 20, label)]
    parts += [line(left, bottom, right, bottom), line(left, bottom, left, top)]
    zero = y_scale.zero
    if zero is not None and top < zero < bottom:
        parts.append(line(left, zero, right, zero))
    if x.label:
        parts.append(words((left + right) / 2, bottom + 44, x.label, font_size=FONT_PX + 1))
    if y.label:
        parts.append(tag("g", words(0, 0, y.label, font_size=FONT_PX + 1),
                         transform=f"translate(20 {(top + bottom) / 2:.1f}) rotate(-90)"))
    return parts


def _line(s: Series, x_scale: Scale, y_scale: Scale) -> list[str]:
    """Polylines, broken where a number is missing."""
    runs: list[list[str]] = [[]]
    for a, b in zip(s.x, s.y, strict=False):
        at, height = x_scale(a), y_scale(b)
        if at is None or height is None:
            runs.append([])
        else:
            runs[-1].append(f"{at:.1f},{height:.1f}")
    return [tag("polyline", points=" ".join(run), fill="none", stroke=s.ink, stroke_width=2.5, stroke_linejoin="round",
                stroke_dasharray=dash_array(s.stroke_dash), class_="qnl-line") for run in runs if len(run) > 1]


def _points(s: Series, x_scale: Scale, y_scale: Scale) -> list[str]:
    parts = []
    for i, (a, b) in enumerate(zip(s.x, s.y, strict=False)):
        at, height = x_scale(a), y_scale(b)
        if at is None or height is None:
            continue
        at, height = at + s.shift * x_scale.step, height + s.shift * y_scale.step
        ink = "currentColor" if s.kind == "bars" else s.ink
        for along, scale in (("x", x_scale), ("y", y_scale)):
            error, value = s.error_at(i, along), a if along == "x" else b
            if error is not None and any(error) and isinstance(value, (int, float)):
                ends = scale(value - error[0]), scale(value + error[1])
                parts.append(error_bar(at, height, along, ends, ink))
        if s.kind != "bars":
            parts.append(mark(s.symbol_at(i), at, height, s.ink))
        if i < len(s.labels):
            parts.append(words(at, height - 11, s.labels[i]))
    return parts


def _room(together: Sequence[Series], x_scale: Scale) -> float:
    """The room for one place: between names, or between the closest two numbers that have bars."""
    found = sorted({at for s in together for at in map(x_scale, s.x) if at is not None})
    return x_scale.step or min((b - a for a, b in pairwise(found)), default=100.0)


def _bars(s: Series, series: Sequence[Series], x_scale: Scale, y_scale: Scale) -> list[str]:
    """Bars from zero; several rows of bars stand side by side."""
    together = [other for other in series if other.kind == "bars"]
    room = min(_room(together, x_scale) * 0.62, 84.0 * len(together))
    width = room / len(together)
    offset = together.index(s) * width - room / 2
    foot = y_scale.zero if y_scale.zero is not None else y_scale.start
    parts = []
    for a, b in zip(s.x, s.y, strict=False):
        at, height = x_scale(a), y_scale(b)
        if at is not None and height is not None and math.isfinite(height):
            parts.append(tag("rect", x=at + offset, y=min(height, foot), width=width, height=abs(height - foot),
                             fill=s.ink, fill_opacity=BAR_FILLS[s.look % 3], stroke=s.ink,
                             stroke_width=2, stroke_dasharray=dash_array(s.dash), class_="qnl-bar"))
    return parts
