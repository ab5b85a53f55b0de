"""Estimates and outcomes."""

import math

import pytest

from qnetlab import Estimate, Outcomes

SEEN = Outcomes(registers=(("alice", 2), ("bob", 1)), weights={"01 1": 30, "00 0": 50, "11 0": 20}, n=100)


def test_a_proportion_never_has_zero_error():
    assert Estimate.proportion(1000, 1000).std_error == pytest.approx(7.06e-4, rel=1e-2)
    assert Estimate.proportion(0, 10).std_error > 0


def test_sigmas_of_equal_numbers_are_zero():
    assert Estimate.exact(0.3).sigmas_from(0.3) == 0
    assert Estimate.exact(0.1 + 0.2).sigmas_from(0.3) == 0
    assert Estimate.exact(0.3).sigmas_from(0.4) == math.inf


def test_marginal_parity_and_share():
    assert SEEN.marginal("bob").weights == (("0", 70.0), ("1", 30.0))
    assert SEEN.marginal("bob", "alice")["1 01"] == 30
    assert SEEN.parity("alice", "bob").value == pytest.approx(1.0)
    assert SEEN.parity("alice").value == pytest.approx(0.4)
    assert SEEN.probability("00 0").value == 0.5
    assert SEEN["10 1"] == 0


def test_outcomes_add():
    assert (SEEN + SEEN)["00 0"] == 100 and (SEEN + SEEN).n == 200


@pytest.mark.parametrize("bad", [{"0 0": 1}, {"012 0": 1}, {"00 0": -1}, {"00 0": math.nan}, {"00 0": "x"}, 3])
def test_bad_outcomes_are_refused_in_words(bad):
    with pytest.raises((ValueError, TypeError), match="; got .*Try|; got"):
        Outcomes(registers=SEEN.registers, weights=bad)


def test_unknown_register():
    with pytest.raises(KeyError, match="must be one of alice, bob"):
        SEEN.marginal("charlie")


def test_repr_reads_well():
    assert repr(Estimate(value=0.8932, std_error=0.0098, n=1000)) == "0.8932 ± 0.0098"
    assert repr(Estimate.exact(2 / 3)) == "0.666667 (exact)"


@pytest.mark.parametrize(("exact", "shown"), [
    (0.0, "0.000000 (exact)"), (0.5, "0.500000 (exact)"), (1e-17, "0.000000 (exact)"),
    (1.4036e-5, "1.40360e-05 (exact)")])
def test_a_small_exact_number_is_not_shown_as_nothing(exact, shown):
    assert repr(Estimate.exact(exact)) == shown
