"""The BB84 explorer without a browser: its controls, its points, what it follows and what it refuses."""

from __future__ import annotations

import json
import math

import pytest

from qnetlab.devices.attacks import InterceptResend, NoAttack, PhotonNumberSplitting
from qnetlab.devices.detector import Detector
from qnetlab.devices.fiber import Fiber
from qnetlab.devices.photon_source import SinglePhotonSource, WeakCoherentSource
from qnetlab.fields import at, rebuilt
from qnetlab.protocols.bb84 import BB84
from qnetlab.widgets import BB84Explorer
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask

TEXT = bundle("bb84.js", default_as="shownExplorer")
LISTENED = BB84(source=SinglePhotonSource(brightness=0.3, repetition_rate_hz=1e7), misalignment_rad=0.0321,
                fiber=Fiber(length_km=33.3, attenuation_db_per_km=0.17, insertion_loss_db=1.5), basis_probability=0.87,
                detector=Detector(efficiency=0.123, dark_count_rate_hz=345, gate_s=2e-9),
                attack=InterceptResend(fraction=0.123, basis="breidbart"))


@pytest.fixture
def explorer():
    made = BB84Explorer(rng=7)
    yield made
    made.close()


def test_a_protocol_survives_the_way_to_the_browser_and_back(explorer):
    explorer.protocol = LISTENED
    assert explorer.protocol == LISTENED
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == LISTENED


def test_nobody_listening_is_the_slider_at_zero(explorer):
    explorer.protocol = BB84(attack=NoAttack())
    assert explorer.state["fraction"] == 0
    assert explorer.protocol == BB84(attack=InterceptResend(fraction=0.0))
    assert explorer.protocol.theory()["qber"] == BB84().theory()["qber"]


@pytest.mark.parametrize(("protocol", "words"), [
    (BB84(source=WeakCoherentSource()), "photons one by one"), (BB84(source=SinglePhotonSource(g2=0.1)), "g2=0"),
    (BB84(bases="ZXY"), "two bases"), (BB84(detector=Detector(dead_time_s=1e-6)), "do not know of each other"),
    (BB84(attack=InterceptResend(basis="Y")), "listens and sends on"),
    (BB84(attack=PhotonNumberSplitting()), "listens and sends on"),
    (BB84(detector=Detector(efficiency=0.0)), "no error rate"),
    (BB84(source=SinglePhotonSource(brightness=0.0)), "no error rate"),
])
def test_what_cannot_be_followed_is_refused_in_words(explorer, protocol, words):
    before = explorer.protocol
    with pytest.raises(ValueError, match=words):
        explorer.protocol = protocol
    assert explorer.protocol == before


def test_every_stop_of_every_control_is_a_protocol(explorer):
    panel = explorer._panel
    for control in panel.controls:
        for value in control.values[:: max(1, len(control.values) // 40)]:
            explorer.state = {**explorer.state, control.name: value}
            assert all(at(explorer.protocol, panel.places[name]) == value for name in control.writes)


def test_points_are_pulses_in_all_and_agree_with_theory():
    explorer = BB84Explorer(shots=100_000, rng=5)
    explorer.request_points()
    assert explorer.settle(60)
    assert [item["x"] for item in explorer.points["items"]] == [0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0]
    for item in explorer.points["items"]:
        theory = rebuilt(explorer.protocol, {"attack.fraction": item["x"]}).theory()
        sifted = 100_000 * theory["sifted_per_pulse"]
        assert item["n"] == pytest.approx(sifted, rel=0.05)
        # Six sigma of theory's own spread: a false alarm once in 10^8 tests.
        assert abs(item["y"] - theory["qber"]) < 6 * math.sqrt(theory["qber"] * (1 - theory["qber"]) / sifted)
    explorer.close()


def test_where_nothing_runs_there_is_a_sentence():
    explorer = BB84Explorer(length_km=0, misalignment_rad=0, dark_count_rate_hz=0)
    data, _ = explorer._repr_mimebundle_()
    explorer.close()
    assert data["text/plain"] == ("Eve intercepts 10% of the photons: 2.50% of the sifted bits are wrong, 0.00% "
                                  "without her. Comparing 20 bits misses her in 60% of all sessions.")


def test_the_sentence_says_what_is_to_be_seen():
    text = TEXT + "\nfunction answer(phase, ...more) { return sentenceFor({ phase }, ...more); }"
    pulses, seen = [None] * 2000, {"alarm": 3, "missed": 0.97}
    session = {"clicked": 1002, "sifted": 510, "revealed": 20, "errors": 2, "pulses": pulses}
    photon = {"number": 7, "alice_bit": 0, "alice_basis": "Z", "eve_basis": "X", "eve_bit": 1, "bob_basis": "Z",
              "bob_bit": 1, "clicks": [False, True], "seen": True}
    assert ask(text, [
        [1, seen, session, photon, True],
        [1, seen, session, {**photon, "eve_basis": None, "bob_bit": None, "clicks": [False, False]}, True],
        [1, seen, session, {**photon, "eve_basis": None, "clicks": [True, True]}, True],
        [1, seen, session, {**photon, "eve_basis": None, "seen": False}, True],
        [2, seen, session, photon, True],
        [3, seen, session, photon, True], [3, seen, session, photon, False],
        [3, seen, {**session, "errors": 3}, photon, True], [3, seen, {**session, "errors": 3}, photon, False],
        [3, seen, {**session, "sifted": 0, "revealed": 0, "errors": 0}, photon, True],
    ]) == [
        "Photon 7: Alice sends 0 in Z. Eve measures in X, reads 1 and sends that on. Bob measures in Z and reads 1.",
        "Photon 7: Alice sends 0 in Z. Bob has chosen Z; nothing clicks: lost.",
        "Photon 7: Alice sends 0 in Z. Bob measures in Z; both detectors click, and he tosses a coin: 1.",
        "Photon 7: Alice sends 0 in Z. Bob measures in Z and reads 1. That was a dark count.",
        "1002 of 2000 photons clicked, and 510 of these were measured in Alice's basis: they are kept. Bases and "
        "clicks are public, no bit was said.",
        "2 of 20 compared bits differ: no more than a quiet line may show. Yet Eve was there; with 20 bits she is "
        "missed in 97\u00a0% of all sessions. One does not see Eve, one pays for the worst she may know.",
        "2 of 20 compared bits differ, as a quiet line may show; from 3 on one would suspect Eve.",
        "3 of 20 compared bits differ, more than 99 of 100 quiet sessions show: something is wrong. Not always: with "
        "20 bits she is missed in 97\u00a0% of all sessions.",
        "3 of 20 compared bits differ, more than 99 of 100 quiet sessions show, and nobody listened: a false alarm.",
        "Nothing is left to compare: no sifted bit. Without bits there is no error rate, and no key.",
    ]


def test_a_step_shows_a_new_photon_and_nothing_else_moves(explorer):
    """The photon shown, the phase and the random number are no part of the protocol."""
    before = explorer.protocol
    explorer.state = {**explorer.state, "photon": 99, "phase": 3, "seed": 17, "revealed": 200, "pulses": 400}
    assert explorer.protocol == before
