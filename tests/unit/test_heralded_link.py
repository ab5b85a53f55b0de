"""A heralded link as a device: which of its numbers enters where, and how often it may try."""

from __future__ import annotations

import dataclasses
import math

import pytest

from qnetlab import Detector, Fiber, FreeSpacePath, HeraldedLink, Memory
from qnetlab.theory.heralding import SCHEMES

WAY = Fiber(length_km=30, attenuation_db_per_km=0.2, insertion_loss_db=1)
LINK = HeraldedLink(fiber=WAY, emission_efficiency=0.4, detector=Detector(efficiency=0.7),
                    alice_memory=Memory(write_efficiency=0.5), bob_memory=Memory(write_efficiency=0.8))
ALL, HALF = 10**-0.7, 10**-0.35  # 7 dB, and 3.5 dB to the middle


@pytest.mark.parametrize(("scheme", "measured", "wanted"), [
    ("single_click", "linear_optics", 2 * 0.05 * 0.28 * HALF - (0.05 * 0.28 * HALF) ** 2),
    ("two_click", "linear_optics", (0.28 * HALF) ** 2 / 2),
    ("two_click", "complete", (0.28 * HALF) ** 2),
    ("sender_receiver", "linear_optics", 0.28 * ALL * 0.28 / 2),
    ("sender_receiver", "complete", 0.28 * ALL * 0.8),
    ("midpoint_source", "linear_optics", (0.28 * HALF * 0.28 / 2) ** 2),
    ("midpoint_source", "complete", 0.28**2 * ALL * 0.5 * 0.8),
])
def test_what_must_come_through(scheme, measured, wanted):
    link = dataclasses.replace(LINK, scheme=scheme, bell_measurement=measured)
    assert link.success_probability == pytest.approx(wanted, rel=1e-12)
    assert link.pair_rate_hz == pytest.approx(wanted / link.attempt_time_s, rel=1e-12)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_attempt_waits_for_its_answer_or_for_the_nodes(scheme):
    delay = WAY.delay_s
    cycle = 2 * delay if scheme == "sender_receiver" else delay
    link = dataclasses.replace(LINK, scheme=scheme)
    assert link.attempt_time_s == link.wait_s == cycle
    assert dataclasses.replace(link, preparation_time_s=0.01).attempt_time_s == 0.01
    many = dataclasses.replace(link, alice_memory=Memory(modes=10), bob_memory=Memory(modes=4))
    assert many.modes == 4 and many.attempt_time_s == pytest.approx(cycle / 4)
    assert many.pair() == dataclasses.replace(many, bob_memory=Memory()).pair()
    p = many.success_probability
    assert many.round_success_probability == pytest.approx(1 - (1 - p) ** 4)
    assert many.round_time_s == pytest.approx(cycle)


def test_noise_of_each_fresh_pair_counts_once():
    def fidelity(scheme, measured):
        link = HeraldedLink(scheme=scheme, bell_measurement=measured, emitter_fidelity=0.97)
        return link.heralded_fidelity

    v = (4 * 0.97 - 1) / 3
    for scheme, measured, pairs in (("two_click", "linear_optics", 2), ("two_click", "complete", 2),
                                    ("sender_receiver", "linear_optics", 2), ("sender_receiver", "complete", 1),
                                    ("midpoint_source", "linear_optics", 3), ("midpoint_source", "complete", 1)):
        assert fidelity(scheme, measured) == pytest.approx((1 + 3 * v**pairs) / 4, abs=1e-12)


def test_other_lines_and_other_detectors():
    space = HeraldedLink(scheme="midpoint_source", bell_measurement="complete", fiber=FreeSpacePath(length_km=5))
    assert space.success_probability == pytest.approx(space.fiber.transmittance)
    dark = HeraldedLink(scheme="two_click", detector=Detector(dark_count_rate_hz=1e5, gate_s=1e-7))
    assert dark.heralded_fidelity < HeraldedLink().heralded_fidelity
    assert math.isclose(sum(dark.mixture()), 1.0)


def test_two_clicks_do_not_mind_the_phase_and_one_click_loses_all():
    for scheme, left in (("two_click", 1.0), ("single_click", 0.5)):
        link = HeraldedLink(scheme=scheme, phase_noise_rad=10, bright_population=1e-9)
        assert link.heralded_fidelity == pytest.approx(left, abs=1e-6)
