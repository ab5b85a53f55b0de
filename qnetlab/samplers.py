"""The ideal circuits on any Qiskit ``SamplerV2``: its noise is the noise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qiskit import QuantumCircuit
from qiskit.circuit import ControlFlowOp
from qiskit.primitives import BaseSamplerV2

from .checks import require
from .estimate import Outcomes


def registers_of(circuit: QuantumCircuit) -> tuple[tuple[str, int], ...]:
    """(name, width) of each classical register."""
    return tuple((register.name, register.size) for register in circuit.cregs)


def sample_on(sampler: Any, ideal: Mapping[str, QuantumCircuit], shots: Mapping[str, int],
              pass_manager: Any) -> dict[str, Outcomes]:
    """Each setting's circuit, as often as ``shots`` says.

    Raises
    ------
    TypeError
        If it is no SamplerV2.
    RuntimeError
        If it cannot run circuits with feed-forward.
    """
    __tracebackhide__ = True
    is_sampler = isinstance(sampler, BaseSamplerV2)
    require(is_sampler, "sampler must be a Qiskit SamplerV2", error=TypeError, got={"sampler": (sampler, "")},
            why="Other simulators give back something else", fix="sampler=qiskit_aer.primitives.SamplerV2()")
    circuits = [ideal[setting] for setting in shots]
    feed_forward = any(isinstance(i.operation, ControlFlowOp) for circuit in circuits for i in circuit.data)
    try:
        compiled = pass_manager.run(circuits) if pass_manager is not None else circuits
        done = sampler.run([(c, None, n) for c, n in zip(compiled, shots.values(), strict=True)]).result()
    except Exception as problem:
        if not feed_forward:
            raise
        raise RuntimeError(
            f"this protocol needs a sampler that can do feed-forward; got sampler={type(sampler).__name__}. A later "
            f"gate depends on an earlier measurement, and the sampler stopped: {str(problem).splitlines()[0]!r} "
            "Try qiskit_aer.primitives.SamplerV2(), or a backend whose target has if_else with its pass_manager."
        ) from problem
    outcomes = {}
    for setting, circuit, one in zip(shots, circuits, done, strict=True):
        registers = registers_of(circuit)
        columns = [one.data[name].get_bitstrings() for name, _ in registers]
        counts: dict[str, int] = {}
        for words in zip(*columns, strict=True):
            counts[" ".join(words)] = counts.get(" ".join(words), 0) + 1
        outcomes[setting] = Outcomes(registers=registers, weights=tuple(counts.items()), n=shots[setting])
    return outcomes
