"""Where every preset number comes from: value, source, place in it, and whether somebody looked."""

from __future__ import annotations

from ..theory import published
from .cited import Cited, Sources
from .preset_memories import MEMORIES
from .preset_optics import DETECTORS, LASERS, OPTICS_FIBERS


def _link(preset: str, row_id: str, quantity: str, note: str) -> Cited:
    """The fidelity of a published pair, from the row that holds it."""
    row = published.row(row_id)
    seen = row[quantity]
    return Cited(
        preset=preset,
        field="fidelity",
        value=seen.value,
        source=row.source,
        where=seen.where,
        confirmed=seen.confirmed,
        note=note,
    )


_SMF_28 = "Corning Incorporated, SMF-28e+ optical fiber, product information"

#: Every preset value that is not an ideal default; a preset's function reads its numbers from here only.
CITED = Sources(
    (
        Cited(
            preset="smf_28",
            field="attenuation_db_per_km",
            value=0.2,
            unit="dB/km",
            source=_SMF_28,
            where="maximum attenuation at 1550 nm",
            note="seen only as quoted by others, 0.19 to 0.22",
        ),
        Cited(
            preset="smf_28",
            field="group_index",
            value=1.4682,
            source=_SMF_28,
            where="effective group index of refraction at 1550 nm",
            note="recalled",
        ),
        Cited(
            preset="ultra_low_loss",
            field="attenuation_db_per_km",
            value=0.17,
            unit="dB/km",
            confirmed=True,
            source="Corning Incorporated, SMF-28 ULL optical fiber, product information PI1470 (2014)",
            where="maximum attenuation at 1550 nm",
            note="what the maker guarantees; typical fiber is better",
        ),
        *OPTICS_FIBERS,
        *DETECTORS,
        *LASERS,
        *MEMORIES,
        _link("link_trapped_ion_230m", "LINK01", "pair_fidelity", "heralded pair, +0.023 -0.060"),
        _link("link_siv_35km", "LINK05", "pair_fidelity_35km", "heralded pair of nuclear spins, ± 0.07"),
        _link("link_siv_20m", "LINK05", "pair_fidelity_20m", "heralded pair of electron spins, ± 0.03"),
        _link("link_transmon_30m", "BELL03", "pair_fidelity", "deterministic pair"),
    )
)
