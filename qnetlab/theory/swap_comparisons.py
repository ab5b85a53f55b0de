"""A published swap beside what its two pairs allow."""

from __future__ import annotations

from .published_rows import ROWS
from .records import Comparison, Quantity
from .states import bell_fidelity, fresh_pair
from .swapping import swapped_pair

_ROWS = {row.id: row for row in ROWS}


def swap_comparisons() -> tuple[Comparison, ...]:
    """Measured swaps beside F1 F2 + (1 - F1)(1 - F2)/3, which holds for two Werner pairs and a perfect station.

    Notes
    -----
    An upper end rather than a prediction: waiting, gates and readout of the station only lower it.

    >>> for found in swap_comparisons():
    ...     print(found.id, found.predicted, "|", found.measured)
    LINK07 0.6604 (unconfirmed) | 0.551 ± 0.013 (unconfirmed)
    LINK07 0.6604 (unconfirmed) | 0.587 ± 0.028 (unconfirmed)
    """
    row = _ROWS["LINK07"]
    fidelities = [row[name].value for name in ("first_pair_fidelity", "second_pair_fidelity")]
    swapped = swapped_pair([fresh_pair("phi_plus", fidelity, "white") for fidelity in fidelities])
    ideal = float(bell_fidelity(swapped, "phi_plus"))
    where = "both pairs Werner pairs, station and memories perfect"
    readings = {
        "swapped_fidelity": "8 sigma below: the pair that waits, the gates and the readout take the rest",
        "heralded_fidelity": "2.6 sigma below: without the less sure readouts, memory and gates remain",
    }
    return tuple(
        Comparison(id=row.id, measured=row[name], reading=reading,
                   predicted=Quantity(name=name, value=ideal, where=where))
        for name, reading in readings.items()
    )
