"""Published memories beside what their coherence alone would say."""

from __future__ import annotations

import math

from .memories import coherence_exponent
from .published_rows import ROWS
from .records import Comparison, Quantity

_ROWS = {row.id: row for row in ROWS}


def memory_comparisons() -> tuple[Comparison, ...]:
    """A stored pulse beside the coherence of the same kind of crystal, and a T2 beside the bound that T1 sets.

    Notes
    -----
    Neither is a prediction in the strict sense. The first takes the T2 of one experiment (MEM02) for the storage of
    another (MEM04): in an ensemble, spins that dephased no longer shine together, so that light is *lost*, while what
    comes back keeps its phase. The second is a bound, T2 <= 2 T1.

    >>> for found in memory_comparisons():
    ...     print(found.id, found.predicted, "|", found.measured)
    MEM04 0.850 +0.019 -0.026 | 0.929 ± 0.049
    MEM06 2 | 0.5
    """
    spins, light, ratio = _ROWS["MEM02"]["coherence_time_min"], _ROWS["MEM04"], _ROWS["MEM06"]

    def left(t2_min: float) -> float:
        return math.exp(-coherence_exponent(light["stored_min"].value, t1_s=math.inf, t2_s=t2_min))

    low, high = spins.uncertainty_low or 0.0, spins.uncertainty_high or 0.0
    phase = Quantity(name="visibility", value=left(spins.value), confirmed=spins.confirmed,
                     where="exp(-t/T2) with the T2 of MEM02",
                     uncertainty_low=left(spins.value) - left(spins.value - low),
                     uncertainty_high=left(spins.value + high) - left(spins.value))
    bound = Quantity(name="t2_over_t1", value=2.0, confirmed=True, where="T2 <= 2 T1")
    return (
        Comparison(id="MEM04", predicted=phase, measured=light["visibility"],
                   reading="not told apart; a visibility is of the light that came back, whatever was lost"),
        Comparison(id="MEM06", predicted=bound, measured=ratio["t2_over_t1"],
                   reading="four times below the bound: phonons that relax the spin dephase it as well"),
    )
