"""Random numbers that repeat: one root seed for a result, one stream for each setting by its name."""

from __future__ import annotations

import numpy as np

from .checks import refuse, require

#: What a caller may give as ``rng``.
Rng = int | np.random.SeedSequence | np.random.Generator | None


def root_seed(rng: Rng) -> int:
    """One number that repeats everything.

    A Generator is drawn from once, a SeedSequence is left as it is, None asks the computer for fresh randomness.

    >>> root_seed(7)
    7
    """
    if isinstance(rng, np.random.Generator):
        return int(rng.integers(2**63))
    if isinstance(rng, np.random.SeedSequence):
        return int.from_bytes(rng.generate_state(4).tobytes(), "little")
    if rng is None:
        return int.from_bytes(np.random.SeedSequence().generate_state(4).tobytes(), "little")
    if isinstance(rng, bool) or not isinstance(rng, (int, np.integer)):
        refuse("rng must be a whole number, a numpy SeedSequence or Generator, or None", got={"rng": (rng, "")},
               why="A seed repeats a result", fix="rng=7", error=TypeError)
    require(rng >= 0, "rng must satisfy 0 <= rng", got={"rng": rng}, why="A seed is a natural number", fix="rng=7")
    return int(rng)


def sequence_of(seed: int, name: str) -> np.random.SeedSequence:
    """The stream of one setting: found by its name, so that the order of settings does not matter."""
    return np.random.SeedSequence(seed, spawn_key=tuple(name.encode()))
