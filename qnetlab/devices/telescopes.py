"""A pair of telescopes: one sends a beam, the other one catches what it can."""

from __future__ import annotations

import math

import numpy as np

from ..checks import number, require, value
from ..theory.free_space import diffraction_urad, gaussian_capture
from ..units import probability_to_db
from .line import Number


@value
class Telescopes:
    """What stands at the two ends of a beam in the open. The default catches everything.

    Parameters
    ----------
    wavelength_nm : float
        Of the light, > 0.
    waist_m : float
        Radius of the beam where it leaves, at 1/e^2 of the irradiance, > 0.
    divergence_urad : float or None
        Full angle between the 1/e^2 directions of the beam far away, in microradian; None: as small as diffraction
        allows, 2 lambda/(pi w0). A real beam spreads more.
    transmitter_diameter_m : float
        Of the aperture that the beam leaves by, > 0; infinite: nothing is cut off.
    receiver_diameter_m : float
        Of the aperture that catches it, > 0; infinite: everything is caught.
    pointing_urad : float
        By how much the beam misses, root mean square per axis, in microradian, >= 0.
    receiver_efficiency : float
        Share that passes from the aperture to the detector, filters included, above 0, to 1.

    Raises
    ------
    TypeError, ValueError
        If a field is not a number or out of its range, or the beam would spread less than diffraction allows.

    Notes
    -----
    The beam's radius is w^2 = w0^2 + (theta L/2)^2. Cutting off its edge takes light away; that it also makes the rest
    spread a little more is left out. Radius or diameter, half or full angle: each is worth 6 dB.

    References
    ----------
    C. Bonato, A. Tomaello, V. Da Deppo, G. Naletto, P. Villoresi, New Journal of Physics 11, 045017 (2009),
    doi:10.1088/1367-2630/11/4/045017 (from memory).

    >>> micius = Telescopes(divergence_urad=10, receiver_diameter_m=1)
    >>> round(float(micius.beam_radius_m(1200)), 2), round(float(micius.losses_db(1200)["diffraction"]), 2)
    (6.0, 18.6)
    """

    wavelength_nm: float = number(default=850.0, unit="nm", low=0, low_open=True, high=math.inf, high_open=True,
                                  doc="color of the light", why="Light has a wavelength", fix="wavelength_nm=850")
    waist_m: float = number(default=0.1, unit="m", low=0, low_open=True, high=math.inf, high_open=True,
                            doc="radius of the beam where it leaves", fix="waist_m=0.1",
                            why="A beam without width would spread into all directions")
    divergence_urad: float | None = number(default=None, unit="urad", low=0, low_open=True, high=math.inf,
                                           high_open=True, optional=True, doc="full 1/e^2 angle of the beam",
                                           why="Every beam spreads", fix="divergence_urad=10")
    transmitter_diameter_m: float = number(default=math.inf, unit="m", low=0, low_open=True,
                                           doc="aperture that the beam leaves by",
                                           why="Nothing leaves through no opening", fix="transmitter_diameter_m=0.3")
    receiver_diameter_m: float = number(default=math.inf, unit="m", low=0, low_open=True,
                                        doc="aperture that catches the beam", why="Nothing enters through no opening",
                                        fix="receiver_diameter_m=1")
    pointing_urad: float = number(default=0.0, unit="urad", low=0, high=math.inf, high_open=True,
                                  doc="rms error of pointing, per axis", why="A spread is finite and not negative",
                                  fix="pointing_urad=1")
    receiver_efficiency: float = number(default=1.0, low=0, low_open=True, high=1,
                                        doc="share that passes from the aperture to the detector",
                                        why="Optics only ever take light away", fix="receiver_efficiency=0.5")

    def _check(self) -> None:
        __tracebackhide__ = True
        least = float(diffraction_urad(self.waist_m, self.wavelength_nm))
        require(self.divergence_urad is None or self.divergence_urad >= least * (1 - 1e-9),
                "divergence_urad must be at least 2 wavelength/(pi waist)",
                got={"divergence_urad": (self.divergence_urad, "urad"), "waist_m": (self.waist_m, "m"),
                     "wavelength_nm": (self.wavelength_nm, "nm")},
                why=f"Diffraction spreads this beam by {least:.3g} urad, whoever makes it", fix="divergence_urad=None")

    @property
    def full_angle_urad(self) -> float:
        """Full angle between the 1/e^2 directions far away, in microradian, as given or as diffraction has it."""
        if self.divergence_urad is not None:
            return self.divergence_urad
        return float(diffraction_urad(self.waist_m, self.wavelength_nm))

    def beam_radius_m(self, length_km: Number) -> Number:
        """Radius of the beam at 1/e^2 after a distance in km: a float, or an array, in m."""
        return np.hypot(self.waist_m, self.full_angle_urad * 1e-3 / 2 * np.asarray(length_km, dtype=float))

    def losses_db(self, length_km: Number, wander_urad: Number = 0.0) -> dict[str, Number]:
        """What is lost between the two over a distance, without the air: name -> dB.

        Parameters
        ----------
        length_km : float or array
        wander_urad : float or array
            What turbulence adds to the pointing, rms per axis; see :func:`qnetlab.theory.turbulence.beam_wander_urad`.
        """
        radius, lever = self.beam_radius_m(length_km), np.asarray(length_km, dtype=float) * 1e-3
        both = np.hypot(self.pointing_urad, wander_urad)
        caught = [probability_to_db(gaussian_capture(self.receiver_diameter_m, radius, angle * lever))
                  for angle in (0.0, self.pointing_urad, both)]
        return {
            "truncation": probability_to_db(gaussian_capture(self.transmitter_diameter_m, self.waist_m)),
            "diffraction": caught[0],
            "pointing": caught[1] - caught[0],
            "wander": caught[2] - caught[1],
            "receiver": probability_to_db(self.receiver_efficiency),
        }
