"""A memory's decay: closed form, Aer's channel and the physics that one might believe instead."""

import dataclasses
import itertools
import math

import numpy as np
import pytest
from qiskit import QuantumCircuit
from qiskit.quantum_info import DensityMatrix, SuperOp

from qnetlab import (
    GHZ,
    Fiber,
    Link,
    Memory,
    PhotonPairSource,
    Purification,
    SuperdenseCoding,
    Swapping,
    Teleportation,
    run,
)
from qnetlab.circuits.markers import Marker
from qnetlab.noise.binding import bind
from qnetlab.noise.channels import aged_channel
from qnetlab.theory.memories import DEPHASINGS, coherence_exponent

MEMORIES = [Memory(t1_s=t1_s, t2_s=t2_s, dephasing=dephasing) for dephasing in DEPHASINGS
            for t1_s, t2_s in [(math.inf, 1e-3), (1e-3, 2e-3), (1e-3, 1.9e-3), (2e-3, 1e-3), (1.0, 1e-3),
                               (math.inf, None)]]
WAITS = [(t_s, since_s) for t_s in (0.0, 1e-7, 3e-4, 2e-3) for since_s in (0.0, 5e-4)]


@pytest.mark.parametrize("memory", MEMORIES, ids=range(len(MEMORIES)))
@pytest.mark.parametrize(("t_s", "since_s"), WAITS)
def test_aers_channel_is_the_closed_form(memory, t_s, since_s):
    """On |1> and |+>, which between them show relaxation and coherence."""
    operator = SuperOp(aged_channel(memory, t_s, since_s, 1))
    decay = memory.decay(t_s, since_s)
    excited, plus = (DensityMatrix.from_label(label).evolve(operator).data for label in "1+")
    assert excited[0, 0] == pytest.approx(decay.relaxed, abs=1e-9)
    assert 2 * plus[0, 1] == pytest.approx(decay.coherence, abs=1e-9)


@pytest.mark.parametrize("memory", MEMORIES, ids=range(len(MEMORIES)))
def test_t2_is_the_1_over_e_time_and_a_wait_may_be_cut_in_two(memory):
    if math.isfinite(memory.t2_s):
        assert memory.coherence(memory.t2_s) == pytest.approx(1 / math.e, rel=1e-12)
    whole, first, then = memory.decay(9e-4), memory.decay(2e-4), memory.decay(7e-4, since_s=2e-4)
    assert whole.coherence == pytest.approx(first.coherence * then.coherence, rel=1e-12)
    assert 1 - whole.relaxed == pytest.approx((1 - first.relaxed) * (1 - then.relaxed), rel=1e-12)


def test_at_twice_t1_nothing_but_relaxation_is_left():
    for t_s, since_s in WAITS:
        slow, quick = (Memory(t1_s=1e-3, dephasing=how).decay(t_s, since_s) for how in DEPHASINGS)
        assert slow == pytest.approx(quick, rel=1e-12)


def test_a_gaussian_memory_is_better_before_t2_and_worse_after():
    slow, quick = (Memory(t1_s=5e-3, t2_s=1e-3, dephasing=how) for how in ("gaussian", "exponential"))
    assert all(slow.coherence(t_s) > quick.coherence(t_s) for t_s in (1e-5, 5e-4, 9.9e-4))
    assert all(slow.coherence(t_s) < quick.coherence(t_s) for t_s in (1.01e-3, 3e-3))


def test_arrays_and_the_ends_of_the_range():
    t_s = np.array([0.0, 1e-3, 2e-3])
    both = {"t1_s": math.inf, "t2_s": math.inf}, {"t1_s": 1e-3, "t2_s": 2e-3}
    for memory, how in itertools.product(both, DEPHASINGS):
        exponents = coherence_exponent(t_s, **memory, dephasing=how, since_s=1.0)
        assert exponents.tolist() == [Memory(**memory, dephasing=how).coherence_exponent(float(t), 1.0) for t in t_s]
    assert Memory(t2_s=1e-9, dephasing="gaussian").coherence(1e3) == 0.0
    nothing = SuperOp(aged_channel(Memory(t1_s=1.0, t2_s=1e-200, dephasing="gaussian"), 1e3, 0.0, 1))
    assert DensityMatrix.from_label("+").evolve(nothing).data[0, 1] == pytest.approx(0, abs=1e-12)
    for bad in ({"t_s": -1.0}, {"t_s": 1.0, "since_s": -1.0}, {"t_s": math.nan}):
        with pytest.raises(ValueError, match="must satisfy 0 <="):
            Memory().decay(**bad)


def test_a_marker_says_since_when():
    circuit = QuantumCircuit(1)
    circuit.h(0)
    circuit.append(Marker("memory:bob", duration_s=3e-4), [0])
    circuit.append(Marker("memory:bob", duration_s=4e-4, since_s=3e-4), [0])
    memory = Memory(t1_s=1e-2, t2_s=1e-3, dephasing="gaussian")
    [twice] = [DensityMatrix(bind(circuit, {"memory:bob": memory})).data]
    assert 2 * twice[0, 1] == pytest.approx(memory.coherence(7e-4), abs=1e-12)
    assert memory.coherence(7e-4) < memory.coherence(3e-4) * memory.coherence(4e-4) - 0.05  # no fresh start


@pytest.mark.parametrize("how", DEPHASINGS)
def test_bob_waits_on_when_the_herald_is_there(how):
    """Herald, then bits: one wait of twice the length. A clock that starts anew would differ visibly."""
    bob = Memory(t1_s=0.01, t2_s=1e-3, dephasing=how)
    link = Link(source=PhotonPairSource(fidelity=0.95), fiber=Fiber(length_km=100), bob_memory=bob)
    protocol = Teleportation(message="+", link=link)
    wait_s = link.wait_s
    expected = (1 + (4 * 0.95 - 1) / 3 * bob.coherence(2 * wait_s)) / 2
    assert protocol.theory()["fidelity"] == pytest.approx(expected, abs=1e-12)
    assert run(protocol)["fidelity"].value == pytest.approx(expected, abs=1e-9)
    anew = (1 + (4 * 0.95 - 1) / 3 * bob.coherence(wait_s) ** 2) / 2
    assert (abs(anew - expected) > 0.05) == (how == "gaussian")


def test_purified_pairs_age():
    memory = Memory(t2_s=2e-3, dephasing="gaussian")
    link = Link(source=PhotonPairSource(fidelity=0.9), fiber=Fiber(length_km=100), alice_memory=memory,
                bob_memory=memory)
    for schedule in ("recurrence", "pumping"):
        protocol = Purification(link=link, rounds=2, schedule=schedule)
        assert run(protocol)["fidelity"].value == pytest.approx(protocol.theory()["fidelity"], abs=1e-9)


def test_modes_raise_the_rate_and_nothing_else():
    memory = Memory(t2_s=1e-2, write_efficiency=0.5)
    one = Link(fiber=Fiber(length_km=50, attenuation_db_per_km=0.2), alice_memory=memory, bob_memory=memory)
    many = dataclasses.replace(one, alice_memory=dataclasses.replace(memory, modes=10),
                               bob_memory=dataclasses.replace(memory, modes=40))
    assert (one.modes, many.modes) == (1, 10)
    assert many.pair_rate_hz == pytest.approx(10 * one.pair_rate_hz, rel=1e-12)
    assert many.success_probability == one.success_probability and many.heralded_fidelity == one.heralded_fidelity
    p = one.success_probability
    assert many.round_success_probability == pytest.approx(1 - (1 - p) ** 10, rel=1e-12)
    assert many.round_time_s == pytest.approx(one.wait_s, rel=1e-12)
    assert one.round_success_probability == pytest.approx(p, rel=1e-12)
    assert Link().round_success_probability == 1.0
    # A slow source is what limits, then.
    slow = dataclasses.replace(many, source=PhotonPairSource(repetition_rate_hz=1e3))
    assert slow.attempt_time_s == 1e-3 and slow.round_time_s == pytest.approx(1e-2)


def test_modes_as_a_clock_of_attempts():
    """Attempts counted one by one: an attempt begins when the source is ready and a mode is free."""
    for modes, rate_hz in ((1, 1e6), (4, 1e6), (7, 2e4), (3, 1e3)):
        memory = Memory(modes=modes)
        link = Link(source=PhotonPairSource(repetition_rate_hz=rate_hz), fiber=Fiber(length_km=50), alice_memory=memory,
                    bob_memory=memory)
        free_at, now, count = [0.0] * modes, 0.0, 20_000
        for k in range(count):
            now = max(now + (1 / rate_hz if k else 0.0), min(free_at))
            free_at[free_at.index(min(free_at))] = now + link.wait_s
        assert now / count == pytest.approx(link.attempt_time_s, rel=2e-3)


AGED = Link(source=PhotonPairSource(fidelity=0.95), fiber=Fiber(length_km=80),
            alice_memory=Memory(t1_s=4e-3, t2_s=1e-3, dephasing="gaussian"),
            bob_memory=Memory(t2_s=1.2e-3, dephasing="gaussian"))
SHORT = dataclasses.replace(AGED, fiber=Fiber(length_km=30))


@pytest.mark.parametrize("protocol", [
    GHZ(links=(AGED, SHORT)), Swapping(links=(SHORT, AGED)), SuperdenseCoding(link=AGED), Teleportation(link=AGED),
    Purification(link=AGED, rounds=2)], ids=lambda protocol: type(protocol).__name__)
def test_every_protocol_lets_a_gaussian_memory_age(protocol):
    """Circuit and closed form agree, and neither takes the coherence for an exponential."""
    theory = protocol.theory()
    for name, number in theory.items():
        assert run(protocol)[name].value == pytest.approx(number, abs=1e-9), name

    def quick(link):
        return dataclasses.replace(link, **{f"{who}_memory": dataclasses.replace(
            getattr(link, f"{who}_memory"), dephasing="exponential") for who in ("alice", "bob")})

    many = hasattr(protocol, "links")
    where = {"links": tuple(map(quick, protocol.links))} if many else {"link": quick(protocol.link)}
    key = "fidelity" if "fidelity" in theory else next(iter(theory))
    assert abs(dataclasses.replace(protocol, **where).theory()[key] - theory[key]) > 1e-3
