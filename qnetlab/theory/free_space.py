"""Light without a fiber: what a beam loses between two telescopes, each loss by its own name.

A beam in space is not absorbed, it spreads. Widths here are *radii* at 1/e^2 of the irradiance, apertures are
*diameters*, a divergence is the *full* angle between the 1/e^2 directions. Who takes one for another is off by 6 dB.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..units import SPEED_OF_LIGHT_M_PER_S

Number = Any  # a float or an array of floats

_PLANCK_J_S = 6.62607015e-34  # exact by definition


def diffraction_urad(waist_m: Number, wavelength_nm: Number) -> Number:
    """The full 1/e^2 angle by which the best possible beam spreads: 2 lambda/(pi w0), in microradian.

    >>> round(float(diffraction_urad(0.1, 850.0)), 3)
    5.411
    """
    return 2 * wavelength_nm * 1e-3 / (math.pi * waist_m)


def beam_radius_m(length_km: Number, waist_m: Number, wavelength_nm: Number) -> Number:
    """Radius of a Gaussian beam after a distance, w0 sqrt(1 + (lambda L/(pi w0^2))^2), in m.

    Parameters
    ----------
    length_km : float or array
        From the waist, >= 0.
    waist_m : float or array
        w0 > 0, where the beam starts.
    wavelength_nm : float or array

    References
    ----------
    H. Kogelnik, T. Li, Applied Optics 5, 1550 (1966), doi:10.1364/AO.5.001550 (from memory).

    >>> round(float(beam_radius_m(500, 0.10, 850)), 6)
    1.356508
    """
    spread = wavelength_nm * 1e-9 * np.asarray(length_km, dtype=float) * 1e3 / (math.pi * waist_m**2)
    return waist_m * np.sqrt(1 + spread**2)


def gaussian_capture(diameter_m: Number, radius_m: Number, wander_m: Number = 0.0) -> Number:
    """Share of a Gaussian beam that enters a round aperture: 1 - exp(-2 a^2/(w^2 + 4 s^2)).

    Parameters
    ----------
    diameter_m : float or array
        Of the aperture, 2a.
    radius_m : float or array
        w, of the beam at the aperture.
    wander_m : float or array
        s, by how much the middle of the beam misses that of the aperture: rms per axis, Gaussian.

    Notes
    -----
    Exact on the average over time: a Gaussian beam whose middle strays as a Gaussian is, on the average, a wider one.
    In a moment it is more or less than that.

    >>> round(-10 * math.log10(gaussian_capture(1.0, 6.0)), 4)  # Micius at 1200 km, 10 microradian in full
    18.6034
    """
    return -np.expm1(-(np.asarray(diameter_m, dtype=float) ** 2) / (2 * (np.asarray(radius_m) ** 2 + 4 * wander_m**2)))


def disc_capture(diameter_m: Number, length_km: Number, divergence_urad: Number) -> Number:
    """The same for a beam that were an evenly lit disc: (D/(theta L))^2, at most 1.

    For a large disc it lets through half of what a Gaussian beam of that 1/e^2 angle does: the convention alone is
    worth 3 dB.

    >>> round(-10 * math.log10(disc_capture(1.0, 1200.0, 10.0)), 4)
    21.5836
    """
    with np.errstate(divide="ignore"):
        return np.minimum((diameter_m / (divergence_urad * 1e-3 * np.asarray(length_km, dtype=float))) ** 2, 1.0)


def air_transmittance(zenith: Number, elevation_deg: Number) -> Number:
    """What a flat layer of air lets through: T^(1/sin(e)), T straight up.

    Good above some 15 degrees; nearer to the horizon the air is a shell, and less thick than this says.

    >>> round(float(air_transmittance(0.7, 30)), 6)
    0.49
    """
    return np.asarray(zenith, dtype=float) ** (1 / np.sin(np.radians(elevation_deg)))


def accidental_rate_hz(alice_hz: Number, bob_hz: Number, window_s: Number) -> Number:
    """Clicks per second that fall together by chance and pass for a pair: S_A S_B tau, for rates far below 1/tau.

    >>> round(accidental_rate_hz(1e4, 1e4, 2.5e-9), 6)
    0.25
    """
    return alice_hz * bob_hz * window_s


def fidelity_among_accidentals(fidelity: Number, true_per_accidental: Number) -> Number:
    """Fidelity of what is taken for pairs when some of them are chance: F SNR/(1 + SNR) + 1/4/(1 + SNR).

    Two clicks that have nothing to do with each other agree half of the time in every basis, like a pair of which
    nothing is left. So an error rate e becomes (e SNR + 1/2)/(1 + SNR).

    >>> round(2 * (1 - float(fidelity_among_accidentals(1.0, 15.0))) / 3, 6)  # the error rate
    0.03125
    """
    snr = np.asarray(true_per_accidental, dtype=float)
    return (fidelity * snr + 0.25) / (1 + snr)


def background_photons_hz(*, radiance: Number, field_of_view_urad: Number, diameter_m: Number, filter_nm: Number,
                          wavelength_nm: Number) -> Number:
    """Photons per second that the sky sends into a telescope, whoever else sends.

    Parameters
    ----------
    radiance : float or array
        Brightness of the sky in W/(m^2 sr um).
    field_of_view_urad : float or array
        Full angle of the round patch of sky that the detector sees.
    diameter_m : float or array
        Of the telescope.
    filter_nm : float or array
        Width of the color filter.
    wavelength_nm : float or array

    Notes
    -----
    radiance * solid angle * area * filter / (h c/lambda), with the solid angle pi theta^2/4.

    >>> clear_night = dict(radiance=1e-5, field_of_view_urad=50, diameter_m=1, filter_nm=1)
    >>> round(background_photons_hz(**clear_night, wavelength_nm=850))
    66
    """
    area, solid = math.pi * diameter_m**2 / 4, math.pi * (field_of_view_urad * 1e-6) ** 2 / 4
    power = radiance * solid * area * filter_nm * 1e-3
    return power * wavelength_nm * 1e-9 / (_PLANCK_J_S * SPEED_OF_LIGHT_M_PER_S)
