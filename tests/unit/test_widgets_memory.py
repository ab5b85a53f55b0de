"""The memory explorer without a browser: its controls, its points, and what it says."""

from __future__ import annotations

import dataclasses
import json
import math

import pytest

from qnetlab import Memory, MemoryExplorer, Storage, presets
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._panel import GIVEN
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.memory import herald_km
from tests.exact.test_js_twin import ask


@pytest.fixture
def explorer():
    made = MemoryExplorer(rng=7)
    yield made
    made.close()


def test_every_stop_of_every_control_is_a_protocol(explorer):
    start = explorer.state
    for control in explorer._panel.controls:
        low, high = explorer.config["reach"][GIVEN].get(control.name, (-math.inf, math.inf))
        for value in control.values:
            if control.kind == "slider" and not low <= value <= high:
                continue
            explorer.state = {**start, **explorer.completed({control.name: value})}
            assert explorer.read(explorer.protocol).get(control.name, value) == value
        explorer.state = start


@pytest.mark.parametrize("protocol", [
    Storage(), Storage(state="average", wait_s=0.3, memory=Memory(t1_s=1.0, t2_s=0.013, write_efficiency=0.7)),
    Storage(state=(0.3, 0.2), memory=presets.siv_center()), Storage(memory=presets.cold_atoms(), wait_s=0.1),
], ids=range(4))
def test_a_protocol_survives_the_way_to_the_browser_and_back(explorer, protocol):
    explorer.protocol = protocol
    assert explorer.protocol == protocol
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == protocol and not explorer.problem


def test_a_memory_has_its_name_only_if_it_is_that_one(explorer):
    assert explorer.state["memory"] == GIVEN
    explorer.protocol = Storage(memory=presets.siv_center())
    assert explorer.state["memory"] == "SiV, electron"
    explorer.protocol = Storage(memory=dataclasses.replace(presets.siv_center(), t2_s=0.02))
    assert explorer.state["memory"] == GIVEN
    named = MemoryExplorer(memory="NV, carbon-13", wait_s=10)
    assert named.protocol == Storage(memory=presets.nv_carbon(), wait_s=10)
    named.close()
    own = MemoryExplorer(presets={"mine": Memory(t2_s=0.5)}, memory="mine")
    assert own.protocol.memory == Memory(t2_s=0.5) and own.state["t2_s"] == 0.5
    own.close()


def test_points_are_aers_and_agree_with_theory(explorer):
    explorer.state = {**explorer.state, "t2_s": 0.05, "dephasing": "gaussian"}
    explorer.request_points()
    assert explorer.settle(60)
    items = explorer.points["items"]
    assert len(items) >= 6
    for item in items:
        expected = dataclasses.replace(explorer.protocol, wait_s=item["x"]).theory()["fidelity"]
        assert abs(item["y"] - expected) <= 6 * item["std_error"] + 0.02


def test_it_refuses_in_words():
    with pytest.raises(ValueError, match="memory must be one of 'given', 'trapped ion'"):
        MemoryExplorer(memory="hard disk")
    with pytest.raises(TypeError, match="protocol must be a Storage"):
        MemoryExplorer(protocol=Memory())


def test_the_sentences_say_what_is_to_be_seen():
    text = bundle("memory.js", default_as="shownExplorer")
    text += "\nfunction answer(config, state) {\n  const p = parametersOf(config, state);\n"
    text += "  return sentenceFor(config, state, p, readings(config, p));\n}"
    asked = []
    crystal = "Eu crystal, spins"
    for settings in ({}, {"t2_s": 1.0}, {"memory": "cold atoms", "wait_s": 0.1}, {"memory": crystal, "wait_s": 1.0},
                     {"memory": crystal, "wait_s": 0.0005}, {"wait_s": 0.1}):
        explorer = MemoryExplorer(**settings)
        asked.append(to_wire([explorer.config, explorer.state]))
        explorer.close()
    said = ask(text, asked)
    assert said[0] == "After 500 µs, a herald over 102 km, F = 0.803, with coherence 0.607."
    assert said[1] == "After 500 µs, a herald over 102 km, next to nothing is wrong."
    assert said[2] == ("After 100 ms, a herald over 20\u00a0400 km, next to nothing is wrong. Only 0.482 of the "
                       "photons come back: that makes pairs rarer, not worse. How long its phase lasts is not cited "
                       "here: ∞ is ideal, not measured.")
    assert said[3].startswith("After 1 s, longer than a herald around the Earth, next to nothing is wrong.")
    assert said[4] == f"{said[1]} How many pairs a second it makes is not cited here."
    assert "F = 0.500, with coherence 0.000" in said[5]


def test_kilometers_are_written_as_people_do():
    text = bundle("memory.js", default_as="shownExplorer") + "\nfunction answer(km) { return kilometers(km); }"
    assert ask(text, [[0.2042], [102.1], [2042.0], [20419.0], [204190.0], [4.1e6], [2e10]]) == [
        "0.204", "102", "2040", "20\u00a0400", "204\u00a0000", "4.1 million", "20000 million"]
    assert herald_km(math.inf) == math.inf


def test_for_where_nothing_runs(explorer):
    assert explorer.sentence(explorer.protocol) == (
        "After 0.0005 s, the herald of 102 km, F = 0.803, and 100 of 100 photons come back.")
