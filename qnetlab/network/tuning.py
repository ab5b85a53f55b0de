"""The best intensities, their shares and the best basis choice for a link."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from ..checks import refuse
from ..devices.photon_source import WeakCoherentSource
from .expectation import expect

if TYPE_CHECKING:
    from .key_rate import SecretKeyRate


@lru_cache(maxsize=256)
def tune(rate: SecretKeyRate) -> SecretKeyRate:
    """The link with the settings that give the most bits per second; the link itself if none gives any.

    A climb along one setting after the other, from the best three of the given and of usual settings. Steps end at a
    relative 1e-4, which costs the rate about 1e-7.
    """
    source = rate.source
    if not isinstance(source, WeakCoherentSource):
        refuse("only a WeakCoherentSource can be tuned", got={"source": (source, "")}, error=TypeError,
               why="A single photon is what it is", fix="source=WeakCoherentSource(intensities=(0.5,))")
    finite, kinds = math.isfinite(rate.block_bits), len(source.intensities)

    def built(x: tuple[float, ...]) -> SecretKeyRate | None:
        """From settings: signal, decoy (as a share of the signal), decoy shares, basis; None outside their range."""
        if not all(setting > 0 for setting in x) or x[0] > 5:
            return None
        decoys = source.intensities[1:]
        if kinds == 1 or not finite:
            intensities = (x[0], *decoys)
            if kinds > 1 and x[0] <= sum(decoys):
                return None
            new = dataclasses.replace(source, intensities=intensities)
            return dataclasses.replace(rate, source=new)
        rest, z = x[2:-1], x[-1]
        weak = x[0] * x[1]
        intensities = (x[0], weak, *decoys[1:])
        if x[1] >= 1 or sum(rest) >= 1 or z >= 1 or x[0] <= sum(intensities[1:]) or weak <= sum(decoys[1:]):
            return None
        new = dataclasses.replace(source, intensities=intensities, probabilities=(1 - sum(rest), *rest))
        return dataclasses.replace(rate, source=new, basis_probability=z)

    def score(x: tuple[float, ...]) -> float:
        candidate = built(x)
        if candidate is None:
            return -math.inf
        found = expect(candidate, candidate.transmittance)
        if float(found.key) > 0:
            return float(found.key * found.live)  # per second: a brighter source may only keep the detectors dead
        # Without a key: how many bits are missing per click. Per pulse, a link that never clicks would look best.
        return float(found.key) / max(float(found.clicks), 1e-300) - 1

    mu, shares = source.intensities, source.probabilities
    if kinds == 1 or not finite:
        starts: list[tuple[float, ...]] = [(mu[0],), (0.48,), (0.1,), (0.01,)]
    else:
        rest = itertools.product((0.2, 0.4, 0.6), (0.25, 0.4), (0.15, 0.35), (0.5, 0.7, 0.85, 0.95))
        starts = [(mu[0], mu[1] / mu[0], *shares[1:], rate.basis_probability),
                  *((m, weak, *(share, 0.05)[: kinds - 1], z) for m, weak, share, z in rest)]
    nearest = sorted(starts, key=score, reverse=True)[:3]
    best = max((climb(score, start) for start in nearest), key=score)
    return (built(best) or rate) if score(best) > 0 else rate


def climb(score: Callable[[tuple[float, ...]], float], start: tuple[float, ...]) -> tuple[float, ...]:
    """From ``start`` uphill, by factors on one positive setting after the other.

    >>> at, = climb(lambda x: -(x[0] - 0.3) ** 2, (1.0,))
    >>> round(at, 3)
    0.3
    """
    here, step = start, 0.3
    best = score(here)
    while step > 1e-4:
        before = here
        for i in range(len(here)):
            for factor in (1 + step, 1 / (1 + step)):
                there = (*here[:i], here[i] * factor, *here[i + 1:])
                found = score(there)
                if found > best:
                    here, best = there, found
                    break
        if here == before:
            step /= 2
            continue
        ahead = tuple(2 * new - old for new, old in zip(here, before, strict=True))  # on along the ridge
        found = score(ahead)
        if found > best:
            here, best = ahead, found
    return here
