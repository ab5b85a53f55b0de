"""GHZ states over a star: circuit and closed form agree; who is lost, measured or told; the landmarks."""

import math
from dataclasses import replace
from functools import reduce

import numpy as np
import pytest

from qnetlab import GHZ, Fiber, GateErrors, HeraldedLink, Link, Memory, PhotonPairSource, Readout, Swapping, run
from qnetlab.theory.ghz import CENTER_WAYS, shared_ghz
from qnetlab.theory.states import fresh_pair
from tests.agreement import agrees

NEAR = Link(source=PhotonPairSource(fidelity=0.93), fiber=Fiber(length_km=30, attenuation_db_per_km=0.2),
            alice_memory=Memory(t1_s=0.01, t2_s=0.003), bob_memory=Memory(t1_s=0.004, t2_s=0.002))
FAR = Link(source=PhotonPairSource(fidelity=0.9, noise="dephasing"), fiber=Fiber(length_km=70),
           alice_memory=Memory(t1_s=0.02, t2_s=0.013), bob_memory=Memory(t1_s=0.002, t2_s=0.0032))
PLAIN = Link(source=PhotonPairSource(fidelity=0.96))
NOISY = {"gates": GateErrors(one_qubit=0.02, two_qubit=0.05), "center_readout": Readout(error_0=0.03, error_1=0.08),
         "party_readout": Readout(error_0=0.01, error_1=0.06)}


@pytest.mark.parametrize("center", CENTER_WAYS)
@pytest.mark.parametrize("links", [(Link(), Link()), (NEAR, FAR), (FAR, NEAR, PLAIN), (NEAR, PLAIN, FAR, NEAR)],
                         ids=["ideal", "two", "three", "four"])
@pytest.mark.parametrize("noise", [{}, NOISY], ids=["perfect center", "noisy center"])
def test_the_circuit_is_the_closed_form(links, center, noise):
    protocol = GHZ(links=links, center=center, **noise)
    result, theory = run(protocol), protocol.theory()
    for name, number in theory.items():
        assert result[name].value == pytest.approx(number, abs=1e-9), name


@pytest.mark.parametrize(("center", "left"), [("kept", (1, 1, 1)), ("measured_x", (1, 1, 1)),
                                              ("measured_x_quiet", (1, 0, 0.5)), ("measured_z", (1, 0, 0.5)),
                                              ("lost", (1, 0, 0.5))])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_what_is_left_of_a_perfect_state(center, left, count):
    seen = run(GHZ(links=(Link(),) * count, center=center))
    assert [seen[name].value for name in ("populations", "coherence", "fidelity")] == pytest.approx(left, abs=1e-12)


@pytest.mark.parametrize("noise", [{}, {"gates": GateErrors(two_qubit=0.05)}], ids=["perfect", "noisy CNOT"])
def test_two_links_measured_in_x_and_told_are_a_swap(noise):
    links = (replace(NEAR, fiber=Fiber()), replace(FAR, fiber=Fiber()))
    star, chain = GHZ(links=links, center="measured_x", **noise), Swapping(links=links, **noise)
    assert star.theory()["fidelity"] == pytest.approx(chain.theory()["fidelity"], abs=1e-12)


@pytest.mark.parametrize(("fidelity", "count"), [(0.9, 2), (0.95, 3), (0.8, 7), (0.99, 40)])
def test_werner_pairs_in_one_line(fidelity, count):
    """F = [((1 + V)/2)^L + V^L]/2, by hand, also where no circuit could follow."""
    v = (4 * fidelity - 1) / 3
    link = Link(source=PhotonPairSource(fidelity=fidelity))
    seen = GHZ(links=(link,) * count).theory()
    assert seen["populations"] == pytest.approx(((1 + v) / 2) ** count, abs=1e-12)
    assert seen["coherence"] == pytest.approx(v**count, abs=1e-12)


@pytest.mark.parametrize("parties", [2, 3, 4, 5])
def test_the_angles_add_up_to_the_coherence(parties):
    """(1/n) sum (-1)^k M(k pi/n) is |0..0><1..1| + |1..1><0..0|, as matrices."""
    x, y = np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]])
    total = sum((-1) ** k * reduce(np.kron, [math.cos(t) * x + math.sin(t) * y] * parties)
                for k in range(parties) for t in [k * math.pi / parties]) / parties
    wanted = np.zeros_like(total)
    wanted[0, -1] = wanted[-1, 0] = 1
    assert np.allclose(total, wanted, atol=1e-12)


def test_arrays_go_through():
    pairs = [fresh_pair("phi_plus", np.array([0.8, 0.9]), "white")] * 3
    one = shared_ghz([fresh_pair("phi_plus", 0.9, "white")] * 3)
    assert shared_ghz(pairs).fidelity[1] == pytest.approx(one.fidelity, abs=1e-12)


def test_no_state_with_one_party_apart_passes_one_half():
    """The best of product states: F <= 1/2, which is why more than that is genuine."""
    rng = np.random.default_rng(1)
    alone = rng.normal(size=(2000, 2)) + 1j * rng.normal(size=(2000, 2))
    rest = rng.normal(size=(2000, 4)) + 1j * rng.normal(size=(2000, 4))
    states = np.einsum("ni,nj->nij", alone, rest).reshape(2000, 8)
    states /= np.linalg.norm(states, axis=1, keepdims=True)
    best = np.abs(states[:, 0] + states[:, 7]) ** 2 / 2
    assert best.max() <= 0.5 + 1e-12
    closest = np.zeros(8)
    closest[0] = 1
    assert abs(closest[0] + closest[7]) ** 2 / 2 == 0.5


NOISY_STAR = GHZ(links=(PLAIN, PLAIN), center="measured_x", gates=GateErrors(one_qubit=0.05, two_qubit=0.3),
                 center_readout=Readout(error_0=0.15, error_1=0.25))


@pytest.mark.parametrize("wrong", [{"center": "measured_x_quiet"}, {"gates": GateErrors()},
                                   {"center_readout": Readout()}],
                         ids=["nobody tells", "perfect gates", "perfect readout"])
def test_sampled(wrong):
    agrees(NOISY_STAR, 20000, wrong=replace(NOISY_STAR, **wrong))


def test_really_shot():
    agrees(NOISY_STAR, 4000, mode="shots", wrong=replace(NOISY_STAR, center="measured_x_quiet"))


def test_six_links_are_shot():
    """Twelve qubits have no exact run; shots and the closed form go on."""
    protocol = GHZ(links=(PLAIN,) * 6)
    with pytest.raises(ValueError, match="at most 10 qubits"):
        run(protocol)
    seen = run(protocol, shots=300, mode="shots", rng=5)
    assert seen["populations"].sigmas_from(protocol.theory()["populations"]) < 5


@pytest.mark.parametrize(("fields", "error", "words"), [
    ({"links": (Link(),)}, ValueError, "at least two links"), ({"links": Link()}, TypeError, "a tuple of Link"),
    ({"links": (Link(),) * 51}, ValueError, "2 to 50 links"), ({"center": "Lost"}, ValueError, "Try center='lost'")])
def test_refused_in_words(fields, error, words):
    with pytest.raises(error, match=words):
        GHZ(**fields)


SLOW = Memory(t1_s=0.004, t2_s=0.003, dephasing="gaussian")
HERALDED = HeraldedLink(scheme="single_click", bright_population=0.1, fiber=Fiber(length_km=40), alice_memory=SLOW,
                        bob_memory=Memory(t2_s=0.002, dephasing="gaussian"), overlap=0.9)


@pytest.mark.parametrize("center", CENTER_WAYS)
def test_over_heralded_links_and_memories_that_remember_when_they_began(center):
    protocol = GHZ(links=(HERALDED, NEAR), center=center, **NOISY)
    result = run(protocol)
    for name, number in protocol.theory().items():
        assert result[name].value == pytest.approx(number, abs=1e-9), name
