"""The fiber explorer without a browser: its controls, its points, and what it says."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from qnetlab import BB84, Detector, FiberExplorer, InterceptResend, SinglePhotonSource, WeakCoherentSource
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._panel import GIVEN
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask


@pytest.fixture
def explorer():
    made = FiberExplorer(rng=7)
    yield made
    made.close()


def test_every_stop_of_every_control_is_a_protocol(explorer):
    for control in explorer._panel.controls:
        start = explorer.state
        low, high = explorer.config["reach"][GIVEN].get(control.name, (-1, 1e12))
        for value in control.values:
            if low <= value <= high:
                explorer.state = {**start, control.name: value}
                assert explorer.read(explorer.protocol)[control.name] == value
        explorer.state = start


def test_a_state_survives_the_way_to_the_browser_and_back(explorer):
    before = explorer.protocol
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == before


@pytest.mark.parametrize("wrong", [
    BB84(), BB84(source=SinglePhotonSource()), replace(FiberExplorer.example(), attack=InterceptResend()),
    replace(FiberExplorer.example(), bases="ZXY"),
    replace(FiberExplorer.example(), detector=Detector(dead_time_s=1e-8)),
    replace(FiberExplorer.example(), source=WeakCoherentSource(intensities=(0.5, 0.1), probabilities=(0.5, 0.5))),
])
def test_what_the_controls_cannot_say_is_refused(explorer, wrong):
    with pytest.raises(ValueError, match="one intensity of weak pulses"):
        explorer.protocol = wrong


def test_points_are_drawn_from_the_circuits_and_agree_with_theory(explorer):
    explorer.request_points()
    assert explorer.settle(60)
    items = explorer.points["items"]
    assert len(items) == 6 and items[1]["x"] == 50
    for item in items:
        at = replace(explorer.protocol, fiber=replace(explorer.protocol.fiber, length_km=item["x"]))
        assert abs(item["y"] - at.theory()["qber"]) < 6 * item["std_error"]


def test_where_nothing_clicks_there_is_no_point(explorer):
    explorer.state = {**explorer.state, "dark_count_rate_hz": 0.0, "length_km": 1000.0}
    explorer.request_points()
    assert explorer.settle(60) and not explorer.problem
    assert [item["x"] for item in explorer.points["items"]][-1] < 1000


def test_where_nothing_runs_there_is_a_sentence():
    made = FiberExplorer(length_km=500, mu=1)
    data, _ = made._repr_mimebundle_()
    made.close()
    assert data["text/plain"].startswith("Over 500 km a photon arrives every 10 s; ")


def test_the_sentence_says_what_is_to_be_seen():
    text = bundle("fiber.js", default_as="shownExplorer") + "\nfunction answer(seen) { return sentenceFor(seen); }"
    assert ask(text, [
        [{"wait_s": 1e-9, "gain": 0.1, "dark": 1e-5, "qber": 0.033}],
        [{"wait_s": 10, "gain": 1, "dark": 0.12, "qber": 0.0896}],
        [{"wait_s": 1e11, "gain": 1, "dark": 0.99, "qber": 0.498}],
        [{"wait_s": 3.2e18, "gain": 0, "dark": 0, "qber": None}],
    ]) == [
        "One photon in 1 ns arrives, as good as it started. Light outnumbers the dark: 3.3 % of the bits are wrong, "
        "whatever the length.",
        "One photon in 10 s arrives, as good as it started. 12 % of the clicks come from the dark, where half is "
        "wrong: 8.96 % of the bits in all.",
        "One photon in 3200 years arrives, as good as it started. But most clicks come from the dark: 49.8 % of the "
        "bits are wrong, and a coin has 50 %.",
        "One photon in 100 billion years arrives, as good as it started. Nothing ever clicks.",
    ]
