"""Pulses per second: as records, as statistics, with every photon really shot, and a whole session to its key."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator

Figure = dict[str, object]


def measure() -> Iterator[Figure]:
    """A decoy line over 50 km, a detector that remembers, and single photons to a key."""
    from dataclasses import replace

    from qnetlab import BB84, Detector, Fiber, SinglePhotonSource, WeakCoherentSource, distill, record, run

    line = BB84(
        source=WeakCoherentSource(intensities=(0.5, 0.1, 0.0), probabilities=(0.8, 0.15, 0.05)),
        fiber=Fiber(length_km=50, attenuation_db_per_km=0.2), misalignment_rad=0.1, basis_probability=0.9,
        detector=Detector(efficiency=0.8, dark_count_rate_hz=100))
    busy = replace(line, detector=replace(line.detector, dead_time_s=4e-8, afterpulse_probability=0.01, jitter_s=5e-11))
    run(line)  # warm
    for name, protocol in (("record", line), ("record with dead time, afterpulses, jitter", busy)):
        for power in range(4, 9):
            start = time.perf_counter()
            session = record(protocol, 10**power, rng=1)
            seconds = time.perf_counter() - start
            yield {"figure": f"{name}, 1e{power} pulses", "seconds": round(seconds, 4), "clicks": len(session),
                   "mpulse_per_s": round(10**power / seconds / 1e6, 2), "goal_mpulse_per_s": 3 if power >= 6 else None}
    for name, protocol in (("statistics", line), ("statistics with dead time, afterpulses, jitter", busy)):
        for power in range(4, 9):
            start = time.perf_counter()
            run(protocol, 10**power, rng=1)
            seconds = time.perf_counter() - start
            tracemalloc.start()
            run(protocol, 10**power, rng=1)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            yield {"figure": f"{name}, 1e{power} pulses", "seconds": round(seconds, 4),
                   "mpulse_per_s": round(10**power / seconds / 1e6, 2), "peak_mb": round(peak / 1e6, 1)}
    for power in range(4, 8):
        start = time.perf_counter()
        run(line, 10**power, mode="shots", rng=1)
        seconds = time.perf_counter() - start
        yield {"figure": f"every photon shot on Aer, 1e{power} pulses", "seconds": round(seconds, 4),
               "mpulse_per_s": round(10**power / seconds / 1e6, 2), "goal_mpulse_per_s": 0.7 if power >= 6 else None}

    single = BB84(source=SinglePhotonSource(), fiber=line.fiber, misalignment_rad=0.1, detector=line.detector,
                  basis_probability=0.8)
    distill(record(single, 10**6, rng=1), source="single photons", rng=1)  # warm
    start = time.perf_counter()
    done = distill(record(single, 10**6, rng=2), source="single photons", rng=2)
    seconds = time.perf_counter() - start
    yield {"figure": "session of 1e6 pulses over 50 km, photon to key", "seconds": round(seconds, 3), "goal_seconds": 2,
           "ended": type(done.alice).__name__, "key_bits": len(done.alice) if done else 0}


if __name__ == "__main__":
    for figure in measure():
        print(figure, flush=True)
