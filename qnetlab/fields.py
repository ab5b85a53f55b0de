"""Fields of a value by their path, such as ``link.fiber.length_km``: read, and replaced."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any


def leaves(thing: Any, path: str = "") -> dict[str, Any]:
    """Every field that is not a value made of fields, by its path.

    >>> from qnetlab.devices.fiber import Fiber
    >>> list(leaves(Fiber(length_km=50)).items())[0]
    ('length_km', 50.0)
    """
    if not dataclasses.is_dataclass(thing) or isinstance(thing, type):
        return {path: thing}
    found: dict[str, Any] = {}
    for field in dataclasses.fields(thing):
        found |= leaves(getattr(thing, field.name), f"{path}.{field.name}" if path else field.name)
    return found


def at(value: Any, path: str) -> Any:
    """What stands at a path, such as ``link.fiber.length_km``; of a tuple by its place, such as ``original.0``."""
    for name in path.split("."):
        value = value[int(name)] if isinstance(value, tuple) else getattr(value, name)
    return value


def rebuilt(value: Any, changes: Mapping[str, Any]) -> Any:
    """A copy with other things at some paths; each part is built once, with all that changes in it.

    >>> from qnetlab.devices.link import Link
    >>> rebuilt(Link(), {"fiber.length_km": 50, "herald": "none"}).fiber.length_km
    50.0
    >>> rebuilt((0.5, 0.0), {"1": 2.0})
    (0.5, 2.0)
    """
    here: dict[str, Any] = {}
    below: dict[str, dict[str, Any]] = {}
    for path, new in changes.items():
        name, _, rest = path.partition(".")
        if rest:
            below.setdefault(name, {})[rest] = new
        else:
            here[name] = new
    for name, inner in below.items():
        here[name] = rebuilt(here.get(name, at(value, name)), inner)
    if isinstance(value, tuple):
        return tuple(here.get(str(place), old) for place, old in enumerate(value))
    return dataclasses.replace(value, **here) if here else value
