"""Laws of swapping and purification that hold for every setting, tried on random ones."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab import GateErrors, Link, PhotonPairSource, Purification, Swapping, run
from qnetlab.noise.model import as_noise_model
from qnetlab.theory.noisy_rounds import Side, as_state, compare_round, phi_plus_fidelity, read_out, rotated, twirled
from qnetlab.theory.purification import dejmps, staircase, werner_weights
from qnetlab.theory.states import Pair
from tests.laws.test_physics_laws import links, readouts

gate_errors = st.builds(GateErrors, one_qubit=st.floats(0, 0.5), two_qubit=st.floats(0, 0.75))
methods, schedules = st.sampled_from(["bbpssw", "dejmps", "plain"]), st.sampled_from(["recurrence", "pumping"])
weights = st.lists(st.floats(0.001, 1), min_size=4, max_size=4).map(lambda shares: np.array(shares) / sum(shares))
PAULIS = np.array([np.eye(2), [[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])


def density(state):
    return sum(state[i, j] * np.kron(PAULIS[i], PAULIS[j]) for i in range(4) for j in range(4)) / 4


@settings(deadline=None)
@given(links, methods, schedules, st.integers(1, 4), gate_errors, readouts, readouts)
def test_every_kept_pair_is_a_state_and_every_chance_a_probability(link, method, schedule, rounds, gates, alice, bob):
    protocol = Purification(link=link, method=method, schedule=schedule, rounds=rounds, gates=gates,
                            alice_readout=alice, bob_readout=bob)
    state, successes = protocol._follow()
    assert all(-1e-12 <= success <= 1 + 1e-12 for success in successes)
    assert np.trace(density(state)).real == pytest.approx(1)
    assert np.linalg.eigvalsh(density(state)).min() > -1e-9
    assert protocol.theory()["raw_pairs"] >= protocol.pairs - 1e-9


@given(methods, schedules, st.integers(1, 12))
def test_perfect_pairs_stay_perfect_and_cost_what_is_given_up(method, schedule, rounds):
    told = Purification(method=method, schedule=schedule, rounds=rounds).theory()
    assert told["fidelity"] == pytest.approx(1) and told["raw_pairs"] == pytest.approx(
        rounds + 1 if schedule == "pumping" else 2**rounds)


@given(weights, weights)
def test_nothing_entangled_comes_out_of_nothing_entangled(kept, given_up):
    """No Bell state above one half going in: none coming out, whatever turns and however noisy."""
    def halved(shares):  # no share above one half
        top = max(shares)
        return shares if top <= 0.5 else np.where(shares == top, 0.5, shares * 0.5 / (1 - top))

    state, _ = dejmps(type(werner_weights(0.5))(*halved(kept)), type(werner_weights(0.5))(*halved(given_up)))
    assert max(state) <= 0.5 + 1e-9 and sum(state) == pytest.approx(1)


@given(st.floats(0.51, 0.99), st.integers(1, 8))
def test_each_round_with_perfect_gates_gains_and_costs(fidelity, rounds):
    for method in ("bbpssw", "dejmps"):
        stairs = staircase(werner_weights(fidelity), method, rounds)
        assert stairs[0].fidelity > fidelity and stairs[-1].raw_pairs >= 2**rounds
    bbpssw = [stair.fidelity for stair in staircase(werner_weights(fidelity), "bbpssw", rounds)]
    assert bbpssw == sorted(bbpssw)


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1))
def test_turning_and_twirling_keep_the_fidelity(xx, yy, zz):
    state = as_state(Pair(xx, yy, zz))
    for made in (twirled(state), rotated(state)):
        assert phi_plus_fidelity(made) == pytest.approx(phi_plus_fidelity(state), abs=1e-12)


def test_blind_readouts_learn_nothing():
    blind = Side(contrast=0.0)
    werner = as_state(Pair(0.6, -0.6, 0.6))
    state, success = compare_round(werner, werner, blind, blind)
    assert success == pytest.approx(0.5)
    assert phi_plus_fidelity(state) < phi_plus_fidelity(werner)  # the signs of the other pair came in
    assert read_out(state, blind) == (0.0, 0.0, 0.0)


@given(links, links, readouts, gate_errors)
def test_a_swapped_pair_is_a_state_and_the_bits_only_help(first, other, readout, gates):
    chain = Swapping(links=(first, other, other), gates=gates, station_readout=readout)
    pair = chain.final_pair()
    assert np.linalg.eigvalsh(density(as_state(pair))).min() > -1e-9
    quiet = dataclasses.replace(chain, corrections="none").final_pair()
    assert quiet.xx == quiet.yy == 0


def test_the_random_turns_are_the_same_noise_as_a_noise_model():
    """Also where somebody uses the simulator with a noise model of their own."""
    from qiskit_aer import AerSimulator

    protocol = Purification(link=Link(source=PhotonPairSource(fidelity=0.8, noise="dephasing")))
    circuits, model = as_noise_model(protocol)
    simulator = AerSimulator(noise_model=model, seed_simulator=4, max_parallel_threads=1)
    counts = simulator.run(circuits["XX"], shots=20000).result().get_counts()
    agreeing = {key: n for key, n in counts.items() if key.split()[-1] == key.split()[-2]}  # a2 and b2 come last
    share = sum(agreeing.values()) / 20000
    exact = run(protocol)
    assert share == pytest.approx(exact["success_1"].value, abs=5 * 0.003)
    even = sum(n for key, n in agreeing.items() if key.split()[0] == key.split()[1])
    assert 2 * even / sum(agreeing.values()) - 1 == pytest.approx(exact["xx"].value, abs=5 * 0.01)
