"""``predict``: say what you expect before you look, and see it again beside what happens."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from .answers import described
from .cards import Card, Line, Table
from .exercises import looked_in, roots
from .journal import Event, journal
from .lists import list_files
from .spec import BrokenExercise, only_known, rows_of

LIST = "predictions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: what is asked, the options by key, the right one, and what is said once it is settled."""

    id: str
    concept: int
    question: str
    options: Mapping[str, str]
    right: str
    sentence: str


def predict(name: str, choice: str | None = None, *, reveal: bool = False) -> Card:
    """Record a prediction, show it again, or see how it turned out.

    Parameters
    ----------
    name : str
        The question, for example ``"teleport.before_bits"``; the first part alone, ``"claims"``, means a whole group.
    choice : str, optional
        The key of an option. It can be changed until the answer has been revealed; every choice is kept, in your
        ``progress.json`` only.
    reveal : bool
        Show the answer beside your prediction. There must be one first.

    Returns
    -------
    Card
        Shown by the notebook.

    >>> predict("no such question").title
    "There is no question 'no such question'"
    """
    try:
        questions = read_questions(roots())
    except BrokenExercise as reason:
        return _note("The list of questions is broken, which is not your fault", str(reason))
    if not isinstance(name, str):
        return _note("Which question?", f"First comes its name, as a text; this is {described(name)}.")
    group = [question for question in questions.values() if question.id.startswith(f"{name}.")]
    if name not in questions:
        if not group:
            return _unknown(name, questions)
        return _settled(name, group) if reveal and choice is None else _listing(name, group)
    question = questions[name]
    if choice is not None:
        key = _key(question, choice)
        if key is None:
            return _card(question, "not recorded", Line("", f"The choice should be one of {_keys(question)}, in "
                                                            f"quotation marks; this is {described(choice)}."))
        note = journal().add("prediction", question=name, concept=question.concept, choice=key)
        if not reveal:
            return _card(question, "recorded", *_mine(question), Line("Next", _next(name)), note=note)
    mine = _mine(question)
    turn = Line("Your turn", _example(question))
    if reveal:
        return _revealed(question, mine) if mine else _card(question, "predict first", turn)
    return _card(question, "your prediction", *(mine or (turn,)))


def read_questions(places: Sequence[Path]) -> dict[str, Question]:
    """All questions by id: ``predictions.toml`` or ``predictions/*.toml`` in each exercises folder; the first of an id
    counts."""
    found: dict[str, Question] = {}
    for place in places:
        for path, text in list_files(place, LIST).items():
            try:
                raw = tomllib.loads(text)
                only_known(raw, ("question",), Path(path).name)
                for question in map(_question, rows_of({"question": [], **raw}, "question")):
                    found.setdefault(question.id, question)
            except (TypeError, ValueError) as error:
                raise BrokenExercise(f"{path}: {error}") from error
    return found


def _question(row: Any) -> Question:
    names = [field.name for field in fields(Question)]
    only_known(row, names, "a question")
    missing = [name for name in names if name not in row]
    if missing:
        raise ValueError(f"the question {row.get('id', '')!r} lacks {', '.join(missing)}.")
    question = Question(**row)
    if not isinstance(question.options, Mapping) or not isinstance(question.id, str):
        raise ValueError(f"the question {question.id!r} needs a text as id, and options as a table key = text.")
    if question.right not in question.options:
        raise ValueError(f"the right answer of {question.id!r} is not one of its options")
    return question


def choices(events: Sequence[Event], name: str) -> list[tuple[str, bool]]:
    """Every choice made for a question, in order, and whether the answer had been revealed before it."""
    made, revealed = [], False
    for event in events:
        if event.get("question") == name:
            revealed = revealed or event["what"] == "reveal"
            if event["what"] == "prediction":
                made.append((str(event.get("choice")), revealed))
    return made


def _mine(question: Question) -> tuple[Line, ...]:
    """What was predicted before the answer was seen, and what was said since."""
    made = [(key, after) for key, after in choices(journal().events(), question.id) if key in question.options]
    before, since = [key for key, after in made if not after], [key for key, after in made if after]
    lines = [_predicted(question, before[-1])] if before else []
    if since and since[-1:] != before[-1:]:
        lines.append(Line("Since then you said", f"{since[-1]}: {question.options[since[-1]]}"))
    return tuple(lines)


def _next(name: str) -> str:
    if any(event["what"] == "reveal" and event.get("question") == name for event in journal().events()):
        return ("you have seen the answer already, so what you predicted before it still counts. "
                f'predict("{name}", reveal=True) shows it again.')
    return f'find out. Then predict("{name}", reveal=True) shows it beside your prediction.'


def _example(question: Question) -> str:
    """A line to copy, which favors no option: it takes whichever is listed first."""
    first, *others = (f'"{key}"' for key in question.options)
    return f'predict("{question.id}", {first}), or with {" or ".join(others)} in place of {first}'


def _listing(name: str, group: Sequence[Question]) -> Card:
    """A group of questions, each with what was predicted; with its options, unless they are the same words for all."""
    events = journal().events()
    made = {question.id: [key for key, after in choices(events, question.id) if not after][-1:] for question in group}
    turn = Line("Your turn", f"one at a time, for example {_example(group[0])}")
    title = f"{name}: {len(group)} questions"
    if len({tuple(question.options) for question in group}) == 1:
        rows = tuple((question.id, question.question, *(made[question.id] or ["–"])) for question in group)
        return Card(title, "note", (Table("Mark what you believe now", ("question", "", "you predicted"), rows), turn))
    tables = [Table(f"{question.id}: {question.question}", ("", ""), tuple(
        (key, f"{text}{' ← you predicted' if [key] == made[question.id] else ''}")
        for key, text in question.options.items())) for question in group]
    return Card(title, "note", (*tables, turn))


def _settled(name: str, group: Sequence[Question]) -> Card:
    """Every question of a group that was predicted, with its answer; the others stay open."""
    body: list[Line | Table] = []
    held = 0
    for question in group:
        mine = _mine(question)
        turn = Line("Your turn", _example(question))
        card = _revealed(question, mine) if mine else _card(question, "predict first", turn)
        held += card.mood == "good"
        body += [Line(question.id, card.title.partition(": ")[2]), *card.body]
    mood = "good" if held == len(group) else "not yet"
    return Card(f"{name}: {held} of {len(group)} as predicted", mood, tuple(body))


def _predicted(question: Question, key: str) -> Line:
    return Line("You predicted", f"{key}: {question.options[key]}")


def _revealed(question: Question, mine: tuple[Line, ...]) -> Card:
    note = journal().add("reveal", question=question.id, concept=question.concept)
    held = mine[0] == _predicted(question, question.right)
    verdict = "as predicted" if held else "not as predicted"
    return _card(question, verdict, *mine, Line("It is", f"{question.right}: {question.options[question.right]}"),
                 Line("Because", question.sentence), mood="good" if held else "not yet", note=note)


def _card(question: Question, state: str, *lines: Line, mood: str = "note", note: str = "") -> Card:
    options = Table(question.question, ("", ""), tuple(question.options.items()))
    return Card(f"{question.id}: {state}", mood, (options, *lines, *((Line("Note", note),) if note else ())))


def _key(question: Question, choice: Any) -> str | None:
    """The option that is meant: its key, or its whole text; capitals and spaces do not matter."""
    if not isinstance(choice, str):
        return None
    said = _bare(choice)
    return next((key for key, text in question.options.items() if said in (_bare(key), _bare(text))), None)


def _bare(text: str) -> str:
    return "".join(text.lower().split())


def _keys(question: Question) -> str:
    return ", ".join(f'"{key}"' for key in question.options)


def _unknown(name: str, questions: Mapping[str, Question]) -> Card:
    near = difflib.get_close_matches(name, questions, n=1, cutoff=0.4)
    listing = ", ".join(questions) or f"none, as no {LIST}.toml was found"
    meant = f"Did you mean {near[0]!r}? " if near else ""
    return _note(f"There is no question {name!r}", f"{meant}There are: {listing}. {looked_in()}")


def _note(title: str, words: str) -> Card:
    return Card(title, "note", (Line("", words),))
