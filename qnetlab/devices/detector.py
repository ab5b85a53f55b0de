"""A photon detector: what makes it click, and what it does after a click."""

from __future__ import annotations

import math

from ..checks import number, value


@value
class Detector:
    """A single-photon detector that says "click" or nothing. The default is perfect.

    Parameters
    ----------
    efficiency : float
        Probability that a photon that reaches it makes a click, 0 to 1.
    dark_count_rate_hz : float
        Clicks per second without any light, >= 0.
    gate_s : float
        How long the detector listens for each pulse, in s, > 0.
    dead_time_s : float
        After a click it hears nothing for this long, in s, >= 0; what it misses does not make it deaf longer.
    afterpulse_probability : float
        Probability that a click is followed by a false one in the first gate after the dead time, 0 to below 1.
    jitter_s : float
        Standard deviation of the time of a click around the photon's, in s, >= 0 (Gaussian).

    Raises
    ------
    TypeError, ValueError
        If a field is not a number or out of its range.

    Notes
    -----
    A click is not a photon: it is light or a dark count, and two photons make one click, too. In one gate a dark count
    comes with probability d = 1 - exp(-rate * gate): 100 Hz in 1 ns is 1.0e-7. Efficiency is *loss*: a photon that is
    not seen is not seen wrongly. Dead time, afterpulses and jitter join one pulse to the next; whoever needs them looks
    at the clicks in their order of time.

    References
    ----------
    R. H. Hadfield, Nature Photonics 3, 696 (2009), doi:10.1038/nphoton.2009.230.

    >>> Detector(dark_count_rate_hz=100).dark_count_probability
    9.999999500000018e-08
    """

    efficiency: float = number(default=1.0, low=0, high=1, doc="probability to see a photon",
                               why="An efficiency is a probability", fix="efficiency=0.8")
    dark_count_rate_hz: float = number(default=0.0, unit="Hz", low=0, high=math.inf, high_open=True,
                                       doc="clicks per second in the dark", why="A rate is finite and not negative",
                                       fix="dark_count_rate_hz=100")
    gate_s: float = number(default=1e-9, unit="s", low=0, low_open=True, high=math.inf, high_open=True,
                           doc="how long it listens per pulse", why="A detector that never listens never clicks",
                           fix="gate_s=1e-9")
    dead_time_s: float = number(default=0.0, unit="s", low=0, high=math.inf, high_open=True,
                                doc="how long it is deaf after a click", why="A time is finite and not negative",
                                fix="dead_time_s=5e-8")
    afterpulse_probability: float = number(default=0.0, low=0, high=1, high_open=True,
                                           doc="probability that a false click follows a click",
                                           why="A click that is always followed by another would never end",
                                           fix="afterpulse_probability=0.01")
    jitter_s: float = number(default=0.0, unit="s", low=0, high=math.inf, high_open=True,
                             doc="standard deviation of the time of a click", why="A time is finite and not negative",
                             fix="jitter_s=5e-11")

    @property
    def dark_count_probability(self) -> float:
        """Probability of a dark count in one gate, 0 to 1: ``1 - exp(-rate * gate)``."""
        return -math.expm1(-self.dark_count_rate_hz * self.gate_s)

    @property
    def remembers(self) -> bool:
        """Whether one pulse is joined to the next: by dead time, afterpulses or jitter."""
        return self.dead_time_s > 0 or self.afterpulse_probability > 0 or self.jitter_s > 0
