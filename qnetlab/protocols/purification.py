"""Purification: two who share poor pairs make fewer and better ones, with gates at home and a phone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import choice, number, part, require, value
from ..circuits.blocks import bell_pair, measure, rotate_to
from ..circuits.markers import Marker
from ..devices.any_link import AnyLink
from ..devices.gates import GateErrors
from ..devices.link import Link
from ..devices.readout import Readout
from ..devices.twirl import Twirl
from ..estimate import Estimate, Outcomes
from ..theory.noisy_rounds import (
    Side,
    State,
    as_state,
    compare_round,
    phi_plus_fidelity,
    read_out,
    rotated,
    twirled,
    waited,
)
from ..theory.purification import METHODS

AXES = ("X", "Y", "Z")
SCHEDULES = ("recurrence", "pumping")
#: Beyond so many rounds of recurrence a circuit has more qubits than anyone shoots.
MAX_DRAWN_ROUNDS = 4


class _Round(NamedTuple):
    """One comparison: which round it is in, which pair is kept, which is given up (counted from 1)."""

    number: int
    kept: int
    given: int
    rests_on: tuple[int, ...]  # pairs whose comparisons must have succeeded before


@value
class Purification:
    """Alice and bob give up pairs to learn whether others are good, and keep those where their bits agree.

    Parameters
    ----------
    link : Link or HeraldedLink
        What brought each raw pair.
    method : "bbpssw", "dejmps" or "plain"
        BBPSSW makes Werner pairs of all pairs before every round. DEJMPS turns both qubits by 90 degrees about X,
        to opposite sides, and so uses what it knows. Plain: CNOTs only, which see flips and never signs.
    schedule : "recurrence" or "pumping"
        The two pairs of a round have both come through all rounds before; or one is a raw pair each time.
    rounds : int
        1 to 12.
    gates : GateErrors
        Of both nodes: the CNOTs, and the turns of DEJMPS. BBPSSW's random turns are taken as perfect.
    alice_readout, bob_readout : Readout
        Of the pairs given up, and of the pair that is kept in the end.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimates, all from the rounds in which every comparison agreed: ``xx``, ``yy``, ``zz`` and ``fidelity`` =
    (1 + xx - yy + zz)/4 to phi_plus, as the readouts report them; and ``success_1``, ``success_2``, ...: how often the
    bits agree in a round whose pairs came that far; and ``raw_pairs``: how many raw pairs one that comes out costs on
    the average, the product of 2/success, or in pumping E -> (E + 1)/success. Ratios of counts, so slightly biased when
    few rounds succeed.
    All raw pairs are taken to be there when they are needed; the time that it takes to try again is not counted. After
    each comparison the kept pair waits in both memories until the bits have crossed the fiber.
    On a sampler, which knows no noise, BBPSSW's random turns are left out: right for raw Werner pairs in a first round.
    Exact runs go up to two rounds of recurrence or four of pumping (eight and ten qubits); the closed form takes all.
    Circuits: qubits alice_1, bob_1 (the pair that is kept), alice_2, ...; bits a2, b2, ..., alice_bit, bob_bit.

    References
    ----------
    C. H. Bennett et al., Physical Review Letters 76, 722 (1996), doi:10.1103/PhysRevLett.76.722.
    D. Deutsch et al., Physical Review Letters 77, 2818 (1996), doi:10.1103/PhysRevLett.77.2818.

    >>> from qnetlab.devices.source import PhotonPairSource
    >>> poor = Link(source=PhotonPairSource(fidelity=0.75))
    >>> told = Purification(link=poor).theory()
    >>> round(told["fidelity"], 6), round(told["success_1"], 6), round(told["raw_pairs"], 6)
    (0.788462, 0.722222, 2.769231)
    """

    link: AnyLink = part(default_factory=Link, like=AnyLink, doc="what brought each raw pair")
    method: str = choice(default="bbpssw", options=(*METHODS, "plain"), doc="what is done before the CNOTs")
    schedule: str = choice(default="recurrence", options=SCHEDULES, doc="which pairs meet")
    rounds: int = number(default=1, low=1, high=12, integer=True, doc="how many rounds",
                         why="Each round of recurrence doubles the number of pairs", fix="rounds=2")
    gates: GateErrors = part(default_factory=GateErrors, doc="errors of the gates in both nodes")
    alice_readout: Readout = part(default_factory=Readout, doc="alice's readout")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")

    @property
    def pairs(self) -> int:
        """How many raw pairs one run of the circuit begins with."""
        return self.rounds + 1 if self.schedule == "pumping" else 2**self.rounds

    def _comparisons(self) -> Iterator[_Round]:
        if self.schedule == "pumping":
            for k in range(1, self.rounds + 1):
                yield _Round(k, 1, k + 1, tuple(range(2, k + 1)))
            return
        for k in range(1, self.rounds + 1):
            for kept in range(1, self.pairs, 2**k):
                given = kept + 2 ** (k - 1)
                yield _Round(k, kept, given, tuple(j for j in range(kept + 1, kept + 2**k) if j != given))

    # ------------------------------------------------------------------------------------------------ circuits

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit per axis of the kept pair: XX, YY and ZZ."""
        require(self.schedule == "pumping" or self.rounds <= MAX_DRAWN_ROUNDS,
                f"circuits must have at most {MAX_DRAWN_ROUNDS} rounds of recurrence", got={"rounds": self.rounds},
                why=f"{self.rounds} rounds begin with {self.pairs} pairs", fix="theory(), which takes any number")
        return {2 * axis: self._circuit(axis) for axis in AXES}

    def _circuit(self, axis: str) -> QuantumCircuit:
        numbers = range(1, self.pairs + 1)
        sides = {side: [QuantumRegister(1, f"{side}_{k}") for k in numbers] for side in ("alice", "bob")}
        bits = {name: ClassicalRegister(1, name) for k in numbers[1:] for name in (f"a{k}", f"b{k}")}
        ends = {side: ClassicalRegister(1, f"{side}_bit") for side in ("alice", "bob")}
        registers = [register for pair in zip(*sides.values(), strict=True) for register in pair]
        circuit = QuantumCircuit(*registers, *bits.values(), *ends.values(), name=2 * axis)
        pairs = {k: {side: sides[side][k - 1][0] for side in sides} for k in numbers}

        for pair in pairs.values():
            bell_pair(circuit, pair["alice"], pair["bob"])
            circuit.append(Marker("link:alice-bob", 2), list(pair.values()))
            self._wait(circuit, pair, self.link.waits_s)

        for comparison in self._comparisons():
            kept, given = pairs[comparison.kept], pairs[comparison.given]
            for pair in (kept, given):
                self._prepare(circuit, pair)
            for side in ("alice", "bob"):
                circuit.cx(kept[side], given[side])
                circuit.append(Marker(f"processor:{side}", 2), [kept[side], given[side]])
            for side in ("alice", "bob"):
                measure(circuit, given[side], bits[f"{side[0]}{comparison.given}"][0], side)
            self._wait(circuit, kept, (self.link.fiber.delay_s,) * 2, self._ages_s(comparison.number))

        for side, qubit in pairs[1].items():
            rotate_to(circuit, qubit, axis)
            measure(circuit, qubit, ends[side][0], side)
        return circuit

    def _wait(self, circuit: QuantumCircuit, pair: Mapping[str, Any], waits_s: tuple[float, float],
              ages_s: tuple[float, float] = (0.0, 0.0)) -> None:
        for (side, qubit), wait_s, since_s in zip(pair.items(), waits_s, ages_s, strict=True):
            circuit.append(Marker(f"memory:{side}", duration_s=wait_s, since_s=since_s), [qubit])

    def _ages_s(self, number_: int) -> tuple[float, float]:
        """How long the kept pair's halves have been stored when its round of this number is compared, in s."""
        alice_s, bob_s = (wait_s + (number_ - 1) * self.link.fiber.delay_s for wait_s in self.link.waits_s)
        return alice_s, bob_s

    def _prepare(self, circuit: QuantumCircuit, pair: Mapping[str, Any]) -> None:
        if self.method == "bbpssw":
            circuit.append(Marker("twirl:alice-bob", 2), list(pair.values()))
        if self.method != "dejmps":
            return
        for side, way in (("alice", 1), ("bob", -1)):
            circuit.rx(way * math.pi / 2, pair[side])
            circuit.append(Marker(f"processor:{side}"), [pair[side]])

    def devices(self) -> dict[str, Any]:
        """Source, memories, processors, readouts, and the random turns of BBPSSW."""
        turns = {"twirl:alice-bob": Twirl()} if self.method == "bbpssw" else {}
        memories = {"memory:alice": self.link.alice_memory, "memory:bob": self.link.bob_memory}
        return {"link:alice-bob": self.link.pair_device, **memories,
                "processor:alice": self.gates, "processor:bob": self.gates, **turns,
                "readout:alice": self.alice_readout, "readout:bob": self.bob_readout}

    # --------------------------------------------------------------------------------------- from counts to numbers

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """Ratios over the rounds in which the bits agreed."""
        seen = {name: _kept_parity(outcomes[name]) for name in (2 * axis for axis in AXES)}
        fidelity = Estimate.combine([(0.25, seen["XX"]), (-0.25, seen["YY"]), (0.25, seen["ZZ"])], constant=0.25)
        successes = [self._success(outcomes, k) for k in range(1, self.rounds + 1)]
        return {"xx": seen["XX"], "yy": seen["YY"], "zz": seen["ZZ"], "fidelity": fidelity,
                **{f"success_{k}": success for k, success in enumerate(successes, 1)},
                "raw_pairs": self._raw_pairs(successes)}

    def _success(self, outcomes: Mapping[str, Outcomes], number_: int) -> Estimate:
        """Over all comparisons of one round, in all settings: how often the bits agree, if all before did."""
        agreed = tried = 0.0
        counted = True
        for found in outcomes.values():
            counted = counted and found.n is not None
            names = [name for name, _ in found.registers]
            for comparison in self._comparisons():
                if comparison.number != number_:
                    continue
                for key, weight in found.weights:
                    bits = dict(zip(names, key.split(" "), strict=True))
                    if all(bits[f"a{j}"] == bits[f"b{j}"] for j in comparison.rests_on):
                        tried += weight
                        agreed += weight * (bits[f"a{comparison.given}"] == bits[f"b{comparison.given}"])
        _some_kept(tried)
        return Estimate.proportion(agreed, round(tried)) if counted else Estimate.exact(agreed / tried)

    def _raw_pairs(self, successes: list[Estimate]) -> Estimate:
        spent, slopes = 1.0, [0.0] * len(successes)
        for k, success in enumerate(successes):
            _some_kept(success.value)
            add, times = (1.0, 1.0) if self.schedule == "pumping" else (0.0, 2.0)
            spent = (add + times * spent) / success.value
            slopes = [slope * times / success.value for slope in slopes]
            slopes[k] = -spent / success.value
        error = math.hypot(*(slope * success.std_error for slope, success in zip(slopes, successes, strict=True)))
        return Estimate(value=spent, std_error=error, n=successes[0].n)

    # ------------------------------------------------------------------------------------------------ closed form

    def theory(self) -> dict[str, float]:
        """The same in closed form, exactly, for any number of rounds."""
        state, successes = self._follow()
        alice, bob = self._side(self.alice_readout), self._side(self.bob_readout)
        xx, yy, zz = read_out(state, alice, bob)
        raw = self._raw_pairs([Estimate.exact(success) for success in successes])
        return {"xx": xx, "yy": yy, "zz": zz, "fidelity": (1 + xx - yy + zz) / 4,
                **{f"success_{k}": success for k, success in enumerate(successes, 1)}, "raw_pairs": raw.value}

    @property
    def final_fidelity(self) -> float:
        """Of the pair that is kept in the end: ``theory()["fidelity"]`` without the errors of the last two readouts."""
        return float(phi_plus_fidelity(self._follow()[0]))

    def _follow(self) -> tuple[State, list[float]]:
        """The kept pair after all rounds, and each round's chance of success."""
        raw = as_state(self.link.pair())
        alice, bob = self._side(self.alice_readout), self._side(self.bob_readout)
        memories = self.link.alice_memory, self.link.bob_memory
        now, successes = raw, []
        for k in range(1, self.rounds + 1):
            other = raw if self.schedule == "pumping" else now
            now, success = compare_round(self._ready(now), self._ready(other), alice, bob)
            now = waited(now, *(memory.decay(self.link.fiber.delay_s, age_s)
                                for memory, age_s in zip(memories, self._ages_s(k), strict=True)))
            successes.append(success)
        return now, successes

    def _ready(self, state: State) -> State:
        """A pair as it is turned before the CNOTs."""
        if self.method == "bbpssw":
            return twirled(state)
        if self.method == "plain":
            return state
        return rotated(state, self._side(self.alice_readout), self._side(self.bob_readout))

    def _side(self, readout: Readout) -> Side:
        return Side(two_qubit=1 - self.gates.two_qubit_lambda, one_qubit=1 - self.gates.one_qubit_lambda,
                    contrast=readout.contrast, offset=readout.error_1 - readout.error_0)


def _kept_parity(found: Outcomes) -> Estimate:
    """The correlator of the last two bits, over the rounds in which all other bits agree two by two."""
    names = [name for name, _ in found.registers]
    kept = even = 0.0
    for key, weight in found.weights:
        bits = dict(zip(names, key.split(" "), strict=True))
        if all(bits[name] == bits[f"b{name[1:]}"] for name in names if name[0] == "a" and name != "alice_bit"):
            kept += weight
            even += weight * (bits["alice_bit"] == bits["bob_bit"])
    _some_kept(kept)
    share = Estimate.exact(even / kept) if found.n is None else Estimate.proportion(even, round(kept))
    return Estimate.combine([(2.0, share)], constant=-1.0)


def _some_kept(kept: float) -> None:
    require(kept > 0, "some pairs must come through", got={"kept": kept},
            why="A share of nothing is no number", fix="more shots, or fewer rounds")
