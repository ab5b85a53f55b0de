"""A Bell pair over a link: how much of it arrives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import choice, part, value
from ..circuits.blocks import bell_pair, measure, rotate_to
from ..circuits.shared import carry, link_devices
from ..devices.any_link import AnyLink
from ..devices.link import Link
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.states import BELL_CORRELATORS, BELL_STATES, read_correlators


@value
class BellPair:
    """Alice and bob share a Bell pair and compare notes in three bases.

    Parameters
    ----------
    state : str
        The Bell state that is meant: phi_plus, phi_minus, psi_plus or psi_minus.
    link : Link or HeraldedLink
        Source, fiber and memories between them.
    alice_readout, bob_readout : Readout

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimates: ``xx``, ``yy``, ``zz`` (correlators, -1 to 1) and ``fidelity`` = (1 + sum of s_i <ii>)/4 with the signs
    of the state, for phi_plus (1 + XX - YY + ZZ)/4: what the two readouts report, not corrected for their errors.
    Circuits: settings "XX", "YY", "ZZ", registers alice and bob.

    >>> BellPair().theory()["fidelity"]
    1.0
    >>> from qnetlab.devices.source import PhotonPairSource
    >>> noisy = BellPair(state="psi_minus", link=Link(source=PhotonPairSource(fidelity=0.85)))
    >>> {name: round(number, 6) for name, number in noisy.theory().items()}
    {'fidelity': 0.85, 'xx': -0.8, 'yy': -0.8, 'zz': -0.8}
    """

    state: str = choice(default="phi_plus", options=BELL_STATES, doc="the Bell state that is meant")
    link: AnyLink = part(default_factory=Link, like=AnyLink, doc="what joins alice and bob")
    alice_readout: Readout = part(default_factory=Readout, doc="alice's readout")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per basis: make the pair, let it travel and wait, measure both halves."""
        return {axis * 2: self._circuit(axis) for axis in "XYZ"}

    def _circuit(self, axis: str) -> QuantumCircuit:
        alice, bob = QuantumRegister(1, "alice"), QuantumRegister(1, "bob")
        alice_bit, bob_bit = ClassicalRegister(1, "alice_bit"), ClassicalRegister(1, "bob_bit")
        circuit = QuantumCircuit(alice, bob, alice_bit, bob_bit, name=axis * 2)
        bell_pair(circuit, alice[0], bob[0], self.state)
        carry(circuit, alice[0], bob[0], self.link)
        for qubit, bit, party in ((alice[0], alice_bit[0], "alice"), (bob[0], bob_bit[0], "bob")):
            rotate_to(circuit, qubit, axis)
            measure(circuit, qubit, bit, party)
        return circuit

    def devices(self) -> dict[str, Any]:
        """Source, two memories, two readouts."""
        return {**link_devices(self.link), "readout:alice": self.alice_readout, "readout:bob": self.bob_readout}

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """Three correlators, and the fidelity that follows."""
        seen = {axis: outcomes[axis].parity("alice_bit", "bob_bit") for axis in ("XX", "YY", "ZZ")}
        signs = BELL_CORRELATORS[self.state]
        fidelity = Estimate.combine(
            [(sign / 4, seen[axis]) for sign, axis in zip(signs, ("XX", "YY", "ZZ"), strict=True)], constant=0.25
        )
        return {"fidelity": fidelity, "xx": seen["XX"], "yy": seen["YY"], "zz": seen["ZZ"]}

    def theory(self) -> dict[str, float]:
        """The same four numbers in closed form."""
        correlators = read_correlators(
            self.link.pair(self.state),
            error_0_a=self.alice_readout.error_0, error_1_a=self.alice_readout.error_1,
            error_0_b=self.bob_readout.error_0, error_1_b=self.bob_readout.error_1,
        )
        xx, yy, zz = (float(c) for c in correlators)
        sx, sy, sz = BELL_CORRELATORS[self.state]
        return {"fidelity": (1 + sx * xx + sy * yy + sz * zz) / 4, "xx": xx, "yy": yy, "zz": zz}
