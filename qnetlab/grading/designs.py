"""Designs: any list of numbers that meets the goals, which the exercise's own ``judge.py`` computes from physics."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Mapping
from typing import Any

from .answers import Unreadable, described
from .cards import Table
from .observation import Observation
from .spec import BrokenExercise, DesignForm

#: What ``judge.py`` makes of a design: {"met": goal -> bool, "mistakes": name -> bool, "shown": [(what, got, goal)]}.
Judge = Callable[[list[float]], Mapping[str, Any]]

_MOST_SHOWN = 30


def observe_design(answer: Any, judge: Judge, form: DesignForm, parameters: Mapping[str, Any]) -> Observation:
    """A design, and which goals it meets; its measures are the mistakes that were found in it, 1 or 0."""
    found = judge(read_design(answer, form, parameters))
    met, mistakes, shown = (found.get(name, empty) for name, empty in (("met", {}), ("mistakes", {}), ("shown", ())))
    if set(met) != set(form.goals) or not set(mistakes) <= set(form.mistakes):
        raise BrokenExercise(f"judge.py must say of each of the goals {', '.join(form.goals)} whether it is met, and "
                             f"name no other mistakes than {', '.join(form.mistakes) or 'none'}.")
    return Observation(
        measures={name: float(bool(mistakes.get(name, False))) for name in form.mistakes},
        agreement={goal: float(bool(met[goal])) for goal in form.goals},
        table=Table("What your design does", ("", "yours", "goal"), tuple(tuple(map(str, row)) for row in shown)),
        counterexample="", tolerance=0.25)


def read_design(answer: Any, form: DesignForm, parameters: Mapping[str, Any]) -> list[float]:
    """A list, tuple or array of finite numbers within the declared range."""
    unit = f" in {form.unit}" if form.unit else ""
    what = f"The answer should be a list of {form.what}{unit}"
    if answer is ...:
        raise Unreadable(f"{what}: put it where the three dots are.")
    items = answer.tolist() if hasattr(answer, "tolist") and hasattr(answer, "ndim") else answer
    if isinstance(items, range):
        items = list(items)
    if not isinstance(items, (list, tuple)):
        raise Unreadable(f"{what}; this is {described(answer)}.")
    if len(items) > form.most:
        raise Unreadable(f"{what}, at most {form.most} of them; this has {len(items)}.")
    high = float(parameters[form.high] if isinstance(form.high, str) else form.high)
    for place, item in enumerate(items):
        plain = isinstance(item, numbers.Real) and not isinstance(item, bool)
        if not plain or not math.isfinite(item):
            raise Unreadable(f"{what}; at place {place} there is {described(item)}.")
        if not form.low <= item <= high:
            raise Unreadable(f"{what} from {form.low:g} to {high:g}; at place {place} there is {float(item):g}.")
    return [float(item) for item in items]
