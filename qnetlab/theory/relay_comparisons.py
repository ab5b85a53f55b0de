"""Published networks of trusted relays beside what follows from other experiments, and what of it is arithmetic."""

from __future__ import annotations

from .published_rows import ROWS
from .records import Comparison, Quantity
from .trusted_relays import relayed_bits

_ROWS = {row.id: row for row in ROWS}


def relay_comparisons() -> tuple[Comparison, ...]:
    """Rate and reach of two satellite networks.

    Notes
    -----
    SAT05 is predicted from another experiment, the pass of SAT02: its key over its seconds, for both stations, of which
    a relay leaves the smaller. SAT06 is arithmetic with published numbers: two rates divided, two distances added; it
    can show a misprint and nothing else.

    >>> for found in relay_comparisons():
    ...     print(found.id, found.predicted, "|", found.measured)
    SAT05 1102 bit/s (unconfirmed) | 1000 bit/s
    SAT06 43.36 (unconfirmed) | 40
    SAT06 4600 km (unconfirmed) | 4600 km
    """
    before, relayed, network = _ROWS["SAT02"], _ROWS["SAT05"], _ROWS["SAT06"]
    one_pass = before["key_bits"].value / before["pass_s"].value
    return (
        Comparison(
            id="SAT05", measured=relayed["key_rate_bps"],
            predicted=Quantity(name="key_rate_bps", value=float(relayed_bits(one_pass, one_pass)), unit="bit/s",
                               where="from the pass of SAT02, for both stations"),
            reading="a prediction from another pass, and the order of magnitude is all that was stated: the smaller of "
                    "two passes of a kilobit per second, not their sum",
        ),
        Comparison(
            id="SAT06", measured=network["times_more_than"],
            predicted=Quantity(name="times", value=network["key_rate_bps"].value / one_pass, where="over SAT02"),
            reading="arithmetic, no prediction: 47.8 kbit/s over the 1.1 kbit/s of 2017 are more than 40",
        ),
        Comparison(
            id="SAT06", measured=network["reach_km"],
            predicted=Quantity(name="reach_km", unit="km", where="ground and remote node added", value=(
                network["fiber_km_more_than"].value + network["remote_km_more_than"].value)),
            reading="arithmetic: 2000 km on the ground and 2600 km behind the satellite",
        ),
    )
