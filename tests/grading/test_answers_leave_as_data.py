"""An answer that leaves the sandbox as plain data is judged as it would be in the notebook; nothing else comes in."""

from __future__ import annotations

import contextlib
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from qiskit import QuantumCircuit
from qiskit.circuit import Gate, Parameter
from qiskit.circuit.classical import expr
from qiskit.circuit.library import QFTGate, StatePreparation, UnitaryGate, XGate
from qiskit.quantum_info import Operator

from qnetlab.estimate import Estimate
from qnetlab.grading.answers import Foreign, Unreadable
from qnetlab.grading.exercises import find, known_ids, roots
from qnetlab.grading.judging import judge
from qnetlab.grading.misconceptions import read_misconceptions
from qnetlab.grading.parameters import parameters_for
from qnetlab.marking.plain import decode
from qnetlab.marking.sandbox.encode import TooMuch, encode

LIST = read_misconceptions(roots())


def through(answer):
    return decode(json.loads(json.dumps(encode(answer), allow_nan=False)))


@pytest.mark.parametrize("name", [name for name in known_ids() if find(name).spec.function is None])
def test_every_answer_of_every_exercise_is_judged_as_in_practice(name):
    exercise = find(name)
    parameters = parameters_for(exercise.id, exercise.spec, "ada", b"a secret of the course")
    answers = [exercise.reference(parameters), *(wrong for _, wrong in exercise.wrong_answers(parameters).values())]
    for answer in answers:
        assert judge(exercise, through(answer), parameters, LIST) == judge(exercise, answer, parameters, LIST)


def test_values_come_through():
    given_answer = {"f": np.float64(0.5), "n": np.int8(3), "b": np.bool_(True), "e": Estimate(value=0.5), 1: (0, 1),
                    "bits": np.array([0, 1]), "c": 1 + 2j, "dots": ..., "none": None, "inf": math.inf, "text": "01"}
    found = through(given_answer)
    assert found["bits"].tolist() == [0, 1] and type(found["f"]) is float and type(found["n"]) is int
    del found["bits"]
    assert found == {"f": 0.5, "n": 3, "b": True, "e": 0.5, 1: [0, 1], "c": 1 + 2j, "dots": ..., "none": None,
                     "inf": math.inf, "text": "01"}


def test_what_is_no_answer_becomes_words():
    assert isinstance(through(object()), Foreign)
    assert through({"x": 10**30})["x"].words == "a huge whole number"
    with pytest.raises(TooMuch):
        encode(np.zeros(10**6))
    with pytest.raises(TooMuch):
        encode("a" * 10**6)


def circuits():
    """Circuits in which something is not one of Qiskit's standard gates."""
    inner = QuantumCircuit(2, name="mine")
    inner.h(0)
    inner.cx(0, 1)
    made = QuantumCircuit(3)
    made.append(inner.to_gate(), [2, 0])
    made.append(inner.to_gate().control(1), [1, 0, 2])
    made.append(QFTGate(3), [0, 1, 2])
    made.append(UnitaryGate(Operator(inner).data), [1, 2])
    made.append(XGate().control(2, ctrl_state=1), [0, 1, 2])
    made.append(StatePreparation([0.6, 0.8]), [0])
    made.ccx(0, 1, 2)
    made.append(XGate().power(0.3), [1])
    yield made
    made = QuantumCircuit(4)
    made.mcx([0, 1, 2], 3)
    made.barrier()
    made.rzz(0.3, 0, 1)
    made.u(0.1, 0.2, 0.3, 2)
    made.cswap(0, 1, 2)
    yield made


@pytest.mark.parametrize("circuit", list(circuits()), ids=["own gates", "standard gates"])
def test_a_circuit_does_the_same_afterwards(circuit):
    assert Operator(through(circuit)).equiv(Operator(circuit))


def test_registers_conditions_and_their_order_come_through():
    from qiskit import ClassicalRegister, QuantumRegister

    data, flags = QuantumRegister(2, "data"), ClassicalRegister(2, "flags")
    circuit = QuantumCircuit(data, flags)
    circuit.measure(data, flags)
    with circuit.if_test((flags, 2)) as otherwise:
        circuit.x(1)
    with otherwise, circuit.if_test((flags[1], 1)):
        circuit.z(0)
    found = through(circuit)
    assert [(r.name, r.size) for r in (*found.qregs, *found.cregs)] == [("data", 2), ("flags", 2)]
    condition = found.data[-1].operation.condition
    assert condition[0].name == "flags" and condition[1] == 2
    inner = found.data[-1].operation.blocks[1].data[0].operation
    assert inner.condition[0] == found.clbits[1] and inner.blocks[0].data[0].operation.name == "z"


def lying(matrix):
    class Lying(Gate):
        def to_matrix(self):
            return np.array(matrix)

    circuit = QuantumCircuit(1)
    circuit.append(Lying("x", 1, []), [0])
    return circuit


@pytest.mark.parametrize(("answer", "words"), [
    (lying([[1, 0], [0, 2]]), "not unitary"),
    (QuantumCircuit(100), "more than any task asks for"),
])
def test_what_a_circuit_may_not_hold_is_refused_in_words(answer, words):
    with pytest.raises(Unreadable, match=words):
        through(answer)


def test_free_parameters_loops_and_unknown_operations_are_named():
    circuit = QuantumCircuit(1)
    circuit.rx(Parameter("angle"), 0)
    with pytest.raises(Unreadable, match="free parameters"):
        through(circuit)
    circuit = QuantumCircuit(1)
    with circuit.for_loop(range(3)):
        circuit.x(0)
    with pytest.raises(Unreadable, match="for_loop"):
        through(circuit)
    circuit = QuantumCircuit(1, 2)
    with circuit.if_test(expr.lift(circuit.clbits[0])):
        circuit.x(0)
    with pytest.raises(Unreadable, match="expression"):
        through(circuit)


def test_a_gate_called_like_a_standard_one_is_what_it_does():
    circuit = lying([[1, 0], [0, 1]])
    assert Operator(through(circuit)).equiv(Operator(np.eye(2)))


def test_an_array_of_texts_takes_no_room():
    with pytest.raises(Unreadable, match="texts"):
        decode({"array": ["x" * 200_000, *["y"] * 90_000]})


# ----------------------------------------------------------------------------------------------- whatever else is sent

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["circuit", "dict", "array", "float", "complex", "dots", "is", "function", "x"]), inner,
        max_size=2), max_leaves=30)
rows = st.lists(st.one_of(json_values, st.tuples(
    st.sampled_from(["h", "cx", "rx", "matrix", "measure", "if_else", "barrier", "reset", "zap"]), json_values,
    st.lists(st.integers(-1, 3), max_size=3), st.lists(st.integers(-1, 3), max_size=3)).map(list)), max_size=6)
circuit_data = st.fixed_dictionaries({
    "qubits": st.integers(-1, 4), "clbits": st.integers(-1, 4), "data": rows,
    "qregs": st.lists(st.tuples(st.text(max_size=3), st.lists(st.integers(-1, 4), max_size=3)).map(list), max_size=2),
    "cregs": st.lists(st.tuples(st.text(max_size=3), st.lists(st.integers(-1, 4), max_size=3)).map(list), max_size=2)})


@given(st.one_of(json_values, circuit_data.map(lambda data: {"circuit": data})))
def test_any_data_is_an_answer_or_refused_in_words(data):
    with contextlib.suppress(Unreadable):
        decode(data)
