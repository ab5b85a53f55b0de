"""Landmark numbers of the closed forms, each also found by an independent calculation."""

import math

import numpy as np
import pytest

from qnetlab import Fiber, Link, Memory
from qnetlab.theory import published
from qnetlab.theory.memories import Decay, decay
from qnetlab.theory.qubit import PAULI_STATES
from qnetlab.theory.states import BELL_STATES, bell_fidelity, fresh_pair, store_pair, werner_visibility
from qnetlab.theory.superdense import GUESS_LIMIT, MESSAGES, PLAIN_BIT, capacity, success_probability
from qnetlab.theory.teleportation import average_fidelity, bob_vector, message_fidelity

ONE_SIDE = (decay(0.02, t1_s=0.05, t2_s=0.03), decay(0.0, t1_s=1.0, t2_s=1.0))
BOTH_SIDES = (decay(0.01, t1_s=0.1, t2_s=0.05),) * 2


@pytest.mark.parametrize(
    ("fidelity", "s"), [(0.80, 2.074180), (0.892, 2.421134), (0.92, 2.526728), (0.96, 2.677578)]
)
def test_bell_value_of_a_werner_state(fidelity, s):
    """Horodecki 1995."""
    assert published.werner_chsh(fidelity) == pytest.approx(s, abs=5e-7)


def test_bell_violation_starts_at_visibility_one_over_root_two():
    assert werner_visibility(0.780330) == pytest.approx(1 / math.sqrt(2), abs=1e-6)


@pytest.mark.parametrize(("pair", "mean"), [(0.5, 0.666667), (0.8, 0.866667), (0.95, 0.966667)])
def test_average_teleportation_fidelity(pair, mean):
    """Horodecki 1999; 2/3 is what measuring and phoning reaches (Massar and Popescu 1995)."""
    assert average_fidelity(pair) == pytest.approx(mean, abs=5e-7)


@pytest.mark.parametrize(
    ("state", "fidelity", "waiting", "kept"),
    [
        ("phi_plus", 1.0, BOTH_SIDES, 0.792107),
        ("psi_plus", 1.0, BOTH_SIDES, 0.787579),
        ("psi_minus", 1.0, BOTH_SIDES, 0.787579),
        ("phi_plus", 0.95, BOTH_SIDES, 0.756117),
        ("phi_plus", 1.0, ONE_SIDE, 0.674289),
        ("phi_plus", 0.90, ONE_SIDE, 0.617717),
    ],
)
def test_a_pair_that_waited(state, fidelity, waiting, kept):
    pair = store_pair(fresh_pair(state, fidelity, "white"), *waiting)
    assert bell_fidelity(pair, state) == pytest.approx(kept, abs=5e-7)


@pytest.mark.parametrize(
    ("message", "fidelity"),
    [("0", 0.835160), ("1", 0.835160), ("+", 0.756709), ("-", 0.756709), ("+i", 0.756709), ("-i", 0.756709)],
)
def test_one_message_over_a_pair_that_waited(message, fidelity):
    """Messages fare differently; their mean is (2f + 1)/3 for any pair (Bowen and Bose 2001)."""
    pair = store_pair(fresh_pair("phi_plus", 1.0, "white"), *ONE_SIDE)
    s = PAULI_STATES[message]
    assert message_fidelity(s, bob_vector(s, pair)) == pytest.approx(fidelity, abs=5e-7)
    mean = np.mean([message_fidelity(s, bob_vector(s, pair)) for s in PAULI_STATES.values()])
    assert mean == pytest.approx(0.782859, abs=5e-7)


@pytest.mark.parametrize("state", BELL_STATES)
def test_a_dephased_pair_is_matched_coins_at_one_half(state):
    pair = fresh_pair(state, 0.5, "dephasing")
    assert (pair.xx, pair.yy, abs(pair.zz)) == (0, 0, 1)
    assert bell_fidelity(pair, state) == 0.5


@pytest.mark.parametrize(("length_km", "t2_s", "kept"), [(50, 1e-3, 0.806393), (100, 10e-3, 0.953348)])
def test_both_memories_wait_for_the_herald(length_km, t2_s, kept):
    memory = Memory(t2_s=t2_s)
    link = Link(fiber=Fiber(length_km=length_km), alice_memory=memory, bob_memory=memory)
    assert link.heralded_fidelity == pytest.approx(kept, abs=5e-7)


@pytest.mark.parametrize(
    ("fields", "t_s", "kept"),
    [
        ({"write_efficiency": 0.76, "retrieval_lifetime_s": 0.22}, 0.1, 0.482400),
        ({"write_efficiency": 0.9, "read_efficiency": 0.8, "retrieval_lifetime_s": 5e-3}, 1e-3, 0.589486),
    ],
)
def test_read_out_efficiency(fields, t_s, kept):
    assert Memory(**fields).retrieval_efficiency(t_s) == pytest.approx(kept, abs=5e-7)


@pytest.mark.parametrize(
    ("length_km", "db_per_km", "extra_db", "arrives"),
    [(1, 0.2, 0, 0.954993), (100, 0.2, 0, 0.01), (75, 0.2, 1.5, 0.022387)],
)
def test_what_arrives_through_fiber(length_km, db_per_km, extra_db, arrives):
    fiber = Fiber(length_km=length_km, attenuation_db_per_km=db_per_km, insertion_loss_db=extra_db)
    assert fiber.transmittance == pytest.approx(arrives, abs=5e-7)


def test_a_satellite_distance_in_glass():
    assert Fiber(length_km=1203, attenuation_db_per_km=0.16).loss_db == pytest.approx(192.48, abs=1e-9)


@pytest.mark.parametrize(
    ("fidelity", "noise", "bits"),
    [
        (1.0, "white", 2.0),
        (0.95, "white", 1.634355),
        (0.90, "white", 1.372508),
        (0.25, "white", 0.0),
        (0.95, "dephasing", 1.713603),
        (0.90, "dephasing", 1.531004),
        (0.50, "dephasing", 1.0),
    ],
)
def test_capacity_of_superdense_coding(fidelity, noise, bits):
    """2 - H(four Bell fidelities), for flips alone 2 - h(p) (Bowen 2001; Hiroshima 2001)."""
    assert capacity(fresh_pair("phi_plus", fidelity, noise)) == pytest.approx(bits, abs=5e-7)


@pytest.mark.parametrize(("decayed", "bits"), [(0.0, 2.0), (0.1, 1.706377), (0.2, 1.501955)])
def test_capacity_of_a_pair_whose_receivers_half_decayed(decayed, bits):
    """1 + h((1 + g)/2) - h(g/2): the sender's half is as it was, and both need not be equal."""
    stored = store_pair(fresh_pair("phi_plus", 1.0, "white"), Decay(), decay(-math.log1p(-decayed), t1_s=1.0, t2_s=2.0))
    assert capacity(stored) == pytest.approx(bits, abs=1e-6)


def test_a_werner_pair_beats_a_plain_bit_only_far_above_where_it_is_entangled():
    below, above = (capacity(fresh_pair("phi_plus", f, "white")) for f in (0.810709, 0.810711))
    assert below < PLAIN_BIT < above
    assert success_probability("average", fresh_pair("phi_plus", 0.5, "white")) == pytest.approx(GUESS_LIMIT)


def test_a_pair_as_numbers_has_the_entropies_of_its_matrix():
    """The eigenvalues by hand against those of the 4 x 4 matrix."""
    pair = store_pair(fresh_pair("phi_plus", 0.9, "white"), decay(0.03, t1_s=0.1, t2_s=0.05), BOTH_SIDES[1])
    x, y, z = np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1])
    rho = (np.eye(4) + pair.xx * np.kron(x, x) + pair.yy * np.kron(y, y) + pair.zz * np.kron(z, z)
           + pair.za * np.kron(z, np.eye(2)) + pair.zb * np.kron(np.eye(2), z)) / 4

    def entropy(matrix):
        values = np.linalg.eigvalsh(matrix)
        return -sum(v * math.log2(v) for v in values if v > 0)

    rho_b = np.trace(rho.reshape(2, 2, 2, 2), axis1=0, axis2=2)
    assert capacity(pair) == pytest.approx(1 + entropy(rho_b) - entropy(rho), abs=1e-12)
    assert all(success_probability(m, pair) == pytest.approx(bell_fidelity(pair, "phi_plus")) for m in MESSAGES)
