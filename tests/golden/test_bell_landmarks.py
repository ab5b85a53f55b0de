"""Landmark numbers of Bell tests and mixed pairs, each also found by an independent calculation."""

import math

import pytest

from qnetlab import CHSH, Link, NoisyPair, PairAtAngles, PhotonPairSource, Readout
from qnetlab.theory.chsh import (
    QUANTUM_LIMIT,
    STANDARD_ALICE_DEG,
    STANDARD_BOB_DEG,
    VIOLATION_FIDELITY,
    best_value,
    chsh_value,
    werner_chsh,
)
from qnetlab.theory.entanglement import concurrence
from qnetlab.theory.memories import decay
from qnetlab.theory.states import bell_fidelity, fresh_pair, partly_entangled, store_pair

STANDARD = tuple(tuple(map(math.radians, angles)) for angles in (STANDARD_ALICE_DEG, STANDARD_BOB_DEG))


def werner(fidelity, **more):
    return CHSH(link=Link(source=PhotonPairSource(fidelity=fidelity)), **more)


@pytest.mark.parametrize(("flip", "fixed", "best"), [(0.05, 2.687006, 2.690725), (0.1, 2.545584, 2.561250)])
def test_dephased_pairs(flip, fixed, best):
    pair = fresh_pair("phi_plus", 1 - flip, "dephasing")
    assert chsh_value(pair, *STANDARD) == pytest.approx(fixed, abs=5e-7)
    assert best_value(pair) == pytest.approx(best, abs=5e-7)


@pytest.mark.parametrize(("decayed_a", "decayed_b", "fixed", "best"), [
    (0.1, 0.1, 2.432447, 2.545584), (0.2, 0.0, 2.396282, 2.529822), (0.1, 0.3, 2.055878, 2.244994)])
def test_decayed_pairs(decayed_a, decayed_b, fixed, best):
    pair = store_pair(fresh_pair("phi_plus", 1.0, "white"), *(
        decay(-math.log1p(-decayed), t1_s=1.0, t2_s=2.0) for decayed in (decayed_a, decayed_b)))
    assert chsh_value(pair, *STANDARD) == pytest.approx(fixed, abs=5e-7)
    assert best_value(pair) == pytest.approx(best, abs=5e-7)


@pytest.mark.parametrize(("decayed_a", "decayed_b", "ends"), [
    (0.230763, 0.230763, "fixed"), (0.292893, 0.292893, "best"), (0.375830, 0.0, "fixed"), (0.5, 0.0, "best")])
def test_where_decay_ends_a_violation(decayed_a, decayed_b, ends):
    pair = store_pair(fresh_pair("phi_plus", 1.0, "white"), *(
        decay(-math.log1p(-decayed), t1_s=1.0, t2_s=2.0) for decayed in (decayed_a, decayed_b)))
    s = chsh_value(pair, *STANDARD) if ends == "fixed" else best_value(pair)
    assert s == pytest.approx(2, abs=4e-6)


@pytest.mark.parametrize(("differ", "s"), [(0.0451, 2.573303), (0.05, 2.545584), (0.081, 2.370222)])
def test_from_the_share_of_differing_bits(differ, s):
    assert NoisyPair(white_noise=2 * differ).theory()["s"] == pytest.approx(s, abs=5e-7)


def test_the_exercises_of_the_course():
    readout = Readout(error_0=0.026, error_1=0.026)
    assert werner(0.92, alice_readout=readout, bob_readout=readout).theory()["s"] == pytest.approx(2.271, abs=5e-4)
    assert NoisyPair(white_noise=2 / 15).theory()["fidelity"] == pytest.approx(0.90, abs=1e-12)
    assert NoisyPair(white_noise=2 / 15).theory()["qber_z"] == pytest.approx(0.0667, abs=5e-5)


def test_entangled_without_passing_two():
    """F = 0.75 is entangled and stays below 2 at every setting; it takes 0.7803."""
    assert round(VIOLATION_FIDELITY, 6) == 0.780330
    assert werner_chsh(VIOLATION_FIDELITY) == pytest.approx(2, abs=1e-12)
    assert concurrence(fresh_pair("phi_plus", 0.75, "white")) == pytest.approx(0.5)
    assert werner(0.75).s_max < 2 < werner(0.7804).s_max


def test_the_same_fidelity_promises_different_things():
    white, flips = NoisyPair(white_noise=0.2), NoisyPair(dephasing=0.15)
    assert white.theory()["fidelity"] == pytest.approx(flips.theory()["fidelity"]) == pytest.approx(0.85)
    assert [white.s_max, flips.s_max] == pytest.approx([2.263, 2.441], abs=5e-4)
    assert [white.theory()["s"], flips.theory()["s"]] == pytest.approx([2.2627, 2.4042], abs=5e-5)
    assert [white.concurrence, flips.concurrence] == pytest.approx([0.7, 0.7])


def test_matched_coins_hold_no_entanglement():
    coins = PairAtAngles(source="matched_coins").pair()
    assert (bell_fidelity(coins, "phi_plus"), concurrence(coins), best_value(coins)) == (0.5, 0.0, 2.0)
    assert PairAtAngles(source="matched_coins").theory()["equal"] == pytest.approx(1)
    assert PairAtAngles(source="matched_coins", alice_deg=90, bob_deg=90).theory()["equal"] == pytest.approx(0.5)
    assert PairAtAngles(alice_deg=90, bob_deg=90).theory()["equal"] == pytest.approx(1)


@pytest.mark.parametrize("tilt_deg", [1, 10, 22.5, 45])
def test_every_pure_entangled_pair_passes_two(tilt_deg):
    """2 sqrt(1 + sin^2 2t), and its concurrence is sin 2t."""
    pair = partly_entangled(math.radians(tilt_deg))
    shared = math.sin(math.radians(2 * tilt_deg))
    assert best_value(pair) == pytest.approx(2 * math.sqrt(1 + shared**2), abs=1e-12)
    assert best_value(pair) > 2
    assert concurrence(pair) == pytest.approx(shared, abs=1e-12)


def test_the_default_reaches_the_quantum_limit():
    assert CHSH().theory()["s"] == pytest.approx(QUANTUM_LIMIT, abs=1e-12)


@pytest.mark.parametrize(("visibility", "shots", "sigma"), [(0.9, 1000, 0.048785), (0.7, 500, 0.077717)])
def test_error_of_s(visibility, shots, sigma):
    """sqrt((4 - 2 V^2)/N) for N rounds per setting."""
    from qnetlab import Outcomes

    test = werner((3 * visibility + 1) / 4)
    expected = {name: Outcomes(registers=(("alice_bit", 1), ("bob_bit", 1)), n=shots,
                               weights={"0 0": shots * (1 + e) / 2, "0 1": shots * (1 - e) / 2})
                for name, e in zip(("a1b1", "a1b2", "a2b1", "a2b2"),
                                   (test.theory()[f"e_{i}"] for i in ("11", "12", "21", "22")), strict=True)}
    assert test.estimates(expected)["s"].std_error == pytest.approx(sigma, rel=2e-3)
