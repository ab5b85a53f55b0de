"""Published key distribution, compared: each row says what it cannot tell apart; none was seen with an error bar."""

import math

import pytest

from qnetlab import published
from qnetlab.theory.decoy import optimal_intensity
from qnetlab.theory.key_comparisons import key_comparisons
from qnetlab.theory.key_rates import repeaterless_bound
from qnetlab.theory.pulses import seen
from qnetlab.theory.search import crossing

FOUND = {(found.id, found.measured.name): found for found in key_comparisons()}


def test_micius_sifts_its_signals_only():
    """0.470588 against 0.470574 +- 0.000265; half of all clicks is 111 sigma away. Only quoted: no test."""
    row, found = published.row("SAT02"), FOUND["SAT02", "sifted_fraction"]
    assert found.predicted.value == pytest.approx(0.470588, abs=5e-7)
    p = row["sifted_fraction"].value
    assert row["sifted_bits"].value / row["detections"].value == pytest.approx(p, abs=5e-7)
    assert math.sqrt(p * (1 - p) / row["detections"].value) == pytest.approx(
        row["sifted_fraction"].uncertainty_low, rel=1e-2)
    assert found.sigmas < 0.1
    assert found.measured.sigmas_from(0.5) > 100
    assert not found.measured.confirmed


def test_micius_key_without_end_is_more_than_it_kept():
    """0.309 by the paper's error rate and f = 1.16, 0.180 kept."""
    found = FOUND["SAT02", "secret_fraction"]
    assert found.predicted.value == pytest.approx(0.309, abs=5e-4)
    assert found.measured.value == pytest.approx(0.180, abs=5e-4)
    assert found.predicted.value > found.measured.value


def test_gys_error_rate_and_its_wrong_models():
    row = published.row("FIB01")
    line = {"background": 1.7e-6, "misalignment": 0.033, "clicks": "ma2005"}
    assert FOUND["FIB01", "qber"].predicted.value == pytest.approx(0.0896, abs=5e-5)
    wrong = dict(row.wrong_models)
    amplitude = seen(0.1, 0.045 * 10 ** (-0.0105 * 122), **line).qber
    assert wrong["20 in place of 10 in the loss"] == pytest.approx(amplitude, abs=5e-5)
    signal = -math.expm1(-0.1 * 0.045 * 10 ** (-0.021 * 122))
    assert wrong["every dark count is wrong"] == pytest.approx((1.7e-6 + 0.033 * signal) / (1.7e-6 + signal), abs=5e-4)
    assert wrong["errors of the signal only"] == 0.033
    dark = 0.85e-6 / (0.85e-6 + 0.033 * signal)
    assert dark == pytest.approx(2 / 3, abs=0.02)
    assert not published.is_test(row)


def test_decoy_theory_of_2005():
    assert FOUND["FIB02", "optimal_intensity"].predicted.value == pytest.approx(0.4789, abs=5e-5)
    assert FOUND["FIB02", "reach_infinite_km"].predicted.value == pytest.approx(142.01, abs=0.01)
    assert FOUND["FIB02", "reach_vacuum_weak_km"].predicted.value == pytest.approx(140.62, abs=0.01)
    assert dict(published.row("FIB02").wrong_models)["error correction at the Shannon limit"] == pytest.approx(
        optimal_intensity(0.033, error_correction=1.0), abs=5e-4)


@pytest.mark.parametrize(("row_id", "name", "bound", "share", "all_arriving"), [
    ("FIB03", "rate_405km", 232.9, 0.028, 2.5e9 * 10**-7.19), ("FIB04", "rate", 5822, 5.5e-4, 6.25e8 * 10**-5.19),
])
def test_records_stay_below_what_no_repeaterless_link_passes(row_id, name, bound, share, all_arriving):
    found = FOUND[row_id, name]
    assert found.predicted.value == pytest.approx(bound, rel=1e-3)
    assert found.measured.value / found.predicted.value == pytest.approx(share, rel=0.02)
    assert found.measured.value < all_arriving < found.predicted.value


def test_dark_counts_alone_keep_the_stated_limit():
    found = FOUND["FIB06", "qber_at_most"]
    assert found.predicted.value == pytest.approx(0.0191, abs=5e-5)
    assert found.predicted.value < found.measured.value
    assert dict(published.row("FIB06").wrong_models)["dark counts of 1 Hz"] == pytest.approx(1 / (0.505 + 2), abs=5e-3)


def test_no_key_without_decoys():
    found = FOUND["FIB08", "rate"]
    assert found.predicted.value == 0 < found.measured.value
    assert "9.1e-04 bits per pulse with one" in found.reading


def test_la_palma_lacks_inputs():
    found = FOUND["FS01", "rate"]
    assert found.predicted.value == pytest.approx(24.5, abs=0.05)
    assert 1.8 < found.predicted.value / found.measured.value < 2
    assert not found.predicted.confirmed and "none of the three is known" in found.reading


def test_twin_fields_cross():
    found = FOUND["TF01", "ideal_crossing_km"]
    assert found.predicted.value == pytest.approx(138.727, abs=1e-3)

    def behind(prefactor):
        return crossing(lambda km: repeaterless_bound(10 ** (-0.02 * km)) - prefactor * 10 ** (-0.01 * km), 1, 300)

    assert behind(0.0144) == pytest.approx(200, abs=0.2)
    assert behind(1.0) == pytest.approx(dict(published.row("TF01").wrong_models)[
        "the square root of the transmittance, prefactor 1"], abs=5e-3)


def test_every_comparison_says_what_it_means():
    for found in key_comparisons():
        assert len(found.reading) > 15 and str(found).startswith(found.id)
