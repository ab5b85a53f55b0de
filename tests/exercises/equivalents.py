"""Circuits that do the same as a given one and are written differently, at random.

A circuit is a list of steps (operation, qubit names, bit names), with the blocks of an ``if_test`` as lists of their
own; the rewritings work on such lists, and :func:`build` turns one back into a circuit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister
from qiskit.circuit import Gate
from qiskit.circuit import library as gates
from qiskit.quantum_info import Operator
from qiskit.synthesis import OneQubitEulerDecomposer


@dataclass(frozen=True)
class Step:
    """One operation; ``condition`` = (bit, value) and ``block`` for an if_test."""

    operation: object
    qubits: tuple[str, ...]
    bits: tuple[str, ...] = ()
    condition: tuple[str, int] | None = None
    block: tuple[Step, ...] = field(default=())

    def touched(self) -> set[str]:
        inside = set().union(*(step.touched() for step in self.block)) if self.block else set()
        return {*self.qubits, *self.bits, *inside, *([self.condition[0]] if self.condition else [])}


def steps_of(circuit: QuantumCircuit) -> list[Step]:
    """The steps of a circuit whose registers all have one qubit or bit."""
    names = {bit: register.name for register in (*circuit.qregs, *circuit.cregs) for bit in register}
    return _steps(circuit, names)


def _steps(circuit: QuantumCircuit, names: dict) -> list[Step]:
    found = []
    for instruction in circuit.data:
        operation = instruction.operation
        qubits = tuple(names[qubit] for qubit in instruction.qubits)
        bits = tuple(names[bit] for bit in instruction.clbits)
        if operation.name == "if_else":
            target, value = operation.condition
            inner = {**names, **dict(zip(operation.blocks[0].qubits, qubits, strict=True)),
                     **dict(zip(operation.blocks[0].clbits, bits, strict=True))}
            bit = names[target] if target in names else names[target[0]]
            found.append(Step(None, (), (), (bit, value), tuple(_steps(operation.blocks[0], inner))))
        else:
            found.append(Step(operation, qubits, bits))
    return found


def build(steps: list[Step], qubits: list[str], bits: list[str], phase: float = 0.0) -> QuantumCircuit:
    """A circuit with one register per name, in this order."""
    circuit = QuantumCircuit(*(QuantumRegister(1, name) for name in qubits),
                             *(ClassicalRegister(1, name) for name in bits), global_phase=phase)
    where = {register.name: register[0] for register in (*circuit.qregs, *circuit.cregs)}
    _append(circuit, steps, where)
    return circuit


def _append(circuit: QuantumCircuit, steps, where) -> None:
    for step in steps:
        if step.condition is not None:
            with circuit.if_test((where[step.condition[0]], step.condition[1])):
                _append(circuit, step.block, where)
        else:
            circuit.append(step.operation, [where[q] for q in step.qubits], [where[b] for b in step.bits])


def flat(circuit: QuantumCircuit) -> QuantumCircuit:
    """The same on bare numbered qubits and bits, as somebody writes it who ignores the stub."""
    steps = steps_of(circuit)
    qubits, bits = [r.name for r in circuit.qregs], [r.name for r in circuit.cregs]
    bare = QuantumCircuit(len(qubits), len(bits))
    _append(bare, steps, {**{n: bare.qubits[i] for i, n in enumerate(qubits)},
                          **{n: bare.clbits[i] for i, n in enumerate(bits)}})
    return bare


def equivalent(circuit: QuantumCircuit, rng: np.random.Generator, *, groups: list[list[str]],
               permute: bool) -> QuantumCircuit:
    """One random equivalent.

    ``groups`` lists the qubits that may share new gates (a party's own); ``permute`` lets the bits change their roles.
    """
    steps = steps_of(circuit)
    qubits, bits = [r.name for r in circuit.qregs], [r.name for r in circuit.cregs]
    steps = _rewrite(steps, rng)
    if rng.random() < 0.5:
        qubits.insert(int(rng.integers(len(qubits) + 1)), "spare")
        groups = [list(group) for group in groups]
        groups[int(rng.integers(len(groups)))].append("spare")
    for _ in range(int(rng.integers(1, 5))):
        steps = _insert_pair(steps, rng, groups)
    for _ in range(20):
        steps = _commute(steps, rng)
    if permute and rng.random() < 0.5:
        roles = dict(zip(bits, rng.permutation(bits).tolist(), strict=True))
        steps = [_renamed(step, roles) for step in steps]
    rng.shuffle(qubits)
    rng.shuffle(bits)
    return build(steps, qubits, bits, phase=float(rng.uniform(0, 2 * np.pi)))


def _other_gates(circuit: QuantumCircuit, own) -> QuantumCircuit:
    """Not one gate as it was: each is spelled by rotations, and a two-qubit gate by its neighbors in the books."""
    def respelled(steps):
        for step in steps:
            if step.condition is not None:
                yield Step(None, (), (), step.condition, tuple(respelled(step.block)))
            elif len(step.qubits) == 1 and isinstance(step.operation, Gate):
                turn = OneQubitEulerDecomposer("ZYZ")(Operator(step.operation))
                yield from (Step(part.operation, step.qubits) for part in turn.data)
                yield from (Step(gate, step.qubits) for gate in (gates.SXGate(), gates.SXdgGate()))
            elif step.operation.name == "cx":
                control, target = step.qubits
                yield from (Step(gates.HGate(), (target,)), Step(gates.CZGate(), (control, target)),
                            Step(gates.HGate(), (target,)))
            else:
                yield step
                if isinstance(step.operation, Gate):
                    yield from (Step(gates.CZGate(), step.qubits[:2]), Step(gates.CZGate(), step.qubits[:2]))

    return _rebuilt(circuit, list(respelled(steps_of(circuit))))


def _other_order(circuit: QuantumCircuit, own) -> QuantumCircuit:
    """Neighbors that commute change places, and the registers are declared the other way round."""
    rng, steps = np.random.default_rng(1), steps_of(circuit)
    for _ in range(50 if len(steps) > 1 else 0):
        steps = _commute(steps, rng)
    qubits, bits = [r.name for r in circuit.qregs], [r.name for r in circuit.cregs]
    return build(steps, qubits[::-1], bits[::-1], circuit.global_phase)


def _phase(circuit: QuantumCircuit, own) -> QuantumCircuit:
    return _rebuilt(circuit, steps_of(circuit), phase=1.234)


def _clean_ancilla(circuit: QuantumCircuit, own) -> QuantumCircuit:
    """One qubit's work is done on an extra one: swapped over, carried out there, swapped back."""
    def moved(steps):
        return tuple(Step(step.operation, tuple("spare" if name == own[0] else name for name in step.qubits), step.bits,
                          step.condition, moved(step.block)) for step in steps)

    swap = Step(gates.SwapGate(), (own[0], "spare"))
    qubits, bits = [r.name for r in circuit.qregs], [r.name for r in circuit.cregs]
    return build([swap, *moved(steps_of(circuit)), swap], [*qubits, "spare"], bits, circuit.global_phase)


def _rebuilt(circuit: QuantumCircuit, steps: list[Step], phase: float = 0.0) -> QuantumCircuit:
    return build(steps, [r.name for r in circuit.qregs], [r.name for r in circuit.cregs], circuit.global_phase + phase)


#: name -> circuit and one party's own qubits -> another circuit that does the same
VARIANTS = {"other gates": _other_gates, "order": _other_order, "phase": _phase, "clean ancilla": _clean_ancilla}


def deletions(circuit: QuantumCircuit) -> list[tuple[str, QuantumCircuit]]:
    """The circuit with one gate or measurement left out, for each of them, also inside blocks."""
    steps = steps_of(circuit)
    qubits, bits = [r.name for r in circuit.qregs], [r.name for r in circuit.cregs]
    return [(name, build(shorter, qubits, bits, circuit.global_phase)) for name, shorter in _without_one(steps)]


def _without_one(steps):
    for place, step in enumerate(steps):
        if step.condition is None:
            yield f"{step.operation.name} {step.qubits} at {place}", [*steps[:place], *steps[place + 1:]]
        else:
            for name, block in _without_one(list(step.block)):
                kept = Step(None, (), (), step.condition, tuple(block))
                yield f"{name} if {step.condition}", [*steps[:place], kept, *steps[place + 1:]]


def _renamed(step: Step, roles: dict[str, str]) -> Step:
    condition = (roles[step.condition[0]], step.condition[1]) if step.condition else None
    return Step(step.operation, step.qubits, tuple(roles[bit] for bit in step.bits), condition,
                tuple(_renamed(inner, roles) for inner in step.block))


def _rewrite(steps, rng) -> list[Step]:
    """Some gates become others with the same matrix, up to a phase."""
    h, x, z, s = gates.HGate(), gates.XGate(), gates.ZGate(), gates.SGate()
    ways = {
        "x": [[h, z, h], [gates.RXGate(np.pi)], [gates.YGate(), z]],
        "z": [[h, x, h], [gates.RZGate(np.pi)], [s, s]],
        "h": [[gates.RYGate(np.pi / 2), x], [z, gates.RYGate(np.pi / 2)], [s, gates.SXGate(), s]],
    }
    out: list[Step] = []
    for step in steps:
        if step.condition is not None:
            out.append(Step(None, (), (), step.condition, tuple(_rewrite(step.block, rng))))
        elif step.operation.name in ways and rng.random() < 0.5:
            way = ways[step.operation.name][int(rng.integers(3))]
            out += [Step(gate, step.qubits) for gate in way]
        elif step.operation.name == "cx" and rng.random() < 0.5:
            control, target = step.qubits
            out += [Step(h, (target,)), Step(gates.CZGate(), (control, target)), Step(h, (target,))]
        else:
            out.append(step)
    return out


def _insert_pair(steps, rng, groups) -> list[Step]:
    """A gate and its inverse, somewhere."""
    group = groups[int(rng.integers(len(groups)))]
    if len(group) > 1 and rng.random() < 0.5:
        gate = [gates.CXGate(), gates.SwapGate(), gates.CPhaseGate(0.7), gates.CHGate()][int(rng.integers(4))]
        on = tuple(rng.permutation(group)[:2].tolist())
    else:
        gate = [gates.XGate(), gates.TGate(), gates.RYGate(0.3), gates.UGate(0.1, 0.2, 0.3)][int(rng.integers(4))]
        on = (group[int(rng.integers(len(group)))],)
    place = int(rng.integers(len(steps) + 1))
    return [*steps[:place], Step(gate, on), Step(gate.inverse(), on), *steps[place:]]


def _commute(steps, rng) -> list[Step]:
    """Two neighbors change places, if that changes nothing."""
    place = int(rng.integers(len(steps) - 1))
    first, second = steps[place], steps[place + 1]
    if first.touched() & second.touched() and not _commuting_gates(first, second):
        return steps
    return [*steps[:place], second, first, *steps[place + 2:]]


def _commuting_gates(first: Step, second: Step) -> bool:
    if any(step.condition or step.operation.name in ("measure", "reset") for step in (first, second)):
        return False
    names = sorted({*first.qubits, *second.qubits})
    matrices = []
    for step in (first, second):
        alone = QuantumCircuit(len(names))
        alone.append(step.operation, [names.index(name) for name in step.qubits])
        matrices.append(Operator(alone).data)
    return bool(np.allclose(matrices[0] @ matrices[1], matrices[1] @ matrices[0]))
