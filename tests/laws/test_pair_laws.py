"""Laws of shared pairs that hold for every setting, tried on random ones."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnetlab import CHSH, NoisyPair, PairAtAngles, run
from qnetlab.protocols.pair_at_angles import SOURCES
from qnetlab.theory.chsh import LOCAL_LIMIT, QUANTUM_LIMIT, best_value, deterministic_strategies
from qnetlab.theory.entanglement import concurrence
from tests.laws.test_physics_laws import links, readouts

angles = st.floats(-180, 180)
sources = st.sampled_from(SOURCES)


@given(sources, st.floats(0, 45), links, readouts, readouts, angles, angles, angles)
def test_bobs_histogram_never_moves(source, tilt, link, alice_readout, bob_readout, bob, one, other):
    """No angle of Alice's changes what bob sees alone: nothing is signalled."""
    pair = PairAtAngles(source=source, tilt_deg=tilt, link=link, bob_deg=bob, alice_deg=one,
                        alice_readout=alice_readout, bob_readout=bob_readout)
    assert pair.theory()["bob_0"] == dataclasses.replace(pair, alice_deg=other).theory()["bob_0"]


@pytest.mark.parametrize("source", SOURCES)
def test_nor_does_it_in_a_run(source):
    seen = {run(PairAtAngles(source=source, alice_deg=alice, bob_deg=30))["bob_0"].value.__round__(12)
            for alice in (-90, 0, 17, 90)}
    assert len(seen) == 1


@given(sources, st.floats(0, 45), links, readouts, angles, angles)
def test_joint_tables_are_distributions(source, tilt, link, readout, alice, bob):
    seen = PairAtAngles(source=source, tilt_deg=tilt, link=link, alice_deg=alice, bob_deg=bob,
                        alice_readout=readout).theory()
    cells = [seen[f"both_{key}"] for key in ("00", "01", "10", "11")]
    assert min(cells) >= -1e-9 and sum(cells) == pytest.approx(1)
    assert seen["equal"] == pytest.approx(seen["both_00"] + seen["both_11"])
    assert seen["bob_0"] == pytest.approx(seen["both_00"] + seen["both_10"])
    assert seen["alice_0"] == pytest.approx(seen["both_00"] + seen["both_01"])


@given(links, readouts, readouts, angles, angles, angles, angles, st.sampled_from(["zx", "xy"]))
def test_no_pair_passes_the_quantum_limit(link, alice, bob, a1, a2, b1, b2, plane):
    test = CHSH(link=link, alice_1_deg=a1, alice_2_deg=a2, bob_1_deg=b1, bob_2_deg=b2, plane=plane)
    assert abs(test.theory()["s"]) <= test.s_max + 1e-9 <= QUANTUM_LIMIT + 2e-9
    noisy = dataclasses.replace(test, alice_readout=alice, bob_readout=bob)
    assert abs(noisy.theory()["s"]) <= QUANTUM_LIMIT + 1e-9


@given(links)
def test_what_is_not_entangled_never_passes_two(link):
    pair = link.pair()
    if concurrence(pair) == 0:
        assert best_value(pair) <= LOCAL_LIMIT + 1e-9
    assert best_value(pair) <= 2 * math.sqrt(1 + concurrence(pair) ** 2) + 1e-9  # Verstraete and Wolf 2002


@given(st.lists(st.floats(0, 1), min_size=16, max_size=16))
def test_no_mixture_of_agreements_passes_two(weights):
    total = sum(weights) or 1.0
    assert abs(np.dot(weights, [s.s for s in deterministic_strategies()])) / total <= LOCAL_LIMIT + 1e-9


@given(st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 1))
def test_more_noise_promises_less(white, flips, step):
    less = NoisyPair(white_noise=white, dephasing=flips)
    for more in (NoisyPair(white_noise=white + step * (1 - white), dephasing=flips),
                 NoisyPair(white_noise=white, dephasing=flips + step * (0.5 - flips))):
        better, worse = less.theory(), more.theory()
        assert all(worse[name] <= better[name] + 1e-9 for name in ("fidelity", "s", "teleportation"))
        assert all(worse[name] >= better[name] - 1e-9 for name in ("qber_z", "qber_x"))
        assert more.concurrence <= less.concurrence + 1e-9 and more.s_max <= less.s_max + 1e-9
