"""The repeater explorer without a browser: its controls, its chains, and what it says."""

from __future__ import annotations

import json
import math

import pytest

from qnetlab import ChainKeyRate, Fiber, GateErrors, PhotonPairSource, Readout
from qnetlab.fields import at
from qnetlab.widgets import RepeaterExplorer
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask

ODD = ChainKeyRate(
    fiber=Fiber(length_km=123.4, attenuation_db_per_km=0.187, insertion_loss_db=0.4, group_index=1.47), stations=7,
    source=PhotonPairSource(fidelity=0.987, noise="dephasing"), efficiency=0.77, t2_s=0.33, decay="depolarizing",
    preparation_time_s=3e-6, deadline_s=0.77, gates=GateErrors(one_qubit=1e-4, two_qubit=1.1e-3),
    station_readout=Readout(error_0=0.001, error_1=0.002), error_correction=1.1, direct_rate_hz=1e8)


@pytest.fixture
def explorer():
    made = RepeaterExplorer()
    yield made
    made.close()


@pytest.mark.parametrize("chain", [ODD, ChainKeyRate(), ChainKeyRate(stations=100)])
def test_a_chain_survives_the_way_to_the_browser_and_back(explorer, chain):
    explorer.protocol = chain
    assert explorer.protocol == chain
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == chain


def test_every_stop_of_every_control_is_a_chain(explorer):
    panel = explorer._panel
    for control in panel.controls:
        for value in control.values:
            explorer.state = {**explorer.state, control.name: value}
            assert all(at(explorer.protocol, panel.places[name]) == value for name in control.writes)


def test_what_cannot_be_is_answered_in_words(explorer):
    with pytest.raises(TypeError, match="stations must be a whole number"):
        explorer.state = {**explorer.state, "stations": 2.5}
    with pytest.raises(TypeError, match="protocol must be a ChainKeyRate"):
        explorer.protocol = Fiber()
    with pytest.raises(TypeError, match="setting must be one of the explorer's controls.*Try stations=3"):
        RepeaterExplorer(station=3)


def test_nothing_is_shot_and_where_nothing_runs_there_is_a_sentence_and_a_figure(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert explorer.settle(5) and not explorer.points["items"]
    assert data["text/plain"] == ("300 km with 3 stations: 16.8 pairs per second of fidelity 0.921, 7.53 secret bits "
                                  "per second.")
    assert "nothing given up" in data["text/html"] and "<img" in data["text/html"]
    explorer.state = {**explorer.state, "t2_s": 0.01}
    assert explorer.sentence(explorer.protocol).endswith("no key.")


def said(*settings):
    """What the explorer says, for settings of its controls."""
    explorer = RepeaterExplorer()
    text = bundle("repeater.js", default_as="shown2") + (
        "\nfunction answer(config, state) { const p = parametersOf(config, state);"
        " return repeaterSentence(p, repeaterReadings(p, 24)); }")
    sentences = ask(text, [to_wire([explorer.config, {**explorer.state, **setting}]) for setting in settings])
    explorer.close()
    return sentences


def test_the_sentence_says_what_is_to_be_seen():
    far, old, hasty, too_hasty, good, short, hopeless = said(
        {}, {"t2_s": 0.032}, {"t2_s": 0.032, "deadline_s": 0.01}, {"deadline_s": 0.01},
        {"length_km": 600, "stations": 11}, {"length_km": 600, "stations": 2, "t2_s": 10.0},
        {"pair_fidelity": 0.8, "stations": 4})
    assert far.startswith("Here a cable may still be better, by up to a factor of 190. More stations would help: 9 ")
    assert old.startswith("Pairs keep coming, 16.8 /s, and none of them is worth any key: 42.7 % of the bits in X")
    assert old.endswith("Throw old pairs away: give up after 9.6 ms, and there is a key.")
    assert hasty == ("Throwing old pairs away takes the rate from 16.8 /s to 0.754 /s, and makes a key where there was "
                     "none.")
    assert too_hasty.startswith("Too hasty: without giving up there would be 7.53 /s of key")
    assert good.startswith("Here the chain beats every cable, by a factor of 2900.")
    assert short.startswith("Pairs keep coming") and short.endswith("With 11 stations there would be a key.")
    assert hopeless.endswith(("Better pairs or memories are needed, not more of them.", "there would be a key."))


def test_rates_are_written_as_people_say_them():
    text = bundle("repeater.js", default_as="shown2") + "\nfunction answer(x) { return perSecond(x); }"
    assert ask(text, [[0.0], [1e-40], [1 / 300], [0.628], [16.7234], [14321.0], [2.5e6]]) == [
        "none", "never", "1 in 5 minutes", "0.628 /s", "16.7 /s", "14.3 k/s", "2.5 M/s"]


def test_no_number_of_the_picture_is_infinite_where_there_is_no_light():
    assert math.isinf(ChainKeyRate(fiber=Fiber(length_km=1e5, attenuation_db_per_km=0.4)).wait_s)
