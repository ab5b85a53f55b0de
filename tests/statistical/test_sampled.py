"""Sampled runs agree with theory; each test also proves that it would reject wrong physics."""

from dataclasses import replace

import pytest

from qnetlab import (
    BellPair,
    Fiber,
    GateErrors,
    Link,
    Memory,
    PhotonPairSource,
    Readout,
    SuperdenseCoding,
    Teleportation,
)
from tests.agreement import agrees

LINK = Link(source=PhotonPairSource(fidelity=0.92), fiber=Fiber(length_km=60),
            alice_memory=Memory(t1_s=0.02, t2_s=3e-3), bob_memory=Memory(t1_s=0.01, t2_s=2e-3))
PERFECT_MEMORIES = replace(LINK, alice_memory=Memory(), bob_memory=Memory())


@pytest.mark.parametrize("mode", ["exact", "shots"])
def test_bell_pair(mode):
    agrees(BellPair(state="psi_plus", link=LINK, alice_readout=Readout(error_0=0.02)), 4000, mode=mode,
           wrong=BellPair(state="psi_plus", link=PERFECT_MEMORIES, alice_readout=Readout(error_0=0.02)))


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [
    {"corrections": "x"}, {"corrections": "z"}, {"link": PERFECT_MEMORIES}, {"gates": GateErrors()},
], ids=["no Z", "no X", "memories forget nothing", "perfect gates"])
def test_teleportation(mode, wrong):
    protocol = Teleportation(link=LINK, gates=GateErrors(one_qubit=0.02, two_qubit=0.1))
    agrees(protocol, 6000, mode=mode, wrong=replace(protocol, **wrong))


NO_PAIR = Link(source=PhotonPairSource(fidelity=0.25))  # two coins: what comes without entanglement


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [
    {"link": PERFECT_MEMORIES}, {"link": replace(LINK, herald="none")}, {"link": NO_PAIR}, {"gates": GateErrors()},
    {"bob_readout": Readout()}, {"bob_readout": Readout(error_0=0.08, error_1=0.02)},
], ids=["memories forget nothing", "bob's half waits only once", "no pair is shared", "perfect gates",
        "perfect readout", "0 and 1 are read equally well"])
def test_superdense_coding(mode, wrong):
    protocol = SuperdenseCoding(link=LINK, gates=GateErrors(one_qubit=0.03, two_qubit=0.1),
                                bob_readout=Readout(error_0=0.02, error_1=0.08))
    agrees(protocol, 6000, mode=mode, wrong=replace(protocol, **wrong))


def test_an_ideal_pair_never_errs():
    agrees(BellPair(), 1000, wrong=BellPair(link=Link(source=PhotonPairSource(fidelity=0.95))), mode="shots")


def test_a_test_that_sees_nothing_is_refused():
    with pytest.raises(AssertionError, match="could not tell the wrong physics apart"):
        agrees(BellPair(), 10, wrong=BellPair(link=Link(source=PhotonPairSource(fidelity=0.999))))


def test_wrong_physics_would_fail(monkeypatch):
    """The helper really looks: a run with other noise than its theory is caught."""
    from tests import agreement

    real = agreement.run
    broken = BellPair(link=Link(source=PhotonPairSource(fidelity=0.8)))

    def dishonest(protocol, shots=None, **kwargs):
        return real(broken if shots else protocol, shots, **kwargs)

    monkeypatch.setattr(agreement, "run", dishonest)
    with pytest.raises(AssertionError, match="outside"):
        agrees(BellPair(), 2000, wrong=broken)
