"""Cards: what a student reads. The same content as plain text and as HTML in which all text is escaped.

Nothing is said by color alone: the words and a sign say it, the colored edge only repeats it.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from html import escape

_WIDTH = 100
_SIGNS = {"good": "✓ ", "not yet": "○ ", "note": ""}
_EDGES = {"good": "#0072b2", "not yet": "#d55e00", "note": "#767676"}  # told apart in every kind of color vision
_KET = re.compile(r"\|[^|&\s]{1,3}&gt;")


def _html(text: str) -> str:
    """Escaped, with every ket kept on one line.

    >>> _html("|-> & more")
    "<span style='white-space:nowrap'>|-&gt;</span> &amp; more"
    """
    return _KET.sub(lambda ket: f"<span style='white-space:nowrap'>{ket[0]}</span>", escape(text))


@dataclass(frozen=True, slots=True)
class Table:
    """A small table with its caption."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def text(self) -> str:
        """Columns in plain text."""
        lines = (self.header, *self.rows) if any(self.header) else self.rows
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.header))]
        body = ["  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
                for line in lines]
        return "\n".join([self.caption, *body])

    def html(self) -> str:
        """A table whose rows and columns have headers."""
        style = "style='text-align:left;padding:0.15em 1em 0.15em 0.3em'"
        head = "".join(f"<th scope='col' {style}>{_html(cell)}</th>" if cell else "<td></td>" for cell in self.header)
        rows = "".join(
            f"<tr><th scope='row' {style}>{_html(row[0])}</th>"
            + "".join(f"<td {style}>{_html(cell)}</td>" for cell in row[1:]) + "</tr>" for row in self.rows)
        top = f"<thead><tr>{head}</tr></thead>" if any(self.header) else ""
        # a caption element would be squeezed to the width of the table
        above = f"<p style='margin:0.3em 0'>{_html(self.caption)}</p>"
        return f"{above}<table aria-label='{escape(self.caption)}'>{top}<tbody>{rows}</tbody></table>"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with a short label."""

    label: str
    words: str

    def text(self) -> str:
        """Wrapped plain text."""
        lead = f"{self.label}: " if self.label else ""
        return "\n".join(textwrap.fill(lead + words, _WIDTH, subsequent_indent="  ", break_on_hyphens=False)
                         for words in self.words.splitlines())

    def html(self) -> str:
        """One paragraph."""
        lead = f"<strong>{escape(self.label)}:</strong> " if self.label else ""
        return f"<p style='margin:0.3em 0'>{lead}{_html(self.words).replace(chr(10), '<br>')}</p>"


@dataclass(frozen=True, slots=True)
class Card:
    """A title, a mood ("good", "not yet" or "note") and what stands below."""

    title: str
    mood: str
    body: tuple[Line | Table, ...]

    def __repr__(self) -> str:
        return "\n".join([f"{_SIGNS[self.mood]}{self.title}", *(part.text() for part in self.body)])

    def _repr_html_(self) -> str:
        inside = "".join(part.html() for part in self.body)
        title = f"<strong>{_SIGNS[self.mood]}{_html(self.title)}</strong>"
        return (f"<div style='border-left:6px solid {_EDGES[self.mood]};padding:0.2em 0 0.2em 0.8em'>"
                f"<p style='margin:0.2em 0'>{title}</p>{inside}</div>")
