"""Finite keys: regression points of the three bounds, each with the constants that belong to it and no others."""

import numpy as np
import pytest

from qnetlab.theory.entropy import binary_entropy
from qnetlab.theory.finite_key import (
    one_decoy_key_length,
    sampling_deviation,
    single_photon_key_length,
    two_decoy_key_length,
)


@pytest.mark.parametrize(("n", "k", "qber", "deviation", "length"), [
    (1e4, 2500, 0.01, 0.110503, 3702.562), (1e5, 25_000, 0.02, 0.0349379, 53639.53),
    (1e6, 1e5, 0.03, 0.0163871, 515221.7),
])
def test_single_photons(n, k, qber, deviation, length):
    """Tomamichel, Lim, Gisin, Renner 2012, doi:10.1038/ncomms1631; eps 1e-10 each, f = 1.1."""
    assert sampling_deviation(n, k, 1e-10) == pytest.approx(deviation, rel=5e-6)
    found = single_photon_key_length(n, k, qber, leak_bits=1.1 * n * binary_entropy(qber), eps_sec=1e-10, eps_cor=1e-10)
    assert found == pytest.approx(length, rel=1e-6)


def lim_point(length_km, sifted, intensities=(0.5, 0.1, 2e-4), eps_sec=1e-10):
    """Expected counts of the model of Lim et al. 2014: 0.1 efficiency, 6e-7 dark counts, 0.5 % misaligned."""
    mu, p, p_key = np.array(intensities), np.array((0.7, 0.2, 0.1)), 0.9
    eta = 0.1 * 10 ** (-0.02 * length_km)
    clicks = p * (1 - (1 - 1.2e-6) * np.exp(-eta * mu))
    wrong = p * (6e-7 + 5e-3 * (1 - np.exp(-eta * mu)))
    pulses = sifted / (p_key**2 * clicks.sum())
    leak = 1.16 * sifted * binary_entropy(wrong.sum() / clicks.sum())
    found = two_decoy_key_length(mu, p, sifted_key=pulses * p_key**2 * clicks,
                                 sifted_test=pulses * (1 - p_key) ** 2 * clicks,
                                 errors_test=pulses * (1 - p_key) ** 2 * wrong, leak_bits=leak, eps_sec=eps_sec,
                                 eps_cor=1e-15)
    return found, pulses


@pytest.mark.parametrize(("length_km", "sifted", "length", "rate"), [
    (50, 1e7, 581_347, 1.73879e-4), (100, 1e7, 169_163, 5.08531e-6), (100, 1e9, None, 1.42390e-4),
])
def test_two_decoys(length_km, sifted, length, rate):
    """Lim et al. 2014, doi:10.1103/PhysRevA.89.022307."""
    found, pulses = lim_point(length_km, sifted)
    assert found.length / pulses == pytest.approx(rate, rel=5e-6)
    assert length is None or found.length == pytest.approx(length, abs=0.5)
    if sifted == 1e9:
        assert found.phase_error == pytest.approx(0.0126535, abs=5e-8)


@pytest.mark.parametrize(("eps_sec", "cost"), [(1e-9, 256.566943), (1e-10, 276.498512)])
def test_the_fixed_cost_of_two_decoys(eps_sec, cost):
    assert lim_point(50, 1e7, eps_sec=eps_sec)[0].fixed_cost == pytest.approx(cost, abs=5e-7)


COUNTS = {"sifted_key": [9e6, 4.6e5], "sifted_test": [1e6, 5.1e4], "errors_key": [9e4, 4.8e3],
          "errors_test": [1e4, 540.0]}


def one_decoy(leak_bits=9e5, eps_sec=1e-9, **counts):
    return one_decoy_key_length((0.5, 0.1), (0.8, 0.2), **{**COUNTS, **counts}, leak_bits=leak_bits, eps_sec=eps_sec,
                                eps_cor=1e-15)


def test_one_decoy_by_hand():
    """Rusca et al. 2018, doi:10.1063/1.5023340: every line written out again, from a transcription of its appendix."""
    eps = 1e-9 / 19
    t0 = 0.8 * np.exp(-0.5) + 0.2 * np.exp(-0.1)
    t1 = 0.8 * np.exp(-0.5) * 0.5 + 0.2 * np.exp(-0.1) * 0.1

    def off(n):
        return np.sqrt(n * np.log(1 / eps) / 2)

    def single(n1, n2, m1, m2):
        n, m = n1 + n2, m1 + m2
        empty = min(2 * (t0 * np.exp(0.5) / 0.8 * (m1 + off(m)) + off(n)),
                    2 * (t0 * np.exp(0.1) / 0.2 * (m2 + off(m)) + off(n)))
        return t1 * 0.5 / (0.1 * 0.4) * (np.exp(0.1) / 0.2 * (n2 - off(n)) - 0.04 * np.exp(0.5) / 0.8 * (n1 + off(n))
                                         - 0.96 * empty / t0)

    s0 = t0 / 0.4 * (0.5 * np.exp(0.1) / 0.2 * (4.6e5 - off(9.46e6)) - 0.1 * np.exp(0.5) / 0.8 * (9e6 + off(9.46e6)))
    s1, k1 = single(9e6, 4.6e5, 9e4, 4.8e3), single(1e6, 5.1e4, 1e4, 540)
    v1 = t1 / 0.4 * (np.exp(0.5) / 0.8 * (1e4 + off(10540)) - np.exp(0.1) / 0.2 * (540 - off(10540)))
    b = v1 / k1
    gamma = np.sqrt((s1 + k1) * (1 - b) * b / (s1 * k1 * np.log(2)) * np.log2((s1 + k1) / (s1 * k1 * (1 - b) * b)
                                                                             * 19**2 / 1e-18))
    fixed = 6 * np.log2(19e9) + np.log2(2e15)
    found = one_decoy()
    assert fixed == pytest.approx(255.700604, abs=5e-7) == found.fixed_cost
    assert (found.single, found.phase_error) == pytest.approx((s1, b + gamma), rel=1e-12)
    assert found.vacuum == pytest.approx(max(s0, 0))
    assert found.length == pytest.approx(max(s0, 0) + s1 * (1 - binary_entropy(b + gamma)) - 9e5 - fixed, rel=1e-12)


def test_more_bits_cost_less_of_them():
    rates = [lim_point(80, n)[0].length / n for n in (1e6, 1e7, 1e8, 1e9, 1e10)]
    assert rates == sorted(rates)
    errors = [one_decoy(**{name: np.multiply(c, size) for name, c in COUNTS.items()}).phase_error
              for size in (1, 10, 100)]
    assert errors == sorted(errors, reverse=True)


def test_without_single_photons_there_is_no_key_and_no_crash():
    nothing = {name: [0.0, 0.0] for name in COUNTS}
    assert one_decoy(leak_bits=0.0, **nothing).length == -one_decoy().fixed_cost
    assert one_decoy(**nothing).phase_error == 0.5
    assert one_decoy(errors_test=[0.0, 0.0]).phase_error > 0
    assert two_decoy_key_length((0.5, 0.1, 0), (0.7, 0.2, 0.1), sifted_key=[0, 0, 0], sifted_test=[0, 0, 0],
                                errors_test=[0, 0, 0], leak_bits=0, eps_sec=1e-9, eps_cor=1e-15).length < 0


def test_arrays_in_arrays_out():
    doubled = {name: np.array([c, np.multiply(c, 2)]).T for name, c in COUNTS.items()}
    both = one_decoy(**doubled, leak_bits=np.array([9e5, 18e5]))
    assert both.length.shape == (2,)
    assert both.length[0] == pytest.approx(float(one_decoy().length), rel=1e-12)
