"""Numbers of another world are refused in words, and the largest that are let in still give numbers."""

import math
import warnings

import pytest

from qnetlab import FreeSpacePath, Link, Memory, PairPass, RepeaterChain, SatellitePass, Telescopes, run
from qnetlab.network.pass_key import PassKey

SCOPES = Telescopes(divergence_urad=10, receiver_diameter_m=1)
OVER = SatellitePass(telescopes=SCOPES)


def numbers(thing):
    if isinstance(thing, SatellitePass):
        return [thing.duration_s, thing.loss_db(0.0), thing.at(0.0).loss_db]
    if isinstance(thing, FreeSpacePath):
        return [thing.loss_db, thing.budget.total_db, thing.delay_s]
    if isinstance(thing, PassKey):
        return [thing.key_bits, thing.sifted_bits]
    return [*thing.theory().values(), thing.key_bits(1), thing.link(0.0).source.fidelity]


@pytest.mark.parametrize(("make", "field", "good", "bad"), [
    (lambda **f: SatellitePass(telescopes=SCOPES, **f), "altitude_km", (1e-3, 1e6), (0.0, 1e-300, 1e300)),
    (lambda **f: FreeSpacePath(telescopes=SCOPES, **f), "length_km", (0.0, 1e12), (-1.0, 1e300)),
    (lambda **f: FreeSpacePath(telescopes=SCOPES, length_km=100, **f), "wander_urad", (0.0, 1e6), (-1.0, 1e300)),
    (lambda **f: PassKey(orbit=OVER, **f), "error_correction", (1.0, 10.0), (0.9, 1e300)),
    (lambda **f: PassKey(orbit=OVER, **f), "background_rate_hz", (0.0, 1e15), (-1.0, 1e300)),
    (lambda **f: PairPass(alice=OVER, bob=OVER, **f), "error_correction", (1.0, 10.0), (0.9, 1e300)),
    (lambda **f: PairPass(alice=OVER, bob=OVER, **f), "background_rate_hz", (0.0, 1e15), (-1.0, 1e300)),
    (lambda **f: PairPass(alice=OVER, bob=OVER, background_rate_hz=1e3, **f), "window_s", (1e-15, 1.0),
     (0.0, 5e-324, 2.0)),
])
def test_what_is_let_in_gives_numbers_and_the_rest_is_refused_in_words(make, field, good, bad):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for given in good:
            assert all(math.isfinite(number) for number in numbers(make(**{field: given}))), given
    for given in (*bad, math.inf, math.nan):
        with pytest.raises(ValueError, match=f"{field} must satisfy .*; got .* Try {field}="):
            make(**{field: given})


def test_a_chain_has_a_thousand_links_at_most():
    link = Link(alice_memory=Memory(write_efficiency=0.5, t2_s=1e-2), bob_memory=Memory(t2_s=1e-2))
    told = RepeaterChain(links=(link,) * 1000).theory()
    assert 0 < told["waiting_time_s"] < 1e-3
    with pytest.raises(ValueError, match="links must hold at most 1000 links; got links=1001. "):
        RepeaterChain(links=(link,) * 1001)


def test_runs_of_a_chain_have_a_stated_limit():
    with pytest.raises(ValueError, match=r"shots must satisfy shots <= 10000000; got .* Try shots=100000"):
        run(RepeaterChain(), shots=10**8, rng=1)
    with pytest.raises(ValueError, match=r"shots <= 20000; got .* Try shots=20000"):
        run(RepeaterChain(links=(Link(),) * 1000), shots=20_001, rng=1)


@pytest.mark.parametrize("fields", [{"policy": "nested", "swap_success": 0.9}, {"measure": "keep"}])
def test_waits_that_are_too_long_to_write_out_are_left_out(fields):
    links = tuple(Link(alice_memory=Memory(write_efficiency=1e-4 * (1 + i / 300))) for i in range(300))
    chain = RepeaterChain(links=links, **fields)
    assert ("waiting_time_s" in chain.theory()) == ("policy" not in fields)
    with pytest.raises(ValueError, match="Try shots=1000"):
        run(chain)


def test_many_nested_links_that_fail_are_too_long_to_write_out():
    links = (Link(alice_memory=Memory(write_efficiency=1e-5)),) * 16
    assert "waiting_time_s" not in RepeaterChain(links=links, policy="nested", swap_success=0.9).theory()
