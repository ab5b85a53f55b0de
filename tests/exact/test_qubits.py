"""One qubit measured, one qubit copied: closed form and simulation agree."""

import math

import numpy as np
import pytest

from qnetlab import Cloning, GateErrors, PrepareAndMeasure, Readout
from qnetlab.theory.cloning import COPIERS, average_copy_fidelity, copy_fidelity, copy_vectors
from qnetlab.theory.qubit import AXES, PAULI_STATES, axis_angles, axis_vector, bloch_vector
from tests.exact.test_theory_equals_run import equal

READOUT = Readout(error_0=0.02, error_1=0.05)
GATES = GateErrors(one_qubit=0.01, two_qubit=0.03)
ANGLES = [(0.7, 2.1), (math.pi, 0.0), (2.9, -4.0)]


@pytest.mark.parametrize("axis", ["X", "Y", "Z", 0.4, math.pi / 2, (1.0, 2.0)])
@pytest.mark.parametrize("state", [*PAULI_STATES, *ANGLES])
def test_prepare_and_measure(state, axis):
    equal(PrepareAndMeasure(state=state, axis=axis))
    equal(PrepareAndMeasure(state=state, axis=axis, bob_readout=READOUT, coin_probability_1=0.3))


@pytest.mark.parametrize("probability", [0.0, 0.5, 1.0])
def test_any_coin(probability):
    equal(PrepareAndMeasure(axis="Z", coin_probability_1=probability, bob_readout=READOUT))


@pytest.mark.parametrize("axis", AXES)
def test_an_axis_by_name_and_by_angles_is_one_axis(axis):
    assert axis_vector(axis_angles(axis)) == pytest.approx(AXES[axis], abs=1e-12)
    named, turned = PrepareAndMeasure(axis=axis), PrepareAndMeasure(axis=axis_angles(axis))
    assert turned.theory() == pytest.approx(named.theory(), abs=1e-12)


@pytest.mark.parametrize("copier", COPIERS)
@pytest.mark.parametrize("original", ["average", *PAULI_STATES, *ANGLES])
def test_cloning(original, copier):
    equal(Cloning(original=original, copier=copier))
    equal(Cloning(original=original, copier=copier, gates=GATES, alice_readout=READOUT,
                  bob_readout=Readout(error_0=0.03, error_1=0.01), charlie_readout=READOUT))


@pytest.mark.parametrize("gates", [GateErrors(one_qubit=0.5), GateErrors(two_qubit=0.75), GateErrors(two_qubit=0.2)])
@pytest.mark.parametrize("copier", COPIERS)
def test_cloning_with_very_bad_gates(copier, gates):
    equal(Cloning(copier=copier, gates=gates))


@pytest.mark.parametrize("copier", COPIERS)
def test_six_states_average_like_the_whole_sphere(copier):
    """Against a sum over the sphere that is exact for a square: midpoints in angle, Gauss-Legendre in height."""
    heights, weights = np.polynomial.legendre.leggauss(4)
    turns = (np.arange(8) + 0.5) * math.pi / 4
    theta, phi = np.meshgrid(np.arccos(heights), turns, indexing="ij")
    original = bloch_vector(theta, phi)
    fidelity = copy_fidelity(original, copy_vectors(original, copier).charlie)
    assert average_copy_fidelity(copier) == pytest.approx(float((weights / 2) @ fidelity.mean(axis=1)), abs=1e-12)
    assert Cloning(copier=copier).theory()["fidelity"] == pytest.approx(average_copy_fidelity(copier), abs=1e-12)
