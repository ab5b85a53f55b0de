"""What stands in a plotly figure, read back as plain numbers: the drawing, the table and the summary start from here.

It is read when the figure is shown, so that whatever was added to it by then is there too.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

import numpy as np

from .look import HEIGHT_PX
from .scales import Axis, Value
from .static import Error, Series

_FEW = 20  # plotly draws markers by itself on traces shorter than this


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A figure's series, axes, title and height in px; ``unread`` names what only the live figure shows."""

    title: str
    x: Axis
    y: Axis
    series: tuple[Series, ...]
    unread: tuple[str, ...]
    height: float


def plain(thing: Any) -> Any:
    """The same as plain lists, dicts, numbers and words, as strict JSON needs them; what is no number is None.

    >>> plain({"x": (1, float("nan"))})
    {'x': [1, None]}
    """
    if isinstance(thing, Mapping) and {"dtype", "bdata"} <= thing.keys():  # how plotly writes a numpy array
        flat = np.frombuffer(base64.b64decode(thing["bdata"]), dtype=thing["dtype"])
        return plain(flat.reshape([int(n) for n in str(thing.get("shape", flat.size)).split(",")]))
    if isinstance(thing, Mapping):
        return {str(key): plain(inside) for key, inside in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [plain(inside) for inside in thing]
    if thing is None or isinstance(thing, (str, bool, int)):
        return thing
    if hasattr(thing, "tolist"):  # numpy arrays and scalars
        return plain(thing.tolist())
    if isinstance(thing, float):
        return thing if math.isfinite(thing) else None
    return thing.isoformat() if hasattr(thing, "isoformat") else str(thing)


def read(figure: Any) -> Reading:
    """Read a plotly figure: traces of type scatter and bar, with their error bars, and the first pair of axes."""
    written = plain(figure.to_plotly_json())
    layout = written.get("layout", {})
    series: list[Series] = []
    unread: list[str] = []
    shifts = _shifts(written) if layout.get("scattermode") == "group" else {}
    for i, trace in enumerate(written.get("data", [])):
        kind = trace.get("type", "scatter")
        if trace.get("visible", True) is not True:
            continue
        if kind not in ("scatter", "bar") or trace.get("xaxis", "x") != "x" or trace.get("yaxis", "y") != "y":
            unread.append(f"{trace.get('name') or f'trace {i}'} ({kind})")
        else:
            series.append(_series(trace, i, kind, shifts.get(trace.get("offsetgroup"), 0.0)))
    x, y = _axis(layout.get("xaxis", {})), _axis(layout.get("yaxis", {}))
    return Reading(title=_words(layout.get("title")), x=x, y=y, series=tuple(series), unread=tuple(unread),
                   height=float(layout.get("height") or HEIGHT_PX))


def _shifts(written: Mapping[str, Any]) -> dict[Any, float]:
    """How far aside plotly moves each group of points that stand at the same name."""
    groups = list(dict.fromkeys(trace.get("offsetgroup") for trace in written.get("data", [])))
    width = (1 - written.get("layout", {}).get("scattergap", 0.4)) / len(groups)
    return {group: (i - (len(groups) - 1) / 2) * width for i, group in enumerate(groups)}


def _series(trace: Mapping[str, Any], i: int, kind: str, shift: float) -> Series:
    x, y = _values(trace.get("x")), _values(trace.get("y"))
    if not x:
        x = [float(n) for n in range(len(y))]
    mode = trace.get("mode") or ("lines+markers" if len(y) < _FEW else "lines")
    marker, path = trace.get("marker", {}), trace.get("line", {})
    if kind == "bar":
        drawn = "bars"
    else:
        drawn = {(True, True): "both", (True, False): "line"}.get(("lines" in mode, "markers" in mode), "points")
    symbols = marker.get("symbol", ())
    edge = marker.get("line", {}) if drawn == "bars" else {}
    painted = (path, marker) if drawn == "line" else (edge, marker, path)
    written = trace.get("text") if "text" in mode else None
    inks = [str(part["color"]) for part in painted if isinstance(part.get("color"), str)]
    return Series(
        name=_words(trace.get("name")) or f"series {i + 1}", x=x, y=y, kind=drawn, look=i,
        x_error=_errors(trace.get("error_x"), x), y_error=_errors(trace.get("error_y"), y),
        color=inks[0] if inks else "", dash=path.get("dash", ""),
        symbols=[str(s) for s in symbols] if isinstance(symbols, list) else ([str(symbols)] if symbols else ()),
        labels=[_words(label) for label in written] if isinstance(written, list) else (),
        in_legend=trace.get("showlegend", True), shift=shift,
    )


def _values(given: Any) -> list[Value]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        return []
    return [v if v is None or isinstance(v, str) else float(v) for v in given]


def _errors(given: Any, values: Sequence[Value]) -> list[Error | None]:
    """Downward and upward length of each error bar, as plotly means them."""
    if not isinstance(given, Mapping) or given.get("visible") is False:
        return []
    kind = given.get("type", "data" if "array" in given else "")
    size, down = given.get("value", 0.0), given.get("valueminus", given.get("value", 0.0))
    if kind == "constant":
        return [(float(down), float(size))] * len(values)
    if kind == "percent":
        return [None if v is None or isinstance(v, str) else (abs(v) * down / 100, abs(v) * size / 100) for v in values]
    if kind == "data":
        up = given.get("array") or []
        lower = given.get("arrayminus") or up
        return [None if a is None or b is None else (float(b), float(a)) for a, b in zip(up, lower, strict=False)]
    return []


def _axis(given: Mapping[str, Any]) -> Axis:
    log = given.get("type") == "log"
    ends = given.get("range") or [None, None]
    low, high = (None if isinstance(end, str) or end is None else 10.0**end if log else float(end) for end in ends)
    backward = given.get("autorange") == "reversed" or (low is not None and high is not None and low > high)
    if low is not None and high is not None and low > high:
        low, high = high, low
    names = tuple(str(name) for name in given.get("categoryarray") or ())
    return Axis(label=_words(given.get("title")), log=log, low=low, high=high, reverse=backward, names=names)


def _words(given: Any) -> str:
    """A title without the tags that plotly understands in it."""
    text = given.get("text", "") if isinstance(given, Mapping) else given or ""
    return unescape(re.sub(r"<[^>]+>", " ", str(text))).strip()
