"""The engineer's question to a chain of memories: so many stations on this line; how many pairs, how much key?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ..checks import choice, number, part, value
from ..devices.fiber import Fiber
from ..devices.gates import GateErrors
from ..devices.readout import Readout
from ..devices.source import PhotonPairSource
from ..theory.chain_memory import mean_decay, with_deadline
from ..theory.key_rates import repeaterless_bound
from ..theory.pair_keys import pair_keys
from ..theory.repeaters import mean_longest_wait
from ..theory.search import last_positive
from ..theory.states import fresh_pair
from ..theory.swapping import frame_correlators, station
from ..units import db_to_probability
from .chain_report import assumptions, lines
from .report import html, text

if TYPE_CHECKING:
    from .chain_placed import PlacedChain

_MOST_STATIONS = 200
_FURTHEST_KM = 5000.0
#: Chance that a round is still running, below which a deadline changes nothing.
_NEVER = 1e-18


@value
class ChainKeyRate:
    """Secret key of a chain of memories in closed form: swapped as soon as possible, ends measured at once.

    Parameters
    ----------
    fiber : Fiber
        The whole line from alice to bob, cut into equal links; its ``insertion_loss_db`` is counted in every link.
    stations : int
        Between alice and bob, 0 to 200: one link more than stations.
    source : PhotonPairSource
        ``fidelity`` and ``noise`` of a fresh pair over one link.
    efficiency : float
        Of each photon apart from the fiber, from the memory's emission to the click in the middle of the link, 0 to 1.
    t2_s : float
        Coherence time of a stored half in s, > 0; infinite: it keeps for ever.
    decay : "dephasing" or "depolarizing"
        What waiting does: blur the sign only, or replace the half by noise.
    preparation_time_s : float
        The shortest time between two attempts that the nodes themselves allow, in s, > 0.
    deadline_s : float
        A round that takes longer is given up, all of it, in s, > 0; infinite: never.
    gates : GateErrors
        Of each station's CNOT and H.
    station_readout : Readout
        Both readouts of each station.
    error_correction : float
        Disclosed bits over the Shannon limit, f >= 1.
    direct_rate_hz : float
        Pulses per second of the cable without stations that the chain is compared with, > 0.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Each memory sends a photon to the middle of its link, two clicks there announce a pair: p = eta^2/2 with eta the
    efficiency times half a link of fiber. The next attempt starts when the answer to the last has come. All links try
    side by side, in step; what stands waits; a station swaps when both of its links stand, and a new round
    starts when the chain is complete. Visibilities multiply; waiting multiplies XX and YY (depolarizing: ZZ, too) by
    the exact mean of :mod:`qnetlab.theory.chain_memory`; every half, at the ends, too, has also waited for its own
    link's herald. The key is 1 - h(Q_X) - f h(Q_Z) per pair, without end, one-way, one basis chosen almost always.
    Left out: dark counts, photons that differ, several memories per link, populations that decay (T1).

    References
    ----------
    N. Sangouard et al., Reviews of Modern Physics 83, 33 (2011), doi:10.1103/RevModPhys.83.33.

    >>> chain = ChainKeyRate(fiber=Fiber(length_km=300, attenuation_db_per_km=0.2), stations=3, efficiency=0.9,
    ...                      source=PhotonPairSource(fidelity=0.99), t2_s=1.0)
    >>> f"{chain.pairs_per_s:.3g} {chain.fidelity:.3f} {chain.bits_per_s:.3g}"
    '16.8 0.921 7.53'
    """

    fiber: Fiber = part(default_factory=Fiber, doc="the whole line")
    stations: int = number(default=1, low=0, high=_MOST_STATIONS, integer=True, doc="how many stand in between",
                           why="They are counted, and each must be paid", fix="stations=3")
    source: PhotonPairSource = part(default_factory=PhotonPairSource, doc="fresh pairs of one link")
    efficiency: float = number(default=1.0, low=0, low_open=True, high=1, doc="of each photon, besides the fiber",
                               why="What never clicks never makes a pair", fix="efficiency=0.9")
    t2_s: float = number(default=math.inf, unit="s", low=0, low_open=True, doc="coherence time of a stored half",
                         why="A coherence time is a time", fix="t2_s=1.0")
    decay: str = choice(default="dephasing", options=("dephasing", "depolarizing"), doc="what waiting does",
                        why="It blurs the sign, or replaces the half by noise")
    preparation_time_s: float = number(default=1e-6, unit="s", low=0, low_open=True, high=math.inf, high_open=True,
                                  doc="shortest time between attempts that the nodes allow",
                                       why="A memory must be made ready first", fix="preparation_time_s=1e-5")
    deadline_s: float = number(default=math.inf, unit="s", low=0, low_open=True, doc="after which a round is given up",
                               why="A round takes time", fix="deadline_s=0.1")
    gates: GateErrors = part(default_factory=GateErrors, doc="of the stations' gates")
    station_readout: Readout = part(default_factory=Readout, doc="of the stations' readouts")
    error_correction: float = number(default=1.16, low=1, high=math.inf, high_open=True,
                                     doc="disclosed bits over the Shannon limit",
                                     why="No code discloses less than the Shannon limit", fix="error_correction=1.16")
    direct_rate_hz: float = number(default=1e9, unit="Hz", low=0, low_open=True, high=math.inf, high_open=True,
                                   doc="pulses per second of the cable it is compared with",
                                   why="A bound per pulse needs a clock to be one per second", fix="direct_rate_hz=1e9")

    @property
    def links(self) -> int:
        """One more than stations."""
        return self.stations + 1

    @property
    def success_probability(self) -> float:
        """Of one attempt of one link; 0 where a float knows no smaller number."""
        return link_success(self, self.fiber.length_km / self.links)

    @property
    def attempt_time_s(self) -> float:
        """From one attempt to the next, in s."""
        return max(self.preparation_time_s, self.herald_s)

    @property
    def herald_s(self) -> float:
        """How long a half waits until its own link has said whether it stands, in s."""
        return self.fiber.delay_s / self.links

    @property
    def deadline_attempts(self) -> float:
        """Attempts of a round before it is given up: a whole number, at least 1, or infinity."""
        return max(1.0, math.floor(self.deadline_s / self.attempt_time_s)) if self.deadline_s < math.inf else math.inf

    @property
    def wait_s(self) -> float:
        """Mean time from pair to pair, in s; infinite if none is ever made."""
        return _waited(self).attempts * self.attempt_time_s

    @property
    def pairs_per_s(self) -> float:
        """Pairs from end to end per second."""
        return 1 / self.wait_s

    @property
    def correlators(self) -> tuple[float, float, float]:
        """Mean of XX, YY and ZZ over the pairs, the stations' bits used."""
        return mean_correlators(self, self.links, _waited(self).kept)

    @property
    def fidelity(self) -> float:
        """Of the pairs from end to end to phi_plus, on average."""
        xx, yy, zz = self.correlators
        return (1 + xx - yy + zz) / 4

    @property
    def bits_per_pair(self) -> float:
        """Secret bits per pair; 0 if there is no key."""
        return bits_of(self, self.correlators)

    @property
    def bits_per_s(self) -> float:
        """Secret bits per second; 0 if there is no key."""
        return self.bits_per_pair * self.pairs_per_s

    @property
    def reach_km(self) -> float:
        """The longest line with so many stations that leaves a key, in km; infinite if there still is one at 5000."""
        return _reach_km(self)

    @property
    def direct_bits_per_s(self) -> float:
        """What no line without stations can pass: the repeaterless bound of the fiber at ``direct_rate_hz``."""
        return float(repeaterless_bound(float(self.fiber.transmittance))) * self.direct_rate_hz

    def placed(self, positions_km: Sequence[float]) -> PlacedChain:
        """The same line and devices with the stations at other places; ``stations`` does not count here.

        Parameters
        ----------
        positions_km : sequence of float
            Where the stations stand, in km from alice, rising, between 0 and the length of the line.

        Returns
        -------
        PlacedChain

        Raises
        ------
        ValueError
            If they do not rise from alice to bob, or the chain has a deadline.

        Notes
        -----
        All links try in step, so that an attempt takes as long as the light over the longest span.

        >>> chain = ChainKeyRate(fiber=Fiber(length_km=200, attenuation_db_per_km=0.2), t2_s=1.0)
        >>> even, uneven = chain.placed([100]), chain.placed([60])
        >>> even.pairs_per_s == chain.pairs_per_s, round(uneven.pairs_per_s / even.pairs_per_s, 3)
        (True, 0.17)
        """
        from .chain_placed import place

        return place(self, positions_km)

    def theory(self) -> dict[str, float]:
        """The numbers by name."""
        xx, yy, zz = self.correlators
        return {
            "success_probability": self.success_probability, "attempt_time_s": self.attempt_time_s,
            "wait_s": self.wait_s, "pairs_per_s": self.pairs_per_s, "xx": xx, "yy": yy, "zz": zz,
            "fidelity": self.fidelity, "qber_z": (1 - zz) / 2, "qber_x": (1 - xx) / 2,
            "bits_per_pair": self.bits_per_pair, "bits_per_s": self.bits_per_s,
            "direct_bits_per_s": self.direct_bits_per_s,
        }

    @property
    def assumptions(self) -> tuple[str, ...]:
        """On what terms the key is secret, in sentences."""
        return assumptions(self)

    def __str__(self) -> str:
        return text(lines(self), self.assumptions)

    def _repr_html_(self) -> str:
        return html(lines(self), self.assumptions)


def mean_correlators(chain: ChainKeyRate, links: int, kept: float) -> tuple[float, float, float]:
    """XX, YY and ZZ of so many links, of which waiting leaves ``kept`` of what decays."""
    at = station(one_qubit_error=chain.gates.one_qubit, two_qubit_error=chain.gates.two_qubit,
                 error_0=chain.station_readout.error_0, error_1=chain.station_readout.error_1, corrects=False)
    pair = fresh_pair("phi_plus", chain.source.fidelity, chain.source.noise)
    xx, yy, zz = frame_correlators([pair] * links, at)
    return xx * kept, yy * kept, zz * (kept if chain.decay == "depolarizing" else 1.0)


def bits_of(chain: ChainKeyRate, correlators: tuple[float, float, float]) -> float:
    """Secret bits per pair."""
    keys = pair_keys(*correlators, chsh_s=0.0, qber=0.5, error_correction=chain.error_correction)
    return max(0.0, float(keys.trusted))


def link_success(chain: ChainKeyRate, length_km: float) -> float:
    """Of one attempt over a link of this length: both photons cross half of it, and half of the clicks tell."""
    half_db = (chain.fiber.attenuation_db_per_km * length_km + chain.fiber.insertion_loss_db) / 2
    return (chain.efficiency * float(db_to_probability(half_db))) ** 2 / 2


class _Waited(NamedTuple):
    """Mean attempts from pair to pair, and what waiting leaves of what decays."""

    attempts: float
    kept: float


@lru_cache(maxsize=4096)
def _waited(chain: ChainKeyRate) -> _Waited:
    p, links = chain.success_probability, chain.links
    heralds = math.exp(-2 * links * chain.herald_s / chain.t2_s)  # one for each half
    if p == 0:
        return _Waited(math.inf, 0.0 if chain.t2_s < math.inf else 1.0)
    kappa = chain.attempt_time_s / chain.t2_s
    kept = mean_decay(p, kappa, links)
    rounds = chain.deadline_attempts
    late = links * math.exp(rounds * math.log1p(-p)) if p < 1 else 0.0
    if late <= _NEVER * kept:
        return _Waited(mean_longest_wait(p, links), heralds * kept)
    attempts, kept = with_deadline(p, kappa, links, int(rounds))
    return _Waited(attempts, heralds * kept)


@lru_cache(maxsize=256)
def _reach_km(chain: ChainKeyRate) -> float:
    def key(lengths_km: Any) -> list[float]:
        fibers = (replace(chain.fiber, length_km=float(length_km)) for length_km in lengths_km)
        return [replace(chain, fiber=fiber).bits_per_s for fiber in fibers]

    found = last_positive(key, _FURTHEST_KM, points=200)
    return math.inf if found == _FURTHEST_KM else found
