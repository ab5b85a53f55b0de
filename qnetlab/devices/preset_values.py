"""Where every preset number comes from: value, source, place in it, and whether somebody looked."""

from __future__ import annotations

from ..theory import published
from .cited import Cited, Sources
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
_SUKACHEV = (
    "D. D. Sukachev et al., Physical Review Letters 119, 223602 (2017), doi:10.1103/PhysRevLett.119.223602"
)
_YANG = "S.-J. Yang et al., Nature Photonics 10 (2016), doi:10.1038/nphoton.2016.51"

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
        Cited(
            preset="trapped_ion",
            field="t2_s",
            value=3600,
            unit="s",
            confirmed=True,
            where="title",
            source="P. Wang et al., Nature Communications 12 (2021), doi:10.1038/s41467-020-20330-w",
            note="lower bound ('estimated coherence time exceeding one hour'); one 171Yb+ ion",
        ),
        Cited(
            preset="nv_center",
            field="t2_s",
            value=1,
            unit="s",
            confirmed=True,
            where="abstract",
            source="M. H. Abobeih et al., Nature Communications 9 (2018), doi:10.1038/s41467-018-04916-z",
            note="lower bound ('exceeding a second'); electron spin with tailored decoupling",
        ),
        Cited(
            preset="siv_center",
            field="t1_s",
            value=1,
            unit="s",
            source=_SUKACHEV,
            confirmed=True,
            where="abstract",
            note="lower bound ('exceeding 1 s'); electron spin at 100 mK",
        ),
        Cited(
            preset="siv_center",
            field="t2_s",
            value=0.013,
            unit="s",
            source=_SUKACHEV,
            confirmed=True,
            where="abstract",
            note="electron spin at 100 mK",
        ),
        Cited(
            preset="rare_earth",
            field="t2_s",
            value=22_200,
            unit="s",
            confirmed=True,
            where="abstract",
            source="M. Zhong et al., Nature 517, 177 (2015), doi:10.1038/nature14025",
            note="370 ± 60 minutes at 2 K; nuclear spins of 151Eu in Y2SiO5 with decoupling",
        ),
        Cited(
            preset="cold_atoms",
            field="read_efficiency",
            value=0.76,
            source=_YANG,
            confirmed=True,
            where="abstract",
            note="initial retrieval efficiency 76(5) %",
        ),
        Cited(
            preset="cold_atoms",
            field="retrieval_lifetime_s",
            value=0.22,
            unit="s",
            source=_YANG,
            confirmed=True,
            where="abstract",
            note="1/e lifetime 0.22(1) s",
        ),
        _link("link_trapped_ion_230m", "LINK01", "pair_fidelity", "heralded pair, +0.023 -0.060"),
        _link("link_siv_35km", "LINK05", "pair_fidelity_35km", "heralded pair of nuclear spins, ± 0.07"),
        _link("link_siv_20m", "LINK05", "pair_fidelity_20m", "heralded pair of electron spins, ± 0.03"),
        _link("link_transmon_30m", "BELL03", "pair_fidelity", "deterministic pair"),
    )
)
