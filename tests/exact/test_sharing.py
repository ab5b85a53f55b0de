"""Requests that compete for links, and one run in space and time: by hand, by play, and against the chain."""

import itertools
import math

import numpy as np
import pytest

from qnetlab import (
    Edge,
    Fiber,
    HeraldedLink,
    Link,
    Memory,
    Network,
    Node,
    PhotonPairSource,
    RepeaterChain,
    SharedNetwork,
    best_route,
    one_run,
    plots,
    route_along,
    run,
)
from qnetlab.network.route_search import secret_fraction
from qnetlab.network.routes import AIMS
from qnetlab.network.slots import edge_chance, waiting_pair
from qnetlab.theory.states import bell_fidelity
from qnetlab.theory.swapping import swapped_pair

SLOT_S = 0.002


def link(km, fidelity=0.95, t2_s=0.01, t1_s=math.inf):
    memory = Memory(t1_s=t1_s, t2_s=t2_s)
    return Link(source=PhotonPairSource(fidelity=fidelity), alice_memory=memory, bob_memory=memory,
                fiber=Fiber(length_km=km, attenuation_db_per_km=0.2))


#: A and C on the left, B and D on the right, one link in the middle that both need; and a long way around for A, B.
DUMBBELL = Network(
    nodes=tuple(Node(name=name) for name in "ABCDMN"),
    edges=(Edge(a="A", b="M", link=link(20)), Edge(a="C", b="M", link=link(25)), Edge(a="M", b="N", link=link(35)),
           Edge(a="N", b="B", link=link(15)), Edge(a="N", b="D", link=link(30)), Edge(a="A", b="B", link=link(60))))
BOTH = (("A", "B"), ("C", "D"))


def chance(*routes):
    edges = {DUMBBELL.edge(a, b) for names in routes for a, b in itertools.pairwise(names)}
    return math.prod(edge_chance(edge, SLOT_S) for edge in edges)


def shared(**more):
    return SharedNetwork(network=DUMBBELL, requests=BOTH, aim="rate", slot_s=SLOT_S, **more)


def test_who_comes_second_gets_what_is_left():
    near = Network(nodes=DUMBBELL.nodes, edges=DUMBBELL.edges[:-1])  # without the way around
    first, second = chance("AMNB"), chance("CMND")
    both = chance("AMNB", "CMND")
    in_order = SharedNetwork(network=near, requests=BOTH, slot_s=SLOT_S, policy="in_order").shares()
    assert [s.pair_rate_hz * SLOT_S for s in in_order] == pytest.approx([first, second - both], rel=1e-12)
    in_turn = SharedNetwork(network=near, requests=BOTH, slot_s=SLOT_S).shares()
    assert [s.pair_rate_hz * SLOT_S for s in in_turn] == pytest.approx([first - both / 2, second - both / 2], rel=1e-12)
    assert [s.alone_hz * SLOT_S for s in in_turn] == pytest.approx([first, second], rel=1e-12)


def test_a_second_route_takes_what_the_first_one_misses():
    ways = [route_along(DUMBBELL, names) for names in ("AMNB", "AB")]
    best = max(ways, key=lambda route: route.pair_rate_hz)
    other = next(route for route in ways if route is not best)
    found = SharedNetwork(network=DUMBBELL, aim="rate", slot_s=SLOT_S, alternatives=2).shares()[0]
    assert found.routes == (best.nodes, other.nodes)
    one, two = chance("".join(best.nodes)), chance("".join(other.nodes))
    assert found.pair_rate_hz * SLOT_S == pytest.approx(one + (1 - one) * two, rel=1e-12)
    assert found.alone_hz == pytest.approx(found.pair_rate_hz, rel=1e-12)
    pairs = [swapped_pair([waiting_pair(DUMBBELL.edge(a, b), SLOT_S) for a, b in itertools.pairwise(route.nodes)])
             for route in (best, other)]
    mixed = sum(w * bell_fidelity(pair, "phi_plus") for w, pair in zip((one, (1 - one) * two), pairs, strict=True))
    assert found.fidelity == pytest.approx(mixed / (one + (1 - one) * two), rel=1e-12)


@pytest.mark.parametrize("policy", ["in_turn", "in_order"])
@pytest.mark.parametrize("alternatives", [1, 2])
def test_played_slots_agree_with_the_exact_answer(policy, alternatives):
    one = shared(policy=policy, alternatives=alternatives)
    other = shared(policy="in_order" if policy == "in_turn" else "in_turn", alternatives=alternatives)
    seen, exact, wrong = one.simulate(slots=200_000, rng=3), one.theory(), other.theory()
    for name in ("rate_1", "rate_2"):
        assert seen[name].sigmas_from(exact[name]) < 5
    assert max(seen[name].sigmas_from(wrong[name]) for name in ("rate_1", "rate_2")) > 5  # the other policy is noticed
    assert one.simulate(slots=500, rng=4) == one.simulate(slots=500, rng=4)


def test_a_pair_waits_for_the_end_of_its_slot():
    """The mean over all times that it may have waited, added up by hand; and after T1, too."""
    slowly = HeraldedLink(fiber=Fiber(length_km=10), alice_memory=Memory(t2_s=1e-3, dephasing="gaussian"))
    for edge in (Edge(link=link(20, t2_s=0.001)), Edge(link=link(20, t1_s=0.002, t2_s=0.001)), Edge(link=slowly)):
        one, p = edge.link, edge.link.success_probability
        attempts = math.floor(SLOT_S / one.attempt_time_s + 1e-9)
        weights = [p * (1 - p) ** (k - 1) for k in range(1, attempts + 1)]
        late = [(attempts - k) * one.attempt_time_s for k in range(1, attempts + 1)]
        pairs = [one.pair(extra_a_s=t, extra_b_s=t) for t in late]
        for i, mean in enumerate(waiting_pair(edge, SLOT_S)):
            by_hand = sum(w * float(pair[i]) for w, pair in zip(weights, pairs, strict=True)) / sum(weights)
            assert mean == pytest.approx(by_hand, abs=1e-12)
        assert sum(weights) == pytest.approx(edge_chance(edge, SLOT_S), rel=1e-9)


def test_the_way_in_slots_is_the_best_of_all():
    """Every simple way between A and B, by hand."""
    ways = [("A", "B"), ("A", "M", "N", "B")]
    for slot_s, t2_s in itertools.product((0.001, 0.003, 0.02), (0.001, 0.01, 1.0)):
        net = Network(nodes=DUMBBELL.nodes, edges=tuple(
            Edge(a=e.a, b=e.b, link=link(e.length_km, 0.97, t2_s)) for e in DUMBBELL.edges))
        worth = {by: [] for by in AIMS}
        for names in ways:
            edges = [net.edge(a, b) for a, b in itertools.pairwise(names)]
            pair = swapped_pair([waiting_pair(edge, slot_s) for edge in edges])
            rate = math.prod(edge_chance(edge, slot_s) for edge in edges)
            worth["rate"].append(rate)
            worth["fidelity"].append(float(bell_fidelity(pair, "phi_plus")))
            worth["key_rate"].append(rate * secret_fraction(pair.xx, pair.zz))
            worth["length"].append(-sum(edge.length_km for edge in edges))
        for by, values in worth.items():
            found = SharedNetwork(network=net, aim=by, slot_s=slot_s).shares()[0].routes[0]
            assert values[ways.index(found)] == max(values), (by, slot_s, t2_s)


def test_nobody_gets_more_than_alone_and_turns_are_fair():
    net = Network.star(leaves=4, link=link(15))
    everybody = SharedNetwork(network=net, requests=tuple(itertools.combinations("ABCD", 2)), slot_s=SLOT_S).shares()
    assert all(share.pair_rate_hz < share.alone_hz for share in everybody)
    two = {policy: SharedNetwork(network=net, requests=(("A", "B"), ("B", "C")), slot_s=SLOT_S, policy=policy).shares()
           for policy in ("in_turn", "in_order")}
    assert two["in_turn"][0].pair_rate_hz == pytest.approx(two["in_turn"][1].pair_rate_hz, rel=1e-12)
    assert two["in_order"][0].pair_rate_hz > 2 * two["in_order"][1].pair_rate_hz
    assert sum(s.pair_rate_hz for s in two["in_turn"]) == pytest.approx(sum(s.pair_rate_hz for s in two["in_order"]))


@pytest.mark.parametrize(("call", "error", "words"), [
    (lambda: SharedNetwork(requests=()), TypeError, "pairs of names"),
    (lambda: SharedNetwork(requests=("A", "B")), TypeError, "pairs of names"),
    (lambda: SharedNetwork(requests=(("A", "B"),) * 9), ValueError, "at most 8"),
    (lambda: SharedNetwork(requests=(("A", "Q"),)).theory(), KeyError, "a node must be one of A, B"),
    (lambda: SharedNetwork(slot_s=0), ValueError, "0 < slot_s"),
    (lambda: SharedNetwork(slot_s=1e5).theory(), ValueError, "at most 1000000 attempts"),
    (lambda: SharedNetwork().simulate(slots=0), ValueError, "1 <= slots"),
    (lambda: SharedNetwork().simulate(slots=2.5), TypeError, "whole number"),
    (lambda: SharedNetwork(network=Network.chain(nodes=20), requests=(("A", "T"),)).theory(), ValueError, "at most 16"),
    (lambda: one_run("A-B"), TypeError, "must be a Route"),
    (lambda: one_run(best_route(Network(), "A", "B"), policy="late"), ValueError, "one of swap_asap, nested"),
])
def test_refused_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()


# -------------------------------------------------------------------------------------------------------- one run


ROUTE = route_along(DUMBBELL, "CMNB")


def test_a_run_is_in_order_and_nothing_is_faster_than_light():
    for seed, policy in itertools.product(range(20), ("swap_asap", "nested")):
        record = one_run(ROUTE, rng=seed, policy=policy)
        assert record == one_run(ROUTE, rng=seed, policy=policy)
        times = [event.time_s for event in record.events]
        assert times == sorted(times) and record.events[-1].what == "known"
        at, light = dict(zip(record.nodes, record.at_km, strict=True)), 299792.458 / 1.4682
        for event in record.of("message"):
            assert event.until_s - event.time_s == pytest.approx(abs(at[event.start] - at[event.end]) / light, rel=1e-3)
        assert record.ended_s >= max(event.until_s for event in record.of("message")) - 1e-12
        heralds = {(e.start, e.end): e.time_s for e in record.of("herald")}
        for swap in record.of("swap"):
            assert swap.time_s >= max(time for ends, time in heralds.items() if swap.start in ends) - 1e-12
        for tries, one, herald in zip(record.attempts, ROUTE.links, heralds.values(), strict=False):
            assert tries >= 1 and one.attempt_time_s > 0 and herald > 0


def test_runs_last_as_long_as_those_of_a_chain():
    lasted = np.array([one_run(ROUTE, rng=seed).ended_s for seed in range(600)])
    chain = RepeaterChain(links=ROUTE.links).follow(20_000, rng=1).waiting_time_s
    error = math.hypot(lasted.std() / math.sqrt(len(lasted)), chain.std() / math.sqrt(len(chain)))
    assert abs(lasted.mean() - chain.mean()) < 5 * error
    assert abs(lasted.mean() - 1.5 * chain.mean()) > 5 * error  # the test can fail


def test_a_route_is_a_chain_whose_ends_measure_at_once():
    """Two links: rate, fidelity and key with what waiting costs, exactly; four: as played."""
    two = route_along(Network.chain(nodes=3, link=link(20, t2_s=0.002)), "ABC")
    chain = RepeaterChain(links=two.links, measure="at_once").theory()
    assert two.waited and two.pair_rate_hz == pytest.approx(chain["rate_hz"], rel=1e-9)
    assert two.fidelity == pytest.approx(chain["fidelity"], abs=1e-9)
    four = route_along(Network.chain(nodes=5, link=link(20, t2_s=0.003)), "ABCDE")
    seen = run(RepeaterChain(links=four.links, measure="at_once"), shots=60_000, rng=2)
    assert seen["rate_hz"].sigmas_from(four.pair_rate_hz) < 5 and seen["fidelity"].sigmas_from(four.fidelity) < 5
    fresh = route_along(Network.chain(nodes=5, link=link(20, t2_s=1e9)), "ABCDE")
    assert seen["fidelity"].sigmas_from(fresh.fidelity) > 5  # waiting is noticed
    assert 0 < four.key_rate_hz < fresh.key_rate_hz or four.key_rate_hz == 0


def test_where_waiting_is_not_known_exactly_the_route_says_so():
    lossy = route_along(Network.chain(nodes=3, link=link(20, t1_s=0.1)), "ABC")
    assert not lossy.waited and str(lossy).endswith("waiting not counted")


def test_figures_show_what_there_is():
    figure = plots.network(DUMBBELL, [ROUTE])
    assert [trace.name for trace in figure.data] == ["links", "C-M-N-B", "nodes"]
    assert [x for x in figure.data[0].x if x is not None] == [0.0] * 12
    drawn = plots.space_time(one_run(ROUTE, rng=5))
    names = ["a memory holds a half", "a station's bits", "a link's pair is known", "a station swaps", "both ends know"]
    assert [trace.name for trace in drawn.data] == names
    assert len([y for y in drawn.data[0].y if y is not None]) == 12  # two ends of six halves
    alone = plots.space_time(one_run(best_route(Network(), "A", "B"), rng=1))
    assert [trace.name for trace in alone.data] == [names[0], names[2], names[4]]
    shown = figure._repr_mimebundle_()
    still = (shown[0] if isinstance(shown, tuple) else shown)["text/html"]
    assert all(f">{name}</text>" in still for name in "ABCDMN")  # also where nothing is live
    for wrong in (lambda: plots.network("A"), lambda: plots.network(DUMBBELL, ["A-B"]), lambda: plots.space_time(3)):
        with pytest.raises(TypeError, match="; got .*Try"):
            wrong()


def test_a_run_reads_like_a_story():
    text = str(one_run(ROUTE, rng=5))
    assert "C-M: both ends of the link know of their pair" in text and "M: the station measures its two halves" in text
    assert text.splitlines()[-1].endswith("both ends know that they share a pair")
