"""Landmark numbers of counting, of one qubit and of its copies, each found by hand or in print."""

import pytest

from qnetlab import Cloning, Fiber, PrepareAndMeasure
from qnetlab.theory.cloning import CLONING_LIMIT, average_copy_fidelity
from qnetlab.theory.counting import contrast_error, rounds_needed, share_std_error
from qnetlab.theory.teleportation import CLASSICAL_LIMIT
from qnetlab.units import probability_to_db


@pytest.mark.parametrize(("copier", "mean"), [("cnot", 2 / 3), ("measure_and_resend", 2 / 3), ("universal", 5 / 6)])
def test_average_of_the_copiers(copier, mean):
    """Buzek and Hillery 1996; the optimum is Bruss et al. 1998. A CNOT is no better than measuring and phoning."""
    assert average_copy_fidelity(copier) == pytest.approx(mean, abs=1e-12)
    assert mean in (pytest.approx(CLASSICAL_LIMIT), pytest.approx(CLONING_LIMIT))


@pytest.mark.parametrize(("theta_deg", "fidelity"), [(0, 1.0), (45, 0.75), (60, 0.625), (90, 0.5), (180, 1.0)])
def test_the_cnot_copier_from_pole_to_equator(theta_deg, fidelity):
    state = (theta_deg * 3.141592653589793 / 180, 1.0)
    assert Cloning(original=state).theory()["fidelity"] == pytest.approx(fidelity, abs=1e-12)


@pytest.mark.parametrize(("axis", "state", "coin"), [("Z", 0.5, 0.5), ("X", 1.0, 0.5), ("Y", 0.5, 0.5)])
def test_plus_against_a_coin(axis, state, coin):
    theory = PrepareAndMeasure(state="+", axis=axis).theory()
    assert list(theory.values()) == pytest.approx([state, coin], abs=1e-12)


def test_decibels_by_hand():
    assert Fiber(length_km=1).transmittance == 1.0  # ideal until told otherwise
    assert Fiber(length_km=75, attenuation_db_per_km=0.2, insertion_loss_db=1.5).transmittance == pytest.approx(
        0.0223872, abs=5e-8)
    assert float(probability_to_db(0.5)) == pytest.approx(3.0103, abs=5e-5)


def test_error_bars_by_hand():
    assert share_std_error(0.5, 1000) == pytest.approx(0.0158114, abs=5e-8)
    assert share_std_error(0.01, 1000) == pytest.approx(0.0031464, abs=5e-8)
    assert (rounds_needed(0.5, 0.01), rounds_needed(0.9, 0.01), rounds_needed(0.0, 0.1)) == (2500, 900, 1)


def test_what_a_contrast_leaves():
    assert contrast_error(280) == pytest.approx(0.00355872, abs=5e-9)
