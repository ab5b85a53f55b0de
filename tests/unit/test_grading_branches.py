"""Following a circuit branch by branch gives what deferring all measurements gives; crossing is judged by the state."""

from __future__ import annotations

import numpy as np
import pytest
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister
from qiskit.circuit.library import CCXGate, CRYGate, HGate, SwapGate, TGate, UGate

from qnetlab.circuits.markers import Marker
from qnetlab.grading.answers import Unreadable
from qnetlab.grading.behavior import behavior
from qnetlab.grading.branches import follow
from qnetlab.grading.exercises import find
from tests.exercises.oracle import whole_effect


def random_circuit(rng):
    """Gates, measurements into bits of their own, resets, and gates under conditions on bits and registers."""
    circuit = QuantumCircuit(QuantumRegister(3, "q"), ClassicalRegister(1, "a"), ClassicalRegister(2, "b"))
    unread = [0, 1, 2]
    for _ in range(14):
        kind = rng.integers(7)
        if kind == 0 and unread:
            circuit.measure(int(rng.integers(3)), unread.pop(0))
        elif kind == 1:
            circuit.reset(int(rng.integers(3)))
        elif kind == 2:
            with circuit.if_test((circuit.clbits[int(rng.integers(3))], int(rng.integers(2)))):
                random_gate(circuit, rng)
                random_gate(circuit, rng)
        elif kind == 3:
            with circuit.if_test((circuit.cregs[1], int(rng.integers(4)))):
                random_gate(circuit, rng)
        else:
            random_gate(circuit, rng)
    return circuit


def random_gate(circuit, rng):
    gate = [HGate(), TGate(), UGate(*rng.uniform(0, 3, 3)), CRYGate(rng.uniform(0, 3)), SwapGate(), CCXGate()][
        int(rng.integers(6))]
    circuit.append(gate, rng.permutation(3)[: gate.num_qubits].tolist())


@pytest.mark.parametrize("seed", range(40))
def test_random_dynamic_circuits_agree_with_deferred_measurements(seed):
    rng = np.random.default_rng(seed)
    circuit = random_circuit(rng)
    given, output = rng.permutation(3)[: rng.integers(0, 3)].tolist(), rng.permutation(3)[: rng.integers(1, 3)].tolist()
    expected = whole_effect(circuit, given, output, [0, 1, 2])
    branches = follow(circuit, given)
    split = branches.amplitudes
    moved = np.moveaxis(split, [1 + q for q in output], range(1, 1 + len(output)))
    moved = moved.reshape(len(branches.bits), 2 ** len(output), -1, 2 ** len(given))
    found = np.zeros_like(expected)
    for bits, branch in zip(branches.bits, moved, strict=True):
        flat = branch.transpose(2, 0, 1).reshape(2 ** (len(given) + len(output)), -1) / np.sqrt(2 ** len(given))
        found[int("".join(map(str, bits)), 2)] += flat @ flat.conj().T
    assert np.allclose(found, expected, atol=1e-10)
    choi = branches.choi(output)
    assert np.trace(choi.sum(axis=0)) == pytest.approx(1)


def test_output_of_a_state_is_what_the_state_becomes():
    circuit = QuantumCircuit(2, 1)
    circuit.cx(0, 1)
    circuit.measure(0, 0)
    branches = follow(circuit, given=[0])
    outputs = branches.output([1], np.array([0.6, 0.8]))
    assert {tuple(bits): np.round(np.diag(rho).real, 6).tolist() for bits, rho in zip(branches.bits.tolist(), outputs,
                                                                                        strict=True)} == {
        (0,): [0.36, 0.0], (1,): [0.0, 0.64]}


def test_markers_barriers_delays_and_composites_are_understood():
    inner = QuantumCircuit(1, 1, name="inner")
    inner.h(0)
    inner.measure(0, 0)
    circuit = QuantumCircuit(1, 2)
    circuit.append(Marker("memory:bob", duration_s=1e-3), [0])
    circuit.barrier()
    circuit.delay(100, 0)
    circuit.initialize([0, 1], 0)
    circuit.measure(0, 0)
    circuit.append(inner.to_instruction(), [0], [1])
    found = follow(circuit, [])
    weights = np.sum(abs(found.amplitudes) ** 2, axis=(1, 2))
    assert dict(zip(map(tuple, found.bits.tolist()), weights.round(9).tolist(), strict=True)) == {
        (1, 0): 0.5, (1, 1): 0.5}


# ------------------------------------------------------------------------------------------ what crosses

FORM = find("teleport.correct").spec.circuit


def alice_and_bob(*steps, extra=0):
    circuit = QuantumCircuit(3 + extra, 4)
    for step in steps:
        step(circuit)
    seen = behavior(circuit, FORM)
    return seen.quantum_wire, seen.bits_sent


def pair(circuit):
    circuit.h(1)
    circuit.cx(1, 2)


def bell(circuit):
    circuit.cx(0, 1)
    circuit.h(0)


def read(circuit):
    circuit.measure([0, 1], [0, 1])


def correct(circuit):
    with circuit.if_test((circuit.clbits[1], 1)):
        circuit.x(2)
    with circuit.if_test((circuit.clbits[0], 1)):
        circuit.z(2)


def correct_x(circuit):
    with circuit.if_test((circuit.clbits[1], 1)):
        circuit.x(2)


def correct_z(circuit):
    with circuit.if_test((circuit.clbits[0], 1)):
        circuit.z(2)


def own_bit(circuit):
    with circuit.if_test((circuit.clbits[2], 1)):
        circuit.x(2)


@pytest.mark.parametrize(("name", "expected", "steps"), [
    ("teleportation", (False, 2), (pair, bell, read, correct)),
    ("the pair made by bob", (False, 2), (lambda c: c.h(2), lambda c: c.cx(2, 1), bell, read, correct)),
    ("the pair made twice over", (False, 2), (pair, lambda c: c.swap(1, 2), bell, read, correct)),
    ("controlled gates", (True, 0), (pair, bell, lambda c: c.cx(1, 2), lambda c: c.cz(0, 2))),
    ("measured, then controlled gates", (True, 0), (pair, bell, read, lambda c: c.cx(1, 2), lambda c: c.cz(0, 2))),
    ("the message carried over", (True, 0), (lambda c: c.swap(0, 2),)),
    ("a gate before the message is touched", (False, 0), (lambda c: c.cx(1, 2), lambda c: c.x(0))),
    ("the message touched and let go", (False, 0), (lambda c: c.cx(0, 1), lambda c: c.cx(0, 1), pair)),
    ("a gate between that could be earlier", (False, 0),
     (lambda c: c.h(1), lambda c: c.cp(0.3, 0, 1), lambda c: c.cx(1, 2), lambda c: c.cp(-0.3, 0, 1))),
    ("one bit", (False, 1), (pair, bell, read, correct_x)),
    ("bob's own bit", (False, 0), (pair, lambda c: c.measure(2, 2), own_bit)),
    ("a bit read twice is two bits", (False, 2),
     (lambda c: c.h([0, 1]), lambda c: c.measure(0, 0), correct_z, lambda c: c.measure(1, 0), correct_z)),
], ids=lambda value: value if isinstance(value, str) else "")
def test_what_crosses(name, expected, steps):
    assert alice_and_bob(*steps) == expected


def test_a_courier_qubit_is_a_quantum_wire():
    """An extra qubit that first meets Alice is hers: handing it to Bob carries the message across."""
    def courier(circuit):
        circuit.swap(0, 3)
        circuit.swap(3, 2)

    assert alice_and_bob(courier, extra=1) == (True, 0)


def test_gates_between_the_parties_without_end_are_refused_in_words():
    def endless(circuit):
        for qubit in (3, 4, 5, 6, 7):
            circuit.cx(0, qubit)
            circuit.ry(0.3, qubit)
        for _ in range(2000):
            circuit.cx(1, 2)

    with pytest.raises(Unreadable, match="too many gates between the parties"):
        alice_and_bob(endless, extra=5)


def test_an_encrypted_qubit_is_a_quantum_wire():
    """Scrambled by two random bits of Alice's, the qubit that crosses looks like noise, yet it carries the message."""
    def padded(circuit):
        circuit.h([3, 4])
        circuit.measure([3, 4], [2, 3])
        with circuit.if_test((circuit.clbits[2], 1)):
            circuit.x(0)
        with circuit.if_test((circuit.clbits[3], 1)):
            circuit.z(0)
        circuit.swap(0, 2)
        with circuit.if_test((circuit.clbits[3], 1)):
            circuit.z(2)
        with circuit.if_test((circuit.clbits[2], 1)):
            circuit.x(2)

    assert alice_and_bob(padded, extra=2)[0]
