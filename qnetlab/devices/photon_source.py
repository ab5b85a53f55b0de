"""Sources of photons, pulse by pulse: single photons, and weak laser pulses with decoy intensities."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from ..checks import custom, number, refuse, require, value
from ..theory.photons import poisson


@value
class SinglePhotonSource:
    """A source of single photons, one chance per pulse. The default gives exactly one photon each time.

    Parameters
    ----------
    repetition_rate_hz : float
        Pulses per second, > 0.
    brightness : float
        Probability that a pulse holds light at all, one photon or two, 0 to 1.
    g2 : float
        Second-order correlation g2(0), >= 0, with 2 g2 brightness <= 1: how often a second photon comes along.

    Raises
    ------
    TypeError, ValueError
        If a field is not a number or out of its range.

    Notes
    -----
    Three and more photons are left out. With B = P1 + P2 and g2 = 2 P2 / (P1 + 2 P2)^2,
    P2 = g2 B^2 / (1 - g2 B + sqrt(1 - 2 g2 B)): B = 0.5 and g2 = 0.01 give P2 = 0.001256.
    A laser pulse has g2 = 1, whatever its mean.

    References
    ----------
    R. Loudon, The Quantum Theory of Light, 3rd ed. (2000): g2 from the photon numbers (unconfirmed).

    >>> SinglePhotonSource(brightness=0.5, g2=0.01).photon_number_distribution().round(6).tolist()
    [0.5, 0.498744, 0.001256]
    """

    repetition_rate_hz: float = number(default=1e9, unit="Hz", low=0, low_open=True, high=math.inf, high_open=True,
                                       doc="pulses per second", why="A source that never fires sends nothing",
                                       fix="repetition_rate_hz=1e9")
    brightness: float = number(default=1.0, low=0, high=1, doc="probability that a pulse holds light",
                               why="A brightness is a probability", fix="brightness=0.5")
    g2: float = number(default=0.0, low=0, high=math.inf, high_open=True, doc="second-order correlation g2(0)",
                       why="g2 compares two rates", fix="g2=0.01")

    def _check(self) -> None:
        require(2 * self.g2 * self.brightness <= 1, "g2 must satisfy 2*g2*brightness <= 1",
                got={"g2": self.g2, "brightness": self.brightness},
                why="With at most two photons in a pulse, g2 cannot be larger", fix="g2=0.01")

    @property
    def mean_photon_numbers(self) -> tuple[float, ...]:
        """Mean photon number per pulse; one entry, as this source has one intensity."""
        return (float(self.photon_number_distribution() @ np.arange(3.0)),)

    @property
    def choice_probabilities(self) -> tuple[float, ...]:
        """How often each intensity is chosen: always the only one."""
        return (1.0,)

    def photon_number_distribution(self, intensity: int = 0) -> npt.NDArray[np.float64]:
        """P(0), P(1), P(2): shape (3,), summing to 1."""
        _known(intensity, 1)
        b, g = self.brightness, self.g2
        two = g * b * b / (1 - g * b + math.sqrt(max(0.0, 1 - 2 * g * b)))
        return np.array([1 - b, b - two, two])


def _coerce_numbers(low: float, high: float, why: str, fix: str) -> Any:
    def coerce(name: str, got: Any) -> tuple[float, ...]:
        __tracebackhide__ = True
        if isinstance(got, (int, float)) and not isinstance(got, bool):
            got = (got,)  # a single one
        if not isinstance(got, (tuple, list)) or any(
                isinstance(x, bool) or not isinstance(x, (int, float, np.floating, np.integer)) for x in got):
            refuse(f"{name} must be a tuple of numbers", got={name: (got, "")}, why=why, fix=fix, error=TypeError)
        require(len(got) > 0 and all(low <= x <= high for x in got),
                f"each of {name} must be from {low:g} to {high:g}", got={name: (got, "")}, why=why, fix=fix)
        return tuple(float(x) for x in got)
    return coerce


@value
class WeakCoherentSource:
    """A laser, turned down until most pulses are empty, its phase new for every pulse.

    Parameters
    ----------
    repetition_rate_hz : float
        Pulses per second, > 0.
    intensities : tuple of float
        Mean photon numbers from which each pulse is chosen, 0 to 100 each, all different, strongest (the signal) first.
        One: no decoys. Two: one decoy. Three, the last one 0 or nearly: vacuum + weak decoy.
    probabilities : tuple of float
        How often each is chosen, one per intensity, > 0, summing to 1.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong type or out of its range.

    Notes
    -----
    A laser pulse whose phase nobody knows holds n photons with the Poisson probability P(n) = exp(-mu) mu^n / n!, and
    nothing in it tells which intensity it was made with but n. mu = 0.1: 90.5 % empty, 9.05 % one photon, 0.47 % more.

    References
    ----------
    H.-K. Lo, X. Ma, K. Chen, Physical Review Letters 94, 230504 (2005), doi:10.1103/PhysRevLett.94.230504.

    >>> WeakCoherentSource(intensities=(0.1,)).photon_number_distribution()[:3].round(6).tolist()
    [0.904837, 0.090484, 0.004524]
    """

    repetition_rate_hz: float = number(default=1e9, unit="Hz", low=0, low_open=True, high=math.inf, high_open=True,
                                       doc="pulses per second", why="A source that never fires sends nothing",
                                       fix="repetition_rate_hz=1e9")
    intensities: tuple[float, ...] = custom(
        default=(0.5,), coerce=_coerce_numbers(0, 100, "An intensity is a mean photon number of a weak pulse",
                                               "intensities=(0.5, 0.1)"), doc="mean photon numbers to choose from")
    probabilities: tuple[float, ...] = custom(
        default=(1.0,), coerce=_coerce_numbers(0, 1, "Each pulse has one of the intensities",
                                               "probabilities=(0.9, 0.1)"), doc="how often each is chosen")

    def _check(self) -> None:
        got = {"intensities": (self.intensities, ""), "probabilities": (self.probabilities, "")}
        require(len(self.intensities) == len(self.probabilities), "intensities and probabilities must be as many",
                got=got, why="Each intensity is chosen with its probability",
                fix="intensities=(0.5, 0.1), probabilities=(0.9, 0.1)")
        require(abs(math.fsum(self.probabilities) - 1) < 1e-9 and min(self.probabilities) > 0,
                "probabilities must all be > 0 and sum to 1", got=got, why="Each pulse has one of the intensities",
                fix="probabilities=(0.9, 0.1)")
        require(list(self.intensities) == sorted(set(self.intensities), reverse=True),
                "intensities must be different and the strongest come first", got=got,
                why="The first one is the signal", fix="intensities=(0.5, 0.1, 0.0)")

    @property
    def mean_photon_numbers(self) -> tuple[float, ...]:
        """Mean photon number per pulse, for each intensity."""
        return self.intensities

    @property
    def choice_probabilities(self) -> tuple[float, ...]:
        """How often each intensity is chosen."""
        return self.probabilities

    def photon_number_distribution(self, intensity: int = 0) -> npt.NDArray[np.float64]:
        """P(0), P(1), ... of the intensity with this index; what is cut off at the end is below 1e-18."""
        _known(intensity, len(self.intensities))
        return poisson(self.intensities[intensity])


def _known(intensity: int, how_many: int) -> None:
    require(intensity in range(how_many), f"intensity must be an index from 0 to {how_many - 1}",
            got={"intensity": (intensity, "")}, why="It counts the intensities of the source", fix="intensity=0")
