"""Which number of the data sheet matters most, and how sure a key rate is when the data sheet is not."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any, NamedTuple

from ..checks import UnknownName, field_notes, require
from ..fields import at, leaves, rebuilt
from .key_rate import SecretKeyRate

_STEP = 1e-4  # relative; two-sided, so that the slope is good to about 1e-7


class Influence(NamedTuple):
    """What one number does to the rate."""

    #: Where it stands, such as ``"detector.efficiency"``.
    name: str
    #: Its value there, in the field's unit.
    value: float
    unit: str
    #: d ln(rate) / d ln(value): percent of rate per percent of the number. None where the number is 0.
    elasticity: float | None


class Sensitivity(NamedTuple):
    """What matters, most first, and the interval that the given uncertainties leave."""

    #: Secret bits per second.
    bits_per_s: float
    #: With every uncertainty one standard deviation for the worse, and for the better, in quadrature.
    low: float
    high: float
    influences: tuple[Influence, ...]
    assumptions: tuple[str, ...]

    def __str__(self) -> str:
        width = max(len(row.name) for row in self.influences)
        rows = [f"  {row.name:<{width}}  {row.value:<9.4g} {row.unit:<6} {_shown(row)}" for row in self.influences]
        return "\n".join([self._headline(), "percent of rate per percent of the number:", *rows, *self.assumptions])

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><th scope='row' style='text-align:left'>{escape(row.name)}</th><td>{row.value:.4g} "
                       f"{escape(row.unit)}</td><td>{_shown(row)}</td></tr>" for row in self.influences)
        return (f"<table><caption>{escape(self._headline())}</caption><thead><tr><th scope='col'>number</th>"
                "<th scope='col'>value</th><th scope='col'>percent of rate per percent of it</th></tr></thead>"
                f"<tbody>{rows}</tbody></table><p>{'<br>'.join(map(escape, self.assumptions))}</p>")

    def _headline(self) -> str:
        between = "" if self.low == self.high else f", between {self.low:.4g} and {self.high:.4g}"
        return f"{self.bits_per_s:.4g} bit/s{between}"


def _shown(row: Influence) -> str:
    return "0 here: ideal" if row.elasticity is None else f"{row.elasticity:+.2f}"


def sensitivity(rate: SecretKeyRate, uncertainties: Mapping[str, float] | None = None) -> Sensitivity:
    """How strongly each number of the data sheets moves the rate, and the interval that their uncertainties leave.

    Parameters
    ----------
    rate : SecretKeyRate
        A link with a key.
    uncertainties : mapping, optional
        Name such as ``"detector.dark_count_rate_hz"`` -> standard deviation in the field's unit, >= 0.

    Returns
    -------
    Sensitivity

    Raises
    ------
    TypeError, ValueError
        If the link has no key, or an uncertainty is none.
    KeyError
        If a name is not a number of the link.

    Notes
    -----
    Each number alone, all others and the intensities as they are. The interval moves one number at a time by one
    standard deviation, as far as its range goes, and adds the changes in quadrature: independent uncertainties, no
    shape assumed. Beyond the cliff the rate is 0, which no derivative tells.

    >>> from qnetlab.network.systems import gys_2004
    >>> found = sensitivity(gys_2004(length_km=100), {"detector.dark_count_rate_hz": 100})
    >>> found.influences[0].name, found.low < found.bits_per_s < found.high
    ('fiber.length_km', True)
    """
    require(isinstance(rate, SecretKeyRate), "a sensitivity needs a SecretKeyRate", got={"rate": (rate, "")},
            error=TypeError, why="It asks what moves a rate", fix="SecretKeyRate()")
    now = rate.bits_per_s
    require(now > 0, "a sensitivity needs a link with a key", got={"bits_per_s": now},
            why="Percent of nothing is nothing", fix=f"a length below {rate.reach_km:.1f} km")
    known = _numbers(rate)
    require(uncertainties is None or isinstance(uncertainties, Mapping), "uncertainties must be a mapping",
            got={"uncertainties": (uncertainties, "")}, error=TypeError, why="Each number has its own",
            fix='{"detector.efficiency": 0.01}')
    low = high = 0.0
    for name, width in (uncertainties or {}).items():
        require(name in known, f"an uncertainty must be of one of {', '.join(known)}", got={"name": (name, "")},
                why="These are the numbers of this link", fix=f'"{next(iter(known))}"', error=UnknownName)
        ok = isinstance(width, (int, float)) and not isinstance(width, bool) and 0 <= width <= 1e308
        require(ok, "an uncertainty must be a number >= 0", got={name: (width, known[name][1])},
                why="It is a standard deviation", fix=f"{name}: 0.1")
        changes = [_moved(rate, name, known[name][0] + side * width) - now for side in (-1, 1)]
        low += min(0.0, *changes) ** 2
        high += max(0.0, *changes) ** 2
    influences = [Influence(name, value, unit, _elasticity(rate, name, value)) for name, (value, unit) in known.items()]
    influences.sort(key=lambda row: -abs(row.elasticity) if row.elasticity is not None else math.inf)
    return Sensitivity(now, max(0.0, now - math.sqrt(low)), now + math.sqrt(high), tuple(influences), rate.assumptions)


_WITHOUT_EFFECT = ("fiber.group_index", "detector.jitter_s")


def _notes(rate: SecretKeyRate, name: str) -> Mapping[str, Any]:
    holder, _, field = name.rpartition(".")
    return field_notes(type(at(rate, holder) if holder else rate))[field]


def _numbers(rate: SecretKeyRate) -> dict[str, tuple[float, str]]:
    """Every finite number of the link that its key depends on, by name, with its unit."""
    return {name: (float(value), str(_notes(rate, name)["unit"])) for name, value in leaves(rate).items()
            if name not in _WITHOUT_EFFECT and _notes(rate, name).get("kind") == "number"
            and value is not None and math.isfinite(value)}


def _with(rate: SecretKeyRate, name: str, value: float) -> SecretKeyRate:
    """The link with one number changed, kept inside the number's range."""
    notes = _notes(rate, name)
    inside = min(max(value, notes["low"]), notes["high"])
    if (inside == notes["low"] and notes["low_open"]) or (inside == notes["high"] and notes["high_open"]):
        inside = at(rate, name)
    changed: SecretKeyRate = rebuilt(rate, {name: inside})
    return changed


def _moved(rate: SecretKeyRate, name: str, value: float) -> float:
    return float(_with(rate, name, value).bits_per_s)


def _elasticity(rate: SecretKeyRate, name: str, value: float) -> float | None:
    """Slope of ln(rate) against ln(value), from both sides, or from the one that is in range and has a key."""
    if value == 0:
        return None
    rates = {side: _moved(rate, name, value * math.exp(side * _STEP)) for side in (-1, 1)}
    here = rate.bits_per_s
    up = rates[1] if rates[1] > 0 and _with(rate, name, value * math.exp(_STEP)) != rate else None
    down = rates[-1] if rates[-1] > 0 and _with(rate, name, value * math.exp(-_STEP)) != rate else None
    ends = (down if down is not None else here, up if up is not None else here)
    steps = (up is not None) + (down is not None)
    return math.log(ends[1] / ends[0]) / (steps * _STEP) if steps else None
