"""Verdicts beside the reference's: one word out of several, or one for each of several things to judge."""

from __future__ import annotations

from typing import Any

from .answers import read_choice, read_table
from .cards import Table
from .observation import Observation
from .spec import ChoiceForm


def observe_choices(answer: Any, reference: Any, form: ChoiceForm) -> Observation:
    """The words chosen; right where they are the reference's, which is never shown.

    The measures count confusions, whichever part they happened in: ``"split taken for quiet"`` is the number of parts
    where the reference says "split" and the answer says "quiet". So a mistake is known by its kind, also where every
    student has the parts in another order. ``"lake is quiet"`` says where: for tables that are the same for everybody.
    """
    got, wanted = _words(answer, form), _words(reference, form)
    meanings = dict(form.options)
    measures = {f"{right} taken for {word}": 0.0 for right in meanings for word in meanings if right != word}
    for part, word in got.items():
        if word != wanted[part]:
            measures[f"{wanted[part]} taken for {word}"] += 1.0
    if form.parts:
        measures |= {f"{part} is {word}": float(chosen == word) for part, chosen in got.items() for word in meanings}
    rows = tuple((part if form.parts else "your answer", word, meanings[word],
                  "✓ agrees" if word == wanted[part] else "○ differs") for part, word in got.items())
    return Observation(
        measures=measures, agreement={part: float(word == wanted[part]) for part, word in got.items()},
        table=Table("What you chose", ("part" if form.parts else "", "word", "meaning", ""), rows),
        counterexample="", tolerance=0.25)


def _words(answer: Any, form: ChoiceForm) -> dict[str, str]:
    if not form.parts:
        return {"value": read_choice(answer, "The answer", form)}
    table = read_table(answer, form.parts)
    return {part: read_choice(table[part], f'"{part}"', form) for part in form.parts}
