"""What carries photons from one end to the other: a fiber, or nothing but space and air."""

from __future__ import annotations

import math
from typing import Any

from ..theory.search import crossing
from ..units import db_to_probability, light_delay_s

Number = Any  # a float or an array of floats

_FURTHEST_KM = 1e12  # a tenth of a light year


class Line:
    """What every line has, whatever it is made of: :class:`.Fiber`, :class:`.FreeSpacePath`, :class:`.DoubleDownlink`.

    A link, a protocol or a key rate takes any of them where it says *fiber*: it asks how much is lost and how long it
    takes, and nothing else. A new kind of line says ``length_km``, ``loss_db``, ``loss_db_at`` and ``lossless``.
    """

    __slots__ = ()

    @property
    def length_km(self) -> float:
        """From end to end, in km."""
        raise NotImplementedError

    @property
    def loss_db(self) -> float:
        """Total loss in dB."""
        raise NotImplementedError

    @property
    def transmittance(self) -> float:
        """Probability that a photon arrives, 0 to 1."""
        return float(db_to_probability(self.loss_db))

    @property
    def delay_s(self) -> float:
        """Time that light takes from end to end, in s; in vacuum unless the line knows better."""
        return float(light_delay_s(self.length_km, 1.0))

    def loss_db_at(self, length_km: Number) -> Number:
        """Loss in dB of the same kind of line at other lengths in km: a float, or an array."""
        raise NotImplementedError

    def length_km_at(self, loss_db: float) -> float:
        """The longest line of this kind that loses no more than this many dB, in km; 0 if none, infinite if all."""
        if self.loss_db_at(0.0) > loss_db:
            return 0.0
        if self.loss_db_at(_FURTHEST_KM) <= loss_db:
            return math.inf
        # By halving the logarithm: a way through space may be any power of ten long.
        return 10 ** crossing(lambda power: loss_db - self.loss_db_at(10**power), -9.0, math.log10(_FURTHEST_KM))

    @property
    def lossless(self) -> Line:
        """A line as long that loses nothing: what Eve would lay."""
        raise NotImplementedError
