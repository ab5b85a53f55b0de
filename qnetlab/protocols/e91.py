"""E91: the pairs that make no key test the pairs that do."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import part, value
from ..circuits.blocks import bell_pair, measure, rotate_to_angle
from ..circuits.shared import carry, link_devices
from ..devices.any_link import AnyLink
from ..devices.link import Link
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.angles import seen_at

#: Ekert's directions on the Bloch sphere, in degrees from Z toward X.
ALICE_DEG, BOB_DEG = (0.0, 45.0, 90.0), (45.0, 90.0, 135.0)

#: The settings whose directions are the same: these bits become key.
KEY_SETTINGS = ("a2b1", "a3b2")

#: The four of the Bell test, with their signs; the other three are thrown away.
TEST_SETTINGS = {"a1b1": 1, "a1b3": -1, "a3b1": 1, "a3b3": 1}


@value
class E91:
    """Alice and bob each measure half of a pair phi_plus in one of three directions, chosen anew for every pair.

    Parameters
    ----------
    link : Link or HeraldedLink
        Source, fiber and memories between them.
    alice_readout, bob_readout : Readout

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Directions in degrees from Z toward X: alice 0, 45, 90, bob 45, 90, 135. Where they are the same (2 of 9 settings)
    the bits make key, and ``qber`` is the share that differs. Four of 9 make the Bell test,
    ``s`` = E(a1,b1) - E(a1,b3) + E(a3,b1) + E(a3,b3); three are of no use.
    For a Werner pair S = 2 sqrt(2) (1 - 2 Q). S above 2 shows that no note carried along could have said the bits
    beforehand; for a key whose devices nobody trusts that is not enough: at equal errors in all settings it takes
    S > 2.424, Q < 7.15 %.

    References
    ----------
    A. K. Ekert, Physical Review Letters 67, 661 (1991), doi:10.1103/PhysRevLett.67.661.
    A. Acin et al., Physical Review Letters 98, 230501 (2007), doi:10.1103/PhysRevLett.98.230501.

    >>> from qnetlab.devices.source import PhotonPairSource
    >>> noisy = E91(link=Link(source=PhotonPairSource(fidelity=0.92)))
    >>> {name: round(number, 6) for name, number in noisy.theory().items()}
    {'qber': 0.053333, 's': 2.526728}
    """

    link: AnyLink = part(default_factory=Link, like=AnyLink, doc="what joins alice and bob")
    alice_readout: Readout = part(default_factory=Readout, doc="alice's readout")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")

    @property
    def key_fraction(self) -> float:
        """Share of the pairs whose bits make key: 2/9, as all nine settings are equally frequent."""
        return len(KEY_SETTINGS) / (len(ALICE_DEG) * len(BOB_DEG))

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per pair of directions: a1b1 to a3b3."""
        return {f"a{i}b{j}": self._circuit(f"a{i}b{j}", math.radians(a), math.radians(b))
                for i, a in enumerate(ALICE_DEG, 1) for j, b in enumerate(BOB_DEG, 1)}

    def _circuit(self, name: str, a_rad: float, b_rad: float) -> QuantumCircuit:
        alice, bob = QuantumRegister(1, "alice"), QuantumRegister(1, "bob")
        alice_bit, bob_bit = ClassicalRegister(1, "alice_bit"), ClassicalRegister(1, "bob_bit")
        circuit = QuantumCircuit(alice, bob, alice_bit, bob_bit, name=name)
        bell_pair(circuit, alice[0], bob[0])
        carry(circuit, alice[0], bob[0], self.link)
        rotate_to_angle(circuit, alice[0], a_rad)
        rotate_to_angle(circuit, bob[0], b_rad)
        measure(circuit, alice[0], alice_bit[0], "alice")
        measure(circuit, bob[0], bob_bit[0], "bob")
        return circuit

    def devices(self) -> dict[str, Any]:
        """Source, two memories, two readouts."""
        return {**link_devices(self.link), "readout:alice": self.alice_readout, "readout:bob": self.bob_readout}

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """How often the bits of equal directions differ, and S from the others."""
        seen = {name: outcomes[name].parity("alice_bit", "bob_bit") for name in (*KEY_SETTINGS, *TEST_SETTINGS)}
        wrong = Estimate.combine([(-0.25, seen[name]) for name in KEY_SETTINGS], constant=0.5)
        return {"qber": wrong, "s": Estimate.combine([(sign, seen[name]) for name, sign in TEST_SETTINGS.items()])}

    def theory(self) -> dict[str, float]:
        """The same two in closed form."""
        seen = {f"a{i}b{j}": self._together(math.radians(a), math.radians(b))
                for i, a in enumerate(ALICE_DEG, 1) for j, b in enumerate(BOB_DEG, 1)}
        return {"qber": 0.5 - 0.25 * math.fsum(seen[name] for name in KEY_SETTINGS),
                "s": math.fsum(sign * seen[name] for name, sign in TEST_SETTINGS.items())}

    def _together(self, a_rad: float, b_rad: float) -> float:
        return float(seen_at(
            self.link.pair(), a_rad, b_rad,
            error_0_a=self.alice_readout.error_0, error_1_a=self.alice_readout.error_1,
            error_0_b=self.bob_readout.error_0, error_1_b=self.bob_readout.error_1).together)
