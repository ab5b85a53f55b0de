"""Teleportation: a qubit's state moves with one shared pair and two classical bits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeVar

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import choice, custom, part, value
from ..circuits.blocks import bell_pair, bell_rotation, measure, prepare, undo_prepare
from ..circuits.markers import Marker
from ..circuits.shared import carry, link_devices
from ..devices.any_link import AnyLink
from ..devices.gates import GateErrors
from ..devices.link import Link
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.qubit import PAULI_STATES, SPOKEN, State, as_state, state_vector
from ..theory.teleportation import bob_vector, message_fidelity

_T = TypeVar("_T")


@value
class Teleportation:
    """Alice sends the state of her qubit to bob: a Bell measurement, two bits, and bob's correction.

    Parameters
    ----------
    message : str or (theta_rad, phi_rad)
        A Pauli eigenstate "0", "1", "+", "-", "+i", "-i"; two angles on the sphere; or "average" over the six.
    link : Link or HeraldedLink
        What brought the shared pair. Bob's half also waits while the two bits cross the fiber.
    corrections : "both", "x", "z" or "none"
        Which of Alice's bits bob has and uses. "none" is what he holds before they arrive.
    gates : GateErrors
        Of both nodes: Alice's CNOT and H, bob's X and Z.
    alice_readout, bob_readout : Readout
        Alice's decides which bits are sent; bob's stands in the final check of what arrived.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimate ``fidelity``: how often bob's qubit passes as the message. Averaged over the six Pauli eigenstates, which
    is the average over all messages, it is (2f + 1)/3 for a pair of fidelity f and perfect gates; measuring and
    phoning reaches 2/3; no bits leave 1/2. With ``message="average"`` there is also one fidelity per input.
    Circuits: qubits message, alice, bob; bits alice_z, alice_x, and bob (1: not the message).

    References
    ----------
    C. H. Bennett et al., Physical Review Letters 70, 1895 (1993), doi:10.1103/PhysRevLett.70.1895.
    G. Bowen, S. Bose, Physical Review Letters 87, 267901 (2001), doi:10.1103/PhysRevLett.87.267901.

    >>> Teleportation(message="+").theory()
    {'fidelity': 1.0}
    >>> Teleportation(message="+", corrections="none").theory()
    {'fidelity': 0.5}
    """

    message: State = custom(default="average", coerce=as_state("average"), doc="the state that is sent")
    link: AnyLink = part(default_factory=Link, like=AnyLink, doc="what joins alice and bob")
    corrections: str = choice(default="both", options=("both", "x", "z", "none"), doc="which of Alice's bits bob uses")
    gates: GateErrors = part(default_factory=GateErrors, doc="errors of the gates in both nodes")
    alice_readout: Readout = part(default_factory=Readout, doc="alice's readout")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per message: the six Pauli eigenstates, or the one asked for."""
        return {setting: self._circuit(setting, message) for setting, message in self._messages().items()}

    def _messages(self) -> dict[str, State]:
        if self.message == "average":
            return {name: name for name in PAULI_STATES}
        return {"message": self.message}

    def _circuit(self, setting: str, state: State) -> QuantumCircuit:
        message, alice, bob = (QuantumRegister(1, name) for name in ("message", "alice", "bob"))
        alice_z, alice_x, bob_bit = (ClassicalRegister(1, name) for name in ("alice_z", "alice_x", "bob_wrong"))
        circuit = QuantumCircuit(message, alice, bob, alice_z, alice_x, bob_bit, name=setting)

        prepare(circuit, message[0], state)
        bell_pair(circuit, alice[0], bob[0])
        carry(circuit, alice[0], bob[0], self.link)

        bell_rotation(circuit, message[0], alice[0], "alice")
        measure(circuit, message[0], alice_z[0], "alice")
        measure(circuit, alice[0], alice_x[0], "alice")

        circuit.append(Marker("memory:bob", duration_s=self._bits_delay_s(), since_s=self.link.waits_s[1]), [bob[0]])
        for bit, gate, wanted in ((alice_x[0], "x", ("both", "x")), (alice_z[0], "z", ("both", "z"))):
            if self.corrections in wanted:
                with circuit.if_test((bit, 1)):
                    getattr(circuit, gate)(bob[0])
                    circuit.append(Marker("processor:bob"), [bob[0]])

        undo_prepare(circuit, bob[0], state)
        measure(circuit, bob[0], bob_bit[0], "bob")
        return circuit

    def _bits_delay_s(self) -> float:
        """Bob waits for the two bits as long as light needs, and not at all for bits he does not use."""
        return 0.0 if self.corrections == "none" else self.link.fiber.delay_s

    def devices(self) -> dict[str, Any]:
        """Source, memories, processors and readouts."""
        bob_acts = {} if self.corrections == "none" else {"processor:bob": self.gates}
        return {
            **link_devices(self.link),
            "processor:alice": self.gates,
            **bob_acts,
            "readout:alice": self.alice_readout,
            "readout:bob": self.bob_readout,
        }

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """How often bob's check says "this is the message"."""
        passed = {setting: seen.marginal("bob_wrong").probability("0") for setting, seen in outcomes.items()}
        return _summary(passed, Estimate.combine([(1 / len(passed), p) for p in passed.values()]))

    def theory(self) -> dict[str, float]:
        """The same fidelities in closed form."""
        pair = self.link.pair(extra_b_s=self._bits_delay_s())
        fidelities = {}
        for setting, state in self._messages().items():
            vector = state_vector(state)
            bob = bob_vector(
                vector, pair, corrections=self.corrections,
                one_qubit_error=self.gates.one_qubit, two_qubit_error=self.gates.two_qubit,
                error_0=self.alice_readout.error_0, error_1=self.alice_readout.error_1,
            )
            fidelities[setting] = float(message_fidelity(
                vector, bob, error_0=self.bob_readout.error_0, error_1=self.bob_readout.error_1))
        return _summary(fidelities, math.fsum(fidelities.values()) / len(fidelities))


def _summary(each: Mapping[str, _T], mean: _T) -> dict[str, _T]:
    """``fidelity``, and one by input where there are several."""
    by_input = {f"fidelity_{SPOKEN[name]}": got for name, got in each.items() if name in SPOKEN}
    return {"fidelity": mean, **by_input}
