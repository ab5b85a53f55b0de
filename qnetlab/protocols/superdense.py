"""Superdense coding: two bits in one sent qubit, with a pair that was shared before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeVar

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import choice, part, value
from ..circuits.blocks import bell_pair, bell_rotation, measure
from ..circuits.markers import Marker
from ..circuits.shared import carry, link_devices
from ..devices.any_link import AnyLink
from ..devices.gates import GateErrors
from ..devices.link import Link
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.superdense import MESSAGES, success_probability

_T = TypeVar("_T")


@value
class SuperdenseCoding:
    """Alice packs two bits into her half of a pair and sends it; bob reads both qubits together.

    Parameters
    ----------
    message : "00", "01", "10", "11" or "average"
        The bits z x: Alice applies X for x = 1, then Z for z = 1. "average" is the mean of all four.
    link : Link or HeraldedLink
        What brought the shared pair. Alice's half then crosses the whole fiber while bob's half waits for it.
    gates : GateErrors
        Of both nodes: Alice's X and Z, bob's CNOT and H.
    bob_readout : Readout
        Bob reads both qubits with it: the one that arrives tells z, his own half tells x.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimate ``success``: how often both bits are right. For perfect gates and readout it is the fidelity of the pair
    when bob measures, for every message; without a pair one qubit brings two bits right half the time at best. With
    ``message="average"`` there is also one success per message.
    Only what arrives is counted: a qubit that the fiber loses is noticed, and Alice tries again with the next pair. So
    loss lowers the rate, ``delivery_probability``, and never the success; fetching her half from the memory and
    catching it at bob's are taken as perfect. Nothing is sent before the pair is known to be there.
    Circuits: qubits alice, bob; bits z, x, as bob reads them.

    References
    ----------
    C. H. Bennett, S. J. Wiesner, Physical Review Letters 69, 2881 (1992), doi:10.1103/PhysRevLett.69.2881.

    >>> SuperdenseCoding(message="10").theory()
    {'success': 1.0}
    >>> from qnetlab.devices.source import PhotonPairSource
    >>> noisy = SuperdenseCoding(message="10", link=Link(source=PhotonPairSource(fidelity=0.85)))
    >>> round(noisy.theory()["success"], 6)
    0.85
    """

    message: str = choice(default="average", options=("average", *MESSAGES), doc="the bits z x that are sent")
    link: AnyLink = part(default_factory=Link, like=AnyLink, doc="what joins alice and bob")
    gates: GateErrors = part(default_factory=GateErrors, doc="errors of the gates in both nodes")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout of both qubits")

    @property
    def delivery_probability(self) -> float:
        """Probability that one attempt brings a message: a pair in both memories, and the sent qubit at bob's."""
        return self.link.success_probability * self.link.fiber.transmittance

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per message: all four, or the one asked for."""
        return {message: self._circuit(message) for message in self._messages()}

    def _messages(self) -> tuple[str, ...]:
        return MESSAGES if self.message == "average" else (self.message,)

    def _circuit(self, message: str) -> QuantumCircuit:
        alice, bob = QuantumRegister(1, "alice"), QuantumRegister(1, "bob")
        z, x = ClassicalRegister(1, "z"), ClassicalRegister(1, "x")
        circuit = QuantumCircuit(alice, bob, z, x, name=message)

        bell_pair(circuit, alice[0], bob[0])
        carry(circuit, alice[0], bob[0], self.link)

        for bit, gate in ((message[1], "x"), (message[0], "z")):
            if bit == "1":
                getattr(circuit, gate)(alice[0])
                circuit.append(Marker("processor:alice"), [alice[0]])

        travels = Marker("memory:bob", duration_s=self.link.fiber.delay_s, since_s=self.link.waits_s[1])
        circuit.append(travels, [bob[0]])  # alice's half is on its way
        bell_rotation(circuit, alice[0], bob[0], "bob")
        measure(circuit, alice[0], z[0], "bob")
        measure(circuit, bob[0], x[0], "bob")
        return circuit

    def devices(self) -> dict[str, Any]:
        """Source, memories, processors and the readout."""
        alice_acts = {} if self.message == "00" else {"processor:alice": self.gates}
        return {
            **link_devices(self.link),
            **alice_acts,
            "processor:bob": self.gates,
            "readout:bob": self.bob_readout,
        }

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """How often bob's two bits are the message."""
        right = {message: seen.marginal("z", "x").probability(" ".join(message)) for message, seen in outcomes.items()}
        return _summary(right, Estimate.combine([(1 / len(right), p) for p in right.values()]))

    def theory(self) -> dict[str, float]:
        """The same in closed form."""
        pair = self.link.pair(extra_b_s=self.link.fiber.delay_s)
        right = {
            message: float(success_probability(
                message, pair, one_qubit_error=self.gates.one_qubit, two_qubit_error=self.gates.two_qubit,
                error_0=self.bob_readout.error_0, error_1=self.bob_readout.error_1))
            for message in self._messages()
        }
        return _summary(right, math.fsum(right.values()) / len(right))


def _summary(each: Mapping[str, _T], mean: _T) -> dict[str, _T]:
    """``success``, and one by message where there are several."""
    by_message = {f"success_{message}": got for message, got in each.items()} if len(each) > 1 else {}
    return {"success": mean, **by_message}
