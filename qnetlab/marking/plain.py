"""From plain data that left the sandbox to an answer that can be judged; whatever the data is, nothing else happens.

Every value is checked here; what the sandbox says of itself is not believed. A circuit is built anew from Qiskit's
standard gates by name, so that no object of a student's is ever touched by the checks.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ..grading.answers import Foreign, Unreadable
from .plain_circuit import read_circuit_data

MOST_ITEMS = 100_000
_DEEPEST = 10


class Called:
    """A function that was handed over: it stays in the sandbox, only its name is here."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


def decode(data: Any) -> Any:
    """The answer that plain data stands for; raises :class:`Unreadable` in words for the student.

    >>> decode({"dict": [["f", 0.5], ["bits", [0, 1]]]}), decode({"dots": True})
    ({'f': 0.5, 'bits': [0, 1]}, Ellipsis)
    """
    left = [MOST_ITEMS]
    return _value(data, 0, left)


def _value(data: Any, depth: int, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth > _DEEPEST:
        raise Unreadable("The answer is larger than any task asks for.")
    if data is None or isinstance(data, (bool, str)):
        return data
    if isinstance(data, int):
        return data if abs(data) <= 10**20 else 10**21
    if isinstance(data, float):
        return data if math.isfinite(data) else math.nan
    if isinstance(data, list):
        return [_value(item, depth + 1, left) for item in data]
    if isinstance(data, dict) and len(data) == 1:
        [(kind, inner)] = data.items()
        if kind in _KINDS:
            return _KINDS[kind](inner, depth + 1, left)
    raise broken()


def broken() -> Unreadable:
    """What is said of data that our own encoder never writes."""
    return Unreadable("What left the notebook is not an answer in the form that a check sends.")


def _float(inner: Any, depth: int, left: list[int]) -> float:
    if inner not in ("nan", "inf", "-inf"):
        raise broken()
    return float(inner)


def _complex(inner: Any, depth: int, left: list[int]) -> complex:
    parts = _value(inner, depth, left)
    if not isinstance(parts, list) or len(parts) != 2 or not all(type(part) in (int, float) for part in parts):
        raise broken()
    return complex(*map(float, parts))


def _dict(inner: Any, depth: int, left: list[int]) -> dict[Any, Any]:
    if not isinstance(inner, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in inner):
        raise broken()
    found = {}
    for key, value in inner:
        name = _value(key, depth, left)
        if not isinstance(name, (str, int, float, type(None))):
            raise Unreadable("The keys of the dictionary should be texts or numbers.")
        found[name] = _value(value, depth, left)
    return found


def _array(inner: Any, depth: int, left: list[int]) -> Any:
    values = _value(inner, depth, left)
    if not _short(values):  # the longest text decides how much room each entry takes
        raise Unreadable("The array holds texts; a list of numbers was expected.")
    try:
        array = np.array(values)
    except ValueError as reason:
        raise broken() from reason
    if array.dtype.kind not in "bifcU":
        raise broken()
    return array


def _short(values: Any) -> bool:
    if isinstance(values, list):
        return all(map(_short, values))
    return len(values) <= 20 if isinstance(values, str) else isinstance(values, (bool, int, float, complex))


def _dots(inner: Any, depth: int, left: list[int]) -> Any:
    return ...


def _words(inner: Any) -> str:
    if not isinstance(inner, str):
        raise broken()
    return "".join(letter if letter.isprintable() else "?" for letter in inner[:200])


_KINDS: dict[str, Callable[[Any, int, list[int]], Any]] = {
    "float": _float, "complex": _complex, "dict": _dict, "array": _array, "dots": _dots,
    "circuit": lambda inner, depth, left: read_circuit_data(inner),
    "is": lambda inner, depth, left: Foreign(_words(inner)),
    "function": lambda inner, depth, left: Called(_words(inner)),
}
