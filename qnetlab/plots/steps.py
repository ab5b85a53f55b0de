"""A circuit read into plain steps: what acts where, in the order in which it acts, and in words.

Circuits are read by what they offer, not by their classes: Qiskit is not needed to look at one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .conditions import condition_words
from .gates import duration, gate_label, listed

_MARKER = "marker:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing that happens. Rows count the qubits' wires, then the classical registers'."""

    kind: str  # gate, swap, measure, barrier, noise, block; or of a marker: link, memory, processor, readout, place
    rows: tuple[int, ...]
    words: str
    label: str = ""
    controls: tuple[tuple[int, bool], ...] = ()  # row, and whether it acts on 1
    bits: tuple[tuple[int, int | None, int | None], ...] = ()  # row, place in its register, value it must have
    tag: str = ""  # the kind of a marker that stands at this very gate or measurement
    blocks: tuple[tuple[str, tuple[Step, ...]], ...] = ()  # heading and what happens inside


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A whole circuit: names of the qubits, names and sizes of the classical registers, and the steps."""

    name: str
    qubits: tuple[str, ...]
    registers: tuple[tuple[str, int], ...]
    steps: tuple[Step, ...]


def depth(steps: Sequence[Step]) -> int:
    """How many blocks stand inside one another at most; 0 where there are none."""
    return max((1 + max(depth(inside) for _, inside in step.blocks) for step in steps if step.blocks), default=0)


def sheet_of(circuit: Any) -> Sheet:
    """Read a circuit."""
    return _Reader(circuit).sheet()


class _Reader:
    def __init__(self, circuit: Any) -> None:
        self._circuit = circuit
        self._qubit_names = [self._qubit_name(qubit, i) for i, qubit in enumerate(circuit.qubits)]
        self._registers: list[tuple[str, int]] = []
        self._bits: dict[Any, tuple[int, int | None]] = {}
        for register in circuit.cregs:
            fresh = [(bit, i if register.size > 1 else None) for i, bit in enumerate(register) if bit not in self._bits]
            if fresh:
                self._add(register.name, register.size, fresh)
        for i, bit in enumerate(circuit.clbits):
            if bit not in self._bits:
                self._add(f"bit {i}", 1, [(bit, None)])

    def _add(self, name: str, size: int, bits: Sequence[tuple[Any, int | None]]) -> None:
        row = len(self._qubit_names) + len(self._registers)
        self._registers.append((name, size))
        self._bits |= {bit: (row, place) for bit, place in bits}

    def _qubit_name(self, qubit: Any, i: int) -> str:
        homes = self._circuit.find_bit(qubit).registers
        if not homes:
            return f"qubit {i}"
        register, place = homes[0]
        return str(register.name) if register.size == 1 else f"{register.name}[{place}]"

    def sheet(self) -> Sheet:
        qubits = {qubit: row for row, qubit in enumerate(self._circuit.qubits)}
        name = str(self._circuit.name or "")
        return Sheet(name="" if name.startswith("circuit-") else name, qubits=tuple(self._qubit_names),
                     registers=tuple(self._registers), steps=tuple(_folded(self._steps(self._circuit, qubits, {}))))

    def _steps(self, circuit: Any, qubits: Mapping[Any, int], clbits: Mapping[Any, Any]) -> Iterator[Step]:
        """The steps of a circuit, or of a block whose bits stand for others outside."""
        for instruction in circuit.data:
            rows = tuple(qubits[qubit] for qubit in instruction.qubits)
            outside = [clbits.get(bit, bit) for bit in instruction.clbits]
            operation = instruction.operation
            if getattr(operation, "blocks", None):
                yield self._block(operation, instruction, rows, outside, clbits)
            else:
                yield self._plain(operation, rows, outside)

    def _plain(self, operation: Any, rows: tuple[int, ...], clbits: Sequence[Any]) -> Step:
        names = [self._qubit_names[row] for row in rows]
        name = str(operation.name)
        if name.startswith(_MARKER):
            return _marker(name.removeprefix(_MARKER), operation, rows, names)
        if name == "measure":
            row, place = self._bits[clbits[0]]
            return Step(kind="measure", rows=rows, bits=((row, place, None),),
                        words=f"measure {names[0]} into {self._called(clbits[0])}")
        if name == "barrier":
            return Step(kind="barrier", rows=rows, label=str(getattr(operation, "label", None) or ""), words="barrier")
        if name == "delay":
            wait = str(operation.duration) + f" {operation.unit}"
            return Step(kind="memory", rows=rows, label=wait, words=f"{listed(names)} waits {wait}")
        if name == "reset":
            return Step(kind="gate", rows=rows, label="|0⟩", words=f"reset {names[0]} to 0")
        return _gate(operation, rows, names)

    def _block(self, operation: Any, instruction: Any, rows: tuple[int, ...], outside: Sequence[Any],
               clbits: Mapping[Any, Any]) -> Step:
        heads, read = self._headings(operation, clbits)
        blocks = []
        for heading, block in zip(heads, operation.blocks, strict=True):
            inner = dict(zip(block.qubits, rows, strict=True)), dict(zip(block.clbits, outside, strict=True))
            blocks.append((heading, tuple(_folded(self._steps(block, *inner)))))
        words = "; ".join(f"{heading}: {'; '.join(step.words for step in inside) or 'nothing'}"
                          for heading, inside in blocks)
        used = {row for _, inside in blocks for step in inside for row in step.rows}
        return Step(kind="block", rows=tuple(sorted(used or rows)), bits=read, words=words, blocks=tuple(blocks))

    def _headings(self, operation: Any, clbits: Mapping[Any, Any]
                  ) -> tuple[list[str], tuple[tuple[int, int | None, int | None], ...]]:
        """One heading for each block, and the bits that decide."""
        name, count = str(operation.name), len(operation.blocks)
        if name == "for_loop":
            return [f"repeat {len(operation.params[0])} times"], ()
        if name not in ("if_else", "while_loop", "switch_case"):
            return [str(getattr(operation, "label", None) or name.replace("_", " "))] * count, ()
        condition = operation.target if name == "switch_case" else operation.condition
        told, read = condition_words(condition, lambda source: self._called(clbits.get(source, source)))
        bits = tuple((*self._place(clbits.get(source, source)), value) for source, value in read)
        if name == "if_else":
            return [f"if {told}", "else"][:count], bits
        if name == "while_loop":
            return [f"while {told}"], bits
        cases = [values for values, _ in operation.cases_specifier()]
        return [f"if {told} = {' or '.join(map(str, values))}" if all(isinstance(v, int) for v in values) else "else"
                for values in cases], bits

    def _called(self, source: Any) -> str:
        if hasattr(source, "size"):
            return str(source.name)
        row, place = self._bits[source]
        name = self._registers[row - len(self._qubit_names)][0]
        return name if place is None else f"{name}[{place}]"

    def _place(self, source: Any) -> tuple[int, int | None]:
        """Row and place of a bit; a register stands where its first bit does."""
        return (self._bits[source[0]][0], None) if hasattr(source, "size") else self._bits[source]


def _marker(place: str, operation: Any, rows: tuple[int, ...], names: Sequence[str]) -> Step:
    kind, _, owner = place.partition(":")
    on = listed(names)
    if kind == "link":
        return Step(kind=kind, rows=rows, label="link", words=f"the link {owner} acts on {on}")
    if kind == "memory":
        wait = duration(float(operation.params[0]))
        return Step(kind=kind, rows=rows, label=wait, words=f"{on} waits {wait} in the memory of {owner}")
    if kind == "processor":
        return Step(kind=kind, rows=rows, label="noise", words=f"gate noise of {owner} on {on}")
    if kind == "readout":
        return Step(kind=kind, rows=rows, label="readout", words=f"readout errors of {owner} on {on}")
    if kind == "fiber":
        return Step(kind="place", rows=rows, label="fiber", words=f"the fiber {owner} may lose the photon on {on}")
    if kind == "detector":
        return Step(kind="place", rows=rows, label="detector",
                    words=f"the detector of {owner} may miss the photon on {on}")
    if kind == "retrieval":
        return Step(kind="place", rows=rows, label="retrieval", words=f"{on} may not come out again")
    if kind == "twirl":
        return Step(kind="place", rows=rows, label="random turn", words=f"{on} are turned alike, at random")
    if kind == "emitter":
        return Step(kind="place", rows=rows, label="emitter", words=f"{on} may have emitted the wrong photon")
    if kind == "arm":
        return Step(kind="place", rows=rows, label="arm", words=f"the photon on {on} may not come through")
    if kind == "station":
        return Step(kind="place", rows=rows, label="station",
                    words=f"the station of {owner} lets {on} meet, and holds which detector alone has clicked")
    return Step(kind="place", rows=rows, label=place, words=f"the place {place} acts on {on}")


def _gate(operation: Any, rows: tuple[int, ...], names: Sequence[str]) -> Step:
    count = int(getattr(operation, "num_ctrl_qubits", 0) or 0)
    if not count:
        label = gate_label(operation)
        kind = "swap" if operation.name == "swap" else "noise" if label == "noise" else "gate"
        return Step(kind=kind, rows=rows, label=label, words=f"{label} on {listed(names)}")
    state = int(operation.ctrl_state)
    controls = tuple((row, bool(state >> i & 1)) for i, row in enumerate(rows[:count]))
    base = gate_label(operation.base_gate)
    said = "CNOT" if operation.name == "cx" else f"controlled {base}"
    by = listed([name if on else f"{name} being 0" for name, (_, on) in zip(names, controls, strict=False)])
    kind = "swap" if operation.base_gate.name == "swap" else "gate"
    return Step(kind=kind, rows=rows[count:], label=base, controls=controls,
                words=f"{said}: control {by}, target {listed(names[count:])}")


def _without_place(marker: Step) -> str:
    return marker.words.rpartition(" on ")[0]


def _folded(steps: Iterator[Step]) -> Iterator[Step]:
    """A gate and its noise are drawn and told as one step, and so are a readout error and its measurement."""
    held: Step | None = None
    for step in steps:
        acted = set(held.rows) | {row for row, _ in held.controls} if held else set()
        here = set(step.rows) == acted
        if held and here and held.kind in ("gate", "swap") and step.kind == "processor" and not held.tag:
            held = replace(held, tag="processor", words=f"{held.words}, with {_without_place(step)}")
        elif held and here and held.kind == "readout" and step.kind == "measure":
            held = replace(step, tag="readout", words=f"{step.words}, with {_without_place(held)}")
        else:
            if held:
                yield held
            held = step
    if held:
        yield held
