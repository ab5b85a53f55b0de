"""Entangled pairs from one satellite to two stations, over the minutes in which both see it."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..checks import number, part, require, value
from ..devices.free_space import DoubleDownlink
from ..devices.link import Link
from ..devices.satellite import SatellitePass
from ..devices.source import PhotonPairSource
from ..theory.chsh import werner_chsh
from ..theory.entropy import binary_entropy
from ..theory.finite_key import single_photon_key_length
from ..theory.free_space import accidental_rate_hz, fidelity_among_accidentals
from .expectation import Number


class PairCounts(NamedTuple):
    """Expected coincidences of a whole pass."""

    #: Both photons of a pair.
    pairs: float
    #: Clicks that fell together by chance.
    accidentals: float
    #: Fidelity of what is taken for pairs, on the average over all of them.
    fidelity: float


@value
class PairPass:
    """A satellite with a pair source passes over two stations at once.

    Parameters
    ----------
    alice, bob : SatellitePass
        The same satellite as either of them sees it, downward.
    bob_later_s : float
        By how much later it is highest for bob, in s; 0 for two stations on either side of its track.
    source : PhotonPairSource
        On board; its noise must be white, as that of chance pairs is.
    background_rate_hz : float
        Clicks per second at each station that have no pair: sky and dark counts together, 0 to 1e15.
    window_s : float
        Two clicks within this time are taken for a pair, 1e-15 to 1.
    eps_sec, eps_cor : float
        Secrecy and correctness of a key, between 0 and 1.
    error_correction : float
        Disclosed bits over the Shannon limit, f from 1 to 10.
    step_s : float
        In which steps the pass is added up, in s.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range, or the two never see it together.

    Notes
    -----
    At each moment the pairs come with the product of both arms, chance pairs with S_A S_B tau, S the single clicks of a
    station; these agree half of the time, so they are noise of fidelity 1/4. Efficiencies of detectors stand in
    ``telescopes.receiver_efficiency``. Alice and bob measure each in one of two bases: half of the pairs are sifted,
    half of these make key and the others test it, by Tomamichel et al. 2012, which takes no more than one pair at a
    time: pairs that come in twos are left out. Nobody trusts the satellite.

    References
    ----------
    J. Yin et al., Nature 582, 501 (2020), doi:10.1038/s41586-020-2401-y (from memory): such a key.

    >>> from qnetlab.devices.telescopes import Telescopes
    >>> scopes = Telescopes(divergence_urad=10, receiver_diameter_m=1, receiver_efficiency=0.16)
    >>> side = SatellitePass(culmination_deg=35.9, min_elevation_deg=10, telescopes=scopes, zenith_transmittance=0.5)
    >>> both = PairPass(alice=side, bob=side, source=PhotonPairSource(fidelity=0.92, repetition_rate_hz=5.9e6))
    >>> f"{both.theory()['pairs']:.0f} pairs in {both.duration_s:.0f} s, S = {both.theory()['s']:.2f}"
    '1496 pairs in 409 s, S = 2.51'
    """

    alice: SatellitePass = part(default_factory=SatellitePass, doc="as alice sees it")
    bob: SatellitePass = part(default_factory=SatellitePass, doc="as bob sees it")
    bob_later_s: float = number(default=0.0, unit="s", low=-1e5, high=1e5, doc="how much later it is highest for bob",
                                why="One satellite passes both within minutes", fix="bob_later_s=30")
    source: PhotonPairSource = part(default_factory=PhotonPairSource, doc="the pair source on board")
    background_rate_hz: float = number(default=0.0, unit="Hz", low=0, high=1e15,
                                       doc="clicks per second without a pair, per station",
                                       why="A rate is not negative, and no detector counts so fast",
                                       fix="background_rate_hz=1000")
    window_s: float = number(default=1e-9, unit="s", low=1e-15, high=1, doc="what passes for simultaneous",
                             why="Clocks and detectors are not perfect, and light itself is longer",
                             fix="window_s=2.5e-9")
    eps_sec: float = number(default=1e-9, low=0, low_open=True, high=1, high_open=True, doc="secrecy of a key",
                            why="It is a probability of failure, and never 0", fix="eps_sec=1e-9")
    eps_cor: float = number(default=1e-15, low=0, low_open=True, high=1, high_open=True, doc="correctness of a key",
                            why="It is a probability of failure, and never 0", fix="eps_cor=1e-15")
    error_correction: float = number(default=1.16, low=1, high=10,
                                     doc="disclosed bits over the Shannon limit",
                                     why="No code discloses less, and ten times it leaves nothing",
                                     fix="error_correction=1.16")
    step_s: float = number(default=1.0, unit="s", low=0.01, high=math.inf, high_open=True,
                           doc="in which steps the pass is added up", why="A pass takes minutes", fix="step_s=1.0")

    def _check(self) -> None:
        __tracebackhide__ = True
        sides = {"alice": (self.alice, ""), "bob": (self.bob, "")}
        require(self.alice.altitude_km == self.bob.altitude_km, "alice and bob must see the same satellite", got=sides,
                why="It flies at one altitude", fix=f"altitude_km={self.alice.altitude_km:g} for both")
        require({self.alice.direction, self.bob.direction} == {"down"}, "alice and bob must both look up at it",
                got=sides, why="The pairs come from on board", fix='direction="down"')
        require(self.source.noise == "white", "source must have white noise", got={"source": (self.source, "")},
                why="Chance pairs are white, and the two are mixed", fix='PhotonPairSource(noise="white")')
        start, end = self.span_s
        require(end >= start, "bob_later_s must leave a time when both see it",
                got={"bob_later_s": (self.bob_later_s, "s")}, why="A pair needs both of its photons",
                fix="bob_later_s=0.0")

    @property
    def span_s(self) -> tuple[float, float]:
        """From when until when both see it, in s after it is highest for alice."""
        half_a, half_b = self.alice.duration_s / 2, self.bob.duration_s / 2
        return max(-half_a, self.bob_later_s - half_b), min(half_a, self.bob_later_s + half_b)

    @property
    def duration_s(self) -> float:
        """How long both see it, in s."""
        start, end = self.span_s
        return end - start

    def times_s(self) -> npt.NDArray[np.float64]:
        """Times of alice's, in the middle of equal steps of about ``step_s``."""
        (start, _), steps = self.span_s, max(1, round(self.duration_s / self.step_s))
        return start + self.duration_s * (np.arange(steps) + 0.5) / steps

    def downlink(self, t_s: float) -> DoubleDownlink:
        """Both paths at one moment of alice's."""
        return DoubleDownlink(alice=self.alice.at(t_s), bob=self.bob.at(t_s - self.bob_later_s))

    def link(self, t_s: float) -> Link:
        """What joins the two at one moment, chance pairs among its noise: for ``CHSH(link=...)``, ``BBM92(link=...)``.

        >>> from qnetlab.devices.telescopes import Telescopes
        >>> dim = SatellitePass(telescopes=Telescopes(divergence_urad=10, receiver_diameter_m=1))
        >>> noisy = PairPass(alice=dim, bob=dim, background_rate_hz=1e5)
        >>> round(noisy.link(0.0).source.fidelity, 4)
        0.996
        """
        seen = replace(self.source, fidelity=float(self.fidelity_at(t_s)))
        return Link(source=seen, fiber=self.downlink(t_s), herald="none")

    def pair_rate_hz(self, t_s: Number) -> Number:
        """Pairs per second of which both photons are seen: a float, or an array."""
        alice, bob = self._arms(t_s)
        return self.source.repetition_rate_hz * alice * bob

    def accidental_rate_hz(self, t_s: Number) -> Number:
        """Coincidences per second by chance: a float, or an array."""
        alice, bob = (self.source.repetition_rate_hz * arm + self.background_rate_hz for arm in self._arms(t_s))
        return accidental_rate_hz(alice, bob, self.window_s)

    def fidelity_at(self, t_s: Number) -> Number:
        """Fidelity of what is taken for pairs at a moment: a float, or an array."""
        return fidelity_among_accidentals(self.source.fidelity, self.pair_rate_hz(t_s) / self.accidental_rate_hz(t_s))

    @property
    def counts(self) -> PairCounts:
        """Expected coincidences of the whole pass."""
        return _pair_counts(self)

    def key_bits(self, passes: int = 1) -> float:
        """Secret bits of so many passes taken together, rounded down; 0 if there is no key.

        Raises
        ------
        ValueError
            If there is no pass.
        """
        require(isinstance(passes, (int, float)) and passes > 0, "passes must be > 0", got={"passes": passes},
                why="A key needs pairs", fix="passes=10")
        each, qber = passes * (self.counts.pairs + self.counts.accidentals) / 4, self._qber
        if each <= 0:
            return 0.0
        leak = self.error_correction * each * float(binary_entropy(qber))
        length = single_photon_key_length(each, each, qber, leak_bits=leak, eps_sec=self.eps_sec, eps_cor=self.eps_cor)
        return float(max(0, math.floor(float(length))))

    def theory(self) -> dict[str, float]:
        """The numbers by name: duration_s, pairs, accidentals, fidelity, qber, s."""
        pairs, accidentals, fidelity = self.counts
        return {"duration_s": self.duration_s, "pairs": pairs, "accidentals": accidentals, "fidelity": fidelity,
                "qber": self._qber, "s": float(werner_chsh(fidelity))}

    @property
    def _qber(self) -> float:
        return 2 * (1 - self.counts.fidelity) / 3

    def _arms(self, t_s: Number) -> tuple[Number, Number]:
        t = np.asarray(t_s, dtype=float)
        return self.alice.transmittance(t)[()], self.bob.transmittance(t - self.bob_later_s)[()]


@lru_cache(maxsize=128)
def _pair_counts(both: PairPass) -> PairCounts:
    times = both.times_s()
    step = both.duration_s / len(times)
    pairs, chance = (float(np.sum(rate(times))) * step for rate in (both.pair_rate_hz, both.accidental_rate_hz))
    if not chance:  # no time together, or nothing arrives
        return PairCounts(pairs, chance, both.source.fidelity)
    return PairCounts(pairs, chance, float(fidelity_among_accidentals(both.source.fidelity, pairs / chance)))
