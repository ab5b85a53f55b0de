"""Means over a chain of waiting memories, beside sums over all waiting times, circuits, and what is known otherwise."""

import dataclasses
import itertools
import math

import numpy as np
import pytest

from qnetlab import ChainKeyRate, Fiber, GateErrors, Link, Memory, PhotonPairSource, Readout, Swapping, run
from qnetlab.theory.chain_memory import mean_decay, mean_decay_of, mean_decays, with_deadline
from qnetlab.theory.repeaters import mean_longest_wait, mean_longest_wait_of, two_links_with_cutoff
from qnetlab.theory.states import Pair, bell_fidelity


def summed(probabilities, decays, longest):
    """The mean as it is defined: a sum over all waiting times up to the longest, link by link."""
    t = np.arange(1, longest + 1)
    kernel = abs(t[:, None] - t[None])
    so_far = np.ones(longest)
    for p, kappa in zip(probabilities, [*decays, 0.0], strict=True):
        so_far = np.exp(-kappa * kernel) @ (so_far * p * (1 - p) ** (t - 1))
    return so_far[0]  # after the last link without decay: the plain sum, at any time


def enumerated(p, kappa, links, deadline):
    """Success and what is left of it, over every course of a round that ends in time."""
    stands = kept = tried = 0.0
    for waits in itertools.product(range(1, deadline + 1), repeat=links):
        weight = math.prod(p * (1 - p) ** (t - 1) for t in waits)
        stands += weight
        tried += weight * max(waits)
        kept += weight * math.exp(-kappa * sum(abs(a - b) for a, b in itertools.pairwise(waits)))
    return (tried + deadline * (1 - stands)) / stands, kept / stands


# exp(-kappa) equal to a power of 1 - p is where the known expansion in exponentials divides by zero
@pytest.mark.parametrize(("p", "kappa"), [
    (0.1, 0.02), (0.5, 0.3), (0.9, 1.0), (0.2, 0.0), (0.15, -math.log(0.85)), (0.15, -2 * math.log(0.85)),
    (0.15, -2 * math.log(0.85) * (1 + 1e-12))])
@pytest.mark.parametrize("links", [1, 2, 3, 5, 8, 13])
def test_the_mean_is_the_sum_over_all_waiting_times(p, kappa, links):
    exact = summed([p] * links, [kappa] * (links - 1), 400)
    assert mean_decay(p, kappa, links) == pytest.approx(exact, abs=1e-12)
    assert mean_decay_of([p] * links, kappa) == pytest.approx(exact, abs=1e-12)
    if kappa and links > 1:  # a chain in which one pair only waited for the slowest is another one
        assert abs(exact - mean_decay(p, kappa, links - 1)) > 1e-3 * exact


@pytest.mark.parametrize(("probabilities", "decays"), [
    ([0.1, 0.05, 0.2, 0.4], [0.02, 0.1, 0.005]), ([0.05, 0.4, 0.4, 0.05, 1.0], [0.1] * 4), ([0.3], []),
    ([1.0, 1.0, 0.1], [0.2, 0.3])])
def test_links_that_differ(probabilities, decays):
    assert mean_decay_of(probabilities, decays) == pytest.approx(summed(probabilities, decays, 900), abs=1e-12)


@pytest.mark.parametrize(("p", "kappa"), [(0.01, 0.002), (0.3, 0.0), (1e-6, 1e-7), (1.0, 0.4), (0.4, 60.0)])
def test_two_links_are_the_known_form(p, kappa):
    assert mean_decay(p, kappa, 2) == pytest.approx(two_links_with_cutoff(p, kappa, math.inf)[1], abs=1e-9)


@pytest.mark.parametrize("links", [2, 3, 7])
def test_memories_that_forget_at_once_keep_what_came_at_once(links):
    p = 0.3
    assert mean_decay(p, math.inf, links) == pytest.approx(p**links / (1 - 0.7**links), rel=1e-12)
    assert mean_decay_of([p] * links, math.inf) == pytest.approx(mean_decay(p, math.inf, links), rel=1e-12)


def test_all_lengths_come_at_once_and_arrays_go_through():
    p, kappa = np.array([0.02, 0.1, 0.6]), np.array([0.001, 0.05, 0.2])
    several = mean_decays(p, kappa, 9)
    for links, row in enumerate(several, 1):
        assert row == pytest.approx([mean_decay(a, b, links) for a, b in zip(p, kappa, strict=True)], rel=1e-12)
    assert isinstance(mean_decay(0.1, 0.02, 5), float)


def test_a_hundred_rare_links_lose_no_digits():
    """In the limit of rare successes only kappa/p counts, and for one decay in n - 1 the mean is a product."""
    assert mean_decay(1e-9, 1e-10, 100) == pytest.approx(mean_decay(1e-8, 1e-9, 100), rel=1e-6)
    assert 0 < mean_decay(1e-9, 1e-10, 100) < 0.01
    assert mean_decay(1e-12, 0.0, 100) == pytest.approx(1, abs=1e-12)
    assert mean_decay_of([0.01] * 30, 0.001) == pytest.approx(mean_decay(0.01, 0.001, 30), rel=1e-11)


def test_three_hundred_links_lose_no_digits():
    assert mean_decay_of([0.3] * 300, 0.001) == pytest.approx(mean_decay(0.3, 0.001, 300), rel=1e-11)
    p = np.linspace(0.05, 1.0, 150)  # told from the other end it is the same chain, by other sums
    rates = 0.01 * np.arange(149) / 149
    assert mean_decay_of(p, rates) == pytest.approx(mean_decay_of(p[::-1], rates[::-1]), rel=1e-11)


@pytest.mark.parametrize(("p", "links"), [(0.5, 100), (0.01, 300), (0.9, 2000), (1e-6, 50)])
def test_the_wait_of_many_links_is_the_sum_of_its_tail(p, links):
    assert mean_longest_wait(p, links) == pytest.approx(mean_longest_wait_of([p] * links), rel=1e-8)


@pytest.mark.parametrize(("p", "kappa", "links", "deadline"), [
    (0.3, 0.2, 3, 4), (0.1, 0.05, 2, 20), (0.5, 0.0, 4, 5), (0.2, 3.0, 4, 6), (1.0, 0.1, 3, 2), (0.3, 0.2, 1, 3)])
def test_a_deadline_is_what_all_courses_of_a_round_give(p, kappa, links, deadline):
    time, kept = with_deadline(p, kappa, links, deadline)
    assert (time, kept) == (pytest.approx(enumerated(p, kappa, links, deadline)[0], rel=1e-12),
                            pytest.approx(enumerated(p, kappa, links, deadline)[1], rel=1e-12))


def test_a_late_deadline_is_none_and_an_early_one_keeps_what_came_at_once():
    time, kept = with_deadline(0.1, 0.02, 5, 500)
    assert time == pytest.approx(mean_longest_wait(0.1, 5), rel=1e-12)
    assert kept == pytest.approx(mean_decay(0.1, 0.02, 5), rel=1e-12)
    assert with_deadline(0.1, 0.02, 5, 1) == (pytest.approx(1e5), pytest.approx(1.0))
    p, kappa = np.array([0.1, 0.3]), np.array([0.02, 0.5])
    assert with_deadline(p, kappa, 3, 7)[1][1] == pytest.approx(with_deadline(0.3, 0.5, 3, 7)[1])


def test_many_links_wait_as_the_tail_says():
    assert mean_longest_wait(0.02, 40) == pytest.approx(mean_longest_wait_of([0.02] * 40), rel=1e-11)
    assert mean_longest_wait(1e-12, 100) == pytest.approx(sum(1 / k for k in range(1, 101)) * 1e12, rel=1e-9)


@pytest.mark.parametrize("call", [
    lambda: mean_decay(0.0, 0.1, 2), lambda: mean_decay(0.1, -1.0, 2), lambda: mean_decay(0.1, 0.1, 0),
    lambda: mean_decay(math.nan, 0.1, 2), lambda: mean_decay_of([], 0.1), lambda: mean_decay_of([0.1, 0.1], [0.1, 0.2]),
    lambda: mean_decay_of([0.1, 1.5], 0.1), lambda: mean_decay_of([0.1, 0.1], [-0.1]),
    lambda: with_deadline(0.1, 0.1, 2, 0), lambda: with_deadline(0.1, 0.1, 2, 1.5)])
def test_what_cannot_be_is_refused(call):
    with pytest.raises(ValueError, match=r"must .*; got .* Try "):
        call()


# ------------------------------------------------------------------------------------------ pairs and keys

CHAIN = ChainKeyRate(
    fiber=Fiber(length_km=60, attenuation_db_per_km=0.2), stations=2, efficiency=0.8, t2_s=0.02,
    preparation_time_s=1e-5,
    source=PhotonPairSource(fidelity=0.97), gates=GateErrors(two_qubit=0.01, one_qubit=0.003),
    station_readout=Readout(error_0=0.01, error_1=0.02))


def test_without_waiting_it_is_what_the_circuit_says():
    """No time, no decay: the same pairs as Aer's, gate and readout errors included."""
    still = dataclasses.replace(CHAIN, t2_s=math.inf)
    link = Link(source=still.source)
    circuit = Swapping(links=(link,) * 3, corrections="pauli_frame", gates=still.gates,
                       station_readout=still.station_readout)
    told, seen = still.theory(), run(circuit)
    assert told["fidelity"] == pytest.approx(seen["fidelity"].value, abs=1e-9)
    for name in ("xx", "yy", "zz"):
        assert told[name] == pytest.approx(seen[name].value, abs=1e-9)


@pytest.mark.parametrize("decay", ["dephasing", "depolarizing"])
def test_the_mean_pair_is_that_of_every_course(decay):
    """Two links, every pair of waiting times as a circuit's closed form with memories that waited that long."""
    chain = dataclasses.replace(CHAIN, stations=1, decay=decay, fiber=dataclasses.replace(CHAIN.fiber, length_km=20))
    p, step, herald = chain.success_probability, chain.attempt_time_s, chain.herald_s
    xx = yy = zz = 0.0
    still = dataclasses.replace(chain, t2_s=math.inf).correlators
    for a, b in itertools.product(range(1, 150), repeat=2):
        weight = p**2 * (1 - p) ** (a + b - 2)
        waited = math.exp(-(abs(a - b) * step + 4 * herald) / chain.t2_s)
        xx, yy = xx + weight * still[0] * waited, yy + weight * still[1] * waited
        zz += weight * still[2] * (waited if decay == "depolarizing" else 1)
    assert chain.correlators == pytest.approx((xx, yy, zz), abs=1e-9)
    assert chain.fidelity == pytest.approx(bell_fidelity(Pair(xx, yy, zz), "phi_plus"), abs=1e-9)


def test_a_pair_that_waited_in_a_memory_is_dephased_as_the_circuit_says():
    """The one factor of the closed form, on Aer: a link whose half waits for its herald, swapped."""
    link = Link(source=PhotonPairSource(fidelity=0.97), fiber=Fiber(length_km=50), bob_memory=Memory(t2_s=0.01))
    other = Link(source=PhotonPairSource(fidelity=0.97))
    seen = run(Swapping(links=(link, other), corrections="pauli_frame"))
    v = (4 * 0.97 - 1) / 3
    assert seen["xx"].value == pytest.approx(v**2 * math.exp(-link.wait_s / 0.01), abs=1e-9)
    assert seen["zz"].value == pytest.approx(v**2, abs=1e-9)


def test_rate_and_key_follow_from_the_parts():
    told = dataclasses.replace(CHAIN, t2_s=0.2, source=PhotonPairSource(fidelity=0.99)).theory()
    assert told["bits_per_pair"] > 0
    p = 0.5 * (0.8 * 10 ** (-0.2 * 10 / 10)) ** 2
    assert told["success_probability"] == pytest.approx(p)
    assert told["attempt_time_s"] == pytest.approx(20 * 1.4682 / 299792.458)
    assert told["pairs_per_s"] == pytest.approx(1 / (mean_longest_wait(p, 3) * told["attempt_time_s"]))

    def h(q):
        return -q * math.log2(q) - (1 - q) * math.log2(1 - q)

    assert told["bits_per_pair"] == pytest.approx(1 - h(told["qber_x"]) - 1.16 * h(told["qber_z"]))
    assert told["bits_per_s"] == pytest.approx(told["bits_per_pair"] * told["pairs_per_s"])
    assert told["direct_bits_per_s"] == pytest.approx(-math.log2(1 - 10 ** (-1.2)) * 1e9)


def test_a_deadline_can_make_a_key_where_there_was_none():
    weak = ChainKeyRate(fiber=Fiber(length_km=300, attenuation_db_per_km=0.2), stations=3, efficiency=0.9,
                        source=PhotonPairSource(fidelity=0.99), t2_s=0.03)
    hasty = dataclasses.replace(weak, deadline_s=0.01)
    assert weak.pairs_per_s > 16 and weak.bits_per_s == 0
    assert hasty.pairs_per_s < 1 and hasty.bits_per_s > 0.07
    assert dataclasses.replace(weak, deadline_s=1e-9).deadline_attempts == 1
    assert dataclasses.replace(weak, deadline_s=30.0).theory() == pytest.approx(weak.theory())


def test_no_light_and_no_distance():
    dark = dataclasses.replace(CHAIN, fiber=Fiber(length_km=1e5, attenuation_db_per_km=1.0))
    assert dark.success_probability == 0 and dark.pairs_per_s == 0 and dark.bits_per_s == 0
    here = ChainKeyRate(stations=0)
    assert here.fidelity == 1 and here.bits_per_pair == 1 and here.pairs_per_s == pytest.approx(0.5e6)


def test_stations_may_stand_anywhere():
    line = dataclasses.replace(CHAIN, t2_s=0.5)
    even, told = line.placed([20, 40]), line.theory()
    for name in ("pairs_per_s", "fidelity", "qber_x", "qber_z", "bits_per_s"):
        assert getattr(even, name) == pytest.approx(told[name], rel=1e-9, abs=1e-12)
    uneven = line.placed([10, 45])
    chances = [0.5 * (0.8 * 10 ** (-0.01 * span)) ** 2 for span in (10, 35, 15)]
    step = 35 * 1.4682 / 299792.458
    assert uneven.spans_km == (10, 35, 15)
    assert uneven.pairs_per_s == pytest.approx(1 / (mean_longest_wait_of(chances) * step))
    kept = mean_decay_of(chances, step / 0.5) * math.exp(-6 * step / 0.5)
    assert 1 - 2 * uneven.qber_x == pytest.approx(
        dataclasses.replace(line, t2_s=math.inf).correlators[0] * kept, rel=1e-9)
    assert uneven.pairs_per_s < even.pairs_per_s and line.placed([]).spans_km == (60,)
    far = dataclasses.replace(line, fiber=Fiber(length_km=3000, attenuation_db_per_km=0.2))
    assert far.placed(range(10, 150, 10)).pairs_per_s < 1e-20  # and it does not take for ever to say so
    for nowhere in ([40, 20], [0], [60], [math.nan], ["x"], 30, None):
        with pytest.raises(ValueError, match="positions_km must rise from alice to bob; got .* Try "):
            line.placed(nowhere)
    with pytest.raises(ValueError, match="deadline_s must be inf; got "):
        dataclasses.replace(line, deadline_s=1.0).placed([20])


@pytest.mark.parametrize("probabilities", [[1e-7] * 13, [0.3] * 9 + [1e-6, 2e-6, 3e-4, 1e-3], [1e-12] + [0.1] * 14])
def test_long_waits_of_many_links_are_summed_in_good_time(probabilities):
    """Beside inclusion and exclusion with as many digits as that needs."""
    from fractions import Fraction

    total = Fraction(0)
    for size in range(1, len(probabilities) + 1):
        for chosen in itertools.combinations([Fraction(p) for p in probabilities], size):
            miss = math.prod((1 - p for p in chosen), start=Fraction(1))
            total += Fraction((-1) ** (size + 1)) / (1 - miss)
    assert mean_longest_wait_of(probabilities) == pytest.approx(float(total), rel=1e-9)


def test_a_chain_says_what_it_brings_and_on_what_terms():
    said = str(dataclasses.replace(CHAIN, t2_s=1.0, source=PhotonPairSource(fidelity=0.99), deadline_s=0.5))
    for words in ("bits per second", "60 km with 2 stations, 20 km each", "given up", "no cable", "Without end",
                  "stations and fibers are not"):
        assert words in said
    assert "<table>" in CHAIN._repr_html_() and "none" in str(dataclasses.replace(CHAIN, t2_s=1e-5))
    placed = CHAIN.placed([10, 45])
    assert "10 to 35 km" in str(placed) and "wrong bits" in placed._repr_html_()
