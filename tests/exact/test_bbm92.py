"""BBM92: closed form and simulation agree, over every kind of pair; sampled runs too, and they would reject a lie."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from qnetlab import BBM92, Fiber, Link, Memory, PhotonPairSource, Readout, run
from tests.agreement import agrees

SOURCES = [PhotonPairSource(), PhotonPairSource(fidelity=0.92), PhotonPairSource(fidelity=0.8, noise="dephasing"),
           PhotonPairSource(fidelity=0.25)]
MEMORIES = [(Memory(), Memory()), (Memory(t1_s=0.02, t2_s=0.015), Memory(t1_s=0.004, t2_s=0.007))]
LINKS = [Link(source=source, fiber=Fiber(length_km=120), alice_memory=a, bob_memory=b)
         for source, (a, b) in itertools.product(SOURCES, MEMORIES)]
NOISY = {"alice_readout": Readout(error_0=0.02, error_1=0.05), "bob_readout": Readout(error_0=0.03, error_1=0.01)}


@pytest.mark.parametrize("link", LINKS, ids=range(len(LINKS)))
@pytest.mark.parametrize("basis_probability", [0.5, 0.9])
def test_theory_equals_run(link, basis_probability):
    for readouts in ({}, NOISY):
        protocol = BBM92(link=link, basis_probability=basis_probability, **readouts)
        result, theory = run(protocol), protocol.theory()
        for name, number in theory.items():
            assert result[name].value == pytest.approx(number, abs=1e-9), name


@pytest.mark.parametrize("fidelity", [0.25, 0.5, 0.78, 0.92, 1.0])
def test_two_of_three_wrong_bell_states_flip_a_bit(fidelity):
    theory = BBM92(link=Link(source=PhotonPairSource(fidelity=fidelity))).theory()
    rates = {name: theory[name] for name in ("qber", "qber_x", "qber_z")}
    assert rates == pytest.approx(dict.fromkeys(rates, 2 * (1 - fidelity) / 3), abs=1e-12)


def test_what_the_maker_knows_of_z_shows_in_x():
    """Matched coins, which somebody else may have tossed: no error in Z, a coin in X."""
    coins = BBM92(link=Link(source=PhotonPairSource(fidelity=0.5, noise="dephasing")))
    assert coins.theory() == pytest.approx({"qber": 0.25, "qber_x": 0.5, "qber_z": 0.0, "sifted_fraction": 0.5})


def test_bits_of_different_bases_do_not_agree_more_than_coins():
    [(name, seen)] = run(BBM92(link=LINKS[2], basis_probability=0.7)).outcomes
    assert name == "pairs"
    for bases in ("0 1", "1 0"):
        assert np.allclose([p for key, p in seen.weights if key.startswith(bases)], 0.7 * 0.3 / 4)


def test_biased_bases_sift_less_away():
    assert run(BBM92(basis_probability=0.9))["sifted_fraction"].value == pytest.approx(0.82)


def test_shots_are_pairs_in_all_and_an_error_rate_over_nothing_is_left_out():
    for mode in ("exact", "shots"):
        result = run(BBM92(), shots=1000, rng=2, mode=mode)
        assert result["sifted_fraction"].n == 1000
        assert result["qber_z"].n + result["qber_x"].n == result["qber"].n == round(
            1000 * result["sifted_fraction"].value)
    rare = run(BBM92(basis_probability=0.999), shots=50, rng=2)
    assert "qber_x" not in rare.estimates
    assert rare["qber"].n == rare["qber_z"].n
    assert repr(rare).startswith("BBM92: 50 pairs")


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [
    {"link": Link(source=PhotonPairSource(fidelity=0.92, noise="dephasing"))}, {"link": Link()},
    {"alice_readout": Readout()},
], ids=["only the sign is spoiled", "perfect pairs", "perfect readout"])
def test_sampled(mode, wrong):
    protocol = BBM92(link=Link(source=PhotonPairSource(fidelity=0.92)), basis_probability=0.7,
                     alice_readout=Readout(error_0=0.05, error_1=0.05))
    agrees(protocol, 12_000, mode=mode, wrong=replace(protocol, **wrong))
