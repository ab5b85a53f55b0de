"""What holds for every memory: waiting never helps, loss and dephasing do not mix, and modes only raise the rate."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnetlab import Fiber, Link, Memory, PhotonPairSource, Storage
from qnetlab.theory.memories import (
    DEPHASINGS,
    average_stored_fidelity,
    needed_t2_s,
    superposition_fidelity,
    useful_time_s,
)
from tests.laws.test_physics_laws import memories

waits = st.floats(0, 1e3)


@given(memories, waits, waits)
def test_waiting_longer_never_helps_what_lies_on_the_equator(memory, a, b):
    short, long = sorted((a, b))
    kept = [superposition_fidelity(memory.coherence(t_s)) for t_s in (short, long)]
    assert 0.5 <= kept[1] <= kept[0] <= 1
    assert memory.decay(short).relaxed <= memory.decay(long).relaxed <= 1
    assert memory.retrieval_efficiency(long) <= memory.retrieval_efficiency(short)


@given(memories, waits)
def test_coherence_never_outlives_the_populations(memory, t_s):
    """|rho_01| <= sqrt(rho_11): else no state would be left, but something impossible."""
    left = memory.decay(t_s)
    assert left.coherence <= math.sqrt(1 - left.relaxed) * (1 + 1e-12) + 1e-15
    assert 1 / 2 - 1e-12 <= float(average_stored_fidelity(left)) <= 1


@given(memories, waits, st.floats(1, 1e6))
def test_a_clock_in_other_units_sees_the_same(memory, t_s, scale):
    other = Memory(t1_s=memory.t1_s * scale, t2_s=min(memory.t2_s * scale, 2 * memory.t1_s * scale),
                   dephasing=memory.dephasing)
    assert other.coherence_exponent(t_s * scale) == pytest.approx(memory.coherence_exponent(t_s), rel=1e-9, abs=1e-12)


@given(memories, st.floats(0, 10), st.floats(0, 1), st.floats(0, 1))
def test_lost_and_wrong_do_not_mix(memory, wait_s, write, read):
    plain = Storage(memory=memory, wait_s=wait_s).theory()
    lossy = Storage(memory=dataclasses.replace(memory, write_efficiency=write, read_efficiency=read), wait_s=wait_s)
    assert lossy.theory()["fidelity"] == plain["fidelity"]
    assert lossy.theory()["returned"] == pytest.approx(write * read * plain["returned"], abs=1e-12)


@given(memories, st.integers(1, 10**6), st.floats(1, 1000), st.floats(1e2, 1e9))
def test_modes_raise_the_rate_up_to_the_source_and_change_no_pair(memory, modes, length_km, rate_hz):
    source = PhotonPairSource(fidelity=0.9, repetition_rate_hz=rate_hz)
    one = Link(source=source, fiber=Fiber(length_km=length_km), alice_memory=memory, bob_memory=memory)
    many = dataclasses.replace(one, alice_memory=dataclasses.replace(memory, modes=modes),
                               bob_memory=dataclasses.replace(memory, modes=modes + 1))
    gain = many.pair_rate_hz / one.pair_rate_hz
    assert 1 - 1e-12 <= gain <= modes * (1 + 1e-12)
    assert many.pair_rate_hz <= rate_hz * (1 + 1e-12)
    assert many.heralded_fidelity == one.heralded_fidelity
    assert one.success_probability <= many.round_success_probability + 1e-15


@given(st.floats(0.501, 0.999), st.floats(1e-6, 1e3), st.sampled_from(DEPHASINGS), st.sampled_from([1, 2]))
def test_a_pair_is_useful_as_long_as_it_is_entangled(fidelity, t2_s, dephasing, halves):
    end_s = useful_time_s(fidelity, t2_s=t2_s, dephasing=dephasing, halves=halves)
    memory = Memory(t2_s=t2_s, dephasing=dephasing)
    for share, entangled in ((0.98, True), (1.02, False)):
        left = memory.coherence(share * end_s) ** halves
        assert (fidelity * (1 + left) / 2 + (1 - fidelity) * (1 - left) / 6 > 0.5) == entangled


@given(waits, st.floats(0.501, 0.9999))
def test_a_gaussian_memory_needs_less_above_the_1_over_e_fidelity_and_more_below(wait_s, fidelity):
    quick, slow = (needed_t2_s(wait_s, fidelity, dephasing=how) for how in DEPHASINGS)
    if fidelity > (1 + 1 / math.e) / 2:
        assert slow <= quick
    else:
        assert slow >= quick * (1 - 1e-12)
