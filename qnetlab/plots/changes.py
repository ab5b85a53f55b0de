"""Shares before and after, one line for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..checks import require
from ..estimate import Estimate
from .look import COLORS, SYMBOLS, below_title

if TYPE_CHECKING:
    from .figure import Figure


def before_after(rows: Sequence[tuple[str, Estimate, Estimate]], title: str = "Before and after",
                 along: str = "share") -> Figure:
    """Draw what was counted twice: where it was, and where it is now.

    Parameters
    ----------
    rows : sequence of (name, before, after)
        The shares, 0 to 1, as estimates.
    title, along : str
        What the figure is called, and what is along its axis.

    Returns
    -------
    Figure
        A horizontal dot plot with the standard errors.

    Raises
    ------
    ValueError
        If there is no row.

    >>> figure = before_after([("signalling", Estimate.proportion(12, 20), Estimate.proportion(3, 20))])
    >>> [trace.name for trace in figure.data]
    ['before', 'after']
    """
    from .figure import Figure

    require(len(rows) > 0, "rows must hold at least one row", got={"rows": rows}, why="There is nothing to draw",
            fix='[("signalling", before, after)]')
    height = 150 + 30 * len(rows)
    names = [name for name, _, _ in rows]
    figure = Figure(layout={
        "title": title, "height": height, "legend": below_title(height), "scattermode": "group", "scattergap": 0.4,
        "xaxis": {"title": along, "range": [-0.03, 1.03]},
        "yaxis": {"type": "category", "autorange": "reversed", "categoryorder": "array", "categoryarray": names},
    })
    series = {"before": [before for _, before, _ in rows], "after": [after for _, _, after in rows]}
    for place, (when, shares) in enumerate(series.items()):
        figure.add_scatter(
            name=when, x=[share.value for share in shares], y=names, mode="markers", orientation="h",
            offsetgroup=str(place), marker={"color": COLORS[place], "symbol": SYMBOLS[place], "size": 9},
            error_x={"array": [share.std_error for share in shares], "color": COLORS[place]})
    return figure
