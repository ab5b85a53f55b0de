"""The superdense explorer without a browser: its controls, its points, and what it says."""

from __future__ import annotations

import json
import math

import pytest

from qnetlab.devices.fiber import Fiber
from qnetlab.devices.gates import GateErrors
from qnetlab.devices.link import Link
from qnetlab.devices.memory import Memory
from qnetlab.devices.readout import Readout
from qnetlab.devices.source import PhotonPairSource
from qnetlab.fields import at, rebuilt
from qnetlab.protocols.superdense import SuperdenseCoding
from qnetlab.widgets import SuperdenseExplorer
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._panel import GIVEN
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask

UNEQUAL = SuperdenseCoding(
    message="01",
    link=Link(source=PhotonPairSource(fidelity=0.882, noise="white", repetition_rate_hz=12345.0),
              fiber=Fiber(length_km=33.3, attenuation_db_per_km=0.17, insertion_loss_db=1.5, group_index=1.45),
              alice_memory=Memory(t1_s=1.0, t2_s=0.013, write_efficiency=0.7), bob_memory=Memory(t2_s=0.02),
              herald="none"),
    gates=GateErrors(one_qubit=0.0123, two_qubit=0.0456), bob_readout=Readout(error_0=0.01, error_1=0.03),
)


@pytest.fixture
def explorer():
    made = SuperdenseExplorer(rng=7)
    yield made
    made.close()


@pytest.mark.parametrize("protocol", [SuperdenseCoding(), SuperdenseCoding(message="11"), UNEQUAL])
def test_a_protocol_survives_the_way_to_the_browser_and_back(explorer, protocol):
    explorer.protocol = protocol
    assert explorer.protocol == protocol
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == protocol


def test_every_stop_of_every_control_is_a_protocol(explorer):
    panel = explorer._panel
    for control in panel.controls:
        if control.name == panel.preset_place:
            continue
        low, high = explorer.config["reach"][GIVEN].get(control.name, (-math.inf, math.inf))
        for value in control.values:
            if control.kind == "slider" and not low <= value <= high:
                continue
            explorer.state = {**explorer.state, control.name: value}
            assert all(at(explorer.protocol, panel.places[name]) == value for name in control.writes)


@pytest.mark.parametrize("name", SuperdenseExplorer.default_presets())
def test_every_default_preset_can_be_coded_over(explorer, name):
    explorer.state = {**explorer.state, "link": name, **explorer.config["presets"][name]["values"]}
    assert explorer.protocol.link == SuperdenseExplorer.default_presets()[name]
    assert 0.5 < explorer.protocol.theory()["success"] <= 1


def test_points_are_aers_and_agree_with_theory(explorer):
    explorer.request_points()
    assert explorer.settle(60)
    assert [item["x"] for item in explorer.points["items"]] == [0.0, 40.0, 50.0, 80.0, 120.0, 160.0, 200.0]
    for item in explorer.points["items"]:
        success = rebuilt(explorer.protocol, {"link.fiber.length_km": item["x"]}).theory()["success"]
        # Six sigma of theory's own spread: a false alarm once in 10^8 tests.
        assert abs(item["y"] - success) < 6 * math.sqrt(success * (1 - success) / 400) + 1 / 400


def test_where_nothing_runs_there_is_a_sentence():
    explorer = SuperdenseExplorer(length_km=0, pair_fidelity=0.75)
    data, _ = explorer._repr_mimebundle_()
    explorer.close()
    assert data["text/plain"] == ("Over 0 km Bob reads both bits right with P = 0.750 (0.500 at best without a pair); "
                                  "the pair is good for 0.792 bits per sent qubit, a plain bit for 1.000.")


def test_the_sentence_says_what_is_to_be_seen():
    text = bundle("superdense.js", default_as="shownExplorer")
    text += "\nfunction answer(step, seen) { return sentenceFor({ step }, seen); }"
    guess = {"success_now": 0.25, "caught": 0.25}
    assert ask(text, [
        [1, guess], [3, {**guess, "caught": 0.31}],
        [4, {"success": 0.95, "capacity": 1.634, "pair_fidelity": 0.95}],
        [4, {"success": 0.75, "capacity": 0.792, "pair_fidelity": 0.75}],
        [4, {"success": 0.5, "capacity": 1.0, "pair_fidelity": 0.5}],
        [4, {"success": 0.4, "capacity": 0.08, "pair_fidelity": 0.4}],
    ]) == [
        "Who has one of the two qubits can only guess among four messages: P = 0.250.",
        "Bob's half alone knows nothing: P = 0.250 is a guess. A thief has P = 0.310: Alice's memory lets x through.",
        "Bob reads both bits right with P = 0.950. The pair is good for 1.63 bits per qubit, more than any qubit "
        "alone.",
        "Bob reads both bits right with P = 0.750. The pair is still entangled, yet good for only 0.79 bits per qubit: "
        "better send a plain bit.",
        "Bob reads both bits right with P = 0.500: one qubit without a pair does as well. The pair is good for one bit "
        "per qubit: no more than a plain bit.",
        "Bob reads both bits right with P = 0.400: one qubit without a pair does as well. The pair is good for only "
        "0.08 bits per qubit: better send a plain bit.",
    ]


def test_messages_that_are_averaged_are_shown_by_what_is_wrong():
    text = bundle("superdense.js", default_as="shownExplorer")
    text += """
    const read = (sent) => MESSAGES.map((m) => (m === sent ? 0.7 : m[0] === sent[0] ? 0.2 : 0.05));
    function answer() { return shares(MESSAGES, read); }"""
    [found] = ask(text, [[]])
    assert found == pytest.approx([0.7, 0.2, 0.05, 0.05])
