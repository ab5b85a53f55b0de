"""Heralded links: a pair in closed form, an attempt photon by photon, and a curve of a thousand lengths."""

from __future__ import annotations

import dataclasses
import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np

from qnetlab import Detector, Fiber, HeraldedAttempt, HeraldedLink, Memory, run
from qnetlab.theory.heralding import single_click

LINK = HeraldedLink(scheme="single_click", bright_population=0.1, overlap=0.9, phase_noise_rad=0.2,
                    fiber=Fiber(length_km=50, attenuation_db_per_km=0.2), emission_efficiency=0.5,
                    detector=Detector(efficiency=0.8, dark_count_rate_hz=100, gate_s=1e-7),
                    alice_memory=Memory(t2_s=0.1), bob_memory=Memory(t2_s=0.1))


def _median(work: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def measure() -> Iterator[dict[str, object]]:
    """Medians of warm runs."""
    yield {"figure": "heralded pair in closed form, one link", "seconds": _median(LINK.pair, 200)}
    eta = 0.4 * 10 ** (-np.linspace(0, 200, 1000) / 100)
    yield {"figure": "single click at 1000 lengths",
           "seconds": _median(lambda: single_click(0.1, eta, dark=1e-5, overlap=0.9).fidelity, 50)}
    for scheme in ("single_click", "two_click"):
        attempt = HeraldedAttempt(link=dataclasses.replace(LINK, scheme=scheme))
        yield {"figure": f"one attempt photon by photon, exact, {scheme}",
               "seconds": _median(lambda a=attempt: run(a), 5)}
