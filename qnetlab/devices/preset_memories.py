"""Published memories: what each keeps and for how long, and what it costs, with sources.

Coherence, light that comes back, and a rate of pairs are three records of mostly three laboratories: a preset holds
what one of them measured, all else ideal, and what others paid stands beside it as its costs.
"""

from __future__ import annotations

from typing import Any

from .cited import Cited, Sources
from .memory import Memory

_ABOBEIH = "M. H. Abobeih et al., Nature Communications 9 (2018), doi:10.1038/s41467-018-04916-z"
_BRADLEY = "C. E. Bradley et al., Physical Review X 9, 031045 (2019), doi:10.1103/PhysRevX.9.031045"
_CANTERI = "M. Canteri et al., arXiv:2406.09480 (2024), doi:10.48550/arXiv.2406.09480"
_HUMPHREYS = "P. C. Humphreys et al., Nature 558, 268 (2018), doi:10.1038/s41586-018-0200-5"
_KATZ = "O. Katz, O. Firstenberg, Nature Communications 9, 2074 (2018), doi:10.1038/s41467-018-04458-4"
_KNAUT = "C. M. Knaut et al., Nature 629, 573 (2024), doi:10.1038/s41586-024-07252-z"
_LAGO = "D. Lago-Rivera et al., Nature 594, 37 (2021), doi:10.1038/s41586-021-03481-8"
_MINUTE = "Minute-scale photonic quantum memory, arXiv:2511.12537 (2025), doi:10.48550/arXiv.2511.12537"
_PU = "Y.-F. Pu et al., Nature Communications 8, 15359 (2017), doi:10.1038/ncomms15359"
_STAS = "P.-J. Stas et al., Science 378, 557 (2022), doi:10.1126/science.add9771"
_STEPHENSON = "L. J. Stephenson et al., Physical Review Letters 124, 110501 (2020), doi:10.1103/PhysRevLett.124.110501"
_SUKACHEV = "D. D. Sukachev et al., Physical Review Letters 119, 223602 (2017), doi:10.1103/PhysRevLett.119.223602"
_WANG = "P. Wang et al., Nature Communications 12 (2021), doi:10.1038/s41467-020-20330-w"
_YANG = "S.-J. Yang et al., Nature Photonics 10 (2016), doi:10.1038/nphoton.2016.51"
_ZHONG = "M. Zhong et al., Nature 517, 177 (2015), doi:10.1038/nature14025"

#: The fields of the presets.
MEMORIES = Sources((
    Cited(preset="trapped_ion", field="t2_s", value=3600, unit="s", confirmed=True, where="title", source=_WANG,
          note="lower bound ('estimated coherence time exceeding one hour'); one 171Yb+ ion"),
    Cited(preset="nv_center", field="t2_s", value=1, unit="s", confirmed=True, where="abstract", source=_ABOBEIH,
          note="lower bound ('exceeding a second'); electron spin with tailored decoupling"),
    Cited(preset="nv_carbon", field="t2_s", value=75, unit="s", where="abstract", source=_BRADLEY,
          note="lower bound ('over 75 seconds'), seen only as quoted by others; one 13C nuclear spin with decoupling"),
    Cited(preset="siv_center", field="t1_s", value=1, unit="s", source=_SUKACHEV, confirmed=True, where="abstract",
          note="lower bound ('exceeding 1 s'); electron spin at 100 mK"),
    Cited(preset="siv_center", field="t2_s", value=0.013, unit="s", source=_SUKACHEV, confirmed=True, where="abstract",
          note="electron spin at 100 mK"),
    Cited(preset="siv_nuclear", field="t2_s", value=2.1, unit="s", source=_STAS, confirmed=True,
          where="text on Fig. 2C", note="2.1 ± 0.1 s; 29Si nuclear spin, 128 decoupling blocks"),
    Cited(preset="rare_earth", field="t2_s", value=22_200, unit="s", confirmed=True, where="abstract", source=_ZHONG,
          note="370 ± 60 minutes at 2 K; nuclear spins of 151Eu in Y2SiO5 with decoupling"),
    Cited(preset="rare_earth_photons", field="retrieval_lifetime_s", value=27.6, unit="s", confirmed=True,
          where="abstract", source=_MINUTE, note="1/e, 27.6 ± 0.6 s, pulses of single-photon level; preprint"),
    Cited(preset="rare_earth_modes", field="modes", value=62, confirmed=True, where="abstract", source=_LAGO,
          note="temporal modes; Pr in Y2SiO5, stored for a time set beforehand, up to 25 us"),
    Cited(preset="cold_atoms", field="read_efficiency", value=0.76, source=_YANG, confirmed=True, where="abstract",
          note="initial retrieval efficiency 76(5) %"),
    Cited(preset="cold_atoms", field="retrieval_lifetime_s", value=0.22, unit="s", source=_YANG, confirmed=True,
          where="abstract", note="1/e lifetime 0.22(1) s"),
    Cited(preset="cold_atoms_cells", field="modes", value=225, source=_PU, where="title",
          note="individually accessible cells in one cloud; recalled"),
    Cited(preset="warm_vapor", field="retrieval_lifetime_s", value=0.15, unit="s", source=_KATZ, confirmed=True,
          where="abstract of the preprint, arXiv:1710.06844v1", note="1/e; bright pulses in cesium vapor"),
))

#: What has no field in a model: temperature, pairs per second, photons seen.
COSTS = Sources((
    Cited(preset="trapped_ion", field="rate_hz", value=182, unit="Hz", source=_STEPHENSON, where="abstract",
          note="pairs of two strontium ions in one laboratory; recalled"),
    Cited(preset="trapped_ion", field="photon_seen", value=0.091, source=_CANTERI, confirmed=True, where="abstract",
          note="9.1(8) %: a photon asked of a calcium ion in a cavity is detected"),
    Cited(preset="nv_center", field="rate_hz", value=39, unit="Hz", source=_HUMPHREYS, confirmed=True,
          where="abstract", note="pairs over 2 m, 'up to'"),
    Cited(preset="nv_center", field="temperature_k", value=3.7, unit="K", source=_ABOBEIH, where="methods",
          note="recalled"),
    Cited(preset="nv_carbon", field="temperature_k", value=3.7, unit="K", source=_BRADLEY, where="methods",
          note="recalled"),
    Cited(preset="siv_center", field="temperature_k", value=0.1, unit="K", source=_SUKACHEV, confirmed=True,
          where="abstract"),
    Cited(preset="siv_center", field="rate_hz", value=1, unit="Hz", source=_KNAUT, where="text",
          note="pairs over 20 m, at most; recalled"),
    Cited(preset="siv_nuclear", field="temperature_k", value=0.1, unit="K", source=_STAS, confirmed=True,
          where="text on Fig. 3", note="works with lower fidelity up to 4.3 K"),
    Cited(preset="rare_earth", field="temperature_k", value=2, unit="K", source=_ZHONG, confirmed=True,
          where="abstract"),
    Cited(preset="rare_earth_modes", field="rate_hz", value=1400, unit="Hz", source=_LAGO, confirmed=True,
          where="abstract", note="heralds, 'up to'; what is heralded is a photon shared by two crystals"),
))


def _numbers(preset: str) -> dict[str, Any]:
    return {cited.field: int(cited.value) if cited.field == "modes" else cited.value
            for cited in MEMORIES if cited.preset == preset}


def trapped_ion() -> Memory:
    """A single ytterbium ion: T2 of an hour. T1, efficiencies and read-out lifetime stay ideal.

    The hour is an estimate, for an ion that does nothing but wait; one that also talks to photons keeps less.

    >>> trapped_ion().t2_s
    3600.0
    """
    return Memory(**_numbers("trapped_ion"))


def nv_center() -> Memory:
    """The electron spin of a nitrogen-vacancy center in diamond: T2 of a second. All else stays ideal.

    >>> nv_center().t2_s
    1.0
    """
    return Memory(**_numbers("nv_center"))


def nv_carbon() -> Memory:
    """A carbon-13 nuclear spin beside a nitrogen-vacancy center: T2 of 75 seconds, unconfirmed. All else stays ideal.

    It talks to photons only through the electron, whose attempts at a link disturb it.

    >>> nv_carbon().t2_s
    75.0
    """
    return Memory(**_numbers("nv_carbon"))


def siv_center() -> Memory:
    """The electron spin of a silicon-vacancy center in diamond: T1 of a second, T2 of 13 ms, at 100 mK.

    All else stays ideal. Nuclear spins beside it keep longer: :func:`siv_nuclear`.

    >>> siv_center().t2_s
    0.013
    """
    return Memory(**_numbers("siv_center"))


def siv_nuclear() -> Memory:
    """The silicon-29 nuclear spin of a silicon-vacancy center: T2 of 2.1 s. All else stays ideal.

    >>> siv_nuclear().t2_s
    2.1
    """
    return Memory(**_numbers("siv_nuclear"))


def rare_earth() -> Memory:
    """Europium nuclear spins in a crystal: T2 of six hours, at 2 K.

    T1, efficiencies and read-out lifetime stay ideal. Coherence is not storage: no photon waited six hours.

    >>> rare_earth().t2_s / 3600 > 6
    True
    """
    return Memory(**_numbers("rare_earth"))


def rare_earth_photons() -> Memory:
    """Europium in a crystal as a memory of single-photon pulses: 1/e of the light comes back after 27.6 s.

    T1, T2 and the efficiency at the beginning stay ideal; they were not taken from the source.

    >>> round(rare_earth_photons().retrieval_efficiency(60), 3)
    0.114
    """
    return Memory(**_numbers("rare_earth_photons"))


def rare_earth_modes() -> Memory:
    """A praseodymium crystal that takes 62 photons, one after the other, and gives them back in that order.

    All else stays ideal. It stores for a time set beforehand, at most 25 us: about 5 km of herald.

    >>> rare_earth_modes().modes
    62
    """
    return Memory(**_numbers("rare_earth_modes"))


def cold_atoms() -> Memory:
    """Laser-cooled atoms in an optical lattice and a ring cavity: 76 % read out, 1/e of that after 0.22 s.

    T1, T2 and the write efficiency stay ideal: what fades is the chance to get the photon out, not its state.

    >>> round(cold_atoms().retrieval_efficiency(0.1), 6)
    0.4824
    """
    return Memory(**_numbers("cold_atoms"))


def cold_atoms_cells() -> Memory:
    """One cloud of laser-cooled atoms, addressed as 225 cells; unconfirmed. All else stays ideal.

    >>> cold_atoms_cells().modes
    225
    """
    return Memory(**_numbers("cold_atoms_cells"))


def warm_vapor() -> Memory:
    """Cesium vapor at room temperature: 1/e of the light comes back after 0.15 s.

    T1, T2 and the efficiency at the beginning stay ideal; bright pulses were stored, no single photons.

    >>> round(warm_vapor().retrieval_efficiency(1.0), 4)
    0.0013
    """
    return Memory(**_numbers("warm_vapor"))
