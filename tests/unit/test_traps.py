"""Each trap that the design avoids, shown on the installed Qiskit: if one of these changes, the design may too."""

import io

import numpy as np
import pytest
from qiskit import QuantumCircuit, qpy, transpile
from qiskit.circuit import Delay
from qiskit.circuit.library import UnitaryGate, XGate, XXPlusYYGate
from qiskit.quantum_info import Statevector
from qiskit_aer import AerError, AerSimulator
from qiskit_aer.noise import (
    LocalNoisePass,
    NoiseModel,
    ReadoutError,
    RelaxationNoisePass,
    depolarizing_error,
    pauli_error,
)

from qnetlab import Marker, Memory, Readout, bind, unmark
from qnetlab.circuits.markers import is_marker, places
from qnetlab.noise.channels import channel

DARK = pauli_error([("X", 0.15), ("I", 0.85)])


def zero_probability(circuit, simulator=None):
    circuit = circuit.copy()
    circuit.save_probabilities()
    done = (simulator or AerSimulator(method="density_matrix")).run(circuit).result()
    if not done.success:
        raise AerError(done.results[0].status)
    return done.data()["probabilities"][0]


def labelled(label):
    circuit = QuantumCircuit(1)
    circuit.append(UnitaryGate(np.eye(2), label=label), [0])
    model = NoiseModel()
    model.add_all_qubit_quantum_error(DARK, "memory")
    return circuit, AerSimulator(method="density_matrix", noise_model=model)


def test_a_mistyped_label_is_silently_ideal():
    assert zero_probability(*labelled("memory")) == pytest.approx(0.85)
    assert zero_probability(*labelled("memroy")) == pytest.approx(1.0)


def test_transpile_silently_drops_labelled_identities():
    circuit, simulator = labelled("memory")
    compiled = transpile(circuit, basis_gates=["u", "cx", "id"], optimization_level=1)
    assert zero_probability(compiled, simulator) == pytest.approx(1.0)


def test_a_delay_without_its_pass_is_silently_ideal():
    circuit = QuantumCircuit(1)
    circuit.x(0)
    circuit.append(Delay(1.0, "s"), [0])
    assert zero_probability(circuit) == pytest.approx(0.0)
    noisy = RelaxationNoisePass([1.0], [1.0], dt=1.0, op_types=Delay)(circuit)
    assert zero_probability(noisy) == pytest.approx(1 - np.exp(-1))


def test_a_marker_that_was_not_bound_fails_loudly():
    circuit = QuantumCircuit(1)
    circuit.append(Marker("memory:bob", duration_s=1.0), [0])
    with pytest.raises(AerError, match="marker:memory:bob"):
        zero_probability(circuit)


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_bound_noise_survives_transpile(level):
    circuit = QuantumCircuit(1)
    circuit.x(0)
    circuit.append(Marker("memory:bob", duration_s=1.0), [0])
    bound = bind(circuit, {"memory:bob": Memory(t1_s=1.0)})
    compiled = transpile(bound, AerSimulator(method="density_matrix"), optimization_level=level)
    assert zero_probability(compiled) == pytest.approx(1 - np.exp(-1))


def test_a_saved_circuit_keeps_name_and_params_of_a_marker_but_not_its_class():
    circuit = QuantumCircuit(1)
    circuit.append(Marker("memory:bob", duration_s=0.25), [0])
    file = io.BytesIO()
    qpy.dump(circuit, file)
    file.seek(0)
    [read] = qpy.load(file)
    operation = read.data[0].operation
    assert not isinstance(operation, Marker) and is_marker(operation) and operation.params == [0.25]
    assert list(places(read)) == ["memory:bob"] and not unmark(read).data
    bound = bind(read, {"memory:bob": Memory(t2_s=1.0)})
    assert bound.data[0].operation.name == "quantum_channel"


def test_plain_attributes_are_ignored_by_equality_and_params_are_not():
    plain, other = Marker("memory:bob"), Marker("memory:bob")
    other.colour = "red"
    assert plain == other and plain != Marker("memory:bob", duration_s=1.0)


def conditional():
    circuit = QuantumCircuit(2, 1)
    circuit.x(0)
    circuit.measure(0, 0)
    with circuit.if_test((0, 1)):
        circuit.x(1)
        circuit.append(Marker("memory:bob", duration_s=1.0), [1])
    return circuit


def test_bind_and_unmark_descend_into_blocks_and_local_noise_pass_does_not():
    bound = bind(conditional(), {"memory:bob": Memory(t1_s=1.0)})
    assert {"quantum_channel", "kraus"} & {i.operation.name for i in bound.data[-1].operation.blocks[0].data}
    assert not list(places(unmark(conditional())))
    aer = LocalNoisePass(lambda op, qubits: DARK, op_types=XGate, method="append")(conditional())
    assert "quantum_channel" in {i.operation.name for i in aer.data}  # after the outer x, yes
    inside = {i.operation.name for i in aer.data[-1].operation.blocks[0].data}
    assert not inside & {"quantum_channel", "kraus"}


def test_aer_ignores_readout_errors_in_saved_probabilities_and_ours_is_seen():
    circuit = QuantumCircuit(1, 1)
    circuit.measure(0, 0)
    model = NoiseModel()
    model.add_all_qubit_readout_error(ReadoutError([[0.9, 0.1], [0.2, 0.8]]))
    assert zero_probability(circuit, AerSimulator(method="density_matrix", noise_model=model)) == pytest.approx(1.0)
    marked = QuantumCircuit(1)
    marked.append(Marker("readout:bob"), [0])
    seen = bind(marked, {"readout:bob": Readout(error_0=0.1, error_1=0.2)})
    assert zero_probability(seen) == pytest.approx(0.9)
    marked.data.insert(0, QuantumCircuit(1).x(0)[0].replace(qubits=(marked.qubits[0],)))
    assert zero_probability(bind(marked, {"readout:bob": Readout(error_0=0.1, error_1=0.2)})) == pytest.approx(0.2)


def test_our_readout_is_allowed_on_stabilizer():
    circuit = QuantumCircuit(1, 1)
    circuit.append(Marker("readout:bob"), [0])
    circuit.measure(0, 0)
    bound = bind(circuit, {"readout:bob": Readout(error_0=0.5)})
    counts = AerSimulator(method="stabilizer").run(bound, shots=1000, seed_simulator=1).result().get_counts()
    assert 400 < counts["1"] < 600


def test_the_rail_gate_does_nothing_to_two_photons():
    """A real beam splitter bunches two photons; the two-rail gate leaves |11> alone."""
    circuit = QuantumCircuit(2)
    circuit.append(XXPlusYYGate(np.pi / 2), [0, 1])
    assert abs(Statevector.from_label("11").evolve(circuit).data[3]) == pytest.approx(1.0)
    stays = abs(Statevector.from_label("01").evolve(circuit).data[1]) ** 2
    assert stays == pytest.approx(np.cos(np.pi / 4) ** 2)


def test_the_same_seed_correlates_circuits():
    circuit = QuantumCircuit(1, 1)
    circuit.h(0)
    circuit.measure(0, 0)
    twin = circuit.copy()
    simulator = AerSimulator()
    one, two = (simulator.run(c, shots=1000, seed_simulator=5).result().get_counts() for c in (circuit, twin))
    assert one == two


def test_lambda_is_not_an_error_probability():
    """Aer's lambda = 1 is fully depolarizing: on one half of a Bell pair it leaves F = 1 - 3 lambda/4."""
    assert depolarizing_error(1.0, 1).probabilities == pytest.approx([0.25] * 4)


def test_channels_are_what_their_docstrings_say():
    assert channel(Readout(error_0=0.1, error_1=0.2), 0.0, 1).probabilities == pytest.approx([0.7, 0.2, 0.1])
