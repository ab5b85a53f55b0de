"""Laws of chains of waiting memories that hold for every setting, tried on random ones."""

from __future__ import annotations

import dataclasses
import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab import ChainKeyRate, Fiber, GateErrors, PhotonPairSource, Readout
from qnetlab.theory.chain_memory import mean_decay, mean_decay_of, mean_decays, with_deadline
from qnetlab.theory.repeaters import mean_longest_wait, mean_longest_wait_of, mean_storage

chances = st.floats(0.001, 1)
decays = st.floats(0, 5)
links = st.integers(1, 12)
errors = st.floats(0, 0.02)
chains = st.builds(
    ChainKeyRate, fiber=st.builds(Fiber, length_km=st.floats(1, 500), attenuation_db_per_km=st.floats(0, 0.3)),
    stations=st.integers(0, 12), efficiency=st.floats(0.05, 1), t2_s=st.floats(1e-4, 100),
    source=st.builds(PhotonPairSource, fidelity=st.floats(0.8, 1), noise=st.sampled_from(["white", "dephasing"])),
    decay=st.sampled_from(["dephasing", "depolarizing"]),
    gates=st.builds(GateErrors, one_qubit=errors, two_qubit=errors),
    station_readout=st.builds(Readout, error_0=errors, error_1=errors))


@given(chances, decays, links)
def test_what_is_left_lies_between_nothing_waited_and_everything_mixed(p, kappa, n):
    kept = mean_decay(p, kappa, n)
    at_once = p**n / -math.expm1(n * math.log1p(-p)) if p < 1 else 1.0
    assert at_once * (1 - 1e-9) <= kept <= 1 + 1e-12
    # The mean of an exponential is above the exponential of the mean, station by station and all together.
    assert kept >= math.exp(-kappa * (n - 1) * mean_storage(p)) * (1 - 1e-9)


@given(chances, decays, st.floats(0, 1), links)
def test_more_decay_more_links_and_rarer_success_leave_less(p, kappa, more, n):
    several = mean_decays(p, kappa, n + 1)
    assert all(b <= a * (1 + 1e-12) for a, b in itertools.pairwise(several))
    assert mean_decay(p, kappa + more, n) <= mean_decay(p, kappa, n) * (1 + 1e-12)
    assert mean_decay(max(p * (1 - more), 1e-4), kappa, n) <= mean_decay(p, kappa, n) * (1 + 1e-12)


@given(st.lists(st.tuples(chances, decays), min_size=1, max_size=7))
def test_a_chain_read_from_its_other_end_is_the_same_chain(rows):
    p, kappa = [row[0] for row in rows], [row[1] for row in rows][:-1]
    assert mean_decay_of(p, kappa) == pytest.approx(mean_decay_of(p[::-1], kappa[::-1]), rel=1e-10)


@given(st.lists(chances, min_size=1, max_size=5), st.lists(decays, min_size=5, max_size=5), decays, chances)
def test_where_nothing_decays_a_chain_is_two_chains_of_which_one_does_not_matter(p, kappa, last, extra):
    """A link behind a memory that keeps everything changes nothing: D knows only its neighbors."""
    known = mean_decay_of(p, kappa[: len(p) - 1])
    assert mean_decay_of([*p, extra], [*kappa[: len(p) - 1], 0.0]) == pytest.approx(known, rel=1e-10)


@settings(deadline=None)
@given(st.floats(0.02, 1), decays, st.integers(1, 6), st.integers(1, 60), st.integers(1, 40))
def test_giving_up_costs_time_and_later_deadlines_cost_less(p, kappa, n, deadline, later):
    (soon, kept), (late, _) = (with_deadline(p, kappa, n, m) for m in (deadline, deadline + later))
    assert soon >= late * (1 - 1e-12) >= mean_longest_wait(p, n) * (1 - 1e-9)
    assert mean_decay(p, kappa, n) * (1 - 1e-9) <= kept <= 1 + 1e-12


@given(chains)
def test_a_chain_is_physical(chain):
    told = chain.theory()
    xx, yy, zz = told["xx"], told["yy"], told["zz"]
    for weight in (1 + xx - yy + zz, 1 - xx + yy + zz, 1 + xx + yy - zz, 1 - xx - yy - zz):
        assert weight >= -1e-9  # the shares of the four Bell states
    assert 0 <= told["bits_per_s"] <= told["pairs_per_s"] * (1 + 1e-12)
    assert 0 < told["success_probability"] <= 0.5
    assert told["pairs_per_s"] * told["attempt_time_s"] <= 1 + 1e-12


@given(chains, st.floats(0.1, 1))
def test_worse_memories_never_change_the_pairs_and_never_help_the_key(chain, worse):
    other = dataclasses.replace(chain, t2_s=chain.t2_s * worse)
    assert other.pairs_per_s == chain.pairs_per_s
    assert other.fidelity <= chain.fidelity + 1e-12
    assert other.bits_per_s <= chain.bits_per_s * (1 + 1e-9)


@settings(deadline=None)
@given(chains, st.lists(st.floats(0.05, 1), min_size=2, max_size=6))
def test_no_placing_of_so_many_stations_brings_more_pairs_than_equal_spans(chain, parts):
    km, total = chain.fiber.length_km, sum(parts)
    places = [km * sum(parts[: i + 1]) / total for i in range(len(parts) - 1)]
    even = dataclasses.replace(chain, stations=len(places))
    placed = chain.placed(places)
    assert placed.pairs_per_s <= even.pairs_per_s * (1 + 1e-9)
    assert chain.placed(sorted(km - place for place in places)).bits_per_s == pytest.approx(placed.bits_per_s, rel=1e-6)


@given(st.lists(st.floats(1e-9, 1), min_size=13, max_size=16))
def test_the_longest_wait_lies_between_the_slowest_link_and_all_in_turn(p):
    wait = mean_longest_wait_of(p)
    assert 1 / min(p) * (1 - 1e-9) <= wait <= sum(1 / one for one in p) * (1 + 1e-9)
