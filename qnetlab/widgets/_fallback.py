"""What stands in place of a live explorer where nothing runs: a sentence, a table, and a plain figure.

An untrusted notebook, a page made by nbconvert or a preview on the web shows this. The figure is an SVG inside an
``img``, which also cautious viewers let through.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from ._panel import Chart, Panel, State, at, rebuilt, spoken

_WIDTH, _HEIGHT = 560, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 16, 32, 44
_STYLES = ("#0072B2", "", 3), ("#595959", "7 4", 2)


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
        f'<p><img width="{_WIDTH}" height="{_HEIGHT}" alt="{escape(describe(reading))}" '
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
    """The figure: the lines of the closed form, the limit, and where the controls stand."""
    low, high = reading.lines[0][1][0], reading.lines[0][1][-1]
    bottom, top = reading.chart.y_range

    def x(value: float) -> float:
        return round(_LEFT + (value - low) / (high - low) * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(value: float) -> float:
        inside = min(max(value, bottom), top)
        return round(_TOP + (top - inside) / (top - bottom) * (_HEIGHT - _TOP - _BOTTOM), 1)

    def words(at_x: float, at_y: float, text: str, anchor: str = "middle", more: str = "") -> str:
        return f'<text x="{at_x}" y="{at_y}" text-anchor="{anchor}"{more}>{escape(text)}</text>'

    def level(value: float, style: str) -> str:
        return f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y(value)}" y2="{y(value)}" {style}/>'

    parts = [f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>']
    for i in range(math.ceil(bottom * 10), math.floor(top * 10) + 1):
        parts += [level(i / 10, 'stroke="#ddd"'), words(_LEFT - 7, y(i / 10) + 4, f"{i / 10:.1f}", "end")]
    for i in range(6):
        value = low + (high - low) * i / 5
        parts.append(words(x(value), _HEIGHT - _BOTTOM + 18, f"{value:g}"))
    for name, height in reading.chart.limits.items():
        parts.append(level(height, 'stroke="#555" stroke-dasharray="3 4"'))
        parts.append(words(_WIDTH - _RIGHT - 4, y(height) + 15, name, "end"))
    for i, ((name, xs, ys), (color, dash, width)) in enumerate(zip(reading.lines, _STYLES, strict=False)):
        style = f'fill="none" stroke="{color}" stroke-width="{width}" stroke-dasharray="{dash}"'
        points = " ".join(f"{x(a)},{y(b)}" for a, b in zip(xs, ys, strict=True))
        start = _LEFT + 200 * i
        parts.append(f'<polyline points="{points}" {style}/><path d="M{start} 12h28" {style}/>')
        parts.append(words(start + 36, 16, name, "start"))
    here_x, here_y = x(reading.here[0]), y(reading.here[1])
    parts.append(f'<path d="M{here_x} {here_y - 7}l7 7l-7 7l-7 -7z" fill="#D55E00" stroke="#fff"/>')
    parts.append(words((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 8, reading.chart.x_label))
    parts.append(words(0, 0, reading.chart.y_label, "middle",
                       f' transform="translate(14 {(_TOP + _HEIGHT - _BOTTOM) / 2}) rotate(-90)"'))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="#222"><title>{escape(reading.chart.y_label)} against '
        f'{escape(reading.chart.x_label)}</title><desc>{escape(describe(reading))}</desc>{"".join(parts)}</svg>'
    )
