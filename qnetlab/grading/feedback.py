"""What a check answers: points, what was measured, a counter-example, the likely mistake, and what to do next."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from .cards import Card, Line, Table

_UNKNOWN = ("This pattern is not among the known mistakes. Which rows of the table are right, and what do the others "
            "have in common?")
#: For a circuit: with no row right, there is nothing to tell the others from.
NOTHING_RIGHT = ("This is none of the known mistakes. Follow the counter-example through your circuit, one gate after "
                 "the other: after which of them is the state no longer what you meant?")
#: For a key: its table has a length and a number of bits, no rows to choose among.
NO_SUCH_KEY = ("This is none of the known mistakes. Are there as many bits as there should be? Then make the first of "
               "them once more, step by step: do you get the same?")
#: For a design: any that meets the goals would do.
NO_SUCH_DESIGN = ("This is none of the known mistakes. Which goal of the table is farthest away, and which of your "
                  "numbers moves it?")
#: For a function.
NO_SUCH_FUNCTION = ("This is none of the known mistakes. Call your function with the inputs of the counter-example and "
                    "follow it line by line: where does it first do what you did not mean?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One criterion and what it earned."""

    name: str
    points: float
    out_of: float

    @property
    def met(self) -> bool:
        """Whether it earned all of its points."""
        return self.points >= self.out_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """The answer to one check; shown in full by a notebook.

    ``correct`` and ``points`` of ``out_of`` say how it went, ``misconceptions`` names the likely mistakes by their id
    and ``sentences`` in words; ``unknown`` is said where no mistake is known. ``refused`` is not empty where the answer
    could not be judged at all; such a try does not count.
    """

    id: str
    title: str = ""
    correct: bool = False
    points: float = 0.0
    out_of: float = 0.0
    scores: tuple[Score, ...] = ()
    misconceptions: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    unknown: str = _UNKNOWN
    table: Table | None = None
    counterexample: str = ""
    refused: str = ""
    hint: str = ""
    reflection: str = ""
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data."""
        return asdict(self)

    def card(self) -> Card:
        """How a student sees it."""
        body: list[Line | Table] = []
        verdict = "not judged" if self.refused else (
            f"{'correct' if self.correct else 'not yet'}, {self.points:g} of {self.out_of:g} points")
        if self.refused:
            body.append(Line("", self.refused))
        elif not self.correct:
            body += [Line("Likely", sentence) for sentence in self.sentences or (self.unknown,)]
        if self.hint:
            body.append(Line("Hint", self.hint))
        elif not self.correct and not self.refused:
            body.append(Line("Next", f'change it and check again, or ask for check("{self.id}", hint=1)'))
        if self.correct and self.reflection:
            body.append(Line("Think on", self.reflection))
        if not self.refused:
            body += self._details()
        if self.note:
            body.append(Line("Note", self.note))
        name = f"{self.title} ({self.id})" if self.title else self.id
        mood = "note" if self.refused else "good" if self.correct else "not yet"
        return Card(f"{name}: {verdict}", mood, tuple(body))

    def _details(self) -> list[Line | Table]:
        """What was measured, below what helps at once."""
        rows = tuple((score.name, "✓ met" if score.met else "○ not yet",
                      f"{score.points:g} of {score.out_of:g}") for score in self.scores)
        found: list[Line | Table] = [Line("Counter-example", self.counterexample)] if self.counterexample else []
        found.append(Table("Criteria", ("criterion", "", "points"), rows))
        return found if self.table is None else [*found, self.table]

    def __repr__(self) -> str:
        return repr(self.card())

    def _repr_html_(self) -> str:
        return self.card()._repr_html_()
