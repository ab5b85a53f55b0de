"""A GHZ state over a star of links: what three can share that two cannot."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import choice, custom, part, require, value
from ..circuits.blocks import bell_pair, measure, rotate_to, rotate_to_angle
from ..circuits.markers import Marker
from ..devices.any_link import AnyLink
from ..devices.chain import coerce_links
from ..devices.gates import GateErrors
from ..devices.link import Link
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.ghz import CENTER_WAYS, Shared, shared_ghz
from ..theory.states import Pair
from ..theory.swapping import station

#: Beyond so many links the settings and their circuits are no longer drawn in a lifetime of a lecture.
MOST_LINKS = 50


def _links(name: str, got: Any) -> tuple[AnyLink, ...]:
    kept = coerce_links(name, got)
    require(len(kept) <= MOST_LINKS, f"{name} must hold 2 to {MOST_LINKS} links", got={name: len(kept)},
            why="Every party is joined to the center by one", fix=f"{name}=(Link(), Link())")
    return kept


@value
class GHZ:
    """A center and the parties around it share a GHZ state, |000...> + |111...>; or those that are left share the rest.

    Parameters
    ----------
    links : tuple of Link or HeraldedLink
        One from the center to each party, two or more; the center is the link's alice, the party its bob.
    center : str
        What the center does with its own qubit: ``"kept"``, it is one of the parties; ``"measured_x"`` in X, and it
        tells the result to the first party, which undoes a sign; ``"measured_x_quiet"``, and it tells nobody;
        ``"measured_z"``; ``"lost"``.
    gates : GateErrors
        Of the center, and of the parties' corrections.
    center_readout, party_readout : Readout

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Each link brings a Bell pair. The center joins its first half to every other one by a CNOT and reads that one; where
    it reads 1, the party applies X. Then its own first half and all parties' halves are a GHZ state.

    Estimates, of those who are left: ``populations`` P = P(all 0) + P(all 1) in Z; ``coherence`` C, 2 Re of the element
    between 00...0 and 11...1; ``fidelity`` = (P + C)/2; ``parity``, the mean product of all X. F > 1/2 is genuine: no
    state in which any one party stands apart from the others has it. Measured in X and told, the others share a GHZ
    state of one party less, for two links phi_plus: that is entanglement swapping. Measured in X and not told, in Z, or
    lost: P stays, C is 0.

    C comes from as many settings as there are parties n, all along one angle: C = (1/n) sum (-1)^k <M(k pi/n)> with
    M(theta) the product of cos(theta) X + sin(theta) Y. Circuits: "Z", "M0", "M1", ...; exact runs go up to five links.

    All pairs are taken to be there at once: the quicker herald waits for the slowest, and all wait until the farthest
    party has its bit.

    References
    ----------
    D. M. Greenberger, M. A. Horne, A. Zeilinger, arXiv:0712.0921; M. Pompili et al., Science 372, 259 (2021),
    doi:10.1126/science.abg1919 (three nodes). M(theta): :func:`qnetlab.theory.ghz.shared_ghz`.

    >>> from qnetlab.devices.source import PhotonPairSource
    >>> link = Link(source=PhotonPairSource(fidelity=0.9))
    >>> {name: round(number, 4) for name, number in GHZ(links=(link, link)).theory().items()}
    {'fidelity': 0.8111, 'populations': 0.8711, 'coherence': 0.7511, 'parity': 0.7511}
    """

    links: tuple[AnyLink, ...] = custom(default=(Link(), Link()), coerce=_links, doc="from the center to each party")
    center: str = choice(default="kept", options=CENTER_WAYS, doc="what the center does with its own qubit",
                         why="It keeps, measures or loses it")
    gates: GateErrors = part(default_factory=GateErrors, doc="errors of the center's gates and of the corrections")
    center_readout: Readout = part(default_factory=Readout, doc="the center's readout")
    party_readout: Readout = part(default_factory=Readout, doc="every party's readout")

    @property
    def parties(self) -> int:
        """How many share the state in the end."""
        return len(self.links) + (self.center == "kept")

    @property
    def bits_delay_s(self) -> float:
        """How long all wait until the farthest party has its bit, in s."""
        return max(link.fiber.delay_s for link in self.links)

    def _ready_s(self) -> float:
        return max(link.wait_s for link in self.links)

    def _age_s(self) -> float:
        """How long the center has kept its own qubit when it acts, in s."""
        first = self.links[0]
        return first.waits_s[0] + self._ready_s() - first.wait_s

    def pairs(self) -> list[Pair]:
        """Each link's pair for the closed form: the center's half when the center acts, the party's when it is told."""
        ready, told = self._ready_s(), self.bits_delay_s
        early = [ready - link.wait_s for link in self.links]
        return [link.pair(extra_a_s=wait, extra_b_s=wait + told) for link, wait in zip(self.links, early, strict=True)]

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit in Z, and one per angle."""
        angles = {f"M{k}": k * math.pi / self.parties for k in range(self.parties)}
        return {"Z": self._circuit("Z", None), **{name: self._circuit(name, theta) for name, theta in angles.items()}}

    def _circuit(self, name: str, theta: float | None) -> QuantumCircuit:
        count = len(self.links)
        ours = [QuantumRegister(1, f"center_{i}") for i in range(1, count + 1)]
        theirs = [QuantumRegister(1, f"party_{i}") for i in range(1, count + 1)]
        flips = [ClassicalRegister(1, f"flip_{i}") for i in range(2, count + 1)]
        own = {"kept": ["center_bit"], "lost": []}.get(self.center, ["own_bit"])
        bits = [ClassicalRegister(1, bit) for bit in (*own, *(f"bit_{i}" for i in range(1, count + 1)))]
        qubits = (q for pair in zip(ours, theirs, strict=True) for q in pair)
        circuit = QuantumCircuit(*qubits, *flips, *bits, name=name)
        told = self.bits_delay_s
        for i, (here, there, link) in enumerate(zip(ours, theirs, self.links, strict=True), 1):
            center_s, party_s = (wait + self._ready_s() - link.wait_s for wait in link.waits_s)
            bell_pair(circuit, here[0], there[0])
            circuit.append(Marker(f"link:{i}", 2), [here[0], there[0]])
            circuit.append(Marker(f"memory:{i}a", duration_s=center_s), [here[0]])
            circuit.append(Marker(f"memory:{i}b", duration_s=party_s + told), [there[0]])
        first = ours[0][0]
        for other, flip in zip(ours[1:], flips, strict=True):
            circuit.cx(first, other[0])
            circuit.append(Marker("processor:center", 2), [first, other[0]])
            measure(circuit, other[0], flip[0], "center")
        self._own_qubit(circuit, first, bits[0][0], told)
        for there, flip in zip(theirs[1:], flips, strict=True):
            with circuit.if_test((flip[0], 1)):
                circuit.x(there[0])
                circuit.append(Marker("processor:party"), [there[0]])
        if self.center == "measured_x":
            with circuit.if_test((bits[0][0], 1)):
                circuit.z(theirs[0][0])
                circuit.append(Marker("processor:party"), [theirs[0][0]])
        shared = [(first, bits[0][0], "center")] if self.center == "kept" else []
        shared += [(q[0], bit[0], "party") for q, bit in zip(theirs, bits[len(own):], strict=True)]
        for qubit, bit, who in shared:
            if theta is not None:
                rotate_to_angle(circuit, qubit, theta, "xy")
            measure(circuit, qubit, bit, who)
        return circuit

    def _own_qubit(self, circuit: QuantumCircuit, first: Any, bit: Any, told: float) -> None:
        """What the center does with its own qubit: wait with it, or read it along X or Z."""
        if self.center == "kept":
            circuit.append(Marker("memory:center", duration_s=told, since_s=self._age_s()), [first])
        elif self.center.startswith("measured_x"):
            rotate_to(circuit, first, "X")
            circuit.append(Marker("processor:center"), [first])
        if self.center.startswith("measured"):
            measure(circuit, first, bit, "center")

    def devices(self) -> dict[str, Any]:
        """Sources, memories, processors and readouts."""
        places: dict[str, Any] = {}
        for i, link in enumerate(self.links, 1):
            places |= {f"link:{i}": link.pair_device,
                       f"memory:{i}a": link.alice_memory, f"memory:{i}b": link.bob_memory}
        kept = {"memory:center": self.links[0].alice_memory} if self.center == "kept" else {}
        return {**places, **kept, "processor:center": self.gates, "processor:party": self.gates,
                "readout:center": self.center_readout, "readout:party": self.party_readout}

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """Populations, coherence, fidelity and parity, as the readouts report them."""
        names = [*(["center_bit"] if self.center == "kept" else []), *(f"bit_{i + 1}" for i in range(len(self.links)))]
        seen = outcomes["Z"].marginal(*names)
        populations = seen.share(lambda key: len(set(key.split(" "))) == 1)
        parities = [outcomes[f"M{k}"].parity(*names) for k in range(self.parties)]
        coherence = Estimate.combine([((-1) ** k / self.parties, found) for k, found in enumerate(parities)])
        fidelity = Estimate.combine([(0.5, populations), (0.5, coherence)])
        return {"fidelity": fidelity, "populations": populations, "coherence": coherence, "parity": parities[0]}

    def theory(self) -> dict[str, float]:
        """The same four numbers in closed form."""
        found = self._shared()
        return {name: float(getattr(found, name)) for name in ("fidelity", "populations", "coherence", "parity")}

    def _shared(self) -> Shared:
        gates, center, party = self.gates, self.center_readout, self.party_readout
        at = station(one_qubit_error=gates.one_qubit, two_qubit_error=gates.two_qubit, error_0=center.error_0,
                     error_1=center.error_1)
        kept = self.links[0].alice_memory.decay(self.bits_delay_s, self._age_s())
        return shared_ghz(self.pairs(), at, center=self.center, center_readout=(center.error_0, center.error_1),
                          party_readout=(party.error_0, party.error_1),
                          kept_flip=kept.relaxed, kept_coherence=kept.coherence)
