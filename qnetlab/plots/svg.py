"""SVG by hand: one drawing that is a white card when it stands alone and takes the page's colors when it lies in one.

Text and lines are ``currentColor`` wherever they can be. A drawing shown as an image has no page around it: it then
falls back to dark ink on white paper, which the variables ``--qnl-ink`` and ``--qnl-paper`` otherwise replace.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape

from .look import FONT, FONT_PX

_STYLE = (
    f".qnl-svg{{color:#1b1b1b;color:var(--qnl-ink,#1b1b1b);font-family:{FONT};font-size:{FONT_PX}px;"
    "max-width:100%;height:auto;overflow:hidden}"
    ".qnl-svg text{fill:currentColor;stroke:none}"
    ".qnl-svg .qnl-sheet{fill:#fff;fill:var(--qnl-paper,#fff);stroke:none}"
)
# Where style sheets are dropped for safety, the image remains and the drawing stays hidden.
_PAGE_STYLE = (
    "<style>.qnl-live{display:block!important;--qnl-ink:currentColor;--qnl-paper:transparent}.qnl-live+.qnl-still{display:none}"
    "</style>"
)
_NARROW, _WIDE = set("fijlrtI.,:;'|!()[] ·"), set("mwMWQOGDCHNU@%—±√")


def tag(name: str, *children: str, **attributes: object) -> str:
    """One element; ``stroke_width=2`` becomes ``stroke-width="2"``, ``class_`` becomes ``class``, None is left out.

    >>> tag("circle", cx=1.0, cy=2.345, class_="dot")
    '<circle cx="1" cy="2.35" class="dot"/>'
    """
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{_written(given)}"'
                      for key, given in attributes.items() if given is not None)
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def _written(given: object) -> str:
    return f"{given:.2f}".rstrip("0").rstrip(".") if isinstance(given, float) else escape(str(given))


def words(x: float, y: float, text: str, anchor: str = "middle", **attributes: object) -> str:
    """Text at a point; ``anchor`` is start, middle or end."""
    return tag("text", escape(text, quote=False), x=float(x), y=float(y),
               text_anchor=None if anchor == "start" else anchor, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """A straight line in the color of the text."""
    return tag("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2),
               **{"stroke": "currentColor", **attributes})


def text_width(text: str, size_px: float = FONT_PX) -> float:
    """About how wide a sans-serif text is, in px; rather a little too much.

    >>> text_width("iiii") < text_width("nnnn") < text_width("mmmm")
    True
    """
    return size_px * sum(0.36 if sign in _NARROW else 0.85 if sign in _WIDE else 0.6 for sign in text)


def document(width: float, height: float, title: str, description: str, body: Iterable[str]) -> str:
    """A whole drawing with its name and description, well-formed and without anything from elsewhere."""
    title = title.strip() or "Figure"
    return tag(
        "svg",
        tag("title", escape(title, quote=False)),
        tag("desc", escape(description, quote=False)),
        tag("style", escape(_STYLE, quote=False)),
        tag("rect", width="100%", height="100%", rx=6, class_="qnl-sheet"),
        *body,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_written(float(width))} {_written(float(height))}",
        width=float(width), height=float(height), class_="qnl-svg", role="img",
        aria_label=f"{title.rstrip('.')}. {description}".strip(),
    )


def picture(svg: str, alt: str) -> str:
    """HTML that shows a drawing in the page's own colors, or as a plain image where a page allows no more than that."""
    encoded = base64.b64encode(svg.encode()).decode()
    return (f'{_PAGE_STYLE}<div class="qnl-live" style="display:none">{svg}</div>'
            f'<img class="qnl-still" alt="{escape(alt)}" src="data:image/svg+xml;base64,{encoded}">')


def folded(summary: str, inside: str) -> str:
    """HTML that unfolds on a click, a tap or the space bar."""
    return (f"<details><summary style='min-height:24px;line-height:24px;cursor:pointer'>{escape(summary)}</summary>"
            f"{inside}</details>")
