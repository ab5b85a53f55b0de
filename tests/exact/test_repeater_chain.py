"""Chains in time: distributions against closed forms, the pair against an independent sum, and against the circuit."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from qnetlab import (
    Fiber,
    GateErrors,
    HeraldedLink,
    Link,
    Memory,
    PhotonPairSource,
    Readout,
    RepeaterChain,
    Swapping,
    from_json,
    run,
    to_json,
)
from qnetlab.network.waiting import longest, mean_steps, nested_steps, share_within, steps_of, two_links_steps
from qnetlab.theory.repeaters import mean_longest_wait, mean_longest_wait_of, two_links_wait, two_links_with_cutoff

STEP = 1e-3
NOISY = {"gates": GateErrors(one_qubit=0.02, two_qubit=0.05), "station_readout": Readout(error_0=0.03, error_1=0.08),
         "alice_readout": Readout(error_0=0.02, error_1=0.05), "bob_readout": Readout(error_0=0.01, error_1=0.06)}


def coin(p, *, fidelity=1.0, t2_s=None, t1_s=math.inf, length_km=0.0):
    """A link that succeeds with probability p, once a millisecond."""
    memory = Memory(t1_s=t1_s, t2_s=t2_s)
    return Link(source=PhotonPairSource(fidelity=fidelity, repetition_rate_hz=1 / STEP),
                fiber=Fiber(length_km=length_km), alice_memory=replace(memory, write_efficiency=p), bob_memory=memory)


# ----------------------------------------------------------------------------------------------------------- waits


@pytest.mark.parametrize(("n", "p"), [(2, 0.5), (2, 0.1), (2, 0.01), (4, 0.01), (8, 0.01), (16, 0.001)])
def test_the_longest_of_equal_waits(n, p):
    waits = longest([steps_of(p)] * n)
    assert mean_steps(waits) == pytest.approx(mean_longest_wait(p, n), rel=1e-11)
    assert waits.sum() == pytest.approx(1, abs=1e-12)
    assert share_within(waits, 50) == pytest.approx((1 - (1 - p) ** 50) ** n, rel=1e-12)


def test_the_longest_of_unequal_waits():
    assert mean_steps(longest([steps_of(p) for p in (0.1, 0.05, 0.3)])) == pytest.approx(
        mean_longest_wait_of([0.1, 0.05, 0.3]), rel=1e-12)


@pytest.mark.parametrize(("p", "mean"), [(0.1, 84.817580), (0.05, 171.520858)])
def test_nested_swaps_that_succeed_half_the_time(p, mean):
    assert mean_steps(nested_steps([p] * 4, 0.5)) == pytest.approx(mean, abs=5e-7)


def test_nested_swaps_by_counting_every_case():
    """Four links that all need one attempt: 1/ps trials of 1/ps halves; both halves at once, by hand."""
    sure = nested_steps([1.0] * 2, 0.5)  # geometric
    assert sure[:4] == pytest.approx([0, 0.5, 0.25, 0.125], abs=1e-12)
    assert mean_steps(nested_steps([1.0] * 4, 0.5)) == pytest.approx(2 * (3 - 2 * 0.5) / (0.5 * 1.5), rel=1e-12)
    # Messages: one step after each inner swap, two after a failed outer one.
    told = nested_steps([1.0] * 4, 0.5, lambda lo, mid, hi: (hi - lo) // 2)
    inner = 2 * (3 - 1) / (2 * 0.5 * 1.5)  # mean longest of two geometric numbers of trials
    assert mean_steps(told) == pytest.approx(2 * (2 * inner) + 2, rel=1e-12)


@pytest.mark.parametrize(("p", "m"), [(0.1, 5), (0.01, 50), (0.5, 3), (0.2, 0), (0.1, math.inf)])
def test_two_links_with_a_cutoff(p, m):
    mean, kept = two_links_with_cutoff(p, 0.02, m)
    assert mean_steps(two_links_steps((p, p), cutoff=m)) == pytest.approx(mean, rel=1e-9)
    chain = RepeaterChain(links=(coin(p), coin(p, t2_s=STEP / 0.02)), measure="at_once", cutoff_s=m * STEP)
    # Only one of the station's memories decays: half of the waits are in the other one.
    told = chain.theory()
    assert told["waiting_time_s"] == pytest.approx(mean * STEP, rel=1e-9)
    assert told["xx"] == pytest.approx((kept + two_links_with_cutoff(p, 0.0, m)[1]) / 2, rel=1e-9)


def test_swaps_that_fail():
    assert mean_steps(two_links_steps((0.1, 0.1), 0.5)) == pytest.approx(29.473684, abs=5e-7)
    assert mean_steps(two_links_steps((0.1, 0.1), 0.5, again=(3, 0))) == pytest.approx(29.473684 + 3, abs=5e-7)


@pytest.mark.parametrize("p", [(0.1, 0.1), (0.3, 0.05), (1.0, 0.2), (0.02, 1.0)])
@pytest.mark.parametrize(("ps", "m", "again"), [
    (1.0, 4, (0, 0)), (0.5, math.inf, (3, 0)), (0.7, 0, (1, 2)), (0.7, 9, (0, 5))])
def test_the_mean_of_two_links_and_their_whole_distribution(p, ps, m, again):
    whole = two_links_steps(p, ps, m, again)
    assert two_links_wait(p, swap_success=ps, cutoff=m, again=again) == pytest.approx(mean_steps(whole), rel=1e-9)
    assert whole.sum() == pytest.approx(1, abs=1e-9)


def test_what_is_too_long_to_be_written_out_is_left_out():
    rare = RepeaterChain(links=(coin(1e-4),) * 4, policy="nested", swap_success=0.01)
    assert set(rare.theory()) == {"xx", "yy", "zz", "fidelity", "qber_x", "qber_z"}
    with pytest.raises(ValueError, match="an exact answer needs"):
        run(rare)
    seldom = RepeaterChain(links=(coin(1e-9),) * 2, measure="at_once", cutoff_s=1e9 * STEP, swap_success=0.5)
    assert seldom.theory()["waiting_time_s"] == pytest.approx(2 * two_links_with_cutoff(1e-9, 0, 1e9)[0] * STEP)


# ------------------------------------------------------------------------------------------------------------ pair


@pytest.mark.parametrize(("p", "decay", "cutoff", "fidelity"), [
    (0.1, 0.02, 5, 0.872323), (0.01, 0.002, 50, 0.874072), (0.1, 0.02, math.inf, 0.799312)])
def test_landmarks_of_two_links(p, decay, cutoff, fidelity):
    """F = 1/4 + 3/4 V1 V2 D for memories that depolarize; ours dephase, so that XX carries D and ZZ does not."""
    link = coin(p, fidelity=0.95, t2_s=STEP / decay)
    told = RepeaterChain(links=(link, link), measure="at_once", cutoff_s=cutoff * STEP).theory()
    assert 0.25 + 0.75 * told["xx"] == pytest.approx(fidelity, abs=1e-6)
    assert told["zz"] == pytest.approx((1 - 4 * 0.05 / 3) ** 2, abs=1e-12)


@pytest.mark.parametrize("measure", ["keep", "at_once"])
def test_two_links_by_hand(measure):
    """Relaxing memories, unequal links, messages that take time: a plain double sum over both waits."""
    one = coin(0.3, fidelity=0.9, t1_s=0.05, t2_s=0.02, length_km=100)
    two = coin(0.2, fidelity=0.97, t1_s=0.03, t2_s=0.04, length_km=60)
    told_s = max(one.fiber.delay_s, two.fiber.delay_s)
    xx = zz = wait = 0.0
    for i, j in itertools.product(range(1, 130), repeat=2):
        chance = 0.3 * 0.7 ** (i - 1) * 0.2 * 0.8 ** (j - 1)
        swap = max(i, j)
        end = swap * STEP + told_s
        a, b = (0.0, 0.0) if measure == "at_once" else (end - i * STEP, end - j * STEP)
        left = one.pair(extra_a_s=a, extra_b_s=(swap - i) * STEP)
        right = two.pair(extra_a_s=(swap - j) * STEP, extra_b_s=b)
        xx += chance * left.xx * right.xx
        zz += chance * (left.zz * right.zz)
        wait += chance * (swap * STEP + (told_s if measure == "keep" else 0))
    seen = RepeaterChain(links=(one, two), measure=measure).theory()
    assert seen["waiting_time_s"] == pytest.approx(wait, rel=1e-9)
    assert (seen["xx"], seen["zz"]) == pytest.approx((xx, zz), abs=1e-9)


@pytest.mark.parametrize("chain", [
    RepeaterChain(),
    RepeaterChain(links=(coin(0.3, fidelity=0.9, t2_s=0.01), coin(0.2, t1_s=0.05)), **NOISY),
    RepeaterChain(links=(coin(0.3, t2_s=0.01),) * 2, measure="at_once", cutoff_s=0.003, swap_success=0.5, **NOISY),
    RepeaterChain(links=(coin(0.3, fidelity=0.95),) * 4, policy="nested", swap_success=0.5),
    RepeaterChain(links=(coin(0.3, fidelity=0.95, length_km=2 * 1e3 * STEP / 4.8974e-3),) * 3, measure="at_once"),
], ids=["perfect", "two, noisy", "two, cutoff", "nested", "three"])
def test_an_exact_run_is_theory(chain):
    result, told = run(chain), chain.theory()
    assert set(told) == set(result.estimates)
    for name, number in told.items():
        assert result[name].value == pytest.approx(number, rel=1e-9), name
    assert from_json(to_json(result)) == result and from_json(to_json(chain)) == chain


@pytest.mark.parametrize(("corrections", "measure"), [("feed_forward", "keep"), ("at_once", "at_once")])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_links_that_all_succeed_at_once_are_the_circuit_of_swapping(count, corrections, measure):
    link = Link(source=PhotonPairSource(fidelity=0.93), fiber=Fiber(length_km=30),
                alice_memory=Memory(t1_s=0.01, t2_s=0.003), bob_memory=Memory(t1_s=0.004, t2_s=0.002))
    swapping = Swapping(links=(link,) * count, corrections=corrections, **NOISY)
    chain = RepeaterChain(links=(link,) * count, measure=measure, **NOISY)
    circuit = run(swapping)
    for name, number in swapping.theory().items():
        assert chain.theory()[name] == pytest.approx(number, abs=1e-12)
        assert circuit[name].value == pytest.approx(chain.theory()[name], abs=1e-9)


def test_what_has_no_exact_form_is_left_out_and_refused():
    chain = RepeaterChain(links=(coin(0.1, t2_s=0.1),) * 4, swap_success=0.5)
    assert chain.theory() == {}
    with pytest.raises(ValueError, match="an exact answer needs.*Try shots=1000"):
        run(chain)
    with pytest.raises(ValueError, match="only circuits can be shot"):
        run(chain, 10, mode="shots")
    assert set(run(chain, 200, rng=1).estimates) >= {"rate_hz", "fidelity", "secret_key_rate_hz"}


@pytest.mark.parametrize("p", [0.3, 0.01, 0.0005])
def test_strides_add_up_to_the_whole_sum(p):
    """Sixteen and forty links, in strides and step by step."""
    for links in (16, 40):
        plain = math.fsum(-np.expm1(links * np.log1p(-(1 - p) ** np.arange(1.0, 60 / p)))) + 1
        assert mean_longest_wait(p, links) == pytest.approx(plain, rel=1e-12)


def test_long_chains_know_their_mean_wait():
    chain = RepeaterChain(links=(coin(1e-7, t2_s=1),) * 64, measure="at_once")
    assert chain.theory()["waiting_time_s"] == pytest.approx(4.743890903e7 * STEP, rel=1e-6)  # H_64/p
    assert set(replace(chain, measure="keep", links=(coin(1e-3, t2_s=1, t1_s=9),) * 9).theory()) == {
        "waiting_time_s", "rate_hz"}


@pytest.mark.parametrize("measure", ["keep", "at_once"])
@pytest.mark.parametrize("links", [3, 5])
def test_the_mean_pair_of_a_chain_is_that_of_followed_runs(links, measure):
    """The closed form of chains that dephase against runs that are followed one by one, and wrong ones rejected."""
    p = [0.3, 0.12, 0.5, 0.2, 0.3][:links]
    chain = RepeaterChain(links=tuple(coin(chance, fidelity=0.97, t2_s=0.02, length_km=100) for chance in p),
                          measure=measure, **NOISY)
    told, seen = chain.theory(), chain.follow(40_000, rng=11)
    for name, runs in (("fidelity", seen.fidelity), ("waiting_time_s", seen.waiting_time_s)):
        error = float(runs.std()) / 200
        assert abs(float(runs.mean()) - told[name]) < 5 * error
        assert error < 0.005 * told[name]
    forgets_nothing = replace(chain, links=tuple(coin(chance, fidelity=0.97) for chance in p)).theory()
    assert abs(forgets_nothing["fidelity"] - told["fidelity"]) > 50 * float(seen.fidelity.std()) / 200
    if measure == "at_once":
        assert run(chain)["fidelity"].value == pytest.approx(told["fidelity"], abs=1e-12)


@pytest.mark.parametrize("length_km", [0.0, STEP / 4.8973899e-6, 77.0])
def test_kept_pairs_of_three_links_by_hand(length_km):
    """A triple sum over the waits; messages of no time, of about a step, and of less than one."""
    t2_s = (0.03, 0.02, 0.05, 0.04, 0.025, 0.03)
    links = tuple(Link(source=PhotonPairSource(repetition_rate_hz=1 / STEP), fiber=Fiber(length_km=length_km),
                       alice_memory=Memory(t2_s=t2_s[2 * i], write_efficiency=p), herald="none",
                       bob_memory=Memory(t2_s=t2_s[2 * i + 1]))
                  for i, p in enumerate((0.5, 0.4, 0.6)))
    told = RepeaterChain(links=links).theory()
    delay = links[0].fiber.delay_s
    a, b, c = (STEP * ticks for ticks in np.meshgrid(*[np.arange(1, 70)] * 3, indexing="ij"))
    chance = np.prod([p * (1 - p) ** (ticks / STEP - 1) for p, ticks in zip((0.5, 0.4, 0.6), (a, b, c), strict=True)],
                     axis=0)
    one, two = np.maximum(a, b), np.maximum(b, c)
    known = np.maximum(one, two) + 2 * delay
    waits = (known - a, one - a, one - b, two - b, two - c, known - c)
    kept = np.exp(-sum(wait / t for wait, t in zip(waits, t2_s, strict=True)))
    assert told["xx"] == pytest.approx(float((chance * kept).sum()), abs=1e-9)
    assert told["waiting_time_s"] == pytest.approx(float((chance * known).sum()), rel=1e-9)


def test_two_ways_to_the_mean_pair_of_two_links():
    """The sum over both waits and the closed form of chains, each without the other."""
    link = coin(0.15, fidelity=0.95, t2_s=0.03)
    told = RepeaterChain(links=(link, link), measure="at_once").theory()
    relaxing = replace(link, alice_memory=replace(link.alice_memory, t1_s=1e12))  # off the closed form's path
    assert RepeaterChain(links=(relaxing, relaxing), measure="at_once").theory() == pytest.approx(told, abs=1e-9)


def test_stored_gaussians_and_modes():
    gauss = Memory(t2_s=0.02, dephasing="gaussian", write_efficiency=0.3, modes=5)
    fiber = Fiber(length_km=STEP / 4.8974e-6)
    link = Link(fiber=replace(fiber, length_km=fiber.length_km * STEP / fiber.delay_s), alice_memory=gauss,
                bob_memory=replace(gauss, write_efficiency=1.0))
    chain = RepeaterChain(links=(link, link), measure="at_once")
    p = 1 - 0.7**5  # five attempts share one herald
    assert chain.theory()["waiting_time_s"] == pytest.approx(mean_longest_wait(p, 2) * STEP, rel=1e-12)
    waits = np.arange(200)
    chances = np.where(waits == 0, p * p, 2 * p * (1 - p) * p * (1 - p) ** (waits - 1.0)) / (1 - (1 - p) ** 2)
    late, herald = np.exp(-(((waits + 1) * STEP / 0.02) ** 2)), math.exp(-((STEP / 0.02) ** 2))
    assert chain.theory()["xx"] == pytest.approx(chances @ late * herald**3, rel=1e-9)
    slow = replace(link, source=PhotonPairSource(repetition_rate_hz=1 / STEP))  # the source is what is slow
    assert RepeaterChain(links=(slow, slow), measure="at_once").theory()["waiting_time_s"] == pytest.approx(
        mean_longest_wait(0.3, 2) * STEP)


def test_links_of_any_kind():
    clicks = HeraldedLink(scheme="single_click", fiber=Fiber(length_km=20, attenuation_db_per_km=0.2),
                          alice_memory=Memory(t2_s=0.1), bob_memory=Memory(t2_s=0.1))
    chain = RepeaterChain(links=(clicks, clicks), measure="at_once", cutoff_s=0.01)
    assert chain.policy == "swap_asap" and 0.7 < run(chain, 2000, rng=3)["fidelity"].value < 0.99
    p = clicks.success_probability
    patient = replace(chain, cutoff_s=math.inf).theory()
    assert patient["waiting_time_s"] == pytest.approx(mean_longest_wait(p, 2) * clicks.attempt_time_s, rel=1e-12)


@pytest.mark.parametrize(("fields", "lengths", "known"), [
    ({"cutoff_s": 0.01}, (20, 20), False),  # each link begins again by itself, and not at the same moment
    ({"cutoff_s": 0.01}, (0, 0), True),
    ({"cutoff_s": 0.01, "policy": "nested"}, (20, 20), True),
    ({"swap_success": 0.5}, (20, 20), True),
    ({}, (20, 20), True),
    ({"cutoff_s": 0.01}, (0, 0, 0), False),
    ({"swap_success": 0.5, "policy": "nested"}, (20, 20, 20, 20), True),
])
def test_waits_of_two_links_are_exact_where_the_words_say_so(fields, lengths, known):
    links = tuple(Link(fiber=Fiber(length_km=km), alice_memory=Memory(write_efficiency=0.5)) for km in lengths)
    assert ("waiting_time_s" in RepeaterChain(links=links, **fields).theory()) == known
