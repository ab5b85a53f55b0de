"""Steps into columns: what may stand above one another, never to the left of what came before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .look import FONT_PX
from .steps import Step
from .svg import text_width

GATE = 36.0  # side of a box
GAP = 7.0  # between columns
PAD = 6.0  # between a dashed frame and what is inside


@dataclass(frozen=True, slots=True)
class Column:
    """Steps of one moment, and how wide the widest is."""

    width: float
    steps: tuple[Step, ...]


def columns_of(steps: Sequence[Step]) -> list[Column]:
    """The columns of a circuit or of a block, from left to right."""
    moments: list[list[Step]] = []
    free: dict[int, int] = {}  # row -> first column where nothing stands yet
    current = 0
    for step in steps:
        span = span_of(step)
        current = max(current, *(free.get(row, 0) for row in span))
        moments += [[] for _ in range(current + 1 - len(moments))]
        moments[current].append(step)
        free |= dict.fromkeys(span, current + 1)
    return [Column(max(map(width_of, moment)), tuple(moment)) for moment in moments]


def span_of(step: Step) -> range:
    """All rows that a step covers, from its uppermost to its lowest; a frame also covers the room for its heading."""
    rows = [*step.rows, *(row for row, _ in step.controls), *(row for row, _, _ in step.bits)]
    top = min(rows) - 1 if step.kind == "block" else min(rows)
    return range(max(top, 0), max(rows) + 1)


def width_of(step: Step) -> float:
    """How wide a step is drawn."""
    if step.kind == "block":
        return sum(width for width, _ in frames_of(step)) + GAP * (len(step.blocks) - 1)
    if step.kind == "barrier":
        return max(6.0, text_width(step.label))
    tag = {"processor": 14 + text_width("noise"), "readout": 22 + text_width("readout")}
    boxed = step.kind in ("gate", "noise", "place")
    own = text_width(step.label, 15 if boxed else FONT_PX) + (16 if boxed else 8)
    return max(GATE, own, tag.get(step.tag, 0.0))


def frames_of(step: Step) -> list[tuple[float, list[Column]]]:
    """Width and columns of each dashed frame of a block."""
    frames = []
    for heading, inside in step.blocks:
        columns = columns_of(inside)
        content = sum(column.width for column in columns) + GAP * (len(columns) - 1)
        frames.append((max(content, 1.15 * text_width(heading)) + 2 * PAD, columns))
    return frames


def staves(columns: Sequence[Column], room: float) -> list[list[Column]]:
    """Columns into lines, as notes are written on staves; one that is too wide stands alone."""
    lines: list[list[Column]] = [[]]
    used = 0.0
    for column in columns:
        if lines[-1] and used + column.width > room:
            lines.append([])
            used = 0.0
        lines[-1].append(column)
        used += column.width + GAP
    return lines
