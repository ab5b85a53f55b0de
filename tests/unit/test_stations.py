"""Best numbers of stations, and where a chain passes every cable."""

from dataclasses import replace

import pytest

from qnetlab import ChainKeyRate, Fiber, Link, PhotonPairSource
from qnetlab.network.stations import best_stations, repeaterless_rate_hz, wins_from_km
from qnetlab.theory.key_rates import repeaterless_bound

LINE = ChainKeyRate(fiber=Fiber(length_km=600, attenuation_db_per_km=0.2), stations=7, efficiency=0.9, t2_s=1.0,
                    source=PhotonPairSource(fidelity=0.99))


def test_no_other_number_of_stations_does_better():
    best = best_stations(LINE, 30)
    rates = {n: replace(LINE, stations=n).bits_per_s for n in range(1, 31)}
    assert best == replace(LINE, stations=max(rates, key=rates.__getitem__))
    assert rates[best.stations] > max(rates[1], rates[30])  # neither few nor many


def test_a_chain_wins_from_there_on_and_not_before():
    at = wins_from_km(LINE)
    before, behind = (replace(LINE, fiber=replace(LINE.fiber, length_km=at + step)) for step in (-0.1, 0.1))
    assert before.bits_per_s < before.direct_bits_per_s and behind.bits_per_s > behind.direct_bits_per_s
    slower = wins_from_km(replace(LINE, direct_rate_hz=1e6))
    assert slower < at - 50  # three decades of clock are 150 km of fiber
    assert wins_from_km(LINE, most_stations=16) <= at
    assert wins_from_km(replace(LINE, t2_s=1e-3)) is None


def test_the_bound_is_that_of_the_whole_fiber():
    links = [Link(fiber=Fiber(length_km=km, attenuation_db_per_km=0.2)) for km in (20, 80)]
    assert repeaterless_rate_hz(links, 1e6) == pytest.approx(float(repeaterless_bound(0.01)) * 1e6)


@pytest.mark.parametrize(("call", "message"), [
    (lambda: best_stations(LINE, 0), "1 <= most <= 200; got most=0"),
    (lambda: best_stations(LINE, 2.5), "whole number"),
    (lambda: wins_from_km(LINE, most_km=0), "0 < most_km; got most_km=0 km"),
    (lambda: repeaterless_rate_hz([], 0), "0 < pulses_per_s")])
def test_what_makes_no_sense_is_refused(call, message):
    with pytest.raises((ValueError, TypeError), match=message):
        call()
