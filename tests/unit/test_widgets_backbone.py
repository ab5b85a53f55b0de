"""The backbone explorer without a browser: its controls, and what it says."""

from __future__ import annotations

import dataclasses
import json

import pytest

from qnetlab import BackboneExplorer
from qnetlab.theory.trusted_relays import RelayPath
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask


@pytest.fixture
def explorer():
    made = BackboneExplorer()
    yield made
    made.close()


@pytest.mark.parametrize("protocol", [
    RelayPath(), RelayPath(length_km=333, spacing_km=77.7, paths=2, corrupt_second=2)])
def test_a_line_survives_the_way_to_the_browser_and_back(explorer, protocol):
    explorer.protocol = protocol
    assert explorer.protocol == protocol
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == protocol


def test_every_stop_of_every_control_is_a_line(explorer):
    start = explorer.state
    for control in explorer._panel.controls:
        for value in control.values:
            explorer.state = {**start, control.name: value}
            assert getattr(explorer.protocol, control.name) == value


def test_a_relay_that_is_not_there_cannot_be_corrupt(explorer):
    with pytest.raises(ValueError, match="0 <= corrupt_first <= 7; got corrupt_first=9. Between alice and bob stand 7"):
        explorer.state = {**explorer.state, "spacing_km": 250.0, "corrupt_first": 9}
    explorer.set_state({"state": {**explorer.state, "spacing_km": 250.0, "corrupt_first": 9}})
    assert "Between alice and bob stand 7 relays" in explorer.problem
    assert explorer.protocol == RelayPath()


def test_the_browser_lets_go_of_a_relay_that_is_not_there_any_more(explorer):
    """Moving another control: what the settle rule of the scene makes of it."""
    text = bundle("backbone.js", default_as="shownExplorer")
    rule = "for (const name of LINES) next[name] = Math.min(next[name], hopsOf({ ...settings.given, ...next }) - 1);"
    assert rule in text
    text += f"\nfunction answer(settings, next) {{ {rule} return next; }}"
    state = {**explorer.state, "corrupt_first": 20, "corrupt_second": 3, "spacing_km": 250.0}
    [near] = ask(text, [to_wire([explorer.config, state])])
    assert (near["corrupt_first"], near["corrupt_second"]) == (7, 3)
    [gone] = ask(text, [to_wire([explorer.config, {**state, "length_km": 200.0}])])
    assert (gone["corrupt_first"], gone["corrupt_second"]) == (0, 0)


def test_where_nothing_runs_there_is_a_sentence(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert data["text/plain"] == (
        "2000 km with a relay every 62.5 km give 398002 secret bits per second, and one fiber 0; each of 31 relays "
        "knows the key. If each is corrupt with a chance of 0.01, Eve has it with 0.2677.")
    explorer.protocol = RelayPath(paths=2, corrupt_first=30)  # also where a shorter line has no such relay
    assert "no single one does" in explorer._repr_mimebundle_()[0]["text/plain"]


def test_the_sentence_says_who_knows():
    text = bundle("backbone.js", default_as="shownExplorer") + (
        "\nfunction answer(state) { return trustedSentence(state, relayLine(state)); }")
    lines = [RelayPath(), RelayPath(corrupt_first=7), RelayPath(paths=2), RelayPath(paths=2, corrupt_second=3),
             RelayPath(paths=2, corrupt_first=7, corrupt_second=3), RelayPath(long_hop_km=200), RelayPath(length_km=40)]
    said = ask(text, [[dataclasses.asdict(line)] for line in lines])
    assert [sentence.split(":")[0].split(".")[0] for sentence in said] == [
        "All 31 relays know the key",
        "Relay 7 is corrupt",
        "The key is the XOR of one key per path",
        "Relay 3 reads its path, and what it reads are coins",
        "Relay 7 of one path and relay 3 of the other are corrupt",
        "The longest hop, 200 km, makes no key, so the whole line makes none, however good the others are",
        "Alice and Bob are neighbors",
    ]
