"""Runs of chains, followed event by event, against exact means and against other ways to follow them."""

import itertools
import math

import numpy as np
import pytest

from qnetlab import RepeaterChain
from qnetlab.network.histories import histories, timing_of
from qnetlab.network.waiting import mean_steps, nested_steps
from qnetlab.theory.repeaters import mean_longest_wait
from tests.exact.test_repeater_chain import STEP, coin


@pytest.mark.parametrize(("policy", "links", "ps", "cutoff", "mean"), [
    ("swap_asap", 2, 1.0, 5, 20.751172), ("nested", 2, 1.0, 5, 20.751172), ("swap_asap", 2, 0.5, math.inf, 29.473684),
    ("nested", 4, 0.5, math.inf, 84.817580), ("swap_asap", 8, 1.0, math.inf, mean_longest_wait(0.1, 8))])
def test_followed_runs_have_the_exact_mean(policy, links, ps, cutoff, mean):
    timing = timing_of((coin(0.1),) * links)
    seen = histories(timing, 40_000, np.random.default_rng(3), policy=policy, swap_success=ps,
                     cutoff_s=cutoff * STEP).swapped_s / STEP
    error = float(seen.std()) / 200
    assert abs(float(seen.mean()) - mean) < 5 * error
    assert error < mean / 100  # a wait that is off by 5 % is rejected


def test_the_event_loop_without_failures_is_the_direct_way():
    """ps just below 1 and a cutoff that is never reached go another way to the same distribution."""
    timing = timing_of((coin(0.2), coin(0.5), coin(0.1)))
    loop = histories(timing, 40_000, np.random.default_rng(5), cutoff_s=1e6)
    direct = histories(timing, 40_000, np.random.default_rng(6))
    for a, b in ((loop.swapped_s, direct.swapped_s), (loop.swap_s[0], direct.swap_s[0])):
        assert abs(a.mean() - b.mean()) < 5 * math.hypot(a.std(), b.std()) / 200


def absorbing_mean(links, p, ps):
    """Swaps as soon as possible that fail: the mean by a set of linear equations over which links have a pair."""
    states = [s for s in itertools.product((0, 1), repeat=links) if not all(s)]
    moves = np.zeros((len(states), len(states)))
    for row, now in enumerate(states):
        for new in itertools.product((0, 1), repeat=links):
            if any(a > b for a, b in zip(now, new, strict=True)):
                continue
            fresh = sum(new) - sum(now)
            outcomes = {(new, tuple(a and b for a, b in itertools.pairwise(now))): p**fresh * (1 - p) ** (
                links - sum(now) - fresh)}
            for j in range(links - 1):  # the leftmost station first
                after = {}
                for (has, joined), chance in outcomes.items():
                    if has[j] and has[j + 1] and not joined[j]:
                        done = (has, (*joined[:j], 1, *joined[j + 1 :]))
                        after[done] = after.get(done, 0) + chance * ps
                        lo, hi = j, j + 1
                        while lo > 0 and joined[lo - 1]:
                            lo -= 1
                        while hi < links - 1 and joined[hi]:
                            hi += 1
                        lost = (tuple(0 if lo <= i <= hi else h for i, h in enumerate(has)),
                                tuple(0 if lo <= i < hi else k for i, k in enumerate(joined)))
                        after[lost] = after.get(lost, 0) + chance * (1 - ps)
                    else:
                        after[has, joined] = after.get((has, joined), 0) + chance
                outcomes = after
            for (has, _), chance in outcomes.items():
                if not all(has):
                    moves[row, states.index(has)] += chance
    return float(np.linalg.solve(np.eye(len(states)) - moves, np.ones(len(states)))[0])


@pytest.mark.parametrize(("links", "p", "ps"), [(2, 0.1, 0.5), (3, 0.3, 0.6), (4, 0.2, 0.5), (5, 0.4, 0.8)])
def test_swaps_that_fail_as_soon_as_possible(links, p, ps):
    exact = absorbing_mean(links, p, ps)
    if links == 2:
        assert exact == pytest.approx(29.473684, abs=5e-7)
    seen = histories(timing_of((coin(p),) * links), 40_000, np.random.default_rng(12), swap_success=ps).swapped_s / STEP
    error = float(seen.std()) / 200
    assert abs(float(seen.mean()) - exact) < 5 * error < 0.04 * exact
    assert abs(mean_steps(nested_steps([p] * links, ps)) - exact) > 5 * error or links < 4  # not the nested one


def step_by_step(p, cutoff, runs, rng):
    """Three links and a cutoff, a tick at a time, as one would write it on paper."""
    ended = []
    for _ in range(runs):
        age, tick = [None] * 3, 0  # None: no pair
        joined = [False, False]
        while not all(joined):
            tick += 1
            age = [(0 if rng.random() < p else None) if a is None else a + 1 for a in age]
            for j in (0, 1):
                if age[j] is not None and age[j + 1] is not None and not joined[j]:
                    joined[j] = True
            for j, side in ((0, 0), (0, 1), (1, 1), (1, 2)):  # a half at station j, of link `side`
                if not joined[j] and age[side] is not None and age[side] >= cutoff:
                    other = 1 - j if side == 1 and joined[1 - j] else None
                    for i in {side, *((0, 1) if other == 0 else (1, 2) if other == 1 else ())}:
                        age[i] = None
                    if other is not None:
                        joined[other] = False
        ended.append(tick)
    return np.array(ended)


@pytest.mark.parametrize("cutoff", [1, 3])
def test_cutoffs_of_three_links_step_by_step(cutoff):
    paper = step_by_step(0.3, cutoff, 6000, np.random.default_rng(1))
    timing = timing_of((coin(0.3),) * 3)
    seen = histories(timing, 40_000, np.random.default_rng(2), cutoff_s=cutoff * STEP).swapped_s / STEP
    error = math.hypot(paper.std() / math.sqrt(6000), seen.std() / 200)
    assert abs(paper.mean() - seen.mean()) < 5 * error
    patient = mean_longest_wait(0.3, 3)
    assert seen.mean() > patient + 10 * error


@pytest.mark.parametrize("policy", ["swap_asap", "nested"])
@pytest.mark.parametrize("cutoff", [math.inf, 4 * STEP])
def test_every_history_is_possible(policy, cutoff):
    timing = timing_of((coin(0.3, length_km=100), coin(0.2, length_km=50), coin(0.4), coin(0.5, length_km=300)))
    seen = histories(timing, 2000, np.random.default_rng(9), policy=policy, swap_success=0.7, cutoff_s=cutoff)
    ticks = seen.herald_s / timing.step_s[:, None]
    assert np.abs(ticks - np.round(ticks)).max() < 1e-6 and ticks.min() > 0.99
    ready = np.maximum(seen.herald_s[:-1], seen.herald_s[1:])
    assert (seen.swap_s >= ready - 1e-12).all()
    if policy == "swap_asap":
        assert np.allclose(seen.swap_s, ready)
        assert np.abs(seen.herald_s[:-1] - seen.herald_s[1:]).max() <= cutoff + 1e-9
    assert (seen.known_s >= seen.swapped_s).all()


def test_a_cutoff_that_lets_nothing_through_is_refused():
    with pytest.raises(ValueError, match="some pairs must come through.*cutoff_s=0.*Try a longer cutoff_s"):
        RepeaterChain(links=(coin(1e-4),) * 4, cutoff_s=0).follow(3, rng=1)
