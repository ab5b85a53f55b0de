"""One pair, one measuring angle on each side: what alice's choice changes at bob's, which is nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import choice, number, part, value
from ..circuits.blocks import bell_pair, measure, partial_pair, rotate_to_angle
from ..circuits.markers import Marker
from ..circuits.shared import carry, link_devices
from ..devices.any_link import AnyLink
from ..devices.link import Link
from ..devices.readout import Readout
from ..devices.source import PhotonPairSource
from ..estimate import Estimate, Outcomes
from ..theory.angles import joint_table, seen_at
from ..theory.states import Pair, partly_entangled, with_noise

SOURCES = ("bell_pair", "matched_coins", "partly_entangled")
#: A Bell pair that lost its sign altogether: half |00>, half |11>, and nothing besides.
_COINS = PhotonPairSource(fidelity=0.5, noise="dephasing")


@value
class PairAtAngles:
    """Alice and bob measure the halves of one pair, each along an angle of their own.

    Parameters
    ----------
    source : "bell_pair", "matched_coins" or "partly_entangled"
        phi_plus; two coins that always fall alike, half |00> and half |11>; or cos(tilt)|00> + sin(tilt)|11>.
    tilt_deg : float
        The tilt of the partly entangled pair in degrees, 0 (two zeros) to 45 (a Bell pair); only for it.
    alice_deg, bob_deg : float
        Measuring angles from Z toward X in degrees on the Bloch sphere, -180 to 180; 0 is Z, 90 is X.
    link : Link or HeraldedLink
        What the halves pass on their way.
    alice_readout, bob_readout : Readout

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimates: ``alice_0`` and ``bob_0``, how often each reads 0; ``both_00``, ``both_01``, ``both_10``, ``both_11``:
    how often each pair of results comes (alice's bit first); ``equal``, how often the two agree. ``bob_0`` does not
    contain ``alice_deg``, whatever the source: her choice sends nothing. It moves only the joint record, which nobody
    sees before the two compare notes.

    >>> pair = PairAtAngles(alice_deg=90)
    >>> round(pair.theory()["bob_0"], 6), round(pair.theory()["equal"], 6)
    (0.5, 0.5)
    >>> round(PairAtAngles(source="matched_coins").theory()["equal"], 6)
    1.0
    """

    source: str = choice(default="bell_pair", options=SOURCES, doc="what the two halves are",
                         why="A Bell pair, two coins that fall alike, or something in between")
    tilt_deg: float = number(default=22.5, unit="degrees", low=0, high=45, doc="tilt of a partly entangled pair",
                             why="Beyond 45 degrees only 0 and 1 are exchanged")
    alice_deg: float = number(default=0.0, unit="degrees", low=-180, high=180, doc="alice's angle",
                              why="A direction repeats after a full turn")
    bob_deg: float = number(default=0.0, unit="degrees", low=-180, high=180, doc="bob's angle",
                            why="A direction repeats after a full turn")
    link: AnyLink = part(default_factory=Link, like=AnyLink, doc="what joins alice and bob")
    alice_readout: Readout = part(default_factory=Readout, doc="alice's readout")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")

    @property
    def _tilt_rad(self) -> float:
        return math.radians(self.tilt_deg if self.source == "partly_entangled" else 45)

    def pair(self) -> Pair:
        """The pair when it is measured."""
        made = partly_entangled(self._tilt_rad)
        if self.source == "matched_coins":
            made = with_noise(made, _COINS.fidelity, _COINS.noise)
        return self.link.carry(made)

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit: make the pair, let it travel, turn both halves, measure."""
        alice, bob = QuantumRegister(1, "alice"), QuantumRegister(1, "bob")
        alice_bit, bob_bit = ClassicalRegister(1, "alice_bit"), ClassicalRegister(1, "bob_bit")
        circuit = QuantumCircuit(alice, bob, alice_bit, bob_bit, name="pair")
        if self.source == "partly_entangled":
            partial_pair(circuit, alice[0], bob[0], self._tilt_rad)
        else:
            bell_pair(circuit, alice[0], bob[0])
        if self.source == "matched_coins":
            circuit.append(Marker("source:coins", 2), [alice[0], bob[0]])
        carry(circuit, alice[0], bob[0], self.link)
        rotate_to_angle(circuit, alice[0], math.radians(self.alice_deg))
        rotate_to_angle(circuit, bob[0], math.radians(self.bob_deg))
        measure(circuit, alice[0], alice_bit[0], "alice")
        measure(circuit, bob[0], bob_bit[0], "bob")
        return {"pair": circuit}

    def devices(self) -> dict[str, Any]:
        """Source, two memories, two readouts; for matched coins also what took the sign."""
        coins = {"source:coins": _COINS} if self.source == "matched_coins" else {}
        return {
            **coins,
            **link_devices(self.link),
            "readout:alice": self.alice_readout,
            "readout:bob": self.bob_readout,
        }

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """What each sees alone, and what they see together."""
        seen = outcomes["pair"]
        both = {f"both_{a}{b}": seen.marginal("alice_bit", "bob_bit").probability(f"{a} {b}")
                for a in (0, 1) for b in (0, 1)}
        return {
            "alice_0": seen.marginal("alice_bit").probability("0"),
            "bob_0": seen.marginal("bob_bit").probability("0"),
            **both,
            "equal": seen.share(lambda key: len(set(key.split(" "))) == 1),
        }

    def theory(self) -> dict[str, float]:
        """The same in closed form."""
        seen = seen_at(
            self.pair(), math.radians(self.alice_deg), math.radians(self.bob_deg),
            error_0_a=self.alice_readout.error_0, error_1_a=self.alice_readout.error_1,
            error_0_b=self.bob_readout.error_0, error_1_b=self.bob_readout.error_1,
        )
        both = {f"both_{key}": float(p) for key, p in joint_table(seen).items()}
        return {
            "alice_0": float(1 + seen.alice) / 2,
            "bob_0": float(1 + seen.bob) / 2,
            **both,
            "equal": float(1 + seen.together) / 2,
        }
