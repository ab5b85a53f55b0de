"""Trusted relays in closed form: the rate of a path, what it spends, and who ends up knowing the key.

A relay shares one key with each neighbor. It hands the key of one side on, hidden under the key of the other, and so
holds what passes through it. Nothing quantum goes from end to end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..checks import number, require, value
from .decoy import decoy_rate
from .key_rates import repeaterless_bound

Number = Any  # a float or an array of floats

#: The hardware of one hop, chosen and not cited: pulses per second, mean photon number, share of the photons at the
#: end of the fiber that click, clicks without light per pulse, share of photons in the wrong detector, loss, and f.
CLOCK_HZ, INTENSITY, SEEN_SHARE, BACKGROUND, MISALIGNMENT = 6.25e8, 0.48, 0.1, 2e-6, 0.01
LOSS_DB_PER_KM, CORRECTION = 0.2, 1.16


def end_to_end_rate(hop_rates_bps: Any) -> float:
    """The key rate of a path of trusted relays: that of its worst hop, however many follow.

    Parameters
    ----------
    hop_rates_bps : sequence of float
        Secret bits per second of every hop, >= 0.

    Raises
    ------
    ValueError
        If there is no hop, or a rate is negative.

    >>> end_to_end_rate([12_000, 5000, 8000])
    5000.0
    """
    rates = np.asarray(hop_rates_bps, dtype=float)
    require(rates.ndim == 1 and rates.size > 0 and bool(np.all(rates >= 0)), "hop_rates_bps must be at least one rate, "
            "each >= 0", got={"hop_rates_bps": (hop_rates_bps, "")}, why="A path has a hop", fix="[12_000, 5000]")
    return float(rates.min())


def bits_spent(bits: Number, hops: Number, *, authentication_bits: Number = 0) -> Number:
    """Key that a path uses up for an end-to-end key of ``bits``: as many on every hop.

    ``authentication_bits`` are what each hop needs besides, to know that the message came from its neighbor.

    >>> int(bits_spent(1000, 3))
    3000
    """
    return np.asarray(hops) * (np.asarray(bits) + np.asarray(authentication_bits))


def relayed_bits(first: Number, second: Number) -> Number:
    """The end-to-end key that one relay makes of two keys: each bit takes one of both, so the shorter key decides.

    >>> int(relayed_bits(300_000, 180_000))
    180000
    """
    return np.minimum(first, second)


def leak_probability(corrupt: Number, relays: Number) -> Number:
    """The chance that a path's key is known to somebody else, if each relay is corrupt with chance ``corrupt``.

    1 - (1 - q)^m: one of m relays is enough, and their corruption is taken as independent, which one maker of all
    relays would make untrue.

    >>> round(float(leak_probability(0.01, 3)), 6)
    0.029701
    """
    return -np.expm1(np.asarray(relays) * np.log1p(-np.asarray(corrupt, dtype=float)))


def split_leak_probability(corrupt: Number, relays_per_path: Sequence[int]) -> Number:
    """The same for a key that is the XOR of one key per path, over paths that have no relay in common.

    Eve needs a corrupt relay on every path: the product of the paths' chances.

    >>> f"{float(split_leak_probability(0.01, (2, 2))):.6e}"
    '3.960100e-04'
    """
    return np.prod([leak_probability(corrupt, relays) for relays in relays_per_path], axis=0)


def runs_dry_after_s(stored_bits: float, made_bps: float, spent_bps: float) -> float:
    """How long a store of key lasts when more is spent than made; infinity if it is not.

    >>> runs_dry_after_s(3.6e6, 4000, 5000)
    3600.0
    """
    return stored_bits / (spent_bps - made_bps) if spent_bps > made_bps else math.inf


def hop_rate_bps(length_km: Number) -> Number:
    """Secret bits per second of one hop: decoy BB84 without end over a plain fiber; 0 where there is no key.

    Infinite decoys, exact clicks; the hardware is a choice, the constants of this module.

    >>> round(float(hop_rate_bps(62.5)) / 1000), float(hop_rate_bps(250))
    (398, 0.0)
    """
    eta = SEEN_SHARE * 10 ** (-LOSS_DB_PER_KM * np.asarray(length_km, dtype=float) / 10)
    bits = decoy_rate("infinite", INTENSITY, eta, background=BACKGROUND, misalignment=MISALIGNMENT,
                      error_correction=CORRECTION)
    return CLOCK_HZ * np.maximum(bits, 0.0)


def bound_bps(length_km: Number) -> Number:
    """What no link without a station in the middle can pass at this clock: -log2(1 - eta) per pulse.

    >>> f"{float(bound_bps(500)):.3g}"
    '0.0902'
    """
    eta = 10 ** (-LOSS_DB_PER_KM * np.asarray(length_km, dtype=float) / 10)
    return CLOCK_HZ * repeaterless_bound(eta)


@value
class RelayPath:
    """A line of trusted relays between alice and bob, and perhaps a second one that shares no relay with the first.

    Parameters
    ----------
    length_km : float
        Fiber from alice to bob, > 0.
    spacing_km : float
        From node to node; the last hop may be shorter.
    long_hop_km : float
        One hop that is longer than the others, which stay as many; no longer than the spacing: there is none.
    paths : int
        1, or 2: a second line of as many relays; the key is then the XOR of one key over each.
    corrupt_probability : float
        The chance that a relay tells Eve what it holds, each for itself.
    corrupt_first, corrupt_second : int
        Which relay of the first and of the second line is corrupt now, counted from alice; 0: none.

    Raises
    ------
    TypeError, ValueError
        If a field is out of its range, or there is no such relay.

    >>> line = RelayPath(length_km=2000, spacing_km=62.5)
    >>> seen = line.theory()
    >>> int(seen["relays"]), round(seen["rate_bps"] / 1000), seen["direct_bps"], round(seen["leak"], 3)
    (31, 398, 0.0, 0.268)
    """

    length_km: float = number(default=2000.0, unit="km", low=0, low_open=True, high=1e5, why="A line has two ends",
                              fix="length_km=2000", doc="fiber from alice to bob")
    spacing_km: float = number(default=62.5, unit="km", low=1, high=1e4, why="A node stands somewhere",
                               fix="spacing_km=62.5", doc="from node to node")
    long_hop_km: float = number(default=0.0, unit="km", low=0, high=1e4, why="It is a length of fiber",
                                fix="long_hop_km=100", doc="the one hop that is longer")
    paths: int = number(default=1, low=1, high=2, integer=True, why="The picture has room for two", fix="paths=2",
                        doc="lines without a common relay")
    corrupt_probability: float = number(default=0.01, low=0, high=1, high_open=True, why="It is a probability",
                                        fix="corrupt_probability=0.01", doc="the chance that a relay is corrupt")
    corrupt_first: int = number(default=0, low=0, high=1e5, integer=True, why="Relays are counted from alice",
                                fix="corrupt_first=1", doc="the corrupt relay of the first line")
    corrupt_second: int = number(default=0, low=0, high=1e5, integer=True, why="Relays are counted from alice",
                                 fix="corrupt_second=1", doc="the corrupt relay of the second line")

    def _check(self) -> None:
        for name in ("corrupt_first", "corrupt_second"):
            require(getattr(self, name) <= self.relays, f"{name} must satisfy 0 <= {name} <= {self.relays}",
                    got={name: getattr(self, name)}, why=f"Between alice and bob stand {self.relays} relays",
                    fix=f"{name}={self.relays}")

    @property
    def hops(self) -> int:
        """Hops from alice to bob."""
        return math.ceil(self.length_km / self.spacing_km - 1e-9)

    @property
    def relays(self) -> int:
        """Relays of one line."""
        return self.hops - 1

    @property
    def worst_hop_km(self) -> float:
        """The longest hop, which decides the rate."""
        return min(self.length_km, max(self.spacing_km, self.long_hop_km))

    def theory(self) -> dict[str, float]:
        """Rate, cost and secrecy of the end-to-end key.

        ``direct_bps`` is the same hardware on one fiber, ``bound_bps`` what no such fiber can pass. ``spent`` counts
        key bits per end-to-end bit. ``knowing`` counts the relays that hold the whole key by themselves; ``leak`` is
        the chance that Eve has it, ``eve`` is 1 if the relays that are corrupt now give it to her.
        """
        needed = (self.corrupt_first, self.corrupt_second)[: self.paths]
        return {
            "hops": float(self.hops), "relays": float(self.relays * self.paths),
            "rate_bps": float(hop_rate_bps(self.worst_hop_km)), "direct_bps": float(hop_rate_bps(self.length_km)),
            "bound_bps": float(bound_bps(self.length_km)), "spent": float(bits_spent(1, self.hops * self.paths)),
            "knowing": float(self.relays if self.paths == 1 else 0),
            "leak": float(split_leak_probability(self.corrupt_probability, (self.relays,) * self.paths)),
            "eve": float(all(needed)),
        }
