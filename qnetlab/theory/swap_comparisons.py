"""A published swap, and a published GHZ state, beside what their two pairs allow."""

from __future__ import annotations

from .ghz import shared_ghz
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


def ghz_comparison() -> Comparison:
    """The measured GHZ state of three nodes beside F = [(1 + V1)(1 + V2)/4 + V1 V2]/2 of its two Werner pairs.

    Notes
    -----
    An upper end, as in :func:`swap_comparisons`: the middle node joins its two halves with gates and a readout that
    err, after the first pair has waited for the second. No state in which one party stands apart passes 1/2.

    >>> found = ghz_comparison()
    >>> print(found.predicted, "|", found.measured)
    0.652 (unconfirmed) | 0.538 ± 0.018 (unconfirmed)
    """
    row = _ROWS["LINK07"]
    pairs = [fresh_pair("phi_plus", row[name].value, "white") for name in ("first_pair_fidelity",
                                                                           "second_pair_fidelity")]
    return Comparison(
        id=row.id, measured=row["ghz_fidelity"],
        reading="6 sigma below its pairs, 2 above one half: the middle's waiting, gates and readout took the rest",
        predicted=Quantity(name="ghz_fidelity", value=float(shared_ghz(pairs).fidelity),
                           where="both pairs Werner pairs, the middle node and all memories perfect"))
