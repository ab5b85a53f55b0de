"""What holds for every network, GHZ state and matrix, whatever the numbers."""

import itertools
import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab import Edge, Fiber, Link, Memory, Network, Node, PhotonPairSource, SharedNetwork, best_route
from qnetlab.network.routes import AIMS
from qnetlab.theory.ghz import CENTER_WAYS, shared_ghz
from qnetlab.theory.states import Pair, fresh_pair
from qnetlab.theory.swapping import station
from qnetlab.theory.tomography import inverted, pauli_means, projected, purity, state_fidelity

FIDELITY = st.floats(0.25, 1)
ERROR = st.floats(0, 0.3)
VALUE = {"rate": lambda r: r.pair_rate_hz, "fidelity": lambda r: r.fidelity, "key_rate": lambda r: r.key_rate_hz,
         "length": lambda r: -r.length_km}


@st.composite
def networks(draw):
    """Five nodes in a ring, and some links across; equal memories."""
    memory = Memory(t2_s=10 ** draw(st.floats(-3, 0)))
    pairs = [(a, b) for a, b in itertools.combinations("ABCDE", 2)
             if b in "BCDE"[("ABCDE".index(a)):][:1] or (a, b) == ("A", "E") or draw(st.booleans())]
    return Network(nodes=tuple(Node(name=name) for name in "ABCDE"), edges=tuple(
        Edge(a=a, b=b, link=Link(source=PhotonPairSource(fidelity=draw(st.floats(0.6, 1))), alice_memory=memory,
                                 bob_memory=memory, fiber=Fiber(length_km=draw(st.floats(1, 60)),
                                                                attenuation_db_per_km=0.2)))
        for a, b in pairs))


@settings(max_examples=60, deadline=None)
@given(networks(), st.sampled_from(AIMS), st.data())
def test_a_link_more_never_makes_the_best_route_worse(net, by, data):
    ring = {("A", "B"), ("B", "C"), ("C", "D"), ("D", "E"), ("A", "E")}
    across = [edge for edge in net.edges if (edge.a, edge.b) not in ring]
    left_out = data.draw(st.sampled_from(across)) if across else None
    fewer = Network(nodes=net.nodes, edges=tuple(edge for edge in net.edges if edge is not left_out))
    more, less = best_route(net, "A", "C", by=by), best_route(fewer, "A", "C", by=by)
    assert more.exact and less.exact
    assert VALUE[by](more) >= VALUE[by](less) - 1e-9 * abs(VALUE[by](less))
    back = best_route(net, "C", "A", by=by)
    assert math.isclose(VALUE[by](back), VALUE[by](more), rel_tol=1e-9, abs_tol=1e-12)


@settings(max_examples=40, deadline=None)
@given(networks(), st.sampled_from(("in_turn", "in_order")), st.integers(1, 2), st.floats(1e-3, 2e-2))
def test_sharing_takes_and_never_gives(net, policy, alternatives, slot_s):
    shared = SharedNetwork(network=net, requests=(("A", "C"), ("B", "E")), policy=policy, slot_s=slot_s,
                           alternatives=alternatives)
    for share in shared.shares():
        assert 0 <= share.pair_rate_hz <= share.alone_hz * (1 + 1e-9)
        assert share.pair_rate_hz <= (1 + 1e-9) / slot_s and 0 <= share.fidelity <= 1 + 1e-9
        assert 0 <= share.key_rate_hz <= share.pair_rate_hz * (1 + 1e-9)


@settings(max_examples=150, deadline=None)
@given(st.lists(FIDELITY, min_size=2, max_size=6), st.sampled_from(CENTER_WAYS), ERROR, ERROR, ERROR)
def test_ghz_numbers_are_those_of_a_state(fidelities, center, two, one, read):
    pairs = [fresh_pair("phi_plus", f, "white") for f in fidelities]
    at = station(one_qubit_error=one, two_qubit_error=two, error_0=read, error_1=read / 2)
    seen = shared_ghz(pairs, at, center=center, center_readout=(read, read), party_readout=(read / 3, read))
    assert -1e-9 <= seen.populations <= 1 + 1e-9 and abs(seen.coherence) <= 1 + 1e-9 and abs(seen.parity) <= 1 + 1e-9
    perfect = shared_ghz(pairs, center=center)
    assert 0 <= perfect.fidelity <= 1 + 1e-9
    assert abs(perfect.coherence) <= perfect.populations + 1e-9  # |rho_01| <= the mean of the two populations
    better = shared_ghz([fresh_pair("phi_plus", 1.0, "white"), *pairs[1:]], center=center)
    assert better.fidelity >= perfect.fidelity - 1e-9
    turned_round = shared_ghz([pairs[0], *pairs[:0:-1]], center=center)  # who stands where makes no difference
    assert math.isclose(turned_round.fidelity, perfect.fidelity, abs_tol=1e-12)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(-1, 1), min_size=15, max_size=15))
def test_the_nearest_state_is_one(means):
    rho = inverted(dict(zip(pauli_means(Pair(0, 0, 0)), means, strict=True)))
    found = projected(rho)
    assert np.linalg.eigvalsh(found).min() > -1e-9 and abs(np.trace(found) - 1) < 1e-9
    assert 0 <= state_fidelity(found) <= 1 + 1e-9 and 1 / 4 - 1e-9 <= purity(found) <= 1 + 1e-9
    assert np.allclose(projected(found), found, atol=1e-9)
