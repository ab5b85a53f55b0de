"""Heralded links, sampled: a run agrees with theory, and the same test rejects what a student might believe."""

import dataclasses
import math

import pytest

from qnetlab import BellPair, Detector, Fiber, HeraldedAttempt, HeraldedLink, Memory, Swapping
from tests.agreement import agrees

LINK = HeraldedLink(
    scheme="single_click", bright_population=0.2, emission_efficiency=0.6, overlap=0.9,
    fiber=Fiber(length_km=10, attenuation_db_per_km=0.2), detector=Detector(dark_count_rate_hz=2e4, gate_s=1e-6),
    alice_memory=Memory(t2_s=1e-3), bob_memory=Memory(t2_s=1e-3),
)


@pytest.mark.parametrize(("right", "wrong"), [
    pytest.param(LINK, dataclasses.replace(LINK, bright_population=0.1), id="brighter is not free"),
    pytest.param(LINK, dataclasses.replace(LINK, overlap=1.0), id="unlike photons tell the way"),
    pytest.param(LINK, dataclasses.replace(LINK, detector=Detector()), id="dark counts herald nothing"),
    pytest.param(dataclasses.replace(LINK, scheme="two_click"),
                 dataclasses.replace(LINK, scheme="two_click", overlap=0.9**0.5), id="overlap enters squared"),
])
def test_an_attempt(right, wrong):
    agrees(HeraldedAttempt(link=right), 1_000_000, wrong=HeraldedAttempt(link=wrong))


@pytest.mark.parametrize("scheme", ["single_click", "two_click"])
def test_an_attempt_really_shot(scheme):
    """Against photons so unlike that a click tells where it came from."""
    right = dataclasses.replace(LINK, scheme=scheme)
    agrees(HeraldedAttempt(link=right), 6000, mode="shots",
           wrong=HeraldedAttempt(link=dataclasses.replace(right, overlap=0.0)))


@pytest.mark.parametrize("mode", ["exact", "shots"])
def test_a_pair_over_a_heralded_link(mode):
    """That the rest is white noise is wrong: both bright is 10, and never 01."""
    each = math.sqrt((4 * LINK.heralded_fidelity - 1) / 3)
    white = HeraldedLink(emitter_fidelity=(1 + 3 * each) / 4)
    assert white.heralded_fidelity == pytest.approx(LINK.heralded_fidelity)
    agrees(BellPair(link=LINK), 40_000, mode=mode, wrong=BellPair(link=white))


def test_a_chain_of_both_kinds_of_links():
    agrees(Swapping(links=(LINK, LINK)), 15_000, mode="shots",
           wrong=Swapping(links=(LINK, dataclasses.replace(LINK, overlap=0.0))))
