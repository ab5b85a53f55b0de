"""Sampled qubits and copies agree with theory; each test would reject what a student might believe."""

from dataclasses import replace

import pytest

from qnetlab import Cloning, GateErrors, PrepareAndMeasure, Readout
from tests.agreement import agrees

NOISY = {"gates": GateErrors(one_qubit=0.02, two_qubit=0.05), "alice_readout": Readout(error_0=0.02, error_1=0.1),
         "bob_readout": Readout(error_0=0.15, error_1=0.02)}


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [
    {"state": (0.0, 0.0)}, {"axis": "Z"}, {"bob_readout": Readout()}, {"coin_probability_1": 0.5},
], ids=["it was 0 all along", "the axis does not matter", "perfect readout", "the coin is fair"])
def test_prepare_and_measure(mode, wrong):
    protocol = PrepareAndMeasure(state="+", axis=0.9, coin_probability_1=0.4,
                                 bob_readout=Readout(error_0=0.08, error_1=0.02))
    agrees(protocol, 6000, mode=mode, wrong=replace(protocol, **wrong))


def test_a_superposition_is_certain_along_its_own_axis():
    agrees(PrepareAndMeasure(axis="X"), 2000, wrong=PrepareAndMeasure(axis="Z"), mode="shots")


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [
    {"copier": "cnot"}, {"gates": GateErrors()}, {"bob_readout": Readout()}, {"charlie_readout": NOISY["bob_readout"]},
], ids=["a CNOT copies as well", "perfect gates", "bob reads without error", "both read alike"])
def test_universal_cloning(mode, wrong):
    protocol = Cloning(copier="universal", **NOISY)
    agrees(protocol, 6000, mode=mode, wrong=replace(protocol, **wrong))


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize(("protocol", "wrong"), [
    (Cloning(copier="cnot", **NOISY), {"copier": "universal"}),
    (Cloning(copier="cnot", **NOISY), {"gates": GateErrors()}),
    (Cloning(copier="measure_and_resend", **NOISY), {"alice_readout": Readout()}),
    (Cloning(copier="measure_and_resend", **NOISY), {"gates": GateErrors(one_qubit=0.08)}),
], ids=["cnot is not the best", "cnot with perfect gates", "measured without error", "resent with worse gates"])
def test_the_simple_copiers(mode, protocol, wrong):
    agrees(protocol, 6000, mode=mode, wrong=replace(protocol, **wrong))
