"""Waiting times of repeater chains against numbers computed elsewhere."""

import math
from dataclasses import replace

import pytest

from qnetlab import GateErrors, Link, Memory, PhotonPairSource, Readout, RepeaterChain
from qnetlab.theory.repeaters import (
    harmonic_rule,
    mean_longest_wait,
    mean_longest_wait_of,
    mean_storage,
    three_halves_rule,
    two_links_with_cutoff,
    wait_with_swaps_at_the_end,
)
from qnetlab.theory.swapping import retwirled_fidelity


@pytest.mark.parametrize(("links", "p", "exact", "halves", "harmonic"), [
    (2, 0.5, 2.666667, 3, 3), (2, 0.1, 14.736842, 15, 15), (2, 0.01, 149.748744, 150, 150),
    (4, 0.01, 207.789922, 225, 208.333), (8, 0.01, 270.924509, 337.5, 271.786),
    (16, 0.001, 3379.53835, 5062.5, 3380.729)])
def test_longest_wait(links, p, exact, halves, harmonic):
    assert mean_longest_wait(p, links) == pytest.approx(exact, rel=2e-7)
    assert mean_longest_wait_of([p] * links) == pytest.approx(exact, rel=2e-7)
    assert three_halves_rule(p, links) == pytest.approx(halves)
    assert harmonic_rule(p, links) == pytest.approx(harmonic, abs=5e-4)


def test_unequal_links():
    assert mean_longest_wait_of([0.1, 0.05]) == pytest.approx(23.103448, abs=5e-7)
    assert mean_longest_wait_of([0.01, 0.003]) == pytest.approx(356.232330, abs=2e-6)
    assert mean_longest_wait_of([1.0, 0.25]) == pytest.approx(4.0)


def test_both_ways_of_summing_agree():
    """Twelve links are summed with alternating signs, thirteen by their tail; a perfect link changes nothing."""
    assert mean_longest_wait_of([0.02] * 12 + [1.0]) == pytest.approx(mean_longest_wait(0.02, 12), rel=1e-10)
    assert mean_longest_wait(1.0, 40) == 1.0
    assert mean_longest_wait(0.02, 13) > mean_longest_wait(0.02, 12)


@pytest.mark.parametrize(("p", "cutoff", "decay", "time", "kept"), [
    (0.1, 5, 0.02, 20.751172, 0.952534), (0.01, 50, 0.002, 224.986115, 0.955213),
    (0.1, math.inf, 0.02, 14.736842, 0.840783)])
def test_cutoff(p, cutoff, decay, time, kept):
    assert two_links_with_cutoff(p, decay, cutoff) == (pytest.approx(time, abs=5e-6), pytest.approx(kept, abs=5e-7))


@pytest.mark.parametrize(("p", "cutoff", "decay", "fidelity"), [
    (0.1, 5, 0.02, 0.872323), (0.01, 50, 0.002, 0.874072), (0.1, math.inf, 0.02, 0.799312)])
def test_fidelity_with_a_cutoff(p, cutoff, decay, fidelity):
    visibility = (4 * 0.95 - 1) / 3
    assert 0.25 + 0.75 * visibility**2 * two_links_with_cutoff(p, decay, cutoff)[1] == pytest.approx(fidelity, abs=1e-6)


def test_storage_and_failing_swaps():
    assert mean_storage(0.1) == pytest.approx(9.473684, abs=5e-7)
    assert mean_storage(0.01) == pytest.approx(99.497487, abs=5e-7)
    assert wait_with_swaps_at_the_end(0.1, 4, 0.5) == pytest.approx(162.187026, abs=5e-7)
    assert wait_with_swaps_at_the_end(0.01, 4, 0.5) == pytest.approx(1662.319375, abs=5e-6)
    assert wait_with_swaps_at_the_end(0.1, 2, 0.5) == pytest.approx(29.473684, abs=5e-7)


@pytest.mark.parametrize("call", [
    lambda: mean_longest_wait(0.0, 2), lambda: mean_longest_wait(0.5, 0), lambda: mean_longest_wait_of([]),
    lambda: two_links_with_cutoff(0.1, -1.0), lambda: two_links_with_cutoff(0.1, 0.1, 2.5),
    lambda: wait_with_swaps_at_the_end(0.1, 2, 0.0)])
def test_what_cannot_be_is_refused(call):
    with pytest.raises(ValueError, match=r"must .*; got .* Try "):
        call()


def test_chains_in_time_reach_the_published_landmarks():
    """TH05 and TH07 by RepeaterChain: the exact form beside the papers' approximations, which differ from it."""
    # Briegel et al. 1998, re-twirled 0.789161; exact 0.789306: p2 = 0.99, readouts right with 0.99.
    link = Link(source=PhotonPairSource(fidelity=0.96, repetition_rate_hz=1.0))
    right = Readout(error_0=0.01, error_1=0.01)
    noisy = RepeaterChain(links=(link,) * 4, gates=GateErrors(two_qubit=0.0075), station_readout=right)
    assert noisy.theory()["fidelity"] == pytest.approx(0.789306, abs=5e-7)
    assert retwirled_fidelity(0.96, 4, two_qubit=0.99, right=0.99) == pytest.approx(0.789161, abs=5e-7)
    # Sangouard et al. 2011: (3/2)/p for two links, (3/2)^2/(p ps^2) for four with swaps that fail half the time.
    for count, p, ps, exact, rule in ((2, 0.01, 1.0, 149.748744, 150), (4, 0.1, 0.5, 84.817580, 90),
                                      (4, 0.05, 0.5, 171.520858, 180)):
        rare = replace(link, alice_memory=Memory(write_efficiency=p))
        chain = RepeaterChain(links=(rare,) * count, policy="nested", swap_success=ps)
        assert chain.theory()["waiting_time_s"] == pytest.approx(exact, abs=5e-7)
        levels = math.log2(count)
        assert 1.5**levels / p / ps ** (levels if ps < 1 else 0) == pytest.approx(rule)
