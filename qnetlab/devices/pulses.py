"""From one photon to many pulses: photon numbers and dark counts come in here, after the circuits.

A :class:`Kind` is everything that alice, bob and eve chose for a pulse. Tables have the shape (kinds, e, 4): for each
kind, eve's bit (e = 1 where she keeps none) and the pattern of the detectors, d0 + 2 d1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..checks import require
from ..estimate import Outcomes
from ..theory.photons import Distribution
from .eve import clicks, shot_clicks

#: Most photons that are shot in one run: each is kept for a moment.
MAX_PHOTONS = 10**8

Table = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
#: Shoots photons: setting -> how many, gives setting -> how often each came, registers d0, d1 and eve's bit.
Fire = Callable[[Mapping[str, int]], Mapping[str, Outcomes]]


class Kind(NamedTuple):
    """What was chosen for a pulse, how likely that is, and how many photons eve then sends on."""

    intensity: int
    alice: str
    bit: int
    bob: str
    eve: str
    weight: float
    distribution: Distribution

    @property
    def setting(self) -> str:
        """The setting whose circuit tells where one photon goes."""
        return f"{self.alice}{self.bit} {self.bob}" + (f" eve {self.eve}" if self.eve else "")


def pattern_table(attack: Any, kinds: Sequence[Kind], one_photon: Mapping[str, Table], dark: float) -> Table:
    """Probability of each kind and pattern, from P(d0, d1, eve's bit) of one photon in each setting; all sum to 1."""
    rows = []
    for kind in kinds:
        table = clicks(attack, kind.eve, kind.bob, one_photon[kind.setting], kind.distribution, dark)
        rows.append(kind.weight * table.transpose(2, 1, 0).reshape(table.shape[2], 4))
    return np.array(rows)


def shoot_pulses(attack: Any, kinds: Sequence[Kind], pulses: int, fire: Fire, dark: float, bits: int,
                 rng: np.random.Generator) -> Counts:
    """How often each kind and pattern came, with every photon really shot; ``bits`` is what eve keeps, 0 or 1."""
    weights = np.array([kind.weight for kind in kinds])
    mean = float(weights @ [kind.distribution @ np.arange(len(kind.distribution)) for kind in kinds])
    require(pulses * mean <= MAX_PHOTONS, f"at most {MAX_PHOTONS:.0e} photons can be shot",
            got={"shots": pulses, "photons": f"{pulses * mean:.2g}"}, why="Each one goes through its circuit",
            fix=f"shots={int(MAX_PHOTONS / mean) if mean else pulses}, or leave out the mode")
    often = rng.multinomial(pulses, weights / weights.sum())
    by_number = [rng.multinomial(n, kind.distribution / kind.distribution.sum())
                 for kind, n in zip(kinds, often, strict=True)]  # of each kind, how many pulses hold n photons
    needed: dict[str, int] = {}
    for kind, many in zip(kinds, by_number, strict=True):
        needed[kind.setting] = needed.get(kind.setting, 0) + int(many @ np.arange(len(many)))
    shot = {setting: _one_by_one(photons, rng)
            for setting, photons in fire({setting: n for setting, n in needed.items() if n}).items()}

    counts = np.zeros((len(kinds), 1 + bits, 4), dtype=np.int64)
    for row, kind, many in zip(counts, kinds, by_number, strict=True):
        row[:, 0] += rng.multinomial(many[0], [1 / len(row)] * len(row))  # nothing sent: eve's bit is a coin
        for n in np.flatnonzero(many[1:]) + 1:
            photons, shot[kind.setting] = np.split(shot[kind.setting], [n * many[n]])
            heard = shot_clicks(attack, kind.eve, kind.bob, photons.reshape(many[n], n))
            row += np.bincount(heard, minlength=4 * len(row)).reshape(row.shape)
        row[:] = [_darkened(light, dark, rng) for light in row]
    return counts


def _one_by_one(photons: Outcomes, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """One code per photon, d0 + 2 d1 + 4 eve's bit, in random order."""
    codes = [sum(int(bit) << i for i, bit in enumerate(key.split(" "))) for key, _ in photons.weights]
    return rng.permutation(np.repeat(np.array(codes, dtype=np.uint8), [int(n) for _, n in photons.weights]))


def _darkened(light: Counts, dark: float, rng: np.random.Generator) -> Counts:
    """Add dark counts to how often each of the four patterns came."""
    both = np.zeros(4, dtype=np.int64)
    for pattern, many in enumerate(light):
        added = rng.multinomial(many, [(1 - dark) ** 2, dark * (1 - dark), dark * (1 - dark), dark**2])
        np.add.at(both, pattern | np.arange(4), added)
    return both
