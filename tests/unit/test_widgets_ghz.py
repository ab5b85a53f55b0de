"""The GHZ explorer without a browser: state, protocol, Aer's points, words, and what it refuses."""

import dataclasses

import pytest

from qnetlab import GHZ, GhzExplorer, HeraldedLink, Link
from qnetlab.widgets._bundle import bundle
from tests.exact.test_js_twin import ask


@pytest.fixture
def explorer():
    made = GhzExplorer(shots=40, rng=1)
    yield made
    made.close()


def test_links_are_the_first_and_others_alike(explorer):
    explorer.state = {**explorer.state, "links": 4, "first_pair_fidelity": 0.8}
    assert [link.source.fidelity for link in explorer.protocol.links] == [0.8, 0.95, 0.95, 0.95]
    first, other = explorer.protocol.links[:2]
    for links in ((first, other, first), (HeraldedLink(), Link())):
        with pytest.raises(ValueError, match="alike, and each a Link"):
            explorer.protocol = GHZ(links=links)
    with pytest.raises(ValueError, match="2 <= links <= 50; got links=1"):
        explorer.state = {**explorer.state, "links": 1}
    with pytest.raises(TypeError, match="a whole number"):
        explorer.state = {**explorer.state, "links": 2.5}


def test_aer_shoots_up_to_three_links(explorer):
    explorer.request_points()
    assert explorer.settle(60) and explorer.points["items"]
    assert explorer.can_shoot(GHZ(links=(Link(),) * 3)) and not explorer.can_shoot(GHZ(links=(Link(),) * 4))


def test_where_nothing_runs_there_is_a_sentence(explorer):
    explorer.state = {**explorer.state, "center": "lost", "length_km": 0.0}
    assert explorer._repr_mimebundle_()[0]["text/plain"] == (
        "2 parties over 2 links, Bob's own qubit lost: populations 0.936, coherence 0.000, F = 0.468.")
    assert dataclasses.replace(explorer.protocol, center="kept").parties == 3


def test_sentences_say_what_is_to_be_seen():
    text = bundle("ghz.js", default_as="shownExplorer")
    text += "\nfunction answer(state, seen) { return ghzSentence(state, seen); }"
    said = ask(text, [[{"center": center, "links": links}, {"fidelity": fidelity}] for center, links, fidelity in (
        ("kept", 2, 0.9), ("kept", 4, 0.4), ("measured_x", 2, 0.9), ("measured_x", 3, 0.9), ("measured_z", 2, 0.47),
        ("measured_x_quiet", 2, 0.47), ("lost", 2, 0.47))])
    assert said[0].startswith("Bob, Alice and Charlie share a GHZ state, F = 0.900. More than one half")
    assert said[1].startswith("Bob, Alice, Charlie, Dave and Fay share") and "Not more than one half" in said[1]
    assert "Alice and Charlie share a Bell pair, F = 0.900" in said[2] and "share a GHZ state" in said[3]
    for sentence in said[4:6]:
        assert "equal coins" in sentence
    assert said[6].startswith("Bob's qubit is gone.") and "nothing is left of the entanglement" in said[6]
