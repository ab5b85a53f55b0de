"""From what a student handed over to plain data that may leave the sandbox.

This runs beside the student's code, so nothing about its result is believed: :mod:`qnetlab.marking.plain` reads it as
somebody's claim. Numbers, words, lists and tables stay themselves; a circuit becomes the list of its operations, each
in Qiskit's standard gates or as a matrix; anything else becomes a few words that say what it was.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from ...circuits.markers import is_marker
from ...estimate import Estimate
from ...grading.answers import described

MOST_ITEMS = 100_000
MOST_OPERATIONS = 6_000
DEEPEST = 14
WIDEST_MATRIX = 4  # qubits
_LONGEST_TEXT = 200_000


class TooMuch(ValueError):
    """The answer is larger than any task asks for."""


def encode(answer: Any, depth: int = 0) -> Any:
    """Plain data for JSON.

    >>> encode({"f": np.float64(0.5), "bits": (0, 1)}), encode(math.nan), encode(...)
    ({'dict': [['f', 0.5], ['bits', [0, 1]]]}, {'float': 'nan'}, {'dots': True})
    """
    if depth > 8:
        raise TooMuch("The answer holds lists inside lists, too deep to hand over.")
    if answer is None or isinstance(answer, bool):
        return answer
    if answer is ...:
        return {"dots": True}
    if isinstance(answer, np.bool_):
        return bool(answer)
    if isinstance(answer, Estimate):
        return encode(answer.value, depth + 1)
    if isinstance(answer, numbers.Integral):
        number = int(answer)
        return number if abs(number) <= 10**20 else {"is": "a huge whole number"}
    if isinstance(answer, numbers.Real):
        real = float(answer)
        return real if math.isfinite(real) else {"float": str(real)}
    if isinstance(answer, numbers.Complex):
        value = complex(answer)
        return {"complex": [encode(value.real), encode(value.imag)]}
    if isinstance(answer, str):
        if len(answer) > _LONGEST_TEXT and set(answer) - {"0", "1"}:
            raise TooMuch("The text is longer than any task asks for.")
        return str(answer)
    if isinstance(answer, Mapping):
        _not_too_many(len(answer))
        return {"dict": [[encode(key, depth + 1), encode(value, depth + 1)] for key, value in answer.items()]}
    if isinstance(answer, np.ndarray):
        _not_too_many(answer.size)
        return {"array": encode(answer.tolist(), depth + 1)}
    if isinstance(answer, (list, tuple)):
        _not_too_many(len(answer))
        return [encode(item, depth + 1) for item in answer]
    from qiskit import QuantumCircuit

    if isinstance(answer, QuantumCircuit):
        return {"circuit": encode_circuit(answer)}
    if callable(answer) and not isinstance(answer, type):
        return {"function": str(getattr(answer, "__name__", "function"))[:60]}
    return {"is": described(answer)[:200]}


def _not_too_many(count: int) -> None:
    if count > MOST_ITEMS:
        raise TooMuch(f"The answer has {count} entries, more than any task asks for.")


@cache
def standard_gates() -> Mapping[str, Any]:
    """Name -> one of Qiskit's standard gates."""
    from qiskit.circuit.library import get_standard_gate_name_mapping

    return dict(get_standard_gate_name_mapping())


def encode_circuit(circuit: Any) -> dict[str, Any]:
    """A circuit as plain data: its registers, and its operations one by one."""
    qubits = {bit: place for place, bit in enumerate(circuit.qubits)}
    clbits = {bit: place for place, bit in enumerate(circuit.clbits)}
    writer = _Writer(clbits, [(register.name, [clbits[bit] for bit in register]) for register in circuit.cregs])
    data: list[Any] = []
    writer.write(circuit, qubits, clbits, data, 0)
    return {
        "qubits": len(qubits), "clbits": len(clbits), "data": data,
        "qregs": [[str(register.name), [qubits[bit] for bit in register]] for register in circuit.qregs],
        "cregs": [[str(name), bits] for name, bits in writer.registers],
    }


class _Writer:
    """Writes operations as ``[name, parameters, qubits, clbits]`` and ``if_test`` as ``["if_else", ...]``."""

    def __init__(self, clbits: Mapping[Any, int], registers: list[tuple[Any, list[int]]]) -> None:
        self.clbits, self.registers, self.count = clbits, registers, 0

    def write(self, circuit: Any, qubits: Mapping[Any, int], clbits: Mapping[Any, int], into: list[Any],
              depth: int) -> None:
        if depth > DEEPEST:
            raise TooMuch("The circuit holds blocks inside blocks, too deep to follow. Write the gates out.")
        for instruction in circuit.data:
            operation = instruction.operation
            if operation.name in ("delay", "id") or is_marker(operation):
                continue
            self.count += 1
            if self.count > MOST_OPERATIONS:
                raise TooMuch(f"The circuit is too long to follow (over {MOST_OPERATIONS} operations). The task needs "
                              "a few dozen at most.")
            on = [qubits[bit] for bit in instruction.qubits]
            bits = [clbits[bit] for bit in instruction.clbits]
            if operation.name == "if_else":
                into.append(self._if(operation, on, bits, clbits, depth))
            elif hasattr(operation, "blocks") or operation.name in ("measure", "reset", "barrier"):
                into.append([str(operation.name), [], on, bits])
            else:
                self._gate(operation, on, bits, into, depth)

    def _gate(self, operation: Any, on: list[int], bits: list[int], into: list[Any], depth: int) -> None:
        known = standard_gates().get(operation.name)
        if known is not None and type(operation) is type(known) and getattr(operation, "ctrl_state", None) == getattr(
                known, "ctrl_state", None):
            into.append([operation.name, [_parameter(value) for value in operation.params], on, bits])
            return
        definition = getattr(operation, "definition", None)
        if hasattr(operation, "to_matrix") and (definition is None or len(on) <= 2):
            matrix = _matrix(operation)
            if matrix is not None and len(on) <= WIDEST_MATRIX:
                flat = [[float(value.real), float(value.imag)] for value in matrix.reshape(-1)]
                into.append(["matrix", flat, on, []])
                return
        if definition is None:
            into.append([str(operation.name)[:60], [], on, bits])  # the other side says that it is no gate
            return
        self.write(definition, dict(zip(definition.qubits, on, strict=True)),
                   dict(zip(definition.clbits, bits, strict=True)), into, depth + 1)

    def _if(self, operation: Any, on: list[int], bits: list[int], clbits: Mapping[Any, int], depth: int) -> list[Any]:
        condition = operation.condition
        if not isinstance(condition, tuple):
            return ["if_else", "expression", on, bits, []]
        target, value = condition
        read = [clbits[bit] for bit in ([target] if target in clbits else target)]
        blocks = []
        for block in operation.blocks:
            inner: list[Any] = []
            self.write(block, dict(zip(block.qubits, on, strict=True)),
                       {**clbits, **dict(zip(block.clbits, bits, strict=True))}, inner, depth + 1)
            blocks.append(inner)
        return ["if_else", [read, int(value), target in clbits], on, bits, blocks]


def _matrix(operation: Any) -> Any:
    from qiskit.circuit.exceptions import CircuitError

    try:
        return np.asarray(operation.to_matrix(), dtype=np.complex128)
    except (CircuitError, TypeError):
        return None


def _parameter(value: Any) -> Any:
    free = getattr(value, "parameters", None)
    if free:
        return {"free": sorted(str(parameter.name)[:60] for parameter in free)}
    return encode(float(value))
