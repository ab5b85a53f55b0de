"""A qubit waits in a memory: how well it keeps, and how often one gets it back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeVar

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import custom, number, part, value
from ..circuits.blocks import measure, prepare, undo_prepare
from ..circuits.markers import Marker
from ..devices.detector import Detector
from ..devices.memory import Memory
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.qubit import PAULI_STATES, SPOKEN, State, as_state, state_vector, zero_probability

_T = TypeVar("_T")


@value
class Storage:
    """A qubit is put into a memory, waits, and is asked whether it is still what it was.

    Parameters
    ----------
    state : str or (theta_rad, phi_rad)
        A Pauli eigenstate "0", "1", "+", "-", "+i", "-i"; two angles on the sphere; or "average" over the six.
    memory : Memory
        Where it waits.
    wait_s : float
        How long, in s, >= 0. The herald of a link of L km takes L n/c, 0.49 ms for 100 km of glass.
    memory_readout : Readout
        Of the final check.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimates: ``fidelity``, how often the qubit passes as the state that was put in; and ``returned``, how often its
    photon comes out, write_efficiency * read_efficiency * exp(-t/retrieval_lifetime). What does not come out is *lost*
    and known to be; what passes wrongly is *wrong*, and nobody knows which it was. In this model one does not depend on
    the other. With ``state="average"`` there is also one fidelity per input.
    |+> keeps (1 + C(t))/2 with the coherence C of :class:`~qnetlab.devices.memory.Memory`, |0> keeps everything, |1>
    keeps exp(-t/T1).
    Circuits: qubits qubit and photon (1: it is still there); bits wrong (1: not the state) and returned.

    >>> told = Storage(memory=Memory(t2_s=1e-3, read_efficiency=0.7), wait_s=0.4897386e-3).theory()
    >>> {name: round(number, 6) for name, number in told.items()}
    {'fidelity': 0.806393, 'returned': 0.7}
    """

    state: State = custom(default="+", coerce=as_state("average"), doc="the state that is put in")
    memory: Memory = part(default_factory=Memory, doc="where it waits")
    wait_s: float = number(default=0.0, unit="s", low=0, high=math.inf, high_open=True, doc="how long it waits",
                           why="A wait is finite and not negative", fix="wait_s=0.001")
    memory_readout: Readout = part(default_factory=Readout, doc="readout of the final check")

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per state: the six Pauli eigenstates, or the one asked for."""
        return {setting: self._circuit(setting, state) for setting, state in self._states().items()}

    def _states(self) -> dict[str, State]:
        return {name: name for name in PAULI_STATES} if self.state == "average" else {"state": self.state}

    def _circuit(self, setting: str, state: State) -> QuantumCircuit:
        qubit, photon = QuantumRegister(1, "qubit"), QuantumRegister(1, "photon")
        wrong, returned = ClassicalRegister(1, "wrong"), ClassicalRegister(1, "returned")
        circuit = QuantumCircuit(qubit, photon, wrong, returned, name=setting)
        prepare(circuit, qubit[0], state)
        circuit.x(photon[0])
        circuit.append(Marker("memory:alice", duration_s=self.wait_s), [qubit[0]])
        circuit.append(Marker("retrieval:alice"), [photon[0]])
        undo_prepare(circuit, qubit[0], state)
        measure(circuit, qubit[0], wrong[0], "alice")
        circuit.measure(photon[0], returned[0])
        return circuit

    def devices(self) -> dict[str, Any]:
        """The memory, as something that decays and as something that loses photons, and the readout."""
        return {"memory:alice": self.memory, "readout:alice": self.memory_readout,
                "retrieval:alice": Detector(efficiency=self.memory.retrieval_efficiency(self.wait_s))}

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """How often the qubit passes, and how often its photon comes out."""
        share = 1 / len(outcomes)
        passed = {setting: seen.marginal("wrong").probability("0") for setting, seen in outcomes.items()}
        out = [seen.marginal("returned").probability("1") for seen in outcomes.values()]
        return _summary(passed, Estimate.combine([(share, p) for p in passed.values()]),
                        Estimate.combine([(share, p) for p in out]))

    def theory(self) -> dict[str, float]:
        """The same in closed form."""
        left, readout = self.memory.decay(self.wait_s), self.memory_readout
        passed = {}
        for setting, state in self._states().items():
            x, y, z = state_vector(state)
            now = left.coherence * x, left.coherence * y, (1 - left.relaxed) * z + left.relaxed
            passed[setting] = float(zero_probability(now, (x, y, z), error_0=readout.error_0, error_1=readout.error_1))
        return _summary(passed, math.fsum(passed.values()) / len(passed),
                        self.memory.retrieval_efficiency(self.wait_s))


def _summary(passed: Mapping[str, _T], mean: _T, returned: _T) -> dict[str, _T]:
    """``fidelity``, one by input where there are several, and ``returned``."""
    by_input = {f"fidelity_{SPOKEN[name]}": got for name, got in passed.items() if name in SPOKEN}
    return {"fidelity": mean, **by_input, "returned": returned}
