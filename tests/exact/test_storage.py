"""A qubit that waits: circuit and closed form agree, and wrong ideas of waiting are told apart."""

import math
from dataclasses import replace

import pytest

from qnetlab import Memory, Readout, Storage, as_noise_model, presets, run
from qnetlab.theory.memories import average_stored_fidelity, superposition_fidelity
from tests.agreement import agrees

MEMORIES = [
    Memory(), Memory(t2_s=1e-3), Memory(t2_s=1e-3, dephasing="gaussian"), Memory(t1_s=2e-3, t2_s=1e-3),
    Memory(t1_s=1e-3, t2_s=1.5e-3, dephasing="gaussian"), Memory(t1_s=1e-3),
    Memory(write_efficiency=0.9, read_efficiency=0.8, retrieval_lifetime_s=5e-3),
]
ROUGH = Readout(error_0=0.05, error_1=0.03)


@pytest.mark.parametrize("memory", MEMORIES, ids=range(len(MEMORIES)))
@pytest.mark.parametrize("state", ["average", "+", "1", (0.7, 2.1)])
@pytest.mark.parametrize("wait_s", [0.0, 4.9e-4, 3e-3])
@pytest.mark.parametrize("readout", [Readout(), ROUGH], ids=["perfect", "rough"])
def test_the_circuit_is_the_closed_form(memory, state, wait_s, readout):
    protocol = Storage(state=state, memory=memory, wait_s=wait_s, memory_readout=readout)
    result, theory = run(protocol), protocol.theory()
    assert set(theory) <= set(result.estimates) and "returned" in theory
    for name, number in theory.items():
        assert result[name].value == pytest.approx(number, abs=1e-9), name


@pytest.mark.parametrize("memory", MEMORIES, ids=range(len(MEMORIES)))
def test_the_forms_of_theory(memory):
    waits = Storage(memory=memory, wait_s=6e-4)
    left = memory.decay(6e-4)
    assert waits.theory()["fidelity"] == pytest.approx(superposition_fidelity(left.coherence), abs=1e-12)
    assert replace(waits, state="average").theory()["fidelity"] == pytest.approx(
        float(average_stored_fidelity(left)), abs=1e-12)
    assert replace(waits, state="0").theory()["fidelity"] == pytest.approx(1, abs=1e-12)
    assert replace(waits, state="1").theory()["fidelity"] == pytest.approx(math.exp(-6e-4 / memory.t1_s), abs=1e-12)
    assert waits.theory()["returned"] == memory.retrieval_efficiency(6e-4)


WAITS = Storage(state="+", wait_s=4.897386e-4, memory_readout=ROUGH, memory=Memory(
    t1_s=5e-3, t2_s=1e-3, dephasing="gaussian", read_efficiency=0.8, retrieval_lifetime_s=2e-3))


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [
    {"memory": replace(WAITS.memory, dephasing="exponential")}, {"memory": Memory()},
    {"memory": replace(WAITS.memory, read_efficiency=1.0)}, {"wait_s": 2 * WAITS.wait_s},
    {"wait_s": WAITS.wait_s / 1.4682}, {"memory_readout": Readout()},
], ids=["it falls at once", "a hard disk", "everything comes back", "there and back", "light in vacuum",
        "perfect readout"])
def test_sampled_and_what_one_might_believe_instead(wrong, mode):
    agrees(WAITS, 20_000, mode=mode, wrong=replace(WAITS, **wrong))


def test_lost_and_wrong_do_not_mix():
    """Losing more changes what comes back and nothing else; dephasing more the other way round."""
    base = WAITS.theory()
    rarer = replace(WAITS, memory=replace(WAITS.memory, read_efficiency=0.1)).theory()
    worse = replace(WAITS, memory=replace(WAITS.memory, t2_s=3e-4)).theory()
    assert rarer["fidelity"] == base["fidelity"] and rarer["returned"] < base["returned"] / 7
    assert worse["returned"] == base["returned"] and worse["fidelity"] < base["fidelity"] - 0.1


def test_the_same_noise_as_a_noise_model():
    circuits, _ = as_noise_model(WAITS)
    assert set(circuits) == {"state"}


@pytest.mark.parametrize(("preset", "worst"), [("trapped_ion", 0.999), ("siv_center", 0.98), ("rare_earth", 0.999)])
def test_published_memories_outlast_a_herald_of_100_km(preset, worst):
    assert Storage(memory=getattr(presets, preset)(), wait_s=4.9e-4).theory()["fidelity"] > worst
