"""Cloning: a copier makes two qubits of one, and both are compared with what went in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeVar

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import choice, custom, part, value
from ..circuits.blocks import measure, prepare, undo_prepare
from ..circuits.copiers import cnot_copier, measuring_copier, universal_copier
from ..devices.gates import GateErrors
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.cloning import COPIERS, copy_fidelity, copy_vectors
from ..theory.qubit import PAULI_STATES, SPOKEN, State, as_state, state_vector

_T = TypeVar("_T")


@value
class Cloning:
    """Alice puts a qubit into a copier; bob and charlie get a copy each and check it.

    Parameters
    ----------
    original : str or (theta_rad, phi_rad)
        A Pauli eigenstate "0", "1", "+", "-", "+i", "-i"; two angles on the sphere; or "average" over the six.
    copier : "cnot", "universal" or "measure_and_resend"
        One CNOT onto a blank qubit; the best machine that treats all originals alike; or a Z measurement, and two
        fresh qubits in the state that it found.
    gates : GateErrors
        Of the copier: its rotation, controlled Hadamard and CNOTs, or the X on a resent qubit.
    alice_readout : Readout
        Of the copier that measures; the others do not use it.
    bob_readout, charlie_readout : Readout
        Of the two final checks.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimates: ``fidelity_bob`` and ``fidelity_charlie``, how often each copy passes as the original, and ``fidelity``,
    their mean. Averaged over the six Pauli eigenstates, which is the average over the whole sphere, perfect machines
    reach 2/3 (cnot, measure_and_resend) and 5/6 (universal); no machine makes two better copies of an unknown qubit.
    With ``original="average"`` there is also one fidelity per input.
    Circuits: qubits bob (who gets the original itself, or a resent one), charlie, and the machine or the original; bits
    bob_wrong, charlie_wrong (1: not the original).

    References
    ----------
    W. K. Wootters, W. H. Zurek, Nature 299, 802 (1982), doi:10.1038/299802a0.
    V. Buzek, M. Hillery, Physical Review A 54, 1844 (1996), doi:10.1103/PhysRevA.54.1844.

    >>> {name: round(f, 6) for name, f in Cloning(original="+", copier="universal").theory().items()}
    {'fidelity': 0.833333, 'fidelity_bob': 0.833333, 'fidelity_charlie': 0.833333}
    >>> Cloning(original="0").theory()["fidelity"], Cloning(original="+").theory()["fidelity"]
    (1.0, 0.5)
    """

    original: State = custom(default="average", coerce=as_state("average"), doc="the state that is copied")
    copier: str = choice(default="cnot", options=COPIERS, doc="the machine")
    gates: GateErrors = part(default_factory=GateErrors, doc="errors of the copier's gates")
    alice_readout: Readout = part(default_factory=Readout, doc="readout of a copier that measures")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")
    charlie_readout: Readout = part(default_factory=Readout, doc="charlie's readout")

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per original: the six Pauli eigenstates, or the one asked for."""
        return {setting: self._circuit(setting, state) for setting, state in self._originals().items()}

    def _originals(self) -> dict[str, State]:
        if self.original == "average":
            return {name: name for name in PAULI_STATES}
        return {"original": self.original}

    def _circuit(self, setting: str, state: State) -> QuantumCircuit:
        bob, charlie = QuantumRegister(1, "bob"), QuantumRegister(1, "charlie")
        bits = tuple(ClassicalRegister(1, name) for name in ("bob_wrong", "charlie_wrong"))
        if self.copier == "measure_and_resend":
            original, found = QuantumRegister(1, "original"), ClassicalRegister(1, "found")
            circuit = QuantumCircuit(original, bob, charlie, found, *bits, name=setting)
            prepare(circuit, original[0], state)
            measuring_copier(circuit, original[0], found[0], (bob[0], charlie[0]), "alice")
        elif self.copier == "universal":
            machine = QuantumRegister(1, "machine")
            circuit = QuantumCircuit(bob, charlie, machine, *bits, name=setting)
            prepare(circuit, bob[0], state)
            universal_copier(circuit, bob[0], charlie[0], machine[0], "alice")
        else:
            circuit = QuantumCircuit(bob, charlie, *bits, name=setting)
            prepare(circuit, bob[0], state)
            cnot_copier(circuit, bob[0], charlie[0], "alice")

        for copy, bit, party in ((bob[0], bits[0][0], "bob"), (charlie[0], bits[1][0], "charlie")):
            undo_prepare(circuit, copy, state)
            measure(circuit, copy, bit, party)
        return circuit

    def devices(self) -> dict[str, Any]:
        """The copier's gates, and the readouts."""
        measures = {"readout:alice": self.alice_readout} if self.copier == "measure_and_resend" else {}
        return {
            "processor:alice": self.gates,
            **measures,
            "readout:bob": self.bob_readout,
            "readout:charlie": self.charlie_readout,
        }

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """How often each copy, and the two on average, pass as the original."""
        checks = {s: seen.marginal("bob_wrong", "charlie_wrong") for s, seen in outcomes.items()}
        bob = [seen.marginal("bob_wrong").probability("0") for seen in checks.values()]
        charlie = [seen.marginal("charlie_wrong").probability("0") for seen in checks.values()]
        both = {s: seen.mean(lambda key: key.count("0") / 2) for s, seen in checks.items()}
        return _summary(both, _mean(list(both.values())), _mean(bob), _mean(charlie))

    def theory(self) -> dict[str, float]:
        """The same fidelities in closed form."""
        bob: list[float] = []
        charlie: list[float] = []
        both: dict[str, float] = {}
        for setting, state in self._originals().items():
            vector = state_vector(state)
            copies = copy_vectors(
                vector, self.copier, one_qubit_error=self.gates.one_qubit, two_qubit_error=self.gates.two_qubit,
                error_0=self.alice_readout.error_0, error_1=self.alice_readout.error_1)
            for copy, readout, kept in ((copies.bob, self.bob_readout, bob),
                                        (copies.charlie, self.charlie_readout, charlie)):
                kept.append(float(copy_fidelity(vector, copy, error_0=readout.error_0, error_1=readout.error_1)))
            both[setting] = (bob[-1] + charlie[-1]) / 2
        n = len(both)
        return _summary(both, math.fsum(both.values()) / n, math.fsum(bob) / n, math.fsum(charlie) / n)


def _mean(each: list[Estimate]) -> Estimate:
    return Estimate.combine([(1 / len(each), one) for one in each])


def _summary(each: Mapping[str, _T], mean: _T, bob: _T, charlie: _T) -> dict[str, _T]:
    """The three fidelities, and one by input where there are several."""
    by_input = {f"fidelity_{SPOKEN[name]}": got for name, got in each.items() if name in SPOKEN}
    return {"fidelity": mean, "fidelity_bob": bob, "fidelity_charlie": charlie, **by_input}
