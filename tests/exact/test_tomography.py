"""Tomography: circuit and closed form agree; inversion is right on average; the nearest state is biased, how much."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from qnetlab import Fiber, Link, Memory, PhotonPairSource, Readout, Tomography, run
from qnetlab.protocols.tomography import SETTINGS
from qnetlab.theory.states import Pair
from qnetlab.theory.tomography import (
    PAULI_NAMES,
    inversion_error,
    inverted,
    pauli_means,
    projected,
    purity,
    state_fidelity,
)
from tests.agreement import agrees

DECAYING = Link(source=PhotonPairSource(fidelity=0.93), fiber=Fiber(length_km=30),
                alice_memory=Memory(t1_s=0.001, t2_s=0.0005), bob_memory=Memory(t1_s=0.0004, t2_s=0.0006))
ROUGH = {"alice_readout": Readout(error_0=0.02, error_1=0.07), "bob_readout": Readout(error_0=0.05, error_1=0.01)}
AXES = {"X": np.array([[0, 1], [1, 0]]), "Y": np.array([[0, -1j], [1j, 0]]), "Z": np.diag([1, -1])}


@pytest.mark.parametrize("link", [Link(), DECAYING, Link(source=PhotonPairSource(fidelity=0.8, noise="dephasing"))],
                         ids=["ideal", "decaying", "dephased"])
@pytest.mark.parametrize("readouts", [{}, ROUGH], ids=["perfect", "rough"])
def test_the_circuit_is_the_closed_form(link, readouts):
    protocol = Tomography(link=link, **readouts)
    result, theory = run(protocol), protocol.theory()
    assert len(theory) == 16
    for name, number in theory.items():
        assert result[name].value == pytest.approx(number, abs=1e-9), name


def test_the_state_is_found_again():
    protocol = Tomography(link=DECAYING)
    rho = protocol.state(run(protocol))
    pair = DECAYING.pair()
    for name, mean in pauli_means(pair).items():
        a, b = (AXES.get(letter.upper(), np.eye(2)) for letter in name)
        assert np.trace(rho @ np.kron(a, b)).real == pytest.approx(mean, abs=1e-9)
    assert np.allclose(projected(rho), rho, atol=1e-12)  # a state is its own nearest one
    assert state_fidelity(rho) == pytest.approx(DECAYING.heralded_fidelity, abs=1e-9)


def test_the_nearest_state_is_the_nearest():
    """No other state is nearer, tried with many; and nothing but negative eigenvalues moves it."""
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(4000, 4, 4)) + 1j * rng.normal(size=(4000, 4, 4))
    others = vectors @ np.conj(np.swapaxes(vectors, 1, 2))
    others /= np.trace(others, axis1=1, axis2=2)[:, None, None]
    for _ in range(20):
        noise = rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4))
        rho = np.eye(4) / 4 + 0.3 * (noise + noise.conj().T)
        rho += (1 - np.trace(rho).real) * np.eye(4) / 4
        found = projected(rho)
        assert np.trace(found).real == pytest.approx(1) and np.linalg.eigvalsh(found).min() > -1e-12
        mixed = 0.05 * others + 0.95 * found  # also those close by
        for tried in (others, mixed):
            assert (np.abs(tried - rho) ** 2).sum(axis=(1, 2)).min() >= (np.abs(found - rho) ** 2).sum() - 1e-12


def one_round_of_each():
    """Every outcome of one shot per setting on phi_plus: its probability, and the inverted matrix."""
    bell = np.zeros((4, 4))
    bell[0, 0] = bell[0, 3] = bell[3, 0] = bell[3, 3] = 0.5
    choices = []
    for setting in SETTINGS:
        a, b = AXES[setting[0]], AXES[setting[1]]
        found = []
        for s, t in itertools.product((1, -1), repeat=2):
            p = np.trace(np.kron(np.eye(2) + s * a, np.eye(2) + t * b) / 4 @ bell).real
            if p > 1e-12:
                parts = (s * np.kron(a, np.eye(2)) + t * np.kron(np.eye(2), b)) / 3 + s * t * np.kron(a, b)
                found.append((p, parts / 4))
        choices.append(found)
    weights, sums = np.array([1.0]), np.eye(4)[None] / 4
    for found in choices:
        weights = np.concatenate([weights * p for p, _ in found])
        sums = np.concatenate([sums + part for _, part in found])
    return weights, sums


def test_inversion_is_right_on_average_and_the_nearest_state_is_not():
    """Exactly, over all 2^15 outcomes of one shot per setting on a perfect pair."""
    weights, found = one_round_of_each()
    assert len(weights) == 2**15 and weights.sum() == pytest.approx(1)
    truth = inverted(pauli_means(Pair(1, -1, 1)))
    assert np.allclose(np.einsum("n,nij->ij", weights, found), truth, atol=1e-12)
    wrong = (np.abs(found - truth) ** 2).sum(axis=(1, 2)) @ weights
    assert wrong == pytest.approx(inversion_error(pauli_means(Pair(1, -1, 1)), 1), abs=1e-12) == pytest.approx(2)
    assert purity(found) @ weights == pytest.approx(1 + wrong, abs=1e-12)  # too high by just that much
    assert state_fidelity(found) @ weights == pytest.approx(1, abs=1e-12)
    low, high = np.full(len(found), -3.0), np.full(len(found), 3.0)  # the same projection, found by halving
    values, vectors = np.linalg.eigh(found)
    for _ in range(60):
        level = (low + high) / 2
        much = np.maximum(values - level[:, None], 0).sum(axis=1) > 1
        low, high = np.where(much, level, low), np.where(much, high, level)
    overlaps = np.abs(np.einsum("i,nij->nj", [0.5**0.5, 0, 0, 0.5**0.5], vectors)) ** 2
    expected = (np.maximum(values - low[:, None], 0) * overlaps).sum(axis=1) @ weights
    assert state_fidelity(projected(found)) @ weights == pytest.approx(expected, abs=1e-9)
    assert expected == pytest.approx(0.646054, abs=5e-7)  # where the truth is 1


@pytest.fixture(scope="module")
def shrinking():
    """Mean projected fidelity of a perfect pair, and its scatter, for N rounds per setting."""
    rng, found = np.random.default_rng(11), {}
    for shots in (100, 400, 1600):
        rhos = []
        for _ in range(1500):
            means = {}
            for setting in SETTINGS:
                same = setting[0] == setting[1]
                if same:
                    product = -1 if setting == "YY" else 1
                    up = rng.binomial(shots, 0.5)
                    one, both = 2 * up / shots - 1, product
                    other = product * one
                else:
                    counts = rng.multinomial(shots, [0.25] * 4) @ np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1],
                                                                            [-1, -1, 1]]) / shots
                    one, other, both = counts
                a, b = setting.lower()
                means[a + b] = both
                means[a + "i"] = means.get(a + "i", 0) + one / 3
                means["i" + b] = means.get("i" + b, 0) + other / 3
            rhos.append(inverted(means))
        fidelity = state_fidelity(projected(np.array(rhos)))
        found[shots] = 1 - fidelity.mean(), fidelity.std() / math.sqrt(len(rhos)), fidelity.std()
    return found


def test_the_bias_shrinks_as_an_error_bar_does(shrinking):
    """Four times the rounds, half the bias: it stays as large against the scatter, so it never averages away."""
    for few, many in ((100, 400), (400, 1600)):
        ratio = shrinking[few][0] / shrinking[many][0]
        error = ratio * math.hypot(*(shrinking[n][1] / shrinking[n][0] for n in (few, many)))
        assert abs(ratio - 2) < 5 * error + 0.1
    for bias, error, scatter in shrinking.values():
        assert bias > 20 * error and bias > 2 * scatter


def test_the_error_of_inversion_is_what_it_says():
    protocol, shots = Tomography(link=DECAYING), 200
    truth = protocol.state(run(protocol))
    seen = [(np.abs(protocol.state(run(protocol, shots=shots, rng=seed)) - truth) ** 2).sum() for seed in range(60)]
    expected = inversion_error(pauli_means(DECAYING.pair()), shots)
    assert abs(np.mean(seen) - expected) < 5 * np.std(seen) / math.sqrt(len(seen))
    assert abs(np.mean(seen) - 2 * expected) > 5 * np.std(seen) / math.sqrt(len(seen))  # the test can fail


def test_sampled():
    protocol = Tomography(link=Link(source=PhotonPairSource(fidelity=0.8)), alice_readout=Readout(error_1=0.1))
    agrees(protocol, 4000, wrong=replace(protocol, alice_readout=Readout()))
    agrees(protocol, 2000, mode="shots", wrong=replace(protocol, link=Link()))


def test_refused_in_words():
    one, other = Tomography(), Tomography(alice_readout=Readout(error_1=0.1))
    with pytest.raises(ValueError, match="a run of this protocol; got result='Result'"):
        one.state(run(other))
    with pytest.raises(ValueError, match="all fifteen means must be there; got missing="):
        inverted({"xx": 1.0})
    assert len(PAULI_NAMES) == 15
