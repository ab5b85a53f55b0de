"""The closed form of waiting in the browser is the one in Python, and a twin with wrong physics is caught."""

from __future__ import annotations

import numpy as np
import pytest

from qnetlab import Memory, MemoryExplorer, Readout, Storage
from qnetlab.devices.platforms import platforms
from qnetlab.theory.memories import DEPHASINGS
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.memory import herald_km
from tests.exact.test_js_twin import ask

ANSWER = """
function answer(config, state) {
  const p = parametersOf(config, state);
  return { ...readings(config, p), rows: config.platforms.map((platform) => platformRow(platform, p)) };
}
"""


def protocols(count):
    rng = np.random.default_rng(15)
    states = ["average", "0", "1", "+", "-", "+i", "-i", None]
    for i in range(count):
        t1_s = float(rng.choice([np.inf, 10 ** rng.uniform(-4, 1)]))
        state = states[i % len(states)]
        yield Storage(
            state=(float(rng.uniform(0, np.pi)), float(rng.uniform(0, 6))) if state is None else state,
            wait_s=0.0 if i % 11 == 0 else float(10 ** rng.uniform(-6, 1)),
            memory_readout=Readout(error_0=float(rng.uniform(0, 0.3)), error_1=float(rng.uniform(0, 0.3))),
            memory=Memory(t1_s=t1_s, t2_s=min(float(rng.choice([np.inf, 10 ** rng.uniform(-4, 1)])), 2 * t1_s),
                          dephasing=DEPHASINGS[i % 2], write_efficiency=float(rng.uniform(0, 1)),
                          read_efficiency=float(rng.uniform(0, 1)),
                          retrieval_lifetime_s=float(rng.choice([np.inf, 10 ** rng.uniform(-4, 1)]))))


@pytest.fixture(scope="module")
def compared():
    explorer = MemoryExplorer()
    asked = []
    for protocol in protocols(160):
        explorer.protocol = protocol
        assert explorer.protocol == protocol
        asked.append((protocol, to_wire([explorer.config, explorer.state])))
    explorer.close()
    answers = ask(bundle("memory.js", default_as="shownExplorer") + ANSWER, [question for _, question in asked])
    return [(protocol, said) for (protocol, _), said in zip(asked, answers, strict=True)]


def test_what_it_keeps_and_what_comes_back_agree(compared):
    for protocol, said in compared:
        theory = protocol.theory()
        assert said["fidelity"] == pytest.approx(theory["fidelity"], abs=1e-9)
        assert said["returned"] == pytest.approx(theory["returned"], abs=1e-9)
        assert said["coherence"] == pytest.approx(protocol.memory.coherence(protocol.wait_s), abs=1e-9)
        assert said["km"] == pytest.approx(herald_km(protocol.wait_s), rel=1e-9)


def test_the_table_of_platforms_agrees(compared):
    for protocol, said in compared:
        for platform, row in zip(platforms(), said["rows"], strict=True):
            theory = Storage(memory=platform.memory, wait_s=protocol.wait_s).theory()
            known = {"fidelity": platform.value("t2_s"), "returned": platform.value("retrieval_lifetime_s")}
            for name, cited in known.items():
                if cited is None:
                    assert row[name] is None
                else:
                    assert row[name] == pytest.approx(theory[name], abs=1e-9)


@pytest.mark.parametrize(("right", "wrong"), [
    ("middle_s / (2 * t1_s)", "0"), ("1 + coherence * (", "coherence * ("), ("wait_s + 2 * since_s", "wait_s / 2"),
    ("Math.exp(-wait_s / p.memory_retrieval_lifetime_s)", "1"),
])
def test_a_wrong_twin_is_caught(right, wrong):
    explorer = MemoryExplorer(protocol=Storage(wait_s=4e-4, memory=Memory(
        t1_s=1e-3, t2_s=1e-3, dephasing="gaussian", retrieval_lifetime_s=1e-3)))
    question = to_wire([explorer.config, explorer.state])
    theory = explorer.protocol.theory()
    explorer.close()
    text = bundle("memory.js", default_as="shownExplorer")
    assert right in text
    [good], [bad] = ask(text + ANSWER, [question]), ask(text.replace(right, wrong) + ANSWER, [question])
    for name in ("fidelity", "returned"):
        assert good[name] == pytest.approx(theory[name], abs=1e-9)
    assert max(abs(bad[name] - theory[name]) for name in ("fidelity", "returned")) > 0.01
