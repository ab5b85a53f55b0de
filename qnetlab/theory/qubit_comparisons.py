"""Published losses, error floors and teleportations beside what counting and copying say of them."""

from __future__ import annotations

from typing import NamedTuple

from .cloning import CLONING_LIMIT
from .counting import contrast_error
from .published_rows import ROWS
from .records import Comparison, Quantity
from .teleportation import CLASSICAL_LIMIT

_ROWS = {row.id: row for row in ROWS}

#: How many detectors a receiver for four states has.
_DETECTORS = 4


class Margin(NamedTuple):
    """A measured teleportation, and how many of its standard deviations lie above each limit; None without any."""

    id: str
    fidelity: Quantity
    above_phone: float | None
    above_copier: float | None


def optics_comparisons() -> tuple[Comparison, ...]:
    """What light lost and what it got wrong, beside what the data sheets say.

    Notes
    -----
    FIB04: attenuation times length. SAT02: the polarization contrast alone, 1/(C + 1), and with it the clicks of dark
    detectors inside the gates, half of which are wrong: N d g f t/(2 n) for N detectors with dark rate d, gate g, clock
    f, a pass of t and n detections.

    >>> for found in optics_comparisons():
    ...     print(found.id, found.predicted, "|", found.measured)
    FIB04 52.19 dB (unconfirmed) | 51.9 dB
    SAT02 0.003559 (unconfirmed) | 0.011 (unconfirmed)
    SAT02 0.004327 (unconfirmed) | 0.011 (unconfirmed)
    """
    fiber, satellite = _ROWS["FIB04"], _ROWS["SAT02"]
    loss_db = fiber["fiber_km"].value * fiber["attenuation_db_per_km"].value
    floor = float(contrast_error(satellite["polarization_contrast"].value))
    opened = satellite["gate_s"].value * satellite["clock_hz"].value * satellite["pass_s"].value
    dark = _DETECTORS * satellite["dark_count_rate_hz"].value * opened / (2 * satellite["detections"].value)

    def error_rate(value: float, where: str) -> Quantity:
        return Quantity(name="error_rate", value=value, where=where)

    return (
        Comparison(
            id="FIB04",
            measured=fiber["loss_db"],
            predicted=Quantity(name="loss_db", value=loss_db, unit="dB", where="attenuation times length"),
            reading="below the most that the data sheet allows; ordinary fiber would have lost 61.4 dB",
        ),
        Comparison(
            id="SAT02",
            measured=satellite["error_rate"],
            predicted=error_rate(floor, "contrast alone"),
            reading="the contrast alone makes a third of the errors",
        ),
        Comparison(
            id="SAT02",
            measured=satellite["error_rate"],
            predicted=error_rate(floor + dark, "contrast, and dark counts inside the gates"),
            reading="dark counts add little; the rest is light from elsewhere and axes that do not quite match",
        ),
    )


def copy_margins() -> tuple[Margin, ...]:
    """Measured teleportations against 2/3, which needs no pair, and 5/6, which no two equal copies can exceed.

    Whoever holds a qubit with F above 5/6 knows that nobody else can hold as good a one.

    >>> for margin in copy_margins():
    ...     print(margin.id, margin.fidelity, margin.above_phone, margin.above_copier)
    FS03 0.820 ± 0.010 15.3 -1.3
    SAT03 0.800 ± 0.010 13.3 -3.3
    TEL01 0.9 None None
    TEL02 0.906 ± 0.026 9.2 2.8
    """
    measured = {name: _ROWS[name]["average_fidelity"] for name in ("FS03", "SAT03", "TEL01", "TEL02")}
    return tuple(Margin(name, fidelity, _above(fidelity, CLASSICAL_LIMIT), _above(fidelity, CLONING_LIMIT))
                 for name, fidelity in measured.items())


def _above(fidelity: Quantity, limit: float) -> float | None:
    sigmas = fidelity.sigmas_from(limit)
    return None if sigmas is None else round(sigmas if fidelity.value > limit else -sigmas, 1)
