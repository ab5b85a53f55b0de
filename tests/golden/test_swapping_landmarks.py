"""Numbers of the first papers on repeaters and purification, and a published swap."""

import math

import pytest

from qnetlab import GateErrors, Link, PhotonPairSource, Purification, Readout, Swapping, published
from qnetlab.theory.purification import Weights, bbpssw, dejmps, rounds_to, staircase, werner_weights
from qnetlab.theory.swapping import retwirled_fidelity


def test_imperfect_stations_of_1998():
    """Four Werner links of 0.96, p2 = eta = 0.99 (Briegel et al.): 0.789161, their form; 0.789306 without twirling."""
    published_form = retwirled_fidelity(0.96, 4, two_qubit=0.99, right=0.99)
    chain = Swapping(links=(Link(source=PhotonPairSource(fidelity=0.96)),) * 4, gates=GateErrors(two_qubit=0.0075),
                     station_readout=Readout(error_0=0.01, error_1=0.01))
    assert published_form == pytest.approx(0.789161, abs=5e-7)
    assert chain.final_fidelity == pytest.approx(0.789306, abs=5e-7)
    assert published_form < chain.final_fidelity


def test_one_round_of_1996():
    """Werner 0.75 (Bennett et al., Deutsch et al.): both methods give 0.788462 with a chance of 0.722222."""
    for method in ("bbpssw", "dejmps"):
        told = Purification(link=Link(source=PhotonPairSource(fidelity=0.75)), method=method).theory()
        assert (told["fidelity"], told["success_1"]) == pytest.approx((0.788461538, 0.722222222), abs=5e-10)
    assert bbpssw(0.75) == pytest.approx((0.788461538, 0.722222222), abs=5e-10)
    state, _ = dejmps(werner_weights(0.75))
    assert state == pytest.approx((0.788462, 0.019231, 0.019231, 0.173077), abs=5e-7)


def test_from_080_to_099():
    """Ten rounds and 2916.86 pairs, or four and 31.6665."""
    slow, quick = (rounds_to(0.99, werner_weights(0.8), method) for method in ("bbpssw", "dejmps"))
    assert (len(slow), len(quick)) == (10, 4)
    assert (slow[-1].fidelity, quick[-1].fidelity) == pytest.approx((0.992453, 0.996854), abs=5e-7)
    assert (slow[-1].raw_pairs, quick[-1].raw_pairs) == pytest.approx((2916.86, 31.6665), rel=2e-6)
    assert [s.fidelity for s in quick] == pytest.approx([0.838150, 0.943639, 0.987974, 0.996854], abs=5e-7)


def test_a_first_round_may_go_down():
    first = staircase(Weights(0.7, 0.15, 0.1, 0.05), "dejmps", 1)[0]
    assert (first.fidelity, first.success) == pytest.approx((0.687919, 0.745), abs=5e-7)


def test_a_published_swap_stays_below_what_its_pairs_allow():
    """0.551 and, heralded, 0.587 against at most 0.660. No number was seen in print, so the row tests nothing."""
    found = published.swap_comparisons()
    row = published.row("LINK07")
    assert [f.predicted.value for f in found] == pytest.approx([0.660400, 0.660400], abs=5e-7)
    for comparison in found:
        assert comparison.measured.value < comparison.predicted.value and not comparison.measured.confirmed
    sigmas = [(f.predicted.value - f.measured.value) / f.measured.uncertainty_high for f in found]
    assert sigmas == pytest.approx([8.4, 2.6], abs=0.05)
    assert not published.is_test(row) and "fidelities average" in published.excluded(row)
    named = dict(row.wrong_models)
    assert named["fidelities average"] == pytest.approx(math.fsum(q.value for q in row.inputs) / 2)
