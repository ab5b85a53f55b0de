"""Chains of memories in time: pairs from end to end, what one swap costs, and many runs at once."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import numpy as np

from qnetlab import Fiber, GateErrors, Link, Memory, PhotonPairSource, Readout, RepeaterChain, run
from qnetlab.theory.states import fresh_pair
from qnetlab.theory.swapping import station, swapped_pair


def _chain(links: int, **more: object) -> RepeaterChain:
    memory = Memory(t1_s=10.0, t2_s=1.0, write_efficiency=0.9)
    link = Link(source=PhotonPairSource(fidelity=0.99), fiber=Fiber(length_km=50, attenuation_db_per_km=0.2),
                alice_memory=memory, bob_memory=memory)
    return RepeaterChain(links=(link,) * links, gates=GateErrors(two_qubit=0.002),
                         station_readout=Readout(error_0=0.005, error_1=0.005), **more)  # type: ignore[arg-type]


def _times(work: object, repeats: int) -> list[float]:
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()  # type: ignore[operator]
        found.append(time.perf_counter() - start)
    return found


def measure() -> Iterator[dict[str, object]]:
    """Loss, waiting and decay in every chain; medians of warm runs, the first one beside them."""
    for nodes in (3, 5, 9, 17, 101):
        chain = _chain(nodes - 1)
        times = _times(lambda chain=chain: run(chain, shots=1000, rng=7), 8)
        yield {"figure": f"1000 pairs from end to end, {nodes} nodes", "first_seconds": times[0],
               "seconds": statistics.median(times[1:]), **({"goal_seconds": 0.1} if nodes == 17 else {})}
    hard = _chain(8, policy="nested", swap_success=0.5, cutoff_s=0.1)
    yield {"figure": "1000 pairs, 9 nodes, swaps that fail half the time, cutoff 0.1 s",
           "seconds": statistics.median(_times(lambda: run(hard, shots=1000, rng=7), 5))}
    pairs = [fresh_pair("phi_plus", 0.99, "white")] * 101
    at = station(two_qubit_error=0.002, error_0=0.005, error_1=0.005)
    yield {"figure": "composition, one swap of a chain of 100",
           "seconds": min(_times(lambda: swapped_pair(pairs, at), 20)) / 100}
    many = [fresh_pair("phi_plus", np.full(100_000, 0.99), "white")] * 9
    many = [type(pair)(*(number + np.zeros(100_000) for number in pair)) for pair in many]
    yield {"figure": "composition, one swap of one run, 100000 runs at once",
           "seconds": min(_times(lambda: swapped_pair(many, at), 5)) / 8e5}
    yield {"figure": "1e6 runs of 8 links, waits and pairs",
           "seconds": min(_times(lambda: _chain(8).follow(10**6, rng=7), 2))}
    yield {"figure": "1e6 runs of 8 links, measured", "seconds": min(_times(lambda: run(_chain(8), 10**6, rng=7), 2))}
