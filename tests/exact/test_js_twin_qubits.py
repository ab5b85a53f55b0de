"""The closed forms of counting, of one qubit and of its copies in the browser are those in Python."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from qnetlab.devices.gates import GateErrors
from qnetlab.devices.readout import Readout
from qnetlab.protocols.cloning import Cloning
from qnetlab.protocols.prepare_measure import PrepareAndMeasure
from qnetlab.theory.cloning import COPIERS, copy_vectors
from qnetlab.theory.counting import Counting
from qnetlab.theory.qubit import PAULI_STATES, bloch_vector
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.basis import BasisExplorer
from qnetlab.widgets.cloning import CloningExplorer
from qnetlab.widgets.counting import CountingExplorer
from tests.exact.test_js_twin import ask

ANSWER = "\nfunction answer(config, state) { return readings(state, parametersOf(config, state)); }"


def said_by(explorer, protocols, change=lambda text: text):
    """What the browser's own text reads off for each protocol."""
    asked = []
    for protocol in protocols:
        explorer.protocol = protocol
        asked.append(to_wire([explorer.config, explorer.state]))
    explorer.close()
    return ask(change(bundle(explorer.entry, default_as="shownExplorer")) + ANSWER, asked)


def readout(rng, bad):
    return Readout(error_0=rng.uniform(0, 0.5), error_1=rng.uniform(0, 0.5)) if bad else Readout()


def states(rng, count):
    """Named ones and any angles, in turn."""
    named = list(PAULI_STATES)
    return [named[i % 7] if i % 7 < 6 else (rng.uniform(0, math.pi), rng.uniform(0, 2 * math.pi)) for i in range(count)]


def measurements():
    rng = np.random.default_rng(5)
    axes = ["X", "Y", "Z", 0.4]
    return [PrepareAndMeasure(state=state, axis=axes[i % 5] if i % 5 < 4 else (rng.uniform(0, 3), rng.uniform(0, 6)),
                              coin_probability_1=rng.uniform(), bob_readout=readout(rng, i % 3))
            for i, state in enumerate(states(rng, 105))]


def clonings():
    rng = np.random.default_rng(6)
    return [Cloning(original=state, copier=COPIERS[i % 3], alice_readout=readout(rng, i % 2),
                    bob_readout=readout(rng, i % 5), charlie_readout=readout(rng, i % 4),
                    gates=GateErrors(one_qubit=rng.uniform(0, 0.5), two_qubit=rng.uniform(0, 0.75)) if i % 4 else
                    GateErrors())
            for i, state in enumerate(states(rng, 105))]


def countings():
    return [Counting(loss_db=loss, photons=n) for loss in (0, 0.5, 3, 16.5, 40, 123.4) for n in (1, 10, 999, 100_000)]


def test_counting_agrees():
    for counting, said in zip(countings(), said_by(CountingExplorer(), countings()), strict=True):
        theory = counting.theory()
        assert said["arriving"] == pytest.approx(theory["arriving"], rel=1e-9)
        assert said["std_error"] == pytest.approx(theory["std_error"], rel=1e-9)
        assert said["std_error_100"] == pytest.approx(theory["std_error"] / 10, rel=1e-9)
        after = replace(counting, loss_db=counting.loss_db + 3).theory()["arriving"]
        assert said["after_3db"] == pytest.approx(after, rel=1e-9)


def test_what_the_browser_counts_scatters_as_it_should():
    """Mean within 5 errors; spread that of a binomial to 15 %, which 400 counts tell (its own error is 3.5 %)."""
    text = bundle("counting.js", default_as="shownExplorer")
    text += ("\nfunction answer(photons, share) { return Array.from({ length: 400 }, (_, run) => "
             "countedPhotons(run, photons, share) / photons); }")
    cases = [(50, 0.5), (1000, 0.5), (1000, 0.02), (2000, 0.9), (2001, 0.9), (100_000, 0.3)]
    for (photons, share), counts in zip(cases, ask(text, [list(case) for case in cases]), strict=True):
        error = math.sqrt(share * (1 - share) / photons)
        assert abs(np.mean(counts) - share) < 5 * error / math.sqrt(400), (photons, share)
        assert np.std(counts) == pytest.approx(error, rel=0.15), (photons, share)


def test_a_photon_that_a_small_loss_takes_stays_gone():
    text = bundle("counting.js", default_as="shownExplorer")
    text += ("\nfunction answer(run) { return [40, 20, 10, 3, 0].map("
             "(loss) => countedPhotons(run, 1000, arrivingShare(loss))); }")
    for counts in ask(text, [[run] for run in range(1, 21)]):
        assert counts == sorted(counts) and counts[-1] == 1000


def test_one_qubit_agrees():
    for protocol, said in zip(measurements(), said_by(BasisExplorer(), measurements()), strict=True):
        theory = protocol.theory()
        assert said["probability_0"] == pytest.approx(theory["probability_0"], abs=1e-9)
        assert said["coin_probability_0"] == pytest.approx(theory["coin_probability_0"], abs=1e-9)


def test_copies_agree():
    for protocol, said in zip(clonings(), said_by(CloningExplorer(), clonings()), strict=True):
        theory = protocol.theory()
        for name in ("fidelity", "fidelity_bob", "fidelity_charlie"):
            assert said[name] == pytest.approx(theory[name], abs=1e-9)
        means = [replace(protocol, original="average", copier=copier).theory()["fidelity"] for copier in COPIERS]
        assert said["averages"] == pytest.approx(means, abs=1e-9)
        assert said["average"] == pytest.approx(means[COPIERS.index(protocol.copier)], abs=1e-9)
        original = PAULI_STATES.get(protocol.original) or bloch_vector(*protocol.original)
        copies = copy_vectors(original, protocol.copier, one_qubit_error=protocol.gates.one_qubit,
                              two_qubit_error=protocol.gates.two_qubit, error_0=protocol.alice_readout.error_0,
                              error_1=protocol.alice_readout.error_1)
        np.testing.assert_allclose(said["copies"], np.array(copies, dtype=float), rtol=0, atol=1e-9)


def test_wrong_twins_are_caught():
    """A coin with a direction along X, and a universal copier that forgets two gates."""
    [coin] = said_by(BasisExplorer(), [PrepareAndMeasure(axis="X")],
                     lambda text: text.replace("return [0, 0, 1 - 2 * probability_1]", "return [1, 0, 0]"))
    assert coin["coin_probability_0"] == pytest.approx(1.0)
    noisy = Cloning(original="+", copier="universal", gates=GateErrors(two_qubit=0.05))
    [copies] = said_by(CloningExplorer(), [noisy], lambda text: text.replace("kept2 ** 5", "kept2 ** 3"))
    assert copies["fidelity_bob"] > noisy.theory()["fidelity_bob"] + 0.02
