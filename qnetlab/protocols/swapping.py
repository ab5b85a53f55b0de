"""Entanglement swapping: two who never met share a pair, through stations that measure and tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import choice, custom, part, value
from ..circuits.blocks import bell_pair, bell_rotation, measure, rotate_to
from ..circuits.markers import Marker
from ..devices.any_link import AnyLink
from ..devices.chain import coerce_links
from ..devices.gates import GateErrors
from ..devices.link import Link
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.states import Pair, bell_fidelity, read_correlators
from ..theory.swapping import Station, frame_correlators, station, swapped_pair, uncorrected_pair

AXES = ("X", "Y", "Z")
#: Which of a station's bits turn the sign of a correlator.
_SIGNS = {"X": ("z",), "Y": ("z", "x"), "Z": ("x",)}
#: Ways to use the bits without turning a qubit.
_FRAMES = ("pauli_frame", "at_once")


@value
class Swapping:
    """Alice and bob share a pair through stations: each measures the two halves that it holds, and tells the result.

    Parameters
    ----------
    links : tuple of Link or HeraldedLink
        From alice to bob, two or more; between two of them stands a station.
    corrections : "feed_forward", "pauli_frame", "at_once" or "none"
        Bob turns his qubit by what the stations tell; or both wait for the bits, nobody touches a qubit, and the bits
        turn the signs of what is read; or both measure at once and the bits turn the signs when they come, which does
        for a key; or the stations keep quiet.
    gates : GateErrors
        Of every station, and of bob's corrections.
    station_readout, alice_readout, bob_readout : Readout

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimates ``xx``, ``yy``, ``zz`` and ``fidelity`` = (1 + xx - yy + zz)/4 to phi_plus, as the readouts report them.
    All pairs are taken to be there at once: those whose herald is quicker wait for the slowest, and when all stations
    have measured, both ends wait until the farthest station's bits have crossed the fiber to bob: whoever keeps a
    qubit must, and who only measures ("at_once") need not. How *often*
    all links succeed is another question (:class:`RepeaterChain`).
    Exact runs go up to five links (ten qubits); the closed form takes any number, in linear time.
    Circuits: qubits alice, c1a, c1b, ..., bob; bits z1, x1, ..., alice_bit, bob_bit.

    References
    ----------
    M. Zukowski et al., Physical Review Letters 71, 4287 (1993), doi:10.1103/PhysRevLett.71.4287.

    >>> from qnetlab.devices.source import PhotonPairSource
    >>> link = Link(source=PhotonPairSource(fidelity=0.95))
    >>> round(Swapping(links=(link,) * 4).theory()["fidelity"], 6)
    0.819126
    """

    links: tuple[AnyLink, ...] = custom(default=(Link(), Link()), coerce=coerce_links, doc="from alice to bob")
    corrections: str = choice(default="feed_forward", options=("feed_forward", *_FRAMES, "none"),
                              doc="what is done with the stations' bits")
    gates: GateErrors = part(default_factory=GateErrors, doc="errors of the gates in every station, and of bob's")
    station_readout: Readout = part(default_factory=Readout, doc="the stations' readout")
    alice_readout: Readout = part(default_factory=Readout, doc="alice's readout")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")

    @property
    def bits_delay_s(self) -> float:
        """How long both ends wait for the stations' bits, in s: those of the first station cross all other links."""
        return 0.0 if self.corrections in ("at_once", "none") else sum(link.fiber.delay_s for link in self.links[1:])

    def _waits(self) -> Iterator[tuple[AnyLink, float, float]]:
        """Each link, and how long its two halves still wait once both its ends know of the pair, in s."""
        ready = max(link.wait_s for link in self.links)
        last = len(self.links) - 1
        for i, link in enumerate(self.links):
            told, early = self.bits_delay_s, ready - link.wait_s
            yield link, early + (told if i == 0 else 0.0), early + (told if i == last else 0.0)

    def pairs(self) -> list[Pair]:
        """Each link's pair when it is used, for the closed form."""
        return [link.pair(extra_a_s=a, extra_b_s=b) for link, a, b in self._waits()]

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per axis: XX, YY and ZZ."""
        return {2 * axis: self._circuit(axis) for axis in AXES}

    def _circuit(self, axis: str) -> QuantumCircuit:
        stations = range(1, len(self.links))
        names = ["alice", *(f"c{k}{side}" for k in stations for side in "ab"), "bob"]
        qubits = [QuantumRegister(1, name) for name in names]
        bits = {name: ClassicalRegister(1, name) for k in stations for name in (f"z{k}", f"x{k}")}
        ends = ClassicalRegister(1, "alice_bit"), ClassicalRegister(1, "bob_bit")
        circuit = QuantumCircuit(*qubits, *bits.values(), *ends, name=2 * axis)
        alice, bob = qubits[0][0], qubits[-1][0]

        for i, (link, a_s, b_s) in enumerate(self._waits()):
            alice_s, bob_s = link.waits_s
            left, right = qubits[2 * i][0], qubits[2 * i + 1][0]
            bell_pair(circuit, left, right)
            circuit.append(Marker(f"link:{i + 1}", 2), [left, right])
            circuit.append(Marker(f"memory:{i + 1}a", duration_s=alice_s + a_s), [left])
            circuit.append(Marker(f"memory:{i + 1}b", duration_s=bob_s + b_s), [right])

        for k in stations:
            left, right = qubits[2 * k - 1][0], qubits[2 * k][0]
            bell_rotation(circuit, left, right, "station")
            measure(circuit, left, bits[f"z{k}"][0], "station")
            measure(circuit, right, bits[f"x{k}"][0], "station")

        if self.corrections == "feed_forward":
            for k in stations:
                for gate in ("x", "z"):
                    with circuit.if_test((bits[f"{gate}{k}"][0], 1)):
                        getattr(circuit, gate)(bob)
                        circuit.append(Marker("processor:bob"), [bob])
        for qubit, bit, party in ((alice, ends[0][0], "alice"), (bob, ends[1][0], "bob")):
            rotate_to(circuit, qubit, axis)
            measure(circuit, qubit, bit, party)
        return circuit

    def devices(self) -> dict[str, Any]:
        """Sources, memories, processors and readouts."""
        places: dict[str, Any] = {}
        for i, link in enumerate(self.links, 1):
            places |= {f"link:{i}": link.pair_device,
                       f"memory:{i}a": link.alice_memory, f"memory:{i}b": link.bob_memory}
        bob_acts = {"processor:bob": self.gates} if self.corrections == "feed_forward" else {}
        return {**places, "processor:station": self.gates, **bob_acts, "readout:station": self.station_readout,
                "readout:alice": self.alice_readout, "readout:bob": self.bob_readout}

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """Correlators and fidelity; in a Pauli frame the stations' bits turn the signs."""
        stations = range(1, len(self.links)) if self.corrections in _FRAMES else ()
        seen = {}
        for axis in AXES:
            signs = [f"{bit}{k}" for k in stations for bit in _SIGNS[axis]]
            seen[2 * axis] = outcomes[2 * axis].parity("alice_bit", "bob_bit", *signs)
        fidelity = Estimate.combine([(0.25, seen["XX"]), (-0.25, seen["YY"]), (0.25, seen["ZZ"])], constant=0.25)
        return {"xx": seen["XX"], "yy": seen["YY"], "zz": seen["ZZ"], "fidelity": fidelity}

    def theory(self) -> dict[str, float]:
        """The same in closed form."""
        alice, bob = self.alice_readout, self.bob_readout
        if self.corrections in _FRAMES:
            xx, yy, zz = frame_correlators(self.pairs(), self._station(), alice=(alice.error_0, alice.error_1),
                                           bob=(bob.error_0, bob.error_1))
        else:
            xx, yy, zz = read_correlators(self.final_pair(), error_0_a=alice.error_0, error_1_a=alice.error_1,
                                          error_0_b=bob.error_0, error_1_b=bob.error_1)
        return {"xx": float(xx), "yy": float(yy), "zz": float(zz), "fidelity": float(1 + xx - yy + zz) / 4}

    def final_pair(self) -> Pair:
        """The pair that alice and bob hold in the end, before they are read."""
        if self.corrections == "none":
            return uncorrected_pair(self.pairs())
        return swapped_pair(self.pairs(), self._station())

    @property
    def final_fidelity(self) -> float:
        """Its fidelity to phi_plus: ``theory()["fidelity"]`` without the errors of the last two readouts."""
        return float(bell_fidelity(self.final_pair(), "phi_plus"))

    def _station(self) -> Station:
        return station(one_qubit_error=self.gates.one_qubit, two_qubit_error=self.gates.two_qubit,
                       error_0=self.station_readout.error_0, error_1=self.station_readout.error_1,
                       corrects=self.corrections == "feed_forward")
