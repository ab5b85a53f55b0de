"""BB84: photons in random bases, and what of them is left after sifting."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import choice, custom, number, part, require, value
from ..circuits.eavesdrop import eavesdrop, eve_bits, eve_reads
from ..circuits.markers import Marker
from ..circuits.photons import detect_photon, photon_registers, prepare_photon, rotate_polarization, to_z
from ..devices.attacks import Attack, NoAttack, coerce_attack
from ..devices.clicks import streams
from ..devices.detector import Detector
from ..devices.eve import DIRECTIONS, bloch_map, choices, closed_clicks, forwarded, guess, line, receiver, suits
from ..devices.fiber import Fiber
from ..devices.line import Line
from ..devices.photon_source import SinglePhotonSource, WeakCoherentSource
from ..devices.pulses import Fire, Kind, Table, pattern_table, shoot_pulses
from ..estimate import Estimate, Outcomes
from ..theory.photons import polarization_turn, yield_of
from ..theory.sifting import Row, pulse_registers, sift, sift_in_theory

#: Most pulses that are followed one after the other, where the detector remembers: some minutes.
MAX_FOLLOWED = 10**10


def _coerce_source(name: str, got: Any) -> Any:
    __tracebackhide__ = True
    require(isinstance(got, (SinglePhotonSource, WeakCoherentSource)),
            f"{name} must be a SinglePhotonSource or a WeakCoherentSource", got={name: (got, "")}, error=TypeError,
            why="It says how many photons a pulse holds", fix=f"{name}=WeakCoherentSource(intensities=(0.5,))")
    return got


@value
class BB84:
    """Alice sends photons in random bases, bob measures them in random bases, and both keep what matches.

    Parameters
    ----------
    source : SinglePhotonSource or WeakCoherentSource
        Decoy intensities, and how often each is sent, are the source's.
    fiber : Fiber or another line
        From alice to bob; a :class:`.FreeSpacePath` may stand here, too.
    detector : Detector
        Both of bob's: one for bit 0, one for bit 1.
    misalignment_rad : float
        Angle of polarization between alice's and bob's frames, 0 to pi/2.
    attack : an attack
        What eve does between alice and the fiber: NoAttack(), InterceptResend(...), ...
    basis_probability : float
        How often alice, and bob, choose Z, between 0 and 1; 1/2 is the original, more is "efficient" BB84.
    bases : "ZX" or "ZXY"
        Two bases, or all three (six states); X and Y then share what Z leaves.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range, or a gate is longer than the time between two pulses.

    Notes
    -----
    One small circuit per choice of alice and bob tells where *one* photon goes (settings such as "Z0 X": alice's basis
    and bit, bob's basis; "Z0 X eve Z" if eve chooses, too). Photon number and dark counts enter after it: for a pulse
    of n photons and a set S of detectors P(no click in S) = (1-d)^|S| (1 - sum_S p_j)^n. ``run(bb84, shots=N)`` sends
    N pulses in all. A pulse with clicks in both detectors is kept and given a random bit. Estimates: see
    :func:`qnetlab.theory.sifting.sift`. With dead time, afterpulses or jitter the pulses are not independent: there
    is then no exact answer and no closed form, only ``shots``, and ``record``.

    References
    ----------
    C. H. Bennett, G. Brassard, Theoretical Computer Science 560, 7 (2014), doi:10.1016/j.tcs.2014.05.025 (of 1984).
    H.-K. Lo, H. F. Chau, M. Ardehali, Journal of Cryptology 18, 133 (2005), doi:10.1007/s00145-004-0142-y (biased).

    >>> BB84().theory()["sifted_fraction"]
    0.5
    >>> from qnetlab.devices.attacks import InterceptResend
    >>> round(BB84(attack=InterceptResend(fraction=0.4)).theory()["qber"], 12)
    0.1
    """

    source: Any = custom(default=SinglePhotonSource(), coerce=_coerce_source, doc="what makes the pulses")
    fiber: Line = part(default_factory=Fiber, like=Line, doc="from alice to bob")
    detector: Detector = part(default_factory=Detector, doc="both of bob's detectors")
    misalignment_rad: float = number(default=0.0, unit="rad", low=0, high=math.pi / 2,
                                     doc="angle between alice's and bob's polarization", fix="misalignment_rad=0.1",
                                     why="Beyond a right angle the labels 0 and 1 are swapped")
    attack: Attack = custom(default=NoAttack(), coerce=coerce_attack, doc="what eve does")
    basis_probability: float = number(default=0.5, low=0, high=1, low_open=True, high_open=True,
                                      doc="how often Z is chosen", fix="basis_probability=0.9",
                                      why="Both bases must occur, or eve would know which one to use")
    bases: str = choice(default="ZX", options=("ZX", "ZXY"), doc="two bases or three",
                        why="BB84 has two bases, the six-state protocol three")

    def _check(self) -> None:
        rate = self.source.repetition_rate_hz
        require(self.detector.gate_s * rate <= 1 + 1e-9, "gate_s must satisfy gate_s * repetition_rate_hz <= 1",
                got={"gate_s": (self.detector.gate_s, "s"), "repetition_rate_hz": (rate, "Hz")},
                why="A gate that is longer than a period hears the next pulse, too",
                fix=f"detector=Detector(gate_s={1 / rate:g})")
        suits(self.attack, self.bases)

    # ------------------------------------------------------------------------------------------ one photon

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per choice: where does one photon go?"""
        return {kind.setting: self._circuit(kind) for kind in self._kinds() if kind.intensity == 0}

    def _circuit(self, kind: Kind) -> QuantumCircuit:
        kept = eve_bits(self.attack)
        circuit = QuantumCircuit(*photon_registers(), name=kind.setting)
        photon, (d0, d1) = list(circuit.qubits), list(circuit.clbits)
        eve, eve_bit = QuantumRegister(kept, "eve"), ClassicalRegister(kept, "eve_bit")
        if kept:
            circuit.add_register(eve, eve_bit)
        prepare_photon(circuit, photon, kind.alice, kind.bit)
        eavesdrop(self.attack, kind.eve, circuit, photon, eve)
        circuit.append(Marker("fiber:alice-bob", 2), photon)
        rotate_polarization(circuit, photon, self.misalignment_rad)
        to_z(circuit, photon, kind.bob)
        detect_photon(circuit, photon, d0, d1, "bob")
        eve_reads(self.attack, kind.eve, circuit, eve, eve_bit, kind.alice)
        return circuit

    def devices(self) -> dict[str, Any]:
        """The fiber (eve may have laid another one) and the detectors, of which the circuits take the efficiency."""
        return {"fiber:alice-bob": line(self.attack, self.fiber), "detector:bob": self.receiver}

    # -------------------------------------------------------------------------------------- many photons

    @property
    def receiver(self) -> Detector:
        """Bob's detectors as they are under the attack."""
        return receiver(self.attack, self.detector)

    def _kinds(self) -> list[Kind]:
        """Everything that alice, bob and eve may choose for a pulse."""
        rest = (1 - self.basis_probability) / (len(self.bases) - 1)
        often = {basis: self.basis_probability if basis == "Z" else rest for basis in self.bases}
        return [
            Kind(k, alice, bit, bob, eve, chosen * often[alice] / 2 * often[bob] * weight,
                 forwarded(self.attack, self.source.photon_number_distribution(k)))
            for k, chosen in enumerate(self.source.choice_probabilities)
            for alice, bit, bob in product(self.bases, (0, 1), self.bases)
            for eve, weight in choices(self.attack).items()
        ]

    def _table(self, probabilities: Mapping[str, Outcomes], dark: float) -> Table:
        """P(kind, eve's bit, pattern) from the one-photon circuits."""
        one_photon = {}
        for setting, outcomes in probabilities.items():
            table = one_photon[setting] = np.zeros((2, 2, 1 + eve_bits(self.attack)))
            for key, p in outcomes.weights:
                d0, d1, eve_bit = (int(bit) for bit in f"{key} 0".split(" ")[:3])
                table[d0, d1, eve_bit] += p
        return pattern_table(self.attack, self._kinds(), one_photon, dark)

    def _outcomes(self, table: npt.NDArray[Any], shots: int | None) -> dict[str, Outcomes]:
        """A table of :meth:`_table` in registers: one setting, "pulses"."""
        eve = list(choices(self.attack)) if eve_bits(self.attack) else []
        registers = pulse_registers(len(self.source.choice_probabilities), len(self.bases), len(eve))
        weights: dict[str, float] = {}
        for kind, rows in zip(self._kinds(), table, strict=True):
            for (eve_bit, pattern), weight in np.ndenumerate(rows):
                if weight > 0:
                    numbers = [kind.intensity, self.bases.index(kind.alice), kind.bit, self.bases.index(kind.bob),
                               pattern & 1, pattern >> 1, *([eve.index(kind.eve), eve_bit] if eve else [])]
                    key = " ".join(format(n, f"0{w}b") for n, (_, w) in zip(numbers, registers, strict=True))
                    weights[key] = weights.get(key, 0.0) + weight
        return {"pulses": Outcomes(registers=registers, weights=tuple(weights.items()), n=shots)}

    def detect(self, probabilities: Mapping[str, Outcomes]) -> dict[str, Outcomes]:
        """From where one photon goes to what a pulse does, exactly: one setting, "pulses"."""
        self._independent("an exact answer needs pulses that are independent", "shots=1000000")
        return self._outcomes(self._table(probabilities, self.receiver.dark_count_probability), None)

    def sample(self, probabilities: Mapping[str, Outcomes], shots: int,
               rng: np.random.Generator) -> dict[str, Outcomes]:
        """``shots`` pulses in all, drawn from the exact answer; one after the other where each knows of the last."""
        remembers = self.receiver.remembers
        table = self._table(probabilities, 0.0 if remembers else self.receiver.dark_count_probability)
        if remembers:
            require(shots <= MAX_FOLLOWED, f"shots must satisfy shots <= {MAX_FOLLOWED:.0e}", got={"shots": shots},
                    why="A detector that remembers is followed from pulse to pulse", fix="shots=10**8")
            flat, rate = table.reshape(-1, 4), self.source.repetition_rate_hz
            counts = sum(stretch.counts for stretch in streams(flat, self.receiver, rate, shots, rng))
        else:
            counts = rng.multinomial(shots, table.ravel() / table.sum())
        return self._outcomes(np.reshape(counts, table.shape), shots)

    def shoot(self, shots: int, fire: Fire, rng: np.random.Generator) -> dict[str, Outcomes]:
        """``shots`` pulses in all, each photon really shot by ``fire``."""
        self._independent("photons that are shot must be independent", 'shots=1000000 without mode="shots"')
        counts = shoot_pulses(self.attack, self._kinds(), shots, fire, self.receiver.dark_count_probability,
                              eve_bits(self.attack), rng)
        return self._outcomes(counts, shots)

    def _independent(self, must: str, fix: str) -> None:
        d = self.receiver
        require(not d.remembers, must, fix=fix, why="A click changes what the detector does next",
                got={"dead_time_s": (d.dead_time_s, "s"), "afterpulse_probability": d.afterpulse_probability,
                     "jitter_s": (d.jitter_s, "s")})

    # ------------------------------------------------------------------------------------------- the answer

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """Gains, error rates, sifted fraction: :func:`qnetlab.theory.sifting.sift`."""
        return sift(outcomes["pulses"], self.bases, len(self.source.choice_probabilities))

    def theory(self) -> dict[str, float]:
        """The same in closed form; nothing where clicks know of each other."""
        if self.receiver.remembers:
            return {}
        eta = line(self.attack, self.fiber).transmittance * self.receiver.efficiency
        dark = self.receiver.dark_count_probability
        turn = polarization_turn(self.misalignment_rad)
        rows = []
        for kind in self._kinds():
            if kind.bit == 0:  # bit 1 is its mirror image
                arriving = turn @ bloch_map(self.attack, kind.eve) @ DIRECTIONS[kind.alice]
                patterns = closed_clicks(self.attack, kind.eve, kind.alice, kind.bob,
                                         float(DIRECTIONS[kind.bob] @ arriving), eta, kind.distribution, dark)
                empty = kind.distribution[0] * yield_of(0, eta, dark)  # of such a click eve knows nothing
                right = guess(self.attack, kind.eve, kind.alice) * (patterns.gain - empty) + empty / 2
                rows.append(Row(kind.intensity, kind.alice, kind.bob, 2 * kind.weight, patterns, right))
        return sift_in_theory(rows, self.bases, with_eve=eve_bits(self.attack) > 0)
