"""The herald explorer without a browser: its controls, its points, and what it says."""

from __future__ import annotations

import dataclasses
import json

import pytest

from qnetlab import BellPair, Detector, Fiber, HeraldedLink, HeraldExplorer, Memory
from qnetlab.fields import at
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask


@pytest.fixture
def explorer():
    made = HeraldExplorer(rng=7)
    yield made
    made.close()


def test_every_stop_of_every_control_is_a_protocol(explorer):
    panel, start = explorer._panel, explorer.state
    for control in panel.controls:
        for value in control.values:
            explorer.state = {**start, control.name: value}
            assert all(at(explorer.protocol, panel.places[name]) == value for name in control.writes)


@pytest.mark.parametrize("protocol", [
    BellPair(link=HeraldedLink()), BellPair(state="psi_minus", link=HeraldedLink(
        scheme="midpoint_source", bell_measurement="complete", fiber=Fiber(length_km=33), overlap=0.77,
        detector=Detector(dark_count_rate_hz=12), alice_memory=Memory(t2_s=0.1))),
], ids=range(2))
def test_a_protocol_survives_the_way_to_the_browser_and_back(explorer, protocol):
    explorer.protocol = protocol
    assert explorer.protocol == protocol
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == protocol and not explorer.problem


def test_points_are_aers_and_agree_with_theory(explorer):
    explorer.state = {**explorer.state, "overlap": 0.8, "t2_s": 0.001}
    explorer.request_points()
    assert explorer.settle(60)
    items = explorer.points["items"]
    assert len(items) >= 6
    for item in items:
        fiber = dataclasses.replace(explorer.protocol.link.fiber, length_km=item["x"])
        there = dataclasses.replace(explorer.protocol, link=dataclasses.replace(explorer.protocol.link, fiber=fiber))
        assert abs(item["y"] - there.theory()["fidelity"]) <= 6 * item["std_error"] + 0.02


def test_it_refuses_in_words():
    with pytest.raises(ValueError, match="scheme must be one of 'single_click'"):
        HeraldExplorer(scheme="three clicks")
    with pytest.raises(TypeError, match=r"protocol must run over a HeraldedLink; got link=Link"):
        HeraldExplorer(protocol=BellPair())


def test_the_sentences_say_what_is_to_be_seen():
    text = bundle("herald.js", default_as="shownExplorer")
    text += "\nfunction answer(config, state) {\n  const p = parametersOf(config, state);\n"
    text += "  return heraldSentence(p, heraldReadings(p));\n}"
    asked = []
    for settings in ({}, {"bright": 0.1}, {"scheme": "two_click"}, {"scheme": "two_click", "length_km": 200},
                     {"scheme": "sender_receiver"}, {"overlap": 0.8}, {"length_km": 0, "emission": 1.0}):
        explorer = HeraldExplorer(**settings)
        asked.append(to_wire([explorer.config, explorer.state]))
        explorer.close()
    said = ask(text, asked)
    print("\n".join(said))
    assert said[0] == ("One click: 12.9 pairs per second, F = 0.951. That is 6.3 times as many as with two clicks; "
                       "0.049 of fidelity is the price: twice as bright is twice as often, and twice as wrong.")
    assert said[1].startswith("One click: 25.8 pairs per second, F = 0.901. That is 13 times as many")
    assert said[2].startswith("Two clicks: 2.04 pairs per second, F = 1.000. That is 1/6.3 of what one click gives")
    assert said[2].endswith("gives, but better by 0.049.")
    assert said[3].startswith("Two clicks: one in ")
    assert said[4].startswith("Node to node: ")
    assert "twice as bright" not in said[5]


def test_for_where_nothing_runs(explorer):
    assert explorer.sentence(explorer.protocol) == (
        "One click over 50 km: 12.9 pairs per second, F = 0.951; eta = 0.032, and the answer takes 0.245 ms.")
