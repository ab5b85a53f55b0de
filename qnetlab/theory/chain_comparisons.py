"""A published repeater node, turned around: which links it needed for what it reached."""

from __future__ import annotations

import math
from dataclasses import MISSING

from ..checks import custom, value
from ..units import light_delay_s
from .herald_times import attempt_time_s
from .published_rows import ROWS
from .records import Quantity, as_a, as_words
from .repeaters import mean_longest_wait
from .search import crossing

_GLASS = 1.4682


@value
class NeededLinks:
    """Which two equal links a measured repeater node needed if all else was perfect. Never a prediction.

    Parameters
    ----------
    id, link : str
        The row, and what stood there.
    rate, fidelity : Quantity
        What was measured, from end to end.
    success_probability : Quantity
        Of one attempt of either link, if attempts follow each other as fast as light allows, and each link keeps what
        it has until the other one has it, too.
    rate_without_memory : Quantity
        With the same links, if both had to succeed in the same attempt.
    pair_fidelity : Quantity
        Of either link's pair, if both were Werner pairs and the swap perfect.
    """

    id: str = custom(default=MISSING, coerce=as_words)
    link: str = custom(default=MISSING, coerce=as_words)
    rate: Quantity = custom(default=MISSING, coerce=as_a(Quantity))
    fidelity: Quantity = custom(default=MISSING, coerce=as_a(Quantity))
    success_probability: Quantity = custom(default=MISSING, coerce=as_a(Quantity))
    rate_without_memory: Quantity = custom(default=MISSING, coerce=as_a(Quantity))
    pair_fidelity: Quantity = custom(default=MISSING, coerce=as_a(Quantity))

    label = "inversion, not a prediction"

    def __str__(self) -> str:
        return (f"{self.id}, {self.link}: {self.rate} and F = {self.fidelity} needed p = {self.success_probability} "
                f"and pairs of {self.pair_fidelity}; {self.label}")


def needed_links() -> tuple[NeededLinks, ...]:
    """What the published repeater node of two 25 km links needed.

    Notes
    -----
    A photon goes out over L and the answer comes back, so an attempt takes 2 L n/c at least: 245 us. Two links with
    chance p wait (3 - 2p)/(p (2 - p)) attempts for each other; solved for p. Without memory the rate would be p^2 per
    attempt. Two Werner pairs of visibility V leave V^2. Nothing printed that was seen says p, so no forecast is made.

    >>> for found in needed_links():
    ...     print(found)
    LINK02, ions, 25 km on either side: 9.2 Hz (unconfirmed) and F = 0.720 ± 0.020 (unconfirmed) needed p = 0.003377 (unconfirmed) and pairs of 0.844 ± 0.013 (unconfirmed); inversion, not a prediction
    >>> print(needed_links()[0].rate_without_memory)
    0.04658 Hz (unconfirmed)
    """  # noqa: E501
    row = next(row for row in ROWS if row.id == "LINK02")
    rate, fidelity, length = row["rate"], row["fidelity"], row["segment_km"]
    cycle_s = float(attempt_time_s("sender_receiver", light_delay_s(length.value, _GLASS)))
    attempts = 1 / (rate.value * cycle_s)
    p = crossing(lambda chance: mean_longest_wait(chance, 2) - attempts, 1e-9, 1.0)
    sure = rate.confirmed and length.confirmed
    visibility = math.sqrt((4 * fidelity.value - 1) / 3)
    slope = 1 / (2 * visibility)  # dF/dF' = (3/4 dV) / (3/4 dV^2)
    low, high = fidelity.uncertainty_low, fidelity.uncertainty_high
    return (NeededLinks(
        id=row.id, link=f"ions, {length.value:g} km on either side", rate=rate, fidelity=fidelity,
        success_probability=Quantity(name="success_probability", value=p, confirmed=sure, where="computed from rate"),
        rate_without_memory=Quantity(name="rate_without_memory", value=p * p / cycle_s, unit="Hz", confirmed=sure,
                                     where="computed from rate"),
        pair_fidelity=Quantity(
            name="pair_fidelity", value=(1 + 3 * visibility) / 4, confirmed=fidelity.confirmed,
            where="computed from fidelity", uncertainty_low=None if low is None else slope * low,
            uncertainty_high=None if high is None else slope * high)),)
