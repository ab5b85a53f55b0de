"""The trust explorer without a browser: its controls, its points, and what it says."""

from __future__ import annotations

import json
import math

import pytest

from qnetlab import E91, Fiber, Link, Memory, PhotonPairSource, Readout
from qnetlab.fields import at, rebuilt
from qnetlab.widgets import TrustExplorer
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask

UNEQUAL = E91(
    link=Link(source=PhotonPairSource(fidelity=0.882, noise="dephasing", repetition_rate_hz=12345.0),
              fiber=Fiber(length_km=33.3), alice_memory=Memory(t1_s=1.0, t2_s=0.013), herald="none"),
    alice_readout=Readout(error_0=0.01, error_1=0.03), bob_readout=Readout(error_1=0.002))


@pytest.fixture
def explorer():
    made = TrustExplorer(rng=7)
    yield made
    made.close()


@pytest.mark.parametrize("protocol", [E91(), UNEQUAL])
def test_a_protocol_survives_the_way_to_the_browser_and_back(explorer, protocol):
    explorer.protocol = protocol
    assert explorer.protocol == protocol
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == protocol


def test_every_stop_of_every_control_is_a_protocol(explorer):
    panel = explorer._panel
    for control in panel.controls:
        for value in control.values:
            explorer.state = {**explorer.state, control.name: value}
            assert all(at(explorer.protocol, panel.places[name]) == value for name in control.writes)


def test_it_starts_beyond_bell_and_short_of_a_key_without_trust(explorer):
    keys = explorer.secret_bits(explorer.protocol)
    assert 2 < explorer.protocol.theory()["s"] < 2.424
    assert float(keys.trusted) > 0.1
    assert float(keys.untrusted) < 0


def test_points_are_aers_and_agree_with_theory(explorer):
    explorer.request_points()
    assert explorer.settle(60)
    assert 0.885 in [item["x"] for item in explorer.points["items"]]
    for item in explorer.points["items"]:
        s = rebuilt(explorer.protocol, {"link.source.fidelity": item["x"]}).theory()["s"]
        rounds = item["n"] / 4
        spread = math.sqrt(4 * (1 - s * s / 16) / rounds)  # four correlators of s/4 each
        assert abs(item["y"] - s) < 6 * spread + 12 / rounds


def test_where_nothing_runs_there_is_a_sentence(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert data["text/plain"] == (
        "Pairs of fidelity 0.885 give an error rate of 0.077 and S = 2.395: 0.219 secret bits per pair for who trusts "
        "their own devices, 0.000 for who trusts none.")


def test_the_sentence_says_what_is_to_be_seen():
    text = bundle("trust.js", default_as="shownExplorer") + "\nfunction answer(seen) { return trustSentence(seen); }"
    none = {"trusted": 0, "three_bases": 0, "untrusted": 0, "qber": 0.12}
    said = ask(text, [[{**none, "s": 2.6, "trusted": 0.5, "untrusted": 0.3}], [{**none, "s": 2.4, "trusted": 0.2}],
                      [{**none, "s": 1.9, "trusted": 0.1}], [{**none, "s": 2.1, "three_bases": 0.02}],
                      [{**none, "s": 2.1}], [{**none, "s": 1.8}]])
    assert said == [
        "S = 2.600 pays for all errors: a key even for those who trust no device, at a price of 0.20 bits per pair.",
        "S = 2.400 violates Bell and yields no device-independent key. Who trusts their own devices has one, whoever "
        "made the pairs.",
        "S = 1.900 is no more than agreement made beforehand could give, yet who trusts their own devices has a key.",
        "S = 2.100. With two bases Eve may know all there is; a third basis shows that she does not.",
        "S = 2.100 violates Bell, and there is no key at all: an error rate of 12.0 % leaves Eve too much.",
        "S = 1.800 could have been agreed beforehand, and an error rate of 12.0 % leaves no key.",
    ]
