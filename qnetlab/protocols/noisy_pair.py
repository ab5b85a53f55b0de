"""What one noisy pair is good for: fidelity, CHSH, key errors and teleportation from the same three correlators."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import number, value
from ..circuits.blocks import bell_pair, measure, rotate_to
from ..circuits.markers import Marker
from ..devices.readout import Readout
from ..devices.source import PhotonPairSource
from ..estimate import Estimate, Outcomes
from ..theory.chsh import best_value
from ..theory.entanglement import concurrence, promises
from ..theory.states import Pair, fresh_pair, werner_fidelity, with_noise


@value
class NoisyPair:
    """A Bell pair phi_plus with two kinds of noise at once, measured in three bases.

    Parameters
    ----------
    white_noise : float
        Share of pairs that are nothing but noise, 0 to 1: 1 - V of a Werner pair.
    dephasing : float
        Probability that the sign of a pair has flipped, 0 to 1/2; 1/2 leaves matched coins.

    Raises
    ------
    TypeError, ValueError
        If a field is not a number or out of its range.

    Notes
    -----
    Estimates: ``fidelity`` = (1 + XX - YY + ZZ)/4; ``s`` = sqrt(2) (XX + ZZ), what CHSH gives at the standard settings;
    ``qber_z``, ``qber_x``, how often bits differ when both measure in Z or in X; ``teleportation`` = (2 F + 1)/3. They
    trust the readout, which is perfect here; a Bell test does not need to. ``concurrence`` and ``s_max`` are closed
    forms only: neither is linear in what is measured, so that an estimate from a run would be biased.
    Circuits: settings "XX", "YY", "ZZ".

    >>> {name: round(number, 4) for name, number in NoisyPair(white_noise=0.2).theory().items()}
    {'fidelity': 0.85, 's': 2.2627, 'qber_z': 0.1, 'qber_x': 0.1, 'teleportation': 0.9}
    >>> round(NoisyPair(dephasing=0.15).theory()["s"], 4)  # the same fidelity
    2.4042
    """

    white_noise: float = number(default=0.0, low=0, high=1, doc="share of pairs that are nothing but noise",
                                why="A share is a probability", fix="white_noise=0.1")
    dephasing: float = number(default=0.0, low=0, high=0.5, doc="probability of a flipped sign", fix="dephasing=0.05",
                              why="At 1/2 the sign is erased; beyond, it is the other Bell state")

    def pair(self) -> Pair:
        """The pair in five numbers."""
        return with_noise(fresh_pair("phi_plus", self._white.fidelity, "white"), self._flip.fidelity, "dephasing")

    @property
    def _white(self) -> PhotonPairSource:
        return PhotonPairSource(fidelity=float(werner_fidelity(1 - self.white_noise)))

    @property
    def _flip(self) -> PhotonPairSource:
        return PhotonPairSource(fidelity=1 - self.dephasing, noise="dephasing")

    @property
    def concurrence(self) -> float:
        """How entangled the pair is, 0 to 1."""
        return float(concurrence(self.pair()))

    @property
    def s_max(self) -> float:
        """The largest S that any settings reach with it."""
        return float(best_value(self.pair()))

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per basis."""
        return {axis * 2: self._circuit(axis) for axis in "XYZ"}

    def _circuit(self, axis: str) -> QuantumCircuit:
        alice, bob = QuantumRegister(1, "alice"), QuantumRegister(1, "bob")
        alice_bit, bob_bit = ClassicalRegister(1, "alice_bit"), ClassicalRegister(1, "bob_bit")
        circuit = QuantumCircuit(alice, bob, alice_bit, bob_bit, name=axis * 2)
        bell_pair(circuit, alice[0], bob[0])
        circuit.append(Marker("source:white-noise", 2), [alice[0], bob[0]])
        circuit.append(Marker("source:dephasing", 2), [alice[0], bob[0]])
        for qubit, bit, party in ((alice[0], alice_bit[0], "alice"), (bob[0], bob_bit[0], "bob")):
            rotate_to(circuit, qubit, axis)
            measure(circuit, qubit, bit, party)
        return circuit

    def devices(self) -> dict[str, Any]:
        """Two kinds of noise, and readouts that never err."""
        return {"source:white-noise": self._white, "source:dephasing": self._flip,
                "readout:alice": Readout(), "readout:bob": Readout()}

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """Five promises from three correlators."""
        xx, yy, zz = (outcomes[axis].parity("alice_bit", "bob_bit") for axis in ("XX", "YY", "ZZ"))
        fidelity = Estimate.combine([(0.25, xx), (-0.25, yy), (0.25, zz)], constant=0.25)
        return {
            "fidelity": fidelity,
            "s": Estimate.combine([(math.sqrt(2), xx), (math.sqrt(2), zz)]),
            "qber_z": Estimate.combine([(-0.5, zz)], constant=0.5),
            "qber_x": Estimate.combine([(-0.5, xx)], constant=0.5),
            "teleportation": Estimate.combine([(2 / 3, fidelity)], constant=1 / 3),
        }

    def theory(self) -> dict[str, float]:
        """The same five numbers in closed form."""
        return {name: float(number_) for name, number_ in promises(self.pair()).items()}
