"""Clicks in the order of time: which pulses click, and what dead time, afterpulses and jitter make of it.

A session is a row of pulses of several *classes* (what alice and bob chose); each class has its probabilities of light
in detector 0, in 1, in both. Only pulses with a click are ever written down, so that memory and time go with them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .detector import Detector

Slots = npt.NDArray[np.int64]
CHUNK = 2**20  # pulses looked at together
_FOREVER = 2.0**62  # pulses: later than the last one of any session


class Stream(NamedTuple):
    """A stretch of pulses: the clicks in order, and how often each class gave each pattern.

    ``pulse``, ``kind`` and ``pattern`` (d0 + 2 d1) have one entry per click; ``counts`` has the shape (classes, 4).
    """

    pulse: Slots
    kind: npt.NDArray[np.uint16]
    pattern: npt.NDArray[np.uint8]
    counts: npt.NDArray[np.int64]


def happens(pulses: int, probability: float, rng: np.random.Generator) -> Slots:
    """Which of ``pulses`` independent chances happen, in order: only those are drawn, by the gaps between them.

    >>> happens(5, 1.0, np.random.default_rng(1)).tolist()
    [0, 1, 2, 3, 4]
    """
    if probability <= 0:
        return np.empty(0, dtype=np.int64)
    if probability > 0.2:
        return np.flatnonzero(rng.random(pulses) < probability)
    found, last = [], -1
    while last < pulses:
        more = int((pulses - last) * probability * 1.05 + 10 * math.sqrt((pulses - last) * probability) + 10)
        # A gap that numpy cannot hold is one beyond the end.
        gaps = np.minimum(rng.geometric(probability, more), pulses + 1)
        found.append(last + np.cumsum(gaps))
        last = int(found[-1][-1])
    slots = np.concatenate(found)
    return slots[slots < pulses]


def streams(table: npt.NDArray[np.float64], detector: Detector, repetition_rate_hz: float, pulses: int,
            rng: np.random.Generator) -> Iterator[Stream]:
    """Draw a session, stretch by stretch.

    Parameters
    ----------
    table : array (classes, 4)
        Probability that a pulse is of this class and its *light* gives the pattern d0 + 2 d1; all sum to 1.
    detector : Detector
        Both detectors: dark counts, dead time, afterpulses, jitter. Its efficiency is in the table already.
    repetition_rate_hz : float
    pulses : int
    rng : numpy Generator
    """
    if not detector.remembers:
        table, detector = table @ _darkness(detector.dark_count_probability), Detector()
    latest = [_Latest(), _Latest()]
    light, unlit = _shares(table[:, 1:].ravel()), _shares(table[:, 0])
    cumulated = np.cumsum(light)
    for start in range(0, pulses, CHUNK):
        many = min(CHUNK, pulses - start)
        lit = happens(many, float(table[:, 1:].sum()), rng)
        drawn = np.minimum(np.searchsorted(cumulated, rng.random(len(lit)), side="right"), len(light) - 1)
        kind, pattern = drawn // 3, (drawn % 3 + 1).astype(np.uint8)
        if detector == Detector():
            slots, kinds, code, silent, unseen = start + lit, kind, pattern, np.zeros(len(lit), dtype=bool), 0
        else:
            heard = [start + _heard(lit[(pattern >> i) & 1 == 1], detector, repetition_rate_hz, many, rng)
                     for i in (0, 1)]
            kept = [latest[i].clicks(heard[i], detector, repetition_rate_hz, start + many, rng) for i in (0, 1)]
            slots = np.union1d(*kept)
            code = (np.isin(slots, kept[0]) + 2 * np.isin(slots, kept[1])).astype(np.uint8)
            # Of a pulse whose light nobody saw, one knows only that.
            place = np.minimum(np.searchsorted(lit, slots - start), max(len(lit) - 1, 0))
            known = lit[place] == slots - start if len(lit) else np.zeros(len(slots), dtype=bool)
            unseen = int((~known).sum())
            kinds = np.empty(len(slots), dtype=np.int64)
            kinds[known] = kind[place[known]]
            kinds[~known] = rng.choice(len(unlit), size=unseen, p=unlit) if unseen else 0
            silent = np.ones(len(lit), dtype=bool)
            silent[place[known]] = False

        counts = np.bincount(kinds * 4 + code, minlength=4 * len(table)).reshape(-1, 4)
        counts[:, 0] += np.bincount(kind[silent], minlength=len(table))
        rest = many - len(lit) - unseen
        counts[:, 0] += rng.multinomial(rest, unlit) if rest else 0
        yield Stream(slots, kinds.astype(np.uint16), code, counts)


def _shares(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The same summing to 1, or all 0."""
    whole = float(weights.sum())
    return weights / whole if whole > 0 else weights


def _darkness(dark: float) -> npt.NDArray[np.float64]:
    """P(pattern with dark counts | pattern of light): shape (4, 4)."""
    one = np.array([[1 - dark, dark], [0.0, 1.0]])
    return np.kron(one, one)


def _heard(slots: Slots, detector: Detector, rate_hz: float, pulses: int, rng: np.random.Generator) -> Slots:
    """Gates in which one detector could click: light, moved by jitter, and dark counts."""
    if detector.jitter_s:
        late = rng.normal(0.0, detector.jitter_s, len(slots))
        with np.errstate(over="ignore"):  # later than any pulse is far enough
            moved = np.rint(np.clip(late * rate_hz, -_FOREVER, _FOREVER)).astype(np.int64)
        inside = np.abs(late - moved / rate_hz) <= detector.gate_s / 2
        slots = (slots + moved)[inside]
        slots = slots[(slots >= 0) & (slots < pulses)]
    dark = happens(pulses, detector.dark_count_probability, rng)
    return np.union1d(slots, dark)


class _Latest:
    """One detector, from stretch to stretch: when it hears again, and whether an afterpulse is due then."""

    def __init__(self) -> None:
        self.free, self.due = 0, False

    def clicks(self, heard: Slots, detector: Detector, rate_hz: float, end: int, rng: np.random.Generator) -> Slots:
        """What becomes of the gates in which it could click, in order, up to the pulse ``end``."""
        gap = max(1, math.ceil(min(detector.dead_time_s * rate_hz, _FOREVER) - 1e-9))
        if gap == 1 and not detector.afterpulse_probability:
            return heard
        false = iter(rng.random(2**12) < detector.afterpulse_probability)
        kept: list[int] = []

        def click(slot: int) -> None:
            nonlocal false
            kept.append(slot)
            coin = next(false, None)
            if coin is None:
                false = iter(rng.random(2**12) < detector.afterpulse_probability)
                coin = next(false)
            self.free, self.due = slot + gap, bool(coin)

        for slot in heard.tolist():
            while self.due and self.free < slot:
                click(self.free)
            if slot >= self.free:
                click(slot)
        while self.due and self.free < end:
            click(self.free)
        return np.array(kept, dtype=np.int64)
