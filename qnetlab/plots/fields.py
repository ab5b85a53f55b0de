"""Fields of a protocol in words: what stands along an axis, and what tells several protocols apart."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..checks import field_notes, refuse
from ..devices.gates import GateErrors
from ..fields import leaves


def at(protocol: Any, path: str) -> Any:
    """The field at a path; what is not there is refused in our words."""
    known = leaves(protocol)
    if path not in known:
        near = difflib.get_close_matches(path, known, n=1, cutoff=0.3) or list(known)[:1]
        refuse(f"x must be a field of {type(protocol).__name__}", got={"x": path},
               why=f"What was varied stands along the axis; the fields are {', '.join(known)}",
               fix=f"x={near[0] if near else ''!r}")
    return known[path]


def label(protocol: Any, path: str) -> str:
    """A path in words, with its unit.

    >>> from qnetlab.devices.link import Link
    >>> label(Link(), "fiber.length_km"), label(Link(), "bob_memory.t2_s")
    ('fiber length (km)', 'bob memory T2 (s)')
    >>> from qnetlab.protocols.teleportation import Teleportation
    >>> label(Teleportation(), "gates.two_qubit")
    'two-qubit gate error'
    """
    what, unit = _name_and_unit(protocol, path)
    return f"{what} ({unit})" if unit else what


def _name_and_unit(protocol: Any, path: str) -> tuple[str, str]:
    *owners, name = path.split(".")
    owner = protocol
    for step in owners:
        owner = getattr(owner, step)
    unit = str(field_notes(type(owner)).get(name, {}).get("unit", ""))
    short = name.removesuffix("_" + unit.lower().replace("/", "_per_")) if unit else name
    spoken = {"t1": "T1", "t2": "T2"}.get(short, short.replace("_", " "))
    if isinstance(owner, GateErrors):
        spoken = f"{name.replace('_', '-')} gate error"
    said = [step.replace("_", " ") for step in owners[-1:] if step != "gates"]
    return " ".join([*said, spoken]), unit


def differences(protocols: Sequence[Any]) -> list[str]:
    """A name for each of several protocols, made of the fields in which they differ; empty for a single one.

    >>> from qnetlab.devices.fiber import Fiber
    >>> differences([Fiber(length_km=1), Fiber(length_km=2)])
    ['length 1 km', 'length 2 km']
    """
    fields = [leaves(protocol) for protocol in protocols]
    varied = [path for path in fields[0] if len({repr(mine.get(path)) for mine in fields}) > 1]
    return [_told(protocol, mine, varied) for protocol, mine in zip(protocols, fields, strict=True)]


def _told(protocol: Any, mine: Mapping[str, Any], varied: Sequence[str]) -> str:
    """Fields of one name and one value, such as two equal memories, are told once."""
    by_name: dict[str, set[str]] = {}
    for path in varied:
        by_name.setdefault(path.rpartition(".")[2], set()).add(repr(mine.get(path)))
    parts: dict[str, None] = {}
    for path in varied:
        what, unit = _name_and_unit(protocol, path)
        name = path.rpartition(".")[2]
        once = len(by_name[name]) == 1 and sum(other.rpartition(".")[2] == name for other in varied) > 1
        what = what.rpartition(" ")[2] if once else what
        got = mine.get(path)
        shown = f"{got:g}" if isinstance(got, (int, float)) else str(got)
        parts[f"{what} ∞" if got == math.inf else f"{what} {shown} {unit}".rstrip()] = None
    return ", ".join(parts)
