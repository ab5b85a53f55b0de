"""Published losses, error floors and teleportations: what they can tell apart."""

import pytest

from qnetlab import Fiber, published
from qnetlab.theory.cloning import CLONING_LIMIT, average_copy_fidelity
from qnetlab.theory.counting import contrast_error
from qnetlab.units import probability_to_db

ROWS = {row.id: row for row in published.ROWS}
FOUND = published.optics_comparisons()
MARGINS = {margin.id: margin for margin in published.copy_margins()}


def test_fib04_lost_what_its_glass_should_lose():
    """51.9 dB over 307 km: 0.169 dB/km, under the 0.17 of the data sheet, far from 0.2."""
    found = FOUND[0]
    fiber = Fiber(length_km=307, attenuation_db_per_km=0.17)
    assert found.predicted.value == pytest.approx(fiber.loss_db, abs=1e-9)
    assert found.measured.value / 307 == pytest.approx(0.16906, abs=5e-6)
    assert found.measured.value < found.predicted.value < 0.2 * 307
    assert not published.is_test(ROWS["FIB04"]) and found.sigmas is None  # no uncertainty: it can reject nothing


def test_how_much_light_307_km_leave():
    ordinary = Fiber(length_km=307, attenuation_db_per_km=0.2).transmittance
    measured = 10 ** (-51.9 / 10)
    assert measured == pytest.approx(6.457e-6, rel=1e-3)
    assert measured / ordinary == pytest.approx(8.9, abs=0.05)
    assert float(probability_to_db(measured)) == pytest.approx(51.9)


def test_sat02_contrast_leaves_a_third_of_the_errors_and_dark_counts_little():
    floor, with_dark = FOUND[1], FOUND[2]
    assert floor.predicted.value == pytest.approx(contrast_error(280)) == pytest.approx(0.00356, abs=5e-6)
    assert floor.predicted.value / floor.measured.value == pytest.approx(1 / 3, abs=0.02)
    # 4 detectors x 25 Hz x 2 ns x 100 MHz x 273 s, half of them wrong, among 3 551 136 detections
    assert with_dark.predicted.value - floor.predicted.value == pytest.approx(4 * 25 * 0.2 * 273 / 2 / 3_551_136)
    assert not ROWS["SAT02"].outputs[0].confirmed and not published.is_test(ROWS["SAT02"])


def test_only_tel02_comes_near_to_clearing_five_sixths():
    assert pytest.approx(average_copy_fidelity("universal")) == CLONING_LIMIT
    assert [m.id for m in MARGINS.values() if m.above_phone is not None and m.above_phone > 3] == [
        "FS03", "SAT03", "TEL02"]
    assert [m.id for m in MARGINS.values() if m.above_copier is not None and m.above_copier > 0] == ["TEL02"]
    assert MARGINS["TEL02"].above_copier == 2.8  # under 3: not beyond doubt
    assert MARGINS["SAT03"].above_copier == -3.3 and MARGINS["FS03"].above_copier == -1.3


def test_tel01_has_a_value_and_no_error_bar():
    assert MARGINS["TEL01"].fidelity.value > CLONING_LIMIT
    assert MARGINS["TEL01"][2:] == (None, None)
    assert not published.is_test(ROWS["TEL01"])


def test_tel02_is_a_test_and_the_copier_is_what_it_cannot_exclude():
    row = ROWS["TEL02"]
    assert published.is_test(row)
    assert published.excluded(row) == ("measured and phoned, or one of the two bits used",)
    assert dict(row.wrong_models)["one of two copies from the best copier"] == CLONING_LIMIT
