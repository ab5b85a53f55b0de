"""Values that are valid once built, and one way to say why something is not.

Every public type of the package is a frozen value made by :func:`value`; its fields are declared with
:func:`number`, :func:`choice` and :func:`part`, which carry unit, range and reason, so that the check, the
error message, the documentation and the range of a slider all come from the same line.
"""

from __future__ import annotations

import dataclasses
import difflib
import inspect
import math
import numbers
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, TypeVar, dataclass_transform

_T = TypeVar("_T")


def shown(name: str, got: Any, unit: str = "") -> str:
    """Say what was given: ``name=value unit``, short enough to read.

    >>> shown("t2_s", 0.03, "s")
    't2_s=0.03 s'
    """
    try:
        text = repr(got[:99] if isinstance(got, (str, bytes)) else got)  # a book is not written out to be cut
    except Exception:  # noqa: BLE001 - the message about a wrong value must not fail with the value
        text = f"(a {type(got).__name__} that cannot be shown)"
    short = text if len(text) <= 80 else f"{text[:60]}... (a {type(got).__name__})"
    return f"{name}={short} {unit}".rstrip()


def refuse(
    must: str,
    *,
    got: Mapping[str, Any],
    why: str = "",
    fix: str = "",
    error: type[Exception] = ValueError,
) -> NoReturn:
    """Raise ``error`` in the words of the house.

    Parameters
    ----------
    must : str
        What must hold.
    got : mapping
        Name -> value, or name -> (value, unit).
    why, fix : str
        The physics in half a sentence, and what to try instead.

    >>> refuse("t1_s must be > 0", got={"t1_s": (0, "s")}, why="A lifetime is a time", fix="t1_s=0.01")
    Traceback (most recent call last):
        ...
    ValueError: t1_s must be > 0; got t1_s=0 s. A lifetime is a time. Try t1_s=0.01.
    """
    __tracebackhide__ = True  # a notebook then shows the reader's own line, not ours
    pairs = [(k, *v) if isinstance(v, tuple) and len(v) == 2 else (k, v, "") for k, v in got.items()]
    reason, advice = (f" {why.rstrip('.')}." if why else ""), (f" Try {fix.rstrip('.')}." if fix else "")
    raise error(f"{must}; got {', '.join(shown(*pair) for pair in pairs)}.{reason}{advice}")


def require(
    ok: bool,
    must: str,
    *,
    got: Mapping[str, Any],
    why: str = "",
    fix: str = "",
    error: type[Exception] = ValueError,
) -> None:
    """Do nothing if ``ok``; else :func:`refuse`.

    >>> require(1 < 2, "a must be < b", got={"a": 1, "b": 2})
    """
    __tracebackhide__ = True
    if not ok:
        refuse(must, got=got, why=why, fix=fix, error=error)


class UnknownName(KeyError):
    """A name that is not there; unlike its base it shows its words as they are written."""

    def __str__(self) -> str:
        return str(self.args[0])


# ---------------------------------------------------------------------------------------------- fields


def number(
    default: float | None = dataclasses.MISSING,  # type: ignore[assignment]
    *,
    unit: str = "",
    low: float = -math.inf,
    high: float = math.inf,
    low_open: bool = False,
    high_open: bool = False,
    integer: bool = False,
    optional: bool = False,
    doc: str = "",
    why: str = "",
    fix: str = "",
) -> Any:
    """Declare a numeric field: default, unit, range, meaning, and the reason for the range.

    ``math.inf`` is allowed only where the range is closed at infinity, that is ``high=inf`` and not ``high_open``.
    """

    def coerce(name: str, got: Any) -> float | int | None:
        __tracebackhide__ = True
        if got is None and optional:
            return None
        kind = "a whole number" if integer else "a number"
        wanted = numbers.Integral if integer else numbers.Real
        if isinstance(got, bool) or not isinstance(got, wanted):
            refuse(f"{name} must be {kind}{_in(unit)}", got={name: (got, unit)}, why=why,
                   fix=fix or f"{name}={_example(default, low, high)!r}", error=TypeError)
        try:
            result = int(got) if integer else float(got)  # type: ignore[call-overload]  # numpy scalars become plain numbers
        except OverflowError:
            result = math.nan  # beyond what a computer counts in: refused below like any other value out of range
        inside = (low < result if low_open else low <= result) and (
            result < high if high_open else result <= high
        )
        if not inside:  # also nan, which compares false with everything
            refuse(f"{name} must satisfy {_range(name, low, high, low_open, high_open)}",
                   got={name: (got, unit)}, why=why, fix=fix or f"{name}={_example(default, low, high)!r}")
        return result

    notes = {"kind": "number", "unit": unit, "low": low, "high": high, "low_open": low_open,
             "high_open": high_open, "integer": integer, "optional": optional, "doc": doc, "why": why}
    return _field(default, coerce, notes)


def choice(default: str, options: Sequence[str], *, doc: str = "", why: str = "") -> Any:
    """Declare a field that is one word out of ``options``."""

    def coerce(name: str, got: Any) -> str:
        __tracebackhide__ = True
        known = ", ".join(repr(option) for option in options)
        if not isinstance(got, str):
            refuse(f"{name} must be one of {known}", got={name: got}, why=why, fix=f"{name}={default!r}",
                   error=TypeError)
        if got not in options:
            near = difflib.get_close_matches(got.lower(), options, n=1) or [default]
            refuse(f"{name} must be one of {known}", got={name: got}, why=why, fix=f"{name}={near[0]!r}")
        return str(got)

    return _field(default, coerce, {"kind": "choice", "options": tuple(options), "doc": doc, "why": why})


def part(default_factory: type, *, doc: str = "", like: type | None = None) -> Any:
    """Declare a field that holds another value, of the class ``default_factory``; its default is one without arguments.

    With ``like``, any value of that class. Parameters of field functions are named as type checkers expect.
    """
    kind, wanted, others = default_factory, like or default_factory, f" or another {like.__name__}" if like else ""

    def coerce(name: str, got: Any) -> Any:
        __tracebackhide__ = True
        article = "an" if kind.__name__[0] in "AEIOU" else "a"
        require(isinstance(got, wanted), f"{name} must be {article} {kind.__name__}{others}", got={name: got},
                why=f"A {kind.__name__} says what stands there", fix=f"{name}={kind.__name__}()", error=TypeError)
        return got

    notes = {"kind": "part", "class": kind, "doc": doc, "coerce": coerce}
    return dataclasses.field(default_factory=kind, metadata=notes)


def custom(default: Any, coerce: Callable[[str, Any], Any], *, doc: str = "") -> Any:
    """Declare a field with its own check: ``coerce(name, got)`` returns the plain value or raises."""
    return _field(default, coerce, {"kind": "custom", "doc": doc})


def _field(default: Any, coerce: Callable[[str, Any], Any], notes: dict[str, Any]) -> Any:
    return dataclasses.field(default=default, metadata={**notes, "coerce": coerce})


def field_notes(kind: type) -> dict[str, Mapping[str, Any]]:
    """What is known of each field of a value type: kind, unit, low, high, options, doc.

    >>> from qnetlab.devices.fiber import Fiber
    >>> field_notes(Fiber)["length_km"]["unit"]
    'km'
    """
    return {field.name: field.metadata for field in dataclasses.fields(kind)}


def _meant(kind: type, key: str, got: Any) -> str:
    """What was probably meant by an unknown field: the nearest spelling, or the same name inside one of the parts."""
    notes = field_notes(kind)
    near = difflib.get_close_matches(key, notes, n=1, cutoff=0.6)
    inside = None if near else _inside(kind, key, f"{got!r}")
    guess = near or difflib.get_close_matches(key, notes, n=1, cutoff=0.0)
    return inside or f"{guess[0] if guess else ''}={got!r}"


def _inside(kind: type, key: str, written: str) -> str | None:
    """``part=Part(key=...)`` if a part, or a part of a part, has the field."""
    for name, notes in field_notes(kind).items():
        if notes.get("kind") != "part":
            continue
        below = notes["class"]
        found = f"{key}={written}" if key in field_notes(below) else _inside(below, key, written)
        if found:
            return f"{name}={below.__name__}({found})"
    return None


def _in(unit: str) -> str:
    return f" in {unit}" if unit else ""


def _range(name: str, low: float, high: float, low_open: bool, high_open: bool) -> str:
    """The allowed range in mathematical words, without infinite ends."""
    left = f"{low:g} {'<' if low_open else '<='} " if low > -math.inf else ""
    right = f" {'<' if high_open else '<='} {high:g}" if high < math.inf else ""
    return f"{left}{name}{right}" if left or right else f"{name} = a number"


def _example(default: Any, low: float, high: float) -> float:
    """A value that works: the default, else the middle of the range, else an end of it."""
    if isinstance(default, (int, float)):
        return default
    if math.isfinite(low) and math.isfinite(high):
        return (low + high) / 2
    return low + 1 if math.isfinite(low) else 1.0


# ---------------------------------------------------------------------------------------------- values


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(number, choice, part, custom))
def value(cls: type[_T]) -> type[_T]:
    """Make ``cls`` a frozen, keyword-only, slotted dataclass that is valid once built.

    Fields are coerced and checked one by one, then ``cls._check(self)``, if there is one, looks at them together;
    what it returns (a mapping, or None) is filled in. A wrong, missing or positional argument and every assignment
    are answered with the fields and the nearest spelling.
    """
    together: Callable[[Any], Mapping[str, Any] | None] | None = cls.__dict__.get("_check")

    def __post_init__(self: Any) -> None:
        __tracebackhide__ = True
        for field in dataclasses.fields(self):
            coerce = field.metadata.get("coerce")
            if coerce is not None:
                object.__setattr__(self, field.name, coerce(field.name, getattr(self, field.name)))
        for name, filled in ((together(self) if together else None) or {}).items():
            object.__setattr__(self, name, filled)

    cls.__post_init__ = __post_init__  # type: ignore[attr-defined]
    made = dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(cls)
    fields = [field.name for field in dataclasses.fields(made)]  # type: ignore[arg-type]
    needed = [f.name for f in dataclasses.fields(made)  # type: ignore[arg-type]
              if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING]
    plain_init = made.__init__
    signature = inspect.signature(made)
    name = made.__name__
    listing = ", ".join(fields) if fields else "none"

    def __init__(self: Any, *args: Any, **given: Any) -> None:
        __tracebackhide__ = True
        if args:
            refuse(f"{name} takes its fields by name", got={f"argument {i}": a for i, a in enumerate(args, 1)},
                   why=f"A bare number does not say its unit; the fields are {listing}",
                   fix=f"{name}({fields[0] if fields else ''}={args[0]!r})", error=TypeError)
        for key, got in given.items():
            if key not in fields:
                refuse(f"{name} has no field {key!r}", got={key: got}, why=f"Its fields are {listing}",
                       fix=_meant(made, key, got), error=TypeError)
        missing = [key for key in needed if key not in given]
        if missing:
            refuse(f"{name} needs {', '.join(missing)}", got=given or {"arguments": None},
                   why=f"Its fields are {listing}", fix=f"{name}({missing[0]}=...)", error=TypeError)
        plain_init(self, **given)

    def frozen(self: Any, key: str, *got: Any) -> None:
        __tracebackhide__ = True
        known = key in fields
        near = difflib.get_close_matches(key, fields, n=1, cutoff=0.4)
        example = key if known else (near[0] if near else fields[0] if fields else "")
        raise dataclasses.FrozenInstanceError(
            f"a {name} never changes; got {shown(key, *got) if got else f'del {key}'}. A value that others rely on "
            f"must stay what it was{'' if known else f', and its fields are {listing}'}. "
            f"Try dataclasses.replace(..., {example}={got[0] if got else '...'!r})."
        )

    __init__.__doc__ = plain_init.__doc__
    __init__.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD),
                    *signature.parameters.values()])
    made.__init__ = __init__  # type: ignore[method-assign]
    made.__signature__ = signature  # type: ignore[attr-defined]
    made.__setattr__ = frozen  # type: ignore[method-assign]
    made.__delattr__ = frozen  # type: ignore[method-assign]
    return made
