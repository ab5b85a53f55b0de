"""What goes to the browser: numbers in strict JSON, and all that a panel needs to know to work without Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from ..fields import rebuilt
from ._panel import GIVEN, Panel, State


def to_wire(value: Any, widget: object = None) -> Any:
    """The value with lists for tuples, and with the word "inf" for infinity, which JSON does not have.

    >>> to_wire({"t2_s": math.inf, "ends": (0, 1)})
    {'t2_s': 'inf', 'ends': [0, 1]}
    """
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    if isinstance(value, Mapping):
        return {key: to_wire(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_wire(inner) for inner in value]
    return value


def from_wire(state: Mapping[str, Any], widget: object = None) -> dict[str, Any]:
    """A state as the browser sends it, with infinity where it says "inf"."""
    return {name: math.inf if value == "inf" else value for name, value in state.items()}


def described(panel: Panel, given: Any, presets: Mapping[str, Any], read: Callable[[Any], State],
              unmoved: tuple[str, ...]) -> dict[str, Any]:
    """Controls, numbers, presets and reaches. ``unmoved``: controls that leave Aer's points where they are."""
    place = panel.preset_place
    follows = panel.preset_follows()
    bases = {} if place is None else {name: rebuilt(given, {place: part}) for name, part in presets.items()}
    below = {name for name, where in panel.places.items() if where.startswith(f"{place}.")}
    return {
        "live": True,
        "groups": [{**vars(group), "controls": [vars(c) for c in group.controls]} for group in panel.groups],
        "given": panel.numbers(given),
        "given_values": {name: read(given)[name] for name in follows},
        "preset_control": place,
        "preset_follows": follows,
        "presets": {
            name: {"parameters": {n: v for n, v in panel.numbers(base).items() if n in below},
                   "values": {n: read(base)[n] for n in follows}}
            for name, base in bases.items()
        },
        "reach": {name: panel.reach(base) for name, base in {GIVEN: given, **bases}.items()},
        "points_follow": [c.name for c in panel.controls if c.name not in (place, *unmoved)],
    }
