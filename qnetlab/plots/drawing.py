"""A circuit as one drawing with its steps in words. Needs neither matplotlib nor plotly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ..checks import require
from . import icons
from .columns import GAP, GATE, PAD, Column, columns_of, frames_of, staves, width_of
from .gates import listed
from .steps import Sheet, Step, depth, sheet_of
from .svg import document, folded, line, picture, tag, text_width, words

_WIRE, _BIT_WIRE = 76.0, 34.0  # room for one qubit's wire and for one register's
_TOP, _BELOW, _RIGHT = 44.0, 16.0, 8.0
_LIFT = 22.0  # room for the heading of a frame around another
_WIDEST = 985.0  # of one line: beside an open sidebar on a small screen, 914 px wide, its words are still 12 px high


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that shows itself in a notebook: ``svg``, and the steps in ``words``."""

    title: str
    svg: str
    words: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join([self.title, *(f"{i}. {told}" for i, told in enumerate(self.words, 1))])

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        steps = "".join(f"<li>{escape(told)}</li>" for told in self.words)
        return picture(self.svg, self.title + ". " + "; ".join(self.words)) + folded(
            "The circuit in words", f"<p>{escape(self.title)}</p><ol>{steps}</ol>")


def circuit(qc: Any, steps: Sequence[str] | None = None) -> Drawing:
    """Draw a circuit: gates on wires, markers as small icons where a device acts, decisions as dashed frames.

    Parameters
    ----------
    qc : QuantumCircuit
        With or without markers; control flow is drawn as frames with the condition in words.
    steps : sequence of str, or None
        The story in your own words, one string for each step; None to read it off the circuit.

    Returns
    -------
    Drawing
        Shows itself in a notebook, with the steps in words folded below; ``svg`` and ``words`` hold the same.

    Raises
    ------
    TypeError
        If ``qc`` is not a circuit.

    >>> from qnetlab.protocols.teleportation import Teleportation
    >>> circuit(Teleportation(message="+", corrections="x").circuits()["message"]).words[-3]
    'if alice_x = 1: X on bob, with gate noise of bob'
    """
    require(all(hasattr(qc, part) for part in ("data", "qubits", "clbits", "find_bit")), "qc must be a QuantumCircuit",
            got={"qc": qc}, error=TypeError, why="One circuit is drawn at a time",
            fix='plots.circuit(Teleportation(message="+").circuits()["message"])')
    sheet = sheet_of(qc)
    told = tuple(step.words for step in sheet.steps) if steps is None else tuple(steps)
    title = _title(sheet)
    left = 14 + max((text_width(name) for name in _wire_names(sheet, first=True)), default=0.0)
    lines = staves(columns_of(sheet.steps), _WIDEST - left)
    pens = [_Stave(sheet, left, first=not i) for i in range(len(lines))]
    for pen, columns in zip(pens, lines, strict=True):
        pen.write(columns)
    height = pens[0].height
    body = [tag("g", *pen.finished(), transform=f"translate(0 {i * height:.0f})") for i, pen in enumerate(pens)]
    svg = document(max(pen.right for pen in pens) + _RIGHT, height * len(pens), title,
                   "; ".join(f"{i}. {step}" for i, step in enumerate(told, 1)), body)
    return Drawing(title, svg, told)


def _wire_names(sheet: Sheet, first: bool) -> list[str]:
    """What stands before each wire; qubits begin in |0⟩ on the first line only."""
    return [f"{name} |0⟩" if first else name for name in sheet.qubits] + _register_names(sheet)


def _register_names(sheet: Sheet) -> list[str]:
    return [name if size == 1 else f"{name} ({size} bits)" for name, size in sheet.registers]


def _title(sheet: Sheet) -> str:
    name = f"Circuit {sheet.name}" if sheet.name else "Circuit"
    parts = [f"{'qubits' if len(sheet.qubits) > 1 else 'qubit'} {listed(sheet.qubits)}"] if sheet.qubits else []
    bits = _register_names(sheet)
    parts += [f"{'bits' if len(bits) > 1 else 'bit'} {listed(bits)}"] if bits else []
    return f"{name}: {'; '.join(parts)}"


class _Stave:
    """One line of a drawing: writes columns from left to right, then the wires between them."""

    def __init__(self, sheet: Sheet, left: float, first: bool) -> None:
        self._sheet = sheet
        self._names = _wire_names(sheet, first)
        inside = depth(sheet.steps)
        self._lift = _LIFT * max(inside - 1, 0)
        self._top = _TOP + (14 + self._lift if inside else 0)
        self._left = self.right = left
        self._parts: list[str] = []
        self._cuts: list[tuple[int, float, float]] = []  # row, from, to: where something stands on a wire
        self.height = self._y(len(sheet.qubits) + len(sheet.registers)) + _BELOW - (0 if sheet.registers else 24)

    def _y(self, row: int) -> float:
        qubits = len(self._sheet.qubits)
        return self._top + (_WIRE + self._lift) * min(row, qubits) + _BIT_WIRE * max(row - qubits, 0)

    def write(self, columns: Sequence[Column]) -> None:
        """Draw the columns."""
        self.right = self._columns(columns, self._left + GAP)

    def _columns(self, columns: Sequence[Column], x: float) -> float:
        for column in columns:
            for step in column.steps:
                self._step(step, x + column.width / 2)
            x += column.width + GAP
        return x

    def finished(self) -> list[str]:
        """All parts: names, wires, then what stands on them."""
        end = self.right + 4
        parts = []
        for row, name in enumerate(self._names):
            y = self._y(row)
            parts.append(words(self._left - 7, y + 4.5, name, "end"))
            if row >= len(self._sheet.qubits):
                parts.append(icons.double(self._left, y, end, y))
                continue
            at = self._left
            for _, start, stop in sorted(cut for cut in self._cuts if cut[0] == row):
                if start > at:
                    parts.append(line(at, y, start, y))
                at = max(at, stop)
            parts.append(line(at, y, end, y))
        return parts + self._parts

    def _step(self, step: Step, x: float) -> None:
        draw = {"measure": self._measure, "barrier": self._barrier, "link": self._link, "memory": self._memory,
                "block": self._block, "swap": self._swap, "processor": self._tag, "readout": self._tag}
        draw.get(step.kind, self._gate)(step, x)

    def _cut(self, row: int, x: float, half: float) -> None:
        self._cuts.append((row, x - half, x + half))

    def _gate(self, step: Step, x: float) -> None:
        top, bottom = min(step.rows), max(step.rows)
        if step.controls and step.label == "X":
            self._parts.append(icons.plus(x, self._y(top)))
            half = 11.0
        else:
            half = max(GATE, text_width(step.label, 15) + 16) / 2
            tall = self._y(bottom) - self._y(top)
            self._parts.append(icons.box(x, self._y(top) - GATE / 2, 2 * half, tall + GATE,
                                         dashed=step.kind in ("noise", "place")))
            # Between the wires: one that only passes below the box is drawn through it.
            middle = self._y(top) + (tall / (bottom - top) / 2 if bottom > top else 0)
            self._parts.append(words(x, middle + 5.5, step.label, font_size=15))
        for row in step.rows:
            self._cut(row, x, half)
        self._controls(step, x, 11.0 if step.label == "X" else GATE / 2)
        self._noise(step, x)

    def _swap(self, step: Step, x: float) -> None:
        top, bottom = (self._y(row) for row in sorted(step.rows))
        self._parts += [icons.crossing(x, top), icons.crossing(x, bottom), line(x, top, x, bottom, stroke_width=1.8)]
        self._controls(step, x, 0.0)
        self._noise(step, x)

    def _controls(self, step: Step, x: float, half: float) -> None:
        """Dots, and the line from the farthest one on each side to the target."""
        top, bottom = self._y(min(step.rows)), self._y(max(step.rows))
        for row, on in step.controls:
            y = self._y(row)
            ends = (y + 5.5, top - half) if y < top else (bottom + half, y - 5.5)
            self._parts += [icons.dot(x, y, on), line(x, ends[0], x, ends[1], stroke_width=1.8)]
            self._cut(row, x, 5.5)

    def _noise(self, step: Step, x: float) -> None:
        if step.tag:
            lowest = max([*step.rows, *(row for row, _ in step.controls)])
            self._parts.append(icons.tagged(step.tag, x, self._y(lowest) + 34, "noise"))

    def _measure(self, step: Step, x: float) -> None:
        y, ((row, place, _),) = self._y(step.rows[0]), step.bits
        self._parts += [icons.meter(x, y, GATE), icons.double(x, y + GATE / 2, x, self._y(row) - 8),
                        icons.arrow(x, self._y(row) - 2)]
        if place is not None:
            self._parts.append(icons.note(x + 8, self._y(row) - 6, str(place), "start"))
        if step.tag:
            self._parts.append(icons.tagged(step.tag, x, y - GATE / 2 - 7, "readout"))
        self._cut(step.rows[0], x, GATE / 2)

    def _barrier(self, step: Step, x: float) -> None:
        top, bottom = self._y(min(step.rows)) - 30, self._y(max(step.rows)) + 30
        self._parts.append(line(x, top, x, bottom, stroke_dasharray="5 4", stroke_opacity=0.6))
        if step.label:
            self._parts.append(icons.note(x, top - 4, step.label))

    def _link(self, step: Step, x: float) -> None:
        top, bottom = self._y(min(step.rows)), self._y(max(step.rows))
        self._parts += [icons.wave(x, top, bottom), icons.note(x, bottom + 24, step.label)]
        for row in step.rows:
            self._cut(row, x, 7.0)

    def _memory(self, step: Step, x: float) -> None:
        for row in step.rows:
            self._parts += [icons.hourglass(x, self._y(row)), icons.note(x, self._y(row) + 28, step.label)]
            self._cut(row, x, 10.0)

    def _tag(self, step: Step, x: float) -> None:
        """A marker that stands by itself."""
        for row in step.rows:
            y = self._y(row)
            self._parts.append(tag("circle", cx=x, cy=y, r=13.0, stroke=icons.DEVICE, stroke_width=1.6, fill="none"))
            self._parts.append((icons.eye if step.kind == "readout" else icons.bolt)(x, y))
            self._parts.append(icons.note(x, y + 28, step.label))
            self._cut(row, x, 13.0)

    def _block(self, step: Step, x: float) -> None:
        """A dashed frame around each way that things may go, and lines from the bits that decide."""
        frames = frames_of(step)
        at = x - width_of(step) / 2
        lift = _LIFT * (depth([step]) - 1)
        top, bottom = self._y(min(step.rows)) - 50 - lift, self._y(max(step.rows)) + 42 + lift / 3
        for (heading, _), (width, columns) in zip(step.blocks, frames, strict=True):
            self._parts.append(tag("rect", x=at, y=top, width=width, height=bottom - top, rx=8, fill="none",
                                   stroke="currentColor", stroke_width=1.4, stroke_dasharray="6 4"))
            self._parts.append(words(at + PAD, top + 17, heading, "start", font_weight=600))
            content = sum(column.width for column in columns) + GAP * (len(columns) - 1)
            self._columns(columns, at + (width - content) / 2)
            at += width + GAP
        middle = x - width_of(step) / 2 + frames[0][0] / 2
        read = {row: value for row, _, value in step.bits}
        for i, (row, value) in enumerate(read.items()):
            x = middle + 14 * (i - (len(read) - 1) / 2)
            self._parts += [icons.double(x, bottom, x, self._y(row) - 6), icons.dot(x, self._y(row), value != 0)]
