"""Values as strict JSON and back: ``{"type": "Fiber", "length_km": 50.0, ...}``, infinity as ``"inf"``.

Strict: a browser can read it (no ``Infinity``), and what is read back is checked like any other value.
"""

from __future__ import annotations

import dataclasses
import difflib
import importlib
import json
import math
import pkgutil
from functools import lru_cache
from typing import Any

from . import devices, network, protocols
from .checks import field_notes, refuse
from .estimate import Estimate, Outcomes

_INFINITIES = {"inf": math.inf, "-inf": -math.inf}
_WORDS = tuple(_INFINITIES)


def encode(thing: Any) -> Any:
    """A value, tuple or number as plain JSON data.

    >>> from qnetlab.devices.memory import Memory
    >>> encode(Memory(t2_s=1.0))["t1_s"]
    'inf'
    """
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        fields = {f.name: encode(getattr(thing, f.name)) for f in dataclasses.fields(thing)}
        return {"type": type(thing).__name__, **fields}
    if isinstance(thing, (tuple, list)):
        return [encode(item) for item in thing]
    if isinstance(thing, float) and math.isinf(thing):
        return "inf" if thing > 0 else "-inf"  # only a field declared as a number reads it back
    if isinstance(thing, complex):
        return [thing.real, thing.imag]
    if thing is None or isinstance(thing, (str, int, float, bool)):
        return thing
    refuse("a value must be made of numbers, words and other values", got={"value": (thing, "")}, error=TypeError,
           why="Only such a value reads the same everywhere", fix="a value of the package")


def decode(data: Any) -> Any:
    """The value again; every field is checked as when it is typed."""
    if isinstance(data, dict):
        kind = _value_class(data.get("type"))
        notes = field_notes(kind)
        return kind(**{
            key: _INFINITIES[item] if item in _WORDS and notes.get(key, {}).get("kind") == "number" else decode(item)
            for key, item in data.items() if key != "type"
        })
    return tuple(decode(item) for item in data) if isinstance(data, list) else data


def to_json(thing: Any) -> str:
    """A value as one line of strict JSON.

    >>> from qnetlab.devices.gates import GateErrors
    >>> to_json(GateErrors(two_qubit=0.01))
    '{"type": "GateErrors", "one_qubit": 0.0, "two_qubit": 0.01}'
    """
    return json.dumps(encode(thing), allow_nan=False)


def from_json(text: str) -> Any:
    """The value that :func:`to_json` wrote.

    Raises
    ------
    ValueError
        If the text is not JSON, or names no value type of the package.

    >>> from_json('{"type": "GateErrors", "one_qubit": 0.0, "two_qubit": 0.01}')
    GateErrors(one_qubit=0.0, two_qubit=0.01)
    """
    try:
        data = json.loads(text)
    except (TypeError, ValueError, RecursionError) as problem:
        refuse("a saved value must be JSON", got={"text": (text, "")}, why=f"Reading stopped: {problem}",
               fix="the text that to_json wrote")
    return decode(data)


def _value_class(name: Any) -> type:
    found = _value_classes().get(name) if isinstance(name, str) else None
    if found is None:
        near = difflib.get_close_matches(str(name), _value_classes(), n=1, cutoff=0.4)
        refuse("a saved value must be of a type of qnetlab", got={"type": (name, "")},
               why="The type says which fields to read", fix=near[0] if near else ", ".join(sorted(_value_classes())))
    return found


@lru_cache(maxsize=1)
def _value_classes() -> dict[str, type]:
    """Every value type of the devices, networks and protocols, by its public name; found, not registered."""
    found: dict[str, type] = {"Estimate": Estimate, "Outcomes": Outcomes}
    for package in (devices, network, protocols):
        for module in pkgutil.iter_modules(package.__path__):
            names = vars(importlib.import_module(f"{package.__name__}.{module.name}"))
            found.update({n: c for n, c in names.items() if isinstance(c, type) and dataclasses.is_dataclass(c)})
    from .result import Result  # the result floor itself

    found["Result"] = Result
    return found
