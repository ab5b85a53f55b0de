"""Laws of heralded links, tried on random settings."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qiskit.quantum_info import Choi, SuperOp

from qnetlab import BellPair, Detector, Fiber, HeraldedLink, Memory, from_json, run, to_json
from qnetlab.noise.channels import channel
from qnetlab.theory.herald_times import at_least_one
from qnetlab.theory.heralding import SCHEMES, complete_measurement, single_click, two_click

shares = st.floats(0, 1)
darks = st.floats(0, 1) | st.sampled_from([0.0, 1e-9, 1e-5])
clicks = st.fixed_dictionaries({"dark": darks, "overlap": shares, "number_resolving": st.booleans()})
links = st.builds(
    lambda scheme, complete, km, a, e, f, m, sigma, rate, counts: HeraldedLink(
        scheme=scheme, bell_measurement="complete" if complete and scheme != "single_click" else "linear_optics",
        fiber=Fiber(length_km=km, attenuation_db_per_km=0.2), bright_population=a, emission_efficiency=e,
        emitter_fidelity=f, overlap=m, phase_noise_rad=sigma, detection="number_resolving" if counts else "threshold",
        detector=Detector(dark_count_rate_hz=rate, efficiency=0.9), alice_memory=Memory(t1_s=0.01, t2_s=0.002)),
    st.sampled_from(SCHEMES), st.booleans(), st.floats(0, 300), shares, shares, st.floats(0.25, 1), shares,
    st.floats(0, 10), st.floats(0, 1e9), st.booleans())


def is_state(pair):
    """No eigenvalue of the density matrix is negative: two blocks, {00, 11} and {01, 10}."""
    (xx, yy, zz, za, zb) = (float(number) for number in pair)
    same, odd = (1 + zz) / 4, (1 - zz) / 4
    assert math.hypot((za + zb) / 4, (xx - yy) / 4) <= same + 1e-12
    assert math.hypot((za - zb) / 4, (xx + yy) / 4) <= odd + 1e-12


@given(shares, shares, shares, shares, st.floats(0, 5), clicks)
def test_what_a_click_leaves_is_a_state_and_its_chance_a_probability(a, b, ea, eb, sigma, case):
    heralds = [single_click(a, ea, bright_b=b, efficiency_b=eb, phase_noise_rad=sigma, **case),
               two_click(ea, efficiency_b=eb, **case), complete_measurement(ea, efficiency_b=eb, dark=case["dark"])]
    for herald in heralds:
        assert -1e-15 <= herald.probability <= 1 + 1e-12
        is_state(herald.pair)


@given(links)
def test_the_channel_is_one_and_its_output_the_closed_form(link):
    assert Choi(SuperOp(channel(link, 0.0, 2))).is_cptp(atol=1e-9)
    is_state(link.pair())
    assert sum(link.mixture()) == pytest.approx(1, abs=1e-12)
    assert from_json(to_json(link)) == link


@settings(max_examples=25)
@given(links)
def test_circuit_and_closed_form_agree_everywhere(link):
    protocol = BellPair(link=link)
    seen = run(protocol)
    for name, number in protocol.theory().items():
        assert seen[name].value == pytest.approx(number, abs=1e-7), name


@given(links, shares)
def test_more_loss_never_helps_without_dark_counts(link, less):
    """It lowers the rate; the pair of two clicks stays, that of one comes closer to what loss alone leaves, 1 - a."""
    link = dataclasses.replace(link, detector=Detector(), detection="number_resolving")
    lossy = dataclasses.replace(link, emission_efficiency=link.emission_efficiency * less)
    assert lossy.success_probability <= link.success_probability + 1e-15 or link.scheme == "single_click"
    if link.scheme == "single_click" and lossy.success_probability > 0 and link.success_probability > 1e-12:
        bound = (1 - link.bright_population) * (1 + link.overlap) / 2
        assert single_click(link.bright_population, 1e-12, overlap=link.overlap).fidelity == pytest.approx(
            bound, abs=1e-9)
        assert lossy.heralded().fidelity <= link.heralded().fidelity + 1e-9
    elif lossy.success_probability > 1e-12:
        assert lossy.heralded_fidelity == pytest.approx(link.heralded_fidelity, abs=1e-9)


@given(st.floats(0.01, 0.5), st.floats(0, 1), st.floats(1e-4, 1), clicks)
def test_darker_or_less_alike_is_never_better(a, overlap, eta, case):
    best = single_click(a, eta, **{**case, "overlap": 1.0}).fidelity
    assert single_click(a, eta, **{**case, "overlap": overlap}).fidelity <= best + 1e-12
    assert two_click(eta, **{**case, "overlap": overlap}).fidelity <= two_click(
        eta, **{**case, "overlap": 1.0}).fidelity + 1e-12


@given(st.floats(0, 1), st.integers(1, 1000))
def test_many_modes_are_many_chances(p, modes):
    assert float(at_least_one(p, modes)) == pytest.approx(1 - (1 - p) ** modes, abs=1e-12)


@given(st.lists(shares, min_size=2, max_size=4))
def test_arrays_are_what_floats_are(etas):
    many = single_click(0.1, np.array(etas), dark=1e-6, overlap=0.9)
    assert list(many.fidelity) == pytest.approx([float(single_click(0.1, e, dark=1e-6, overlap=0.9).fidelity)
                                                 for e in etas])
