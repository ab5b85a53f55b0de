"""The CHSH test: could the two have agreed on their answers beforehand?"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import choice, number, part, value
from ..circuits.blocks import bell_pair, measure, rotate_to_angle
from ..circuits.shared import carry, link_devices
from ..devices.any_link import AnyLink
from ..devices.link import Link
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.angles import PLANES
from ..theory.chsh import best_settings, best_value, correlators

_SIGNS = {"a1b1": 1, "a1b2": 1, "a2b1": 1, "a2b2": -1}


def _angle(default: float, doc: str) -> Any:
    return number(default=default, unit="degrees", low=-180, high=180, doc=doc, fix=f"{default:g} degrees",
                  why="A direction repeats after a full turn")


@value
class CHSH:
    """Alice and bob share a Bell pair phi_plus; each asks it one of two questions, chosen at random.

    Parameters
    ----------
    link : Link or HeraldedLink
        Source, fiber and memories between them.
    alice_1_deg, alice_2_deg, bob_1_deg, bob_2_deg : float
        The two measuring angles of each party in degrees on the Bloch sphere, -180 to 180. Filters for polarization
        stand at half of them.
    plane : "zx" or "xy"
        Whether an angle turns from Z toward X, or from X toward Y.
    alice_readout, bob_readout : Readout

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimates: ``e_11``, ``e_12``, ``e_21``, ``e_22``, the mean product of the two results (each +1 or -1) for each
    pair of questions, and S = e_11 + e_12 + e_21 - e_22, as the readouts report it. Answers agreed beforehand stay
    within -2 and 2 (:func:`.theory.chsh.deterministic_strategies`); the default reaches 2 sqrt(2), as far as any pair
    goes. Every round counts, also a wrongly read one: nothing is sorted out.
    S above 2 rules out that the answers were fixed before the questions, given that neither side knew the other's
    question. It sends no signal: what each sees alone does not depend on the other's angle.

    References
    ----------
    J. F. Clauser, M. A. Horne, A. Shimony, R. A. Holt, Physical Review Letters 23, 880 (1969),
    doi:10.1103/PhysRevLett.23.880.

    >>> round(CHSH().theory()["s"], 6)
    2.828427
    >>> from qnetlab.devices.source import PhotonPairSource
    >>> noisy = CHSH(link=Link(source=PhotonPairSource(fidelity=0.95, noise="dephasing")))
    >>> round(noisy.theory()["s"], 6), round(noisy.s_max, 6)
    (2.687006, 2.690725)
    """

    link: AnyLink = part(default_factory=Link, like=AnyLink, doc="what joins alice and bob")
    alice_1_deg: float = _angle(0.0, "alice's first angle")
    alice_2_deg: float = _angle(90.0, "alice's second angle")
    bob_1_deg: float = _angle(45.0, "bob's first angle")
    bob_2_deg: float = _angle(-45.0, "bob's second angle")
    plane: str = choice(default="zx", options=PLANES, doc="where the angles turn",
                        why="Angles turn from Z toward X, or from X toward Y")
    alice_readout: Readout = part(default_factory=Readout, doc="alice's readout")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")

    @property
    def s_max(self) -> float:
        """The largest S that any settings reach with this pair, read perfectly (Horodecki).

        It needs all correlators of the pair, not the four that this test measures, so no run of it estimates
        ``s_max``; a run of :meth:`at_best_settings` reaches it as its ``s``.
        """
        return float(best_value(self.link.pair()))

    def at_best_settings(self) -> CHSH:
        """The same test at the settings that are best for this pair, if read perfectly.

        >>> from qnetlab.devices.memory import Memory
        >>> from qnetlab.devices.fiber import Fiber
        >>> memory = Memory(t1_s=5e-3)
        >>> decayed = CHSH(link=Link(fiber=Fiber(length_km=100), alice_memory=memory, bob_memory=memory))
        >>> [round(test.theory()["s"], 4) for test in (decayed, decayed.at_best_settings())]
        [2.4572, 2.5645]
        """
        best = best_settings(self.link.pair())
        return dataclasses.replace(
            self, plane=best.plane, alice_1_deg=best.alice_deg[0], alice_2_deg=best.alice_deg[1],
            bob_1_deg=best.bob_deg[0], bob_2_deg=best.bob_deg[1])

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per pair of questions."""
        return {
            f"a{i}b{j}": self._circuit(f"a{i}b{j}", math.radians(a), math.radians(b))
            for i, a in ((1, self.alice_1_deg), (2, self.alice_2_deg))
            for j, b in ((1, self.bob_1_deg), (2, self.bob_2_deg))
        }

    def _circuit(self, name: str, a_rad: float, b_rad: float) -> QuantumCircuit:
        alice, bob = QuantumRegister(1, "alice"), QuantumRegister(1, "bob")
        alice_bit, bob_bit = ClassicalRegister(1, "alice_bit"), ClassicalRegister(1, "bob_bit")
        circuit = QuantumCircuit(alice, bob, alice_bit, bob_bit, name=name)
        bell_pair(circuit, alice[0], bob[0])
        carry(circuit, alice[0], bob[0], self.link)
        rotate_to_angle(circuit, alice[0], a_rad, self.plane)
        rotate_to_angle(circuit, bob[0], b_rad, self.plane)
        measure(circuit, alice[0], alice_bit[0], "alice")
        measure(circuit, bob[0], bob_bit[0], "bob")
        return circuit

    def devices(self) -> dict[str, Any]:
        """Source, two memories, two readouts."""
        return {**link_devices(self.link), "readout:alice": self.alice_readout, "readout:bob": self.bob_readout}

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """Four correlators and S, with its error: the four come from different rounds."""
        seen = {name: outcomes[name].parity("alice_bit", "bob_bit") for name in _SIGNS}
        s = Estimate.combine([(sign, seen[name]) for name, sign in _SIGNS.items()])
        return {**{f"e_{name[1]}{name[3]}": seen[name] for name in _SIGNS}, "s": s}

    def theory(self) -> dict[str, float]:
        """The same five numbers in closed form."""
        e = correlators(
            self.link.pair(), (math.radians(self.alice_1_deg), math.radians(self.alice_2_deg)),
            (math.radians(self.bob_1_deg), math.radians(self.bob_2_deg)), self.plane,
            error_0_a=self.alice_readout.error_0, error_1_a=self.alice_readout.error_1,
            error_0_b=self.bob_readout.error_0, error_1_b=self.bob_readout.error_1,
        )
        e11, e12, e21, e22 = (float(c) for c in e)
        return {"e_11": e11, "e_12": e12, "e_21": e21, "e_22": e22, "s": e11 + e12 + e21 - e22}
