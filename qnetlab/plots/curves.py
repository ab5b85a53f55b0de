"""A number against what was varied: runs as points with error bars, the closed form as a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks import require
from ..fields import rebuilt
from ..result import Result
from .fields import at, differences, label
from .look import GRAY, color, dash, symbol

if TYPE_CHECKING:
    from .figure import Figure

_STEPS = 60  # places where the closed form is asked between the first point and the last


def fidelity_vs_length(results: Iterable[Result], *, reference: Mapping[str, float] | None = None) -> Figure:
    """Draw fidelity against fiber length.

    Parameters
    ----------
    results : sequence of Result
        Of one protocol over a link, for example from ``sweep``, each with another ``link.fiber.length_km`` in km.
    reference : mapping of str to float, or None
        Name -> fidelity to compare with, such as ``{"measure and phone": 2 / 3}``.

    Returns
    -------
    Figure
        Points with error bars of one standard error, a line for the closed form, a dotted line for each reference.

    Raises
    ------
    TypeError, ValueError
        If there is no result, or they are not of one protocol over a fiber.

    >>> from qnetlab.devices.fiber import Fiber
    >>> from qnetlab.devices.link import Link
    >>> from qnetlab.protocols.teleportation import Teleportation
    >>> from qnetlab.sweeps import sweep as run_all
    >>> protocols = [Teleportation(link=Link(fiber=Fiber(length_km=km))) for km in (0, 50, 100)]
    >>> figure = fidelity_vs_length(run_all(protocols), reference={"measure and phone": 2 / 3})
    >>> [trace.name for trace in figure.data]
    ['closed form', 'run, exact', 'measure and phone']
    """
    figure = sweep(results, x="link.fiber.length_km", y="fidelity", reference=reference)
    lowest = min(float(np.min(trace.y)) for trace in figure.data)
    figure.update_yaxes(range=[min(0.45, lowest - 0.05), 1.02])
    return figure


def sweep(
    results: Iterable[Result], x: str = "link.fiber.length_km", y: str = "fidelity", *,
    reference: Mapping[str, float] | None = None,
) -> Figure:
    """Draw one estimate against one field of the protocol.

    Parameters
    ----------
    results : sequence of Result
        Of one kind of protocol. Where more than ``x`` differs, each combination is a series of its own.
    x : str
        Path of the field, such as ``"link.fiber.length_km"`` or ``"link.source.fidelity"``.
    y : str
        Name of an estimate.
    reference : mapping of str to float, or None
        Name -> value to compare with.

    Returns
    -------
    Figure
        Points with error bars of one standard error, and ``theory()`` of the same protocols as a line, where there
        is one.

    Raises
    ------
    KeyError
        If ``y`` is no estimate of the results.
    TypeError, ValueError
        If there is no result, they are of several kinds, or ``x`` is no field.

    >>> from qnetlab.engine import run
    >>> from qnetlab.protocols.bell_pair import BellPair
    >>> figure = sweep([run(BellPair(state=s)) for s in ("phi_plus", "psi_minus")], x="state", y="zz")
    >>> figure.data[1].x, figure.data[1].y
    (('phi_plus', 'psi_minus'), (1.0, -1.0))
    """
    from .figure import Figure

    groups = _grouped(_checked(results), x)
    names = differences([group[0].protocol for group in groups])
    first = groups[0][0].protocol
    numeric = all(isinstance(at(r.protocol, x), (int, float)) for group in groups for r in group)
    figure = Figure(layout={
        "title": f"{type(first).__name__}: {y.replace('_', ' ')} against {label(first, x)}",
        "xaxis": {"title": label(first, x), "type": "linear" if numeric else "category"},
        "yaxis": {"title": y.replace("_", " ")},
    })
    for i, (group, name) in enumerate(zip(groups, names, strict=True)):
        _add_theory(figure, group, x, y, name, i, numeric)
        _add_points(figure, group, x, y, name, i)
    places = sorted({at(r.protocol, x) for group in groups for r in group}) if numeric else list(
        dict.fromkeys(str(at(r.protocol, x)) for group in groups for r in group))
    for i, (name, value) in enumerate(_checked_reference(reference).items()):
        figure.add_scatter(name=name, x=places, y=[float(value)] * len(places), mode="lines",
                           line={"color": GRAY, "dash": ("dot", "longdashdot", "dashdot")[i % 3], "width": 2})
    return figure


def _checked(results: Iterable[Result]) -> list[Result]:
    found = list(results) if isinstance(results, Iterable) else [results]
    wrong = next((r for r in found if not isinstance(r, Result)), None)
    require(wrong is None, "results must be a sequence of Result", got={"results": wrong}, error=TypeError,
            why="What was run knows its protocol and its error bars", fix="sweep(protocols, shots=500)")
    require(len(found) > 0, "results must hold at least one Result", got={"results": found},
            why="There is nothing to draw", fix="sweep(protocols, shots=500)")
    kinds = sorted({type(r.protocol).__name__ for r in found})
    require(len(kinds) == 1, "results must be of one kind of protocol", got={"protocols": kinds},
            why="Only like numbers share a curve", fix="one figure for each")
    return found


def _checked_reference(reference: Mapping[str, float] | None) -> Mapping[str, float]:
    given = {} if reference is None else reference
    require(isinstance(given, Mapping) and all(isinstance(value, (int, float)) for value in given.values()),
            "reference must map names to numbers", got={"reference": given}, error=TypeError,
            why="A line to compare with needs a name", fix='reference={"measure and phone": 2 / 3}')
    return given


def _grouped(results: Sequence[Result], x: str) -> list[list[Result]]:
    """Results that differ in ``x`` only, along ``x``."""
    start = at(results[0].protocol, x)
    groups: dict[Any, list[Result]] = {}
    for result in results:
        at(result.protocol, x)
        groups.setdefault((rebuilt(result.protocol, {x: start}), result.shots, result.mode), []).append(result)
    for group in groups.values():
        if all(isinstance(at(r.protocol, x), (int, float)) for r in group):
            group.sort(key=lambda r: float(at(r.protocol, x)))
    return list(groups.values())


def _add_theory(figure: Figure, group: Sequence[Result], x: str, y: str, name: str, i: int, numeric: bool) -> None:
    protocols = [r.protocol for r in group]
    if y not in protocols[0].theory():
        return
    places = [at(p, x) for p in protocols]
    if numeric and all(isinstance(place, float) for place in places):
        places = sorted({*places, *_between(min(places), max(places))})
        protocols = [rebuilt(protocols[0], {x: place}) for place in places]
    values = [p.theory()[y] for p in protocols]
    figure.add_scatter(name=_called(name, "closed form"), x=places, y=values, mode="lines" if numeric else "markers",
                       line={"color": color(i), "dash": dash(i)},
                       marker={"color": color(i), "symbol": "square-open", "size": 15, "line": {"width": 2}})


def _between(low: float, high: float) -> list[float]:
    """Places dense enough for a smooth line, also along a logarithmic axis."""
    if low == high:
        return []
    even = np.linspace(low, high, _STEPS + 1)[1:-1].tolist()
    tens = np.geomspace(low, high, _STEPS // 2 + 1)[1:-1].tolist() if low > 0 and high > 30 * low else []
    return [*even, *tens]


def _add_points(figure: Figure, group: Sequence[Result], x: str, y: str, name: str, i: int) -> None:
    estimates = [r[y] for r in group]
    errors = [e.std_error for e in estimates]
    first = group[0]
    how = first.rounds
    figure.add_scatter(name=_called(name, f"run, {how}"), x=[at(r.protocol, x) for r in group],
                       y=[e.value for e in estimates], mode="markers",
                       marker={"color": color(i), "symbol": symbol(i)},
                       error_y={"array": errors, "color": color(i)} if any(errors) else None)


def _called(group: str, what: str) -> str:
    return f"{group}: {what}" if group else what
