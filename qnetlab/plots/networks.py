"""Networks on a map, and one run of a route in space and time."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..checks import require
from ..network.graph import Network
from ..network.routes import Route
from ..network.run_record import RunRecord
from .look import GRAY, below_title, color, dash

if TYPE_CHECKING:
    from .figure import Figure

_MAP_HEIGHT = 460
_MARKS = {"herald": "diamond", "swap": "square", "known": "star"}


def network(net: Network, routes: Sequence[Route] = ()) -> Figure:
    """Draw a network on its map, with routes on top.

    Parameters
    ----------
    net : Network
    routes : sequence of Route
        Drawn beside each other, each in its own color and dash.

    Returns
    -------
    Figure
        Distances in km, or degrees on the earth.

    Raises
    ------
    TypeError
        If it is no network, or there is something else among the routes.

    >>> figure = network(Network.star(leaves=3))
    >>> [trace.name for trace in figure.data]
    ['links', 'nodes']
    """
    from .figure import Figure

    require(isinstance(net, Network), "net must be a Network", got={"net": (net, "")}, why="It has nodes on a map",
            fix="plots.network(Network.star())", error=TypeError)
    kept = tuple(routes) if isinstance(routes, (tuple, list)) and not isinstance(routes, Route) else (routes,)
    require(all(isinstance(route, Route) for route in kept), "routes must be a list of Route", error=TypeError,
            got={"routes": (routes, "")}, why="Each is drawn as a line", fix="[best_route(net, 'A', 'B')]")
    on_earth = net.nodes[0].on_earth
    place = {node.name: (float(node.longitude_deg or 0), float(node.latitude_deg or 0)) if on_earth
             else (node.x_km, node.y_km) for node in net.nodes}
    low, high = min(y for _, y in place.values()), max(y for _, y in place.values())
    room = 0.15 * ((high - low) or 1.0)  # for the names
    figure = Figure(layout={
        "title": "A network", "height": _MAP_HEIGHT, "legend": below_title(_MAP_HEIGHT),
        "xaxis": {"title": "degrees east" if on_earth else "km to the east"},
        "yaxis": {"title": "degrees north" if on_earth else "km to the north", "scaleanchor": "x",
                  "range": [low - room, high + room]},
    })
    ends = [(place[edge.a], place[edge.b]) for edge in net.edges]
    figure.add_scatter(name="links", mode="lines", line={"color": GRAY, "width": 1},
                       **_broken([[a, b] for a, b in ends]))
    for i, route in enumerate(kept):
        figure.add_scatter(name="-".join(route.nodes), mode="lines",
                           line={"color": color(i), "dash": dash(i), "width": 4},
                           **_broken([[place[name] for name in route.nodes]]))
    figure.add_scatter(name="nodes", mode="markers+text", x=[x for x, _ in place.values()], text=list(place),
                       y=[y for _, y in place.values()], textposition="top center",
                       marker={"size": 12, "color": GRAY})
    return figure


def space_time(record: RunRecord) -> Figure:
    """Draw one run of a route: where from left to right, when from bottom to top.

    Parameters
    ----------
    record : RunRecord
        From :func:`qnetlab.network.run_record.one_run`.

    Returns
    -------
    Figure
        A line along every time that a memory holds a half, messages at the speed of light, and marks for what happens.

    Raises
    ------
    TypeError
        If it is no record.
    """
    from .figure import Figure

    require(isinstance(record, RunRecord), "record must be a RunRecord", got={"record": (record, "")},
            why="It holds what happened when", fix="one_run(best_route(net, 'A', 'B'), rng=7)", error=TypeError)
    at = dict(zip(record.nodes, record.at_km, strict=True))
    figure = Figure(layout={"title": f"One run of {'-'.join(record.nodes)}",
                            "xaxis": {"title": "km along the route"}, "yaxis": {"title": "time in ms"}})
    figure.add_scatter(name="a memory holds a half", mode="lines", line={"color": GRAY, "width": 4},
                       **_broken(list(_held(record, at))))
    flights = [[(at[e.start], 1e3 * e.time_s), (at[e.end], 1e3 * e.until_s)] for e in record.of("message")]
    if flights:
        figure.add_scatter(name="a station's bits", mode="lines", line={"color": color(1), "dash": dash(1)},
                           **_broken(flights))
    for i, (what, mark) in enumerate(_MARKS.items()):
        found = record.of(what)
        places = [((at[e.start] + at[e.end]) / 2, 1e3 * e.until_s) for e in found]
        if what == "known":
            places = [(at[record.nodes[0]], 1e3 * found[0].until_s), (at[record.nodes[-1]], 1e3 * found[0].until_s)]
        if places:
            figure.add_scatter(name={"herald": "a link's pair is known", "swap": "a station swaps",
                                     "known": "both ends know"}[what], mode="markers", x=[x for x, _ in places],
                               y=[y for _, y in places], marker={"symbol": mark, "size": 11, "color": color(i)})
    return figure


def _held(record: RunRecord, at: dict[str, float]) -> Any:
    """From when to when each node keeps a half: two per station, one at either end."""
    swap = {event.start: event.time_s for event in record.of("swap")}
    for event in record.of("pair"):
        for name in (event.start, event.end):
            used = swap.get(name, record.ended_s)
            # A station's two halves stand beside each other.
            shift = 0.004 * record.at_km[-1] * (1 if name == event.start else -1) if name in swap else 0.0
            yield [(at[name] + shift, 1e3 * event.time_s), (at[name] + shift, 1e3 * used)]


def _broken(lines: Any) -> dict[str, list[Any]]:
    """Many lines as one trace, with gaps between them."""
    parts = list(itertools.chain.from_iterable([*line, (None, None)] for line in lines))
    return {"x": [x for x, _ in parts], "y": [y for _, y in parts]}
