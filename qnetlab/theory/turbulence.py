"""Air that moves: how a turbulent atmosphere makes a star twinkle, and a beam sent upward wander."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Number = Any  # a float or an array of floats

#: Ends of the stretches that are integrated apart, in m: what is near the ground is thin, and above the last one there
#: is next to nothing, 3e-5 of the twinkling.
_EDGES_M = (0.0, 50.0, 300.0, 2000.0, 8000.0, 20_000.0, 30_000.0)


def hufnagel_valley(height_m: Number, *, wind_m_per_s: float = 21.0, ground: float = 1.7e-14) -> Number:
    """Strength of turbulence by height, Cn^2 in m^(-2/3), by the profile of Hufnagel and Valley.

    Parameters
    ----------
    height_m : float or array
        Above the ground, >= 0.
    wind_m_per_s : float
        Root mean square of the wind high up; 21 is usual.
    ground : float
        C0, the strength at the ground; 1.7e-14 is usual by day.

    Notes
    -----
    8.148e-56 v^2 h^10 e^(-h/1000) + 2.7e-16 e^(-h/1500) + C0 e^(-h/100). An average: on a given night each term may
    be off by factors.

    References
    ----------
    Recommendation ITU-R P.1621 (as quoted; not seen in print).

    >>> f"{hufnagel_valley(0.0):.2e} {hufnagel_valley(10_000.0):.2e}"
    '1.73e-14 1.67e-17'
    """
    h = np.asarray(height_m, dtype=float)
    return (8.148e-56 * wind_m_per_s**2 * h**10 * np.exp(-h / 1000) + 2.7e-16 * np.exp(-h / 1500)
            + ground * np.exp(-h / 100))


def scintillation_variance(wavelength_nm: Number, elevation_deg: Number, *, wind_m_per_s: float = 21.0,
                           ground: float = 1.7e-14, station_m: float = 5.5) -> Number:
    """How much light from space twinkles: variance of the logarithm of the irradiance at a point, in Np^2.

    Parameters
    ----------
    wavelength_nm : float or array
    elevation_deg : float or array
        Above the horizon, more than about 45 for this formula.
    wind_m_per_s, ground
        As in :func:`hufnagel_valley`.
    station_m : float
        Height of the telescope above the ground.

    Notes
    -----
    2.253 k^(7/6) sec(zeta)^(11/6) int Cn^2 h^(5/6) dh, k = 2 pi/lambda, zeta = 90 deg - elevation: weak turbulence,
    well below 1, and a plane wave on a telescope that is small beside the patches of light. A large telescope averages
    over many patches and twinkles less. It changes no mean: photons come in gusts, and as many of them.

    References
    ----------
    Recommendation ITU-R P.1622 (as quoted; not seen in print).

    >>> [round(float(scintillation_variance(nm, 75)), 6) for nm in (532, 850, 1064, 1550)]
    [0.233271, 0.135032, 0.10391, 0.066994]
    """
    k = 2 * math.pi / (np.asarray(wavelength_nm, dtype=float) * 1e-9)
    secant = 1 / np.sin(np.radians(elevation_deg))
    return 2.253 * k ** (7 / 6) * secant ** (11 / 6) * _moment(5 / 6, wind_m_per_s, ground, station_m)


def fried_parameter_m(wavelength_nm: Number, elevation_deg: Number, *, wind_m_per_s: float = 21.0,
                      ground: float = 1.7e-14) -> Number:
    """Width of a beam beyond which the air, and no longer the telescope, sets the sharpness: r0 in m.

    (0.423 k^2 sec(zeta) int Cn^2 dh)^(-3/5), for a plane wave from above.

    References
    ----------
    D. L. Fried, Journal of the Optical Society of America 56, 1372 (1966), doi:10.1364/JOSA.56.001372 (from memory).

    >>> round(float(fried_parameter_m(500, 90)), 3)
    0.05
    """
    k = 2 * math.pi / (np.asarray(wavelength_nm, dtype=float) * 1e-9)
    total = _moment(0.0, wind_m_per_s, ground, 0.0) / np.sin(np.radians(elevation_deg))
    return (0.423 * k**2 * total) ** (-3 / 5)


def beam_wander_urad(waist_m: Number, elevation_deg: Number, altitude_km: Number, *, wind_m_per_s: float = 21.0,
                     ground: float = 1.7e-14) -> Number:
    """How far the middle of a beam sent *upward* strays, seen from the ground: rms per axis, in microradian.

    Parameters
    ----------
    waist_m : float or array
        Radius of the beam at the ground (1/e^2 of the irradiance).
    elevation_deg, altitude_km : float or array
        Where the satellite is.

    Notes
    -----
    Both axes together: 4.568 w0^(-1/3) sec(zeta) int Cn^2 (1 - h/H)^2 dh, the mean tilt that the air gives to a
    Gaussian beam as wide as at the start; half of it per axis. For an even atmosphere it is the known
    1.90 Cn^2 (2 w0)^(-1/3) L^3 within 1 %. The wavelength does not enter, for tilt is geometry. A beam sent *down*
    meets the air at its end, where no lever is left: its wander is nothing beside its width. Eddies smaller than the
    beam also widen it; that is left out, and an uplink loses more than said here.

    References
    ----------
    R. J. Cook, Journal of the Optical Society of America 65, 942 (1975), doi:10.1364/JOSA.65.000942 (from memory).

    >>> round(float(beam_wander_urad(0.1, 90, 500)), 2)
    3.31
    """
    top = np.asarray(altitude_km, dtype=float) * 1e3
    weights = [_moment(power, wind_m_per_s, ground, 0.0) for power in (0.0, 1.0, 2.0)]
    lever = weights[0] - 2 * weights[1] / top + weights[2] / top**2
    both = 4.568 * np.asarray(waist_m, dtype=float) ** (-1 / 3) * lever / np.sin(np.radians(elevation_deg))
    return 1e6 * np.sqrt(both / 2)


@lru_cache(maxsize=256)
def _moment(power: float, wind_m_per_s: float, ground: float, from_m: float) -> float:
    """Integral of Cn^2 h^power dh from a height upward, by Gauss and Legendre, stretch by stretch."""

    def profile(h: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.asarray(hufnagel_valley(h, wind_m_per_s=wind_m_per_s, ground=ground) * h**power)

    edges = [from_m, *(edge for edge in _EDGES_M if edge > from_m)]
    return sum(_integral(profile, low, high) for low, high in pairwise(edges))


def _integral(curve: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]], low: float, high: float) -> float:
    at, weight = np.polynomial.legendre.leggauss(40)
    half = (high - low) / 2
    return float(half * (weight @ curve(low + half * (at + 1))))
