"""Pairs at angles, the CHSH test and noisy pairs: closed form and simulation agree."""

import math
from itertools import product

import numpy as np
import pytest

from qnetlab import CHSH, BellPair, Link, Memory, NoisyPair, PairAtAngles, PhotonPairSource, Readout, run
from qnetlab.protocols.pair_at_angles import SOURCES
from qnetlab.theory.chsh import LOCAL_LIMIT, QUANTUM_LIMIT, best_value, chsh_value, deterministic_strategies
from qnetlab.theory.entanglement import concurrence
from qnetlab.theory.states import Pair
from tests.exact.test_theory_equals_run import LINKS, NOISY, equal

ANGLES = {"alice_1_deg": 11.0, "alice_2_deg": -97.0, "bob_1_deg": 63.5, "bob_2_deg": 140.0}


@pytest.mark.parametrize("plane", ["zx", "xy"])
@pytest.mark.parametrize("link", LINKS, ids=range(len(LINKS)))
def test_chsh(link, plane):
    equal(CHSH(link=link, plane=plane))
    equal(CHSH(link=link, plane=plane, **ANGLES, **NOISY))


@pytest.mark.parametrize("link", LINKS, ids=range(len(LINKS)))
def test_the_best_settings_reach_the_largest_value(link):
    test = CHSH(link=link)
    assert run(test.at_best_settings())["s"].value == pytest.approx(test.s_max, abs=1e-9)
    assert run(test)["s"].value <= test.s_max + 1e-9


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("link", LINKS[::3], ids=range(len(LINKS[::3])))
def test_pair_at_angles(link, source):
    for alice_deg, bob_deg in ((0, 0), (90, 90), (37.5, -112)):
        equal(PairAtAngles(source=source, link=link, alice_deg=alice_deg, bob_deg=bob_deg, tilt_deg=17))
        equal(PairAtAngles(source=source, link=link, alice_deg=alice_deg, bob_deg=bob_deg, **NOISY))


@pytest.mark.parametrize(("white_noise", "dephasing"), list(product([0, 0.2, 1], [0, 0.13, 0.5])))
def test_noisy_pair(white_noise, dephasing):
    equal(NoisyPair(white_noise=white_noise, dephasing=dephasing))


def test_what_a_noisy_pair_promises_is_what_the_other_protocols_keep():
    for noise, pair in (("white", NoisyPair(white_noise=0.2)), ("dephasing", NoisyPair(dephasing=0.15))):
        link = Link(source=PhotonPairSource(fidelity=0.85, noise=noise))
        promised = pair.theory()
        assert promised["fidelity"] == pytest.approx(BellPair(link=link).theory()["fidelity"], abs=1e-12)
        assert promised["s"] == pytest.approx(CHSH(link=link).theory()["s"], abs=1e-12)
        assert pair.s_max == pytest.approx(CHSH(link=link).s_max, abs=1e-12)
        for axis, deg in (("z", 0), ("x", 90)):
            equal_bits = PairAtAngles(link=link, alice_deg=deg, bob_deg=deg).theory()["equal"]
            assert promised[f"qber_{axis}"] == pytest.approx(1 - equal_bits, abs=1e-12)


def matrix(pair):
    x, y, z = np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1])
    return (np.eye(4) + pair.xx * np.kron(x, x) + pair.yy * np.kron(y, y) + pair.zz * np.kron(z, z)
            + pair.za * np.kron(z, np.eye(2)) + pair.zb * np.kron(np.eye(2), z)) / 4


def pairs():
    yield from (link.pair(state) for link in LINKS for state in ("phi_plus", "phi_minus", "psi_plus", "psi_minus"))
    yield from (PairAtAngles(source="partly_entangled", tilt_deg=t, link=link).pair()
                for t in (0, 10, 40) for link in LINKS[::4])


def test_concurrence_is_that_of_the_matrix():
    """Wootters' recipe on the 4 x 4 matrix, for every pair."""
    flip = np.array([[0, 0, 0, -1], [0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0]])
    for pair in pairs():
        rho = matrix(pair)
        roots = np.sqrt(np.maximum(np.sort(np.linalg.eigvals(rho @ flip @ rho.conj() @ flip).real)[::-1], 0))
        assert concurrence(pair) == pytest.approx(max(0, roots[0] - roots[1:].sum()), abs=1e-7)


def test_no_settings_beat_the_best_ones():
    """A search over many settings in both planes finds what Horodecki's formula says, and never more."""
    turns = np.radians(np.arange(0, 360, 7.5))
    a1, a2, b1, b2 = np.meshgrid(turns, turns, turns, turns, sparse=True)
    for pair in list(pairs())[::9]:
        found = max(float(chsh_value(pair, (a1, a2), (b1, b2), plane).max()) for plane in ("zx", "xy"))
        assert best_value(pair) * math.cos(math.radians(7.5)) ** 2 - 1e-9 <= found <= best_value(pair) + 1e-9


def test_all_sixteen_agreements_reach_two_and_no_more():
    strategies = deterministic_strategies()
    assert len(set(strategies)) == 16
    assert {s.s for s in strategies} == {2, -2}
    assert all(s.s == s.a1 * s.b1 + s.a1 * s.b2 + s.a2 * s.b1 - s.a2 * s.b2 for s in strategies)


def test_identical_angles_on_both_sides_give_exactly_two():
    for first, second in ((0, 90), (20, 71), (-45, 45)):
        same = CHSH(alice_1_deg=first, bob_1_deg=first, alice_2_deg=second, bob_2_deg=second)
        e = same.theory()
        assert e["s"] == pytest.approx(1 + 2 * e["e_12"] - 1, abs=1e-12) and e["s"] <= LOCAL_LIMIT + 1e-12
    same = CHSH(alice_1_deg=0, bob_1_deg=0, alice_2_deg=0, bob_2_deg=0)
    assert run(same)["s"].value == pytest.approx(LOCAL_LIMIT, abs=1e-9)


def test_a_decayed_pair_with_uneven_readout():
    """What each sees alone enters once readouts err unevenly: this is where a product rule would go wrong."""
    memory = Memory(t1_s=1e-3)
    test = CHSH(link=Link(fiber=LINKS[0].fiber, alice_memory=memory, bob_memory=memory),
                alice_readout=Readout(error_0=0.1), bob_readout=Readout(error_1=0.1))
    equal(test)
    ideal = CHSH(link=test.link).theory()["s"]
    assert abs(run(test)["s"].value - 0.9 * 0.9 * ideal) > 1e-3
    assert CHSH().theory()["s"] == pytest.approx(QUANTUM_LIMIT, abs=1e-12)


def test_concurrence_of_impossible_roundings_stays_a_number():
    assert float(concurrence(Pair(1.0 + 1e-16, -1.0, 1.0))) == pytest.approx(1)
