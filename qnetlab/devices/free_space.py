"""A path through the open: from roof to roof, or to one place of a satellite; and two of them from one satellite."""

from __future__ import annotations

import math

import numpy as np

from ..checks import number, part, value
from .budget import LossBudget
from .fiber import Fiber
from .line import Line, Number
from .telescopes import Telescopes


@value
class FreeSpacePath(Line):
    """A straight way through air or space, with a telescope at each end. The default is no way at all.

    Parameters
    ----------
    length_km : float
        From telescope to telescope in km, 0 to 1e12.
    telescopes : Telescopes
        What sends the beam, and what catches it.
    attenuation_db_per_km : float
        Of the air along the ground, in dB/km, >= 0; 0 in space.
    atmosphere_db : float
        Of the whole atmosphere, crossed once on the way, in dB, >= 0.
    wander_urad : float
        What turbulence adds to the pointing, rms per axis, in microradian, 0 to 1e6: on the way up, or along the
        ground.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    It may stand wherever a :class:`.Fiber` may. Twice the distance loses four times the light, 6 dB, once the beam is
    wider than the telescope; a fiber loses twice the decibels. Losses multiply, so their decibels add: ``budget``.
    The photons that arrive are undamaged, at the speed of light in vacuum. Background light is not the path's: it is
    clicks, and adds to the detector's dark counts, see :func:`qnetlab.theory.free_space.background_photons_hz`.

    >>> path = FreeSpacePath(length_km=1200, telescopes=Telescopes(divergence_urad=10, receiver_diameter_m=1))
    >>> round(path.loss_db, 1), round(float(path.loss_db_at(2400)) - path.loss_db, 2)
    (18.6, 6.0)
    """

    length_km: float = number(default=0.0, unit="km", low=0, high=1e12, doc="length",
                              why="A length is not negative, and 1e12 km is beyond all planets", fix="length_km=144")
    telescopes: Telescopes = part(default_factory=Telescopes, doc="the two ends")
    attenuation_db_per_km: float = number(default=0.0, unit="dB/km", low=0, high=math.inf, high_open=True,
                                          doc="loss of the air per km", why="Air only ever takes light away",
                                          fix="attenuation_db_per_km=0.07")
    atmosphere_db: float = number(default=0.0, unit="dB", low=0, high=math.inf, high_open=True,
                                  doc="loss of the whole atmosphere", why="Air only ever takes light away",
                                  fix="atmosphere_db=3")
    wander_urad: float = number(default=0.0, unit="urad", low=0, high=1e6,
                                doc="rms wander of the beam, per axis",
                                why="A spread is not negative, and what wanders by a radian is no beam",
                                fix="wander_urad=3")

    def losses_db_at(self, length_km: Number) -> dict[str, Number]:
        """Every loss at other distances in km: name -> dB, in the order in which light meets them."""
        found = self.telescopes.losses_db(length_km, self.wander_urad)
        receiver = found.pop("receiver")
        return {**found, "atmosphere": self.attenuation_db_per_km * length_km + self.atmosphere_db,
                "receiver": receiver}

    @property
    def budget(self) -> LossBudget:
        """Every loss by name, in dB: a table in a notebook."""
        return LossBudget(self.losses_db_at(self.length_km))

    @property
    def loss_db(self) -> float:
        """Total loss in dB."""
        return self.budget.total_db

    def loss_db_at(self, length_km: Number) -> Number:
        """Loss in dB at other distances: a float, or an array."""
        return sum(self.losses_db_at(length_km).values())

    @property
    def lossless(self) -> Line:
        """A line as long that loses nothing: light that goes by itself."""
        return Fiber(length_km=self.length_km, group_index=1.0)


@value
class DoubleDownlink(Line):
    """A pair's whole way from one telescope over a satellite to the other: one photon down each arm.

    Parameters
    ----------
    alice, bob : FreeSpacePath
        From the satellite, where the pair source flies, down to each of them.

    Raises
    ------
    TypeError
        If an arm is no FreeSpacePath.

    Notes
    -----
    Both photons must arrive: decibels of the two arms add. ``Link(source=..., fiber=DoubleDownlink(...),
    herald="none")`` is the satellite with its pair source in the middle: pairs are measured as they come, and kept if
    both are seen, so nobody waits for a herald.

    >>> arm = FreeSpacePath(length_km=1200, telescopes=Telescopes(divergence_urad=10, receiver_diameter_m=1))
    >>> round(DoubleDownlink(alice=arm, bob=arm).loss_db, 1)
    37.2
    """

    alice: FreeSpacePath = part(default_factory=FreeSpacePath, doc="from the satellite to alice")
    bob: FreeSpacePath = part(default_factory=FreeSpacePath, doc="from the satellite to bob")

    @property
    def length_km(self) -> float:
        """Both arms together, in km."""
        return self.alice.length_km + self.bob.length_km

    @property
    def loss_db(self) -> float:
        """Loss of both arms together, in dB."""
        return self.alice.loss_db + self.bob.loss_db

    @property
    def budget(self) -> LossBudget:
        """Every loss by name, of both arms together, in dB."""
        return LossBudget({name: self.alice.budget[name] + self.bob.budget[name] for name in self.alice.budget})

    def loss_db_at(self, length_km: Number) -> Number:
        """Loss in dB at other lengths of both arms together, each in its proportion."""
        share = self.alice.length_km / self.length_km if self.length_km > 0 else 0.5
        whole = np.asarray(length_km, dtype=float)
        return self.alice.loss_db_at(share * whole) + self.bob.loss_db_at((1 - share) * whole)

    @property
    def lossless(self) -> Line:
        """Both arms, if they lost nothing."""
        return Fiber(length_km=self.length_km, group_index=1.0)
