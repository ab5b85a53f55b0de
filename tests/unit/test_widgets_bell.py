"""The explorers of concept 3 to 5 without a browser: their controls, their points, and what they say."""

from __future__ import annotations

import json
import math

import pytest

from qnetlab import CHSH, Fiber, Link, Memory, NoisyPair, PairAtAngles, PhotonPairSource, Readout
from qnetlab.fields import at, rebuilt
from qnetlab.widgets import BellExplorer, ChshExplorer, FidelityExplorer
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._panel import GIVEN
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.chsh import SETTINGS
from qnetlab.widgets.fidelity import EXAMPLES
from tests.exact.test_js_twin import ask

ANGLES = ("alice_1_deg", "alice_2_deg", "bob_1_deg", "bob_2_deg")
LINK = Link(source=PhotonPairSource(fidelity=0.91, noise="dephasing"), fiber=Fiber(length_km=12),
            alice_memory=Memory(t1_s=0.01), bob_memory=Memory(t2_s=0.003))
PROTOCOLS = {
    BellExplorer: [PairAtAngles(), PairAtAngles(source="matched_coins", alice_deg=33.3),
                   PairAtAngles(source="partly_entangled", tilt_deg=7, link=LINK, bob_readout=Readout(error_0=0.1))],
    ChshExplorer: [CHSH(), CHSH(plane="xy", alice_1_deg=12.5), CHSH(link=LINK, alice_readout=Readout(error_1=0.1))],
    FidelityExplorer: [NoisyPair(), NoisyPair(white_noise=0.123, dephasing=0.4)],
}
EACH = [(kind, protocol) for kind, protocols in PROTOCOLS.items() for protocol in protocols]


@pytest.fixture(params=PROTOCOLS, ids=lambda kind: kind.__name__)
def explorer(request):
    made = request.param(rng=7)
    yield made
    made.close()


@pytest.mark.parametrize(("kind", "protocol"), EACH, ids=range(len(EACH)))
def test_a_protocol_survives_the_way_to_the_browser_and_back(kind, protocol):
    explorer = kind()
    explorer.protocol = protocol
    assert explorer.protocol == protocol
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.protocol == protocol and not explorer.problem
    explorer.close()


def test_every_stop_of_every_control_is_a_protocol(explorer):
    for control in explorer._panel.controls:
        low, high = explorer.config["reach"][GIVEN].get(control.name, (-math.inf, math.inf))
        for value in control.values:
            if control.kind == "slider" and not low <= value <= high:
                continue
            explorer.state = {**explorer.state, control.name: value}
            assert all(at(explorer.protocol, explorer._panel.places[name]) == value for name in control.writes)


def test_points_are_aers_and_agree_with_theory(explorer):
    explorer.request_points()
    assert explorer.settle(60)
    place = explorer._panel.places[explorer.chart.along]
    assert len(explorer.points["items"]) >= 6
    for item in explorer.points["items"]:
        expected = rebuilt(explorer.protocol, {place: item["x"]}).theory()[explorer.chart.quantity]
        assert abs(item["y"] - expected) <= 6 * item["std_error"] + 0.02


def test_named_settings_bring_their_angles():
    for name, angles in SETTINGS.items():
        explorer = ChshExplorer(settings=name)
        test = explorer.protocol
        assert (test.alice_1_deg, test.alice_2_deg, test.bob_1_deg, test.bob_2_deg) == angles
        explorer.close()
    found = {name: CHSH(**dict(zip(ANGLES, angles, strict=True))).theory()["s"] for name, angles in SETTINGS.items()}
    wanted = {"standard": 2.828, "identical": 2, "same": 0, "half": 2.389, "exchanged": 0}
    assert found == pytest.approx(wanted, abs=1e-3)
    explorer = ChshExplorer(bob_1_deg=30)
    assert explorer.state["settings"] == "own"
    explorer.protocol = CHSH()
    assert explorer.state["settings"] == "standard"
    explorer.close()


def test_named_pairs_bring_their_noise():
    for name, (white_noise, dephasing) in EXAMPLES.items():
        explorer = FidelityExplorer(example=name)
        assert explorer.protocol == NoisyPair(white_noise=white_noise, dephasing=dephasing)
        explorer.close()
    explorer = FidelityExplorer(dephasing=0.15, white_noise=0)
    assert explorer.state["example"] == "dephased"
    explorer.close()


def test_where_nothing_runs_there_is_a_sentence():
    said = {}
    for kind, settings in ((BellExplorer, {"alice_deg": 60}), (ChshExplorer, {"pair_fidelity": 0.75}),
                           (FidelityExplorer, {})):
        explorer = kind(**settings)
        data, _ = explorer._repr_mimebundle_()
        said[kind] = data["text/plain"]
        assert "<img" in data["text/html"]
        explorer.close()
    assert said[BellExplorer] == ("Alice at 60°, Bob at 0°, Bell pair: Bob reads 0 in 50.0% of all rounds, whatever "
                                  "Alice does; together they are equal in 75.0%.")
    assert said[ChshExplorer] == ("With a pair of fidelity 0.75 and angles 0°, 90° | 45°, -45°: S = 1.886; agreements "
                                  "reach 2, this pair's best settings 1.886.")
    assert said[FidelityExplorer] == ("A pair of fidelity 0.850: S = 2.263 at its best settings, 10.0% of the bits "
                                      "differ in Z and 10.0% in X, concurrence 0.700, teleportation 0.900.")


def test_the_sentences_say_what_is_to_be_seen():
    text = bundle("bell.js", default_as="shownExplorer") + "\nfunction answer(p, seen) { return sentenceFor(p, seen); }"
    assert ask(text, [[{"source": "bell_pair", "alice_deg": 60, "bob_deg": 0}, {"bob_0": 0.5, "equal": 0.75}],
                      [{"source": "matched_coins", "alice_deg": 90, "bob_deg": 90}, {"bob_0": 0.5, "equal": 0.5}]]) == [
        "Bob reads 0 in 50.0 % of all rounds, whatever Alice does. Only the list that the two compare later changes: "
        "equal in 75.0 %.",
        "Bob reads 0 in 50.0 % of all rounds, whatever Alice does. In X the coins agree in 50.0 %: a Bell pair would "
        "always agree."]
    text = bundle("chsh.js", default_as="shownExplorer") + "\nfunction answer(seen) { return sentenceFor(seen); }"
    assert ask(text, [[{"s": 2.5, "s_max": 2.6, "concurrence": 0.8}], [{"s": 2.0, "s_max": 2.828, "concurrence": 1}],
                      [{"s": 1.886, "s_max": 1.886, "concurrence": 0.5}],
                      [{"s": 0.9, "s_max": 0.943, "concurrence": 0}]]) == [
        "S = 2.500: none of the sixteen agreements gets past 2. Their answers were not fixed before the questions.",
        "S = 2.000, which some agreement reaches as well. Other settings would reach 2.828 with this pair.",
        "S = 1.886. The pair is still entangled, yet no settings get it past 1.886: not every entangled pair passes 2.",
        "S = 0.900. No settings get this pair past 0.943."]
    text = bundle("fidelity.js", default_as="shownExplorer") + "\nfunction answer(seen) { return sentenceFor(seen); }"
    start = {"fidelity": 0.85, "qber_z": 0.1, "qber_x": 0.1}
    [strong, weak, none] = ask(text, [[{**start, "s_max": 2.263, "concurrence": 0.7}],
                                      [{**start, "s_max": 1.9, "concurrence": 0.5}],
                                      [{**start, "s_max": 2.0, "concurrence": 0.0}]])
    alike = "F = 0.850. Measured alike, 90.0 % of the bits agree in Z and 90.0 % in X."
    assert strong == f"{alike} Entangled, and at its best settings S = 2.263."
    assert weak == f"{alike} The pair is entangled, yet passes S = 2 at no settings."
    assert none == f"{alike} No entanglement is left: two coins could do this."


SETTLED = "\nfunction answer(config, before, name, value) { const own = { angles: null, noise: null };" \
          "const next = { ...before, [name]: value }; settle(config, next, name, before, own); return next; }"


def test_angles_and_their_name_are_one_choice():
    text = bundle("chsh.js", default_as="shownExplorer") + SETTLED
    config = {"named_settings": SETTINGS}
    start = {**dict(zip(ANGLES, SETTINGS["standard"], strict=True)), "settings": "standard"}
    chosen, moved = ask(text, [[config, start, "settings", "same"], [config, start, "bob_1_deg", 47.5]])
    assert [chosen[name] for name in ANGLES] == list(SETTINGS["same"])
    assert moved == {**start, "bob_1_deg": 47.5, "settings": "own"}
    [back] = ask(text, [[config, moved, "bob_1_deg", 45]])
    assert back == start


def test_a_dephased_pair_stays_where_it_can_be():
    """Below F = 1/2 there is no dephased pair: choosing dephasing there stops at 1/2, with or without a kernel."""
    text = bundle("chsh.js", default_as="shownExplorer") + SETTLED
    config = {"named_settings": SETTINGS}
    low = {"pair_fidelity": 0.3, "noise": "white", "settings": "standard"}
    chosen, dragged, free = ask(text, [
        [config, low, "noise", "dephasing"], [config, {**low, "noise": "dephasing"}, "pair_fidelity", 0.4],
        [config, {**low, "pair_fidelity": 0.6}, "pair_fidelity", 0.4]])
    assert (chosen["pair_fidelity"], dragged["pair_fidelity"], free["pair_fidelity"]) == (0.5, 0.5, 0.4)


def test_noise_and_its_name_are_one_choice():
    text = bundle("fidelity.js", default_as="shownExplorer") + SETTLED
    config = {"examples": EXAMPLES}
    start = {"white_noise": 0.2, "dephasing": 0, "example": "white"}
    chosen, moved = ask(text, [[config, start, "example", "coins"], [config, start, "dephasing", 0.1]])
    assert chosen == {"white_noise": 0, "dephasing": 0.5, "example": "coins"}
    assert moved == {**start, "dephasing": 0.1, "example": "own"}


@pytest.mark.parametrize("entry", ["bell.js", "chsh.js", "fidelity.js"])
def test_nothing_is_shown_as_minus_zero(entry):
    text = bundle(entry, default_as="shownExplorer")
    text += "\nfunction answer(value, count) { return digits(value, count); }"
    found = ask(text, [[-1e-17, 2], [-0.004, 2], [-0.006, 2], [0.5, 2], [-1.25, 1]])
    assert found == ["0.00", "0.00", "-0.01", "0.50", "-1.3"]
