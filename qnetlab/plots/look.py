"""One look for all figures: what differs by color differs by dash, marker or words as well.

The colors are Okabe and Ito's, those that reach 3:1 on white and on JupyterLab's dark background alike.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")  # blue, vermilion, green, purple
FILL = "rgba(0, 114, 178, 0.35)"  # the first, thin enough for an error bar to be seen on it
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "star")
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"
FONT_PX = 13
HEIGHT_PX = 400

#: Where the page lets us, the page's own color takes its place; elsewhere it can be read on white and on black.
#: No other figure uses this very gray, by which it is known.
INK = "rgb(121, 122, 123)"
#: For limits and grids; as marks, not as text.
GRAY = "#808080"
GRID = "rgba(128, 128, 128, 0.3)"
CLEAR = "rgba(0, 0, 0, 0)"


def color(i: int) -> str:
    """The color of the i-th series."""
    return COLORS[i % len(COLORS)]


def dash(i: int) -> str:
    """The dash of the i-th line. Lines of one color differ by dash: the cycles have different lengths."""
    return DASHES[i % len(DASHES)]


def symbol(i: int) -> str:
    """The marker of the i-th series."""
    return SYMBOLS[i % len(SYMBOLS)]


def below_title(height_px: float) -> dict[str, Any]:
    """Where the legend of a figure of this height stands, so that it reserves its room below the title."""
    return {"yref": "container", "y": 1 - 34 / height_px, "yanchor": "top"}


@lru_cache(maxsize=1)
def template() -> Any:
    """The plotly template of all figures here, for a figure of your own.

    ``go.Figure(layout={"template": plots.template()})`` looks like ours; ``plots.Figure()`` also has a table.

    >>> template().layout.font.size
    13
    """
    import plotly.graph_objects as go

    axis = {
        "gridcolor": GRID, "linecolor": INK, "showline": True, "zerolinecolor": GRAY, "zerolinewidth": 1,
        "ticks": "outside", "tickcolor": INK, "ticklen": 5, "automargin": True,
        "title": {"standoff": 10, "font": {"size": FONT_PX}},
    }
    error = {"thickness": 1.5, "width": 4}
    marks = [
        {"marker": {"size": 8, "symbol": symbol(i)}, "line": {"width": 2.5, "dash": dash(i)},
         "error_x": error, "error_y": error}
        for i in range(len(DASHES))
    ]
    bars = [{"marker": {"pattern": {"shape": shape, "fillmode": "replace"}},
             "error_x": {**error, "color": INK}, "error_y": {**error, "color": INK}} for shape in ("", "/", ".")]
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": FONT_PX, "color": INK},
            "title": {"x": 0, "xref": "paper", "xanchor": "left", "y": 0.98, "yref": "container", "yanchor": "top",
                      "font": {"size": 16, "weight": 600}},
            "colorway": list(COLORS),
            "paper_bgcolor": CLEAR, "plot_bgcolor": CLEAR,
            "xaxis": {**axis, "zeroline": False}, "yaxis": axis,
            "legend": {"orientation": "h", "x": 0, "xanchor": "left", "bgcolor": CLEAR, **below_title(HEIGHT_PX)},
            "margin": {"l": 60, "r": 20, "t": 48, "b": 56},
            "height": HEIGHT_PX, "autosize": True,
            "hovermode": "closest", "hoverlabel": {"font": {"size": FONT_PX}},
            "modebar": {"bgcolor": CLEAR, "color": GRAY, "activecolor": COLORS[0], "remove": ["select2d", "lasso2d"]},
            "bargap": 0.4,
        },
        data={"scatter": marks, "bar": bars},
    )
