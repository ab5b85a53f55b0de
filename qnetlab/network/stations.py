"""Where a chain of memories passes every line without stations, and how many stations do best."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..checks import require
from ..devices.any_link import AnyLink
from ..theory.key_rates import repeaterless_bound
from .chain_key import ChainKeyRate

#: Lengths looked at before the first one that wins is found more exactly.
_STEPS = 60


def best_stations(chain: ChainKeyRate, most: int = 64) -> ChainKeyRate:
    """The same line with the number of stations that makes most key.

    Parameters
    ----------
    chain : ChainKeyRate
    most : int
        Stations that can be paid, 1 to 200.

    Returns
    -------
    ChainKeyRate
        The fewest stations of those that do best; one where none makes any key.

    Notes
    -----
    Every number is tried. Fewer stations lose more light; each further one adds its errors and its waiting.

    >>> from qnetlab.devices.fiber import Fiber
    >>> from qnetlab.devices.source import PhotonPairSource
    >>> line = ChainKeyRate(fiber=Fiber(length_km=600, attenuation_db_per_km=0.2), efficiency=0.9, t2_s=1.0,
    ...                     source=PhotonPairSource(fidelity=0.99))
    >>> best = best_stations(line)
    >>> best.stations, round(best.bits_per_s, 2), best.bits_per_s > 1000 * best.direct_bits_per_s
    (11, 4.16, True)
    """
    require(isinstance(most, int) and 1 <= most <= 200, "most must be a whole number, 1 <= most <= 200",
            got={"most": most}, why="Stations are counted", fix="most=64",
            error=ValueError if isinstance(most, int) else TypeError)
    tried = (replace(chain, stations=stations) for stations in range(1, most + 1))
    return max(tried, key=lambda one: one.bits_per_s)


def wins_from_km(chain: ChainKeyRate, *, most_stations: int | None = None, most_km: float = 2000.0) -> float | None:
    """The length of line from which on a chain makes more key than any line without stations could.

    Parameters
    ----------
    chain : ChainKeyRate
        Its fiber's length does not matter; ``direct_rate_hz`` sets what it is compared with.
    most_stations : int or None
        Take the best number of stations at every length, up to so many; None: as many as the chain has.
    most_km : float
        Where to stop looking, in km, > 0.

    Returns
    -------
    float or None
        In km, to 0.01 km; None if it never wins up to there.

    Notes
    -----
    Compared with the repeaterless bound -log2(1 - eta) per pulse, with perfect detectors, at ``direct_rate_hz``: no
    better cable can be built. A chain may lose again farther out, when its own pairs are too poor for a key.

    References
    ----------
    S. Pirandola, R. Laurenza, C. Ottaviani, L. Banchi, Nature Communications 8, 15043 (2017), doi:10.1038/ncomms15043.

    >>> from qnetlab.devices.fiber import Fiber
    >>> from qnetlab.devices.source import PhotonPairSource
    >>> line = ChainKeyRate(fiber=Fiber(attenuation_db_per_km=0.2), stations=7, efficiency=0.9, t2_s=1.0,
    ...                     source=PhotonPairSource(fidelity=0.99))
    >>> round(wins_from_km(line)), wins_from_km(replace(line, t2_s=0.1))
    (394, None)
    """
    require(0 < most_km < math.inf, "most_km must satisfy 0 < most_km", got={"most_km": (most_km, "km")},
            why="Somewhere one stops looking", fix="most_km=2000")

    def ahead(length_km: float) -> float:
        here = replace(chain, fiber=replace(chain.fiber, length_km=length_km))
        here = here if most_stations is None else best_stations(here, most_stations)
        return here.bits_per_s - here.direct_bits_per_s

    return _first(ahead, most_km)


def _first(curve: Callable[[float], float], high: float) -> float | None:
    """Where a curve first rises above 0."""
    below = 0.0
    for k in range(1, _STEPS + 1):
        above = high * k / _STEPS
        if curve(above) > 0:
            while above - below > 0.005:
                middle = (below + above) / 2
                below, above = (below, middle) if curve(middle) > 0 else (middle, above)
            return above
        below = above
    return None


def repeaterless_rate_hz(links: Sequence[AnyLink], pulses_per_s: float = 1e9) -> float:
    """Most secret bits per second over the same fibers, spliced at the stations, without any of them.

    Parameters
    ----------
    links : sequence of AnyLink
        Of a :class:`~qnetlab.protocols.repeater_chain.RepeaterChain`, for one.
    pulses_per_s : float
        Of the source at one end, > 0.

    Returns
    -------
    float
        The repeaterless bound of all fibers one after the other, times the pulses.

    >>> from qnetlab.devices.fiber import Fiber
    >>> from qnetlab.devices.link import Link
    >>> round(repeaterless_rate_hz([Link(fiber=Fiber(length_km=100, attenuation_db_per_km=0.2))] * 4), 3)
    14.427
    """
    require(0 < pulses_per_s < math.inf, "pulses_per_s must satisfy 0 < pulses_per_s",
            got={"pulses_per_s": (pulses_per_s, "Hz")}, why="A bound per pulse needs a clock", fix="pulses_per_s=1e9")
    transmittance = math.prod(float(link.fiber.transmittance) for link in links)
    return float(repeaterless_bound(transmittance)) * pulses_per_s
