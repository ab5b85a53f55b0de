"""Laws that hold for every setting, tried on random ones."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from qiskit.quantum_info import SuperOp

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
    run,
)
from qnetlab.noise.channels import aged_channel, channel
from qnetlab.theory.memories import DEPHASINGS
from qnetlab.theory.qubit import PAULI_STATES
from qnetlab.theory.states import BELL_STATES, bell_fidelity
from qnetlab.theory.superdense import MESSAGES, capacity, caught_probabilities
from qnetlab.theory.teleportation import average_fidelity

shares = st.floats(0, 1)
times = st.floats(1e-6, 1e3)
dephasings = st.sampled_from(DEPHASINGS)
memories = st.builds(lambda t1, k, how: Memory(t1_s=t1, t2_s=2 * t1 * k, dephasing=how), times, st.floats(1e-3, 1),
                     dephasings) | st.builds(lambda t2, how: Memory(t2_s=t2, dephasing=how), times, dephasings)
readouts = st.builds(lambda a, b: Readout(error_0=a * b, error_1=a * (1 - b)), shares, shares)
sources = st.builds(lambda f, n: PhotonPairSource(fidelity=f, noise=n), st.floats(0.5, 1),
                    st.sampled_from(["white", "dephasing"]))
gates = st.builds(lambda a, b: GateErrors(one_qubit=a / 2, two_qubit=3 * b / 4), shares, shares)
links = st.builds(lambda s, a, b, km: Link(source=s, fiber=Fiber(length_km=km), alice_memory=a, bob_memory=b),
                  sources, memories, memories, st.floats(0, 1000))


@given(memories, st.floats(0, 1e3), st.floats(0, 1e3))
def test_memories_are_channels(memory, duration_s, since_s):
    assert SuperOp(aged_channel(memory, duration_s, since_s, 1)).is_cptp(atol=1e-7)


@given(readouts, gates, sources)
def test_other_devices_are_channels(readout, gate, source):
    assert SuperOp(channel(readout, 0, 1)).is_cptp(atol=1e-7)
    assert SuperOp(channel(gate, 0, 1)).is_cptp(atol=1e-7) and SuperOp(channel(gate, 0, 2)).is_cptp(atol=1e-7)
    assert SuperOp(channel(source, 0, 2)).is_cptp(atol=1e-7)


@given(memories, times, times)
def test_waiting_twice_is_waiting_longer(memory, a, b):
    twice = SuperOp(channel(memory, a, 1)).compose(SuperOp(aged_channel(memory, b, a, 1)))
    assert np.allclose(twice.data, SuperOp(channel(memory, a + b, 1)).data, atol=1e-7)


@given(st.floats(0, 500), st.floats(0, 500), st.floats(0, 1))
def test_losses_multiply(a, b, alpha):
    both = Fiber(length_km=a + b, attenuation_db_per_km=alpha).transmittance
    each = [Fiber(length_km=x, attenuation_db_per_km=alpha).transmittance for x in (a, b)]
    assert both == pytest.approx(each[0] * each[1], rel=1e-9, abs=1e-300)


@given(st.sampled_from(BELL_STATES))
def test_ideal_devices_are_perfect(state):
    assert run(BellPair(state=state))["fidelity"].value == pytest.approx(1, abs=1e-12)


@given(st.floats(0, math.pi), st.floats(0, 2 * math.pi))
def test_every_message_arrives_over_a_perfect_link(theta_rad, phi_rad):
    assert Teleportation(message=(theta_rad, phi_rad)).theory()["fidelity"] == pytest.approx(1, abs=1e-12)
    assert Teleportation(message=(theta_rad, phi_rad), corrections="none").theory()["fidelity"] == pytest.approx(
        0.5, abs=1e-12)


@given(links, gates, readouts, readouts, st.sampled_from(["both", "x", "z", "none"]))
def test_fidelities_are_probabilities(link, gate, alice, bob, corrections):
    for number in Teleportation(link=link, gates=gate, alice_readout=alice, bob_readout=bob,
                                corrections=corrections).theory().values():
        assert -1e-12 <= number <= 1 + 1e-12


@given(links)
def test_bowen_bose(link):
    """(2f + 1)/3 for every pair of the family, whatever single messages suffer."""
    pair = link.pair(extra_b_s=link.fiber.delay_s)
    assert Teleportation(link=link).theory()["fidelity"] == pytest.approx(
        float(average_fidelity(bell_fidelity(pair, "phi_plus"))), abs=1e-12)


@given(links)
def test_the_four_bell_fidelities_sum_to_one(link):
    pair = link.pair()
    assert sum(float(bell_fidelity(pair, state)) for state in BELL_STATES) == pytest.approx(1, abs=1e-12)


@given(st.floats(0.25, 1), st.floats(0, 1))
def test_a_better_pair_never_teleports_worse(f, step):
    def average(fidelity):
        return Teleportation(link=Link(source=PhotonPairSource(fidelity=fidelity))).theory()["fidelity"]

    assert average(min(1.0, f + step * (1 - f))) >= average(f) - 1e-12


@given(readouts, st.sampled_from(list(PAULI_STATES)))
def test_a_readout_only_mixes(readout, message):
    got = Teleportation(message=message, bob_readout=readout).theory()["fidelity"]
    assert got == pytest.approx(1 - readout.error_0, abs=1e-12)


@given(links, gates, readouts)
def test_successes_are_probabilities(link, gate, readout):
    for number in SuperdenseCoding(link=link, gates=gate, bob_readout=readout).theory().values():
        assert -1e-12 <= number <= 1 + 1e-12


@given(links, st.sampled_from(MESSAGES))
def test_with_a_perfect_decoder_every_message_is_read_as_well_as_the_pair_is(link, message):
    pair = link.pair(extra_b_s=link.fiber.delay_s)
    assert SuperdenseCoding(link=link, message=message).theory()["success"] == pytest.approx(
        float(bell_fidelity(pair, "phi_plus")), abs=1e-12)


@given(links)
def test_a_pair_is_good_for_two_bits_at_most(link):
    pair = link.pair(extra_b_s=link.fiber.delay_s)
    assert -1e-9 <= capacity(pair) <= 2 + 1e-9


@given(links, st.sampled_from(MESSAGES))
def test_a_thief_reads_nothing_unless_alices_memory_decays(link, message):
    guesses = caught_probabilities(message, link.pair())
    assert sum(guesses.values()) == pytest.approx(1, abs=1e-12)
    assert max(guesses.values()) <= 1 / 2 + 1e-12
    if math.isinf(link.alice_memory.t1_s):
        assert set(guesses.values()) == {0.25}


@given(st.floats(0.25, 1), st.floats(0, 1))
def test_waiting_never_makes_a_pair_carry_more_under_dephasing(f, k):
    pairs = [Link(source=PhotonPairSource(fidelity=f), fiber=Fiber(length_km=km), alice_memory=Memory(t2_s=1e-3),
                  bob_memory=Memory(t2_s=1e-3)).pair() for km in (0, 300 * k)]
    assert capacity(pairs[1]) <= capacity(pairs[0]) + 1e-9
