"""Devices: derived numbers against their test points."""

import math

import pytest

from qnetlab import Fiber, Link, Memory, PhotonPairSource, Readout, Teleportation


def test_fiber():
    assert Fiber(length_km=100, attenuation_db_per_km=0.2).transmittance == pytest.approx(0.01, abs=1e-15)
    assert Fiber(length_km=75, attenuation_db_per_km=0.2, insertion_loss_db=1.5).transmittance == pytest.approx(
        0.0223872, abs=1e-7)
    assert Fiber(length_km=1203, attenuation_db_per_km=0.16).loss_db == pytest.approx(192.48)
    assert Fiber().transmittance == 1 and Fiber().delay_s == 0


def test_memory():
    assert Memory().t2_s == math.inf
    assert Memory(write_efficiency=0.9, read_efficiency=0.8, retrieval_lifetime_s=5e-3).retrieval_efficiency(
        1e-3) == pytest.approx(0.589486, abs=1e-6)
    with pytest.raises(ValueError, match="t_s must satisfy 0 <= t_s; got t_s=-1 s"):
        Memory().retrieval_efficiency(-1)


def test_readout_refuses_swapped_labels():
    with pytest.raises(ValueError, match="error_0 \\+ error_1 must be <= 1; got error_0=0.7, error_1=0.6"):
        Readout(error_0=0.7, error_1=0.6)


def test_dephased_source_below_one_half():
    with pytest.raises(ValueError, match="0.5 <= fidelity"):
        PhotonPairSource(fidelity=0.4, noise="dephasing")


@pytest.mark.parametrize(("length_km", "t2_s", "heralded", "waiting", "average"),
                         [(50, 1e-3, 0.806393, 0.891403, 0.927602), (100, 10e-3, 0.953348, 0.976103, 0.984069)])
def test_waiting(length_km, t2_s, heralded, waiting, average):
    """Both memories wait for the herald; or only bob's half waits for the bits."""
    memory, fiber = Memory(t2_s=t2_s), Fiber(length_km=length_km)
    assert Link(fiber=fiber, alice_memory=memory, bob_memory=memory).heralded_fidelity == pytest.approx(
        heralded, abs=1e-6)
    ready = Link(fiber=fiber, alice_memory=memory, bob_memory=memory, herald="none")
    assert Teleportation(link=ready).theory()["fidelity"] == pytest.approx(average, abs=1e-6)
    assert (3 * Teleportation(link=ready).theory()["fidelity"] - 1) / 2 == pytest.approx(waiting, abs=1e-6)


def test_link_rate():
    link = Link(fiber=Fiber(length_km=50, attenuation_db_per_km=0.2),
                alice_memory=Memory(write_efficiency=0.5), bob_memory=Memory(write_efficiency=0.8))
    assert link.success_probability == pytest.approx(0.1 * 0.4)
    assert link.attempt_time_s == pytest.approx(2.4487e-4, rel=1e-4)
    assert Link().attempt_time_s == 1e-6
