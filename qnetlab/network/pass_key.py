"""A key from one pass of a satellite, from geometry to secret bits; and what passes and clouds leave in a year."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..checks import choice, custom, number, part, require, value
from ..devices.detector import Detector
from ..devices.photon_source import SinglePhotonSource, WeakCoherentSource
from ..devices.satellite import SatellitePass
from ..qkd.counts import Counts
from ..seeds import Rng, root_seed, sequence_of
from ..theory.entropy import binary_entropy
from ..theory.orbits import culminations_deg
from .expectation import Number, Source, finite_length, heard

#: Passes that stand for all of a day, in the mean key of a pass.
_PASSES = 12
_DAYS_PER_YEAR = 365.25


def _coerce_source(name: str, got: Any) -> Source:
    __tracebackhide__ = True
    kept: Source = got
    ok = (isinstance(got, WeakCoherentSource) and len(got.intensities) in (2, 3)) or (
        isinstance(got, SinglePhotonSource) and got.photon_number_distribution()[2] == 0)
    require(ok, f"{name} must be a WeakCoherentSource with one or two decoys, or perfect single photons",
            got={name: (got, "")}, error=TypeError, why="A pass is finite, and finite keys are proven for these",
            fix=f"{name}=WeakCoherentSource(intensities=(0.5, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1))")
    return kept


class PassCounts(NamedTuple):
    """Sifted bits of a whole pass and the wrong ones among them, per intensity, for each of the two bases."""

    #: Both chose Z.
    sifted_z: npt.NDArray[np.float64]
    wrong_z: npt.NDArray[np.float64]
    #: Both chose X.
    sifted_x: npt.NDArray[np.float64]
    wrong_x: npt.NDArray[np.float64]


@value
class PassKey:
    """Decoy-state BB84 during one pass of a satellite, and the finite key that it leaves.

    Parameters
    ----------
    orbit : SatellitePass
        Geometry, telescopes and air.
    source : WeakCoherentSource or SinglePhotonSource
        On board (or, going up, on the ground); one or two decoys, or photons that never come in twos.
    detector : Detector
        Each of the receiver's two.
    background_rate_hz : float
        Clicks per second of each detector from the sky, 0 to 1e15; they add to its dark counts.
    misalignment_error : float
        Share of the photons that reach the wrong detector, 0 to 1/2; a contrast of C:1 is 1/(C + 1).
    basis_probability : float
        How often either party chooses Z, between 0 and 1.
    key_from : "Z" or "both"
        One basis makes key and the other one tests it; or each makes key, tested by the other, at twice the epsilon.
    eps_sec, eps_cor : float
        Secrecy and correctness of a key, between 0 and 1.
    error_correction : float
        Disclosed bits over the Shannon limit, f from 1 to 10.
    step_s : float
        In which steps the pass is added up, in s.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range, or a gate is longer than the time between two pulses.

    Notes
    -----
    Expected counts over an honest line, summed over the pass and taken as *one* session of the finite bound
    (Lim 2014, Rusca 2018, Tomamichel 2012): bits of a bad second are as good as the mean. Leaving out the lowest part
    of the pass may help; ``orbit.min_elevation_deg`` decides. :meth:`sampled` draws the counts instead.

    References
    ----------
    J. S. Sidhu, T. Brougham, D. McArthur, R. G. Pousa, D. K. L. Oi, npj Quantum Information 8, 18 (2022),
    doi:10.1038/s41534-022-00525-3 (from memory): finite keys over a pass.

    >>> from qnetlab.devices.telescopes import Telescopes
    >>> scopes = Telescopes(divergence_urad=10, receiver_diameter_m=1)
    >>> one = PassKey(orbit=SatellitePass(telescopes=scopes), source=WeakCoherentSource(
    ...     repetition_rate_hz=1e8, intensities=(0.5, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1)))
    >>> f"{one.sifted_bits:.3g} sifted, {one.key_bits:.3g} secret"
    '2.21e+08 sifted, 6.6e+07 secret'
    """

    orbit: SatellitePass = part(default_factory=SatellitePass, doc="geometry, telescopes and air")
    source: Source = custom(
        default=WeakCoherentSource(repetition_rate_hz=1e8, intensities=(0.5, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1)),
        coerce=_coerce_source, doc="what is sent")
    detector: Detector = part(default_factory=Detector, doc="each of the receiver's two")
    background_rate_hz: float = number(default=0.0, unit="Hz", low=0, high=1e15,
                                       doc="clicks per second from the sky, per detector",
                                       why="A rate is not negative, and no detector counts so fast",
                                       fix="background_rate_hz=100")
    misalignment_error: float = number(default=0.0, low=0, high=0.5, doc="share of photons in the wrong detector",
                                       why="At 1/2 the outcome is a coin", fix="misalignment_error=0.01")
    basis_probability: float = number(default=0.5, low=0, low_open=True, high=1, high_open=True,
                                      doc="how often each party chooses Z", why="Both bases have to come up",
                                      fix="basis_probability=0.9")
    key_from: str = choice(default="Z", options=("Z", "both"), doc="which basis makes key",
                           why="The other one tests it")
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
        rate = self.source.repetition_rate_hz
        require(self.detector.gate_s * rate <= 1 + 1e-9,
                "detector.gate_s must satisfy gate_s * repetition_rate_hz <= 1",
                got={"detector": (self.detector, ""), "repetition_rate_hz": (rate, "Hz")},
                why="A gate that is longer than a period hears the next pulse, too",
                fix=f"detector=Detector(gate_s={1 / rate:g})")

    @property
    def lit_detector(self) -> Detector:
        """The detector under this sky: its dark counts and the background together."""
        return replace(self.detector, dark_count_rate_hz=self.detector.dark_count_rate_hz + self.background_rate_hz)

    def sifted_rate_hz(self, t_s: Number) -> Number:
        """Sifted bits per second of all intensities, at times in s after the highest point: a float, or an array."""
        clicks = _heard(self, t_s)
        both = self.basis_probability**2 + (1 - self.basis_probability) ** 2
        return (self.source.repetition_rate_hz * both * clicks.clicks * clicks.live)[()]

    def signal_rate_hz(self, t_s: Number) -> Number:
        """The same of the strongest intensity alone, the signal."""
        clicks = _heard(self, t_s)
        both = self.basis_probability**2 + (1 - self.basis_probability) ** 2
        first = clicks.shares[0] * clicks.kinds.gain[0]
        return (self.source.repetition_rate_hz * both * first * clicks.live)[()]

    def qber_at(self, t_s: Number) -> Number:
        """Expected error rate of the signal at times in s after the highest point, 0 to 1/2."""
        return _heard(self, t_s).kinds.qber[0][()]

    @property
    def counts(self) -> PassCounts:
        """Expected bits of the whole pass."""
        return _counts(self)

    @property
    def sifted_bits(self) -> float:
        """Expected sifted bits of the pass, of both bases and all intensities."""
        return float(np.sum(self.counts.sifted_z) + np.sum(self.counts.sifted_x))

    @property
    def qber(self) -> float:
        """Expected error rate of all sifted bits of the pass, 0 to 1/2."""
        bits = self.sifted_bits
        return float(np.sum(self.counts.wrong_z) + np.sum(self.counts.wrong_x)) / bits if bits else 0.5

    @property
    def key_bits(self) -> float:
        """Secret bits of the pass, rounded down; 0 if there is no key."""
        return _key_bits(self, self.counts)

    def sampled(self, rng: Rng = None) -> PassSession:
        """One pass as it may happen: counts drawn around the expected ones, and the key that these leave.

        Parameters
        ----------
        rng : int, numpy SeedSequence or Generator, or None
        """
        return _session(self, np.random.default_rng(sequence_of(root_seed(rng), "pass")))

    @property
    def mean_key_bits(self) -> float:
        """Secret bits of a pass on the average over all that reach the least elevation: most of them are low."""
        return _mean_key(self)

    def key_bits_per_day(self, clear_share: float = 1.0, dark_share: float = 0.5) -> float:
        """Secret bits per day and night, on the long average.

        Parameters
        ----------
        clear_share : float
            Share of the passes without clouds, 0 to 1.
        dark_share : float
            Share of them by night, 0 to 1: by day the sky is too bright for most receivers.

        Notes
        -----
        :attr:`mean_key_bits` times the passes per day (``orbit.latitude_deg`` says how many), clear and dark. Each pass
        makes its own key, and a pass that is too low for one makes none.
        """
        for name, share in (("clear_share", clear_share), ("dark_share", dark_share)):
            require(isinstance(share, (int, float)) and 0 <= share <= 1, f"{name} must satisfy 0 <= {name} <= 1",
                    got={name: share}, why="It is a share of the passes", fix=f"{name}=0.5")
        return self.mean_key_bits * self.orbit.passes_per_day * clear_share * dark_share

    def key_bits_per_year(self, clear_share: float = 1.0, dark_share: float = 0.5) -> float:
        """The same per year of 365.25 days."""
        return _DAYS_PER_YEAR * self.key_bits_per_day(clear_share, dark_share)

    def theory(self) -> dict[str, float]:
        """The numbers by name: duration_s, best_loss_db, worst_loss_db, sifted_bits, qber, key_bits."""
        end = self.orbit.duration_s / 2
        return {"duration_s": self.orbit.duration_s, "best_loss_db": float(self.orbit.loss_db(0.0)),
                "worst_loss_db": float(self.orbit.loss_db(end * (1 - 1e-9))), "sifted_bits": self.sifted_bits,
                "qber": self.qber, "key_bits": self.key_bits}


class PassSession(NamedTuple):
    """One pass as it happened: what was counted, and the secret bits that these counts leave."""

    #: As for any session: ``secret_key_length(session.counts)`` says what the key is made of.
    counts: Counts
    key_bits: float


def _heard(key: PassKey, t_s: Number) -> Any:
    eta = np.asarray(key.orbit.transmittance(t_s)) * key.detector.efficiency
    return heard(key.source, key.lit_detector, key.misalignment_error, eta)


@lru_cache(maxsize=256)
def _counts(key: PassKey) -> PassCounts:
    times = key.orbit.times_s(key.step_s)
    clicks = _heard(key, times)
    seconds = key.orbit.duration_s / len(times)
    bits = key.source.repetition_rate_hz * seconds * (clicks.shares * clicks.kinds.gain * clicks.live)
    sifted, wrong = bits.sum(axis=1), (bits * clicks.kinds.qber).sum(axis=1)
    z = key.basis_probability
    return PassCounts(z**2 * sifted, z**2 * wrong, (1 - z) ** 2 * sifted, (1 - z) ** 2 * wrong)


def _key_bits(key: PassKey, counts: PassCounts) -> float:
    z, x = counts[:2], counts[2:]
    total = 0.0
    for (bits, errors), (test, test_errors) in ((z, x), (x, z))[: 2 if key.key_from == "both" else 1]:
        n = float(np.sum(bits))
        if n <= 0:
            continue
        leak = key.error_correction * n * float(binary_entropy(min(0.5, float(np.sum(errors)) / n)))
        length = finite_length(key.source, sifted_key=bits, errors_key=errors, sifted_test=test,
                               errors_test=test_errors, leak_bits=leak, eps_sec=key.eps_sec, eps_cor=key.eps_cor)
        total += max(0.0, math.floor(float(length)))
    return total


def _session(key: PassKey, draw: np.random.Generator) -> PassSession:
    z, expected = key.basis_probability, key.counts
    pulses = key.source.repetition_rate_hz * key.orbit.duration_s
    shares = np.outer(key.source.choice_probabilities, (z, 1 - z))
    sent = np.rint(pulses * shares).astype(np.int64)
    drawn = []
    for sifted, wrong in ((expected.sifted_z, expected.wrong_z), (expected.sifted_x, expected.wrong_x)):
        errors = draw.poisson(wrong)
        drawn.append((errors + draw.poisson(np.maximum(sifted - wrong, 0.0)), errors))
    # A click more than pulses, where every pulse clicks, is none.
    sifted, errors = (np.minimum(np.column_stack(columns), sent) for columns in zip(*drawn, strict=True))
    counts = Counts(intensities=key.source.mean_photon_numbers, probabilities=key.source.choice_probabilities,
                    sent=sent, sifted=sifted, errors=errors)
    columns = (column.astype(float) for basis in (0, 1) for column in (sifted[:, basis], errors[:, basis]))
    return PassSession(counts, _key_bits(key, PassCounts(*columns)))


@lru_cache(maxsize=64)
def _mean_key(key: PassKey) -> float:
    orbit = key.orbit
    highest = culminations_deg(orbit.altitude_km, orbit.min_elevation_deg, _PASSES)
    passes = [replace(key, orbit=replace(orbit, culmination_deg=float(top))) for top in highest]
    return math.fsum(one.key_bits for one in passes) / _PASSES
