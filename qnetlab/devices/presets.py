"""Named hardware: real numbers with their sources, everything else at its ideal default.

A preset is a function, so that a fiber can have a length and a value is built fresh and checked::

    presets.smf_28(length_km=50)
    presets.nv_center()
    presets.sources("nv_center")     # which number comes from where
    presets.unconfirmed()            # which sources nobody could open
    presets.platforms()              # memories side by side: what each keeps, and what it costs

Only what has a source deviates from the ideal. What is not listed was not measured as perfect, it is left
out; and the memories are records, each from its own laboratory, not parts of one machine.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

from ..checks import UnknownName, require
from .cited import Cited, Sources
from .detector import Detector
from .fiber import Fiber
from .photon_source import WeakCoherentSource
from .platforms import Platform, Platforms, platforms
from .preset_memories import (
    COSTS,
    cold_atoms,
    cold_atoms_cells,
    nv_carbon,
    nv_center,
    rare_earth,
    rare_earth_modes,
    rare_earth_photons,
    siv_center,
    siv_nuclear,
    trapped_ion,
    warm_vapor,
)
from .preset_values import CITED
from .source import PhotonPairSource

__all__ = [
    "NAMES",
    "Cited",
    "Platform",
    "Platforms",
    "Sources",
    "cold_atoms",
    "cold_atoms_cells",
    "costs",
    "gys_detector",
    "gys_fiber",
    "gys_laser",
    "ingaas",
    "laser_625_mhz",
    "laser_2500_mhz",
    "link_siv_20m",
    "link_siv_35km",
    "link_transmon_30m",
    "link_trapped_ion_230m",
    "nv_carbon",
    "nv_center",
    "platforms",
    "rare_earth",
    "rare_earth_modes",
    "rare_earth_photons",
    "siv_center",
    "siv_nuclear",
    "smf_28",
    "snspd",
    "sources",
    "trapped_ion",
    "ultra_low_loss",
    "unconfirmed",
    "warm_vapor",
]

#: All presets, fibers first.
NAMES: tuple[str, ...] = tuple(dict.fromkeys(cited.preset for cited in CITED))


def _numbers(preset: str) -> dict[str, Any]:
    return {cited.field: cited.value for cited in CITED if cited.preset == preset}


def sources(preset: str | Callable[..., Any] | None = None) -> Sources:
    """Where the numbers of a preset come from; of all presets if none is named.

    Parameters
    ----------
    preset : str or function, optional
        A name, such as ``"nv_center"``, or the preset itself.

    Returns
    -------
    Sources
        A tuple of :class:`Cited` that shows itself as a table.

    Raises
    ------
    KeyError
        If there is no such preset.

    >>> [(cited.field, cited.value, cited.where) for cited in sources("siv_center")]
    [('t1_s', 1.0, 'abstract'), ('t2_s', 0.013, 'abstract')]
    """
    return CITED if preset is None else Sources(cited for cited in CITED if cited.preset == _known(preset))


def costs(preset: str | Callable[..., Any] | None = None) -> Sources:
    """What a memory costs beside its coherence: temperature, pairs per second, photons seen; of all if none is named.

    The numbers are no fields of :class:`~qnetlab.devices.memory.Memory`: no model uses them, and each may come from
    another laboratory than the coherence does.

    >>> [(cited.field, cited.value, cited.unit) for cited in costs("nv_center")]
    [('rate_hz', 39.0, 'Hz'), ('temperature_k', 3.7, 'K')]
    """
    return COSTS if preset is None else Sources(cited for cited in COSTS if cited.preset == _known(preset))


def _known(preset: str | Callable[..., Any]) -> str:
    """The name of a preset, if it is one."""
    name = str(getattr(preset, "__name__", preset))
    near = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.3) or [NAMES[0]]
    require(
        name in NAMES,
        f"a preset must be one of {', '.join(NAMES)}",
        got={"preset": (name, "")},
        why="Only what has a source is a preset",
        fix=f'sources("{near[0]}")',
        error=UnknownName,
    )
    return name


def unconfirmed() -> Sources:
    """The numbers whose source could not be opened: recalled, or quoted by others.

    Those of :func:`costs` among them.

    >>> sorted({cited.preset for cited in unconfirmed() if cited.preset.startswith("link")})
    ['link_transmon_30m']
    """
    return Sources(cited for cited in (*CITED, *COSTS) if not cited.confirmed)


# ------------------------------------------------------------------------------------------------ fibers


def smf_28(*, length_km: float) -> Fiber:
    """Standard single-mode fiber at 1550 nm: 0.2 dB/km, group index 1.4682; both unconfirmed.

    Connectors are ideal: add ``insertion_loss_db`` with ``dataclasses.replace``.

    >>> smf_28(length_km=50).transmittance
    0.1
    """
    return Fiber(length_km=length_km, **_numbers("smf_28"))


def ultra_low_loss(*, length_km: float) -> Fiber:
    """Ultra-low-loss single-mode fiber at 1550 nm: at most 0.17 dB/km.

    Group index and connectors are the defaults of :class:`Fiber`.

    >>> round(ultra_low_loss(length_km=100).loss_db, 6)
    17.0
    """
    return Fiber(length_km=length_km, **_numbers("ultra_low_loss"))


def gys_fiber(*, length_km: float) -> Fiber:
    """The telecom fiber of Gobby, Yuan and Shields 2004: 0.21 dB/km, unconfirmed.

    >>> round(gys_fiber(length_km=100).loss_db, 6)
    21.0
    """
    return Fiber(length_km=length_km, **_numbers("gys_fiber"))


# ------------------------------------------------------------------------------------ detectors and lasers


def gys_detector() -> Detector:
    """Each of Bob's detectors of Gobby, Yuan and Shields 2004, his optics included: 4.5 %, 1.7e-6 per gate for both.

    Unconfirmed: known from what the decoy literature quotes.

    >>> round(2 * gys_detector().dark_count_probability * 1e6, 3)
    1.7
    """
    return Detector(**_numbers("gys_detector"))


def ingaas() -> Detector:
    """A free-running InGaAs avalanche diode at its best: 10 %, 1 Hz, 20 us dead, 2.2 % afterpulses.

    >>> ingaas().dead_time_s
    2e-05
    """
    return Detector(**_numbers("ingaas"))


def snspd() -> Detector:
    """A superconducting nanowire detector: 93 %, 1 Hz, 40 ns dead, jitter of 64 ps. Its gate is the default of 1 ns.

    >>> snspd().efficiency
    0.93
    """
    return Detector(**_numbers("snspd"))


def gys_laser() -> WeakCoherentSource:
    """The clock of Gobby, Yuan and Shields 2004, 2 MHz, unconfirmed; intensities are yours to choose.

    >>> gys_laser().repetition_rate_hz
    2000000.0
    """
    return WeakCoherentSource(**_numbers("gys_laser"))


def laser_625_mhz() -> WeakCoherentSource:
    """The clock of the system that the InGaAs preset was built for; intensities are yours to choose."""
    return WeakCoherentSource(**_numbers("laser_625_mhz"))


def laser_2500_mhz() -> WeakCoherentSource:
    """The clock of the fiber record of 2018, 2.5 GHz; intensities are yours to choose."""
    return WeakCoherentSource(**_numbers("laser_2500_mhz"))


# -------------------------------------------------------------------------------------- published pairs


def link_trapped_ion_230m() -> PhotonPairSource:
    """The pair of two calcium ions in buildings 230 m apart, F = 0.882.

    This and the other published pairs were measured between the two *nodes*, after loss and herald: use them
    in ``Link(source=..., herald="none")`` without noisy memories, or those count twice. Only the fidelity is
    taken from the source: that the rest is white noise is an assumption, the repetition rate is the default.

    >>> link_trapped_ion_230m().fidelity
    0.882
    """
    return PhotonPairSource(**_numbers("link_trapped_ion_230m"))


def link_siv_35km() -> PhotonPairSource:
    """The pair of two silicon-vacancy nuclear spins over 35 km of deployed fiber, F = 0.69.

    For its use see :func:`link_trapped_ion_230m`.

    >>> link_siv_35km().fidelity
    0.69
    """
    return PhotonPairSource(**_numbers("link_siv_35km"))


def link_siv_20m() -> PhotonPairSource:
    """The pair of two silicon-vacancy electron spins over 20 m, F = 0.86.

    For its use see :func:`link_trapped_ion_230m`.

    >>> link_siv_20m().fidelity
    0.86
    """
    return PhotonPairSource(**_numbers("link_siv_20m"))


def link_transmon_30m() -> PhotonPairSource:
    """The pair of two transmons at the ends of a 30 m cold link, F = 0.804, unconfirmed.

    For its use see :func:`link_trapped_ion_230m`.

    >>> link_transmon_30m().fidelity
    0.804
    """
    return PhotonPairSource(**_numbers("link_transmon_30m"))
