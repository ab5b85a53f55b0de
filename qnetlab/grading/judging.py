"""Judging one answer: criteria, points, and the mistakes whose pattern it shows; for practice and for marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .answers import Unreadable
from .behavior import behavior
from .choices import observe_choices
from .comparing import compare
from .designs import observe_design
from .exercises import Exercise
from .feedback import NO_SUCH_DESIGN, NO_SUCH_FUNCTION, NO_SUCH_KEY, NOTHING_RIGHT, Feedback, Score
from .functions import Cases, call_all, observe_function
from .misconceptions import Misconception
from .observation import EQUAL, Observation
from .parameters import fill
from .spec import BrokenExercise
from .values import beside_landmarks, observe_key, observe_numbers


def judge(exercise: Exercise, answer: Any, parameters: Mapping[str, Any],
          misconceptions: Mapping[str, Misconception], cases: Cases | None = None) -> Feedback:
    """Decide on one answer.

    Parameters
    ----------
    exercise : Exercise
    answer : object
        Whatever the student handed over; the wrong kind of thing is answered in ``Feedback.refused``.
    parameters : mapping
        The student's own numbers.
    misconceptions : mapping
        The list, by id.
    cases : mapping, optional
        The inputs that a function is called with, by group; without them the exercise's own for practice.

    Returns
    -------
    Feedback

    Raises
    ------
    BrokenExercise
        If the folder, not the answer, is at fault.
    """
    spec = exercise.spec
    cases = exercise.cases(parameters) if cases is None else cases
    wanted = target(exercise, parameters, cases)
    try:
        seen = observe(exercise, answer, wanted, parameters, cases)
    except Unreadable as reason:
        return Feedback(id=exercise.id, title=spec.title, out_of=spec.points, refused=str(reason))
    scores = tuple(Score(name=criterion.name, points=criterion.points if seen.meets(criterion) else 0.0,
                         out_of=criterion.points) for criterion in spec.criteria)
    correct = all(score.met for score in scores)
    likely = () if correct else mistakes(exercise, seen, parameters, misconceptions, cases)
    feedback = Feedback(
        id=exercise.id, title=spec.title, correct=correct, points=float(sum(score.points for score in scores)),
        out_of=spec.points, scores=scores, misconceptions=likely,
        sentences=tuple(fill(misconceptions[name].sentence, parameters) for name in likely),
        table=seen.table, counterexample=seen.counterexample,
        reflection=" ".join(fill(exercise.sections["Reflection"], parameters).split()))
    if spec.circuit is not None and not any(close >= 1 - EQUAL for close in seen.agreement.values()):
        return replace(feedback, unknown=NOTHING_RIGHT)
    if spec.design is not None:
        return replace(feedback, unknown=NO_SUCH_DESIGN)
    if spec.equivalence == "key":
        return replace(feedback, unknown=NO_SUCH_KEY)
    if spec.function is not None:
        return replace(feedback, unknown=NO_SUCH_FUNCTION)
    if spec.number is None or spec.number.parts:
        return feedback
    return replace(feedback, unknown=beside_landmarks(seen.measures["value"], wanted, spec.number, parameters))


def target(exercise: Exercise, parameters: Mapping[str, Any], cases: Cases | None = None) -> Any:
    """What a right answer looks like: a behavior, numbers, or a key; an unreadable one is the folder's fault."""
    reference = exercise.reference(parameters)
    try:
        if exercise.spec.circuit is not None:
            return behavior(reference, exercise.spec.circuit)
        if exercise.spec.function is not None:
            return call_all(reference, exercise.cases(parameters) if cases is None else cases)
        seen = observe(exercise, reference, reference, parameters)
        if not all(seen.meets(criterion) for criterion in exercise.spec.criteria):
            raise Unreadable("It does not meet its own criteria.")
    except Unreadable as reason:
        raise BrokenExercise(f"{exercise.folder / 'reference.py'} does not give an answer. {reason}") from reason
    return reference


def observe(exercise: Exercise, answer: Any, wanted: Any, parameters: Mapping[str, Any],
            cases: Cases | None = None) -> Observation:
    """See an answer beside its :func:`target`; raises :class:`Unreadable` for the wrong kind of thing."""
    spec = exercise.spec
    if spec.circuit is not None:
        return compare(behavior(answer, spec.circuit), wanted, spec.circuit)
    if spec.number is not None:
        return observe_numbers(answer, wanted, spec.number)
    if spec.choice is not None:
        return observe_choices(answer, wanted, spec.choice)
    if spec.design is not None:
        return observe_design(answer, lambda design: exercise.judged(parameters, design), spec.design, parameters)
    if spec.function is not None:
        return observe_function(answer, wanted, spec.function, cases or {})
    return observe_key(answer, wanted)


def signatures(exercise: Exercise, parameters: Mapping[str, Any], cases: Cases | None = None
               ) -> dict[str, tuple[str, Observation]]:
    """Wrong answer -> (misconception id, how it is seen), for these parameters."""
    cases = exercise.cases(parameters) if cases is None else cases
    wanted = target(exercise, parameters, cases)
    seen = {}
    for name, (misconception, wrong) in exercise.wrong_answers(parameters).items():
        try:
            seen[name] = (misconception, observe(exercise, wrong, wanted, parameters, cases))
        except Unreadable as reason:
            path = exercise.folder / "wrong" / f"{name}.py"
            raise BrokenExercise(f"{path} does not give an answer. {reason}") from reason
    return seen


def mistakes(exercise: Exercise, seen: Observation, parameters: Mapping[str, Any],
             misconceptions: Mapping[str, Misconception], cases: Cases | None = None) -> tuple[str, ...]:
    """The misconceptions whose signature an answer shows, in the order in which the exercise lists them."""
    known = signatures(exercise, parameters, cases).values()
    for name, _ in known:
        if name not in exercise.spec.misconceptions or name not in misconceptions:
            raise BrokenExercise(f"{exercise.folder}: the misconception {name!r} of a wrong answer must stand in "
                                 "spec.toml and in the misconception list.")
    return tuple(
        name for name in exercise.spec.misconceptions
        if any(misconceptions[name].shows_in(seen.measures, wrong.measures, wrong.tolerance)
               for owner, wrong in known if owner == name))
