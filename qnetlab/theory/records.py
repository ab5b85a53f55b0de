"""What a published number is: value, uncertainty, place in its source, and whether anybody looked it up."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import MISSING
from typing import Any, NamedTuple

from ..checks import UnknownName, custom, number, require, value


def as_words(name: str, got: Any) -> str:
    """Field check: plain text."""
    require(
        isinstance(got, str),
        f"{name} must be words",
        got={name: (got, "")},
        error=TypeError,
        why="A record is read by people",
        fix=f"{name}='...'",
    )
    return str(got)


def as_flag(name: str, got: Any) -> bool:
    """Field check: True or False."""
    require(
        isinstance(got, bool),
        f"{name} must be True or False",
        got={name: (got, "")},
        error=TypeError,
        why="A number was seen in its source or it was not",
        fix=f"{name}=False",
    )
    return bool(got)


def as_a(kind: type) -> Callable[[str, Any], Any]:
    """Field check: one value of the class ``kind``."""

    def coerce(name: str, got: Any) -> Any:
        require(
            isinstance(got, kind),
            f"{name} must be a {kind.__name__}",
            got={name: (got, "")},
            error=TypeError,
            why="A record is made of records",
            fix=f"{name}={kind.__name__}(...)",
        )
        return got

    return coerce


def as_many(kind: type) -> Callable[[str, Any], Any]:
    """Field check: any number of values of the class ``kind``; gives a tuple."""

    def coerce(name: str, got: Any) -> tuple[Any, ...]:
        kept = tuple(got) if isinstance(got, Iterable) else ()
        require(
            isinstance(got, Iterable) and all(isinstance(item, kind) for item in kept),
            f"{name} must be a tuple of {kind.__name__}",
            got={name: (got, "")},
            error=TypeError,
            why="A row lists what was measured",
            fix=f"{name}=()",
        )
        return kept

    return coerce


class WrongModel(NamedTuple):
    """A wrong idea and the value it would give."""

    name: str
    value: float


@value
class Quantity:
    """One published number.

    Parameters
    ----------
    name : str
        What it is, the unit included where it has one.
    value : float
    uncertainty_low, uncertainty_high : float or None
        One standard deviation downward and upward, >= 0; None where none was given.
    unit : str
    confirmed : bool
        Whether the number was seen in its source. False: from memory or from hearsay.
    where : str
        The place in the source.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong type or out of its range.

    >>> print(Quantity(name="pair_fidelity", value=0.882, uncertainty_low=0.060, uncertainty_high=0.023))
    0.882 +0.023 -0.060 (unconfirmed)
    """

    name: str = custom(default=MISSING, coerce=as_words)
    value: float = number(low_open=True, high_open=True)
    uncertainty_low: float | None = number(
        default=None, low=0, optional=True, why="An uncertainty is a width"
    )
    uncertainty_high: float | None = number(
        default=None, low=0, optional=True, why="An uncertainty is a width"
    )
    unit: str = custom(default="", coerce=as_words)
    confirmed: bool = custom(default=False, coerce=as_flag)
    where: str = custom(default="", coerce=as_words)

    def sigmas_from(self, x: float) -> float | None:
        """Standard deviations between the number and ``x``, on its side; None without an uncertainty.

        >>> Quantity(name="f", value=0.9, uncertainty_low=0.1, uncertainty_high=0.02).sigmas_from(0.5)
        4.0
        """
        side = self.uncertainty_high if x > self.value else self.uncertainty_low
        if side is None:
            return None
        distance = abs(self.value - x)
        return 0.0 if distance == 0 else round(distance / side, 9) if side else math.inf

    def mapped(self, name: str, line: Callable[[float], float]) -> Quantity:
        """The quantity that a rising straight line makes of this one, its uncertainties stretched alike."""
        slope = line(1.0) - line(0.0)
        low, high = self.uncertainty_low, self.uncertainty_high
        return Quantity(
            name=name,
            value=line(self.value),
            unit=self.unit,
            confirmed=self.confirmed,
            uncertainty_low=None if low is None else slope * low,
            uncertainty_high=None if high is None else slope * high,
            where=f"computed from {self.name}",
        )

    def __str__(self) -> str:
        low, high = self.uncertainty_low, self.uncertainty_high
        if low is None or high is None or not (low or high):
            text = f"{self.value:.4g}"
        else:
            digits = max(0, 1 - math.floor(math.log10(min(u for u in (low, high) if u))))
            text = f"{self.value:.{digits}f}"
            text += f" ± {low:.{digits}f}" if low == high else f" +{high:.{digits}f} -{low:.{digits}f}"
        return f"{text} {self.unit}".rstrip() + ("" if self.confirmed else " (unconfirmed)")


@value
class Published:
    """One experiment.

    Parameters
    ----------
    id : str
        Short name of the row.
    authors, year, title, journal, doi
        Where it was published.
    inputs, outputs : tuple of Quantity
        What a model starts from, and what was measured; the first output is the main one.
    wrong_models : tuple of WrongModel
        Wrong ideas and the value that each gives for the main output.
    note : str
        What to beware of.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong type or out of its range.

    >>> seen = Quantity(name="average_fidelity", value=0.80, confirmed=True)
    >>> one = Published(id="X", authors="A. B.", year=2020, title="T", journal="J", doi="d", outputs=(seen,))
    >>> print(one["average_fidelity"], "|", one.source)
    0.8 | A. B., J (2020), doi:d
    """

    id: str = custom(default=MISSING, coerce=as_words)
    authors: str = custom(default=MISSING, coerce=as_words)
    year: int = number(low=1900, high=2100, integer=True)
    title: str = custom(default=MISSING, coerce=as_words)
    journal: str = custom(default=MISSING, coerce=as_words)
    doi: str = custom(default=MISSING, coerce=as_words)
    inputs: tuple[Quantity, ...] = custom(default=(), coerce=as_many(Quantity))
    outputs: tuple[Quantity, ...] = custom(default=(), coerce=as_many(Quantity))
    wrong_models: tuple[WrongModel, ...] = custom(default=(), coerce=as_many(WrongModel))
    note: str = custom(default="", coerce=as_words)

    @property
    def source(self) -> str:
        """The reference in one line."""
        return f"{self.authors}, {self.journal} ({self.year}), doi:{self.doi}"

    def __getitem__(self, name: str) -> Quantity:
        """One quantity by name."""
        known = {quantity.name: quantity for quantity in (*self.outputs, *self.inputs)}
        require(
            name in known,
            f"a quantity of {self.id} must be one of {', '.join(known)}",
            got={"name": (name, "")},
            why="These are what the row holds",
            fix=f'["{next(iter(known), "")}"]',
            error=UnknownName,
        )
        return known[name]


@value
class Forecast:
    """What teleportation over a published pair would reach if all else were perfect. Not measured there.

    Parameters
    ----------
    id, link : str
        The row, and what stood there.
    pair_fidelity, average_fidelity : Quantity
        What was measured, and (2f + 1)/3 of it with its uncertainty.
    """

    id: str = custom(default=MISSING, coerce=as_words)
    link: str = custom(default=MISSING, coerce=as_words)
    pair_fidelity: Quantity = custom(default=MISSING, coerce=as_a(Quantity))
    average_fidelity: Quantity = custom(default=MISSING, coerce=as_a(Quantity))

    label = "forecast, not measured there"

    def __str__(self) -> str:
        return f"{self.id}, {self.link}: pair {self.pair_fidelity} -> {self.average_fidelity}; {self.label}"


@value
class Inversion:
    """Which pair a measured teleportation needed if all else was perfect. Never a prediction.

    Parameters
    ----------
    id, link : str
        The row, and what stood there.
    average_fidelity, pair_fidelity : Quantity
        What was measured, and (3F - 1)/2 of it with its uncertainty.
    """

    id: str = custom(default=MISSING, coerce=as_words)
    link: str = custom(default=MISSING, coerce=as_words)
    average_fidelity: Quantity = custom(default=MISSING, coerce=as_a(Quantity))
    pair_fidelity: Quantity = custom(default=MISSING, coerce=as_a(Quantity))

    label = "inversion, not a prediction"

    def __str__(self) -> str:
        needed = f"{self.average_fidelity} needed a pair {self.pair_fidelity}"
        return f"{self.id}, {self.link}: {needed}; {self.label}"


@value
class Comparison:
    """A prediction from the row's own input, beside what was measured.

    Parameters
    ----------
    id : str
    predicted, measured : Quantity
    reading : str
        What the difference may mean.
    """

    id: str = custom(default=MISSING, coerce=as_words)
    predicted: Quantity = custom(default=MISSING, coerce=as_a(Quantity))
    measured: Quantity = custom(default=MISSING, coerce=as_a(Quantity))
    reading: str = custom(default="", coerce=as_words)

    @property
    def sigmas(self) -> float | None:
        """How many of the measurement's standard deviations lie between the two."""
        return self.measured.sigmas_from(self.predicted.value)

    def __str__(self) -> str:
        return f"{self.id}: predicted {self.predicted}, measured {self.measured}; {self.reading}"
