"""A function that was handed over, beside the reference's: called with inputs that nobody has seen before.

In practice it is called here. In a graded run it stays where the student's code is; :class:`Outputs` then holds what it
returned, and nothing of it is called on this side.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .answers import Unreadable, described, read_bits, read_number
from .cards import Table
from .function_form import EVERY_CALL, FunctionForm
from .observation import Observation
from .spec import NumberForm

Cases = Mapping[str, Sequence[tuple[Any, ...]]]
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Failed:
    """A call that returned nothing; ``words`` say why."""

    words: str


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a function returned for each case, group by group; a :class:`Failed` where it did not."""

    by_group: Mapping[str, Sequence[Any]]


def dice_for(exercise_id: str, name: str, seed: bytes) -> np.random.Generator:
    """Where the inputs for one student come from: the same for the same seed, unknown without it."""
    digest = hmac.new(seed, json.dumps([name, exercise_id, "calls"]).encode(), hashlib.sha256).digest()
    return np.random.default_rng(list(digest))


def call_all(function: Any, cases: Cases) -> Outputs:
    """Call a function here, case by case."""
    if not callable(function) or isinstance(function, type):
        raise Unreadable(f"The answer should be a function; this is {described(function)}. Hand over its name, without "
                         "brackets behind it.")
    return Outputs({group: [_call(function, arguments) for arguments in calls] for group, calls in cases.items()})


def _call(function: Any, arguments: tuple[Any, ...]) -> Any:
    try:
        return function(*arguments)
    except Exception as reason:  # noqa: BLE001 - whatever the function raises is told to whoever wrote it
        return Failed(f"{type(reason).__name__}: {reason}")


def observe_function(answer: Any, reference: Any, form: FunctionForm, cases: Cases) -> Observation:
    """Compare outputs call by call; raises :class:`Unreadable` if not one call returned something to compare."""
    got = answer if isinstance(answer, Outputs) else call_all(answer, cases)
    wanted = reference if isinstance(reference, Outputs) else call_all(reference, cases)
    rows, agreement, measures, fault, reasons = [], {}, {}, "", []
    lengths, differences = [], []
    for group, calls in cases.items():
        right = 0
        for number, (arguments, a, b) in enumerate(zip(calls, got.by_group[group], wanted.by_group[group],
                                                       strict=True)):
            expected = _read(b, form)
            try:
                found = _read(a, form)
            except Unreadable as reason:
                found = None
                reasons.append(str(reason))
            close = found is not None and _close(found, expected, form)
            right += close
            if form.returns == "number":
                measures[f"{group} {number + 1}"] = float(found[0]) if found is not None else 1e30
            lengths.append(-1 if found is None else len(found))
            differences.append(_share(found, expected))
            if not close and not fault:
                fault = _told(arguments, found, expected, a, form)
        agreement[group] = float(right == len(calls))
        rows.append((group, f"{right} of {len(calls)}"))
    if len(reasons) == sum(map(len, cases.values())):
        raise Unreadable(reasons[0])
    if form.returns == "key":
        measures = {"length": float(sum(lengths)), "differ": float(np.mean(differences)),
                    **{f"length {number}": float(length) for number, length in enumerate(lengths, 1)}}
    return Observation(
        measures=measures, agreement=agreement | {EVERY_CALL: float(all(agreement.values()))},
        table=Table("Calls with the right result", ("inputs", "right"), tuple(rows)), counterexample=fault,
        tolerance=max(form.tolerance, 1e-9))


def _read(value: Any, form: FunctionForm) -> tuple[float, ...]:
    if isinstance(value, Failed):
        raise Unreadable(f"The function did not return: {value.words}")
    if form.returns == "number":
        return (read_number(value, "What the function returns", NumberForm()),)
    return read_bits(value)


def _close(found: tuple[float, ...], expected: tuple[float, ...], form: FunctionForm) -> bool:
    return len(found) == len(expected) and all(abs(a - b) <= form.tolerance for a, b in zip(found, expected,
                                                                                          strict=True))


def _share(found: tuple[float, ...] | None, expected: tuple[float, ...]) -> float:
    pairs = list(zip(found or (), expected, strict=False))
    return sum(a != b for a, b in pairs) / len(pairs) if pairs else 0.0


def _told(arguments: tuple[Any, ...], found: Any, expected: tuple[float, ...], raw: Any, form: FunctionForm) -> str:
    """One call that went wrong: input, expected, got."""
    inputs = ", ".join(_short(argument) for argument in arguments)
    got = raw.words if isinstance(raw, Failed) else described(raw) if found is None else _shown(found, form)
    return f"For {inputs} the right result is {_shown(expected, form)}; yours is {got[:200]}."


def _shown(values: tuple[float, ...], form: FunctionForm) -> str:
    if form.returns == "number":
        return f"{values[0]:.6g}"
    return _short("".join(str(int(bit)) for bit in values)) if values else "empty"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN - 4]}...{text[-1]}"
