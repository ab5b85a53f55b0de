"""A sweep of 1000 points: one after the other, in two processes, on a Dask cluster of two workers."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path


def measure() -> Iterator[dict[str, object]]:
    """Seconds, and how many times faster than one after the other; workers have started before the clock."""
    from distributed import Client, LocalCluster

    from qnetlab import BellPair, PhotonPairSource, grid, sweep
    from qnetlab.devices.link import Link

    os.environ.setdefault("OMP_NUM_THREADS", "1")
    base = BellPair(link=Link(source=PhotonPairSource(fidelity=0.9)))
    points = grid(base, {"link.source.fidelity": [0.5 + i / 2000 for i in range(1000)]})

    def seconds(executor: Executor | None, save: Path | None = None) -> float:
        if executor is not None:
            sweep(points[:20], 100, rng=2, executor=executor)
        start = time.perf_counter()
        sweep(points, 100, rng=1, executor=executor, save=save)
        return time.perf_counter() - start

    alone = seconds(None)
    yield {"figure": "sweep of 1000 points, one after the other", "seconds": alone}
    with tempfile.TemporaryDirectory() as folder:
        kept = seconds(None, Path(folder) / "runs.jsonl")
        yield {"figure": "the same, each point saved at once", "seconds": kept, "times_as_long": kept / alone}
    with ProcessPoolExecutor(2) as pool:
        pooled = seconds(pool)
        yield {"figure": "the same in two processes", "seconds": pooled, "times_as_fast": alone / pooled}
    with (tempfile.TemporaryDirectory() as folder,
          LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=folder) as cluster,
          Client(cluster) as client):
        spread = seconds(client.get_executor())
        yield {"figure": "the same on a Dask cluster of two workers", "seconds": spread,
               "times_as_fast": alone / spread}
