"""A pass of a satellite from geometry to a finite key, and what hangs on it."""

from __future__ import annotations

import dataclasses
import statistics
import time
from collections.abc import Callable, Iterator

from qnetlab import Detector, PassKey, SatellitePass, Telescopes, WeakCoherentSource
from qnetlab.network import pass_key


def _pass(culmination_deg: float) -> PassKey:
    """About 300 s above 20 degrees at 100 MHz: a signal and two decoys, as many steps as seconds."""
    scopes = Telescopes(divergence_urad=10, receiver_diameter_m=1, pointing_urad=1, receiver_efficiency=0.3)
    return PassKey(
        orbit=SatellitePass(culmination_deg=culmination_deg, telescopes=scopes, zenith_transmittance=0.7,
                            latitude_deg=40),
        source=WeakCoherentSource(repetition_rate_hz=1e8, intensities=(0.5, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1)),
        detector=Detector(efficiency=0.5, dark_count_rate_hz=100), misalignment_error=0.01)


def _timed(ask: Callable[[PassKey], object]) -> list[float]:
    """Seconds for passes that were not asked before."""
    times = []
    for k in range(7):
        pass_key._counts.cache_clear()
        pass_key._mean_key.cache_clear()
        start = time.perf_counter()
        ask(_pass(90 - k))
        times.append(time.perf_counter() - start)
    return times


def measure() -> Iterator[dict[str, object]]:
    """The first pass, the median of the others, a sampled one, and the mean of a year."""
    one = _pass(90)
    times = _timed(lambda key: key.key_bits)
    yield {"figure": f"a pass of {one.orbit.duration_s:.0f} s at 100 MHz, from geometry to finite key",
           "seconds": max(times), "median_seconds": statistics.median(times), "key_bits": one.key_bits,
           "goal_seconds": 1.0}
    yield {"figure": "the same pass, sampled", "seconds": statistics.median(_timed(lambda key: key.sampled(1)))}
    yield {"figure": "key of a year of passes, nights and clouds",
           "seconds": statistics.median(_timed(lambda key: key.key_bits_per_year(0.4)))}
    fine = dataclasses.replace(one, step_s=0.01)
    start = time.perf_counter()
    bits = fine.key_bits
    yield {"figure": "the pass in steps of 10 ms", "seconds": time.perf_counter() - start,
           "relative_difference": abs(bits / one.key_bits - 1)}
