"""Every protocol runs over a heralded link as over any other: closed form and Aer agree to 1e-9."""

import dataclasses

import numpy as np
import pytest

from qnetlab import (
    BBM92,
    CHSH,
    E91,
    GHZ,
    BellPair,
    Detector,
    Fiber,
    GateErrors,
    HeraldedLink,
    Link,
    Memory,
    PairAtAngles,
    PhotonPairSource,
    Purification,
    Readout,
    RepeaterChain,
    SuperdenseCoding,
    Swapping,
    Teleportation,
    Tomography,
    run,
)
from qnetlab.devices.any_link import AnyLink
from qnetlab.theory.states import BELL_STATES, Pair

NOISY = HeraldedLink(
    scheme="single_click", bright_population=0.2, fiber=Fiber(length_km=20, attenuation_db_per_km=0.2),
    emission_efficiency=0.4, detector=Detector(efficiency=0.8, dark_count_rate_hz=2e4, gate_s=1e-7), overlap=0.9,
    phase_noise_rad=0.2, emitter_fidelity=0.98, alice_memory=Memory(t1_s=0.01, t2_s=0.004),
    bob_memory=Memory(t2_s=0.002),
)
LINKS = {
    "single click": NOISY,
    "single click, counted": dataclasses.replace(NOISY, detection="number_resolving"),
    "two clicks": dataclasses.replace(NOISY, scheme="two_click"),
    "source between": dataclasses.replace(NOISY, scheme="midpoint_source"),
    "node to node": dataclasses.replace(NOISY, scheme="sender_receiver"),
    "node to node, complete": dataclasses.replace(NOISY, scheme="sender_receiver", bell_measurement="complete"),
    "two clicks, complete": dataclasses.replace(NOISY, scheme="two_click", bell_measurement="complete"),
    "source between, complete": dataclasses.replace(NOISY, scheme="midpoint_source", bell_measurement="complete"),
    "all bright": dataclasses.replace(NOISY, bright_population=1.0),
    "all dark": dataclasses.replace(NOISY, bright_population=0.0),
    "perfect": HeraldedLink(),
}


def agree(protocol):
    result = run(protocol)
    theory = protocol.theory()
    assert theory
    for name, wanted in theory.items():
        assert result[name].value == pytest.approx(wanted, abs=1e-9), name


@pytest.mark.parametrize("state", BELL_STATES)
@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_all_four_bell_states(link, state):
    agree(BellPair(state=state, link=link, alice_readout=Readout(error_0=0.01, error_1=0.03)))
    assert link.pair(state) == link.carry(Pair(*{"phi_plus": (1, -1, 1), "phi_minus": (-1, 1, 1),
                                                 "psi_plus": (1, 1, -1), "psi_minus": (-1, -1, -1)}[state]))


@pytest.mark.parametrize("link", [NOISY, LINKS["node to node"]], ids=["single click", "node to node"])
@pytest.mark.parametrize("make", [
    lambda link: Teleportation(link=link, message=(0.7, 0.3)),
    lambda link: CHSH(link=link),
    lambda link: SuperdenseCoding(message="11", link=link),
    lambda link: BBM92(link=link),
    lambda link: E91(link=link),
    lambda link: PairAtAngles(link=link, source="partly_entangled", tilt_deg=20, alice_deg=10, bob_deg=50),
    lambda link: PairAtAngles(link=link, source="matched_coins"),
    lambda link: Purification(link=link, rounds=1, method="dejmps", gates=GateErrors(two_qubit=0.01)),
    lambda link: Purification(link=link, rounds=2, schedule="pumping"),
    lambda link: Swapping(links=(link, Link(source=PhotonPairSource(fidelity=0.95)), link)),
    lambda link: Swapping(links=(link, link), corrections="pauli_frame", gates=GateErrors(two_qubit=0.01),
                          station_readout=Readout(error_0=0.01, error_1=0.02)),
    lambda link: Swapping(links=(link, NOISY), corrections="none"),
    lambda link: GHZ(links=(link, NOISY, Link())),
    lambda link: Tomography(link=link),
    lambda link: RepeaterChain(links=(link, link)),
], ids=lambda make: None)
def test_every_protocol(link, make):
    agree(make(link))


def test_a_perfect_herald_leaves_everything_as_it_is():
    """Also what is no Bell state; linear optics costs half of the attempts and nothing else."""
    link = HeraldedLink()
    odd = Pair(0.3, -0.2, 0.5, 0.4, 0.1)
    assert link.carry(odd) == pytest.approx(odd, abs=1e-15)
    assert (link.success_probability, link.heralded_fidelity) == (0.5, 1.0)
    assert HeraldedLink(bell_measurement="complete").success_probability == 1.0


def test_the_channel_is_the_closed_form_for_any_pair():
    """Not only where a protocol looks: the whole density matrix, from a random one of the family."""
    from qiskit.quantum_info import DensityMatrix, SuperOp

    from qnetlab.noise.channels import channel

    paulis = {"i": np.eye(2), "x": np.array([[0, 1], [1, 0]]), "y": np.array([[0, -1j], [1j, 0]]),
              "z": np.diag([1, -1])}

    def matrix(pair):
        terms = {"ii": 1, "xx": pair.xx, "yy": pair.yy, "zz": pair.zz, "zi": pair.za, "iz": pair.zb}
        # qiskit counts qubits from the right: bob's letter, the second, stands on the left
        return sum(weight * np.kron(paulis[b], paulis[a]) for (a, b), weight in terms.items()) / 4

    pair = Pair(0.5, -0.35, 0.6, 0.2, 0.15)
    for link in LINKS.values():
        out = DensityMatrix(matrix(pair)).evolve(SuperOp(channel(link, 0.0, 2)))
        assert np.abs(out.data - matrix(link.fresh(pair))).max() < 1e-12


def test_alices_half_waits_longer_from_node_to_node():
    link = LINKS["node to node"]
    assert link.waits_s == (2 * link.fiber.delay_s, link.fiber.delay_s) and link.wait_s == 2 * link.fiber.delay_s
    assert link.attempt_time_s == 2 * link.fiber.delay_s
    waits = [(i.operation.name, i.operation.params[0]) for i in BellPair(link=link).circuits()["ZZ"].data
             if i.operation.name.startswith("marker:memory")]
    assert waits == [("marker:memory:alice", link.waits_s[0]), ("marker:memory:bob", link.waits_s[1])]


def test_a_link_of_ones_own_is_a_link():
    class Wire(AnyLink):
        fiber, alice_memory, bob_memory = Fiber(), Memory(), Memory()
        success_probability, attempt_time_s, waits_s = 1.0, 1.0, (0.0, 0.0)
        pair_device = PhotonPairSource(fidelity=0.7)

        def fresh(self, pair):
            return Pair(*(0.6 * number for number in pair))

    assert run(BellPair(link=Wire()))["fidelity"].value == pytest.approx(0.7)
    with pytest.raises(TypeError, match=r"link must be a Link or another AnyLink; got link=Fiber.*Try link=Link\(\)"):
        BellPair(link=Fiber())
