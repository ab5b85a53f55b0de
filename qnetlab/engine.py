"""``run``: the one place that owns a simulator and seeds.

    run(protocol)                                exact, from the density matrix
    run(protocol, shots=4000, rng=7)             sampled from the exact answer
    run(protocol, shots=4000, mode="shots")      really shot on Aer, feed-forward and all
    run(protocol, shots=4000, sampler=sampler)   the ideal circuits on any Qiskit SamplerV2
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from qiskit import QuantumCircuit, transpile
from qiskit.circuit import ControlFlowOp
from qiskit.circuit.library import UnitaryGate
from qiskit_aer import AerSimulator

from .checks import refuse, require
from .circuits.markers import unmark
from .estimate import Outcomes
from .noise.binding import bind, check_places
from .noise.deferral import SAVED, defer
from .protocols.contract import QuantumProtocol
from .result import Result
from .samplers import registers_of, sample_on
from .seeds import Rng, root_seed, sequence_of

#: Above this a density matrix is too large for a laptop (4^10 complex numbers are 16 MB, and gates pass over all).
MAX_EXACT_QUBITS = 10
#: Most rounds per setting: of those really shot, and of those drawn from the exact answer.
MAX_SHOTS, MAX_DRAWN = 10**8, 10**12
_CLIFFORD = frozenset(
    ("h", "x", "y", "z", "s", "sdg", "sx", "sxdg", "cx", "cz", "swap", "id", "pauli", "reset", "measure", "barrier")
)


def run(
    protocol: QuantumProtocol,
    shots: int | None = None,
    *,
    rng: Rng = None,
    mode: str = "exact",
    sampler: Any = None,
    pass_manager: Any = None,
) -> Result:
    """Run a protocol.

    Parameters
    ----------
    protocol : a protocol
        Any value with circuits, devices, estimates and theory.
    shots : int or None
        Rounds per setting, > 0, or in all where a protocol chooses its settings at random (BB84: pulses); None for
        the exact answer.
    rng : int, numpy SeedSequence or Generator, or None
        Makes the result repeatable; ``result.seed`` says what was used.
    mode : "exact" or "shots"
        With shots: draw them from the exact probabilities, or really shoot each on Aer (the only way above ten
        qubits). Same statistics.
    sampler : a Qiskit SamplerV2, or None
        Runs the circuits without markers there; its own noise is the noise.
    pass_manager : a Qiskit pass manager, or None
        Compiles the circuits for the sampler's backend.

    Returns
    -------
    Result

    Raises
    ------
    TypeError, ValueError
        If the arguments do not fit, a marked place has no device, or a device no place.
    RuntimeError
        If the sampler cannot run circuits with feed-forward.

    >>> from qnetlab.protocols.teleportation import Teleportation
    >>> run(Teleportation(message="+"))["fidelity"]
    1.000000 (exact)
    >>> run(Teleportation(message="+", corrections="none"), shots=1000, rng=7)["fidelity"].n
    1000
    """
    __tracebackhide__ = True  # of a wrong call the reader sees their own line
    own = isinstance(protocol, QuantumProtocol) and not isinstance(protocol, type)
    example = protocol.__name__ if isinstance(protocol, type) else "Teleportation"
    require(own, "run needs a protocol", got={"protocol": (protocol, "")}, fix=f"run({example}())", error=TypeError,
            why="A protocol is a value with circuits, devices, estimates and theory")
    require(mode in ("exact", "shots"), "mode must be 'exact' or 'shots'", got={"mode": (mode, "")},
            why="Rounds are drawn from the exact answer or shot one by one", fix='mode="shots"')
    counted = isinstance(shots, (int, np.integer)) and not isinstance(shots, bool)
    require(shots is None or counted, "shots must be a whole number or None", got={"shots": (shots, "")},
            why="A shot is one round", fix="shots=1000", error=TypeError)
    require(shots is None or shots > 0, "shots must satisfy 0 < shots", got={"shots": shots},
            why="A shot is one round", fix="shots=1000, or shots=None for the exact answer")
    most = MAX_SHOTS if mode == "shots" or sampler is not None else MAX_DRAWN
    require(shots is None or shots <= most, f"shots must satisfy shots <= {most:.0e}", got={"shots": shots},
            why="Each is really shot" if most == MAX_SHOTS else "Beyond that counts lose their last digits",
            fix="shots=100000, or shots=None for the exact answer")
    require(shots is not None or (mode == "exact" and sampler is None), "a real shot needs a number of shots",
            got={"shots": shots, "mode": mode}, why="Only the exact answer needs none", fix="shots=1000")
    require(pass_manager is None or sampler is not None, "a pass_manager needs a sampler",
            got={"pass_manager": (type(pass_manager).__name__, ""), "sampler": sampler},
            why="It compiles for the sampler's backend", fix="sampler=..., pass_manager=...")
    require(rng is None or sampler is None, "a sampler has its own seed", got={"rng": (rng, "")},
            why="Its random numbers are not ours to give", fix="qiskit_aer.primitives.SamplerV2(seed=7)")

    circuits, devices = protocol.circuits(), protocol.devices()
    require(bool(circuits) or (mode == "exact" and sampler is None), "only circuits can be shot or sampled",
            got={"protocol": (type(protocol).__name__, ""), "mode": mode}, fix='shots=1000 without mode="shots"',
            why="This protocol draws what happens when, and has none")
    check_places(circuits.values(), devices)
    seed, rounds = root_seed(rng), int(shots or 0)
    own_stream = np.random.default_rng(sequence_of(seed, "pulses"))  # for a protocol that chooses settings at random
    shoots, detects, samples = (getattr(protocol, hook, None) for hook in ("shoot", "detect", "sample"))
    if sampler is not None:
        ideal = {setting: unmark(circuit) for setting, circuit in circuits.items()}

        def on_sampler(many: Mapping[str, int]) -> dict[str, Outcomes]:
            return sample_on(sampler, ideal, many, pass_manager)

        seen = shoots(rounds, on_sampler, own_stream) if shoots else on_sampler(dict.fromkeys(ideal, rounds))
        return _result(protocol, seen, shots, "sampler", "")

    bound = {setting: bind(circuit, devices) for setting, circuit in circuits.items()}
    if mode == "shots":

        def on_aer(many: Mapping[str, int]) -> dict[str, Outcomes]:
            return _shoot({setting: bound[setting] for setting in many}, many, seed)

        seen = shoots(rounds, on_aer, own_stream) if shoots else on_aer(dict.fromkeys(bound, rounds))
        return _result(protocol, seen, shots, "shots", str(seed))
    exact = _exact(bound) if bound else {}
    if shots is None:
        return _result(protocol, detects(exact) if detects else exact, None, "exact", "")
    drawn = samples(exact, rounds, own_stream) if samples else {
        setting: _draw(seen, rounds, np.random.default_rng(sequence_of(seed, setting)))
        for setting, seen in exact.items()}
    return _result(protocol, drawn, shots, "sampled", str(seed))


def _result(protocol: Any, outcomes: Mapping[str, Outcomes], shots: int | None, mode: str, seed: str) -> Result:
    return Result(protocol=protocol, outcomes=tuple(outcomes.items()), shots=shots, mode=mode, seed=seed,
                  versions=_versions())


@lru_cache(maxsize=1)
def _versions() -> tuple[tuple[str, str], ...]:
    return tuple((name, importlib.metadata.version(name)) for name in ("qiskit", "qiskit-aer", "numpy"))


# ---------------------------------------------------------------------------------------- three engines


@lru_cache(maxsize=8)
def _simulator(method: str) -> AerSimulator:
    # One thread: starting more costs a small circuit more than it saves, and results do not depend on the machine.
    # Branching shares what shots have in common until noise or a measurement tells them apart.
    branching = {"shot_branching_enable": True, "shot_branching_sampling_enable": True}
    # By itself Aer writes 0 for what is below 1e-10; of a photon after 500 km that is all there is.
    return AerSimulator(method=method, max_parallel_threads=1, zero_threshold=1e-100,
                        **(branching if method == "statevector" else {}))


@lru_cache(maxsize=8)
def _known(method: str) -> frozenset[str]:
    """The operations that a simulator takes as they are."""
    return frozenset(_simulator(method).target.operation_names) | {"barrier", "measure", "save_probabilities"}


def _native(circuits: Iterable[QuantumCircuit], method: str) -> list[QuantumCircuit]:
    """Circuits in gates that Aer knows; ours nearly are, a student's need not be."""
    kept = [_with_matrices(circuit) for circuit in circuits]
    if all(set(_names(circuit)) <= _known(method) for circuit in kept):
        return kept
    return [transpile(circuit, _simulator(method), optimization_level=0) for circuit in kept]


def _with_matrices(circuit: QuantumCircuit) -> QuantumCircuit:
    """Wave plates, which Aer has no gate for, as their matrices: compiling them would take longer than the run."""
    if all(instruction.operation.name != "xx_plus_yy" for instruction in circuit.data):
        return circuit
    copy = circuit.copy_empty_like()
    for instruction in circuit.data:
        operation = instruction.operation
        plate = operation.name == "xx_plus_yy"
        copy._append(instruction.replace(operation=UnitaryGate(operation.to_matrix())) if plate else instruction)
    return copy


def _names(circuit: QuantumCircuit) -> Iterable[str]:
    for instruction in circuit.data:
        yield instruction.operation.name
        if isinstance(instruction.operation, ControlFlowOp):
            for block in instruction.operation.blocks:
                yield from _names(block)


def _exact(bound: Mapping[str, QuantumCircuit]) -> dict[str, Outcomes]:
    for circuit in bound.values():
        require(circuit.num_qubits <= MAX_EXACT_QUBITS, f"an exact answer needs at most {MAX_EXACT_QUBITS} qubits",
                got={"num_qubits": circuit.num_qubits}, why="A density matrix grows as 4^n",
                fix='shots=1000, mode="shots"')
    method = "density_matrix"
    done = _simulator(method).run(_native([defer(circuit) for circuit in bound.values()], method)).result()
    _check_success(done)
    outcomes = {}
    for i, (setting, circuit) in enumerate(bound.items()):
        registers = registers_of(circuit)
        probabilities = np.clip(done.data(i)[SAVED], 0.0, 1.0)
        weights = {_key(index, registers): p for index, p in enumerate(probabilities) if p > 0}
        outcomes[setting] = Outcomes(registers=registers, weights=tuple(weights.items()))
    return outcomes


def _key(index: int, registers: tuple[tuple[str, int], ...]) -> str:
    """Index with clbit i as bit i, registers in order of their bits -> the key of Outcomes."""
    words = []
    for _, width in registers:
        words.append(format(index & ((1 << width) - 1), f"0{width}b"))
        index >>= width
    return " ".join(words)


def _draw(exact: Outcomes, shots: int, rng: np.random.Generator) -> Outcomes:
    keys, weights = zip(*exact.weights, strict=True)
    probabilities = np.array(weights)
    counts = rng.multinomial(shots, probabilities / probabilities.sum())
    drawn = {key: int(count) for key, count in zip(keys, counts, strict=True) if count}
    return Outcomes(registers=exact.registers, weights=tuple(drawn.items()), n=shots)


def _shoot(bound: Mapping[str, QuantumCircuit], shots: Mapping[str, int], seed: int) -> dict[str, Outcomes]:
    outcomes = {}
    for setting, circuit in bound.items():
        many = circuit.num_qubits > MAX_EXACT_QUBITS  # few qubits are faster as state vectors that branch
        method = "stabilizer" if many and _is_clifford(circuit) else "statevector"
        if circuit.num_qubits <= 4 and _ends_with_measurements(circuit):
            method = "density_matrix"  # evolved once; as many shots as wanted are then drawn from it
        # One seed per circuit: a common one would correlate the settings.
        own = int(sequence_of(seed, setting).generate_state(1)[0] >> 1)
        [native] = _native([circuit], method)
        done = _simulator(method).run(native, shots=shots[setting], seed_simulator=own).result()
        _check_success(done)
        registers = registers_of(circuit)
        # Aer lists the registers last one first.
        counts = {" ".join(reversed(key.split(" "))): n for key, n in done.get_counts().items()}
        outcomes[setting] = Outcomes(registers=registers, weights=tuple(counts.items()), n=shots[setting])
    return outcomes


def _ends_with_measurements(circuit: QuantumCircuit) -> bool:
    """Whether nothing happens to a qubit after it was measured, and nothing depends on a bit."""
    measured: set[Any] = set()
    for instruction in circuit.data:
        if isinstance(instruction.operation, ControlFlowOp) or measured.intersection(instruction.qubits):
            return False
        if instruction.operation.name == "measure":
            measured.update(instruction.qubits)
    return True


def _is_clifford(circuit: QuantumCircuit) -> bool:
    for instruction in circuit.data:
        operation = instruction.operation
        if isinstance(operation, ControlFlowOp):
            if not all(_is_clifford(block) for block in operation.blocks):
                return False
        elif operation.name == "quantum_channel":
            noise = getattr(operation, "_quantum_error", None)
            if noise is None or not all(_is_clifford(term) for term in noise.circuits):
                return False
        elif operation.name not in _CLIFFORD:
            return False
    return True


def _check_success(done: Any) -> None:
    if not done.success:
        reason = next((r.status for r in done.results if not r.success), done.status)
        refuse("Aer must be able to run the circuits", got={"status": (str(reason), "")}, error=RuntimeError,
               why="The simulator stopped", fix='mode="shots", or fewer qubits')
