"""A man in the middle: without tags two perfect keys that differ, with tags two aborts."""

import pytest

from qnetlab import BB84, Detector, Fiber, impersonate, record
from qnetlab.qkd.abort import Abort
from qnetlab.qkd.distill import distill
from qnetlab.qkd.key import Key
from tests.qkd.makers import honest

HALVES = honest(12_000, qber=0.01, rng=1), honest(12_000, qber=0.01, rng=2)


def test_without_tags_nothing_is_seen_and_eve_holds_both_keys():
    ended = impersonate(*HALVES, authenticated=False, source="single photons", rng=3)
    assert ended.succeeded
    assert isinstance(ended.alice, Key)
    assert isinstance(ended.bob, Key)
    assert ended.alice == ended.with_alice.bob
    assert ended.bob == ended.with_bob.alice
    assert ended.alice != ended.bob
    assert "different" in repr(ended)
    for half, session in zip(HALVES, (ended.with_alice, ended.with_bob), strict=True):
        alone = distill(half, source="single photons", rng=9)  # the same length as with nobody in between
        assert abs(session.key_bits - alone.key_bits) < 300


def test_with_tags_both_stop_and_say_why():
    ended = impersonate(*HALVES, source="single photons", rng=3)
    assert not ended.succeeded
    for end in (ended.alice, ended.bob):
        assert isinstance(end, Abort)
        assert end.reason.startswith("Authentication failed")
    assert repr(ended).count("Authentication failed") == 2


def test_it_is_repeatable():
    first, again = (impersonate(*HALVES, authenticated=False, source="single photons", rng=5) for _ in range(2))
    assert first.alice == again.alice
    assert first.bob == again.bob


def test_from_photon_to_two_keys():
    line = BB84(fiber=Fiber(length_km=20, attenuation_db_per_km=0.2), detector=Detector(efficiency=0.5))
    halves = [record(line, 60_000, rng=seed) for seed in (1, 2)]
    assert impersonate(*halves, authenticated=False, source="single photons", rng=1).succeeded
    assert not impersonate(*halves, source="single photons", rng=1).succeeded


def test_a_wrong_word_is_refused():
    with pytest.raises(TypeError, match="authenticated must be True or False; got authenticated='no'.*Try"):
        impersonate(*HALVES, authenticated="no")


@pytest.mark.parametrize("option", ["secrets", "tamper"])
def test_eve_brings_no_secret_and_no_other_eve(option):
    with pytest.raises(TypeError, match=f"neither secrets nor tamper; got options=.'{option}'.*Try"):
        impersonate(*HALVES, source="single photons", **{option: None})
