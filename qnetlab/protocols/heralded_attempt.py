"""One attempt at a heralded link, photon by photon: two memories emit, a station answers, and what is then shared."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import custom, refuse, require, value
from ..circuits.blocks import measure, rotate_to
from ..circuits.markers import Marker
from ..devices.gates import GateErrors
from ..devices.herald_station import Arm, HeraldStation
from ..devices.heralded_link import HeraldedLink
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.states import werner_visibility

AXES = ("X", "Y", "Z")
#: In which halves of an attempt a memory may emit.
_HALVES = {"single_click": ("now",), "two_click": ("early", "late"), "sender_receiver": ("early", "late")}


def _drawn(name: str, got: Any) -> HeraldedLink:
    if not isinstance(got, HeraldedLink):
        refuse(f"{name} must be a HeraldedLink", got={name: (got, "")}, error=TypeError,
               why="A click is what this circuit is about", fix=f'{name}=HeraldedLink(scheme="single_click")')
    require(got.scheme in _HALVES and got.bell_measurement == "linear_optics",
            f"{name} must be a HeraldedLink of linear optics with scheme {', '.join(_HALVES)}",
            got={"scheme": got.scheme, "bell_measurement": got.bell_measurement},
            why="Its circuit has two memories and their own photons", fix=f"BellPair({name}=...), for any scheme")
    return got


@value
class HeraldedAttempt:
    """One attempt of a heralded link in a circuit of memories and photons, where BellPair takes the link as a whole.

    Parameters
    ----------
    link : HeraldedLink
        Linear optics, with scheme single_click, two_click or sender_receiver.

    Raises
    ------
    TypeError, ValueError
        If the link is of another class or scheme.

    Notes
    -----
    Estimates: ``success_probability`` of one attempt; ``xx``, ``yy``, ``zz`` and ``fidelity`` = (1 + xx - yy + zz)/4 to
    phi_plus, over the attempts that were heralded, read without errors when both nodes know.
    A photon is one qubit, "is there one": lost is |0>. Behind the station two qubits hold which detector clicked; bob
    names his levels the other way round (X) and turns the sign (Z) for each click of a second detector.
    Circuits: settings "XX", "YY", "ZZ"; registers alice_bit, bob_bit, and for each half of the attempt first_now and
    second_now, or first_early, second_early, first_late, second_late.

    References
    ----------
    C. Cabrillo et al., Physical Review A 59, 1025 (1999), doi:10.1103/PhysRevA.59.1025.

    >>> link = HeraldedLink(scheme="single_click", bright_population=0.1, emission_efficiency=0.1)
    >>> {name: round(number, 6) for name, number in HeraldedAttempt(link=link).theory().items()}
    {'success_probability': 0.0199, 'xx': 0.904523, 'yy': -0.904523, 'zz': 0.809045, 'fidelity': 0.904523}
    """

    link: HeraldedLink = custom(default=HeraldedLink(), coerce=_drawn, doc="what is attempted")

    @property
    def halves(self) -> tuple[str, ...]:
        """In which halves of the attempt a memory may emit: "now", or "early" and "late"."""
        return _HALVES[self.link.scheme]

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per axis of the pair: XX, YY and ZZ."""
        return {2 * axis: self._circuit(axis) for axis in AXES}

    def _circuit(self, axis: str) -> QuantumCircuit:
        sides = {side: QuantumRegister(1, side) for side in ("alice", "bob")}
        photons = {(side, half): QuantumRegister(1, f"{side}_{half}") for side in sides for half in self.halves}
        clicks = {(port, half): ClassicalRegister(1, f"{port}_{half}")
                  for half in self.halves for port in ("first", "second")}
        ends = {side: ClassicalRegister(1, f"{side}_bit") for side in sides}
        # As it stands on the ground: alice, what comes from her, what comes from bob, bob.
        line = [sides["alice"], *(photons["alice", half] for half in reversed(self.halves)),
                *(photons["bob", half] for half in self.halves), sides["bob"]]
        circuit = QuantumCircuit(*line, *clicks.values(), *ends.values(), name=2 * axis)

        for memory in sides.values():
            if self.halves == ("now",):
                circuit.ry(2 * math.asin(math.sqrt(self.link.bright_population)), memory[0])
            else:
                circuit.h(memory[0])
        for half in self.halves:  # bright has a photon; or |0> has one early, |1> one late
            for side, memory in sides.items():
                circuit.cx(memory[0], photons[side, half][0], ctrl_state=0 if half == "early" else 1)
        for side, memory in sides.items():
            circuit.append(Marker(f"emitter:{side}"), [memory[0]])
            for half in self.halves:
                circuit.append(Marker(f"arm:{side}"), [photons[side, half][0]])
        for half in self.halves:
            ports = {"first": photons["alice", half][0], "second": photons["bob", half][0]}
            circuit.append(Marker("station:charlie", 2), list(ports.values()))
            for port, qubit in ports.items():
                circuit.measure(qubit, clicks[port, half][0])

        bob = sides["bob"][0]
        circuit.x(bob)
        for half in self.halves:
            with circuit.if_test((clicks["second", half][0], 1)):
                circuit.z(bob)
        for (side, memory), wait_s in zip(sides.items(), self.link.waits_s, strict=True):
            circuit.append(Marker(f"memory:{side}", duration_s=wait_s), [memory[0]])
        for memory in sides.values():
            rotate_to(circuit, memory[0], axis)
        for side, memory in sides.items():
            measure(circuit, memory[0], ends[side][0], side)
        return circuit

    def devices(self) -> dict[str, Any]:
        """Emitters, arms, the station, memories, and readouts that never err."""
        link = self.link
        emitter = GateErrors(one_qubit=(1 - werner_visibility(link.emitter_fidelity)) / 2)
        own = link.emission_efficiency * link.detector.efficiency
        at_bob = own if link.scheme == "sender_receiver" else link.click_probability
        station = HeraldStation(detector=link.detector, detection=link.detection, overlap=link.overlap,
                                phase_noise_rad=link.phase_noise_rad if link.scheme == "single_click" else 0.0)
        return {"emitter:alice": emitter, "emitter:bob": emitter, "station:charlie": station,
                "arm:alice": Arm(transmittance=link.click_probability), "arm:bob": Arm(transmittance=at_bob),
                "memory:alice": link.alice_memory, "memory:bob": link.bob_memory,
                "readout:alice": Readout(), "readout:bob": Readout()}

    def heralded(self, found: Outcomes) -> tuple[float, float]:
        """How many attempts of one setting were heralded, and in how many of these the two memories agree."""
        names = [name for name, _ in found.registers]
        kept = equal = 0.0
        for key, weight in found.weights:
            bits = dict(zip(names, key.split(" "), strict=True))
            if all(bits[f"first_{half}"] != bits[f"second_{half}"] for half in self.halves):
                kept += weight
                equal += weight * (bits["alice_bit"] == bits["bob_bit"])
        return kept, equal

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """How often it is heralded, over all settings; and what the heralded pairs show."""
        seen, heralds, attempts = {}, 0.0, 0
        exact = all(found.n is None for found in outcomes.values())
        for axis in (2 * axis for axis in AXES):
            found = outcomes[axis]
            kept, equal = self.heralded(found)
            require(kept > 0, "some attempts must be heralded", got={"heralded": kept},
                    why="Of a pair that never comes nothing is known", fix="more shots, or less loss")
            share = Estimate.exact(equal / kept) if found.n is None else Estimate.proportion(equal, round(kept))
            seen[axis] = Estimate.combine([(2.0, share)], constant=-1.0)
            heralds, attempts = heralds + kept, attempts + (found.n or 1)
        rate = Estimate.exact(heralds / attempts) if exact else Estimate.proportion(heralds, attempts)
        fidelity = Estimate.combine([(0.25, seen["XX"]), (-0.25, seen["YY"]), (0.25, seen["ZZ"])], constant=0.25)
        return {"success_probability": rate, "xx": seen["XX"], "yy": seen["YY"], "zz": seen["ZZ"],
                "fidelity": fidelity}

    def theory(self) -> dict[str, float]:
        """The same in closed form."""
        pair = self.link.pair()
        return {"success_probability": self.link.success_probability, "xx": float(pair.xx), "yy": float(pair.yy),
                "zz": float(pair.zz), "fidelity": self.link.heralded_fidelity}
