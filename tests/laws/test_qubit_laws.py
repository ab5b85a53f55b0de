"""Laws of one qubit and of its copies, tried on random ones."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnetlab import Cloning, Estimate, Outcomes, PrepareAndMeasure
from qnetlab.theory.cloning import CLONING_LIMIT, COPIERS, copy_vectors
from qnetlab.theory.counting import contrast_error, rounds_needed, share_std_error
from qnetlab.theory.qubit import state_vector
from tests.laws.test_physics_laws import gates, readouts, shares

states = st.tuples(st.floats(0, math.pi), st.floats(0, 2 * math.pi))


@given(states, readouts)
def test_every_pure_state_is_certain_along_its_own_axis(state, readout):
    got = PrepareAndMeasure(state=state, axis=state, bob_readout=readout).theory()["probability_0"]
    assert got == pytest.approx(1 - readout.error_0, abs=1e-12)


@given(states, readouts)
def test_a_fair_coin_looks_the_same_along_every_axis(axis, readout):
    got = PrepareAndMeasure(axis=axis, bob_readout=readout).theory()["coin_probability_0"]
    assert got == pytest.approx((1 - readout.error_0 + readout.error_1) / 2, abs=1e-12)


@given(states, states)
def test_which_of_two_states_is_asked_of_which_does_not_matter(a, b):
    one, other = PrepareAndMeasure(state=a, axis=b).theory(), PrepareAndMeasure(state=b, axis=a).theory()
    assert one["probability_0"] == pytest.approx(other["probability_0"], abs=1e-12)


@given(states)
def test_no_superposition_is_a_coin(state):
    """Whatever the odds along Z, some axis tells the state from the coin of the same odds, unless it is a pole."""
    odds = PrepareAndMeasure(state=state).theory()["probability_0"]
    seen = PrepareAndMeasure(state=state, axis=state, coin_probability_1=1 - odds).theory()
    assert seen["probability_0"] - seen["coin_probability_0"] == pytest.approx(math.sin(state[0]) ** 2 / 2, abs=1e-12)


@given(states, gates, readouts, readouts, st.sampled_from(COPIERS))
def test_fidelities_of_copies_are_probabilities(state, gate, alice, bob, copier):
    for original in (state, "average"):
        for number in Cloning(original=original, copier=copier, gates=gate, alice_readout=alice,
                              bob_readout=bob).theory().values():
            assert -1e-12 <= number <= 1 + 1e-12


@given(gates, readouts, st.sampled_from(COPIERS))
def test_no_copier_beats_five_sixths_on_average(gate, alice, copier):
    noisy = Cloning(copier=copier, gates=gate, alice_readout=alice).theory()["fidelity"]
    assert noisy <= Cloning(copier=copier).theory()["fidelity"] + 1e-12 <= CLONING_LIMIT + 2e-12


@given(states)
def test_the_universal_copier_treats_every_original_alike(state):
    theory = Cloning(original=state, copier="universal").theory()
    assert theory["fidelity_bob"] == pytest.approx(5 / 6, abs=1e-12)
    assert theory["fidelity_charlie"] == pytest.approx(5 / 6, abs=1e-12)


@given(states)
def test_the_cnot_copier_cares_for_the_height_only(state):
    assert Cloning(original=state).theory()["fidelity"] == pytest.approx(
        1 / 2 + math.cos(state[0]) ** 2 / 2, abs=1e-12)


@given(states, gates, readouts, st.sampled_from(COPIERS))
def test_a_copy_is_a_state(state, gate, alice, copier):
    copies = copy_vectors(state_vector(state), copier, one_qubit_error=gate.one_qubit, two_qubit_error=gate.two_qubit,
                          error_0=alice.error_0, error_1=alice.error_1)
    for copy in copies:
        assert np.linalg.norm(copy) <= 1 + 1e-12


@given(shares, st.integers(1, 10**6))
def test_a_hundred_times_the_rounds_are_ten_times_surer(p, n):
    assert share_std_error(p, 100 * n) == pytest.approx(share_std_error(p, n) / 10, rel=1e-12)


@given(st.floats(0.01, 0.99), st.floats(1e-4, 0.1))
def test_the_rounds_needed_are_enough_and_not_one_too_many(p, error):
    n = rounds_needed(p, error)
    assert share_std_error(p, n) <= error * (1 + 1e-6)
    assert n == 1 or share_std_error(p, n - 1) > error * (1 - 1e-6)


@given(st.floats(0, 1e6))
def test_contrast_is_right_over_wrong(contrast):
    wrong = contrast_error(contrast)
    assert (1 - wrong) / wrong == pytest.approx(contrast, rel=1e-6, abs=1e-9)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_a_mean_of_scores_is_as_sure_as_its_scatter(a, b, c, d):
    n = a + b + c + d
    if not n:
        return
    seen = Outcomes(registers=[("x", 1), ("y", 1)], weights={"0 0": a, "0 1": b, "1 0": c, "1 1": d}, n=n)
    mean = seen.mean(lambda key: key.count("0") / 2)
    assert mean.value == pytest.approx((2 * a + b + c) / (2 * n))
    plain = np.std([1.0] * a + [0.5] * (b + c) + [0.0] * d) / math.sqrt(n)
    assert mean.std_error > 0 and (n < 100 or mean.std_error == pytest.approx(plain, rel=0.3, abs=2 / n))


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_mean_of_a_yes_or_no_is_its_proportion(k, rest):
    seen = Outcomes(registers=[("x", 1)], weights={"0": k, "1": rest}, n=k + rest)
    mean, share = seen.mean(lambda key: float(key == "0")), Estimate.proportion(k, k + rest)
    assert (mean.value, mean.std_error) == pytest.approx((share.value, share.std_error), rel=1e-9)
