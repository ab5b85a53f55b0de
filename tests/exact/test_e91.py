"""E91: closed form and simulation agree, over every kind of pair; sampled runs too, and they would reject a lie."""

import itertools
import math
from dataclasses import replace

import pytest

from qnetlab import BBM92, CHSH, E91, Fiber, Link, Memory, PhotonPairSource, Readout, run
from tests.agreement import agrees

SOURCES = [PhotonPairSource(), PhotonPairSource(fidelity=0.92), PhotonPairSource(fidelity=0.8, noise="dephasing"),
           PhotonPairSource(fidelity=0.25)]
MEMORIES = [(Memory(), Memory()), (Memory(t1_s=0.02, t2_s=0.015), Memory(t1_s=0.004, t2_s=0.007))]
LINKS = [Link(source=source, fiber=Fiber(length_km=120), alice_memory=a, bob_memory=b)
         for source, (a, b) in itertools.product(SOURCES, MEMORIES)]
NOISY = {"alice_readout": Readout(error_0=0.02, error_1=0.05), "bob_readout": Readout(error_0=0.03, error_1=0.01)}


@pytest.mark.parametrize("link", LINKS, ids=range(len(LINKS)))
def test_theory_equals_run(link):
    for readouts in ({}, NOISY):
        protocol = E91(link=link, **readouts)
        result, theory = run(protocol), protocol.theory()
        for name, number in theory.items():
            assert result[name].value == pytest.approx(number, abs=1e-9), name


@pytest.mark.parametrize("fidelity", [0.25, 0.7, 0.92, 1.0])
def test_a_werner_pair_gives_the_s_and_the_errors_of_the_other_two_protocols(fidelity):
    link = Link(source=PhotonPairSource(fidelity=fidelity))
    seen = E91(link=link).theory()
    assert seen["s"] == pytest.approx(CHSH(link=link).theory()["s"], abs=1e-12)
    assert seen["qber"] == pytest.approx(BBM92(link=link).theory()["qber"], abs=1e-12)
    assert seen["s"] == pytest.approx(2 * math.sqrt(2) * (1 - 2 * seen["qber"]), abs=1e-12)


def test_matched_coins_do_not_pass():
    coins = Link(source=PhotonPairSource(fidelity=0.5, noise="dephasing"))
    assert E91(link=coins).theory()["s"] == pytest.approx(math.sqrt(2))
    assert E91().key_fraction == pytest.approx(2 / 9)


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [
    {"link": Link(source=PhotonPairSource(fidelity=0.7, noise="dephasing"))}, {"link": Link()},
    {"bob_readout": Readout()},
], ids=["only the sign is spoiled", "perfect pairs", "perfect readout"])
def test_sampled(mode, wrong):
    protocol = E91(link=Link(source=PhotonPairSource(fidelity=0.7)), bob_readout=Readout(error_0=0.12, error_1=0.12))
    agrees(protocol, 8000, mode=mode, wrong=replace(protocol, **wrong))
