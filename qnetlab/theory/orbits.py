"""A satellite on a circular orbit, seen from the ground: how far, how high, how long, how often.

The earth is a ball, and refraction is left out. While a low satellite passes, the ground below moves at up to 7 % of
the satellite's own pace: :func:`ground_pace` says what that does to the length of a pass, to first order.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

Number = Any  # a float or an array of floats

#: Mean radius of the earth in km (IUGG).
EARTH_RADIUS_KM = 6371.0
#: Gravitational constant times the earth's mass, in km^3/s^2 (IERS Conventions 2010).
EARTH_GM_KM3_PER_S2 = 398_600.4418
#: The earth turns once against the sun, and against the stars.
DAY_S, STAR_DAY_S = 86_400.0, 86_164.0905


class Sight(NamedTuple):
    """Where the satellite is, seen from the station."""

    #: Distance from station to satellite, in km.
    range_km: Number
    #: Height above the horizon, in degrees; below 0 it has set.
    elevation_deg: Number


def slant_range_km(altitude_km: Number, elevation_deg: Number) -> Number:
    """Distance to a satellite at an altitude above the ground and an elevation above the horizon.

    Parameters
    ----------
    altitude_km : float or array
        Above the ground, > 0.
    elevation_deg : float or array
        0 (horizon) to 90 (zenith).

    Returns
    -------
    float or array
        R = sqrt((r_E + h)^2 - r_E^2 cos(e)^2) - r_E sin(e), in km.

    >>> round(float(slant_range_km(500, 90)), 6), round(float(slant_range_km(500, 10)), 6)
    (500.0, 1694.567221)
    """
    elevation = np.radians(elevation_deg)
    orbit = EARTH_RADIUS_KM + altitude_km
    return np.sqrt(orbit**2 - (EARTH_RADIUS_KM * np.cos(elevation)) ** 2) - EARTH_RADIUS_KM * np.sin(elevation)


def ground_angle_rad(altitude_km: Number, elevation_deg: Number) -> Number:
    """Angle at the earth's center between station and satellite: acos(r_E cos(e)/(r_E + h)) - e, in rad.

    >>> round(float(ground_angle_rad(500, 20)) * EARTH_RADIUS_KM)  # km along the ground
    1044
    """
    elevation = np.radians(elevation_deg)
    return np.arccos(EARTH_RADIUS_KM * np.cos(elevation) / (EARTH_RADIUS_KM + altitude_km)) - elevation


def period_s(altitude_km: Number) -> Number:
    """Once around, 2 pi sqrt((r_E + h)^3/GM), in s.

    >>> round(float(period_s(500)), 6)
    5668.144369
    """
    return 2 * math.pi * np.sqrt((EARTH_RADIUS_KM + altitude_km) ** 3 / EARTH_GM_KM3_PER_S2)


def sight(altitude_km: Number, ground_rad: Number) -> Sight:
    """Distance and elevation of a satellite that stands ``ground_rad`` away, measured at the earth's center.

    R^2 = r_E^2 + r^2 - 2 r_E r cos(psi) and sin(e) = (r cos(psi) - r_E)/R, with r = r_E + h.
    """
    orbit, cosine = EARTH_RADIUS_KM + altitude_km, np.cos(ground_rad)
    # The difference of two large squares, without losing the small one: (r - r_E)^2 + 4 r r_E sin(psi/2)^2.
    distance = np.sqrt(altitude_km**2 + 4 * orbit * EARTH_RADIUS_KM * np.sin(np.asarray(ground_rad) / 2) ** 2)
    above = np.clip((orbit * cosine - EARTH_RADIUS_KM) / distance, -1.0, 1.0)
    return Sight(distance, np.degrees(np.arcsin(above)))


def ground_pace(altitude_km: Number, latitude_deg: Number, inclination_deg: Number) -> Number:
    """How fast a satellite crosses the turning ground, as a share of its pace over an earth that stands still.

    Parameters
    ----------
    altitude_km : float or array
    latitude_deg : float or array
        Where it passes.
    inclination_deg : float or array
        Of the orbit to the equator: 90 goes over the poles, more than 90 against the earth's rotation.

    Notes
    -----
    Headings add as vectors: eastward cos(i)/cos(latitude) of its pace, less the ground's own. Where the orbit does not
    reach the latitude it is taken to pass east or west.

    >>> round(float(ground_pace(500, 0, 0)), 3), round(float(ground_pace(500, 40.4, 97.4)), 4)
    (0.934, 1.0097)
    """
    cosine = np.cos(np.radians(latitude_deg))
    east = np.clip(np.cos(np.radians(inclination_deg)) / cosine, -1.0, 1.0)
    ground = period_s(altitude_km) / STAR_DAY_S * cosine
    return np.sqrt(1 - east**2 + (east - ground) ** 2)


def pass_sight(altitude_km: Number, culmination_deg: Number, t_s: Number, pace: Number = 1.0) -> Sight:
    """Distance and elevation during a pass.

    Parameters
    ----------
    altitude_km : float or array
    culmination_deg : float or array
        The highest elevation of the pass, 0 to 90.
    t_s : float or array
        Time after the highest point, in s; before it negative.
    pace : float or array
        See :func:`ground_pace`; 1 is an earth that stands still.

    Notes
    -----
    The satellite moves on a great circle with omega = 2 pi pace/period, and the station stands psi_min beside it:
    cos(psi) = cos(omega t) cos(psi_min).

    >>> seen = pass_sight(500, 90, 60.0)
    >>> round(float(seen.range_km), 6), round(float(seen.elevation_deg), 6)
    (666.0138, 46.712729)
    """
    along = 2 * math.pi * pace / period_s(altitude_km) * np.asarray(t_s, dtype=float)
    beside = ground_angle_rad(altitude_km, culmination_deg)
    # cos(psi) near 1 tells psi badly; sin(psi/2)^2 = sin(along/2)^2 cos(beside) + sin(beside/2)^2 does not.
    half = np.sin(along / 2) ** 2 * np.cos(beside) + np.sin(beside / 2) ** 2
    return sight(altitude_km, 2 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def pass_duration_s(altitude_km: Number, culmination_deg: Number, min_elevation_deg: Number,
                    pace: Number = 1.0) -> Number:
    """How long a pass stays above an elevation, in s; 0 if it never gets there.

    2/omega acos(cos(psi)/cos(psi_min)), psi at the elevation asked for and psi_min at the highest point.

    >>> round(float(pass_duration_s(500, 90, 10)), 6), round(float(pass_duration_s(500, 90, 20)), 6)
    (442.63595, 295.643796)
    """
    edge = np.cos(ground_angle_rad(altitude_km, min_elevation_deg))
    share = np.clip(edge / np.cos(ground_angle_rad(altitude_km, culmination_deg)), -1.0, 1.0)
    return np.arccos(share) * period_s(altitude_km) / (math.pi * pace)


def culmination_deg(altitude_km: Number, beside_km: Number) -> Number:
    """The highest elevation of a pass whose track on the ground runs ``beside_km`` away from the station.

    >>> round(float(culmination_deg(500, 0.0)), 6), round(float(culmination_deg(500, 601.5)), 1)
    (90.0, 35.9)
    """
    return sight(altitude_km, np.asarray(beside_km, dtype=float) / EARTH_RADIUS_KM).elevation_deg


def passes_per_day(altitude_km: Number, min_elevation_deg: Number, latitude_deg: Number) -> Number:
    """How many passes of a satellite over the poles reach an elevation, by day and by night, on the long average.

    Parameters
    ----------
    altitude_km, min_elevation_deg : float or array
    latitude_deg : float or array
        Of the station, -90 to 90; the satellite goes over both poles.

    Notes
    -----
    Here the earth does turn: every orbit crosses the station's sky at another longitude D, and passes beside it by psi
    with sin(psi) = cos(latitude) |sin(D)|. All D being equally likely, a share (2/pi) asin(sin(psi_0)/cos(latitude)) of
    the orbits comes near enough, psi_0 at the elevation asked for; all of them where that exceeds 1.

    >>> round(float(passes_per_day(500, 20, 0)), 2), round(float(passes_per_day(500, 20, 40)), 2)
    (1.59, 2.08)
    """
    near = np.sin(ground_angle_rad(altitude_km, min_elevation_deg)) / np.cos(np.radians(latitude_deg))
    return DAY_S / period_s(altitude_km) * 2 / math.pi * np.arcsin(np.minimum(near, 1.0))


def culminations_deg(altitude_km: float, min_elevation_deg: float, count: int) -> Number:
    """``count`` passes that stand for all that reach an elevation: their tracks run evenly far from the station.

    Most of them are low: half of the passes go by at more than half of the greatest distance.

    >>> culminations_deg(500, 20, 4).round(1).tolist()
    [74.2, 49.1, 33.4, 23.6]
    """
    furthest = float(ground_angle_rad(altitude_km, min_elevation_deg))
    return sight(altitude_km, furthest * (np.arange(count) + 0.5) / count).elevation_deg
