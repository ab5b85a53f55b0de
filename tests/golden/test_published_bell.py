"""Published Bell tests: what the model says from their own inputs, and which of them can reject anything."""

import math

import pytest

from qnetlab import CHSH, Link, NoisyPair, PhotonPairSource, Readout, published, run
from qnetlab.theory.chsh import LOCAL_LIMIT, deterministic_strategies

ROWS = {row.id: row for row in published.ROWS}
FOUND = published.bell_comparisons()


def comparison(row_id, quantity="chsh_s"):
    return next(c for c in FOUND if c.id == row_id and c.measured.name.endswith(quantity))


def test_the_wrong_model_of_prior_agreement_is_the_best_of_all_sixteen():
    best = max(strategy.s for strategy in deterministic_strategies())
    for row_id in ("BELL01", "BELL02", "BELL03", "ENT03", "SAT01"):
        assert dict(ROWS[row_id].wrong_models)["agreed beforehand"] == best == LOCAL_LIMIT


@pytest.mark.parametrize(("row_id", "sigmas"), [("BELL03", 22), ("SAT01", 4)])
def test_rows_that_reject_prior_agreement(row_id, sigmas):
    row = ROWS[row_id]
    assert published.is_test(row)
    assert published.rejects(row, max(s.s for s in deterministic_strategies()), sigmas=sigmas)


@pytest.mark.parametrize(("row_id", "sigmas"), [("BELL01", 2.1), ("BELL02", 1.944)])
def test_rows_too_wide_to_reject_it_by_3_sigma(row_id, sigmas):
    row = ROWS[row_id]
    assert not published.is_test(row)
    assert row["chsh_s"].sigmas_from(LOCAL_LIMIT) == pytest.approx(sigmas, abs=1e-3)
    assert row["chsh_s"].sigmas_from(dict(row.wrong_models)["fidelity taken for visibility"]) < 3


def test_bell01_is_what_the_protocol_does():
    """The whole test, run exactly, with the published fidelity and the recalled readout."""
    row = ROWS["BELL01"]
    wrong = 1 - row["readout_correct"].value
    readout = Readout(error_0=wrong, error_1=wrong)
    test = CHSH(link=Link(source=PhotonPairSource(fidelity=row["pair_fidelity"].value)), alice_readout=readout,
                bob_readout=readout)
    found = comparison("BELL01")
    assert run(test)["s"].value == pytest.approx(found.predicted.value, abs=1e-9)
    assert found.predicted.value == pytest.approx(2.271, abs=5e-4)
    assert found.predicted.uncertainty_low == pytest.approx(0.102, abs=5e-4)
    assert not found.predicted.confirmed
    assert found.sigmas == pytest.approx(0.75, abs=0.01)


def test_bell02_is_predicted_from_bell01s_state_and_readout():
    found = comparison("BELL02")
    assert found.predicted == comparison("BELL01").predicted
    assert found.sigmas == pytest.approx(0.44, abs=0.01)
    both = ROWS["BELL02"]["chsh_s_both_runs"]
    weights = [1 / 0.20**2, 1 / 0.18**2]
    mean = (2.42 * weights[0] + 2.35 * weights[1]) / sum(weights)
    assert mean == pytest.approx(2.381, abs=5e-4)  # a combination of data, no prediction
    assert 1 / math.sqrt(sum(weights)) == pytest.approx(0.134, abs=5e-4)
    assert both.sigmas_from(mean) < 0.1


def test_sat01_from_the_share_of_differing_bits():
    s, fidelity = comparison("SAT01"), comparison("SAT01", "pair_fidelity")
    assert s.predicted.value == pytest.approx(2.3702, abs=5e-5)
    assert fidelity.predicted.value == pytest.approx(0.8785, abs=5e-5)
    assert s.sigmas < 0.01
    assert fidelity.sigmas == pytest.approx(0.11, abs=0.01)
    assert not s.predicted.confirmed
    pair = NoisyPair(white_noise=2 * ROWS["SAT01"]["differing_bits"].value).theory()
    assert [pair["s"], pair["fidelity"]] == pytest.approx([s.predicted.value, fidelity.predicted.value], abs=1e-12)


def test_ent03_lies_between_the_two_kinds_of_noise():
    white, flips, high_white, high_flips = [c for c in FOUND if c.id == "ENT03"]
    assert [white.predicted.value, flips.predicted.value] == pytest.approx([2.263, 2.441], abs=5e-4)
    assert white.predicted.value < white.measured.value == 2.36 < flips.predicted.value
    assert [high_white.predicted.value, high_flips.predicted.value] == pytest.approx([2.791, 2.800], abs=5e-4)
    assert high_white.measured.value == 2.74 < high_white.predicted.value
    assert white.sigmas is None  # no uncertainty was given: nothing is tested


def test_comparisons_are_sorted_and_say_what_they_cannot_tell():
    assert [c.id for c in FOUND] == sorted(c.id for c in FOUND)
    assert all(c.reading for c in FOUND)
    assert published.chsh_comparison() == comparison("BELL03")
