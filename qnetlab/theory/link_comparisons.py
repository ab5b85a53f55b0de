"""Published heralded links: what can be predicted of them, what is only turned around, and why a prediction misses."""

from __future__ import annotations

import math
from dataclasses import MISSING

from ..checks import custom, value
from ..units import db_to_probability, light_delay_s
from .herald_times import attempt_time_s, delivered_fidelity
from .published_rows import ROWS
from .records import Comparison, Quantity, as_a, as_words

_ROWS = {row.id: row for row in ROWS}
_GLASS = 1.4682


@value
class NeededEfficiency:
    """Which share of its photons a measured two-click link needed to see. Never a prediction.

    Parameters
    ----------
    id, link : str
        The row, and what stood there.
    success_probability, efficiency : Quantity
        What was measured, and sqrt(2 p) of it: both photons must be seen, and linear optics tells half of the rest.
    """

    id: str = custom(default=MISSING, coerce=as_words)
    link: str = custom(default=MISSING, coerce=as_words)
    success_probability: Quantity = custom(default=MISSING, coerce=as_a(Quantity))
    efficiency: Quantity = custom(default=MISSING, coerce=as_a(Quantity))

    label = "inversion, not a prediction"

    def __str__(self) -> str:
        needed = f"p = {self.success_probability} needed eta = {self.efficiency} for each photon"
        return f"{self.id}, {self.link}: {needed}; {self.label}"


def needed_efficiencies() -> tuple[NeededEfficiency, ...]:
    """What two published two-click links needed, eta = sqrt(2 p).

    >>> for found in needed_efficiencies():
    ...     print(found)
    LINK01, calcium ions, 230 m: p = 4e-05 needed eta = 0.008944 for each photon; inversion, not a prediction
    LINK13, strontium ions, one laboratory: p = 0.000218 (unconfirmed) needed eta = 0.02088 (unconfirmed) for each photon; inversion, not a prediction
    """  # noqa: E501
    found = []
    for row_id, link in (("LINK01", "calcium ions, 230 m"), ("LINK13", "strontium ions, one laboratory")):
        measured = _ROWS[row_id]["success_probability"]
        eta = Quantity(name="efficiency", value=math.sqrt(2 * measured.value), confirmed=measured.confirmed,
                       where="computed from success_probability")
        found.append(NeededEfficiency(id=row_id, link=link, success_probability=measured, efficiency=eta))
    return tuple(found)


def link_comparisons() -> tuple[Comparison, ...]:
    """What heralding says of published links from their own inputs, beside what was measured.

    Notes
    -----
    LINK05: the one photon of an attempt goes the whole way and the answer comes back, so at most
    10^(-loss/10) / (2 L n/c) pairs per second. LINK09: pairs come at 39 Hz and decay at 5 Hz; what stands when the
    clock ticks after 100 ms is :func:`~qnetlab.theory.herald_times.delivered_fidelity` with perfect fresh pairs.
    LINK13: attempts per second times success.

    >>> for found in link_comparisons():
    ...     print(found.id, found.predicted, "|", found.measured)
    LINK05 58.2 Hz (unconfirmed) | 1 Hz (unconfirmed)
    LINK09 0.7544 | 0.5
    LINK13 181.6 Hz (unconfirmed) | 182 Hz (unconfirmed)
    """
    far, clock, ions = _ROWS["LINK05"], _ROWS["LINK09"], _ROWS["LINK13"]
    cycle_s = float(attempt_time_s("sender_receiver", light_delay_s(far["fiber_km"].value, _GLASS)))
    most_hz = float(db_to_probability(far["loss_db"].value)) / cycle_s
    kept = delivered_fidelity(clock["rate_hz"].value, clock["decoherence_hz"].value, clock["clock_s"].value)
    rate_hz = ions["attempt_rate_hz"].value * ions["success_probability"].value
    return (
        Comparison(
            id=far.id, measured=far["highest_rate_hz"],
            predicted=Quantity(name="highest_rate_hz", value=most_hz, unit="Hz", where="loss and way of one photon"),
            reading="an upper end, 58 times too high: the fiber is not what is slow. Pulses of far less than a photon, "
                    "cavities, conversion of the color, detectors, and spins to be made ready take the rest"),
        Comparison(
            id=clock.id, measured=clock["delivered_fidelity"],
            predicted=Quantity(name="delivered_fidelity", value=float(kept), confirmed=True,
                               where="perfect fresh pairs at the highest rate"),
            reading="an upper end, and only a lower end was measured: so high a rate needs bright memories, and "
                    "their pairs are not perfect, F = 1 - a, when they come"),
        Comparison(
            id=ions.id, measured=ions["rate_hz"],
            predicted=Quantity(name="rate_hz", value=rate_hz, unit="Hz", where="attempts times success"),
            reading="no test of the scheme: both factors are the experiment's own, and all three are from memory"),
    )
