"""``concept_test``: the same questions before a course and after it. Answers are recorded and never marked here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .answers import described
from .cards import Card, Line, Table
from .concept_items import EVENT, UNKNOWN, WHEN, Test, answered, letters, read_tests
from .exercises import looked_in, roots
from .journal import Event, journal
from .spec import BrokenExercise


def concept_test(name: str, *, before: str | None = None, after: str | None = None) -> Card:
    """Show the questions of a concept test, or record your answers before or after the course.

    Parameters
    ----------
    name : str
        The test, for example ``"foundations"``.
    before, after : str, optional
        One letter for each question, in order, and ``?`` where you do not know; spaces do not matter. Give one of the
        two. You can change your answers: the last ones count, and ``before`` is closed by the first ``after``.

    Returns
    -------
    Card
        Shown by the notebook. It tells what was recorded, never what is right: the same questions come again.

    >>> concept_test("no such test").title
    "There is no concept test 'no such test'"
    """
    try:
        tests = read_tests(roots())
    except BrokenExercise as reason:
        return _note("The concept test is broken, which is not your fault", str(reason))
    if not isinstance(name, str) or name not in tests:
        what = f"There is no concept test {name!r}" if isinstance(name, str) else "Which concept test?"
        return _note(what, f"There are: {', '.join(tests) or 'none'}. {looked_in()}")
    test = tests[name]
    if before is not None and after is not None:
        return _note(f"{test.title}: not recorded", "Give before or after, not both in one call.")
    if before is None and after is None:
        return _questions(test)
    when, said = ("before", before) if before is not None else ("after", after)
    return _record(test, when, said)


def _questions(test: Test) -> Card:
    items = [Table(f"{number}. {item.question}", ("", ""), tuple(item.options.items()))
             for number, item in enumerate(test.items, 1)]
    count = len(test.items)
    turn = Line("Your turn", f"{count} letters in order, ? where you do not know. You are not marked, and guessing "
                             f'helps nobody: concept_test("{test.name}", before="{UNKNOWN * count}")')
    return Card(f"{test.title}: {count} questions", "note", (*items, turn))


def _record(test: Test, when: str, said: Any) -> Card:
    if not isinstance(said, str):
        return _note(f"{test.title}: not recorded",
                     f"The answers should be a text of letters; this is {described(said)}.")
    given = letters(said)
    problem = _problem(test, given)
    if problem:
        return _note(f"{test.title}: not recorded", problem)
    earlier = answered(journal().events(), test)
    closed = when == "before" and "after" in earlier
    note = journal().add(EVENT, test=test.name, version=test.version, when=when, answers=given)
    texts = [item.options.get(letter, "I do not know yet") for item, letter in zip(test.items, given, strict=True)]
    numbers = [f"{number}." for number in range(1, len(given) + 1)]
    if when == "after" and "before" in earlier:
        table = Table("Your answers", ("", "before", "now", ""),
                      tuple(zip(numbers, earlier["before"], given, texts, strict=True)))
    else:
        table = Table("Your answers", ("", "", ""), tuple(zip(numbers, given, texts, strict=True)))
    known = len(given) - given.count(UNKNOWN)
    words = ("you have answered after the course already, so your earlier answers before it still count." if closed else
             "read them once more; you can change them by running the cell again. What is right comes in class.")
    notes = (Line("Note", note),) if note else ()
    return Card(f"{test.title}, {when}: recorded, {known} of {len(given)} answered", "note",
                (table, Line("Next", words), *notes))


def _problem(test: Test, given: str) -> str:
    """What is wrong with these letters, in words; nothing if all is well."""
    if len(given) != len(test.items):
        return (f"There are {len(test.items)} questions, and {len(given)} answers in {given!r}. Put a ? where you do "
                "not know.")
    for number, (item, letter) in enumerate(zip(test.items, given, strict=True), 1):
        if letter not in (*item.options, UNKNOWN):
            return f"Question {number} has the options {', '.join(item.options)}, or ? for none; got {letter!r}."
    return ""


def recorded(events: Sequence[Event]) -> tuple[tuple[str, ...], ...]:
    """Test, before, after: which answers are recorded; for the table of progress."""
    try:
        tests = read_tests(roots())
    except BrokenExercise:
        return ()
    found = {test.name: answered(events, test) for test in tests.values()}
    return tuple((name, *("✓ recorded" if when in said else "– open" for when in WHEN))
                 for name, said in found.items() if said)


def _note(title: str, words: str) -> Card:
    return Card(title, "note", (Line("", words),))
