"""What holds in every network of trusted relays."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab.network.backbone import KeyDemand, KeyLink, TrustedBackbone
from qnetlab.network.flow import disjoint_paths, fewest_hops, maximum_flow
from qnetlab.theory.trusted_relays import runs_dry_after_s

NODES = "abcdef"


@st.composite
def networks(draw, least=1):
    pairs = list(itertools.combinations(NODES, 2))
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=least, max_size=12))
    return [(a, b, draw(st.integers(0, 9))) for a, b in [("a", "b"), ("e", "f"), *chosen][1:]] + [("a", "b", 0),
                                                                                               ("a", "f", 0)]


def smallest_cut(links, source, target):
    others = [n for n in NODES if n not in (source, target)]
    sides = ({source, *part} for k in range(len(others) + 1) for part in itertools.combinations(others, k))
    return min(sum(c for a, b, c in links if (a in side) != (b in side)) for side in sides)


@given(networks())
def test_the_most_that_flows_is_the_smallest_cut(links):
    flow = maximum_flow(links, "a", "f")
    assert flow.value == smallest_cut(links, "a", "f")
    assert sum(links[i][2] for i in flow.bottleneck) == flow.value
    carried = {}
    for path, amount in flow.paths:
        assert path[0] == "a" and path[-1] == "f" and len(set(path)) == len(path) and amount > 0
        for hop in itertools.pairwise(path):
            carried[hop] = carried.get(hop, 0) + amount
    room = {}
    for a, b, c in links:
        for hop in ((a, b), (b, a)):
            room[hop] = room.get(hop, 0) + c
    for a, b in carried:
        assert carried[a, b] + carried.get((b, a), 0) <= room[a, b] + 1e-9


@given(networks())
def test_disjoint_paths_share_no_relay_and_there_are_no_more(links):
    paths = disjoint_paths(links, "a", "f")
    between = [node for path in paths for node in path[1:-1]]
    assert len(set(between)) == len(between)
    joined = {frozenset((a, b)) for a, b, c in links if c > 0}
    for path in paths:
        assert path[0] == "a" and path[-1] == "f"
        assert all(frozenset(hop) in joined for hop in itertools.pairwise(path))
    # Menger: as many as the fewest relays that cut a from f, a direct link counted on its own.
    direct = frozenset("af") in joined
    rest = joined - {frozenset("af")}

    def reaches(without):
        seen, new = {"a"}, {"a"}
        while new:
            new = {n for n in NODES if n not in seen | without and any(frozenset((n, m)) in rest for m in new)}
            seen |= new
        return "f" in seen

    fewest = next(k for k in range(5) if any(not reaches(set(cut)) for cut in itertools.combinations("bcde", k)))
    assert len(paths) == fewest + direct
    assert bool(fewest_hops(links, "a", "f")) == bool(paths)
    if paths:
        assert len(fewest_hops(links, "a", "f")) <= len(paths[0])


@st.composite
def backbones(draw):
    count = draw(st.integers(2, 5))
    names = [f"n{i}" for i in range(count + 1)]
    links = [KeyLink(a=a, b=b, rate_bps=draw(st.floats(0, 50)), stored_bits=draw(st.integers(0, 500)),
                     buffer_bits=draw(st.integers(500, 3000)),
                     arrivals=tuple(draw(st.lists(st.tuples(st.floats(0, 300), st.integers(0, 900)), max_size=2))))
             for a, b in itertools.pairwise(names)]
    ends = st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True)
    demands = [KeyDemand(source=s, target=t, rate_bps=draw(st.floats(0, 60)), begin_s=draw(st.floats(0, 100)))
               for s, t in (draw(ends) for _ in range(draw(st.integers(0, 4))))]
    return TrustedBackbone(links=tuple(links), demands=tuple(demands))


@settings(max_examples=60)
@given(backbones(), st.sampled_from([1.0, 7.0, 30.0]))
def test_every_bit_is_accounted_for(backbone, step_s):
    day = backbone.simulate(duration_s=250, step_s=step_s)
    assert day.unaccounted_bits == 0
    assert day.stored_bits.min() >= 0 and day.missed.min(initial=0) >= 0
    assert all((day.stored_bits[:, i] <= link.buffer_bits).all() for i, link in enumerate(backbone.links))
    hops = [len(backbone.path(d.source, d.target)) - 1 for d in backbone.demands]
    assert day.spent.sum() == sum(served * h for served, h in zip(day.served.sum(axis=0), hops, strict=True))
    made = sum(int(np.floor(link.rate_bps * 250)) + sum(bits for when, bits in link.arrivals if when <= 250)
               for link in backbone.links)
    assert day.made.sum() == made


@given(st.integers(1000, 10**6), st.integers(0, 500), st.integers(501, 2000))
def test_a_store_runs_dry_when_the_closed_form_says(stored, made, spent):
    dry = runs_dry_after_s(stored, made, spent)
    step = max(dry / 400, 1e-3)
    line = TrustedBackbone(links=(KeyLink(rate_bps=made, stored_bits=stored),), demands=(KeyDemand(rate_bps=spent),))
    day = line.simulate(duration_s=dry * 2, step_s=step)
    first = day.times_s[1 + int(np.argmax(day.missed[:, 0] > 0))]
    assert abs(first - dry) <= 2 * step + 2 / (spent - made) + 2 / spent
