"""BBM92: a key from entangled pairs, whoever made them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import number, part, value
from ..circuits.blocks import bell_pair, measure, rotate_to
from ..circuits.shared import carry, link_devices
from ..devices.any_link import AnyLink
from ..devices.link import Link
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.states import read_correlators

#: Settings: Alice's basis, then Bob's. The first two are kept.
_SETTINGS = ("ZZ", "XX", "ZX", "XZ")

#: One pair, as the two wrote it down: basis 0 for Z and 1 for X, and what was read.
_REGISTERS = (("alice_basis", 1), ("bob_basis", 1), ("alice_bit", 1), ("bob_bit", 1))


@value
class BBM92:
    """Alice and bob measure the halves of a pair phi_plus, each in Z or X by chance, and keep what fits.

    Parameters
    ----------
    link : Link or HeraldedLink
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
    sifted bits together; ``sifted_fraction`` of the pairs, p^2 + (1 - p)^2. An error rate over nothing is left out.
    ``run(bbm92, shots=N)`` measures N pairs in all.
    For a Werner pair of fidelity F each error rate is 2 (1 - F)/3, as of the three wrong Bell states two flip a bit.
    The source need not be honest: whatever pairs it sends, its maker's knowledge of the Z bits shows in ``qber_x``.
    Alice's and bob's own devices must be; see :class:`.E91` for what a Bell test adds.
    Circuits: settings "ZZ", "XX" (kept) and "ZX", "XZ" (sifted away), registers alice_bit, bob_bit; they come together
    in one setting "pairs", which has the bases, too.
    Only pairs that arrive count: loss lowers the rate, never the share of wrong bits.

    References
    ----------
    C. H. Bennett, G. Brassard, N. D. Mermin, Physical Review Letters 68, 557 (1992),
    doi:10.1103/PhysRevLett.68.557.

    >>> from qnetlab.devices.source import PhotonPairSource
    >>> noisy = BBM92(link=Link(source=PhotonPairSource(fidelity=0.92)))
    >>> round(noisy.theory()["qber"], 6), noisy.theory()["sifted_fraction"]
    (0.053333, 0.5)
    """

    link: AnyLink = part(default_factory=Link, like=AnyLink, doc="what joins alice and bob")
    alice_readout: Readout = part(default_factory=Readout, doc="alice's readout")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")
    basis_probability: float = number(
        default=0.5, low=0, high=1, low_open=True, high_open=True, doc="how often each chooses Z",
        why="Errors must be seen in both bases", fix="basis_probability=0.9")

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per pair of bases, Alice's first."""
        return {bases: self._circuit(bases) for bases in _SETTINGS}

    def _circuit(self, bases: str) -> QuantumCircuit:
        alice, bob = QuantumRegister(1, "alice"), QuantumRegister(1, "bob")
        alice_bit, bob_bit = ClassicalRegister(1, "alice_bit"), ClassicalRegister(1, "bob_bit")
        circuit = QuantumCircuit(alice, bob, alice_bit, bob_bit, name=bases)
        bell_pair(circuit, alice[0], bob[0])
        carry(circuit, alice[0], bob[0], self.link)
        sides = ((alice[0], alice_bit[0], "alice"), (bob[0], bob_bit[0], "bob"))
        for axis, (qubit, bit, party) in zip(bases, sides, strict=True):
            rotate_to(circuit, qubit, axis)
            measure(circuit, qubit, bit, party)
        return circuit

    def devices(self) -> dict[str, Any]:
        """Source, two memories, two readouts."""
        return {**link_devices(self.link), "readout:alice": self.alice_readout, "readout:bob": self.bob_readout}

    # ------------------------------------------------------------------------------- bases chosen by chance

    def _often(self, bases: str) -> float:
        """How often the two choose these bases."""
        return math.prod(self.basis_probability if axis == "Z" else 1 - self.basis_probability for axis in bases)

    def detect(self, probabilities: Mapping[str, Outcomes]) -> dict[str, Outcomes]:
        """All pairs together, exactly: one setting, "pairs"."""
        return _together({bases: (self._often(bases), probabilities[bases]) for bases in _SETTINGS}, None)

    def sample(self, probabilities: Mapping[str, Outcomes], shots: int,
               rng: np.random.Generator) -> dict[str, Outcomes]:
        """``shots`` pairs in all, drawn from the exact answer."""
        exact = self.detect(probabilities)["pairs"]
        keys, weights = zip(*exact.weights, strict=True)
        counts = rng.multinomial(shots, np.array(weights) / math.fsum(weights))
        drawn = tuple((key, int(n)) for key, n in zip(keys, counts, strict=True) if n)
        return {"pairs": Outcomes(registers=_REGISTERS, weights=drawn, n=shots)}

    def shoot(self, shots: int, fire: Callable[[Mapping[str, int]], Mapping[str, Outcomes]],
              rng: np.random.Generator) -> dict[str, Outcomes]:
        """``shots`` pairs in all, each really shot by ``fire``."""
        counts = rng.multinomial(shots, [self._often(bases) for bases in _SETTINGS])
        wanted = {bases: int(n) for bases, n in zip(_SETTINGS, counts, strict=True) if n}
        return _together({bases: (1, seen) for bases, seen in fire(wanted).items()}, shots)

    # ------------------------------------------------------------------------------------------- the answer

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """How often the sifted bits differ, and how many are left after sifting."""
        seen = {tuple(key.split(" ")): weight for key, weight in outcomes["pairs"].weights}
        n = outcomes["pairs"].n

        def wrong(bases: str) -> Estimate | None:
            kept = [(one != other, weight) for (a, b, one, other), weight in seen.items() if a == b and a in bases]
            among = math.fsum(weight for _, weight in kept)
            differ = math.fsum(weight for differs, weight in kept if differs)
            if among <= 0:
                return None
            return Estimate.exact(differ / among) if n is None else Estimate.proportion(differ, round(among))

        sifted = math.fsum(weight for (a, b, *_), weight in seen.items() if a == b)
        found = {"qber": wrong("01"), "qber_x": wrong("1"), "qber_z": wrong("0"),
                 "sifted_fraction": Estimate.proportion(sifted, n)}
        return {name: estimate for name, estimate in found.items() if estimate is not None}

    def theory(self) -> dict[str, float]:
        """The same in closed form: (1 - <ZZ>)/2 and (1 - <XX>)/2, as read."""
        xx, _, zz = read_correlators(
            self.link.pair(),
            error_0_a=self.alice_readout.error_0, error_1_a=self.alice_readout.error_1,
            error_0_b=self.bob_readout.error_0, error_1_b=self.bob_readout.error_1)
        qber_z, qber_x = (1 - float(zz)) / 2, (1 - float(xx)) / 2
        both_z, both_x = self._often("ZZ"), self._often("XX")
        return {"qber": (both_z * qber_z + both_x * qber_x) / (both_z + both_x), "qber_x": qber_x, "qber_z": qber_z,
                "sifted_fraction": both_z + both_x}


def _together(seen: Mapping[str, tuple[float, Outcomes]], n: int | None) -> dict[str, Outcomes]:
    """Bases -> (factor, what was read), as one setting with the bases in it."""
    weights = {f"{'ZX'.index(bases[0])} {'ZX'.index(bases[1])} {key}": factor * weight
               for bases, (factor, outcomes) in seen.items() for key, weight in outcomes.weights}
    return {"pairs": Outcomes(registers=_REGISTERS, weights=tuple(weights.items()), n=n)}
