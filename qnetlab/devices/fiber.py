"""Optical fiber: what it loses and how long it takes."""

from __future__ import annotations

import math
from dataclasses import replace

from ..checks import number, value
from ..units import light_delay_s
from .line import Line, Number


@value
class Fiber(Line):
    """A stretch of optical fiber. The default is no fiber at all: nothing lost, no delay.

    Parameters
    ----------
    length_km : float
        Length in km, >= 0.
    attenuation_db_per_km : float
        Loss per length in dB/km, >= 0.
    insertion_loss_db : float
        Connectors and splices in dB, >= 0, once.
    group_index : float
        Speed of light in vacuum over group speed in the glass, >= 1.

    Raises
    ------
    TypeError, ValueError
        If a field is not a number or out of its range.

    Notes
    -----
    Transmittance eta = 10^(-(alpha L + l)/10): 0.2 dB/km over 50 km lets 10 % through, over 100 km 1 %.
    A photon that arrives is undamaged; polarization drift and dispersion are not modeled here.

    References
    ----------
    ITU-T Recommendation G.652 (single-mode fiber and cable).

    >>> Fiber(length_km=50, attenuation_db_per_km=0.2).transmittance
    0.1
    """

    length_km: float = number(default=0.0, unit="km", low=0, high=math.inf, high_open=True, doc="length",
                              why="A length is finite and not negative", fix="length_km=50")
    attenuation_db_per_km: float = number(default=0.0, unit="dB/km", low=0, high=math.inf, high_open=True,
                                          doc="loss per km", why="Glass only ever takes light away",
                                          fix="attenuation_db_per_km=0.2")
    insertion_loss_db: float = number(default=0.0, unit="dB", low=0, high=math.inf, high_open=True,
                                      doc="loss of connectors and splices",
                                      why="A connector only ever takes light away", fix="insertion_loss_db=0.5")
    group_index: float = number(default=1.4682, low=1, high=math.inf, high_open=True, doc="c over group speed",
                                why="No signal is faster than light in vacuum", fix="group_index=1.4682")

    @property
    def loss_db(self) -> float:
        """Total loss in dB."""
        return self.attenuation_db_per_km * self.length_km + self.insertion_loss_db

    @property
    def delay_s(self) -> float:
        """Time that light takes from end to end, in s."""
        return float(light_delay_s(self.length_km, self.group_index))

    def loss_db_at(self, length_km: Number) -> Number:
        """Loss in dB of other lengths of this fiber, connectors included."""
        return self.attenuation_db_per_km * length_km + self.insertion_loss_db

    def length_km_at(self, loss_db: float) -> float:
        """The longest fiber of this kind that loses no more than this many dB, in km."""
        left = loss_db - self.insertion_loss_db
        if left < 0:
            return 0.0
        return left / self.attenuation_db_per_km if self.attenuation_db_per_km else math.inf

    @property
    def lossless(self) -> Fiber:
        """The same fiber, if it lost nothing."""
        return replace(self, attenuation_db_per_km=0, insertion_loss_db=0)
