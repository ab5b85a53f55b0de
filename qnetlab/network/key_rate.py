"""The engineer's question: this source, this fiber, this detector; how much secret key, how far, and on what terms?"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from ..checks import choice, custom, number, part, refuse, require, value
from ..devices.detector import Detector
from ..devices.fiber import Fiber
from ..devices.line import Line
from ..devices.photon_source import SinglePhotonSource, WeakCoherentSource
from ..theory.key_rates import repeaterless_bound
from ..theory.search import last_positive
from ..units import db_to_probability
from .expectation import Expectation, Number, Source, expect
from .report import Lines, assumptions, html, text

_FURTHEST_DB = 300.0  # one photon in 1e30: nobody waits for it


def _coerce_source(name: str, got: Any) -> Source:
    __tracebackhide__ = True
    if not isinstance(got, (WeakCoherentSource, SinglePhotonSource)):
        refuse(f"{name} must be a WeakCoherentSource or a SinglePhotonSource", got={name: (got, "")}, error=TypeError,
               why="It says what the pulses hold", fix=f"{name}=WeakCoherentSource()")
    return got


@value
class SecretKeyRate:
    """Secret key of BB84 over a fiber: from data sheets to bits per second.

    Parameters
    ----------
    source : WeakCoherentSource or SinglePhotonSource
        One laser intensity: no decoys; two: one decoy; three: vacuum (or nearly) and weak decoy.
    fiber : Fiber or another line
        From alice to bob; the loss of bob's optics is its ``insertion_loss_db``. A :class:`.FreeSpacePath` may stand
        here, too.
    detector : Detector
        Each of bob's two.
    misalignment_error : float
        Share of the photons that reach the wrong detector, 0 to 1/2: sin(t)^2 of BB84's ``misalignment_rad`` t.
    basis_probability : float
        How often alice, and bob, choose Z.
    decoys : "sent" or "infinite"
        The decoys that the source sends, or the limit in which they tell everything.
    block_bits : float
        Sifted bits of basis Z from which one key is made, >= 1; infinite: asymptotic.
    eps_sec, eps_cor : float
        Secrecy and correctness of one key, between 0 and 1; for finite blocks.
    error_correction : float
        Disclosed bits over the Shannon limit, f >= 1.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range, or no published bound covers the combination.

    Notes
    -----
    Expected counts over an honest line, exact clicks of two threshold detectors (Ma et al. 2005 differs by parts in
    1e6), through GLLP without end, or Lim 2014, Rusca 2018, Tomamichel 2012 for finite blocks: see
    :mod:`qnetlab.theory.decoy` and :mod:`qnetlab.theory.finite_key`. Afterpulses count as background, dead time stops
    both detectors. Without end, the bits of both bases become key, those of decoys too if they leave any; in a finite
    block only basis Z makes key and X tests.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao, H.-K. Lo, Physical Review A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326.

    >>> gys = SecretKeyRate(source=WeakCoherentSource(repetition_rate_hz=2e6, intensities=(0.48,)), decoys="infinite",
    ...     fiber=Fiber(length_km=100, attenuation_db_per_km=0.21), misalignment_error=0.033, error_correction=1.22,
    ...     detector=Detector(efficiency=0.045, dark_count_rate_hz=850, gate_s=1e-9))
    >>> f"{gys.bits_per_pulse:.3g} {gys.bits_per_s:.3g} {gys.reach_km:.1f}"
    '1.72e-05 34.4 142.0'
    """

    source: Source = custom(default=WeakCoherentSource(), coerce=_coerce_source, doc="what alice sends")
    fiber: Line = part(default_factory=Fiber, like=Line, doc="from alice to bob")
    detector: Detector = part(default_factory=Detector, doc="each of bob's two")
    misalignment_error: float = number(default=0.0, low=0, high=0.5, doc="share of photons in the wrong detector",
                                       why="At 1/2 the outcome is a coin, beyond it the labels are exchanged",
                                       fix="misalignment_error=0.01")
    basis_probability: float = number(default=0.5, low=0, low_open=True, high=1, high_open=True,
                                      doc="how often each party chooses Z", why="Both bases have to come up",
                                      fix="basis_probability=0.9")
    decoys: str = choice(default="sent", options=("sent", "infinite"), doc="what the decoys tell",
                         why="They are those that are sent, or the ideal limit")
    block_bits: float = number(default=math.inf, unit="bit", low=1, doc="sifted bits of basis Z per key; inf: no end",
                               why="A key is made from at least one bit", fix="block_bits=1e7")
    eps_sec: float = number(default=1e-9, low=0, low_open=True, high=1, high_open=True, doc="secrecy of a finite key",
                            why="It is a probability of failure, and never 0", fix="eps_sec=1e-9")
    eps_cor: float = number(default=1e-15, low=0, low_open=True, high=1, high_open=True,
                            doc="correctness of a finite key", why="It is a probability of failure, and never 0",
                            fix="eps_cor=1e-15")
    error_correction: float = number(default=1.16, low=1, high=math.inf, high_open=True,
                                     doc="disclosed bits over the Shannon limit",
                                     why="No code discloses less than the Shannon limit", fix="error_correction=1.16")

    def _check(self) -> None:
        __tracebackhide__ = True
        mu = self.source.mean_photon_numbers
        finite, laser = math.isfinite(self.block_bits), isinstance(self.source, WeakCoherentSource)
        require(max(mu) > 0, "source must send some light", got={"source": (self.source, "")},
                why="No light, no key", fix="source=WeakCoherentSource(intensities=(0.5,))")
        require(len(mu) <= 3, "source must have at most three intensities", got={"source": (self.source, "")},
                why="The bounds are for a signal and up to two decoys",
                fix="source=WeakCoherentSource(intensities=(0.5, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1))")
        require(len(mu) < 3 or mu[0] > mu[1] + mu[2], "source must satisfy mu1 > mu2 + mu3",
                got={"source": (self.source, "")}, why="The bound rests on it", fix="intensities=(0.5, 0.1, 0.0)")
        require(len(mu) != 2 or mu[1] > 0, "source must have a decoy that holds some light",
                got={"source": (self.source, "")}, why="Empty pulses alone say nothing of single photons",
                fix="source=WeakCoherentSource(intensities=(0.5, 0.1), probabilities=(0.8, 0.2))")
        require(not finite or self.decoys == "sent", "block_bits must be inf with infinite decoys",
                got={"block_bits": (self.block_bits, "bit"), "decoys": self.decoys},
                why="The limit of infinitely many decoys takes infinitely many pulses", fix="decoys='sent'")
        require(not finite or not laser or len(mu) > 1, "block_bits must be inf without decoys",
                got={"block_bits": (self.block_bits, "bit"), "source": (self.source, "")},
                why="The finite bounds for laser pulses are for one or two decoys",
                fix="source=WeakCoherentSource(intensities=(0.5, 0.1), probabilities=(0.8, 0.2))")
        require(not finite or laser or self.source.photon_number_distribution()[2] == 0,
                "block_bits must be inf for a source with g2 > 0",
                got={"block_bits": (self.block_bits, "bit"), "source": (self.source, "")},
                why="The finite bound is for pulses that never hold two photons", fix="block_bits=inf")

    @classmethod
    def of(cls, protocol: Any, **settings: Any) -> SecretKeyRate:
        """The key rate of a BB84 protocol: its source, fiber, detector, angle and bases.

        Parameters
        ----------
        protocol : BB84
            Anything with ``source``, ``fiber``, ``detector``, ``misalignment_rad`` and ``basis_probability``.
        **settings
            Other fields of :class:`SecretKeyRate`.

        Raises
        ------
        TypeError
            If it has no such parts.
        """
        parts = ("source", "fiber", "detector", "basis_probability")
        missing = [name for name in (*parts, "misalignment_rad") if not hasattr(protocol, name)]
        require(not missing, "a key rate needs a BB84 protocol", got={"missing": (missing, "")}, error=TypeError,
                why="It stands on a source, a fiber and detectors", fix="BB84()")
        given = {name: getattr(protocol, name) for name in parts}
        return cls(misalignment_error=math.sin(protocol.misalignment_rad) ** 2, **{**given, **settings})

    @property
    def transmittance(self) -> float:
        """From the source's output to the click, efficiency included, 0 to 1."""
        return float(self.fiber.transmittance) * self.detector.efficiency

    @property
    def expectation(self) -> Expectation:
        """What an honest line is expected to show."""
        return expect(self, self.transmittance)

    @property
    def qber(self) -> float:
        """Expected error rate of the sifted bits that become key, 0 to 1/2."""
        return float(self.expectation.qber)

    @property
    def bits_per_pulse(self) -> float:
        """Secret bits per pulse sent; 0 if there is no key."""
        return max(0.0, float(self.expectation.key))

    @property
    def bits_per_s(self) -> float:
        """Secret bits per second, dead time counted; 0 if there is no key."""
        return self.bits_per_pulse * self.source.repetition_rate_hz * float(self.expectation.live)

    @property
    def key_bits(self) -> float:
        """Secret bits of one block, rounded down; infinite without end, 0 if there is no key."""
        if math.isinf(self.block_bits):
            return math.inf if self.bits_per_pulse > 0 else 0.0
        return float(math.floor(self.bits_per_pulse * float(self.expectation.pulses) * (1 + 1e-12)))

    @property
    def block_time_s(self) -> float:
        """How long it takes until a block is full, in s; infinite without end."""
        heard_hz = self.source.repetition_rate_hz * float(self.expectation.live)
        return float(self.expectation.pulses) / heard_hz if heard_hz else math.inf

    @property
    def reach_km(self) -> float:
        """The longest line of this kind that still leaves a key, in km; infinite if nothing ends it."""
        return _reach_km(self)

    def bits_per_pulse_at(self, length_km: Number) -> Number:
        """Secret bits per pulse over other lengths of the same fiber; below 0 there is no key.

        Parameters
        ----------
        length_km : float or array
            Lengths in km, >= 0.

        Raises
        ------
        ValueError
            If a length is none.
        """
        return self._expected_at(length_km).key

    def _expected_at(self, length_km: Number) -> Expectation:
        try:
            km = np.asarray(length_km, dtype=float)
        except (TypeError, ValueError, OverflowError):
            km = np.asarray(math.nan)
        require(bool(np.all((km >= 0) & (km < math.inf))), "length_km must be one or more finite lengths >= 0",
                got={"length_km": (length_km, "km")}, why="The fiber begins at Alice's", fix="length_km=50")
        return self._expected_behind(self.fiber.loss_db_at(km))

    def _expected_behind(self, loss_db: Number) -> Expectation:
        return expect(self, db_to_probability(loss_db) * self.detector.efficiency)

    def live_at(self, length_km: Number) -> Number:
        """Share of the time in which the detectors are not dead, over other lengths of the same fiber, 0 to 1."""
        return self._expected_at(length_km).live

    def tuned(self) -> SecretKeyRate:
        """The same link with its best intensities; in finite blocks also with the best shares and bases.

        Asymptotically only the signal's intensity has a best value: decoys would best be rare and faint.

        >>> from qnetlab.network.systems import gys_2004
        >>> round(gys_2004(length_km=50).tuned().source.intensities[0], 2)
        0.48
        """
        from .tuning import tune

        return tune(self)

    def theory(self) -> dict[str, float]:
        """The numbers by name: transmittance, qber, bits_per_pulse, bits_per_s, reach_km, repeaterless_bound."""
        return {
            "transmittance": self.transmittance,
            "qber": self.qber,
            "bits_per_pulse": self.bits_per_pulse,
            "bits_per_s": self.bits_per_s,
            "reach_km": self.reach_km,
            "repeaterless_bound": float(repeaterless_bound(float(self.fiber.transmittance))),
        }

    @property
    def assumptions(self) -> tuple[str, ...]:
        """On what terms the key is secret, in sentences; the first one tells epsilon."""
        return assumptions(self)

    def _lines(self) -> Lines:
        bound = float(repeaterless_bound(float(self.fiber.transmittance)))
        finite = math.isfinite(self.block_bits)
        return (
            ("secret key", f"{self.bits_per_s:.4g} bit/s = {self.bits_per_pulse:.4g} per pulse" if self.bits_per_pulse
             else "none"),
            ("over", f"{self.fiber.length_km:g} km, {self.fiber.loss_db:.4g} dB; it ends at {self.reach_km:.1f} km"),
            ("error rate", f"{self.qber:.2%} of the sifted bits"),
            *([("one key", f"{self.key_bits:.0f} bits, every {self.block_time_s:.3g} s")] if finite else []),
            ("no repeaterless link", f"passes {bound:.4g} per pulse and mode"),
        )

    def __str__(self) -> str:
        return text(self._lines(), self.assumptions)

    def _repr_html_(self) -> str:
        return html(self._lines(), self.assumptions)


@lru_cache(maxsize=256)
def _reach_km(rate: SecretKeyRate) -> float:
    line = rate.fiber
    if isinstance(line, Fiber) and line.attenuation_db_per_km > 0:
        furthest = _FURTHEST_DB / line.attenuation_db_per_km
        found = last_positive(rate.bits_per_pulse_at, furthest, points=1200)
        return math.inf if found == furthest else found
    # Any other line may go over many powers of ten: first the most decibels that leave a key, then how far these go.
    most = last_positive(lambda loss_db: rate._expected_behind(loss_db).key, _FURTHEST_DB, points=1200)
    if most == 0 or rate.fiber.loss_db_at(0.0) > most:
        return 0.0
    return math.inf if most == _FURTHEST_DB else line.length_km_at(most)
