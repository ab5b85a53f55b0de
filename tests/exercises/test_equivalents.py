"""A circuit is judged by what it does: every other way to write it passes, every gate that matters must be there."""

from __future__ import annotations

import numpy as np
import pytest
from qiskit import ClassicalRegister, QuantumCircuit

from qnetlab.grading.exercises import find, known_ids, roots
from qnetlab.grading.judging import judge
from qnetlab.grading.kets import ket
from qnetlab.grading.misconceptions import read_misconceptions
from qnetlab.grading.spec import CIRCUITS
from tests.exercises.equivalents import VARIANTS, deletions, equivalent, flat
from tests.exercises.oracle import whole_effect

CIRCUIT_EXERCISES = [name for name in known_ids() if find(name).spec.equivalence in CIRCUITS]
EQUIVALENTS = 100
THINNED = 6  # of how many equivalents, beside the reference, every single deletion is tried


def verdict(exercise, circuit):
    return judge(exercise, circuit, {}, read_misconceptions(roots()))


def effect(exercise, circuit):
    """The oracle's view: from the given qubits to what the task looks at."""
    form = exercise.spec.circuit
    qubit = {register.name: circuit.find_bit(register[0]).index for register in circuit.qregs}
    bit = {register.name: circuit.find_bit(register[0]).index for register in circuit.cregs}
    looked_at = [] if form.output else [bit[name] for name in form.bits]
    found = whole_effect(circuit, [qubit[n] for n in form.given], [qubit[n] for n in form.output], looked_at)
    if not form.inputs_only:
        return found
    size = 2 ** len(form.given)
    split = found.reshape(len(found), size, found.shape[1] // size, size, -1)
    return np.array([size * np.einsum("i,biajc,j->bac", ket(state), split, ket(state).conj())
                     for _, state in form.inputs])


def rewritings(exercise, count):
    form = exercise.spec.circuit
    groups = [list(members) for _, members in form.parties] or [list(form.qubits)]
    reference = exercise.reference({})
    for number in range(count):
        rng = np.random.default_rng([number, len(exercise.id)])
        yield equivalent(reference, rng, groups=groups, permute=form.bit_order == "any")


@pytest.mark.slow
@pytest.mark.parametrize("name", CIRCUIT_EXERCISES)
def test_every_equivalent_passes(name):
    exercise = find(name)
    reference = exercise.reference({})
    expected, different = effect(exercise, reference), 0
    for number, circuit in enumerate(rewritings(exercise, EQUIVALENTS)):
        assert np.allclose(effect(exercise, circuit), expected, atol=1e-9), f"the generator broke number {number}"
        different += [step.name for step in circuit] != [step.name for step in reference]
        feedback = verdict(exercise, circuit)
        assert feedback.correct, f"number {number} is equivalent and was refused:\n{circuit}\n{feedback}"
    assert different == EQUIVALENTS


@pytest.mark.parametrize("name", CIRCUIT_EXERCISES)
@pytest.mark.parametrize("way", VARIANTS)
def test_four_correct_variants_are_accepted(name, way):
    """Other gates, another order, a phase, and an extra qubit that does real work and is returned clean."""
    exercise = find(name)
    reference = exercise.reference({})
    parties = dict(exercise.spec.circuit.parties)
    made = VARIANTS[way](reference, next(iter(parties.values())) if parties else list(exercise.spec.circuit.qubits))
    assert made != reference or (way == "order" and reference.num_qubits == 1)  # there is nothing to change
    assert np.allclose(effect(exercise, made), effect(exercise, reference), atol=1e-9)
    assert verdict(exercise, made).correct, made


@pytest.mark.slow
@pytest.mark.parametrize("name", CIRCUIT_EXERCISES)
def test_every_gate_that_matters_must_be_there(name):
    exercise = find(name)
    reference = exercise.reference({})
    expected = effect(exercise, reference)
    changed = unchanged = 0
    for circuit in [reference, *rewritings(exercise, THINNED)]:
        for left_out, shorter in deletions(circuit):
            same = _all_bits(exercise, shorter) and np.allclose(effect(exercise, shorter), expected, atol=1e-9)
            feedback = verdict(exercise, shorter)
            assert feedback.correct == same, f"without {left_out}:\n{shorter}\n{feedback}"
            changed, unchanged = changed + (not same), unchanged + same
    assert changed >= len(deletions(reference))
    assert all(not verdict(exercise, shorter).correct for _, shorter in deletions(reference))


def _all_bits(exercise, circuit):
    """Whether all bits that the task reads are written: else a check cannot even look."""
    form = exercise.spec.circuit
    written = {register.name for register in circuit.cregs for step in circuit.data
               if step.operation.name == "measure" and step.clbits[0] in register}
    return bool(form.output) or set(form.bits) <= written


@pytest.mark.parametrize("name", CIRCUIT_EXERCISES)
def test_a_circuit_without_names_is_read_in_order(name):
    exercise = find(name)
    assert verdict(exercise, flat(exercise.reference({}))).correct


def test_whole_register_conditions_else_branches_and_composite_gates_are_followed():
    circuit = find("teleport.correct").reference({}).copy_empty_like()
    both = ClassicalRegister(2, "both")
    circuit.add_register(both)
    pair = QuantumCircuit(2, name="pair")
    pair.h(0)
    pair.cx(0, 1)
    circuit.append(pair.to_gate(), [1, 2])
    circuit.append(pair.to_gate().inverse(), [0, 1])
    circuit.measure([0, 1], both)
    with circuit.if_test((both, 1)):
        circuit.z(2)
    with circuit.if_test((both, 2)):
        circuit.x(2)
    with circuit.if_test((both, 3)):
        circuit.y(2)
    assert verdict(find("teleport.correct"), circuit).correct

    other = circuit.copy_empty_like()
    for instruction in circuit.data[:4]:
        other.append(instruction)
    with other.if_test((both[0], 0)) as otherwise:
        other.barrier()
    with otherwise:
        other.z(2)
    with other.if_test((both[1], 1)):
        other.x(2)
    assert verdict(find("teleport.correct"), other).correct


def test_a_nearly_right_circuit_is_not_right():
    """An over-rotation by 2 degrees costs 3e-4 of fidelity: far more than rounding, and it is found."""
    exercise = find("teleport.correct")
    circuit = exercise.reference({})
    circuit.rx(np.radians(2), 2)
    feedback = verdict(exercise, circuit)
    assert not feedback.correct
    assert feedback.misconceptions == ()
