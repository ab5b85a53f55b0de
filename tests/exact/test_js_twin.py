"""The closed form in the browser is the one in Python: the explorer's very text, run in an engine of its own."""

from __future__ import annotations

import dataclasses
import json
import math
import subprocess
import sys

import numpy as np
import pytest

from qnetlab.devices.fiber import Fiber
from qnetlab.devices.gates import GateErrors
from qnetlab.devices.link import Link
from qnetlab.devices.memory import Memory
from qnetlab.devices.readout import Readout
from qnetlab.devices.source import PhotonPairSource
from qnetlab.protocols.teleportation import Teleportation
from qnetlab.theory.qubit import PAULI_STATES, bloch_vector
from qnetlab.theory.teleportation import bob_vector
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.teleportation import TeleportationExplorer

# The engine gets a process of its own and a time limit: a loop in a script then costs a test, not the session.
CHILD = """
import json, os, sys
from py_mini_racer import MiniRacer
job = json.load(sys.stdin)
engine = MiniRacer()
engine.eval(job["text"])
engine.eval("function answers(questions) { return JSON.stringify(questions.map((q) => answer(...q))); }")
print(engine.call("answers", job["questions"]), flush=True)
os._exit(0)  # the engine's threads may not end by themselves
"""


def ask(text: str, questions: list) -> list:
    """``answer(...question)`` for each question; the text defines ``answer``."""
    job = json.dumps({"text": text, "questions": to_wire(questions)}, allow_nan=False)
    done = subprocess.run([sys.executable, "-c", CHILD], input=job, capture_output=True, text=True, timeout=120,
                          check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def protocols(count: int) -> list[Teleportation]:
    """Every choice, and everything else at random: also T1, unequal memories, asymmetric readout, no fiber at all."""
    rng = np.random.default_rng(2024)
    messages = ["average", *PAULI_STATES, None]
    made = []
    for i in range(count):
        noise = ("white", "dephasing")[i % 2]
        t1_s = [math.inf, *(10.0 ** rng.uniform(-4, 1, 2))]
        memories = [Memory(t1_s=t1, t2_s=min(2 * t1, t2), dephasing=("exponential", "gaussian")[(i // 5) % 2],
                           modes=1 + i % 4) for t1, t2 in
                    zip(rng.choice(t1_s, 2), rng.choice([math.inf, *(10.0 ** rng.uniform(-4, 1, 3))], 2), strict=True)]
        message = messages[i % len(messages)]
        made.append(Teleportation(
            message=(rng.uniform(0, math.pi), rng.uniform(0, 2 * math.pi)) if message is None else message,
            corrections=("both", "x", "z", "none")[(i // 2) % 4],
            link=Link(
                source=PhotonPairSource(fidelity=rng.uniform(0.25 if noise == "white" else 0.5, 1), noise=noise,
                                        repetition_rate_hz=10 ** rng.uniform(2, 7)),
                fiber=Fiber(length_km=0 if i % 9 == 0 else rng.uniform(0, 300), insertion_loss_db=rng.uniform(0, 3),
                            attenuation_db_per_km=rng.uniform(0, 0.3), group_index=rng.uniform(1, 1.6)),
                alice_memory=memories[0], bob_memory=memories[1], herald=("midpoint", "none")[(i // 8) % 2],
            ),
            gates=GateErrors(one_qubit=rng.uniform(0, 0.3), two_qubit=rng.uniform(0, 0.5)) if i % 3 else GateErrors(),
            alice_readout=Readout(error_0=rng.uniform(0, 0.5), error_1=rng.uniform(0, 0.5)),
            bob_readout=Readout(error_0=rng.uniform(0, 0.5), error_1=rng.uniform(0, 0.5)) if i % 2 else Readout(),
        ))
    return made


def held(protocol: Teleportation, message: tuple, corrections: str) -> tuple:
    """Bob's Bloch vector, from the Python closed form."""
    waits = 0.0 if corrections == "none" else protocol.link.fiber.delay_s
    return bob_vector(message, protocol.link.pair(extra_b_s=waits), corrections=corrections,
                      one_qubit_error=protocol.gates.one_qubit, two_qubit_error=protocol.gates.two_qubit,
                      error_0=protocol.alice_readout.error_0, error_1=protocol.alice_readout.error_1)


@pytest.fixture(scope="module")
def compared():
    """(protocol, step, what the browser's text says) for many settings."""
    explorer = TeleportationExplorer()
    asked = []
    for i, protocol in enumerate(protocols(192)):
        explorer.protocol = protocol
        explorer.state = {**explorer.state, "step": 1 + i % 4}
        asked.append((protocol, explorer.state["step"], to_wire([explorer.config, explorer.state])))
    explorer.close()
    text = bundle("teleportation.js", default_as="shownExplorer") + """
    function answer(config, state) { return readings(state, parametersOf(config, state)); }
    """
    answers = ask(text, [question for _, _, question in asked])
    return [(protocol, step, said) for (protocol, step, _), said in zip(asked, answers, strict=True)]


def test_fidelities_agree(compared):
    for protocol, step, said in compared:
        mean = dataclasses.replace(protocol, message="average").theory()["fidelity"]
        waiting = dataclasses.replace(protocol, corrections="none").theory()["fidelity"]
        final = protocol.theory()["fidelity"]
        assert said["fidelity"] == pytest.approx(final, abs=1e-9)
        assert said["average"] == pytest.approx(mean, abs=1e-9)
        assert said["fidelity_now"] == pytest.approx(final if step == 4 else waiting, abs=1e-9)


def test_bobs_arrows_agree(compared):
    for protocol, step, said in compared:
        if protocol.message == "average":
            messages = list(PAULI_STATES.values())
        elif isinstance(protocol.message, str):
            messages = [PAULI_STATES[protocol.message]]
        else:
            messages = [bloch_vector(*protocol.message)]
        expected = [held(protocol, m, protocol.corrections if step == 4 else "none") for m in messages]
        np.testing.assert_allclose(said["arrows"], np.array(expected, dtype=float), rtol=0, atol=1e-9)


def test_time_for_a_pair_agrees(compared):
    for protocol, _, said in compared:
        link = protocol.link
        assert said["pair_wait_s"] == pytest.approx(link.attempt_time_s / link.success_probability, rel=1e-9)


def test_the_twin_is_compared_over_everything(compared):
    """A grid that forgot a choice would prove less than it says."""
    assert {p.corrections for p, _, _ in compared} == {"both", "x", "z", "none"}
    assert {(p.link.source.noise, p.link.herald) for p, _, _ in compared} == {
        (noise, herald) for noise in ("white", "dephasing") for herald in ("midpoint", "none")}
    assert {step for _, step, _ in compared} == {1, 2, 3, 4}
    assert any(p.link.alice_memory != p.link.bob_memory for p, _, _ in compared)
    spread = [said["fidelity"] for _, _, said in compared]
    assert max(spread) - min(spread) > 0.4


def test_a_wrong_twin_is_caught():
    """The comparison sees a mistake: a Bob who never undoes the flip."""
    explorer = TeleportationExplorer(message="0", length_km=0, pair_fidelity=1)
    question = [explorer.config, explorer.state]
    right = bundle("teleportation.js", default_as="shownExplorer")
    wrong = right.replace("const usesX = p.corrections", "const usesX = 0 && p.corrections")
    assert wrong != right
    tail = "\nfunction answer(config, state) { return readings(state, parametersOf(config, state)).fidelity; }"
    [good], [bad] = ask(right + tail, [question]), ask(wrong + tail, [question])
    explorer.close()
    assert good == pytest.approx(1.0, abs=1e-9)
    assert bad == pytest.approx(0.5, abs=1e-9)
