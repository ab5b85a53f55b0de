"""BBM92: a key from entangled pairs, whoever made them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import number, part, value
from ..circuits.blocks import bell_pair, measure, rotate_to
from ..circuits.markers import Marker
from ..devices.link import Link
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.states import read_correlators

_SAME = ("ZZ", "XX")


@value
class BBM92:
    """Alice and bob measure the halves of a pair phi_plus, each in Z or X by chance, and keep what fits.

    Parameters
    ----------
    link : Link
        Source, fiber and memories between them.
    alice_readout, bob_readout : Readout
    basis_probability : float
        How often each of them chooses Z, 0 to 1, both ends excluded. 1/2 sifts away half of the pairs.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimates: ``qber_z`` and ``qber_x``, the shares of bits that differ where both chose Z, or X; ``qber`` of all
    sifted bits together. For a Werner pair of fidelity F each is 2 (1 - F)/3, as of the three wrong
    Bell states two flip a bit.
    The source need not be honest: whatever pairs it sends, its maker's knowledge of the Z bits shows in ``qber_x``.
    Alice's and bob's own devices must be; see :class:`.E91` for what a Bell test adds.
    Circuits: settings "ZZ", "XX" (kept) and "ZX", "XZ" (sifted away), registers alice_bit, bob_bit.
    Only pairs that arrive count: loss lowers the rate, never the share of wrong bits.

    References
    ----------
    C. H. Bennett, G. Brassard, N. D. Mermin, Physical Review Letters 68, 557 (1992),
    doi:10.1103/PhysRevLett.68.557.

    >>> from qnetlab.devices.source import PhotonPairSource
    >>> noisy = BBM92(link=Link(source=PhotonPairSource(fidelity=0.92)))
    >>> round(noisy.theory()["qber"], 6), noisy.sifted_fraction
    (0.053333, 0.5)
    """

    link: Link = part(default_factory=Link, doc="what joins alice and bob")
    alice_readout: Readout = part(default_factory=Readout, doc="alice's readout")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")
    basis_probability: float = number(
        default=0.5, low=0, high=1, low_open=True, high_open=True, doc="how often each chooses Z",
        why="Errors must be seen in both bases", fix="basis_probability=0.9")

    @property
    def sifted_fraction(self) -> float:
        """Share of the pairs that both measure in the same basis: p^2 + (1 - p)^2."""
        return self.basis_probability**2 + (1 - self.basis_probability) ** 2

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per pair of bases, Alice's first."""
        return {bases: self._circuit(bases) for bases in ("ZZ", "XX", "ZX", "XZ")}

    def _circuit(self, bases: str) -> QuantumCircuit:
        alice, bob = QuantumRegister(1, "alice"), QuantumRegister(1, "bob")
        alice_bit, bob_bit = ClassicalRegister(1, "alice_bit"), ClassicalRegister(1, "bob_bit")
        circuit = QuantumCircuit(alice, bob, alice_bit, bob_bit, name=bases)
        bell_pair(circuit, alice[0], bob[0])
        circuit.append(Marker("link:alice-bob", 2), [alice[0], bob[0]])
        circuit.append(Marker("memory:alice", duration_s=self.link.wait_s), [alice[0]])
        circuit.append(Marker("memory:bob", duration_s=self.link.wait_s), [bob[0]])
        sides = ((alice[0], alice_bit[0], "alice"), (bob[0], bob_bit[0], "bob"))
        for axis, (qubit, bit, party) in zip(bases, sides, strict=True):
            rotate_to(circuit, qubit, axis)
            measure(circuit, qubit, bit, party)
        return circuit

    def devices(self) -> dict[str, Any]:
        """Source, two memories, two readouts."""
        return {
            "link:alice-bob": self.link.source,
            "memory:alice": self.link.alice_memory,
            "memory:bob": self.link.bob_memory,
            "readout:alice": self.alice_readout,
            "readout:bob": self.bob_readout,
        }

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """How often the sifted bits differ."""
        wrong_z, wrong_x = (outcomes[bases].share(lambda key: key in ("0 1", "1 0")) for bases in _SAME)
        z = self.basis_probability**2 / self.sifted_fraction
        return {"qber": Estimate.combine([(z, wrong_z), (1 - z, wrong_x)]), "qber_x": wrong_x, "qber_z": wrong_z}

    def theory(self) -> dict[str, float]:
        """The same in closed form: (1 - <ZZ>)/2 and (1 - <XX>)/2, as read."""
        xx, _, zz = read_correlators(
            self.link.pair(),
            error_0_a=self.alice_readout.error_0, error_1_a=self.alice_readout.error_1,
            error_0_b=self.bob_readout.error_0, error_1_b=self.bob_readout.error_1)
        qber_z, qber_x = (1 - float(zz)) / 2, (1 - float(xx)) / 2
        z = self.basis_probability**2 / self.sifted_fraction
        return {"qber": z * qber_z + (1 - z) * qber_x, "qber_x": qber_x, "qber_z": qber_z}
