"""A satellite goes by: from horizon to horizon, and what it costs at every moment."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..checks import choice, number, part, refuse, require, value
from ..theory import orbits
from ..theory.free_space import air_transmittance
from ..theory.turbulence import beam_wander_urad
from ..units import db_to_probability, probability_to_db
from .free_space import FreeSpacePath
from .line import Number
from .telescopes import Telescopes


@value
class SatellitePass:
    """One pass of a satellite over a ground station: distance, elevation and losses against time.

    Parameters
    ----------
    altitude_km : float
        Of the circular orbit above the ground, 1e-3 to 1e6.
    culmination_deg : float
        The highest elevation of this pass, 0 to 90.
    min_elevation_deg : float
        Below it nothing is sent, 0 to below 90, and at most the culmination.
    telescopes : Telescopes
        What sends the beam, and what catches it.
    zenith_transmittance : float
        What the atmosphere lets through straight up, above 0, to 1.
    direction : "down" or "up"
        Only a beam sent up wanders in the air.
    wind_m_per_s, ground_turbulence : float
        Of the profile of turbulence, see :func:`qnetlab.theory.turbulence.hufnagel_valley`.
    latitude_deg : float or None
        Of the station; None: the earth stands still. It says how fast the ground moves, and how often it is passed.
    inclination_deg : float
        Of the orbit to the equator, 0 to 180; 90 goes over the poles. It takes a station with a latitude to matter.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range, or the pass stays below the least elevation.

    Notes
    -----
    Times count from the highest point of the pass. The earth is a ball. Its rotation changes the length of a pass by
    7 % at most, and counts, to first order, if the station has a latitude. Refraction is left out. The atmosphere is a
    flat layer, T^(1/sin(elevation)), good above 15 degrees.

    >>> over = SatellitePass(telescopes=Telescopes(transmitter_diameter_m=0.3, receiver_diameter_m=1, pointing_urad=1),
    ...     zenith_transmittance=0.7, min_elevation_deg=10)
    >>> round(over.duration_s, 3), round(float(over.range_km(60.0)), 3), round(over.at(0.0).loss_db, 4)
    (442.636, 666.014, 9.5179)
    """

    altitude_km: float = number(default=500.0, unit="km", low=1e-3, high=1e6,
                                doc="height of the orbit above the ground",
                                why="It flies above the ground, and not so far out that the sun takes it away",
                                fix="altitude_km=500")
    culmination_deg: float = number(default=90.0, unit="deg", low=0, high=90, doc="highest elevation of the pass",
                                    why="Straight up is 90 degrees", fix="culmination_deg=60")
    min_elevation_deg: float = number(default=20.0, unit="deg", low=0, high=90, high_open=True,
                                      doc="lowest elevation that is used", why="0 is the horizon, 90 straight up",
                                      fix="min_elevation_deg=20")
    telescopes: Telescopes = part(default_factory=Telescopes, doc="the two ends")
    zenith_transmittance: float = number(default=1.0, low=0, low_open=True, high=1,
                                         doc="what the air lets through straight up",
                                         why="Air only ever takes light away", fix="zenith_transmittance=0.7")
    direction: str = choice(default="down", options=("down", "up"), doc="from the satellite, or to it",
                            why="Turbulence turns a beam that still has far to go")
    wind_m_per_s: float = number(default=21.0, unit="m/s", low=0, high=1000, doc="rms wind high up",
                                 why="A wind has a speed", fix="wind_m_per_s=21")
    ground_turbulence: float = number(default=1.7e-14, low=0, high=1e-9, doc="Cn^2 at the ground, in m^(-2/3)",
                                      why="A strength is not negative", fix="ground_turbulence=1.7e-14")
    latitude_deg: float | None = number(default=None, unit="deg", low=-90, high=90, optional=True,
                                        doc="of the station", why="The poles are at 90 degrees", fix="latitude_deg=40")
    inclination_deg: float = number(default=90.0, unit="deg", low=0, high=180, doc="of the orbit to the equator",
                                    why="Beyond 180 degrees it comes round again", fix="inclination_deg=97.4")

    def _check(self) -> None:
        __tracebackhide__ = True
        require(self.culmination_deg >= self.min_elevation_deg, "culmination_deg must be at least min_elevation_deg",
                got={"culmination_deg": (self.culmination_deg, "deg"),
                     "min_elevation_deg": (self.min_elevation_deg, "deg")},
                why="A pass that stays below is not used at all", fix=f"culmination_deg={self.min_elevation_deg:g}")

    @property
    def duration_s(self) -> float:
        """How long the satellite is above the least elevation, in s."""
        return float(orbits.pass_duration_s(self.altitude_km, self.culmination_deg, self.min_elevation_deg, self._pace))

    def range_km(self, t_s: Number) -> Number:
        """Distance at a time in s after the highest point, in km: a float, or an array."""
        return orbits.pass_sight(self.altitude_km, self.culmination_deg, t_s, self._pace).range_km[()]

    def elevation_deg(self, t_s: Number) -> Number:
        """Elevation at a time in s after the highest point, in degrees: a float, or an array."""
        return orbits.pass_sight(self.altitude_km, self.culmination_deg, t_s, self._pace).elevation_deg[()]

    def losses_db(self, t_s: Number) -> dict[str, Number]:
        """Every loss against time: name -> dB, in the order in which light meets them.

        Raises
        ------
        ValueError
            If the satellite is below the horizon at one of the times.
        """
        seen = orbits.pass_sight(self.altitude_km, self.culmination_deg, t_s, self._pace)
        self._above(t_s, seen.elevation_deg)
        found = self.telescopes.losses_db(seen.range_km, self._wander_urad(seen.elevation_deg))
        receiver = found.pop("receiver")
        return {**found, "atmosphere": self._air_db(seen.elevation_deg), "receiver": receiver}

    def loss_db(self, t_s: Number) -> Number:
        """All losses together against time, in dB."""
        return sum(self.losses_db(t_s).values())

    def transmittance(self, t_s: Number) -> Number:
        """Probability that a photon arrives, against time, 0 to 1."""
        return db_to_probability(self.loss_db(t_s))

    def at(self, t_s: float) -> FreeSpacePath:
        """The path of one moment, which may stand wherever a fiber may.

        Raises
        ------
        ValueError
            If the satellite is below the horizon then.
        """
        seen = orbits.pass_sight(self.altitude_km, self.culmination_deg, t_s, self._pace)
        self._above(t_s, seen.elevation_deg)
        return FreeSpacePath(length_km=float(seen.range_km), telescopes=self.telescopes,
                             atmosphere_db=float(self._air_db(seen.elevation_deg)),
                             wander_urad=float(self._wander_urad(seen.elevation_deg)))

    def times_s(self, step_s: float = 1.0) -> npt.NDArray[np.float64]:
        """Times of the pass, in the middle of equal steps of about ``step_s``: as many steps as fill it."""
        require(isinstance(step_s, (int, float)) and step_s > 0, "step_s must be > 0", got={"step_s": (step_s, "s")},
                why="Time goes on", fix="step_s=1.0")
        steps = max(1, round(self.duration_s / step_s))
        return self.duration_s * ((np.arange(steps) + 0.5) / steps - 0.5)

    @property
    def passes_per_day(self) -> float:
        """Passes above the least elevation per day and night, of a satellite over the poles, on the long average.

        Raises
        ------
        ValueError
            If the station has no latitude.
        """
        if self.latitude_deg is None:
            refuse("latitude_deg must be given", got={"latitude_deg": (None, "deg")}, fix="latitude_deg=40",
                   why="Over the poles every orbit passes, over the equator few do")
        return float(orbits.passes_per_day(self.altitude_km, self.min_elevation_deg, self.latitude_deg))

    @property
    def _pace(self) -> float:
        if self.latitude_deg is None:
            return 1.0
        return float(orbits.ground_pace(self.altitude_km, self.latitude_deg, self.inclination_deg))

    def _air_db(self, elevation_deg: Number) -> Number:
        return probability_to_db(air_transmittance(self.zenith_transmittance, elevation_deg))

    def _wander_urad(self, elevation_deg: Number) -> Number:
        if self.direction == "down":
            return 0.0 * elevation_deg
        return beam_wander_urad(self.telescopes.waist_m, elevation_deg, self.altitude_km,
                                wind_m_per_s=self.wind_m_per_s, ground=self.ground_turbulence)

    def _above(self, t_s: Any, elevation_deg: Number) -> None:
        require(bool(np.all(np.asarray(elevation_deg) > 0)), "t_s must lie within the pass", got={"t_s": (t_s, "s")},
                why=f"The satellite is above {self.min_elevation_deg:g} degrees within {self.duration_s / 2:.4g} s of "
                    "its highest point, and elsewhere it may have set", fix="t_s=0.0")
