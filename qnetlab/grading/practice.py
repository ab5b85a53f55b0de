"""``check``: an answer goes in, feedback comes out. Offline, in well under a second, never a traceback."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from .answers import described
from .cards import Card, Line
from .exercises import HINTS, Exercise, find, roots
from .feedback import Feedback
from .handed_out import handed_out, noted, numbers
from .journal import journal
from .judging import judge
from .misconceptions import read_misconceptions
from .parameters import fill
from .spec import BrokenExercise

_NOTHING: Final = object()


def check(name: str, answer: Any = _NOTHING, *, hint: int | None = None) -> Feedback | Card:
    """Check an answer to an exercise, or ask for a hint.

    Parameters
    ----------
    name : str
        The exercise, for example ``"teleport.correct"``.
    answer : object
        What the exercise asks for: a circuit, a number, a dictionary of them, a key or a word. A wrong kind of thing is
        told so and does not count as a try.
    hint : int, optional
        1, 2 or 3: how much you want to be told. With an answer the hint joins the feedback.

    Returns
    -------
    Feedback or Card
        Shown by the notebook. ``Feedback`` has ``correct``, ``points``, ``out_of`` and ``misconceptions``.

    Notes
    -----
    Circuits are judged by what they do, exactly: for every input and every branch of the measurements.

    >>> check("teleport.correct", "a text").correct
    False
    """
    if not isinstance(name, str):
        return Feedback(id="check", refused=f"First comes the name of the exercise, as a text, then your answer; "
                                            f"the first argument is {described(name)}.")
    try:
        found = find(name)
    except BrokenExercise as reason:
        return Feedback(id=name, refused=f"This exercise is broken, which is not your fault. {reason}")
    except ValueError as reason:
        own = handed_out(name)
        return noted(own, name) if own else Feedback(id=name, refused=str(reason))
    wish = _hint(found, hint) if hint is not None else ""
    if answer is _NOTHING:
        if not wish:
            what = "answer" if found.spec.circuit is None else "circuit"
            wish = f'Hand over your answer as the second argument: check("{found.id}", {what}).'
        title = f"{found.spec.title} ({found.id})"
        return Card(f"{title}: hint" if hint is not None else title, "note", (Line("", wish),))
    own = handed_out(found.id)
    if own is not None and not own.complete:
        return noted(own, found.id)
    return _judged(found, answer, wish)


def _judged(found: Exercise, answer: Any, wish: str) -> Feedback:
    parameters = numbers(found.id, found.spec)
    try:
        feedback = judge(found, answer, parameters, read_misconceptions(roots()))
    except BrokenExercise as reason:
        return Feedback(id=found.id, title=found.spec.title,
                        refused=f"This exercise is broken, which is not your fault. {reason}")
    except Exception as reason:  # noqa: BLE001 - a foreign object may raise anything when it is looked at
        return Feedback(id=found.id, title=found.spec.title, out_of=found.spec.points,
                        refused=f"The check could not look at this answer: {type(reason).__name__}: {reason}. "
                                "If it is made with Qiskit's own gates only, please report it.")
    if feedback.refused:
        return replace(feedback, hint=wish)
    note = journal().add(
        "try", exercise=found.id, correct=feedback.correct, points=feedback.points, out_of=feedback.out_of,
        misconceptions=list(feedback.misconceptions))
    return replace(feedback, hint=wish, note=note)


def _hint(found: Exercise, hint: Any) -> str:
    if isinstance(hint, bool) or not isinstance(hint, int) or not 1 <= hint <= HINTS:
        return f"Hints are numbered 1 to {HINTS}: check(\"{found.id}\", hint=1) tells least."
    journal().add("hint", exercise=found.id, hint=int(hint))
    parameters = numbers(found.id, found.spec)
    more = f'\nMore: check("{found.id}", hint={hint + 1})' if hint < HINTS else ""
    return f"{hint} of {HINTS}. {fill(found.hints[hint - 1], parameters)}{more}"
