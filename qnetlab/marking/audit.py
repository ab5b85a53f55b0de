"""Is an exercise's check right? How often a correct answer fails, how surely each mistake is seen, whether they differ.

For every set of numbers that students can get (all of them where there are few, else those of two hundred students):

- *false fail*: how often a right answer is refused. Checks compare exactly, so an answer that was computed is never
  refused: 0 by construction. A number that may be counted in ``rounds`` (declared in ``[number]``) fails by chance;
  that is computed with the binomial distribution.
- *power*: how often each listed mistake loses points. Where the check is drawn by lot, as the inputs of a function are,
  many draws are made, and the power is what they show with 95 % confidence.
- *apart*: how far two mistakes stay from each other, in tolerances; beyond 2, also two answers that are each off by one
  tolerance are told apart.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

import numpy as np

from ..grading.exercises import Exercise
from ..grading.functions import Cases
from ..grading.judging import observe, signatures, target
from ..grading.misconceptions import Misconception
from ..grading.observation import Observation
from ..grading.parameters import parameters_for
from ..grading.spec import NumberForm

STUDENTS = 200
FEW = 400  # so many sets of numbers are all gone through
DRAWS = 3000  # of a check that is drawn by lot: none missed means a power > 0.999 with 95 % confidence
FALSE_FAIL, POWER, APART = 1e-6, 0.999, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One wrong answer: whose it is, how surely it loses points, and in which criteria.

    ``margin`` is how far it stays from the right answer, in tolerances; only numbers have one.
    """

    name: str
    misconception: str
    power: float
    fails: tuple[str, ...]
    margin: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The audit of one exercise; ``complaints`` is empty if its check is right."""

    id: str
    looked_at: str
    false_fail: float
    why: str
    criteria: tuple[tuple[str, float], ...]
    mistakes: tuple[Mistake, ...]
    nearest: tuple[float, str, str]
    complaints: tuple[str, ...]


def audit(exercise: Exercise, misconceptions: Mapping[str, Misconception],
          sets: Sequence[Mapping[str, Any]] | None = None, draws: int = DRAWS) -> Audit:
    """Audit one exercise.

    Parameters
    ----------
    exercise : Exercise
    misconceptions : mapping
        The list, by id.
    sets : sequence of mappings, optional
        The parameters to look at; all that students can get if left out, or those of two hundred students.
    draws : int
        How often a check that is drawn by lot is repeated.

    Returns
    -------
    Audit
    """
    sets, every = (sets, False) if sets is not None else every_set(exercise)
    spec, seen = exercise.spec, _Seen()
    for parameters in sets:
        for cases in _cases(exercise, parameters, draws // len(sets) + 1):
            seen.add(exercise, parameters, cases, misconceptions)
    by_lot = spec.function is not None
    mistakes = tuple(Mistake(
        name=name, misconception=owner, power=_shown(seen.caught[name], seen.looked, by_lot),
        fails=tuple(one.name for one in spec.criteria if (name, one.name) in seen.fails), margin=seen.margin.get(name))
        for name, owner in seen.owners.items())
    return Audit(
        id=exercise.id, false_fail=seen.false_fail, why=_why(spec.number, by_lot),
        looked_at=f"{'all ' if every else ''}{len(sets)} sets of numbers"
        + (f", {seen.looked} draws" if by_lot else ""),
        criteria=tuple((one.name, one.points) for one in spec.criteria), mistakes=mistakes, nearest=seen.nearest,
        complaints=tuple(_complaints(seen, mistakes)))


def every_set(exercise: Exercise) -> tuple[list[dict[str, Any]], bool]:
    """All sets of parameters that a student can get, or, where there are many, those of two hundred students."""
    names = [name for name, _ in exercise.spec.parameters]
    if math.prod(len(values) for _, values in exercise.spec.parameters) <= FEW:
        return [dict(zip(names, values, strict=True))
                for values in itertools.product(*(values for _, values in exercise.spec.parameters))], True
    drawn = (parameters_for(exercise.id, exercise.spec, f"student {number}") for number in range(STUDENTS))
    return list({json.dumps(parameters): parameters for parameters in drawn}.values()), False


def missed(p: float, rounds: int, tolerance: float) -> float:
    """How often a fraction ``p``, counted in so many rounds, is farther off than ``tolerance``: exact, binomial.

    >>> 0.15 < missed(0.5, 1000, 0.02) < 0.25
    True
    """
    if not 0 < p < 1:
        return 0.0
    counts = np.arange(rounds + 1)
    factorials = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, rounds + 1)))])
    logs = (factorials[-1] - factorials - factorials[::-1] + counts * math.log(p)
            + (rounds - counts) * math.log1p(-p))
    return float(np.exp(logs[np.abs(counts / rounds - p) > tolerance]).sum())


def text(found: Audit) -> str:
    """The audit as a table for a terminal."""
    lines = [f"{found.id}: {found.looked_at}", f"  false fail {found.false_fail:.1g} ({found.why})", "  criteria"]
    for name, points in found.criteria:
        by = sum(name in mistake.fails for mistake in found.mistakes)
        lines.append(f"    {points:g}  {name}: failed by {by} of {len(found.mistakes)} mistakes")
    width = max((len(mistake.name) for mistake in found.mistakes), default=0)
    lines.append("  mistakes: power, distance from right, its misconception")
    lines += [f"    {mistake.name:{width}}  {'> ' if mistake.power < 1 else ''}{mistake.power:.6g}  "
              f"{'-' if mistake.margin is None else f'{mistake.margin:.1f} tolerances':>16}  {mistake.misconception}"
              for mistake in found.mistakes]
    distance, one, other = found.nearest
    lines.append(f"  nearest two mistakes: {one} and {other}, {distance:.3g} tolerances" if one else
                 "  no two mistakes share a signature's measures")
    lines += [f"  WRONG: {complaint}" for complaint in found.complaints] or ["  all in order"]
    return "\n".join(lines)


# ------------------------------------------------------------------------------------------------- how it is counted


@dataclass(slots=True)
class _Seen:
    """What was seen so far."""

    looked: int = 0
    caught: dict[str, int] = field(default_factory=dict)
    fails: set[tuple[str, str]] = field(default_factory=set)
    owners: dict[str, str] = field(default_factory=dict)
    margin: dict[str, float] = field(default_factory=dict)
    nearest: tuple[float, str, str] = (math.inf, "", "")
    false_fail: float = 0.0

    def add(self, exercise: Exercise, parameters: Mapping[str, Any], cases: Cases,
            misconceptions: Mapping[str, Misconception]) -> None:
        """Look at all wrong answers for one set of parameters, and one draw of inputs."""
        wanted, observed = target(exercise, parameters, cases), signatures(exercise, parameters, cases)
        self.looked += 1
        self.nearest = min([self.nearest, *_distances(observed, misconceptions)], key=lambda found: found[0])
        for name, (owner, seen) in observed.items():
            failed = [one.name for one in exercise.spec.criteria if not seen.meets(one)]
            self.owners[name] = owner
            self.caught[name] = self.caught.get(name, 0) + bool(failed)
            self.fails |= {(name, one) for one in failed}
        form = exercise.spec.number
        if form is not None:
            right = observe(exercise, wanted, wanted, parameters).measures
            for name, (_, seen) in observed.items():
                off = max(abs(seen.measures[part] - right[part]) for part in right)
                self.margin[name] = min(self.margin.get(name, math.inf), _in(off, form.tolerance))
            self.false_fail = max(self.false_fail, 1.0 - math.prod(
                1.0 - missed(value, form.rounds, form.tolerance) for value in right.values() if form.rounds))


def _cases(exercise: Exercise, parameters: Mapping[str, Any], draws: int) -> Iterator[Cases]:
    """What a function is called with, anew for every draw; for everything else nothing, once."""
    if exercise.spec.function is None:
        yield {}
    else:
        yield from (exercise.cases(parameters, f"student {number}") for number in range(draws))


def _distances(seen: Mapping[str, tuple[str, Observation]], misconceptions: Mapping[str, Misconception]
               ) -> Iterator[tuple[float, str, str]]:
    """How far each wrong answer stays from the signature of every other mistake, in tolerances."""
    for (one, (owner, observed)), (other, (name, wrong)) in itertools.permutations(seen.items(), 2):
        if owner == name or name not in misconceptions:
            continue
        looked_at = {measure for measure in {**observed.measures, **wrong.measures}
                     if any(fnmatchcase(measure, pattern) for pattern in misconceptions[name].signature)}
        if looked_at and all(measure in observed.measures and measure in wrong.measures for measure in looked_at):
            yield (max(_in(abs(observed.measures[measure] - wrong.measures[measure]), wrong.tolerance)
                       for measure in looked_at), one, other)


def _in(distance: float, tolerance: float) -> float:
    return distance / tolerance if tolerance else math.inf if distance else 0.0


def _shown(count: int, looked: int, by_lot: bool) -> float:
    """The power; where inputs are drawn by lot, its lower bound with 95 % confidence if none was missed."""
    return float(0.05 ** (1 / looked)) if by_lot and count == looked else count / looked


def _why(form: NumberForm | None, by_lot: bool) -> str:
    if form is not None and form.rounds:
        return f"computed for a fraction counted in {form.rounds} rounds; an answer that was computed never fails"
    if by_lot:
        return "by construction: a right function returns the right value for every input that is drawn"
    return "by construction: nothing in the answer or the check is drawn by lot"


def _complaints(seen: _Seen, mistakes: Sequence[Mistake]) -> Iterator[str]:
    for mistake in mistakes:
        if seen.caught[mistake.name] < seen.looked:
            yield f"{mistake.name} keeps all points in {seen.looked - seen.caught[mistake.name]} of {seen.looked} cases"
        elif mistake.power <= POWER:
            yield f"{seen.looked} draws show a power of {mistake.power:.5f} only against {mistake.name}"
    if seen.nearest[0] <= APART:
        yield f"{seen.nearest[1]} comes as near as {seen.nearest[0]:.3g} tolerances to {seen.nearest[2]}"
    if seen.false_fail >= FALSE_FAIL:
        yield f"a right answer that was counted fails with probability {seen.false_fail:.1e}"
