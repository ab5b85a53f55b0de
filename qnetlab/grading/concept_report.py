"""For the lecturer: what a class answered before and after, and which misconception went away how far.

Not in the facade: ``from qnetlab.grading.concept_report import concept_key, concept_report``.
"""

from __future__ import annotations

import csv
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..checks import refuse, require
from ..estimate import Estimate
from . import archive
from .cards import Card, Line, Table
from .concept_items import WHEN, Entry, Test, answered, open_key, read_tests
from .exercises import roots
from .journal import Event, read_events, union
from .lock import Locked
from .misconceptions import read_misconceptions

if TYPE_CHECKING:
    from ..plots.figure import Figure

_NAME = "foundations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something counted before and after in the same students: the shares, and how it went with each student.

    ``gain`` is the part of what could change that did: of the wrong answers for a score, of those who showed it for a
    misconception. It is None where nothing could change. Of the students, so many showed it only before (``gone``), in
    both (``kept``) or only after (``new``).
    """

    id: str
    before: Estimate
    after: Estimate
    gain: float | None
    gone: int = 0
    kept: int = 0
    new: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptReport:
    """A class in numbers: ``gain`` (normalized, of the class), ``scores`` per student, and the changes per item
    and per misconception. ``students`` gave both answers; ``only_once`` gave one; ``unread`` could not be read."""

    test: Test
    scores: Mapping[str, tuple[int, int]]
    gain: Estimate | None
    items: tuple[Change, ...]
    ideas: tuple[Change, ...]
    only_once: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def students(self) -> tuple[str, ...]:
        """Who answered before and after; only they count."""
        return tuple(self.scores)

    def card(self) -> Card:
        """The tables that a notebook shows."""
        known = read_misconceptions(roots())
        out_of = len(self.test.items)
        right = [sum(pair[i] for pair in self.scores.values()) / (out_of * max(1, len(self.scores))) for i in (0, 1)]
        words = (f"{right[0]:.0%} right before, {right[1]:.0%} after; normalized gain "
                 f"<g> = {self.gain or 'none: nothing was wrong before'}") if self.scores else (
                 "nobody answered both before and after")
        body: list[Line | Table] = [
            Line("The class", words),
            Table("Misconceptions, the most frequent first", ("id", "shown before", "after", "gain", "gone, kept, new",
                                                              "what is so"),
                  tuple((*_cells(row), f"{row.gone}, {row.kept}, {row.new}", known[row.id].sentence if row.id in known
                         else "") for row in self.ideas)),
            Table("Right answers", ("item", "before", "after", "gain"), tuple(map(_cells, self.items))),
        ]
        body += [Line(label, ", ".join(names)) for label, names in
                 (("Answered only once, not counted", self.only_once), ("Could not be read", self.unread)) if names]
        return Card(f"{self.test.title}: {len(self.scores)} students, before and after", "note", tuple(body))

    def figure(self) -> Figure:
        """How often each misconception was shown, before and after."""
        from ..plots import before_after

        rows = [(row.id.partition(".")[2].replace("_", " "), row.before, row.after) for row in self.ideas]
        return before_after(rows, title=f"{self.test.title}: misconceptions shown",
                            along="share of the answers that could show it")

    def to_csv(self, path: str | Path) -> None:
        """Write one line per student, item and misconception: kind, id, before, after, gain, gone, kept, new."""
        out_of = len(self.test.items)
        with open(path, "w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(("kind", "id", "before", "after", "gain", "gone", "kept", "new"))
            for name, (before, after) in self.scores.items():
                # a spreadsheet would take a name that begins like a formula for one
                safe = f"'{name}" if name[:1] in "=+-@" else name
                lines.writerow(("student", safe, before / out_of, after / out_of, _text(_gain(before, after, out_of)),
                                "", "", ""))
            for kind, rows in (("item", self.items), ("misconception", self.ideas)):
                for row in rows:
                    lines.writerow((kind, row.id, row.before.value, row.after.value, _text(row.gain),
                                    row.gone, row.kept, row.new))

    def __repr__(self) -> str:
        return repr(self.card())

    def _repr_html_(self) -> str:
        return self.card()._repr_html_()


def concept_key(answers: str, name: str = _NAME) -> Card:
    """Open the key: what is right and why, and what each other option shows.

    Parameters
    ----------
    answers : str
        The right answers, a letter for each question. Take the test yourself: they are what opens it.
    name : str
        The test.

    Returns
    -------
    Card
        To be read before class; or, if these are not all right, one that says so.
    """
    test = _test(name)
    try:
        key = open_key(test, answers)
    except (Locked, OSError) as reason:
        return Card(f"{test.title}: the key stays closed", "not yet", (Line("", f"{reason}".capitalize() + "."),))
    tables = []
    for number, item in enumerate(test.items, 1):
        entry = key[item.id]
        rows = tuple((f"✓ {letter}" if letter == entry.right else letter, text, entry.shows.get(letter, entry.why))
                     for letter, text in item.options.items())
        tables.append(Table(f"{number}. {item.question}", ("", "", ""), rows))
    return Card(f"{test.title}: the key", "note", tuple(tables))


def concept_report(folder: str | Path, answers: str, name: str = _NAME) -> ConceptReport:
    """Score a folder of what students handed in.

    Parameters
    ----------
    folder : str or Path
        With ``progress.json`` files or the archives of ``progress.save``, in it or in folders of their own. A student
        is called like the file, or like the folder of a ``progress.json``.
    answers : str
        The right answers, which open the key.
    name : str
        The test.

    Returns
    -------
    ConceptReport

    Raises
    ------
    ValueError
        If the folder does not exist, or the answers do not open the key.

    Notes
    -----
    Normalized gain of the class: <g> = (after - before)/(1 - before) of the mean scores; its error from the scatter of
    after - (1 - <g>) before over the students (one student alone has none, and 1 stands for it). For a misconception
    the gain is (before - after)/before. "I do not know" is not right and shows no misconception.

    References
    ----------
    R. R. Hake, American Journal of Physics 66, 64 (1998), doi:10.1119/1.18809.
    """
    test = _test(name)
    try:
        key = open_key(test, answers)
    except Locked as reason:
        refuse("the answers must be the right ones", got={"answers": answers}, why=str(reason).capitalize(),
               fix='concept_key("...") until it opens')
    handed_in, unread = _handed_in(Path(folder))
    given = {name: answered(events, test) for name, events in sorted(handed_in.items())}
    both = {name: (said["before"], said["after"]) for name, said in given.items() if set(said) == set(WHEN)}
    pairs = list(both.values())
    scores = {name: (_right(test, key, before), _right(test, key, after)) for name, (before, after) in both.items()}
    return ConceptReport(
        test=test, scores=scores, gain=_class_gain(list(scores.values()), len(test.items)),
        items=_items(test, key, pairs), ideas=_ideas(test, key, pairs),
        only_once=tuple(name for name, said in given.items() if len(said) == 1), unread=unread)


def _test(name: str) -> Test:
    tests = read_tests(roots())
    require(name in tests, f"name must be one of {', '.join(tests) or 'none'}", got={"name": name},
            why="A concept test is a file in concept_tests", fix=repr(_NAME))
    return tests[name]


def _handed_in(folder: Path) -> tuple[dict[str, list[Event]], tuple[str, ...]]:
    """Student -> events; and the files that could not be read, each with its reason."""
    require(folder.is_dir(), "folder must be one with the students' files", got={"folder": str(folder)},
            why="There is nothing to score", fix='"handed_in"')
    found: dict[str, list[Event]] = {}
    unread = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".json", ".zip") and path.is_file()):
        name = path.parent.name if path.name == "progress.json" and path.parent != folder else path.stem
        try:
            raw = path.read_bytes() if path.suffix == ".json" else archive.journal_of(path)
            found[name] = union(found.get(name, []), read_events(raw))
        except (OSError, ValueError) as reason:
            unread.append(f"{path.relative_to(folder).as_posix()} ({reason})")
    return found, tuple(unread)


def _right(test: Test, key: Mapping[str, Entry], said: str) -> int:
    return sum(letter == key[item.id].right for item, letter in zip(test.items, said, strict=True))


def _gain(before: float, after: float, most: float) -> float | None:
    return None if before >= most else (after - before) / (most - before)


def _class_gain(counts: Sequence[tuple[int, int]], out_of: int) -> Estimate | None:
    """<g> of the class; None where nobody was there or nothing was wrong before."""
    if not counts:
        return None
    scores = [(one / out_of, two / out_of) for one, two in counts]
    before, after = (statistics.fmean(score[i] for score in scores) for i in (0, 1))
    gain = _gain(before, after, 1.0)
    if gain is None:
        return None
    n = len(scores)
    spread = statistics.stdev(two - (1 - gain) * one for one, two in scores) if n > 1 else math.inf
    return Estimate(value=gain, std_error=spread / math.sqrt(n) / (1 - before) if n > 1 else 1.0, n=n)


def _items(test: Test, key: Mapping[str, Entry], pairs: Sequence[tuple[str, str]]) -> tuple[Change, ...]:
    rows = []
    for place, item in enumerate(test.items):
        right = [tuple(said[place] == key[item.id].right for said in pair) for pair in pairs]
        before, after = (Estimate.proportion(sum(two[i] for two in right), max(1, len(right))) for i in (0, 1))
        rows.append(Change(id=item.id, before=before, after=after, gain=_gain(before.value, after.value, 1.0),
                           gone=right.count((True, False)), kept=right.count((True, True)),
                           new=right.count((False, True))))
    return tuple(rows)


def _ideas(test: Test, key: Mapping[str, Entry], pairs: Sequence[tuple[str, str]]) -> tuple[Change, ...]:
    rows = []
    for idea in test.misconceptions:
        places = [place for place, item in enumerate(test.items) if idea in key[item.id].shows.values()]
        shown = [tuple(sum(key[test.items[place].id].shows.get(said[place]) == idea for place in places)
                       for said in pair) for pair in pairs]
        could = max(1, len(places) * len(pairs))
        before, after = (Estimate.proportion(sum(two[i] for two in shown), could) for i in (0, 1))
        held = [(two[0] > 0, two[1] > 0) for two in shown]
        rows.append(Change(
            id=idea, before=before, after=after,
            gain=None if before.value == 0 else (before.value - after.value) / before.value,
            gone=held.count((True, False)), kept=held.count((True, True)), new=held.count((False, True))))
    return tuple(sorted(rows, key=lambda row: (-row.before.value, -row.after.value)))


def _cells(row: Change) -> tuple[str, str, str, str]:
    before, after = (f"{share.value:.0%} ± {share.std_error:.0%}" for share in (row.before, row.after))
    return row.id, before, after, _text(row.gain)


def _text(gain: Any) -> str:
    return "" if gain is None else f"{gain:.2f}"
