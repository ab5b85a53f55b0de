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

from ..plots.look import GRAY
from ..plots.scales import Axis
from ..plots.static import Series
from ..plots.static import chart as draw
from ._panel import Chart, Panel, State, at, rebuilt, spoken

_HEIGHT_PX = 320


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One setting in words and numbers: rows of (what, value), and lines over a range."""

    sentence: str
    rows: tuple[tuple[str, str], ...]
    chart: Chart
    lines: tuple[tuple[str, Sequence[float], Sequence[float]], ...]  # name, x, y
    here: tuple[float, float]


def read_off(panel: Panel, chart: Chart, state: State, compared: Mapping[str, Any], sentence: str) -> Reading:
    """The reading of one setting. ``compared``: name -> protocol, one line each, the one that is set first."""
    place = panel.places[chart.along]
    values = panel.control(chart.along).values
    first = next(iter(compared.values()))
    here = float(at(first, place))
    xs = np.linspace(min(values[0], here), max(values[-1], here), 41).tolist()
    numbers = {name: float(protocol.theory()[chart.quantity]) for name, protocol in compared.items()}
    return Reading(
        sentence=sentence,
        chart=chart,
        rows=(
            *((control.label, spoken(control, state[control.name])) for control in panel.controls),
            *((f"{chart.y_label}, {name}", f"{number:.4f}") for name, number in numbers.items()),
        ),
        lines=tuple((name, xs, [float(rebuilt(protocol, {place: x}).theory()[chart.quantity]) for x in xs])
                    for name, protocol in compared.items()),
        here=(here, next(iter(numbers.values()))),
    )


def as_html(title: str, reading: Reading) -> str:
    """Heading, sentence, table and figure."""
    rows = "".join(f'<tr><th scope="row" style="text-align:left">{escape(what)}</th><td>{escape(value)}</td></tr>'
                   for what, value in reading.rows)
    figure = base64.b64encode(as_svg(reading).encode()).decode()
    return (
        f"<p><strong>{escape(title)}</strong></p><p>{escape(reading.sentence)}</p>"
        f"<table><tbody>{rows}</tbody></table>"
        f'<p><img alt="{escape(describe(reading))}" '
        f'src="data:image/svg+xml;base64,{figure}"/></p>'
        "<p>Run this notebook to make the explorer live.</p>"
    )


def describe(reading: Reading) -> str:
    """The figure in words."""
    ends = "; ".join(f"{name} from {ys[0]:.3f} at {xs[0]:g} to {ys[-1]:.3f} at {xs[-1]:g}"
                     for name, xs, ys in reading.lines)
    levels = "".join(f" {name} at {level:.3f}." for name, level in reading.chart.limits.items())
    return f"{reading.chart.y_label} against {reading.chart.x_label}: {ends}.{levels}"


def as_svg(reading: Reading) -> str:
    """The figure: the lines of the closed form, the levels to compare with, and where the controls stand."""
    chart, (low, high) = reading.chart, reading.chart.y_range

    def inside(values: Sequence[float]) -> list[float]:
        return [min(max(value, low), high) for value in values]

    ends = reading.lines[0][1][0], reading.lines[0][1][-1]
    series = [Series(name=name, kind="line", look=i, x=xs, y=inside(ys))
              for i, (name, xs, ys) in enumerate(reading.lines)]
    series += [Series(name=name, kind="line", color=GRAY, dash="dot", x=ends, y=[level] * 2)
               for name, level in chart.limits.items()]
    series.append(Series(name="now", look=len(reading.lines), x=[reading.here[0]], y=inside([reading.here[1]])))
    return draw(series, x=Axis(label=chart.x_label), y=Axis(label=chart.y_label, low=low, high=high),
                title=f"{chart.y_label} against {chart.x_label}", description=describe(reading), height=_HEIGHT_PX)
