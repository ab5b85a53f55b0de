"""Eve's explorer without a browser: what it stands for, what it refuses, and what it says."""

from __future__ import annotations

import dataclasses
import json

import pytest

from qnetlab import BB84, Blinding, InterceptResend, PhotonNumberSplitting, SinglePhotonSource, WeakCoherentSource, run
from qnetlab.widgets import EveExplorer
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.eve import ATTACKS
from tests.exact.test_js_twin import ask


@pytest.fixture
def explorer():
    made = EveExplorer()
    yield made
    made.close()


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("decoys", ["on", "off"])
def test_what_it_stands_for_survives_the_way_to_the_browser_and_back(explorer, attack, decoys):
    explorer.state = {**explorer.state, "attack": attack, "decoys": decoys, "strength": 0.34, "length_km": 72.0}
    before = explorer.protocol
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == before
    explorer.protocol = before
    assert explorer.protocol == before
    if attack not in ("impostor", "blinding", "none"):
        assert explorer.state["attack"] == attack
        assert explorer.state["strength"] == 0.34


def test_every_stop_of_every_control_is_a_protocol(explorer):
    for attack in ("intercept", "splitting", "blinding"):
        explorer.state = {**explorer.state, "attack": attack}
        for control in explorer._panel.controls:
            for value in control.values[:: max(1, len(control.values) // 12)]:
                explorer.state = {**explorer.state, control.name: value}
                assert isinstance(explorer.protocol, BB84)


@pytest.mark.parametrize("protocol", [
    BB84(), BB84(source=SinglePhotonSource()), BB84(source=WeakCoherentSource(), attack=InterceptResend(basis="Y")),
    BB84(source=WeakCoherentSource(), attack=PhotonNumberSplitting(line="same")),
    BB84(source=WeakCoherentSource(), attack=Blinding(efficiency=0.77)),
    BB84(source=WeakCoherentSource(), bases="ZXY", attack=InterceptResend()),
])
def test_what_the_controls_cannot_say_is_refused(explorer, protocol):
    if protocol.bases == "ZXY":
        explorer.protocol = protocol  # a third basis is no control: it stays as it was given
        assert explorer.protocol == protocol
        return
    with pytest.raises(ValueError, match="protocol must be one that the controls can stand for; got .*Try Eve"):
        explorer.protocol = protocol


def test_the_surprise(explorer):
    """Number splitting: no error more, the gain unmoved, everything known; decoys tell."""
    explorer.state = {**explorer.state, "attack": "splitting", "strength": 1.0, "length_km": 100.0, "mu": 0.48}
    honest = dataclasses.replace(explorer.protocol, attack=BB84().attack).theory()
    seen = run(explorer.protocol)
    assert seen["qber"].value == pytest.approx(honest["qber"], abs=2e-3)
    assert seen["gain_0"].value == pytest.approx(honest["gain_0"], rel=1e-6)
    assert explorer.known > 0.97
    explorer.state = {**explorer.state, "decoys": "on"}
    theory = explorer.protocol.theory()
    assert theory["gain_1"] / theory["gain_0"] < 0.08


def test_where_nothing_runs_there_is_a_sentence(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert data["text/plain"] == ("Intercept–resend over 50 km: 25.02 % errors, 0.500 bits of each bit known to Eve.")


def test_the_sentence_says_what_is_to_be_seen():
    text = bundle("eve.js", default_as="shownExplorer")
    text += "\nfunction answer(state, seen) { return eveSentence(state, seen); }"
    same = {"signal_gain": 0.01, "honest_gain": 0.01, "honest_ratio": 0.2, "ratio": 0.2, "qber": 0.01, "known": 0.99}
    splitting = {"attack": "splitting", "decoys": "on"}
    said = ask(text, [
        [{"attack": "none"}, same], [{"attack": "impostor"}, same], [{"attack": "blinding", "decoys": "on"}, same],
        [{"attack": "blinding", "decoys": "off"}, same], [splitting, {**same, "signal_gain": 0.005}],
        [{**splitting, "decoys": "off"}, same], [splitting, same], [splitting, {**same, "ratio": 0.05}],
        [{"attack": "intercept"}, {**same, "qber": 0.25, "known": 0.5}],
        [{"attack": "cloner"}, {**same, "qber": 0.05, "known": 0.14}]])
    assert said == [
        "Nobody listens, and nobody can know that: 1.0 % of errors could hide 0.081 bits of each bit. That is what is "
        "paid.",
        "Both halves are perfect and the keys differ. No error, no gain and no decoy shows it; only authentication "
        "tells who answered.",
        "No errors, and Eve knows every bit. What is missing are the dark counts: the empty pulses never click, and no "
        "pulse clicks twice.",
        "No errors, and Eve knows every bit. What is missing are the dark counts: nobody looks at empty pulses, and "
        "nothing shows it.",
        "The errors are the line's own, and Eve knows 99 % of the bits. Bob's gain is off: the line is too short to "
        "hide in.",
        "The errors are the line's own, and Eve knows 99 % of the bits. Nothing that is measured betrays her.",
        "The errors are the line's own, and Eve knows 99 % of the bits. The decoys see nothing yet.",
        "The errors are the line's own, and Eve knows 99 % of the bits. The decoys arrive at 0.05 of the signal's gain "
        "where an honest line gives 0.20.",
        "Eve knows 0.500 bits of each bit, and 25.0 % errors end the session: no key for anybody.",
        "5.0 % errors tell that 0.286 bits of each bit may be known: shortened by that, the key is secret. Eve has "
        "0.140.",
    ]
