"""The closed form of routes and shared links in the browser is that in Python."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from qnetlab import Edge, Fiber, Link, Memory, Network, NetworkExplorer, Node, PhotonPairSource, SharedNetwork
from qnetlab.network.places import distance_km
from qnetlab.network.routes import AIMS
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.network import EDGES, NODES
from tests.exact.test_js_twin import ask

ANSWER = "\nfunction answer(config, state) { return networkReadings(parametersOf(config, state), config); }"


def a_network(rng):
    nodes = tuple(Node(name=name, x_km=float(rng.integers(0, 131)), y_km=float(rng.integers(0, 71))) for name in NODES)
    place, edges = {node.name: node for node in nodes}, []
    for a, b in EDGES:
        memories = []
        for _ in range(2):
            t1_s = float(rng.choice([np.inf, 10 ** rng.uniform(-3, -1)]))
            memories.append(Memory(t1_s=t1_s, t2_s=min(10 ** rng.uniform(-3.5, -1), 2 * t1_s),
                                   modes=int(rng.integers(1, 4)), write_efficiency=rng.uniform(0.5, 1)))
        length = max(0.5, distance_km(place[a], place[b])) * rng.uniform(1, 1.5)
        source = PhotonPairSource(fidelity=rng.uniform(0.85, 1), noise=str(rng.choice(["white", "dephasing"])),
                                  repetition_rate_hz=10 ** rng.uniform(3.5, 6))
        edges.append(Edge(a=a, b=b, link=Link(source=source, alice_memory=memories[0], bob_memory=memories[1],
                                              fiber=Fiber(length_km=length, attenuation_db_per_km=0.2),
                                              herald=str(rng.choice(["midpoint", "none"])))))
    return Network(nodes=nodes, edges=tuple(edges))


def networks(count):
    rng = np.random.default_rng(21)
    for i in range(count):
        yield SharedNetwork(network=a_network(rng), requests=(("Alice", "Bob"), ("Carol", "Dave")), aim=AIMS[i % 4],
                            policy=("in_turn", "in_order")[i // 4 % 2], alternatives=1 + i // 8 % 2,
                            slot_s=10 ** rng.uniform(-3.3, -1.7))


def test_they_agree():
    shared = list(networks(160))
    explorer, asked = NetworkExplorer(), []
    for one in shared:
        if one.aim == "length":  # no control offers it, and yet it may be given
            with pytest.raises(ValueError, match="aim must be one of"):
                explorer.protocol = one
            one = dataclasses.replace(one, aim="rate")
        explorer.protocol = one
        assert explorer.protocol == one
        asked.append(to_wire([explorer.config, explorer.state]))
    explorer.close()
    answers = ask(bundle("network.js", default_as="shownExplorer") + ANSWER, asked)
    routes = set()
    for one, seen in zip(shared, answers, strict=True):
        one = dataclasses.replace(one, aim="rate") if one.aim == "length" else one
        theory = one.theory()
        assert set(seen) == set(theory)
        for name, number in theory.items():
            assert seen[name] == pytest.approx(number, rel=1e-9, abs=1e-9), name
        routes.update(share.routes for share in one.shares())
    assert len(routes) >= 4  # the grid sees different ways
    keys = [one.theory()["key_1"] for one in shared if one.aim != "length"]
    assert min(keys) == 0 < max(keys)


def test_moved_nodes_give_the_lengths_of_python():
    explorer, rng = NetworkExplorer(), np.random.default_rng(3)
    for _ in range(12):
        explorer.state = {**explorer.state, **{f"{name.lower()}_{axis}": float(rng.integers(0, 70))
                                               for name in rng.choice(list(NODES), 3, replace=False) for axis in "xy"}}
        [seen] = ask(bundle("network.js", default_as="shownExplorer") + ANSWER,
                     [to_wire([explorer.config, explorer.state])])
        for name, number in explorer.protocol.theory().items():
            assert seen[name] == pytest.approx(number, rel=1e-9, abs=1e-9), name
    explorer.close()


def test_a_wrong_twin_is_noticed():
    """Routes without T2, or a shared link counted twice, differ by far more."""
    explorer = NetworkExplorer(t2_s=0.002)
    text = bundle("network.js", default_as="shownExplorer") + ANSWER
    theory = explorer.protocol.theory()
    for right, wrong in (("const kept = mean(", "const kept = 1 || mean("),
                         ("ways[request][i].edges.forEach((k) => free.delete(k));", "")):
        assert right in text
        [seen] = ask(text.replace(right, wrong), [to_wire([explorer.config, explorer.state])])
        assert max(abs(seen[name] - number) / number for name, number in theory.items() if number) > 1e-3
    explorer.close()
