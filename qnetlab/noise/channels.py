"""Each device as an Aer ``QuantumError``: a new kind of device is one more function here."""

from __future__ import annotations

import math
import sys
from functools import lru_cache, singledispatch
from typing import Any

import numpy as np
from qiskit.circuit import Instruction
from qiskit.circuit.library import CXGate, IGate, Reset, XGate, ZGate
from qiskit_aer.noise import (
    QuantumError,
    depolarizing_error,
    mixed_unitary_error,
    pauli_error,
    thermal_relaxation_error,
)

from ..checks import refuse
from ..devices.detector import Detector
from ..devices.gates import GateErrors
from ..devices.herald_station import Arm, HeraldStation
from ..devices.heralded_link import HeraldedLink
from ..devices.line import Line
from ..devices.memory import Memory
from ..devices.readout import Readout
from ..devices.source import PhotonPairSource
from ..devices.twirl import Twirl
from .heralds import station_kraus


@singledispatch
def channel(device: Any, duration_s: float, num_qubits: int) -> QuantumError:
    """What a device does to the qubits at its marker.

    Parameters
    ----------
    device : a device value
    duration_s : float
        How long, in s; only memories care.
    num_qubits : int
        On how many qubits the marker stands.

    Returns
    -------
    QuantumError

    Raises
    ------
    TypeError
        If there is no channel for this kind of device.

    >>> channel(PhotonPairSource(fidelity=0.85), 0.0, 2).num_qubits
    2
    """
    refuse("a marked place must hold a device with a channel", got={"device": (device, "")}, error=TypeError,
           why="A marker says where noise acts",
           fix="Memory(), PhotonPairSource(), GateErrors(), Readout(), Fiber() or Detector()")


@channel.register
def _(device: Memory, duration_s: float, num_qubits: int, since_s: float = 0.0) -> QuantumError:
    """Relaxation toward |0> with T1, and dephasing to T2; pure dephasing stays a Pauli channel."""
    check_width("Memory", num_qubits, 1)
    exponent = device.coherence_exponent(duration_s, since_s)
    if math.isinf(device.t1_s):
        flip = -math.expm1(-exponent) / 2
        return pauli_error([("Z", flip), ("I", 1 - flip)])
    if exponent * device.t1_s >= duration_s:  # sometimes reset, sometimes a sign: any simulator can do that
        as_if_s = max(duration_s / exponent, sys.float_info.min) if exponent else device.t1_s
        return thermal_relaxation_error(device.t1_s, as_if_s, duration_s)
    keeps = math.exp(-duration_s / device.t1_s)
    flip = -math.expm1(duration_s / (2 * device.t1_s) - exponent) / 2
    stays = np.diag([1.0, math.sqrt(keeps)])
    relaxes = np.array([[0.0, math.sqrt(-math.expm1(-duration_s / device.t1_s))], [0.0, 0.0]])
    return _by_hand([math.sqrt(1 - flip) * stays, math.sqrt(flip) * np.diag([1.0, -1.0]) @ stays, relaxes])


@channel.register
def _(device: PhotonPairSource, duration_s: float, num_qubits: int) -> QuantumError:
    """The pair's noise, on bob's half: any Pauli alike (a Werner state), or the sign flip only."""
    check_width("PhotonPairSource", num_qubits, 2)
    wrong = 1 - device.fidelity
    # Pauli strings read right to left: the left letter acts on the second qubit, bob's.
    paulis = {"white": ("XI", "YI", "ZI"), "dephasing": ("ZI",)}[device.noise]
    return pauli_error([("II", device.fidelity), *((pauli, wrong / len(paulis)) for pauli in paulis)])


@channel.register
def _(device: HeraldedLink, duration_s: float, num_qubits: int) -> QuantumError:
    """Of a perfect pair the heralded one: left alone, its sign flipped, or both memories bright, or both dark.

    In the last two alice's level is put down by force, and bob's so that the pair's parity is the wrong one: whichever
    Bell state is meant, both are bright, or dark, once bob's levels have their own names again.
    """
    check_width("HeraldedLink", num_qubits, 2)
    good, flipped, bright, dark = (max(0.0, chance) for chance in device.mixture())
    forced = [(XGate(), [1]), (CXGate(), [0, 1]), (Reset(), [0])]
    return QuantumError([
        ([(IGate(), [0]), (IGate(), [1])], good),
        ([(ZGate(), [1])], flipped),
        ([*forced, (XGate(), [0]), (CXGate(), [0, 1])], bright),
        ([*forced, (CXGate(), [0, 1])], dark),
    ])


@channel.register
def _(device: GateErrors, duration_s: float, num_qubits: int) -> QuantumError:
    """A depolarizing channel after the gate."""
    lam = device.one_qubit_lambda if num_qubits == 1 else device.two_qubit_lambda
    return depolarizing_error(lam, num_qubits)


@channel.register
def _(device: Readout, duration_s: float, num_qubits: int) -> QuantumError:
    """A channel *before* an ideal measurement with the statistics of the readout error.

    {identity 1-a-b, reset a, reset then X b} with a = P(0|1), b = P(1|0): unlike Aer's ``ReadoutError`` it is seen by
    ``save_probabilities`` and through feed-forward.
    """
    check_width("Readout", num_qubits, 1)
    a, b = device.error_1, device.error_0
    return QuantumError([
        ([(IGate(), [0])], max(0.0, 1 - a - b)),
        ([(Reset(), [0])], a),
        ([(Reset(), [0]), (XGate(), [0])], b),
    ])


@channel.register
def _(device: Line, duration_s: float, num_qubits: int) -> QuantumError:
    """A photon is lost from the rails: amplitude damping with 1 - transmittance on each, exact for one photon.

    On one qubit the same for a presence flag.
    """
    if num_qubits not in (1, 2):
        check_width("Fiber", num_qubits, 2)
    return _loss(device.transmittance, num_qubits)


@channel.register
def _(device: Detector, duration_s: float, num_qubits: int) -> QuantumError:
    """A photon that is not seen is lost. Dark counts need no photon and come in with the photon numbers, later."""
    check_width("Detector", num_qubits, 1)
    return _loss(device.efficiency, 1)


@channel.register
def _(device: Arm, duration_s: float, num_qubits: int) -> QuantumError:
    """A photon that does not come through is lost."""
    check_width("Arm", num_qubits, 1)
    return _loss(device.transmittance, 1)


@channel.register
def _(device: HeraldStation, duration_s: float, num_qubits: int) -> QuantumError:
    """Two photons, or one, or none, become an answer: which detector alone has clicked."""
    check_width("HeraldStation", num_qubits, 2)
    return _by_hand(station_kraus(device))


def _loss(eta: float, num_qubits: int) -> QuantumError:
    """Amplitude damping with 1 - eta on each qubit, to the last digit: an eta of 1e-20 is a photon after 1000 km."""
    one = [np.diag([1.0, math.sqrt(eta)]), np.array([[0.0, math.sqrt(1 - eta)], [0.0, 0.0]])]
    kraus = one if num_qubits == 1 else [np.kron(a, b) for a in one for b in one]
    return _by_hand(kraus)


def _by_hand(kraus: list[Any]) -> QuantumError:
    """A channel from its operators: one that is nearly the identity, within 1e-8, would else be taken for it."""
    num_qubits = len(kraus[0]).bit_length() - 1
    return QuantumError([([(Instruction("kraus", num_qubits, 0, kraus), list(range(num_qubits)))], 1.0)])


@channel.register
def _(device: Twirl, duration_s: float, num_qubits: int) -> QuantumError:
    """One of the twelve rotations of a tetrahedron at alice, and at bob the one that keeps phi_plus where it is."""
    check_width("Twirl", num_qubits, 2)
    third = np.exp(1j * np.pi / 4) / math.sqrt(2) * np.array([[1, -1j], [1, 1j]])  # X -> Y -> Z -> X, or back
    paulis = [np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1])]
    turns = [pauli @ np.linalg.matrix_power(third, k) for pauli in paulis for k in range(3)]
    # Kronecker products read right to left: the left factor acts on the second qubit, bob's.
    return mixed_unitary_error([(np.kron(turn.conj(), turn), 1 / len(turns)) for turn in turns])


def check_width(kind: str, num_qubits: int, wanted: int) -> None:
    """Refuse a marker that stands on the wrong number of qubits for its device."""
    if num_qubits != wanted:
        refuse(f"a {kind} must stand on {wanted} qubit{'s' if wanted > 1 else ''}", got={"num_qubits": num_qubits},
               why="The marker and its device must agree", fix=f"a marker on {wanted}")


def aged_channel(device: Any, duration_s: float, since_s: float, num_qubits: int) -> QuantumError:
    """The channel of a wait that began ``since_s`` seconds after the qubit came; only memories know of age."""
    return channel(device, duration_s, num_qubits, **({"since_s": since_s} if since_s else {}))


@lru_cache(maxsize=4096)
def channel_instruction(device: Any, duration_s: float, since_s: float, num_qubits: int) -> Instruction:
    """The channel as a circuit instruction, made once per device, times and width."""
    noise = aged_channel(device, duration_s, since_s, num_qubits)
    first = noise.circuits[0].data[0].operation
    # Aer takes what a QuantumError says for the identity if it is one within 1e-8; Kraus operators it leaves alone.
    return first if noise.size == 1 and first.name == "kraus" else noise.to_instruction()
