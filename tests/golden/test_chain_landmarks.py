"""Numbers of the repeater lesson: hand computed or found by enumeration, to be found again by the closed forms."""

import dataclasses
import math
from fractions import Fraction
from itertools import product

import pytest

from qnetlab import ChainKeyRate, Fiber, PhotonPairSource
from qnetlab.theory.chain_memory import mean_decay, mean_decay_of, with_deadline

LINE = ChainKeyRate(fiber=Fiber(length_km=300, attenuation_db_per_km=0.2), stations=3, efficiency=0.9,
                    source=PhotonPairSource(fidelity=0.99), t2_s=1.0)


def test_three_links_by_hand():
    """p = x = 1/2. First success of a subset S of three: 1 (all), or stretches of 1 or 2 that go on.

    One link beside one pair: g = 1/2 + 1/2 x g, g = 2/3; between two: 1/2/(1 - x^2/2) = 4/7. Two beside a pair:
    (1/4 + 1/4 x g + 1/4 x^2 4/7)/(1 - x/4) = (1/4 + 1/12 + 1/28)/(7/8). Then D over the seven kinds of first success.
    """
    x = Fraction(1, 2)
    end, between = Fraction(2, 3), Fraction(4, 7)
    two = (Fraction(1, 4) + Fraction(1, 4) * x * end + Fraction(1, 4) * x**2 * between) / (1 - x / 4)
    eighth = Fraction(1, 8)
    by_hand = eighth * (1 + 2 * x * end + x**2 * between + 2 * x * two + (x * end) ** 2) / (1 - eighth)
    assert mean_decay(0.5, math.log(2), 3) == pytest.approx(float(by_hand), rel=1e-14)
    assert mean_decay_of([0.5] * 3, math.log(2)) == pytest.approx(float(by_hand), rel=1e-14)


def test_a_deadline_in_exact_fractions():
    p, x, n, deadline = Fraction(1, 3), Fraction(1, 2), 3, 4
    stands = kept = Fraction(0)
    for waits in product(range(1, deadline + 1), repeat=n):
        weight = math.prod((p * (1 - p) ** (t - 1) for t in waits), start=Fraction(1))
        stands += weight
        kept += weight * x ** (abs(waits[0] - waits[1]) + abs(waits[1] - waits[2]))
    assert with_deadline(1 / 3, math.log(2), n, deadline)[1] == pytest.approx(float(kept / stands), rel=1e-13)


@pytest.mark.parametrize(("km", "stations", "bits"), [
    (300, 3, 7.532), (300, 9, 59.6), (400, 10, 26.0), (600, 11, 4.16)])
def test_the_lines_of_the_notebook(km, stations, bits):
    """Pairs from the sum over subsets in exact fractions; the key as the notebook prints it."""
    there = dataclasses.replace(LINE, stations=stations, fiber=dataclasses.replace(LINE.fiber, length_km=km))
    n = stations + 1
    q = 1 - Fraction(0.5 * (0.9 * 10 ** (-0.01 * km / n)) ** 2)
    attempts = sum(Fraction((-1) ** (k + 1) * math.comb(n, k)) / (1 - q**k) for k in range(1, n + 1))
    assert there.pairs_per_s == pytest.approx(1 / (float(attempts) * km / n * 1.4682 / 299792.458), rel=1e-9)
    assert there.bits_per_s == pytest.approx(bits, rel=2e-3)


def test_old_pairs_thrown_away_make_a_key():
    old = dataclasses.replace(LINE, t2_s=0.1)
    hasty = dataclasses.replace(old, deadline_s=0.03)
    assert old.bits_per_s == 0 and old.pairs_per_s == pytest.approx(16.793, rel=1e-4)
    assert hasty.bits_per_s == pytest.approx(1.139, abs=1e-3) and hasty.pairs_per_s == pytest.approx(6.226, abs=1e-3)


def test_where_the_chain_begins_to_win():
    """Best of up to 24 stations, against the bound at 1 GHz: between 380 and 400 km."""
    def wins(km):
        there = dataclasses.replace(LINE, fiber=dataclasses.replace(LINE.fiber, length_km=km))
        return max(dataclasses.replace(there, stations=n).bits_per_s for n in range(25)) > there.direct_bits_per_s
    assert not wins(380) and wins(400)
