"""From clicks to key: what error correction discloses and misses, and how fast each step is."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterator

Figure = dict[str, object]

QBERS = (0.01, 0.02, 0.03, 0.05, 0.08, 0.11)
#: Frame length -> bits of key that are corrected in frames of it, and the goal for f at 1 to 5 % and at 11 %.
FRAMES = {2**10: (2**23, None, None), 2**13: (2**25, 1.05, 1.07), 2**16: (2**24, 1.04, None)}


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    done = work()
    return time.perf_counter() - start, done


def cascade() -> Iterator[Figure]:
    """Efficiency, frame errors, rounds and speed, with exactly the share Q of the bits wrong."""
    import numpy as np

    from qnetlab.qkd.reconciliation import reconcile

    inner = "numba" if importlib.util.find_spec("numba") else "numpy"
    for n, (bits, goal, goal_noisy) in FRAMES.items():
        for qber in QBERS:
            rng = np.random.default_rng(n)
            alice = rng.integers(0, 2, bits, dtype=np.uint8)
            wrong = np.zeros(bits, np.uint8)
            wrong[:round(bits * qber)] = 1
            bob = alice ^ rng.permutation(wrong)
            for method in ("cascade", "cascade, few messages"):
                seconds, done = _timed(lambda m=method, a=alice, b=bob, q=qber, n=n: reconcile(
                    a, b, q, method=m, frame_bits=n, rng=1))
                failed = int(np.any((done.key != alice).reshape(-1, n), axis=1).sum())
                alone = reconcile(alice[:n], bob[:n], qber, method=method, frame_bits=n, rng=1)
                yield {"figure": f"{method}, {inner}, n = {n}, Q = {qber:.0%}", "f": round(done.efficiency(qber), 4),
                       "goal_f": goal_noisy if qber == 0.11 else goal if qber <= 0.05 else None,
                       "frames": bits // n, "wrong_frames": failed, "goal_fer": 1e-3,
                       "rounds_of_one_frame": alone.rounds, "mbit_per_s": round(bits / seconds / 1e6, 2),
                       "goal_mbit_per_s": 0.3 if inner == "numpy" else 3}


def hashing() -> Iterator[Figure]:
    """Privacy amplification of a million bits to half, and authentication of a megabyte."""
    import numpy as np

    from qnetlab.qkd.authentication import TAG_KEY_BITS, tag
    from qnetlab.qkd.universal import toeplitz_hash

    rng = np.random.default_rng(1)
    for n in (10**5, 10**6, 10**7):
        bits, seed = (rng.integers(0, 2, size, dtype=np.uint8) for size in (n, n + n // 2 - 1))
        seconds = min(_timed(lambda b=bits, s=seed, n=n: toeplitz_hash(b, n // 2, s))[0] for _ in range(3))
        yield {"figure": f"privacy amplification, {n} bits to half", "mbit_per_s": round(n / seconds / 1e6, 2),
               "goal_mbit_per_s": 3}
    data, secret = rng.bytes(10**6), rng.integers(0, 2, TAG_KEY_BITS, dtype=np.uint8)
    seconds = min(_timed(lambda: tag(data, secret))[0] for _ in range(5))
    yield {"figure": "authentication of a megabyte", "mbit_per_s": round(8 / seconds, 1), "goal_mbit_per_s": 100}


def session() -> Iterator[Figure]:
    """A million pulses over 50 km, photon to key, and a shorter fiber that leaves more to distill."""
    from qnetlab import BB84, Detector, Fiber, SinglePhotonSource, distill, record

    for km in (50, 0):
        protocol = BB84(source=SinglePhotonSource(repetition_rate_hz=1e8),
                        fiber=Fiber(length_km=km, attenuation_db_per_km=0.2),
                        detector=Detector(dark_count_rate_hz=100), misalignment_rad=0.1)
        seconds, clicks = _timed(lambda p=protocol: record(p, pulses=10**6, rng=1))
        more, done = _timed(lambda c=clicks: distill(c, source="single photons", rng=1))
        yield {"figure": f"1e6 pulses over {km} km, photon to key", "record_seconds": round(seconds, 3),
               "distill_seconds": round(more, 3), "seconds": round(seconds + more, 3), "goal_seconds": 2,
               "key_bits": done.key_bits, "rounds": done.rounds}


def measure() -> Iterator[Figure]:
    """All of it."""
    yield from cascade()
    yield from hashing()
    yield from session()
