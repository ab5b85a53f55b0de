"""The only unit conversions in the package. Everything else is SI with the unit in the name, or km and dB."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

#: Speed of light in vacuum, exact by definition of the meter (BIPM, The International System of Units, 9th ed.).
SPEED_OF_LIGHT_M_PER_S = 299_792_458.0

Numbers = float | npt.NDArray[np.float64]


def db_to_probability(loss_db: Numbers) -> Numbers:
    """The share of photons that a loss lets through, 10^(-dB/10).

    Parameters
    ----------
    loss_db : float or array
        Loss in decibels of *power*, >= 0.

    Returns
    -------
    float or array
        Transmittance, 0 to 1.

    >>> round(db_to_probability(20.0), 12)
    0.01
    """
    return 10.0 ** (-loss_db / 10.0)


def probability_to_db(transmittance: Numbers) -> Numbers:
    """The loss in decibels that lets through this share of the photons, -10 log10(eta).

    >>> round(float(probability_to_db(0.5)), 4)
    3.0103
    """
    with np.errstate(divide="ignore"):  # nothing arrives: infinitely many decibels
        return -10.0 * np.log10(transmittance) + 0.0


def light_delay_s(length_km: Numbers, group_index: Numbers) -> Numbers:
    """How long light takes through ``length_km`` of a medium, in seconds: L n / c.

    >>> round(light_delay_s(100.0, 1.4682) * 1e6, 2)  # microseconds in glass
    489.74
    """
    return length_km * 1e3 * group_index / SPEED_OF_LIGHT_M_PER_S
