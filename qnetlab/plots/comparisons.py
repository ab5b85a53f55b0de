"""Published beside predicted, each with its uncertainty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..checks import require
from ..theory.records import Comparison, Forecast, Inversion, Quantity
from .look import COLORS, SYMBOLS, below_title

if TYPE_CHECKING:
    from .figure import Figure

Row = Comparison | Forecast | Inversion

_SPOKEN = {"chsh_s": "CHSH value S"}


def comparison(rows: Iterable[Row] | Row) -> Figure:
    """Draw published numbers and what theory makes of them, one line for each experiment.

    Parameters
    ----------
    rows : Comparison, Forecast or Inversion, or a sequence of them
        From ``published``. A forecast is drawn as not measured there, an inversion as no prediction.

    Returns
    -------
    Figure
        A horizontal dot plot with the uncertainties; numbers that nobody looked up are hollow and say so.

    Raises
    ------
    TypeError
        If a row is something else.
    ValueError
        If there is none.

    >>> from qnetlab.theory.published import teleportation_forecasts
    >>> figure = comparison(teleportation_forecasts())
    >>> [trace.name for trace in figure.data][:2]
    ['pair fidelity, published', 'pair fidelity, published (unconfirmed)']
    """
    from .figure import Figure

    found = list(rows) if isinstance(rows, Iterable) else [rows]
    wrong = next((row for row in found if not isinstance(row, Row)), None)
    require(wrong is None, "rows must be comparisons, forecasts or inversions", got={"rows": wrong}, error=TypeError,
            why="A published number is set beside what theory makes of it", fix="published.teleportation_forecasts()")
    require(len(found) > 0, "rows must hold at least one row", got={"rows": found},
            why="There is nothing to compare", fix="published.teleportation_forecasts()")
    dots = _dots(found)
    height = 220 + 52 * len(found)
    figure = Figure(layout={
        "title": "Published and computed", "height": height, "legend": below_title(height),
        "scattermode": "group", "scattergap": 0.5,
        "xaxis": {"title": _unit(found), "range": _range(quantity for pairs in dots.values() for _, quantity in pairs)},
        "yaxis": {"type": "category", "autorange": "reversed",
                  "categoryorder": "array", "categoryarray": [_called(row) for row in found]},
    })
    for (place, name, confirmed), pairs in dots.items():
        quantities = [quantity for _, quantity in pairs]
        figure.add_scatter(
            name=name if confirmed else f"{name} (unconfirmed)",
            x=[q.value for q in quantities], y=[called for called, _ in pairs], mode="markers",
            orientation="h", offsetgroup=str(place),
            marker={"color": COLORS[place], "symbol": SYMBOLS[place] + ("" if confirmed else "-open"), "size": 10,
                    "line": {} if confirmed else {"width": 2}},
            error_x=_bars(quantities, COLORS[place]),
        )
    return figure


def _dots(rows: Sequence[Row]) -> dict[tuple[int, str, bool], list[tuple[str, Quantity]]]:
    """Published or computed, name, confirmed -> where and what; in the order of a legend."""
    dots: dict[tuple[int, str, bool], list[tuple[str, Quantity]]] = {}
    for row in rows:
        for place, (name, quantity) in enumerate(_quantities(row)):
            dots.setdefault((place, name, quantity.confirmed), []).append((_called(row), quantity))
    return dict(sorted(dots.items(), key=lambda dot: (dot[0][0], dot[0][1], not dot[0][2])))


def _quantities(row: Row) -> tuple[tuple[str, Quantity], tuple[str, Quantity]]:
    """What was published, then what was computed from it."""
    if isinstance(row, Comparison):
        return ("measured", row.measured), ("predicted", row.predicted)
    if isinstance(row, Forecast):
        return (("pair fidelity, published", row.pair_fidelity),
                (f"teleportation fidelity, {row.label}", row.average_fidelity))
    return (("teleportation fidelity, published", row.average_fidelity),
            (f"pair fidelity needed, {row.label}", row.pair_fidelity))


def _bars(quantities: Sequence[Quantity], ink: str) -> dict[str, object] | None:
    up, down = [q.uncertainty_high for q in quantities], [q.uncertainty_low for q in quantities]
    return {"array": up, "arrayminus": down, "color": ink} if any(up) or any(down) else None


def _range(quantities: Iterable[Quantity]) -> list[float]:
    """From the lowest end of an error bar to the highest, and a little room."""
    bars = [(q.value, q.uncertainty_low or 0.0, q.uncertainty_high or 0.0) for q in quantities]
    ends = [end for value, down, up in bars for end in (value - down, value + up)]
    room = 0.06 * (max(ends) - min(ends)) or 0.05 * abs(max(ends))
    return [min(ends) - room, max(ends) + room]


def _called(row: Row) -> str:
    return row.id if isinstance(row, Comparison) else f"{row.id}, {row.link}"


def _unit(rows: list[Row]) -> str:
    """What is along the axis: the quantity compared, or fidelity."""
    names = {row.measured.name if isinstance(row, Comparison) else "fidelity" for row in rows}
    name = names.pop() if len(names) == 1 else "published quantity"
    return _SPOKEN.get(name, name.replace("_", " "))
