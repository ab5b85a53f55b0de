"""What stands in place of a live explorer where nothing runs: a sentence, a table, and a plain figure.

An untrusted notebook, a page made by nbconvert or a preview on the web shows this. The figure is an SVG inside an
``img``, which also cautious viewers let through.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from ..fields import at, rebuilt
from ..plots.look import GRAY
from ..plots.scales import Axis
from ..plots.static import Series
from ..plots.static import chart as draw
from ._panel import Chart, Panel, State, spoken

_HEIGHT_PX = 320


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One setting in words and numbers: rows of (what, value), and, where there is a chart, lines over a range."""

    sentence: str
    rows: tuple[tuple[str, str], ...]
    chart: Chart | None = None
    lines: tuple[tuple[str, Sequence[float], Sequence[float]], ...] = ()  # name, x, y
    here: tuple[float, float] = (0.0, 0.0)


def read_off(panel: Panel, chart: Chart | None, state: State, compared: Mapping[str, Any], sentence: str) -> Reading:
    """The reading of one setting. ``compared``: name -> protocol, one line each, the one that is set first."""
    said = tuple((control.label, spoken(control, state[control.name])) for control in panel.controls)
    if chart is None:
        return Reading(sentence=sentence, rows=said)
    place = panel.places[chart.along]
    values = panel.control(chart.along).values
    first = next(iter(compared.values()))
    here = float(at(first, place))
    xs = (np.geomspace if chart.x_log else np.linspace)(min(values[0], here), max(values[-1], here), 41).tolist()
    numbers = {name: float(protocol.theory()[chart.quantity]) for name, protocol in compared.items()}
    return Reading(
        sentence=sentence,
        chart=chart,
        rows=(
            *said,
            *((f"{chart.y_label}, {name}", _digits(number, chart)) for name, number in numbers.items()),
        ),
        lines=tuple((name, xs, [float(rebuilt(protocol, {place: x}).theory()[chart.quantity]) for x in xs])
                    for name, protocol in compared.items()),
        here=(here, next(iter(numbers.values()))),
    )


def as_html(title: str, reading: Reading) -> str:
    """Heading, sentence, table and figure."""
    rows = "".join(f'<tr><th scope="row" style="text-align:left">{escape(what)}</th><td>{escape(value)}</td></tr>'
                   for what, value in reading.rows)
    return (
        f"<p><strong>{escape(title)}</strong></p><p>{escape(reading.sentence)}</p>"
        f"<table><tbody>{rows}</tbody></table>{_figure(reading)}"
        "<p>Run this notebook to make the explorer live.</p>"
    )


def _figure(reading: Reading) -> str:
    if reading.chart is None:
        return ""
    figure = base64.b64encode(as_svg(reading, reading.chart).encode()).decode()
    return f'<p><img alt="{escape(describe(reading, reading.chart))}" src="data:image/svg+xml;base64,{figure}"/></p>'


def _digits(number: float, chart: Chart, decimals: int = 4) -> str:
    return f"{number:.{decimals - 1}e}" if chart.y_log else f"{number:.{decimals}f}"


def describe(reading: Reading, chart: Chart) -> str:
    """The figure in words."""
    ends = "; ".join(f"{name} from {_digits(ys[0], chart, 3)} at {xs[0]:g} to {_digits(ys[-1], chart, 3)} at {xs[-1]:g}"
                     for name, xs, ys in reading.lines)
    levels = "".join(f" {name} at {_digits(level, chart, 3)}." for name, level in chart.limits.items())
    return f"{chart.y_label} against {chart.x_label}: {ends}.{levels}"


def as_svg(reading: Reading, chart: Chart) -> str:
    """The figure: the lines of the closed form, the levels to compare with, and where the controls stand."""
    low, high = chart.y_range

    def inside(values: Sequence[float]) -> list[float | None]:
        return [None if chart.y_log and not value > 0 else min(max(value, low), high) for value in values]

    ends = reading.lines[0][1][0], reading.lines[0][1][-1]
    series = [Series(name=name, kind="line", look=i, x=xs, y=inside(ys))
              for i, (name, xs, ys) in enumerate(reading.lines)]
    series += [Series(name=name, kind="line", color=GRAY, dash="dot", x=ends, y=[level] * 2)
               for name, level in chart.limits.items()]
    series.append(Series(name="now", look=len(reading.lines), x=[reading.here[0]], y=inside([reading.here[1]])))
    return draw(series, x=Axis(label=chart.x_label, log=chart.x_log),
                y=Axis(label=chart.y_label, low=low, high=high, log=chart.y_log),
                title=f"{chart.y_label} against {chart.x_label}", description=describe(reading, chart),
                height=_HEIGHT_PX)
