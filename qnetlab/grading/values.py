"""Numbers and keys beside the reference's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from .answers import read_bits, read_number, read_table
from .cards import Table
from .observation import Observation
from .parameters import fill
from .spec import EVERYTHING, NumberForm


def observe_numbers(answer: Any, reference: Any, form: NumberForm) -> Observation:
    """One number or a dictionary of them; right within the declared tolerance.

    The right value is never shown: the student can still find it.
    """
    got, right = _numbers(answer, form), _numbers(reference, form)
    log = form.scale == "log"
    measures, wanted = ({part: math.log10(n) if log else n for part, n in numbers.items()} for numbers in (got, right))
    close = {part: abs(measures[part] - wanted[part]) <= form.tolerance for part in got}
    within = f"a factor {10**form.tolerance:.3g}" if log else f"{form.tolerance:g}"
    unit = f" {form.unit}" if form.unit else ""
    rows = tuple((part if form.parts else "your answer", f"{number:.6g}{unit}",
                  "✓ agrees" if close[part] else "○ differs") for part, number in got.items())
    return Observation(
        measures=measures, agreement={part: float(fits) for part, fits in close.items()},
        table=Table(f"Right within {within}{'' if log else unit}", ("part" if form.parts else "", "value", ""), rows),
        counterexample="", tolerance=form.tolerance)


def beside_landmarks(measured: float, reference: Any, form: NumberForm, parameters: Mapping[str, Any]) -> str:
    """What to say to a single wrong number of no known mistake: which bound it breaks, never how far it is off."""
    answer = 10**measured if form.scale == "log" else measured
    right = _numbers(reference, form)["value"]
    kept = []
    for name, where in form.landmarks:
        at = float(parameters[where] if isinstance(where, str) else where)
        side, known = "above" if right > at else "below", fill(name, parameters)
        # Who answers with the landmark itself, to the rounding, has not come past it.
        if math.isclose(answer, at, rel_tol=1e-3):
            return f"That is {known}. The right number lies {side} it."
        if (answer > at) != (right > at):
            return f"{answer:g} is not {side} {known}: can that be?"
        kept.append(f"{side} {known}")
    if kept:
        return (f"It is {', and '.join(kept)}, as it should be, but no known mistake gives this number. Which step are "
                "you least sure of?")
    return "No known mistake gives this number. Between which two values must it lie, and does it?"


def _numbers(answer: Any, form: NumberForm) -> dict[str, float]:
    if not form.parts:
        return {"value": read_number(answer, "The answer", form)}
    table = read_table(answer, form.parts)
    return {part: read_number(table[part], f'"{part}"', form) for part in form.parts}


def observe_key(answer: Any, reference: Any) -> Observation:
    """A key, bit by bit."""
    got, wanted = read_bits(answer), read_bits(reference)
    same_length = len(got) == len(wanted)
    pairs = list(zip(got, wanted, strict=False))
    different = [place for place, (a, b) in enumerate(pairs) if a != b]
    share = len(different) / len(pairs) if pairs else 0.0
    rows = (("length", str(len(got)), str(len(wanted))), ("bits that differ", f"{len(different)} of {len(pairs)}", "0"))
    if not same_length:
        fault = f"The key has {len(got)} bits; {len(wanted)} are expected."
    else:
        fault = f"The first difference is bit {different[0] + 1} of {len(pairs)}." if different else ""
    return Observation(
        measures={"length": float(len(got)), "differ": share},
        agreement={"length": float(same_length), EVERYTHING: float(same_length and not different)},
        table=Table("The key", ("", "got", "expected"), rows), counterexample=fault, tolerance=1e-9)
