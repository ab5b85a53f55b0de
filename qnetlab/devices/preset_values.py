"""Where every preset number comes from: value, source, place in it, and whether somebody looked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING
from html import escape

from ..checks import custom, number, value
from ..theory import published
from ..theory.records import as_flag, as_words


@value
class Cited:
    """One field of a preset, with its source.

    Parameters
    ----------
    preset, field : str
        Which field of which preset.
    value : float
        The number, in the field's unit.
    unit : str
    source : str
        Author, journal, year, doi.
    where : str
        The place in the source.
    confirmed : bool
        Whether the number was seen there. False: the source could not be opened.
    note : str
        What the number is, where the field's name does not say it all.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong type or out of its range.

    >>> Cited(preset="mine", field="t2_s", value=0.5, unit="s", source="my lab").confirmed
    False
    """

    preset: str = custom(default=MISSING, coerce=as_words)
    field: str = custom(default=MISSING, coerce=as_words)
    value: float = number(low_open=True, high_open=True)
    unit: str = custom(default="", coerce=as_words)
    source: str = custom(default=MISSING, coerce=as_words)
    where: str = custom(default="", coerce=as_words)
    confirmed: bool = custom(default=False, coerce=as_flag)
    note: str = custom(default="", coerce=as_words)


def _shown(cited: Cited) -> str:
    return f"{cited.value:g} {cited.unit}".rstrip()


def _seen(cited: Cited) -> str:
    return "confirmed" if cited.confirmed else "unconfirmed"


class Sources(tuple[Cited, ...]):
    """Some :class:`Cited` records; shows itself as a table.

    >>> Sources([Cited(preset="mine", field="t2_s", value=0.5, unit="s", source="my lab", where="page 7")])
    mine.t2_s = 0.5 s, unconfirmed
        my lab; page 7
    """

    __slots__ = ()

    _COLUMNS: tuple[tuple[str, Callable[[Cited], str]], ...] = (
        ("preset", lambda cited: cited.preset),
        ("field", lambda cited: cited.field),
        ("value", _shown),
        ("seen", _seen),
        ("source", lambda cited: cited.source),
        ("where in it", lambda cited: cited.where),
        ("note", lambda cited: cited.note),
    )

    def __repr__(self) -> str:
        lines = []
        for cited in self:
            lines.append(f"{cited.preset}.{cited.field} = {_shown(cited)}, {_seen(cited)}")
            lines.append(f"    {cited.source}; {cited.where}")
            if cited.note:
                lines.append(f"    {cited.note}")
        return "\n".join(lines) or "none"

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope='col'>{escape(title)}</th>" for title, _ in self._COLUMNS)
        body = ""
        for cited in self:
            first, *others = (escape(read(cited)) for _, read in self._COLUMNS)
            cells = "".join(f"<td>{cell}</td>" for cell in others)
            body += f"<tr><th scope='row'>{first}</th>{cells}</tr>"
        return (
            f"<table><caption>Preset values and their sources</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )


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
