"""Bars: correlators, and how often each outcome came."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from ..checks import require
from ..estimate import Outcomes
from ..result import Result
from .look import COLORS, FILL

if TYPE_CHECKING:
    from .figure import Figure

_ALL_UP_TO = 5  # bits; beyond, only outcomes that came are shown
_CORRELATORS = ("xx", "yy", "zz")
_THEORY = {"color": COLORS[1], "symbol": "diamond-open", "size": 12, "line": {"width": 2}}
_BAR = {"color": FILL, "line": {"color": COLORS[0], "width": 2}}


def correlators(result: Result) -> Figure:
    """Draw the correlators XX, YY and ZZ of a run, beside the closed form.

    Parameters
    ----------
    result : Result
        With the estimates xx, yy and zz, -1 (always differ) to 1 (always agree).

    Returns
    -------
    Figure
        A bar for each, with its standard error, and a mark where the closed form puts it.

    Raises
    ------
    TypeError
        If it is no result.
    KeyError
        If it has no correlators.

    >>> from qnetlab.engine import run
    >>> from qnetlab.protocols.bell_pair import BellPair
    >>> correlators(run(BellPair())).data[0].y
    (1.0, -1.0, 1.0)
    """
    from .figure import Figure

    _check(result)
    estimates = [result[name] for name in _CORRELATORS]
    theory = result.protocol.theory()
    names = [name.upper() for name in _CORRELATORS]
    figure = Figure(layout={
        "title": f"{type(result.protocol).__name__}: do the two agree?",
        "xaxis": {"title": "both measured along"}, "yaxis": {"title": "correlator", "range": [-1.12, 1.12]},
    })
    figure.add_bar(name=f"run, {result.rounds}", x=names, y=[e.value for e in estimates],
                   marker=_BAR, width=0.4, error_y=_bars([e.std_error for e in estimates]))
    known = [name for name in _CORRELATORS if name in theory]
    if known:
        figure.add_scatter(name="closed form", x=[name.upper() for name in known], y=[theory[name] for name in known],
                           mode="markers", marker=_THEORY)
    return figure


def outcomes(result: Result, setting: str | None = None) -> Figure:
    """Draw how often each outcome of one setting came.

    Parameters
    ----------
    result : Result
    setting : str or None
        Which circuit; None where there is only one.

    Returns
    -------
    Figure
        A bar for each outcome: its share of the rounds, with its standard error, or its exact probability. Outcomes of
        up to five bits are all shown, also those that never came.

    Raises
    ------
    TypeError
        If it is no result.
    ValueError
        If there is no such setting, or several to choose from.

    >>> from qnetlab.engine import run
    >>> from qnetlab.protocols.bell_pair import BellPair
    >>> figure = outcomes(run(BellPair()), "ZZ")
    >>> dict(zip(figure.data[0].x, (round(share, 6) for share in figure.data[0].y)))
    {'0 0': 0.5, '0 1': 0.0, '1 0': 0.0, '1 1': 0.5}
    """
    from .figure import Figure

    _check(result)
    settings = dict(result.outcomes)
    if setting is None and len(settings) == 1:
        setting = next(iter(settings))
    require(setting in settings, f"setting must be one of {', '.join(map(repr, settings))}", got={"setting": setting},
            why="Each setting is a circuit of its own", fix=f"setting={next(iter(settings), '')!r}")
    seen = settings[str(setting)]
    keys = _keys(seen)
    shares = [seen.probability(key) for key in keys]
    registers = " ".join(name for name, _ in seen.registers)
    figure = Figure(layout={
        "title": f"{type(result.protocol).__name__}: outcomes of setting {setting}",
        "xaxis": {"title": f"bits of {registers}", "type": "category"},
        "yaxis": {"title": "probability" if seen.n is None else "share of rounds", "rangemode": "tozero"},
    })
    figure.add_bar(name=f"run, {result.rounds}", x=keys, y=[share.value for share in shares],
                   marker=_BAR, width=0.4, error_y=_bars([share.std_error for share in shares]))
    return figure


def _check(result: Result) -> None:
    require(isinstance(result, Result), "result must be a Result", got={"result": result}, error=TypeError,
            why="What was run knows its outcomes and its error bars", fix="run(protocol, shots=500)")


def _keys(seen: Outcomes) -> list[str]:
    widths = [width for _, width in seen.registers]
    if sum(widths) > _ALL_UP_TO:
        return [key for key, _ in seen.weights]
    registers = [["".join(bits) for bits in product("01", repeat=width)] for width in widths]
    return [" ".join(parts) for parts in product(*registers)]


def _bars(errors: list[float]) -> dict[str, object] | None:
    return {"array": errors} if any(errors) else None
