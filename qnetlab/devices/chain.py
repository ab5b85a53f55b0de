"""What stands in a row between alice and bob: links, with a station between any two of them."""

from __future__ import annotations

from typing import Any

from ..checks import refuse, require
from .any_link import AnyLink

#: More would keep a reader waiting: what is exact of a chain takes some seconds for so many.
MAX_LINKS = 1000


def coerce_links(name: str, got: Any) -> tuple[AnyLink, ...]:
    """A field of links from alice to bob, two to a thousand, as a tuple.

    >>> from qnetlab.devices.link import Link
    >>> len(coerce_links("links", [Link(), Link(), Link()]))
    3
    """
    __tracebackhide__ = True
    kept = tuple(got) if isinstance(got, (tuple, list)) else None
    if kept is None or not all(isinstance(link, AnyLink) for link in kept):
        refuse(f"{name} must be a tuple of Link or another AnyLink", got={name: (got, "")}, error=TypeError,
               why="A chain is made of links", fix=f"{name}=(Link(), Link())")
    require(len(kept) >= 2, f"{name} must hold at least two links", got={name: len(kept)},
            why="A station stands between two links", fix=f"{name}=(Link(), Link())")
    require(len(kept) <= MAX_LINKS, f"{name} must hold at most {MAX_LINKS} links", got={name: len(kept)},
            why="Each is followed, and joined to all others", fix=f"{name}=(Link(),) * 10")
    return kept
