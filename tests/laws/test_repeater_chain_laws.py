"""What holds for every chain of memories, whatever its numbers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab import Fiber, Link, Memory, PhotonPairSource, RepeaterChain, Swapping
from qnetlab.network.histories import histories, timing_of

CHANCES = st.floats(0.02, 1.0)
FIDELITIES = st.floats(0.6, 1.0)
T2_S = st.floats(1e-3, 1.0)


@st.composite
def two_links(draw, most_km=0.0, alike=False):
    """Two links that attempt once a millisecond; memories alike or not."""
    same = Memory(t2_s=draw(T2_S))

    def link():
        memory = same if alike else Memory(t2_s=draw(T2_S))
        return Link(source=PhotonPairSource(fidelity=draw(FIDELITIES), repetition_rate_hz=1e3),
                    fiber=Fiber(length_km=draw(st.floats(0, most_km))), bob_memory=memory,
                    alice_memory=replace(memory, write_efficiency=draw(CHANCES)))
    return (link(), link())


@settings(max_examples=40)
@given(two_links(alike=True), st.integers(0, 30), st.integers(1, 30))
def test_a_shorter_cutoff_is_slower_and_better(links, steps, more):
    """With memories alike; else a longer one may let in pairs that wait in the better memory."""
    short, long = (RepeaterChain(links=links, cutoff_s=1e-3 * m).theory() for m in (steps, steps + more))
    assert short["rate_hz"] <= long["rate_hz"] * (1 + 1e-9)
    assert short["fidelity"] >= long["fidelity"] - 1e-9


@settings(max_examples=40)
@given(two_links(100.0))
def test_waiting_for_the_bits_costs_time_and_coherence(links):
    keep, at_once = (RepeaterChain(links=links, measure=m).theory() for m in ("keep", "at_once"))
    assert keep["rate_hz"] <= at_once["rate_hz"] + 1e-9 and keep["fidelity"] <= at_once["fidelity"] + 1e-12
    no_waiting = Swapping(links=tuple(replace(link, alice_memory=Memory(), bob_memory=Memory()) for link in links))
    assert at_once["fidelity"] <= no_waiting.theory()["fidelity"] + 1e-12


@settings(max_examples=30)
@given(two_links(), st.floats(0.1, 1.0))
def test_swaps_that_fail_cost_rate_and_nothing_else(links, success):
    sure, seldom = (RepeaterChain(links=links, swap_success=ps).theory() for ps in (1.0, success))
    assert seldom["rate_hz"] == pytest.approx(success * sure["rate_hz"], rel=1e-8)
    assert seldom["fidelity"] == pytest.approx(sure["fidelity"], abs=1e-12)


@settings(max_examples=25)
@given(st.lists(CHANCES, min_size=2, max_size=6), st.sampled_from(["swap_asap", "nested"]), st.floats(0.5, 1.0),
       st.integers(0, 2**32))
def test_nothing_is_used_before_it_is_there(chances, policy, success, seed):
    links = tuple(Link(source=PhotonPairSource(repetition_rate_hz=1e3), fiber=Fiber(length_km=30 * k),
                       alice_memory=Memory(write_efficiency=p)) for k, p in enumerate(chances))
    seen = histories(timing_of(links), 20, np.random.default_rng(seed), policy=policy, swap_success=success)
    assert (seen.swap_s >= np.maximum(seen.herald_s[:-1], seen.herald_s[1:]) - 1e-12).all()
    assert (seen.known_s >= seen.swapped_s - 1e-12).all() and (seen.herald_s > 0).all()
    one = replace(RepeaterChain(links=links, policy=policy, swap_success=success))
    assert one.follow(5, rng=1).waiting_time_s.tolist() == one.follow(5, rng=1).waiting_time_s.tolist()
