"""The marks of a chart: markers, dashes, error bars, and the samples of them in a legend."""

from __future__ import annotations

import math

from .svg import tag

#: How much of its color fills a bar, by turns: an error bar and a marker can be seen on each.
BAR_FILLS = (0.35, 0.0, 0.7)

_DASHES = {"dash": "9 5", "dot": "2 4", "dashdot": "9 4 2 4", "longdash": "15 5", "longdashdot": "15 4 2 4"}


def dash_array(name: str) -> str | None:
    """A dash as SVG writes it; None for a solid line."""
    return _DASHES.get(name)


def mark(name: str, x: float, y: float, ink: str, r: float = 4.5) -> str:
    """One marker; ``-open`` at the end of its name leaves it hollow."""
    shape, hollow = name.removesuffix("-open"), name.endswith("-open")
    paint = {"fill": "none" if hollow else ink, "stroke": ink, "stroke-width": 2.0 if hollow else 1.0,
             "class_": "qnl-mark"}
    if shape not in _OUTLINES:
        return tag("circle", cx=x, cy=y, r=r, **paint)
    corners = " ".join(f"{x + r * a:.1f},{y + r * b:.1f}" for a, b in _OUTLINES[shape])
    return tag("polygon", points=corners, **paint)


def _star() -> tuple[tuple[float, float], ...]:
    turns = [(i, math.pi * i / 5) for i in range(10)]
    return tuple(((1.5, 0.6)[i % 2] * math.sin(turn), -(1.5, 0.6)[i % 2] * math.cos(turn)) for i, turn in turns)


_OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "diamond": ((0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "triangle-up": ((0, -1.3), (1.25, 0.95), (-1.25, 0.95)),
    "cross": tuple(corner for a, b in ((1, 0), (0, 1), (-1, 0), (0, -1))
                   for corner in ((1.35 * a + 0.45 * b, 1.35 * b - 0.45 * a),
                                  (1.35 * a - 0.45 * b, 1.35 * b + 0.45 * a), (0.45 * (a - b), 0.45 * (a + b)))),
    "star": _star(),
}


def error_bar(x: float, y: float, along: str, ends: tuple[float | None, float | None], ink: str) -> str:
    """A bar with two ends, through the point (x, y); an end that has no place stays at the point."""
    if along == "y":
        low, high = (y if end is None else end for end in ends)
        path = f"M{x - 4:.1f} {low:.1f}h8M{x:.1f} {low:.1f}V{high:.1f}M{x - 4:.1f} {high:.1f}h8"
    else:
        low, high = (x if end is None else end for end in ends)
        path = f"M{low:.1f} {y - 4:.1f}v8M{low:.1f} {y:.1f}H{high:.1f}M{high:.1f} {y - 4:.1f}v8"
    return tag("path", d=path, stroke=ink, stroke_width=1.5, fill="none", class_="qnl-error")


def legend_sample(kind: str, x: float, middle: float, ink: str, dash: str, symbol: str, look: int) -> str:
    """What a series looks like, in small."""
    if kind == "bars":
        return tag("rect", x=x + 8, y=middle - 7, width=18, height=14, fill=ink, fill_opacity=BAR_FILLS[look % 3],
                   stroke=ink, stroke_width=2, stroke_dasharray=dash_array(dash))
    sample = ""
    if kind in ("line", "both"):
        sample += tag("line", x1=x, x2=x + 32, y1=middle, y2=middle, stroke=ink, stroke_width=2.5,
                      stroke_dasharray=dash_array(dash))
    if kind in ("points", "both"):
        inside = mark(symbol, x + 16, middle, ink)
        sample += inside.replace(' class="qnl-mark"', "")
    return sample
