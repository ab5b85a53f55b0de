"""Stores of key through a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..checks import require
from ..network.key_days import Day
from .look import GRAY, color, dash

if TYPE_CHECKING:
    from .figure import Figure

_POINTS = 96


def key_stores(day: Day, links: Mapping[str, int]) -> Figure:
    """Draw how much key some links of a backbone hold, against time, and what could not be served.

    Parameters
    ----------
    day : Day
        From ``TrustedBackbone.simulate``.
    links : mapping of str to int
        Name -> place of a link in the backbone, counted from 0.

    Returns
    -------
    Figure
        A line for each link in Mbit, and one for all end-to-end bits that were missed so far, if there are any.

    Raises
    ------
    TypeError, ValueError
        If it is no Day, no link is named, or one is not there.

    >>> from qnetlab.network.backbone import KeyDemand, TrustedBackbone
    >>> day = TrustedBackbone(demands=(KeyDemand(rate_bps=2000),)).simulate(duration_s=3600)
    >>> [trace.name for trace in key_stores(day, {"alice to relay": 0}).data]
    ['alice to relay', 'missed so far']
    """
    from .figure import Figure

    require(isinstance(day, Day), "day must be a Day", got={"day": (day, "")}, error=TypeError,
            why="It holds what was stored when", fix="TrustedBackbone().simulate()")
    last = day.stored_bits.shape[1] - 1
    named = dict(links) if isinstance(links, Mapping) else {}
    require(bool(named), "links must map names to places of links", got={"links": (links, "")}, error=TypeError,
            why="Each line needs a name", fix='{"first hop": 0}')
    for name, place in named.items():
        require(isinstance(place, int) and 0 <= place <= last, f"a place must be a whole number from 0 to {last}",
                got={name: (place, "")}, why="So many links there are", fix=f'{{"{name}": 0}}')
    step = max(1, len(day.times_s) // _POINTS)
    shown = sorted({*range(0, len(day.times_s), step), len(day.times_s) - 1})
    hours = (day.times_s[shown] / 3600).tolist()
    figure = Figure(layout={"title": "Key in store", "xaxis": {"title": "time in hours"},
                            "yaxis": {"title": "Mbit", "rangemode": "tozero"}})
    for i, (name, place) in enumerate(named.items()):
        figure.add_scatter(name=name, x=hours, y=(day.stored_bits[shown, place] / 1e6).tolist(), mode="lines",
                           line={"color": color(i), "dash": dash(i)})
    missed = [0, *day.missed.sum(axis=1).cumsum().tolist()]
    if missed[-1]:
        figure.add_scatter(name="missed so far", x=hours, y=[missed[i] / 1e6 for i in shown], mode="lines",
                           line={"color": GRAY, "dash": "dot"})
    return figure
