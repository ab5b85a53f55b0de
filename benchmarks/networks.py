"""Networks: best routes, proved best, shared links, GHZ states and tomography."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any


def _seconds(call: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = call()
    return time.perf_counter() - start, found


def measure() -> Iterator[dict[str, object]]:
    """Seconds of one answer each, nothing kept from before."""
    from qnetlab import (
        GHZ,
        Fiber,
        Link,
        Memory,
        Network,
        PhotonPairSource,
        SharedNetwork,
        Tomography,
        best_route,
        one_run,
        route_along,
        run,
    )

    memory = Memory(t2_s=0.05)
    link = Link(source=PhotonPairSource(fidelity=0.99), fiber=Fiber(length_km=20, attenuation_db_per_km=0.2),
                alice_memory=memory, bob_memory=memory)
    for size in (6, 10):
        for aim in ("rate", "fidelity", "key_rate"):
            net = Network.grid(rows=size, columns=size, link=link)
            ends = net.nodes[0].name, net.nodes[-1].name
            seconds, found = _seconds(lambda net=net, ends=ends, aim=aim: best_route(net, *ends, aim))
            yield {"figure": f"best route across a grid of {size} x {size} by {aim}", "seconds": seconds,
                   "proved_best": found.exact}
    net = Network.grid(rows=3, columns=3, link=link)
    shared = SharedNetwork(network=net, requests=(("A1", "C3"), ("A3", "C1"), ("B1", "B3")), slot_s=0.001,
                           alternatives=2)
    seconds, _ = _seconds(shared.shares)
    yield {"figure": "three requests on a grid of 3 x 3, two routes each, exactly", "seconds": seconds}
    seconds, _ = _seconds(lambda: shared.simulate(slots=1_000_000, rng=1))
    yield {"figure": "the same, a million slots played", "seconds": seconds}
    route = route_along(Network.chain(nodes=9, link=link), "ABCDEFGHI")
    seconds, _ = _seconds(lambda: [one_run(route, rng=seed) for seed in range(1000)])
    yield {"figure": "1000 runs of 8 links, each written down event by event", "seconds": seconds}
    run(GHZ(links=(link, link)))
    for links in (2, 3, 4):
        seconds, _ = _seconds(lambda links=links: run(GHZ(links=(link,) * links)))
        yield {"figure": f"GHZ state of {links + 1} parties, exact on Aer", "seconds": seconds}
    seconds, _ = _seconds(GHZ(links=(link,) * 50).theory)
    yield {"figure": "GHZ state of 51 parties, closed form", "seconds": seconds}
    bell = Tomography()
    seconds, _ = _seconds(lambda: bell.state(run(bell, 1000, rng=1), physical=True))
    yield {"figure": "tomography of a pair, 9 x 1000 rounds", "seconds": seconds}
