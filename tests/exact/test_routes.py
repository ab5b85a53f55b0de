"""Networks and routes: shapes, lengths, and best routes that are the best of all, found by trying all."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
import rustworkx

from qnetlab import Edge, Fiber, Link, Memory, Network, Node, PhotonPairSource, Swapping, best_route, route_along
from qnetlab.network.graph import as_graph
from qnetlab.network.places import distance_km
from qnetlab.network.routes import AIMS
from qnetlab.theory.repeaters import mean_longest_wait_of

VALUE = {"rate": lambda r: r.pair_rate_hz, "fidelity": lambda r: r.fidelity, "key_rate": lambda r: r.key_rate_hz,
         "length": lambda r: -r.length_km}


def link(km=10.0, fidelity=1.0, noise="white", t2_s=math.inf):
    memory = Memory(t2_s=t2_s)
    return Link(source=PhotonPairSource(fidelity=fidelity, noise=noise), fiber=Fiber(length_km=km),
                alice_memory=memory, bob_memory=memory)


def any_network(seed, nodes=7, share=0.5):
    """Links of every kind between nodes at random; None where A and the last are not joined."""
    rng = np.random.default_rng(seed)
    names = [chr(65 + i) for i in range(nodes)]
    edges = []
    for a, b in itertools.combinations(names, 2):
        if rng.random() < share:
            memories = [Memory(t1_s=t1, t2_s=min(2 * t1, t2)) for t1, t2 in rng.choice(
                [(math.inf, 0.001), (0.01, 0.02), (0.004, 0.001)], 2)]
            edges.append(Edge(a=a, b=b, link=Link(
                source=PhotonPairSource(fidelity=rng.uniform(0.7, 1), noise=str(rng.choice(["white", "dephasing"]))),
                fiber=Fiber(length_km=rng.uniform(1, 60)), alice_memory=memories[0], bob_memory=memories[1])))
    net = Network(nodes=tuple(Node(name=name) for name in names), edges=tuple(edges))
    return net if rustworkx.has_path(as_graph(net), 0, nodes - 1) else None


def every_route(net, **errors):
    names = [node.name for node in net.nodes]
    return [route_along(net, [names[i] for i in path], **errors)
            for path in rustworkx.all_simple_paths(as_graph(net), 0, len(names) - 1)]


def dephasing_network(seed, nodes=7, share=0.55):
    """The same with memories that lose phase alone, so that waiting counts."""
    net, rng = any_network(seed, nodes, share), np.random.default_rng(seed)
    if net is None:
        return None
    edges = []
    for edge in net.edges:
        a, b = (Memory(t2_s=10 ** rng.uniform(-3, -1)) for _ in "ab")
        edges.append(Edge(a=edge.a, b=edge.b, link=replace(edge.link, alice_memory=a, bob_memory=b, fiber=Fiber(
            length_km=edge.length_km, attenuation_db_per_km=0.3))))
    return Network(nodes=net.nodes, edges=tuple(edges))


@pytest.mark.parametrize("alike", [False, True], ids=["memories that differ", "memories alike"])
@pytest.mark.parametrize("seed", range(8))
def test_the_best_route_is_the_best_of_all_with_waiting(seed, alike):
    net = dephasing_network(seed)
    if net is None:
        net = dephasing_network(seed + 1000, share=1)
    if alike:  # also equal links, so that beginnings are worth the same
        memory = Memory(t2_s=0.004)
        net = Network(nodes=net.nodes, edges=tuple(
            Edge(a=e.a, b=e.b, link=replace(e.link, alice_memory=memory, bob_memory=memory, fiber=Fiber(
                length_km=20 * round(1 + e.length_km / 30), attenuation_db_per_km=0.2))) for e in net.edges))
    routes = every_route(net)
    assert all(route.waited for route in routes)
    for by in AIMS:
        found = best_route(net, "A", "G", by=by)
        assert found.exact
        assert VALUE[by](found) == pytest.approx(max(map(VALUE[by], routes)), rel=1e-12, abs=1e-12), by
    back = route_along(net, routes[0].nodes[::-1])
    assert back.fidelity == pytest.approx(routes[0].fidelity, abs=1e-12)


@pytest.mark.parametrize("errors", [{}, {"two_qubit_error": 0.02, "readout_error": 0.01}], ids=["perfect", "rough"])
@pytest.mark.parametrize("seed", range(12))
def test_the_best_route_is_the_best_of_all(seed, errors):
    net = any_network(seed)
    if net is None:
        net = any_network(seed + 1000, share=1)
    routes = every_route(net, **errors)
    for by in AIMS:
        found = best_route(net, "A", "G", by=by, **errors)
        assert found.exact
        assert VALUE[by](found) == pytest.approx(max(map(VALUE[by], routes)), rel=1e-12, abs=1e-12), by


def test_shortest_is_not_best():
    """Three aims, three routes: a short poor link, two middling ones, four good and long ones."""
    net = Network(
        nodes=tuple(Node(name=name) for name in "ABMXYZ"),
        edges=(Edge(a="A", b="B", link=link(40, 0.8)), Edge(a="A", b="M", link=link(25, 0.95)),
               Edge(a="M", b="B", link=link(25, 0.95)),
               *(Edge(a=a, b=b, link=link(24, 0.99)) for a, b in itertools.pairwise("AXYZB"))))
    found = {by: "".join(best_route(net, "A", "B", by=by).nodes) for by in AIMS}
    assert found["length"] == "AB" and found["fidelity"] == "AXYZB" and found["key_rate"] == "AXYZB"
    quick = best_route(net, "A", "B", by="rate")
    assert VALUE["rate"](quick) == max(VALUE["rate"](route_along(net, names)) for names in ("AB", "AMB", "AXYZB"))


def test_a_sum_over_links_finds_another_route_than_the_key_rate():
    """Key rate does not add up: the smallest sum of 1/rate, link by link, is not the best route."""
    net = Network(nodes=tuple(Node(name=name) for name in "ABC"),
                  edges=(Edge(a="A", b="B", link=link(10, 0.9)), Edge(a="B", b="C", link=link(10, 0.9)),
                         Edge(a="A", b="C", link=link(60, 0.9))))
    alone = {names: route_along(net, names).key_rate_hz for names in ("AB", "BC", "AC")}
    assert 1 / alone["AB"] + 1 / alone["BC"] < 1 / alone["AC"]
    assert best_route(net, "A", "C", by="key_rate").nodes == ("A", "C")
    assert route_along(net, "ABC").key_rate_hz == 0


def test_a_route_is_the_swapped_chain():
    net = any_network(5, share=1)
    names = ("A", "D", "C", "G")
    along = route_along(net, names)
    chain = Swapping(links=along.links, corrections="pauli_frame")
    waits = [one.wait_s for one in along.links]
    if max(waits) == min(waits):
        assert along.fidelity == pytest.approx(chain.theory()["fidelity"], abs=1e-12)
    back = route_along(net, names[::-1])
    assert back.fidelity == pytest.approx(along.fidelity, abs=1e-12)
    assert back.pair_rate_hz == pytest.approx(along.pair_rate_hz, rel=1e-12)


def test_the_rate_is_the_slowest_of_them():
    net = Network.chain(nodes=3, link=link(20))
    one = net.edges[0].link
    wait = mean_longest_wait_of([one.success_probability] * 2) * one.attempt_time_s
    assert route_along(net, "ABC").pair_rate_hz == pytest.approx(1 / wait, rel=1e-12)
    assert route_along(net, "AB").pair_rate_hz == pytest.approx(one.pair_rate_hz, rel=1e-12)


def test_a_search_that_gives_up_says_so_and_bounds_the_rest():
    net, said = any_network(4, nodes=10, share=0.7), []
    for by, steps in itertools.product(("rate", "fidelity", "key_rate"), (1, 3, 10)):
        whole, found = (best_route(net, "A", "J", by=by, most_steps=most) for most in (100_000, steps))
        assert whole.exact and VALUE[by](found) <= VALUE[by](whole) <= max(found.at_most, VALUE[by](found))
        assert ("gave up" in str(found)) is not found.exact
        said.append(found.exact)
    assert not all(said)


def test_large_networks_are_searched_to_the_end():
    """Ten thousand simple routes and more; many equal ones; with and without waiting."""
    for by, (size, t2_s) in itertools.product(AIMS, ((10, math.inf), (7, 0.05))):
        net = Network.grid(rows=size, columns=size, link=link(20, 0.995, t2_s=t2_s))
        assert best_route(net, "A1", net.nodes[-1].name, by=by).exact


@pytest.mark.parametrize(("net", "nodes", "edges"), [
    (Network.chain(nodes=5), 5, 4), (Network.star(leaves=4), 5, 4), (Network.ring(nodes=6), 6, 6),
    (Network.grid(rows=3, columns=4), 12, 17)])
def test_shapes(net, nodes, edges):
    assert (len(net.nodes), len(net.edges)) == (nodes, edges)
    assert rustworkx.is_connected(as_graph(net))
    for edge in net.edges:  # equal links are drawn with equal lengths
        assert distance_km(net.node(edge.a), net.node(edge.b)) == pytest.approx(1.0)


def test_great_circles():
    paris = Node(name="Paris", latitude_deg=48.8566, longitude_deg=2.3522)
    london = Node(name="London", latitude_deg=51.5074, longitude_deg=-0.1278)
    assert distance_km(paris, london) == pytest.approx(343.6, abs=0.5)
    pole, quito = Node(latitude_deg=90, longitude_deg=0), Node(name="B", latitude_deg=0, longitude_deg=-78)
    assert distance_km(pole, quito) == pytest.approx(math.pi / 2 * 6371.0088, rel=1e-12)
    date_line = [Node(name=n, latitude_deg=0, longitude_deg=east) for n, east in (("A", 179.5), ("B", -179.5))]
    assert distance_km(*date_line) == pytest.approx(math.pi / 180 * 6371.0088, rel=1e-9)


def test_moving_a_node_keeps_the_detour():
    net = Network.laid((Node(name="A"), Node(name="B", x_km=10), Node(name="C", y_km=10)), [("A", "B"), ("A", "C")],
                       link=link(0, 0.9), detour=1.5)
    far = net.moved("B", x_km=30.0)
    assert [edge.length_km for edge in far.edges] == [45, 15] and far.edges[0].link.source.fidelity == 0.9


@pytest.mark.parametrize(("call", "error", "words"), [
    (lambda: Network(nodes=(Node(), Node())), ValueError, "different names; got nodes='A'"),
    (lambda: Network(edges=(Edge(b="C"),)), ValueError, "There is no node 'C'"),
    (lambda: Network(edges=(Edge(), Edge(a="B", b="A"))), ValueError, "join two nodes once"),
    (lambda: Network(nodes=(Node(), Node(name="B", latitude_deg=1, longitude_deg=1))), ValueError, "on a flat map"),
    (lambda: Edge(b="A"), ValueError, "a and b must be two nodes"),
    (lambda: Edge(link=Fiber()), TypeError, "link must be a Link"),
    (lambda: Node(name="A\nB"), ValueError, "printable"),
    (lambda: Node(latitude_deg=5), ValueError, "given together"),
    (lambda: Network.chain(nodes=1), ValueError, "2 <= nodes"), (lambda: Network.star(leaves=2.5), TypeError, "whole"),
    (lambda: Network.laid((Node(), Node(name="B")), [("A", "B")], detour=0.5), ValueError, "1 <= detour"),
    (lambda: Network.laid((Node(), Node(name="B")), [("A", "Q")]), ValueError, "no node 'Q'"),
    (lambda: best_route(Network(), "A", "Q"), KeyError, "a node must be one of A, B"),
    (lambda: best_route(Network(), "A", "A"), ValueError, "two nodes"),
    (lambda: best_route(Network(), "A", "B", by="speed"), ValueError, "one of rate, fidelity"),
    (lambda: best_route(Network(), "A", "B", readout_error=0.7), ValueError, "readout_error <= 0.5"),
    (lambda: route_along(Network.chain(), "AC"), KeyError, "A is joined to B"),
    (lambda: route_along(Network.chain(), "ABA"), ValueError, "none of them twice"),
    (lambda: best_route(Network(nodes=tuple(Node(name=n) for n in "ABC")), "A", "C"), ValueError, "no link joins"),
])
def test_refused_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()
