"""The satellite explorer without a browser: its controls, its passes, and what it says."""

from __future__ import annotations

import dataclasses
import json

import pytest

from qnetlab import PassKey, SatelliteExplorer, SatellitePass, Telescopes
from qnetlab.fields import at
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask


@pytest.fixture
def explorer():
    made = SatelliteExplorer()
    yield made
    made.close()


def test_a_pass_survives_the_way_to_the_browser_and_back(explorer):
    sharp = dataclasses.replace(
        explorer.protocol, orbit=SatellitePass(latitude_deg=40, telescopes=Telescopes(receiver_diameter_m=0.777)))
    for key in (explorer.protocol, sharp):
        explorer.protocol = key
        assert explorer.protocol == key
        explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
        assert explorer.protocol == key
    assert explorer.state["divergence_urad"] == "given"


def test_every_stop_of_every_control_is_a_pass(explorer):
    panel = explorer._panel
    for control in panel.controls:
        for value in control.values:
            explorer.state = {**explorer.state, control.name: value}
            assert all(at(explorer.protocol, panel.places[name]) == value for name in control.writes)


@pytest.mark.parametrize("key", [PassKey(), dataclasses.replace(
    SatelliteExplorer.example(), orbit=SatellitePass(direction="up"))])
def test_a_pass_that_the_controls_cannot_say_is_refused(explorer, key):
    with pytest.raises(ValueError, match="one decoy, and a beam that goes down; got .* Try source="):
        explorer.protocol = key


def test_where_nothing_runs_there_is_a_sentence_and_a_figure(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert data["text/plain"].startswith("A pass of 286 s at 500 km loses 19.9 dB at its highest point")
    assert "<img" in data["text/html"] and explorer.settle(5) and not explorer.points["items"]
    day = dataclasses.replace(explorer.protocol, background_rate_hz=1e6)
    assert explorer.sentence(day).endswith("and leaves no key.")


def test_the_sentence_says_what_is_to_be_seen():
    text = bundle("satellite.js", default_as="shown3") + "\nfunction answer(seen) { return satelliteSentence(seen); }"
    seen = {"range_km": 800, "loss": 30, "fiber_km": 150, "key": 123456, "qber": 0.01, "seconds": 270, "sifted": 2e3}
    now = "800 km of space cost 30.0 dB, like 150 km of fiber."
    assert ask(text, [[seen], [{**seen, "key": 0, "qber": 0.2}], [{**seen, "key": 0}],
                      [{**seen, "key": 0, "seconds": 0}]]) == [
        f"{now} The pass lasts 4.5 minutes and leaves 123 kbit of secret key; then it is gone, for hours.",
        f"{now} No key: 20.0 % of the bits of this pass are wrong, most of them from the sky and the dark.",
        f"{now} No key: 2 kbit of sifted bits are too few to be sure of anything.",
        f"{now} This pass only touches the lowest elevation that is used, and is over.",
    ]
