"""A measured record becomes a key length, or an abort that says why; never a key of no bits."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab.qkd.abort import Abort
from qnetlab.qkd.counts import Counts
from qnetlab.qkd.key_length import KeyLength, secret_key_length
from qnetlab.theory.entropy import binary_entropy
from qnetlab.theory.finite_key import one_decoy_key_length, single_photon_key_length, two_decoy_key_length

ONE = Counts(intensities=(0.48, 0.1), probabilities=(0.8, 0.2),
             sent=[[800_000_000, 80_000_000], [200_000_000, 20_000_000]],
             sifted=[[9_000_000, 900_000], [480_000, 48_000]],
             errors=[[90_000, 9_000], [5_000, 500]])
TWO = Counts(intensities=(0.5, 0.1, 0), probabilities=(0.7, 0.2, 0.1),
             sent=[[10**9, 10**8], [3 * 10**8] * 2, [10**8] * 2],
             sifted=[[9_000_000, 1_000_000], [520_000, 58_000], [300, 35]],
             errors=[[90_000, 10_000], [5_000, 600], [150, 17]])
PHOTONS = Counts(intensities=(1,), probabilities=(1,), sent=[[2_000_000] * 2], sifted=[[100_000, 25_000]],
                 errors=[[2_000, 500]])


def test_each_kind_of_record_has_its_bound():
    leak = 1.16 * 9.48e6 * binary_entropy(95_000 / 9.48e6)
    by_hand = one_decoy_key_length((0.48, 0.1), (0.8, 0.2), sifted_key=[9e6, 4.8e5], sifted_test=[9e5, 4.8e4],
                                   errors_key=[9e4, 5e3], errors_test=[9e3, 500.0], leak_bits=leak, eps_sec=1e-9,
                                   eps_cor=1e-15)
    found = secret_key_length(ONE)
    assert (found.bits, found.bound) == (int(by_hand.length), "Rusca 2018")
    by_hand = two_decoy_key_length((0.5, 0.1, 0), (0.7, 0.2, 0.1), sifted_key=[9e6, 5.2e5, 300.0],
                                   sifted_test=[1e6, 5.8e4, 35.0], errors_test=[1e4, 600.0, 17.0], leak_bits=1e6,
                                   eps_sec=1e-10, eps_cor=1e-12)
    found = secret_key_length(TWO, leak_bits=1e6, eps_sec=1e-10, eps_cor=1e-12)
    assert (found.bits, found.bound) == (int(by_hand.length), "Lim 2014")
    found = secret_key_length(PHOTONS, source="single photons", eps_sec=1e-10, eps_cor=1e-10, error_correction=1.1)
    by_hand = single_photon_key_length(1e5, 25e3, 0.02, leak_bits=1.1e5 * binary_entropy(0.02),
                                       eps_sec=1e-10, eps_cor=1e-10)
    assert (found.bits, found.bound) == (int(by_hand), "Tomamichel 2012") == (53639, "Tomamichel 2012")


def test_the_order_of_the_intensities_does_not_matter():
    turned = Counts(intensities=TWO.intensities[::-1], probabilities=TWO.probabilities[::-1], sent=TWO.sent[::-1],
                    sifted=TWO.sifted[::-1], errors=TWO.errors[::-1])
    assert secret_key_length(turned) == secret_key_length(TWO)


def test_the_bases_can_change_places():
    turned = Counts(intensities=ONE.intensities, probabilities=ONE.probabilities, sent=ONE.sent[:, ::-1],
                    sifted=ONE.sifted[:, ::-1], errors=ONE.errors[:, ::-1])
    assert secret_key_length(turned, key_basis="X") == secret_key_length(ONE)


def test_epsilon_and_assumptions_stand_beside_the_length():
    text = str(secret_key_length(ONE))
    for word in ("secret bits", "eps_sec = 1e-09", "eps_cor = 1e-15", "Rusca 2018", "phase error at most",
                 "unknown phase", "efficiency", "authenticated"):
        assert word in text
    assert "no pulse holds two" in str(secret_key_length(PHOTONS, source="single photons"))


def change(counts, **tables):
    return dataclasses.replace(counts, **{name: table(getattr(counts, name).copy()) for name, table in tables.items()})


def at(row, column, number):
    def put(table):
        table[row, column] = number
        return table

    return put


@pytest.mark.parametrize(("counts", "says"), [
    (change(ONE, sifted=lambda t: t * 0, errors=lambda t: t * 0), "No sifted bits in basis Z.*not 0"),
    (change(ONE, sifted=lambda t: t * [1, 0], errors=lambda t: t * [1, 0]), "No sifted bits in basis X"),
    (change(ONE, errors=at(0, 1, 200_000)), "21.1% of the test bits are wrong: over 11 %"),
    (change(ONE, sifted=at(1, 0, 100_000), errors=at(1, 0, 1000)), "decoys do not show.*blocked"),
    (change(ONE, sifted=lambda t: t // 100_000, errors=lambda t: t // 100_000), "decoys do not show.*too few"),
    (change(ONE, sifted=at(1, 1, 480), errors=at(1, 1, 5)), "phase error undetermined.*more test pulses"),
    (change(ONE, errors=at(0, 0, 2_000_000)), "bits too many for 9480000 key bits"),
])
def test_an_abort_says_why(counts, says):
    found = secret_key_length(counts)
    assert isinstance(found, Abort)
    assert not found
    with pytest.raises(AssertionError, match=says):
        raise AssertionError(str(found))
    assert str(found).startswith("No key. ")


def test_a_leak_that_eats_the_key_is_an_abort():
    assert isinstance(secret_key_length(ONE, leak_bits=9e6), Abort)
    assert secret_key_length(ONE, leak_bits=0).bits > secret_key_length(ONE).bits


@pytest.mark.parametrize(("other", "error"), [
    ({"source": "laser"}, ValueError), ({"source": "single photons"}, ValueError), ({"key_basis": "Y"}, ValueError),
    ({"eps_sec": 0}, ValueError), ({"eps_cor": 1}, ValueError), ({"eps_sec": "x"}, ValueError),
    ({"error_correction": 0.9}, ValueError), ({"leak_bits": -1}, ValueError), ({"leak_bits": float("nan")}, ValueError),
])
def test_bad_arguments_are_refused_in_words(other, error):
    with pytest.raises(error, match="; got .* Try "):
        secret_key_length(ONE, **other)
    with pytest.raises(TypeError, match="must be Counts; got .* Try "):
        secret_key_length("counts.csv")


def test_intensities_that_fit_no_bound_are_refused_in_words():
    with pytest.raises(ValueError, match=r"mu1 > mu2 \+ mu3; got .* Try"):
        secret_key_length(dataclasses.replace(TWO, intensities=(0.5, 0.4, 0.2)))
    with pytest.raises(ValueError, match="must hold some light"):
        secret_key_length(dataclasses.replace(ONE, intensities=(0.5, 0.0)))
    with pytest.raises(ValueError, match="two or three intensities"):
        secret_key_length(PHOTONS)
    with pytest.raises(ValueError, match="must have been sent"):
        secret_key_length(dataclasses.replace(ONE, probabilities=(1, 0)))


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 3), st.lists(st.lists(st.integers(0, 10**7), min_size=3, max_size=3), min_size=6, max_size=6))
def test_any_record_ends_as_a_key_or_an_abort(kinds, numbers):
    rows = [sorted(row, reverse=True) for row in numbers]
    tables = {name: [[rows[2 * k][i], rows[2 * k + 1][i]] for k in range(kinds)]
              for i, name in enumerate(("sent", "sifted", "errors"))}
    made = Counts(intensities=(0.5, 0.1, 0.0)[:kinds], probabilities=(1 / kinds,) * kinds, **tables)
    found = secret_key_length(made)
    assert isinstance(found, Abort) or (isinstance(found, KeyLength) and 1 <= found.bits <= made.sifted[:, 0].sum())


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("counts", "source"), [(ONE, "laser pulses"), (TWO, "laser pulses"),
                                                (PHOTONS, "single photons")])
def test_the_smallest_epsilons_cost_what_their_logarithms_cost(counts, source):
    def length(**odds):
        found = secret_key_length(counts, source=source, **odds)
        return found.bits if isinstance(found, KeyLength) else 0

    assert length(eps_cor=1e-300) - length(eps_cor=1e-310) == pytest.approx(10 * 3.3219, abs=1)
    assert 0 <= length(eps_sec=1e-320) < length(eps_sec=1e-9)


@pytest.mark.parametrize("options", [{"leak_bits": 10**400}, {"error_correction": 10**400},
                                     {"error_correction": 1e308}])
def test_numbers_beyond_counting_are_refused_in_words(options):
    with pytest.raises(ValueError, match=f"{next(iter(options))} must.*got.*Try"):
        secret_key_length(ONE, **options)


def test_before_anything_is_corrected_no_bits_are_said_to_be_disclosed():
    few = Counts(intensities=(1,), probabilities=(1,), sent=[[2000] * 2], sifted=[[365, 350]], errors=[[0, 8]])
    told = secret_key_length(few, source="single photons", leak_bits=0)
    assert isinstance(told, Abort) and told.reason.startswith("Up to") and "before any is corrected" in told.reason
    assert "bits were disclosed" in secret_key_length(few, source="single photons", leak_bits=80).reason
