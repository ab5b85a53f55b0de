"""The key-rate explorer without a browser: its controls, its links, and what it says."""

from __future__ import annotations

import dataclasses
import json
import math

import pytest

from qnetlab import Detector, Fiber, SecretKeyRate, WeakCoherentSource
from qnetlab.fields import at
from qnetlab.network.systems import gys_2004, ingaas_system, snspd_system
from qnetlab.widgets import KeyRateExplorer
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask

ODD = SecretKeyRate(
    source=WeakCoherentSource(repetition_rate_hz=1.23e8, intensities=(0.37, 0.111), probabilities=(0.61, 0.39)),
    fiber=Fiber(length_km=33.3, attenuation_db_per_km=0.234, insertion_loss_db=0.7),
    detector=Detector(efficiency=0.123, dark_count_rate_hz=77, gate_s=3e-10, dead_time_s=1e-6),
    misalignment_error=0.0123, basis_probability=0.77, block_bits=1234567.0, eps_sec=1e-8, error_correction=1.234)


@pytest.fixture
def explorer():
    made = KeyRateExplorer()
    yield made
    made.close()


@pytest.mark.parametrize("link", [ODD, snspd_system(length_km=20), ingaas_system(length_km=7, block_bits=1e6)])
def test_a_link_survives_the_way_to_the_browser_and_back(explorer, link):
    explorer.protocol = link
    assert explorer.protocol == link
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == link


def test_every_stop_of_every_control_is_a_link(explorer):
    panel = explorer._panel
    for control in panel.controls:
        for value in control.values:
            explorer.state = {**explorer.state, control.name: value}
            assert all(at(explorer.protocol, panel.places[name]) == value for name in control.writes)
    signal, weak = explorer.protocol.source.intensities
    assert signal == 1.0 and weak / signal == pytest.approx(0.15 / 0.4)


def test_real_detectors_can_be_chosen(explorer):
    assert set(explorer._presets) == {"SNSPD", "InGaAs", "GYS 2004"}
    assert explorer.state["detector"] == "SNSPD"
    explorer.state = {**explorer.state, **explorer.completed({"detector": "InGaAs"})}
    assert explorer.protocol.detector.dead_time_s == 2e-5 and explorer.state["efficiency"] == 0.1
    explorer.state = {**explorer.state, **explorer.completed({"detector": "GYS 2004"})}
    assert explorer.protocol.detector.dark_count_rate_hz == 850


@pytest.mark.parametrize("link", [gys_2004(length_km=1), SecretKeyRate()])
def test_a_link_that_the_controls_cannot_say_is_refused(explorer, link):
    with pytest.raises(ValueError, match="a laser with one decoy.*; got .* Try source="):
        explorer.protocol = link


def test_nothing_is_shot(explorer):
    explorer._repr_mimebundle_()
    assert explorer.settle(5) and not explorer.points["items"]


def test_where_nothing_runs_there_is_a_sentence_and_a_figure(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert data["text/plain"] == "Over 100 km 2.88e+06 secret bits per second; it ends at 457.8 km."
    assert "infinite decoys, no end" in data["text/html"] and "<img" in data["text/html"]
    far = dataclasses.replace(explorer.protocol, fiber=Fiber(length_km=500, attenuation_db_per_km=0.17))
    assert explorer.sentence(far) == "Over 500 km no key; it ends at 457.8 km."


def test_the_sentence_says_what_is_to_be_seen():
    text = bundle("key_rate.js", default_as="shown2") + (
        "\nfunction answer(p, seen) { const real2 = (o) => Object.fromEntries(Object.entries(o).map(([k, v]) => "
        "[k, v === 'inf' ? Infinity : v])); return keyRateSentence(real2(p), real2(seen)); }")
    p = {"length_km": 100, "attenuation_db_per_km": 0.2, "block_bits": 1e7}
    seen = {"key": 1e-4, "endless": 2e-4, "reach": 200.0, "reach_endless": 210.0, "qber": 0.01}
    said = ask(text, [
        [p, seen], [p, {**seen, "key": 1.999e-4}], [{**p, "block_bits": math.inf}, seen],
        [{**p, "length_km": 250}, {**seen, "key": -1e-9, "qber": 0.2}],
        [p, {**seen, "reach": math.inf, "reach_endless": math.inf}],
        [{**p, "block_bits": 1e4}, {**seen, "key": -1, "reach": 0}], [p, {**seen, "reach": 0, "reach_endless": 0}],
    ])
    cliff = "A slope of 0.2 dB per km, then a cliff at 200.0 km, where dark counts win."
    assert said == [
        f"{cliff} Finite blocks cost 50 % of the key here and 10 km of reach.",
        f"{cliff} Blocks this long cost next to nothing.",
        f"{cliff} Without end there is no epsilon, and no such session.",
        "No key at 250 km: it ended at 200.0 km. By then 20.0 % of the bits are wrong, and that is the cliff.",
        "A slope of 0.2 dB per km, then no cliff, for nothing is dark. Finite blocks cost 50 % of the key here.",
        "No key at any length: 10 kbit are too few to be sure of anything. Longer blocks reach 210.0 km.",
        "No key at any length: the errors cost more than the photons bring.",
    ]
