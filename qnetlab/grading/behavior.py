"""What a circuit does to each state that is handed in: the outputs, one for each record of its measurements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .answers import Unreadable, read_circuit, read_clbits
from .branches import MAX_QUBITS, Branches, follow
from .crossing import CrossingWatcher, sharing_first
from .kets import ket
from .spec import CircuitForm

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Behavior:
    """All that a check looks at.

    ``records`` are the different records of the bits, one row each, and ``bit_names`` name their columns.
    ``outputs[input]`` and ``choi`` hold one density matrix per record, with the record's probability as its trace; with
    no output qubits that is a 1x1 matrix, the bare probability.
    """

    bit_names: tuple[str, ...]
    records: NDArray[np.uint8]
    outputs: Mapping[str, Array]
    choi: Array
    quantum_wire: bool
    bits_sent: int
    output_measured: bool
    asked: bool
    overwritten: bool

    def probabilities(self, name: str) -> Array:
        """How likely each record is for one input."""
        return np.asarray(np.trace(self.outputs[name], axis1=1, axis2=2).real)

    def record(self, index: int) -> str:
        """A record in words: ``alice_z=1 alice_x=0``."""
        return " ".join(f"{name}={bit}" for name, bit in zip(self.bit_names, self.records[index], strict=True))


def behavior(answer: Any, form: CircuitForm) -> Behavior:
    """Follow a circuit for every input of the task; raises :class:`Unreadable` if that cannot be done."""
    circuit, places = read_circuit(answer, form.qubits, most_qubits=MAX_QUBITS)
    where = dict(zip(form.qubits, places, strict=True))
    given = [where[name] for name in form.given]
    output = [where[name] for name in form.output]
    parties = {where[name]: party for party, names in form.parties for name in names}
    watcher = CrossingWatcher(parties)
    branches = follow(circuit, given, watcher if parties else None)
    if watcher.quantum:
        again = CrossingWatcher(parties)
        follow(sharing_first(circuit, parties), given, again)
        watcher = watcher if again.quantum else again
    if form.output:
        looked_at: tuple[int, ...] = tuple(range(circuit.num_clbits))
        names = tuple(_bit_name(circuit, bit) for bit in looked_at)
    else:
        looked_at, names = read_clbits(circuit, form.bits), form.bits
        silent = [name for name, bit in zip(names, looked_at, strict=True) if bit not in branches.written]
        if silent:
            raise Unreadable(f"Nothing was measured into {' and '.join(silent)}: the circuit ends with the answer "
                             "still in its qubits. Measure each qubit into the bit that tells what it says.")
    records, index = _records(branches, looked_at)
    states = dict(form.inputs) | {f"probe {state}": state for state in form.probes}
    return Behavior(
        bit_names=names, records=records,
        outputs={name: _gather(branches.output(output, _handed_in(state)), index, len(records))
                 for name, state in states.items()},
        choi=_gather(branches.choi(output), index, len(records)) if form.output else np.zeros((len(records), 1, 1)),
        quantum_wire=watcher.quantum, bits_sent=watcher.bits,
        output_measured=bool(branches.measured & set(output)),
        asked=branches.asked, overwritten=branches.overwritten)


def _handed_in(state: str) -> Array:
    return ket(state) if state else np.ones(1)


def _records(branches: Branches, looked_at: Sequence[int]) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """The different records, and which of them each branch left."""
    if not looked_at:
        return np.zeros((1, 0), dtype=np.uint8), np.zeros(len(branches.bits), dtype=np.intp)
    records, index = np.unique(branches.bits[:, list(looked_at)], axis=0, return_inverse=True)
    return records, np.asarray(index).reshape(-1)


def _gather(states: Array, index: NDArray[np.intp], count: int) -> Array:
    """Add up the branches that left the same record."""
    sums = np.zeros((count, *states.shape[1:]), dtype=np.complex128)
    np.add.at(sums, index, states)
    return sums


def _bit_name(circuit: Any, bit: int) -> str:
    """``alice_z`` for a register of one bit, ``c[1]`` for a larger one."""
    for register, place in circuit.find_bit(circuit.clbits[bit]).registers:
        return str(register.name) if register.size == 1 else f"{register.name}[{place}]"
    return f"bit {bit}"
