"""The small pictures of a circuit: what stands in a box, on a wire, or beside a gate."""

from __future__ import annotations

from .look import COLORS
from .svg import line, tag, words

DEVICE = COLORS[1]  # what a device does to a qubit; everything else is ink
_INK: dict[str, object] = {"stroke": "currentColor", "fill": "none", "stroke-width": 1.8}
_MADE: dict[str, object] = {**_INK, "stroke": DEVICE, "stroke-width": 2.0, "stroke-linejoin": "round"}


def note(x: float, baseline: float, text: str, anchor: str = "middle") -> str:
    """A word beside an icon."""
    return words(x, baseline, text, anchor)


def box(x: float, top: float, width: float, height: float, dashed: bool = False) -> str:
    """The frame of a gate."""
    return tag("rect", x=x - width / 2, y=top, width=width, height=height, rx=4, stroke="currentColor",
               stroke_width=1.6, fill="currentColor", fill_opacity=0.07, stroke_dasharray="4 3" if dashed else None)


def meter(x: float, y: float, side: float) -> str:
    """A measurement."""
    half = side / 2
    dial = f"M{x - 11:.1f} {y + 7:.1f}a11 11 0 0 1 22 0M{x:.1f} {y + 7:.1f}l8 -14"
    return box(x, y - half, side, side) + tag("path", d=dial, **_INK)


def plus(x: float, y: float) -> str:
    """The target of a controlled X."""
    inside = f"M{x - 11:.1f} {y:.1f}h22M{x:.1f} {y - 11:.1f}v22"
    return tag("circle", cx=x, cy=y, r=11.0, **_INK) + tag("path", d=inside, **_INK)


def crossing(x: float, y: float) -> str:
    """One end of a swap."""
    return tag("path", d=f"M{x - 7:.1f} {y - 7:.1f}l14 14M{x - 7:.1f} {y + 7:.1f}l14 -14", **_INK)


def dot(x: float, y: float, on: bool = True) -> str:
    """A control: filled where it acts on 1, hollow where it acts on 0."""
    inside = "currentColor" if on else "none"
    return tag("circle", cx=x, cy=y, r=5.5, fill=inside, stroke="currentColor", stroke_width=1.8)


def hourglass(x: float, y: float) -> str:
    """A memory, in which a qubit waits."""
    return tag("path", d=f"M{x - 9:.1f} {y - 12:.1f}h18M{x - 9:.1f} {y + 12:.1f}h18"
                         f"M{x - 7:.1f} {y - 12:.1f}c0 8 5 8 5 12c0 4 -5 4 -5 12"
                         f"M{x + 7:.1f} {y - 12:.1f}c0 8 -5 8 -5 12c0 4 5 4 5 12", **_MADE) + tag(
        "path", d=f"M{x - 5:.1f} {y + 10:.1f}c1 -4 4 -4 5 -7c1 3 4 3 5 7z", fill=DEVICE)


def wave(x: float, top: float, bottom: float) -> str:
    """A link: light between two qubits."""
    count = max(2, 2 * round((bottom - top - 14) / 20))
    step = (bottom - top - 14) / count
    swings = "".join(f"q{9 if i % 2 else -9} {step / 2:.2f} 0 {step:.2f}" for i in range(count))
    ends = "".join(tag("circle", cx=x, cy=y, r=7.0, **_MADE) + tag("circle", cx=x, cy=y, r=2.5, fill=DEVICE)
                   for y in (top, bottom))
    return tag("path", d=f"M{x:.1f} {top + 7:.1f}{swings}", **_MADE) + ends


def bolt(x: float, y: float) -> str:
    """Noise of a gate."""
    return tag("path", d=f"M{x + 2:.1f} {y - 8:.1f}l-7 9h4.5l-2 7l7 -9h-4.5z", fill=DEVICE)


def eye(x: float, y: float) -> str:
    """A readout, which may see wrongly."""
    return tag("path", d=f"M{x - 9:.1f} {y:.1f}q9 -11 18 0q-9 11 -18 0z", **_MADE) + tag(
        "circle", cx=x, cy=y, r=2.8, fill=DEVICE)


def tagged(icon: str, x: float, baseline: float, text: str) -> str:
    """An icon and its word side by side, centered."""
    drawn, room = {"processor": (bolt, 14.0), "readout": (eye, 23.0)}[icon]
    wide = 7.1 * len(text)
    left = x - (room + wide) / 2
    return drawn(left + room / 2 - 2, baseline - 4) + note(left + room, baseline, text, "start")


def double(x1: float, y1: float, x2: float, y2: float) -> str:
    """A wire for bits."""
    across, down = (1.6, 0.0) if x1 == x2 else (0.0, 1.6)
    return "".join(line(x1 + s * across, y1 + s * down, x2 + s * across, y2 + s * down, stroke_opacity=0.65)
                   for s in (-1, 1))


def arrow(x: float, tip: float) -> str:
    """The head of an arrow downward."""
    return tag("path", d=f"M{x - 6:.1f} {tip - 9:.1f}h12l-6 9z", fill="currentColor")
