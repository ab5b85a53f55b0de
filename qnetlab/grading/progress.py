"""``progress``: what is solved and predicted, as a table; saved and restored as one zip file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import archive
from .cards import Card, Line, Table
from .concept_test import recorded
from .exercises import known_ids, roots
from .journal import FILE, Event, journal, read_events
from .predictions import choices, read_questions
from .spec import BrokenExercise


@dataclass(slots=True)
class _Tally:
    """What the journal says of one exercise."""

    tries: int = 0
    best: float = 0.0
    out_of: float = 0.0
    solved: bool = False
    hints: set[Any] = field(default_factory=set)


class Progress:
    """What was done in this folder; reads its ``progress.json`` each time it is asked.

    >>> progress.solved == tuple(name for name in progress.tries if name in progress.solved)
    True
    """

    @property
    def solved(self) -> tuple[str, ...]:
        """The ids of the exercises that are solved."""
        return tuple(name for name, tally in _tallies(journal().events()).items() if tally.solved)

    @property
    def tries(self) -> Mapping[str, int]:
        """How often each exercise was tried."""
        return {name: tally.tries for name, tally in _tallies(journal().events()).items() if tally.tries}

    @property
    def predicted(self) -> Mapping[str, str]:
        """Question -> the prediction that stood when the answer was revealed, or stands now."""
        events = journal().events()
        found: dict[str, str] = {}
        for name in dict.fromkeys(str(event.get("question")) for event in events if event["what"] == "prediction"):
            before = [key for key, after in choices(events, name) if not after]
            if before:
                found[name] = before[-1]
        return found

    def save(self, path: str | Path = "lab.zip") -> Card:
        """Put ``progress.json`` and the notebooks of this folder into one zip file.

        Parameters
        ----------
        path : str or Path
            The file to write; ``.zip`` is added to a name without an ending. One that an earlier ``save`` wrote is
            replaced; anything else is refused.

        Returns
        -------
        Card
            What was saved.

        Raises
        ------
        ValueError
            If ``path`` is a file that ``save`` did not write, or there is nothing to save.
        """
        place = archive.zip_path(path)
        names = archive.save(place, Path.cwd())
        return Card(f"Saved as {place}", "good", (
            Line("Inside", ", ".join(names)),
            Line("Mind", "only what is saved on disk is inside: press Ctrl+S in each notebook first, then save again."),
            Line("Next", f'download this file. In a new session upload it and run progress.restore("{place.name}").')))

    def restore(self, path: str | Path = "lab.zip") -> Card:
        """Bring back what :meth:`save` wrote. Nothing that is here now is lost.

        Tries and predictions are joined with those that are here. A notebook that is here and differs stays as it is,
        and the saved one is put beside it, with ``restored_`` before its name.

        Parameters
        ----------
        path : str or Path
            A file that ``save`` wrote; ``.zip`` may be left out.

        Returns
        -------
        Card
            What happened to each file.

        Raises
        ------
        ValueError
            If the file is missing, damaged, too large, or not one that ``save`` wrote; then nothing is changed.
        """
        place = archive.zip_path(path)
        restored = archive.restore(place, Path.cwd())
        body: list[Line | Table] = [
            Table("What happened to each file", ("file", "what"), tuple(restored.files.items()))]
        if restored.note:
            body.append(Line("Note", restored.note))
        return Card(f"Restored from {place}", "good", tuple(body))

    def card(self) -> Card:
        """The table that a notebook shows."""
        events = journal().events()
        tallies = _tallies(events)
        ids = dict.fromkeys((*known_ids(), *tallies))
        rows = tuple(_row(name, tallies[name]) for name in ids if name in tallies)
        solved = sum(tally.solved for tally in tallies.values())
        body: list[Line | Table] = []
        if rows:
            body.append(Table("Exercises", ("exercise", "", "best", "tries", "hints"), rows))
        # Before the first exercise a table of all would be a screen of zeros.
        untried = [name for name in ids if name not in tallies]
        if untried:
            body.append(Line(f"{len(untried)} not tried yet", ", ".join(untried) if rows else (
                "each notebook brings its own; exercise(\"...\") shows one")))
        body += self._predictions(events)
        asked = recorded(events)
        body += [Table("Concept tests", ("test", "before", "after"), asked)] if asked else []
        note = _unreadable()
        if note:
            body.append(Line("Note", note))
        made = len(self.predicted)
        title = f"Progress: {solved} of {len(ids)} exercises solved, {made} prediction{'s' * (made != 1)}"
        return Card(title, "note", tuple(body))

    def _predictions(self, events: list[Event]) -> list[Line | Table]:
        try:
            questions = read_questions(roots())
        except BrokenExercise as reason:
            return [Line("Predictions", f"The list of questions is broken, which is not your fault. {reason}")]
        revealed = {event.get("question") for event in events if event["what"] == "reveal"}
        rows = []
        for name, choice in self.predicted.items():
            known = questions.get(name)
            state = "open" if name not in revealed or known is None else (
                "✓ as predicted" if known.right == choice else "○ not as predicted")
            rows.append((name, choice, state))
        return [Table("Predictions", ("question", "you predicted", ""), tuple(rows))] if rows else []

    def __repr__(self) -> str:
        return repr(self.card())

    def _repr_html_(self) -> str:
        return self.card()._repr_html_()


def _row(name: str, tally: _Tally) -> tuple[str, ...]:
    state = "✓ solved" if tally.solved else "○ not yet" if tally.tries else "– not tried"
    best = f"{tally.best:g} of {tally.out_of:g}" if tally.tries else ""
    return name, state, best, str(tally.tries), str(len(tally.hints))


def _tallies(events: list[Event]) -> dict[str, _Tally]:
    """What was tried and how well it went, by exercise."""
    found: dict[str, _Tally] = {}
    for event in events:
        if event["what"] not in ("try", "hint") or not isinstance(event.get("exercise"), str):
            continue
        tally = found.setdefault(event["exercise"], _Tally())
        if event["what"] == "hint":
            tally.hints.add(str(event.get("hint")))
        else:
            tally.tries += 1
            points, out_of = event.get("points"), event.get("out_of")
            tally.best = max(tally.best, points if isinstance(points, (int, float)) else 0.0)
            tally.out_of = out_of if isinstance(out_of, (int, float)) else tally.out_of
            tally.solved = tally.solved or event.get("correct") is True
    return found


def _unreadable() -> str:
    """What to say if there is a journal that cannot be read."""
    try:
        read_events(journal().path.read_bytes())
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as reason:
        return f"{FILE} cannot be read now ({reason}); it will be kept aside, and a new one begun, at your next check."
    return ""


progress = Progress()
