"""A loss budget: what is lost where, in decibels, each loss by its own name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape

from ..checks import UnknownName, require
from ..units import db_to_probability

#: Every loss that a path in the open may have, in the order in which light meets it, with its closed form.
FORMULAS = {
    "truncation": "1 - exp(-2 a_t^2/w0^2), a_t the radius of the sending aperture",
    "diffraction": "1 - exp(-2 a^2/w^2), a the radius of the receiving aperture, w that of the beam there",
    "pointing": "w^2 becomes w^2 + 4 (sigma L)^2, sigma the rms error per axis",
    "wander": "the same again, sigma from the turbulent air: on the way up, and along the ground",
    "atmosphere": "T^(1/sin(elevation)), T straight up; or dB per km, along the ground",
    "receiver": "from the aperture to the detector",
}


class LossBudget(Mapping[str, float]):
    """The losses of a path by name, in dB; a table where it is shown.

    Parameters
    ----------
    losses_db : mapping of str to float
        Name, as in :data:`FORMULAS`, -> loss in dB.

    >>> budget = LossBudget({"diffraction": 18.6, "receiver": 3.0})
    >>> round(budget.total_db, 6), budget["receiver"]
    (21.6, 3.0)
    """

    def __init__(self, losses_db: Mapping[str, float]) -> None:
        self._losses = {name: float(loss) for name, loss in losses_db.items()}

    def __getitem__(self, name: str) -> float:
        require(name in self._losses, f"a loss must be one of {', '.join(self._losses)}", got={"name": (name, "")},
                error=UnknownName, why="These are the losses of this path",
                fix=f'"{next(iter(self._losses), "diffraction")}"')
        return self._losses[name]

    def __contains__(self, name: object) -> bool:
        return name in self._losses

    def __iter__(self) -> Iterator[str]:
        return iter(self._losses)

    def __len__(self) -> int:
        return len(self._losses)

    @property
    def total_db(self) -> float:
        """All of them together: decibels add."""
        return math.fsum(self._losses.values())

    def _rows(self) -> list[tuple[str, str, str, str]]:
        rows = [(name, loss, FORMULAS.get(name, "")) for name, loss in self._losses.items()]
        return [(name, f"{loss:.2f}", f"{float(db_to_probability(loss)):.3g}", words)
                for name, loss, words in (*rows, ("together", self.total_db, "decibels add, shares multiply"))]

    def __repr__(self) -> str:
        return f"LossBudget({self._losses!r})"

    def __str__(self) -> str:
        head = ("loss", "dB", "passes", "how")
        return "\n".join(f"{name:<12}{loss:>8}{share:>10}  {how}" for name, loss, share, how in (head, *self._rows()))

    def _repr_html_(self) -> str:
        words = ("loss", "dB", "passes", "how")
        head = "".join(f"<th scope='col' style='text-align:left'>{word}</th>" for word in words)
        body = "".join(
            f"<tr><th scope='row' style='text-align:left'>{escape(name)}</th><td>{loss}</td><td>{share}</td>"
            f"<td style='text-align:left'>{escape(how)}</td></tr>" for name, loss, share, how in self._rows())
        return f"<table><caption>Loss budget</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
