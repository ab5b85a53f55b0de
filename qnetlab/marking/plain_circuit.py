"""A circuit built anew from the list of its operations; every name, number and place in the list is checked."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np

from ..grading.answers import Unreadable

MOST_QUBITS = 64
MOST_CLBITS = 256
MOST_OPERATIONS = 6_000
MOST_REGISTERS = 64
_DEEPEST = 14
_WIDEST_MATRIX = 4
_BARE = {"measure": (1, 1), "reset": (1, 0)}


def _broken() -> Unreadable:
    return Unreadable("What left the notebook is not a circuit in the form that a check sends.")


@cache
def _gates() -> dict[str, tuple[type, int, int]]:
    """Name -> class, number of parameters, number of qubits, for Qiskit's standard gates."""
    from qiskit.circuit import Gate
    from qiskit.circuit.library import get_standard_gate_name_mapping

    return {name: (type(gate), len(gate.params), gate.num_qubits)
            for name, gate in get_standard_gate_name_mapping().items() if isinstance(gate, Gate)}


def read_circuit_data(data: Any) -> Any:
    """The QuantumCircuit that plain data stands for; raises :class:`Unreadable`.

    >>> bell = {"qubits": 2, "clbits": 0, "qregs": [], "cregs": [],
    ...         "data": [["h", [], [0], []], ["cx", [], [0, 1], []]]}
    >>> dict(read_circuit_data(bell).count_ops())
    {'h': 1, 'cx': 1}
    """
    from qiskit import QuantumCircuit
    from qiskit.circuit import Clbit, Qubit
    from qiskit.circuit.exceptions import CircuitError

    if not isinstance(data, dict) or set(data) != {"qubits", "clbits", "qregs", "cregs", "data"}:
        raise _broken()
    qubits = [Qubit() for _ in range(_whole(data["qubits"], MOST_QUBITS, "qubits"))]
    clbits = [Clbit() for _ in range(_whole(data["clbits"], MOST_CLBITS, "classical bits"))]
    reader = _Reader(qubits, clbits)
    try:
        circuit = QuantumCircuit(qubits, clbits, *reader.registers(data["qregs"], qubits),
                                 *reader.registers(data["cregs"], clbits))
        reader.fill(circuit, data["data"], 0)
    except (CircuitError, UnicodeError) as reason:  # two registers of one name, a name of half a letter
        raise _broken() from reason
    return circuit


def _whole(number: Any, most: int, what: str) -> int:
    if type(number) is not int or number < 0:
        raise _broken()
    if number > most:
        raise Unreadable(f"This circuit has {number if number < 10**9 else 'billions of'} {what}, more than any task "
                         "asks for.")
    return number


class _Reader:
    """Reads operations into a circuit."""

    def __init__(self, qubits: list[Any], clbits: list[Any]) -> None:
        self.qubits, self.clbits, self.count = qubits, clbits, 0
        self.named: dict[tuple[int, ...], Any] = {}

    def registers(self, rows: Any, bits: list[Any]) -> list[Any]:
        from qiskit import ClassicalRegister, QuantumRegister

        if not isinstance(rows, list) or len(rows) > MOST_REGISTERS:
            raise _broken()
        made, names = [], set()
        for row in rows:
            if not isinstance(row, list) or len(row) != 2 or not isinstance(row[0], str) or len(row[0]) > 100:
                raise _broken()
            places = self._places(row[1], bits)
            if row[0] in names or not places:
                raise _broken()
            names.add(row[0])
            kind = QuantumRegister if bits is self.qubits else ClassicalRegister
            register = kind(name=row[0], bits=[bits[place] for place in places])
            if bits is self.clbits:
                self.named[tuple(places)] = register
            made.append(register)
        return made

    def fill(self, circuit: Any, rows: Any, depth: int) -> None:
        if not isinstance(rows, list) or depth > _DEEPEST:
            raise _broken()
        for row in rows:
            self.count += 1
            if self.count > MOST_OPERATIONS:
                raise Unreadable(f"The circuit is too long to follow (over {MOST_OPERATIONS} operations). The task "
                                 "needs a few dozen at most.")
            if not isinstance(row, list) or len(row) < 4 or not isinstance(row[0], str):
                raise _broken()
            on = [self.qubits[place] for place in self._places(row[2], self.qubits)]
            into = [self.clbits[place] for place in self._places(row[3], self.clbits)]
            if row[0] == "if_else":
                self._if(circuit, row, on, into, depth)
            elif len(row) != 4:
                raise _broken()
            else:
                circuit.append(self._operation(row[0], row[1], len(on), len(into)), on, into)

    def _operation(self, name: str, parameters: Any, width: int, bits: int) -> Any:
        from qiskit.circuit import Barrier, Measure, Reset

        if not isinstance(parameters, list):
            raise _broken()
        if name == "barrier" and not bits:
            return Barrier(width)
        if name in _BARE and (width, bits) == _BARE[name]:
            return Measure() if name == "measure" else Reset()
        if name == "matrix" and not bits:
            return self._matrix(parameters, width)
        if name in ("for_loop", "while_loop", "switch_case", "box", "break_loop", "continue_loop"):
            raise Unreadable(f"The circuit contains {name}, which this check does not follow. "
                             "Use if_test on a bit or a register, and write repeated gates out.")
        if name not in _gates():
            said = "".join(letter for letter in name[:60] if letter.isprintable())
            raise Unreadable(f"The circuit contains {said}, which is no gate, measurement or reset. "
                             "Leave it out: the check needs the bare circuit.")
        kind, needed, qubits = _gates()[name]
        if (len(parameters), width, bits) != (needed, qubits, 0):
            raise _broken()
        return kind(*(self._number(value) for value in parameters))

    def _number(self, value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"free"} and isinstance(value["free"], list):
            names = ", ".join(str(name)[:60] for name in value["free"][:5])
            raise Unreadable(f"The circuit still has free parameters ({names}). Give them values with "
                             "assign_parameters.")
        if type(value) not in (int, float) or not math.isfinite(value) or abs(value) > 1e12:
            raise Unreadable("The angle of a gate should be a finite number.")
        return float(value)

    def _matrix(self, parameters: list[Any], width: int) -> Any:
        from qiskit.circuit.library import UnitaryGate

        if not 1 <= width <= _WIDEST_MATRIX or len(parameters) != 4**width:
            raise _broken()
        values = []
        for pair in parameters:
            if not isinstance(pair, list) or len(pair) != 2:
                raise _broken()
            values.append(complex(self._number(pair[0]), self._number(pair[1])))
        matrix = np.array(values).reshape(2**width, 2**width)
        if not np.allclose(matrix @ matrix.conj().T, np.eye(2**width), atol=1e-8):
            raise Unreadable("An operation in this circuit is not unitary: probabilities no longer sum to 1. "
                             "Use Qiskit's own gates.")
        return UnitaryGate(matrix, check_input=False)

    def _if(self, circuit: Any, row: list[Any], on: list[Any], into: list[Any], depth: int) -> None:
        from qiskit import QuantumCircuit
        from qiskit.circuit import IfElseOp

        if row[1] == "expression":
            raise Unreadable("An if_test compares an expression, which this check does not follow. "
                             "Compare one bit or one register: circuit.if_test((bit, 1)).")
        if len(row) != 5 or not isinstance(row[1], list) or len(row[1]) != 3 or not isinstance(row[4], list) or not (
                1 <= len(row[4]) <= 2):
            raise _broken()
        places, value, single = self._places(row[1][0], self.clbits), row[1][1], row[1][2]
        if type(value) is not int or not isinstance(single, bool) or not places or not 0 <= value < 2**len(places):
            raise _broken()
        target = self.clbits[places[0]] if single and len(places) == 1 else self.named.get(tuple(places))
        if target is None:
            raise _broken()
        read = [self.clbits[place] for place in places]
        inside = list(dict.fromkeys([*into, *read]))
        blocks = []
        for rows in row[4]:
            block = QuantumCircuit(on, inside, *([] if single else [target]))
            self.fill_block(block, rows, depth)
            blocks.append(block)
        circuit.append(IfElseOp((target, value), *blocks), on, inside)

    def fill_block(self, block: Any, rows: Any, depth: int) -> None:
        """The operations of one branch; they may only use the branch's own qubits and bits."""
        from qiskit.circuit.exceptions import CircuitError

        try:
            self.fill(block, rows, depth + 1)
        except CircuitError as reason:
            raise _broken() from reason

    def _places(self, places: Any, bits: list[Any]) -> list[int]:
        if not isinstance(places, list) or not all(type(place) is int and 0 <= place < len(bits) for place in places):
            raise _broken()
        if len(set(places)) != len(places):
            raise _broken()
        return places
