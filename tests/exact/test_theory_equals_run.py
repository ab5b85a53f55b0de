"""The core test and the core lesson: closed form and simulation agree."""

import itertools

import pytest
from qiskit_aer import AerSimulator

from qnetlab import (
    BellPair,
    Fiber,
    GateErrors,
    Link,
    Memory,
    PhotonPairSource,
    Readout,
    SuperdenseCoding,
    Teleportation,
    as_noise_model,
    run,
)
from qnetlab.noise.deferral import SAVED, defer
from qnetlab.theory.superdense import MESSAGES, outcome_probabilities

SOURCES = [PhotonPairSource(), PhotonPairSource(fidelity=0.9),
           PhotonPairSource(fidelity=0.8, noise="dephasing"), PhotonPairSource(fidelity=0.25)]
FIBER = Fiber(length_km=120, attenuation_db_per_km=0.2)
MEMORIES = [(Memory(), Memory()), (Memory(t2_s=1e-3), Memory(t2_s=2e-3)),
            (Memory(t1_s=0.02, t2_s=0.015), Memory(t1_s=0.004, t2_s=0.007)),
            (Memory(t2_s=1e-3, dephasing="gaussian"), Memory(t1_s=0.002, t2_s=0.0015, dephasing="gaussian"))]
LINKS = [Link(source=source, fiber=FIBER, alice_memory=a, bob_memory=b, herald=herald)
         for source, (a, b), herald in itertools.product(SOURCES, MEMORIES, ("midpoint", "none"))]
NOISY = {"alice_readout": Readout(error_0=0.02, error_1=0.05), "bob_readout": Readout(error_0=0.03, error_1=0.01)}
GATES = GateErrors(one_qubit=0.01, two_qubit=0.03)


def equal(protocol):
    result, theory = run(protocol), protocol.theory()
    assert theory and set(theory) <= set(result.estimates)
    for name, number in theory.items():
        assert result[name].value == pytest.approx(number, abs=1e-9), name
        assert result[name].std_error == 0 and result[name].n is None


@pytest.mark.parametrize("state", ["phi_plus", "phi_minus", "psi_plus", "psi_minus"])
@pytest.mark.parametrize("link", LINKS, ids=range(len(LINKS)))
def test_bell_pair(state, link):
    equal(BellPair(state=state, link=link))
    equal(BellPair(state=state, link=link, **NOISY))


@pytest.mark.parametrize("corrections", ["both", "x", "z", "none"])
@pytest.mark.parametrize("link", LINKS, ids=range(len(LINKS)))
def test_teleportation(corrections, link):
    equal(Teleportation(link=link, corrections=corrections))
    equal(Teleportation(link=link, corrections=corrections, gates=GATES, **NOISY))
    equal(Teleportation(message=(0.7, 2.1), link=link, corrections=corrections, gates=GATES, **NOISY))


@pytest.mark.parametrize("message", ["average", *MESSAGES])
@pytest.mark.parametrize("link", LINKS, ids=range(len(LINKS)))
def test_superdense_coding(message, link):
    equal(SuperdenseCoding(message=message, link=link))
    equal(SuperdenseCoding(message=message, link=link, gates=GATES, bob_readout=NOISY["bob_readout"]))


@pytest.mark.parametrize("link", LINKS, ids=range(len(LINKS)))
def test_every_answer_of_superdense_coding(link):
    """Not only the right one: all sixteen probabilities."""
    readout = NOISY["bob_readout"]
    for message, seen in run(SuperdenseCoding(link=link, gates=GATES, bob_readout=readout)).outcomes:
        theory = outcome_probabilities(
            message, link.pair(extra_b_s=FIBER.delay_s), one_qubit_error=GATES.one_qubit,
            two_qubit_error=GATES.two_qubit, error_0=readout.error_0, error_1=readout.error_1)
        assert sum(theory.values()) == pytest.approx(1, abs=1e-12)
        for read, p in theory.items():
            assert seen[" ".join(read)] == pytest.approx(p, abs=1e-9)


def test_average_is_the_sphere_average():
    """Six Pauli states average like the whole sphere: (2f + 1)/3 for any resource."""
    for link in LINKS:
        protocol = Teleportation(link=link)
        f = (3 * protocol.theory()["fidelity"] - 1) / 2
        from qnetlab.theory.states import bell_fidelity
        assert f == pytest.approx(float(bell_fidelity(link.pair(extra_b_s=FIBER.delay_s), "phi_plus")), abs=1e-12)


@pytest.mark.parametrize("link", LINKS[::5], ids=range(len(LINKS[::5])))
def test_noise_model_gives_the_same(link):
    """Labelled identities and a NoiseModel give the probabilities that binding gives."""
    protocol = BellPair(link=link, **NOISY)
    circuits, model = as_noise_model(protocol)
    exact = dict(run(protocol).outcomes)
    simulator = AerSimulator(method="density_matrix", noise_model=model)
    for setting, circuit in circuits.items():
        found = simulator.run(defer(circuit)).result().data()[SAVED]
        for index, p in enumerate(found):
            assert p == pytest.approx(exact[setting][f"{index & 1} {index >> 1}"], abs=1e-9)
