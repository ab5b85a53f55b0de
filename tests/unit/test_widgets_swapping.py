"""The explorers of swapping and purification without a browser: their controls, their points, and what they say."""

from __future__ import annotations

import json
import math

import pytest

from qnetlab import (
    Fiber,
    GateErrors,
    Link,
    Memory,
    PhotonPairSource,
    Purification,
    PurificationExplorer,
    Readout,
    SwapExplorer,
    Swapping,
)
from qnetlab.fields import at, rebuilt
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._panel import GIVEN
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask

LINK = Link(source=PhotonPairSource(fidelity=0.91, noise="dephasing"), fiber=Fiber(length_km=12),
            alice_memory=Memory(t1_s=0.01), bob_memory=Memory(t2_s=0.003))
PROTOCOLS = {
    SwapExplorer: [Swapping(), Swapping(links=(LINK, Link(), Link()), corrections="none"),
                   Swapping(links=(Link(), *(LINK,) * 9), station_readout=Readout(error_0=0.1))],
    PurificationExplorer: [Purification(), Purification(link=LINK, method="dejmps", schedule="pumping", rounds=3),
                           Purification(rounds=12, method="plain", gates=GateErrors(two_qubit=0.031))],
}
EACH = [(kind, protocol) for kind, protocols in PROTOCOLS.items() for protocol in protocols]


@pytest.fixture(params=PROTOCOLS, ids=lambda kind: kind.__name__)
def explorer(request):
    made = request.param(rng=7)
    yield made
    made.close()


@pytest.mark.parametrize(("kind", "protocol"), EACH, ids=range(len(EACH)))
def test_a_protocol_survives_the_way_to_the_browser_and_back(kind, protocol):
    explorer = kind()
    explorer.protocol = protocol
    assert explorer.protocol == protocol
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == protocol and not explorer.problem
    explorer.close()


def test_every_stop_of_every_control_is_a_protocol(explorer):
    for control in explorer._panel.controls:
        low, high = explorer.config["reach"][GIVEN].get(control.name, (-math.inf, math.inf))
        for value in control.values:
            if control.kind == "slider" and not low <= value <= high:
                continue
            explorer.state = {**explorer.state, control.name: value}
            assert all(at(explorer.protocol, explorer._panel.places[name]) == value for name in control.writes)


def test_points_are_aers_and_agree_with_theory(explorer):
    explorer.request_points()
    assert explorer.settle(60)
    place = explorer._panel.places[explorer.chart.along]
    assert len(explorer.points["items"]) >= 6
    for item in explorer.points["items"]:
        expected = rebuilt(explorer.protocol, {place: item["x"]}).theory()[explorer.chart.quantity]
        assert abs(item["y"] - expected) <= 6 * item["std_error"] + 0.02


@pytest.mark.parametrize(("kind", "big"), [(SwapExplorer, {"links": 9}), (PurificationExplorer, {"rounds": 3})])
def test_what_is_too_large_for_aer_has_no_points_and_keeps_nobody_waiting(kind, big):
    explorer = kind(rng=7)
    explorer.request_points()
    assert explorer.settle(60) and explorer.points["items"]
    explorer.state = {**explorer.state, **big}
    explorer.request_points()
    assert explorer.settle(60)
    assert explorer.points["items"] == [] and explorer.points["state"] == explorer.state and not explorer.problem
    explorer.state = {**explorer.state, **dict.fromkeys(big, 2)}
    explorer.request_points()
    assert explorer.settle(60) and explorer.points["items"]
    explorer.close()


def test_links_are_the_first_and_others_alike():
    explorer = SwapExplorer(links=4, first_pair_fidelity=0.8, other_pair_fidelity=0.95)
    assert [link.source.fidelity for link in explorer.protocol.links] == [0.8, 0.95, 0.95, 0.95]
    with pytest.raises(ValueError, match="all links after the first must be alike"):
        explorer.protocol = Swapping(links=(LINK, LINK, Link()))
    with pytest.raises(ValueError, match="2 <= links <= 100; got links=1"):
        explorer.state = {**explorer.state, "links": 1}
    with pytest.raises(TypeError, match="links must be a whole number"):
        explorer.state = {**explorer.state, "links": 2.5}
    explorer.close()


def test_where_nothing_runs_there_is_a_sentence():
    for kind, settings, wanted in (
        (SwapExplorer, {"length_km": 0},
         "2 links, pairs of fidelity 0.9 and 0.9: Alice and Bob share a pair of fidelity 0.813; without the bits of "
         "the middle, 0.250."),
        (PurificationExplorer, {"rounds": 10},
         "BBPSSW with raw pairs of fidelity 0.8: F = 0.992 after 10 rounds, at 2.92e+03 raw pairs for each that comes "
         "out.")):
        explorer = kind(**settings)
        data, _ = explorer._repr_mimebundle_()
        assert data["text/plain"] == wanted and "<img" in data["text/html"]
        explorer.close()


def test_the_sentences_of_swapping_say_what_is_to_be_seen():
    text = bundle("swap.js", default_as="shownExplorer")
    text += "\nfunction answer(state, p, seen) { return sentenceFor(state, p, seen); }"
    seen = {"fidelity": 0.8133, "quiet": 0.25}
    asked = ((2, 1, "none", 0.25), (3, 1, "none", 0.25), (2, 3, "feed_forward", 0.8133), (2, 4, "none", 0.25),
             (2, 4, "feed_forward", 0.8133), (3, 4, "pauli_frame", 0.49), (2, 4, "at_once", 0.8133))
    said = ask(text, [[{"links": links, "step": step}, {"corrections": bits}, {**seen, "fidelity": fidelity}]
                      for links, step, bits, fidelity in asked])
    assert said[0].startswith("Charlie will hold half of every pair.")
    assert said[1].startswith("The stations will hold")
    assert said[2] == ("Charlie measured. Alice and Bob now hold one of four Bell states, and do not know which: for "
                       "them F = 0.250.")
    assert said[3].startswith("The bits are lost: F = 0.250.")
    assert said[4] == ("Bob turns his qubit as the bits say: F = 0.813. Every link adds its noise, the good ones, too. "
                       "The pair is entangled.")
    assert said[5].startswith("Nobody turns a qubit") and said[5].endswith("No entanglement is left.")
    assert said[6].startswith("Both measured without waiting: the bits turn signs in the records when they come: F = ")


def test_the_sentences_of_purification_say_what_is_to_be_seen():
    text = bundle("purification.js", default_as="shownExplorer")
    text += "\nfunction answer(p) { return sentenceFor(p, readings({}, p)); }"
    explorer = PurificationExplorer()
    start = explorer.config["given"]
    explorer.close()
    lasting = {f"{who}_{what}_s": 1e9 for who in ("alice", "bob") for what in ("t1", "t2")}
    said = ask(text, [[{**start, **lasting, **changed}]
                      for changed in ({"rounds": 10}, {"method": "dejmps", "rounds": 4}, {"pair_fidelity": 0.5},
                                      {"pair_fidelity": 0.4}, {"method": "plain", "noise": "dephasing"},
                                      {"two_qubit_error": 0.1}, {"pair_fidelity": 1})])
    assert said[0] == "From 0.800 to 0.992 in 10 rounds: 2917 raw pairs for each pair that comes out. Nothing is free."
    assert said[1] == "From 0.800 to 0.997 in 4 rounds: 32 raw pairs for each pair that comes out. Nothing is free."
    for words, sentence in zip(("One half stands still", "It sinks: below one half", "CNOTs see flips only",
                                "Gates and waiting spoil more", "A perfect pair stays perfect"), said[2:], strict=True):
        assert words in sentence


def test_pairs_are_counted_in_few_characters():
    text = bundle("purification.js", default_as="shownExplorer")
    text += "\nfunction answer(count) { return pairsText(count); }"
    assert ask(text, [[2.6], [31.67], [99.4], [2916.86], [123456.0], [3.2e10]]) == [
        "2.6", "32", "99", "2917", "10⁵", "10¹⁰"]
    text = text.replace("return pairsText(count)", "return shortPairs(count)")
    assert ask(text, [[2.6], [702.6], [999.9], [2916.86], [43210.0], [3.2e10]]) == [
        "2.6", "703", "1.0k", "2.9k", "43k", "10¹⁰"]
