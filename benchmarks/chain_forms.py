"""The closed forms of a chain of memories: a curve over 1000 lengths, and one setting whole."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator

import numpy as np

from qnetlab import ChainKeyRate, Fiber, PhotonPairSource
from qnetlab.theory.chain_memory import mean_decays, with_deadline


def measure() -> Iterator[dict[str, object]]:
    """Best of seven."""
    km = np.linspace(50, 1000, 1000)
    p = 0.4 * 10 ** (-0.02 * km / 17)

    def curve() -> None:
        mean_decays(p, 1e-3, 17)

    def one() -> None:
        chain = ChainKeyRate(fiber=Fiber(length_km=next(fresh), attenuation_db_per_km=0.2), stations=16, t2_s=1.0,
                             source=PhotonPairSource(fidelity=0.99), efficiency=0.9)
        dataclasses.replace(chain).theory()

    def rounds() -> None:
        with_deadline(0.01, 1e-3, 8, 1000)

    fresh = iter(np.arange(300, 400, 0.5).tolist())
    for figure, task, goal in (("what waiting leaves of 1 to 17 links, at 1000 lengths", curve, 0.02),
                               ("a chain of 17 links: wait, pair and key, never asked before", one, 0.002),
                               ("8 links with a deadline of 1000 attempts", rounds, 0.1)):
        times = []
        for _ in range(7):
            start = time.perf_counter()
            task()
            times.append(time.perf_counter() - start)
        yield {"figure": figure, "seconds": min(times), "goal_seconds": goal}
