"""Landmarks of storing: what the herald costs, how long a pair stays useful, and what was published."""

import math

import numpy as np
import pytest

from qnetlab import Fiber, Link, Memory, PhotonPairSource, presets, published
from qnetlab.theory.memories import (
    average_stored_fidelity,
    decay,
    dephased_fidelity,
    depolarized_fidelity,
    needed_t2_s,
    superposition_fidelity,
    useful_time_s,
)
from qnetlab.theory.states import bell_fidelity
from qnetlab.theory.swapping import linear_optics_swap

HERALD_100_KM_S = Fiber(length_km=100).delay_s


def test_the_herald_of_100_km_costs_a_millisecond_memory_19_percent():
    assert pytest.approx(0.4897386e-3, abs=5e-10) == HERALD_100_KM_S
    left = Memory(t2_s=1e-3).coherence(HERALD_100_KM_S)
    assert superposition_fidelity(left) == pytest.approx(0.806393, abs=5e-7)
    assert left == pytest.approx(0.612786, abs=5e-7)  # the coherence, which is not the fidelity
    assert superposition_fidelity(math.exp(-100e3 / 299_792_458 / 1e-3)) == pytest.approx(0.858, abs=5e-4)  # no glass
    assert superposition_fidelity(left**2) == pytest.approx(0.688, abs=5e-4)  # there and back
    assert 1 - superposition_fidelity(Memory(t2_s=1.0).coherence(HERALD_100_KM_S)) < 3e-4
    assert superposition_fidelity(Memory(t2_s=1e-3, dephasing="gaussian").coherence(HERALD_100_KM_S)) == pytest.approx(
        (1 + math.exp(-0.4897386**2)) / 2, abs=1e-6)


@pytest.mark.parametrize(("fidelity", "exponent", "left"), [(0.95, 0.5, 0.766381), (0.95, 1.0, 0.655010)])
def test_a_dephased_pair(fidelity, exponent, left):
    assert dephased_fidelity(fidelity, math.exp(-exponent)) == pytest.approx(left, abs=5e-7)
    link = Link(source=PhotonPairSource(fidelity=fidelity), herald="none", bob_memory=Memory(t2_s=1.0))
    assert float(bell_fidelity(link.pair(extra_b_s=exponent), "phi_plus")) == pytest.approx(left, abs=5e-7)


@pytest.mark.parametrize(("fidelity", "lifetimes", "left"), [(0.95, 0.5, 0.674571), (0.9, 0.3, 0.731532)])
def test_a_depolarized_pair(fidelity, lifetimes, left):
    assert depolarized_fidelity(fidelity, lifetimes) == pytest.approx(left, abs=5e-7)
    assert depolarized_fidelity(0.95, 1.029619) == pytest.approx(0.5, abs=5e-7)  # ln 2.8


@pytest.mark.parametrize("dephasing", ["exponential", "gaussian"])
@pytest.mark.parametrize("halves", [1, 2])
def test_useful_times_are_where_the_pair_is_at_one_half(dephasing, halves):
    assert useful_time_s(0.95, t2_s=1.0) == pytest.approx(3.332205, abs=5e-7)
    memory = Memory(t2_s=0.02, dephasing=dephasing)
    t_s = useful_time_s(0.93, t2_s=0.02, dephasing=dephasing, halves=halves)
    link = Link(source=PhotonPairSource(fidelity=0.93), herald="none", alice_memory=memory, bob_memory=memory)
    pair = link.pair(extra_a_s=t_s if halves == 2 else 0.0, extra_b_s=t_s)
    assert float(bell_fidelity(pair, "phi_plus")) == pytest.approx(0.5, abs=1e-12)


def test_a_perfect_pair_that_dephases_stays_entangled_and_words_for_what_is_out_of_range():
    assert useful_time_s(1.0, t2_s=1.0) == math.inf
    for bad in ({"fidelity": 0.5}, {"fidelity": 1.1}, {"fidelity": 0.9, "halves": 3},
                {"fidelity": 0.9, "dephasing": "white"}):
        with pytest.raises(ValueError, match="must"):
            useful_time_s(**{"t2_s": 1.0, **bad})
    for wait_s, fidelity, how in ((1.0, 1.0, "gaussian"), (-1.0, 0.9, "gaussian"), (1.0, 0.9, "other")):
        with pytest.raises(ValueError, match="must"):
            needed_t2_s(wait_s, fidelity, dephasing=how)


@pytest.mark.parametrize("dephasing", ["exponential", "gaussian"])
def test_the_needed_t2_is_just_enough(dephasing):
    t2_s = needed_t2_s(3e-3, 0.97, dephasing=dephasing)
    left = Memory(t2_s=t2_s, dephasing=dephasing).coherence(3e-3)
    assert superposition_fidelity(left) == pytest.approx(0.97, abs=1e-12)


def test_the_average_over_six_states_is_that_over_the_sphere():
    left = decay(0.7, t1_s=1.0, t2_s=0.9, dephasing="gaussian")
    u = np.linspace(-1, 1, 20001)  # cos(theta), evenly spread over a sphere
    z = (1 - left.relaxed) * u + left.relaxed
    fidelity = (1 + left.coherence * (1 - u**2) + u * z) / 2
    assert average_stored_fidelity(left) == pytest.approx(np.trapezoid(fidelity, u) / 2, abs=1e-8)


def test_light_that_comes_back():
    """Loss lowers the rate: two retrievals and a linear-optics measurement."""
    assert Memory(write_efficiency=0.76, retrieval_lifetime_s=0.22).retrieval_efficiency(0.1) == pytest.approx(
        0.482400, abs=5e-7)
    assert linear_optics_swap(0.482400, 0.9) == pytest.approx(0.094247, abs=5e-7)


def test_coherence_is_not_storage():
    """The six hours of MEM02 would allow a phase of 0.85 after an hour; MEM04 saw 0.93 of what came back."""
    light, bound = published.memory_comparisons()
    assert light.predicted.value == pytest.approx(math.exp(-60 / 370), abs=1e-12)
    assert light.sigmas == pytest.approx(1.606, abs=0.01)
    assert published.row("MEM02").note.endswith("no light was stored.")
    assert bound.predicted.value / bound.measured.value == 4


def test_the_preset_of_a_row_is_the_row():
    seconds = published.row("MEM02")["coherence_time_min"].value * 60
    assert presets.rare_earth().t2_s == seconds
    assert presets.trapped_ion().t2_s == published.row("MEM01")["at_least_s"].value
    assert presets.nv_center().t2_s == published.row("MEM05")["at_least_s"].value
    cold = published.row("MEM09")
    assert (presets.cold_atoms().read_efficiency, presets.cold_atoms().retrieval_lifetime_s) == (
        cold["efficiency"].value, cold["lifetime_s"].value)
    assert presets.warm_vapor().retrieval_lifetime_s == published.row("MEM08")["lifetime_s"].value


def test_what_the_published_memories_reject():
    assert published.excluded(published.row("MEM02")) == ("as long as light had been stored, one minute",)
    assert published.excluded(published.row("MEM04"), sigmas=10)
    assert published.excluded(published.row("MEM09")) == ("every photon comes back",)
    for row_id in ("MEM01", "MEM05"):  # would reject, if they had been seen
        assert published.excluded(published.row(row_id)) and not published.is_test(published.row(row_id))
