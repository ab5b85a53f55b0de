"""Two-qubit tomography: all that two parties can learn of the pair they share."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import part, require, value
from ..circuits.blocks import bell_pair, measure, rotate_to
from ..circuits.shared import carry, link_devices
from ..devices.any_link import AnyLink
from ..devices.link import Link
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.tomography import PAULI_NAMES, Matrix, inverted, pauli_means, projected

#: Alice's axis, bob's axis.
SETTINGS = tuple(a + b for a, b in itertools.product("XYZ", repeat=2))


@value
class Tomography:
    """Alice and bob measure many equal pairs in all nine combinations of X, Y and Z, and write down the state.

    Parameters
    ----------
    link : Link or HeraldedLink
        Source, fiber and memories between them; phi_plus is meant.
    alice_readout, bob_readout : Readout

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimates: fifteen means, "xx", "xi" (alice's X, whatever bob measures), ..., and ``fidelity`` to phi_plus,
    (1 + xx - yy + zz)/4, without bias and from three settings only. :meth:`state` makes the density matrix of a result:
    by linear inversion, which is right on average and may have negative eigenvalues, or the nearest state, which has
    none and is *biased*: for a pure state always toward too low a fidelity, by about as much as the error bar
    (:func:`qnetlab.theory.tomography.projected`). Neither corrects for the readouts.
    Circuits: "XX", "XY", ..., "ZZ".

    >>> from qnetlab.devices.source import PhotonPairSource
    >>> noisy = Tomography(link=Link(source=PhotonPairSource(fidelity=0.85)))
    >>> seen = noisy.theory()
    >>> [round(seen[name], 3) for name in ("fidelity", "xx", "yy", "zz", "xy", "zi")]
    [0.85, 0.8, -0.8, 0.8, 0.0, 0.0]
    """

    link: AnyLink = part(default_factory=Link, like=AnyLink, doc="what joins alice and bob")
    alice_readout: Readout = part(default_factory=Readout, doc="alice's readout")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit for each two axes."""
        return {setting: self._circuit(setting) for setting in SETTINGS}

    def _circuit(self, setting: str) -> QuantumCircuit:
        alice, bob = QuantumRegister(1, "alice"), QuantumRegister(1, "bob")
        alice_bit, bob_bit = ClassicalRegister(1, "alice_bit"), ClassicalRegister(1, "bob_bit")
        circuit = QuantumCircuit(alice, bob, alice_bit, bob_bit, name=setting)
        bell_pair(circuit, alice[0], bob[0])
        carry(circuit, alice[0], bob[0], self.link)
        for qubit, bit, party, axis in ((alice[0], alice_bit[0], "alice", setting[0]),
                                        (bob[0], bob_bit[0], "bob", setting[1])):
            rotate_to(circuit, qubit, axis)
            measure(circuit, qubit, bit, party)
        return circuit

    def devices(self) -> dict[str, Any]:
        """Source, two memories, two readouts."""
        return {**link_devices(self.link), "readout:alice": self.alice_readout, "readout:bob": self.bob_readout}

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """Fifteen means, and the fidelity from three of them."""
        seen: dict[str, Estimate] = {}
        for name in PAULI_NAMES:
            a, b = name[0].upper(), name[1].upper()
            if "I" not in (a, b):
                seen[name] = outcomes[a + b].parity("alice_bit", "bob_bit")
                continue
            bit = "alice_bit" if b == "I" else "bob_bit"
            settings = [a + other if b == "I" else other + b for other in "XYZ"]
            seen[name] = Estimate.combine([(1 / 3, outcomes[setting].parity(bit)) for setting in settings])
        fidelity = Estimate.combine([(0.25, seen["xx"]), (-0.25, seen["yy"]), (0.25, seen["zz"])], constant=0.25)
        return {"fidelity": fidelity, **seen}

    def theory(self) -> dict[str, float]:
        """The same sixteen numbers in closed form."""
        true = {"ii": 1.0, **pauli_means(self.link.pair())}
        (ka, oa), (kb, ob) = ((1 - r.error_0 - r.error_1, r.error_1 - r.error_0)
                              for r in (self.alice_readout, self.bob_readout))
        seen = {}
        for name in PAULI_NAMES:
            a, b = name[0], name[1]
            left = {a: ka, "i": oa} if a != "i" else {"i": 1.0}  # a readout makes k m + o of a mean m
            right = {b: kb, "i": ob} if b != "i" else {"i": 1.0}
            seen[name] = sum(k * m * true[p + q] for p, k in left.items() for q, m in right.items())
        return {"fidelity": (1 + seen["xx"] - seen["yy"] + seen["zz"]) / 4, **seen}

    def state(self, result: Any, physical: bool = False) -> Matrix:
        """The density matrix that a result stands for, 4 x 4, alice's qubit first.

        Parameters
        ----------
        result : Result
            Of this protocol.
        physical : bool
            The nearest state in place of linear inversion; biased, see above.

        >>> from qnetlab.engine import run
        >>> bell = Tomography()
        >>> bell.state(run(bell)).real.round(6)[0].tolist()
        [0.5, 0.0, 0.0, 0.5]
        """
        require(getattr(result, "protocol", None) == self, "result must be a run of this protocol",
                got={"result": (type(result).__name__, "")}, why="Another one measured other pairs",
                fix="run(tomography, shots=1000)", error=ValueError)
        found = inverted({name: result[name].value for name in PAULI_NAMES})
        return projected(found) if physical else found
