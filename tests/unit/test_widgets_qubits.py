"""The explorers of counting, of one qubit and of its copies without a browser."""

from __future__ import annotations

import json
import math

import pytest

from qnetlab import (
    BasisExplorer,
    Cloning,
    CloningExplorer,
    CountingExplorer,
    GateErrors,
    PrepareAndMeasure,
    Readout,
)
from qnetlab.fields import at, rebuilt
from qnetlab.theory.counting import Counting
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._panel import GIVEN
from qnetlab.widgets._wire import to_wire
from tests.exact.test_js_twin import ask

EXPLORERS = [BasisExplorer, CloningExplorer, CountingExplorer]


@pytest.fixture(params=EXPLORERS, ids=lambda kind: kind.__name__)
def explorer(request):
    made = request.param(rng=7)
    yield made
    made.close()


GIVENS = [
    (BasisExplorer, PrepareAndMeasure(state="-i", axis=(0.3, 1.2), coin_probability_1=0.123,
                                      bob_readout=Readout(error_0=0.01, error_1=0.03))),
    (BasisExplorer, PrepareAndMeasure(state=(0.7, 2.1), axis=(0.0, 0.0))),
    (CloningExplorer, Cloning(original=(0.3, 4.0), copier="universal", gates=GateErrors(one_qubit=0.0123),
                              bob_readout=Readout(error_0=0.1), alice_readout=Readout(error_1=0.2))),
    (CountingExplorer, Counting(loss_db=3.21, photons=777)),
]


@pytest.mark.parametrize(("kind", "protocol"), GIVENS)
def test_a_protocol_survives_the_way_to_the_browser_and_back(kind, protocol):
    explorer = kind(protocol=protocol)
    assert explorer.protocol == protocol
    explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
    assert explorer.problem == "" and explorer.protocol == protocol
    explorer.close()


def test_every_stop_of_every_control_is_a_protocol(explorer):
    panel = explorer._panel
    for control in panel.controls:
        for value in control.values:
            explorer.state = {**explorer.state, control.name: value}
            assert all(at(explorer.protocol, panel.places[name]) == value for name in control.writes)


def test_names_become_angles():
    basis = BasisExplorer(protocol=PrepareAndMeasure(axis="X"))
    assert basis.protocol.axis == (math.pi / 2, 0.0) and basis.state["theta_rad"] == math.pi / 2
    basis.close()
    cloning = CloningExplorer(protocol=Cloning(original="-i"))
    assert cloning.protocol.original == (math.pi / 2, 3 * math.pi / 2)
    assert cloning.protocol.theory() == pytest.approx(Cloning(original="-i").theory())
    with pytest.raises(ValueError, match="original must be one state here; got original='average'"):
        cloning.protocol = Cloning()
    cloning.close()


def test_a_state_without_a_name_stays_as_given_until_another_is_chosen():
    explorer = BasisExplorer(protocol=PrepareAndMeasure(state=(0.7, 2.1)))
    assert explorer.state["state"] == GIVEN
    explorer.state = {**explorer.state, "theta_rad": math.pi / 2}
    assert explorer.protocol.state == (0.7, 2.1)
    explorer.state = {**explorer.state, "state": "1"}
    assert explorer.protocol.state == "1"
    explorer.close()


@pytest.mark.parametrize(("kind", "place", "quantity"), [
    (BasisExplorer, "axis.0", "probability_0"), (CloningExplorer, "original.0", "fidelity")])
def test_points_are_aers_and_agree_with_theory(kind, place, quantity):
    explorer = kind(rng=7)
    explorer.request_points()
    assert explorer.settle(60)
    items = explorer.points["items"]
    assert len(items) >= 6 and items[0]["x"] == 0.0 and items[-1]["x"] == pytest.approx(math.pi)
    for item in items:
        p = rebuilt(explorer.protocol, {place: item["x"]}).theory()[quantity]
        # Six sigma of theory's own spread: a false alarm once in 10^8 tests.
        assert abs(item["y"] - p) < 6 * math.sqrt(p * (1 - p) / 400) + 1 / 400
    explorer.close()


def test_counting_shoots_nothing():
    explorer = CountingExplorer()
    explorer.request_points()
    assert explorer.settle(5) and explorer.points["items"] == [] and explorer.config["shoots"] is False
    explorer.close()


@pytest.mark.parametrize(("kind", "settings", "sentence"), [
    (CountingExplorer, {"loss_db": 20}, "A loss of 20 dB leaves a share of 0.01; counted with 1000 photons, its "
                                        "standard error is 0.0031."),
    (BasisExplorer, {"theta_rad": math.pi / 2}, "Along an axis 90° from Z toward X the first box gives 0 with "
                                                "P = 1.000, the coin with P = 0.500."),
    (CloningExplorer, {"copier": "universal"}, "Copier universal: a copy passes as the original with F = 0.833, on "
                                               "average over the sphere with 0.833; no copier reaches more than "
                                               "0.833."),
])
def test_where_nothing_runs_there_is_a_sentence(kind, settings, sentence):
    explorer = kind(**settings)
    data, _ = explorer._repr_mimebundle_()
    explorer.close()
    assert data["text/plain"] == sentence
    assert "<img alt=" in data["text/html"]


def sentences(entry, arguments, cases):
    text = bundle(entry, default_as="shownExplorer")
    return ask(f"{text}\nfunction answer({arguments}) {{ return sentenceFor({arguments}); }}", cases)


def test_what_counting_says():
    seen = {"arriving": 0.5, "std_error": 0.0158, "counted": 489}
    assert sentences("counting.js", "p, seen", [
        [{"loss_db": 3, "photons": 1000}, seen],
        [{"loss_db": 0, "photons": 1000}, {"arriving": 1, "std_error": 0, "counted": 1000}],
        [{"loss_db": 30, "photons": 1000}, {"arriving": 0.001, "std_error": 0.001, "counted": 2}],
    ]) == [
        "489 of 1000 photons arrive in this count: 0.489 ± 0.016. 3 dB more would halve that, wherever you start; 100 "
        "times the photons would make it only 10 times surer.",
        "1000 of 1000 photons arrive in this count: 1.0000 ± 0.0000. Nothing is lost, and nothing scatters.",
        "2 of 1000 photons arrive in this count: 0.0020 ± 0.0010. So few arrive that the count says little: send more "
        "photons.",
    ]


def test_what_the_basis_explorer_says():
    plus = {"state": "+", "theta_rad": 0, "phi_rad": 0, "coin_probability_1": 0.5}
    assert sentences("basis.js", "p, seen", [
        [plus, {"probability_0": 0.5, "coin_probability_0": 0.5}],
        [{**plus, "theta_rad": math.pi / 2}, {"probability_0": 1, "coin_probability_0": 0.5}],
        [{**plus, "theta_rad": 1}, {"probability_0": 0.92, "coin_probability_0": 0.5}],
    ]) == [
        "Along Z both boxes give 0 with P = 0.500: no number of shots tells them apart. Turn the axis.",
        "Along X |+⟩ gives 0 every time; the coin gives 0 with P = 0.500. |+⟩ was not secretly 0 or 1, or it would do "
        "what the coin does.",
        "Along this axis |+⟩ gives 0 with P = 0.920, the coin with P = 0.500. The state has a direction, the coin has "
        "none.",
    ]


def test_what_the_cloning_explorer_says():
    ideal = {"one_qubit_error": 0, "two_qubit_error": 0}
    pole, equator, between = [0, 0, 1], [1, 0, 0], [0.6, 0, 0.8]
    said = sentences("cloning.js", "p, seen", [
        [{**ideal, "copier": "cnot"}, {"fidelity": 1, "average": 2 / 3, "original": pole}],
        [{**ideal, "copier": "cnot"}, {"fidelity": 0.5, "average": 2 / 3, "original": equator}],
        [{**ideal, "copier": "cnot"}, {"fidelity": 0.82, "average": 2 / 3, "original": between}],
        [{**ideal, "copier": "universal"}, {"fidelity": 5 / 6, "average": 5 / 6, "original": between}],
        [{**ideal, "two_qubit_error": 0.1, "copier": "universal"},
         {"fidelity": 0.7, "average": 0.7, "original": between}],
    ])
    assert said[0] == ("A CNOT copies |0⟩ and |1⟩ as well as can be: F = 1.000. Now tilt the original. Mean over the "
                       "sphere: 0.667, no better than phoning.")
    assert said[1] == ("On the equator F = 0.500: the two copies together are a Bell pair, and one half alone is a "
                       "coin. Mean over the sphere: 0.667.")
    assert said[2].endswith("while the best machine reaches 0.833 for every original.")
    assert "the best that any machine can do for all of them" in said[3]
    assert said[4] == "Each copy passes with F = 0.700. Mean over the sphere: 0.700."
