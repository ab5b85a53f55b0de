"""The closed form of superdense coding in the browser is the one in Python."""

from __future__ import annotations

import dataclasses

import pytest

from qnetlab.protocols.superdense import SuperdenseCoding
from qnetlab.theory.states import bell_fidelity
from qnetlab.theory.superdense import MESSAGES, capacity, caught_probabilities, outcome_probabilities
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.superdense import SuperdenseExplorer
from tests.exact.test_js_twin import ask
from tests.exact.test_js_twin import protocols as teleportations

ANSWER = "\nfunction answer(config, state) { return readings(state, parametersOf(config, state)); }"


def protocols(count: int) -> list[SuperdenseCoding]:
    """Every message, over the links, gates and readouts that the other grid draws at random."""
    messages = ("average", *MESSAGES)
    return [SuperdenseCoding(message=messages[i % 5], link=other.link, gates=other.gates, bob_readout=other.bob_readout)
            for i, other in enumerate(teleportations(count))]


@pytest.fixture(scope="module")
def compared():
    """(protocol, step, what the browser's text says) for many settings."""
    explorer = SuperdenseExplorer()
    asked = []
    for i, protocol in enumerate(protocols(192)):
        explorer.protocol = protocol
        explorer.state = {**explorer.state, "step": 1 + (i // 5) % 4}
        asked.append((protocol, explorer.state["step"], to_wire([explorer.config, explorer.state])))
    explorer.close()
    answers = ask(bundle("superdense.js", default_as="shownExplorer") + ANSWER, [question for _, _, question in asked])
    return [(protocol, step, said) for (protocol, step, _), said in zip(asked, answers, strict=True)]


def at_bob(protocol):
    return protocol.link.pair(extra_b_s=protocol.link.fiber.delay_s)


def test_successes_agree(compared):
    for protocol, step, said in compared:
        success = protocol.theory()["success"]
        mean = dataclasses.replace(protocol, message="average").theory()["success"]
        assert said["success"] == pytest.approx(success, abs=1e-9)
        assert said["average"] == pytest.approx(mean, abs=1e-9)
        assert said["success_now"] == pytest.approx(success if step == 4 else 0.25, abs=1e-9)


def test_every_bar_agrees(compared):
    for protocol, step, said in compared:
        if protocol.message == "average":
            assert said["reads"][0] == pytest.approx(said["success_now"], abs=1e-12)
            assert sum(said["reads"]) == pytest.approx(1, abs=1e-9)
            continue
        reads = outcome_probabilities(
            protocol.message, at_bob(protocol), one_qubit_error=protocol.gates.one_qubit,
            two_qubit_error=protocol.gates.two_qubit, error_0=protocol.bob_readout.error_0,
            error_1=protocol.bob_readout.error_1)
        caught = caught_probabilities(protocol.message, protocol.link.pair(), one_qubit_error=protocol.gates.one_qubit)
        assert said["reads"] == pytest.approx(list(reads.values()) if step == 4 else [0.25] * 4, abs=1e-9)
        assert said["caught_reads"] == pytest.approx(list(caught.values()), abs=1e-9)
        assert said["caught"] == pytest.approx(caught[protocol.message], abs=1e-9)


def test_the_worth_of_the_pair_agrees(compared):
    for protocol, _, said in compared:
        assert said["capacity"] == pytest.approx(float(capacity(at_bob(protocol))), abs=1e-9)
        assert said["pair_fidelity"] == pytest.approx(float(bell_fidelity(at_bob(protocol), "phi_plus")), abs=1e-9)


def test_time_for_a_message_agrees(compared):
    for protocol, _, said in compared:
        wait_s = protocol.link.attempt_time_s / protocol.delivery_probability
        assert said["message_wait_s"] == pytest.approx(wait_s, rel=1e-9)


def test_the_twin_is_compared_over_everything(compared):
    """A grid that forgot a choice would prove less than it says."""
    messages = ("average", *MESSAGES)
    assert {(p.message, step) for p, step, _ in compared} == {(m, step) for m in messages for step in (1, 2, 3, 4)}
    assert {(p.message, p.link.source.noise) for p, _, _ in compared} == {
        (m, noise) for m in messages for noise in ("white", "dephasing")}
    assert max(said["capacity"] for _, _, said in compared) > 1 > min(said["capacity"] for _, _, said in compared)
    assert any(abs(said["caught"] - 0.25) > 0.01 for _, _, said in compared)


def test_a_wrong_twin_is_caught():
    """The comparison sees a mistake: a Bob whose half does not wait while hers travels."""
    explorer = SuperdenseExplorer(length_km=200, t2_s=0.001)
    question = to_wire([explorer.config, explorer.state])
    right = bundle("superdense.js", default_as="shownExplorer")
    wrong = right.replace("storedPair(p, 0, delaySeconds(p))", "storedPair(p, 0, 0)")
    assert wrong != right
    [good], [bad] = ask(right + ANSWER, [question]), ask(wrong + ANSWER, [question])
    assert good["success"] == pytest.approx(explorer.protocol.theory()["success"], abs=1e-9)
    assert bad["success"] > good["success"] + 0.02
    explorer.close()
