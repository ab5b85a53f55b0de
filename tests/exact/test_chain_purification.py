"""Chains whose pairs are purified on the way: against closed forms, against the plain way, and against sums by hand."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from qnetlab import Fiber, GateErrors, Link, Memory, PhotonPairSource, Purification, Readout, RepeaterChain, run
from qnetlab.network.chain_purify import Purifier
from qnetlab.network.chain_states import Nodes
from qnetlab.network.histories import timing_of
from qnetlab.network.waiting import longest, mean_steps, nested_steps, steps_of, until_success
from qnetlab.theory.joined_states import swapped_states
from qnetlab.theory.noisy_rounds import as_state, compare_round, phi_plus_fidelity, read_out, rotated, twirled, waited
from qnetlab.theory.purification import noisy_bbpssw
from qnetlab.theory.states import Pair, fresh_pair
from qnetlab.theory.swapping import Station, swapped_pair
from tests.agreement import agrees

STEP = 1e-3
PERFECT = Nodes(GateErrors(), Readout(), Readout(), Readout())


def coin(p, *, fidelity=0.8, memory=None, length_km=0.0):
    kept = memory or Memory()
    return Link(source=PhotonPairSource(fidelity=fidelity, repetition_rate_hz=1 / STEP),
                fiber=Fiber(length_km=length_km), alice_memory=replace(kept, write_efficiency=p), bob_memory=kept)


def test_joined_states_are_the_pairs_of_the_family():
    rng = np.random.default_rng(4)
    for _ in range(50):
        pairs = [Pair(*(0.4 * rng.uniform(-1, 1, 5))) for _ in range(2)]
        at = Station(*rng.uniform(0.5, 1, 1), *rng.uniform(-0.1, 0.1, 1), *rng.uniform(0.8, 1, 3))
        joined = swapped_states(*map(as_state, pairs), at)
        assert joined == pytest.approx(as_state(swapped_pair(pairs, at)), abs=1e-14)


def test_many_runs_side_by_side_are_each_run():
    rng = np.random.default_rng(5)
    many = [Pair(*(0.4 * rng.uniform(-1, 1, (5, 7)))) for _ in range(2)]
    kept, agree = compare_round(as_state(many[0]), rotated(as_state(many[1])))
    for i in range(7):
        one, other = (as_state(Pair(*(number[i] for number in pair))) for pair in many)
        alone, chance = compare_round(one, rotated(other))
        assert kept[..., i] == pytest.approx(alone, abs=1e-14) and agree[i] == pytest.approx(chance, abs=1e-14)
    assert twirled(as_state(many[0])).shape == (4, 4, 7)


def test_one_round_per_link_then_a_swap():
    """Two Werner links of 0.75: BBPSSW leaves 0.788462 with chance 0.722222; then the swap, and nothing else."""
    chain = RepeaterChain(links=(coin(0.3, fidelity=0.75),) * 2, policy="nested", purify=(1,), purification="bbpssw")
    told = chain.theory()
    good = as_state(fresh_pair("phi_plus", 0.75, "white"))
    better, agree = compare_round(good, good)
    assert (phi_plus_fidelity(better), agree) == pytest.approx((0.788462, 0.722222), abs=5e-7)
    assert told["fidelity"] == pytest.approx(phi_plus_fidelity(swapped_states(better, better)), abs=1e-12)
    per_link = until_success(longest([steps_of(0.3)] * 2), agree)
    assert told["waiting_time_s"] == pytest.approx(mean_steps(longest([per_link] * 2)) * STEP, rel=1e-12)


@pytest.mark.parametrize("method", ["bbpssw", "dejmps"])
def test_rounds_at_the_ends_are_the_protocol_of_purification(method):
    """A swap of a bad and a perfect link, and two rounds over both: as Purification of such a pair, noise and all."""
    noise = {"gates": GateErrors(one_qubit=0.002, two_qubit=0.01), "alice_readout": Readout(error_0=0.01, error_1=0.03),
             "bob_readout": Readout(error_0=0.02)}
    whole = Purification(link=coin(1.0), method=method, rounds=2, **noise)
    # The station's own errors are what the gates' cost once: taken away here, by its source.
    chain = RepeaterChain(links=(coin(1.0), coin(1.0, fidelity=1.0)), policy="nested", purify=(0, 2),
                          purification=method, **noise)
    plan = chain._plan()
    plan.purifier.station = Station()
    seen = plan.purifier.exact(1.0, None, round)[0]
    assert seen.fidelity == pytest.approx(whole.theory()["fidelity"], abs=1e-12)
    clean = RepeaterChain(links=chain.links, policy="nested", purify=(0, 1), purification=method).theory()
    assert clean["fidelity"] == pytest.approx(noisy_bbpssw(0.8)[0], abs=1e-12)  # both methods' first round
    assert chain.theory()["fidelity"] < whole.theory()["fidelity"]


def test_no_rounds_are_the_plain_way():
    """The way through whole states, without purification, has the waits and pairs of the way through histories."""
    memory = Memory(t2_s=0.02, dephasing="gaussian")
    links = (coin(0.3, memory=memory, fidelity=0.95), coin(0.2, length_km=100, memory=memory, fidelity=0.95),
             coin(0.25, memory=memory, fidelity=0.95))
    nodes = Nodes(GateErrors(two_qubit=0.02), Readout(error_0=0.02, error_1=0.02), Readout(), Readout())
    found = Purifier(links, timing_of(links), nodes, (), "dejmps").follow(
        30_000, np.random.default_rng(2), 0.8, 0.02)
    chain = RepeaterChain(links=links, policy="nested", swap_success=0.8, cutoff_s=0.02, gates=nodes.gates,
                          station_readout=nodes.station_readout)
    plain = chain.follow(30_000, rng=3)
    for one, other in ((found.known_s, plain.waiting_time_s), (found.read.fidelity, plain.fidelity)):
        assert abs(one.mean() - other.mean()) < 5 * math.hypot(one.std(), other.std()) / math.sqrt(30_000)
        assert one.std() / math.sqrt(30_000) < 0.005 * one.mean()


def test_links_that_wait_for_each_other_after_purification_by_hand():
    """Each link is purified with chance N; the one that is ready first decays: a double sum over the trials."""
    memory = Memory(t1_s=0.1, t2_s=0.03)
    link = coin(1.0, fidelity=0.9, memory=memory, length_km=50)
    delay = link.fiber.delay_s
    chain = RepeaterChain(links=(link, link), policy="nested", purify=(1,))
    fresh = waited(as_state(fresh_pair("phi_plus", 0.9, "white")), memory.decay(delay), memory.decay(delay))
    better, agree = compare_round(rotated(fresh), rotated(fresh))
    better = waited(better, memory.decay(delay), memory.decay(delay))  # the bits that are compared cross the link
    fidelity = wait = 0.0
    # Ready at 1 ms + one message; a failed trial ends there, and the next one begins with the tick after.
    for i, j in itertools.product(range(60), repeat=2):
        chance = agree**2 * (1 - agree) ** (i + j)
        now = max(i, j) * 2 * STEP
        left = waited(better, memory.decay(now - i * 2 * STEP + delay), memory.decay(now - i * 2 * STEP))
        right = waited(better, memory.decay(now - j * 2 * STEP), memory.decay(now - j * 2 * STEP + delay))
        xx, yy, zz = read_out(swapped_states(left, right))
        fidelity += chance * (1 + xx - yy + zz) / 4
        wait += chance * (now + STEP + 2 * delay)
    seen = chain.follow(40_000, rng=8)
    for runs, mean in ((seen.fidelity, fidelity), (seen.waiting_time_s, wait)):
        assert abs(float(runs.mean()) - mean) < 5 * float(runs.std()) / 200
        assert float(runs.std()) / 200 < 0.005 * mean
    assert seen.herald_s is None and chain.theory() == {}


def test_sampled_chains_with_purification():
    chain = RepeaterChain(links=(coin(0.4),) * 4, policy="nested", purify=(1, 1), swap_success=0.8)
    agrees(chain, 6000, wrong=replace(chain, purify=(1,)))
    assert run(chain)["waiting_time_s"].value == pytest.approx(chain.theory()["waiting_time_s"], rel=1e-9)
    plain = mean_steps(nested_steps([0.4] * 4, 0.8)) * STEP
    assert chain.theory()["waiting_time_s"] > 2 * plain


@pytest.mark.parametrize(("wrong", "message"), [
    ({"purify": (1,)}, r"purify needs policy='nested' and measure='keep'; got purify=\(1,\)"),
    ({"purify": (1,), "policy": "nested", "measure": "at_once"}, "purify needs"),
    ({"purify": (9,)}, "each 0 to 6"), ({"purify": 1}, "must be a tuple of whole numbers")])
def test_purification_that_nobody_can_do_is_refused(wrong, message):
    with pytest.raises((ValueError, TypeError), match=message):
        RepeaterChain(**wrong)
