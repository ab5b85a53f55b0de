"""The network explorer without a browser: state, protocol, words, and what it refuses."""

import dataclasses

import pytest

from qnetlab import Edge, HeraldedLink, Link, Memory, Network, NetworkExplorer, SharedNetwork
from qnetlab.widgets._bundle import bundle
from tests.exact.test_js_twin import ask


@pytest.fixture
def explorer():
    made = NetworkExplorer()
    yield made
    made.close()


def test_a_moved_node_takes_its_links_along(explorer):
    before = explorer.protocol.network
    explorer.state = {**explorer.state, "m_x": 60.0, "m_y": 20.0}
    after = explorer.protocol.network
    assert after.node("M").x_km == 60 and after.edge("Alice", "M").length_km > before.edge("Alice", "M").length_km
    assert after.edge("N", "Bob") is not None and after.edge("N", "Bob") == before.edge("N", "Bob")
    explorer.state = {**explorer.state, "m_x": 42.0, "m_y": 34.0}
    assert explorer.protocol.network == before


def test_detours_stay(explorer):
    old = explorer.protocol
    edges = tuple(dataclasses.replace(e, link=dataclasses.replace(
        e.link, fiber=dataclasses.replace(e.link.fiber, length_km=1.5 * e.length_km))) for e in old.network.edges)
    explorer.protocol = dataclasses.replace(old, network=Network(nodes=old.network.nodes, edges=edges))
    explorer.state = {**explorer.state, "alice_x": 0.0}
    straight = NetworkExplorer(alice_x=0)
    for long, short in zip(explorer.protocol.network.edges, straight.protocol.network.edges, strict=True):
        assert long.length_km == pytest.approx(1.5 * short.length_km, rel=1e-12)
    straight.close()


def test_one_slider_sets_all_links_and_says_where_they_differ(explorer):
    explorer.state = {**explorer.state, "pair_fidelity": 0.9, "t2_s": 0.01}
    assert {edge.link.source.fidelity for edge in explorer.protocol.network.edges} == {0.9}
    net = explorer.protocol.network
    better = dataclasses.replace(net.edges[0], link=dataclasses.replace(
        net.edges[0].link, source=dataclasses.replace(net.edges[0].link.source, fidelity=0.99)))
    explorer.protocol = dataclasses.replace(explorer.protocol, network=Network(nodes=net.nodes,
                                                                               edges=(better, *net.edges[1:])))
    assert explorer.state["pair_fidelity"] == "given" and explorer.state["t2_s"] == 0.01


@pytest.mark.parametrize(("change", "error", "words"), [
    (lambda p: SharedNetwork(), ValueError, "the explorer's nodes, edges and requests"),
    (lambda p: dataclasses.replace(p, requests=(("Alice", "Dave"),)), ValueError, "nodes, edges and requests"),
    (lambda p: Link(), TypeError, "must be a SharedNetwork"),
    (lambda p: with_link(p, HeraldedLink()), ValueError, "a Link over fiber"),
    (lambda p: with_link(p, Link(bob_memory=Memory(t2_s=0.1, dephasing="gaussian"))), ValueError, "a Link over fiber"),
])
def test_refused_in_words(explorer, change, error, words):
    with pytest.raises(error, match=words):
        explorer.protocol = change(explorer.protocol)


def with_link(shared, link):
    first, *rest = shared.network.edges
    return dataclasses.replace(shared, network=Network(nodes=shared.network.nodes,
                                                       edges=(Edge(a=first.a, b=first.b, link=link), *rest)))


def test_where_nothing_runs_there_is_a_sentence(explorer):
    said = explorer._repr_mimebundle_()[0]["text/plain"]
    assert said.startswith("Alice and Bob share 135.9 pairs per second over Alice-M-N-Bob, F = 0.839; Carol and Dave ")


def test_sentences_say_what_is_to_be_seen(explorer):
    text = bundle("network.js", default_as="shownExplorer")
    text += ("\nfunction answer(config, state) {"
             " return networkSentence(networkShares(parametersOf(config, state), config).shares, config); }")
    asked = []
    for settings in ({}, {"aim": "fidelity"}, {"policy": "in_order"}, {"pair_fidelity": 0.8}):
        explorer.state = {**explorer.state, "aim": "rate", "policy": "in_turn", "pair_fidelity": 0.96, **settings}
        asked.append([explorer.config, explorer.state])
    said = ask(text, asked)
    assert said[0] == ("Alice and Bob go over M–N, Carol and Dave over M–N. Both want the link M–N: that costs 38 % "
                       "and 37 % of their pairs.")
    assert said[1] == ("Alice and Bob go directly, Carol and Dave over M–N. No link is wanted twice: each gets what it "
                       "would get alone.")
    assert "costs 0 % and 74 % of their pairs" in said[2]
    assert said[3].endswith("Pairs come, and no secret key with them: too many errors.")
