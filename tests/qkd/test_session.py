"""Whole sessions: a key that both hold, or a reason; and what becomes of them when somebody stands on the channel."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab.qkd.abort import Abort
from qnetlab.qkd.authentication import SESSION_KEY_BITS
from qnetlab.qkd.channel import Channel, Message, converse, count_bits
from qnetlab.qkd.distill import distill
from qnetlab.qkd.key import Key
from qnetlab.qkd.parties import Agreement, Alice, Bob
from qnetlab.qkd.record import Record
from tests.qkd.makers import honest

DECOYS = {"intensities": (0.5, 0.1, 0.0), "probabilities": (0.5, 0.3, 0.2), "p_z": 0.7, "transmittance": 0.1,
          "darks": 1e-6}


def photons(pulses=9000, **options):
    return honest(pulses, **{"qber": 0.01, **options})


def aborted(session):
    return not session and isinstance(session.alice, Abort | Key) and isinstance(session.bob, Abort | Key) and not (
        isinstance(session.alice, Key) and isinstance(session.bob, Key))


# ---------------------------------------------------------------------------------------------------------- honest


def test_both_hold_the_same_key_and_it_says_what_it_rests_on():
    session = distill(photons(), source="single photons", rng=3)
    assert session and session.alice == session.bob and len(session.alice) == session.key_bits > 100
    assert session.alice.eps_sec == 1e-9 and session.alice.eps_cor < 1.1e-19
    words = repr(session)
    assert "Tomamichel 2012" in words and "no pulse holds two" in words and "authenticated" in words


@pytest.mark.parametrize("kinds", [3, 2])
def test_a_key_from_decoys(kinds):
    decoys = DECOYS if kinds == 3 else {**DECOYS, "intensities": (0.5, 0.1), "probabilities": (0.7, 0.3)}
    session = distill(honest(3_000_000, qber=0.01, **{**decoys, "transmittance": 0.8}), rng=3)
    assert session, session
    assert session.alice == session.bob and session.key_bits > 1000
    assert ("Lim 2014" if kinds == 3 else "Rusca 2018") in repr(session)


@pytest.mark.parametrize("method", ["cascade, few messages", "original cascade", "original cascade, all at once"])
@pytest.mark.parametrize("key_basis", ["Z", "X"])
def test_every_way_to_correct_and_either_basis(method, key_basis):
    session = distill(photons(12_000, qber=0.02), source="single photons", method=method, key_basis=key_basis, rng=3)
    assert session and session.alice == session.bob


def test_the_waterfall_adds_up_and_is_counted_from_the_transcript():
    record = photons(20_000, qber=0.03)
    session = distill(record, source="single photons", rng=3)
    steps = dict(session.waterfall())
    assert steps["sifted"] == np.count_nonzero(record.alice_basis == record.bob_basis)
    assert steps["tested"] == -np.count_nonzero((record.alice_basis == 1) & (record.bob_basis == 1))
    parities = sum(count_bits(m.payload) for m in session.transcript if m.kind == "parities")
    assert steps["leaked"] == -(parities + 64) == -session.leak_bits
    assert steps["sifted"] + steps["tested"] + steps["leaked"] + steps["shortened"] == steps["key"]
    assert steps["gained"] == steps["key"] - SESSION_KEY_BITS


def test_a_first_short_session_can_cost_more_than_it_brings():
    session = distill(photons(7000, qber=0.02), source="single photons", rng=3)
    assert session and 0 < session.key_bits < SESSION_KEY_BITS and dict(session.waterfall())["gained"] < 0


def test_the_next_session_is_authenticated_with_the_key_of_the_last():
    first = distill(photons(20_000), source="single photons", rng=3)
    before = len(first.alice)
    second = distill(photons(20_000, rng=8), source="single photons", secrets=(first.alice, first.bob), rng=4)
    assert second and len(first.alice) == len(first.bob) == before - SESSION_KEY_BITS


def test_the_same_seed_repeats_a_session_and_another_does_not():
    record = photons()
    one, two, other = (distill(record, source="single photons", rng=rng) for rng in (3, 3, 4))
    assert one.transcript == two.transcript and one.alice == two.alice != other.alice


def test_no_secret_is_on_the_channel():
    """Neither side's key bits of the key basis are said: only parities of them, and everything said is counted."""
    session = distill(photons(), source="single photons", rng=3)
    kinds = {m.kind for m in session.transcript}
    assert kinds == {"clicks", "bases", "test bits", "tested", "cut", "pass", "ask", "parities", "check", "fingerprint",
                     "equal", "matrix", "tag"}


# ---------------------------------------------------------------------------------------------------------- aborts


def empty(**changes):
    columns = dict.fromkeys(("pulse", "alice_bit", "alice_basis", "intensity", "bob_basis", "bob_bit"), ())
    return Record(**{**columns, "intensities": (1.0,), "sent": [[50, 50]], "repetition_rate_hz": 1e6, **changes})


@pytest.mark.parametrize(("record", "options", "words"), [
    (empty(), {}, "No sifted bits in basis Z"),
    (empty(sent=[[0, 0]]), {}, "No pulse was sent"),
    (photons(p_z=1.0), {}, "No sifted bits in basis X: an error rate over nothing is undefined"),
    (photons(qber=0.2, pulses=50_000), {}, "of the test bits are wrong"),
    (photons(qber=0.08, pulses=50_000), {"max_qber": 0.05}, "more than the 5.0% allowed"),
    (photons(qber=0.09, pulses=50_000), {}, "bits too many"),
    (photons(1000), {}, "bits too many"),
    (photons(60), {}, "undetermined"),
    (honest(300_000, qber=0.01, **DECOYS), {"source": "laser pulses"}, "single photon: "),
    (honest(2_000_000, qber=0.01, **{**DECOYS, "p_z": 0.95}), {"source": "laser pulses"}, "undetermined"),
    (honest(10_000, qber=0.01, intensities=(0.5, 0.4, 0.3), probabilities=(0.5, 0.3, 0.2)),
     {"source": "laser pulses"}, "Intensities must satisfy mu1 > mu2 \\+ mu3"),
])
def test_every_abort_has_its_reason(record, options, words):
    session = distill(record, **{"source": "single photons", "rng": 3, **options})
    assert not session and session.key_bits == 0
    assert isinstance(session.alice, Abort) and isinstance(session.bob, Abort)
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(session.alice.reason)
    assert "The other side stopped" in session.bob.reason or session.bob.reason == session.alice.reason
    assert "No key." in repr(session)


def test_too_little_secret_in_common():
    session = distill(photons(), source="single photons", secrets=(Key([1] * 100), Key([1] * 100)))
    assert aborted(session) and "needs 508 secret bits" in session.alice.reason


def test_secrets_that_differ():
    session = distill(photons(), source="single photons", secrets=(Key([1, 0] * 254), Key([1, 1] * 254)), rng=1)
    assert aborted(session) and "Authentication failed" in session.alice.reason


# ------------------------------------------------------------------------------------------------- on the channel

RECORD = photons()
HONEST = distill(RECORD, source="single photons", rng=3)
KINDS = {}
for NUMBER, MESSAGE in enumerate(HONEST.transcript):
    KINDS.setdefault((MESSAGE.sender, MESSAGE.kind), []).append(NUMBER)


def meddled(number, change):
    return distill(RECORD, source="single photons", rng=3,
                   tamper=lambda i, message: change(message) if i == number else message)


@pytest.mark.slow
@pytest.mark.parametrize(("sender", "kind"), KINDS)
def test_no_changed_message_ends_in_a_key(sender, kind):
    rng = np.random.default_rng(1)
    numbers = KINDS[sender, kind]
    for number in {numbers[0], numbers[-1]}:
        payload = HONEST.transcript[number].payload
        places = set(range(min(20, len(payload)))) | set(rng.integers(0, max(len(payload), 1), 8).tolist())
        changes = [payload + b"\0", b"\xff" * 40]
        changes += [payload[:i] + bytes([payload[i] ^ (1 << int(rng.integers(8)))]) + payload[i + 1:]
                    for i in places if i < len(payload)]
        changes += [payload[:-1]] if payload else []
        for change in changes:
            session = meddled(number, lambda m, change=change: dataclasses.replace(m, payload=change))
            assert aborted(session), (number, change)


@pytest.mark.parametrize(("sender", "kind"), KINDS)
def test_no_lost_or_foreign_message_ends_in_a_key(sender, kind):
    number = KINDS[sender, kind][0]
    for change in (lambda m: None, lambda m: dataclasses.replace(m, kind="parities"),
                   lambda m: dataclasses.replace(m, kind="nonsense"), lambda m: dataclasses.replace(m, sender="eve"),
                   lambda m: Message(m.sender, "stop", b"no reason")):
        session = meddled(number, change)
        assert (session and change(HONEST.transcript[number]) == HONEST.transcript[number]) or aborted(session)


@pytest.mark.slow
def test_a_session_that_differs_in_a_message_is_not_authenticated():
    """One parity flipped: error correction repairs itself or fails, and in no case is the result called a key."""
    for number in KINDS["alice", "parities"][1:60:7]:
        payload = HONEST.transcript[number].payload
        flipped = payload[:8] + bytes([payload[8] ^ 128]) + payload[9:]
        session = meddled(number, lambda m, flipped=flipped: dataclasses.replace(m, payload=flipped))
        assert aborted(session)


def test_the_man_in_the_middle_has_no_secret_in_common():
    """Two honest sessions with Eve between: no errors, two different keys; only the tags tell."""
    agreed = Agreement(source="single photons")
    shared, guess = ([int(b) for b in np.random.default_rng(s).integers(0, 2, SESSION_KEY_BITS)] for s in (1, 2))
    left, right = photons(rng=11), photons(rng=12)

    def met(record, alice_secret, bob_secret):
        alice = Alice(record.alice(), agreed=agreed, secret=Key(alice_secret), rng=np.random.default_rng(5))
        bob = Bob(record.bob(), intensities=(1.0,), agreed=agreed, secret=Key(bob_secret), rng=np.random.default_rng(6))
        return converse(bob.script(), alice.script(), Channel())

    for record, secrets in ((left, (shared, guess)), (right, (guess, shared))):
        for end in met(record, *secrets):
            assert isinstance(end, Abort)
    bob, alice = met(left, shared, shared)
    assert isinstance(bob, Key) and bob == alice


def test_columns_of_unequal_length_are_noticed():
    agreed, secret = Agreement(source="single photons"), [1] * SESSION_KEY_BITS
    whole = RECORD.alice()
    short = dataclasses.replace(whole, **{n: getattr(whole, n)[:-5] for n in ("pulse", "bit", "basis", "intensity")})
    alice = Alice(short, agreed=agreed, secret=Key(secret), rng=np.random.default_rng(5))
    bob = Bob(RECORD.bob(), intensities=(1.0,), agreed=agreed, secret=Key(secret), rng=np.random.default_rng(6))
    ends = converse(bob.script(), alice.script(), Channel())
    assert all(isinstance(end, Abort) for end in ends) and "no record" in ends[1].reason


@settings(max_examples=40, deadline=None)
@given(pulses=st.integers(0, 3000), qber=st.floats(0, 1), p_z=st.floats(0, 1), kinds=st.integers(1, 3),
       transmittance=st.floats(0.01, 1), seed=st.integers(0, 1000),
       method=st.sampled_from(["cascade", "original cascade"]))
def test_any_record_ends_in_equal_keys_or_in_reasons(pulses, qber, p_z, kinds, transmittance, seed, method):
    intensities = ((1.0,), (0.5, 0.1), (0.5, 0.1, 0.0))[kinds - 1]
    record = honest(pulses, qber=qber, intensities=intensities, p_z=p_z, transmittance=transmittance, rng=seed,
                    probabilities=((1.0,), (0.7, 0.3), (0.5, 0.3, 0.2))[kinds - 1])
    session = distill(record, source="single photons" if kinds == 1 else "laser pulses", method=method, rng=seed)
    if session:
        assert session.alice == session.bob
    else:
        assert session.alice.reason and session.bob.reason


@pytest.mark.parametrize(("change", "words"), [
    ({"record": None}, "record must be a Record"),
    ({"source": "photons"}, "source must be one of"),
    ({"source": "laser pulses"}, "single photons must have one intensity"),
    ({"key_basis": "Y"}, "key_basis must be"),
    ({"method": "ldpc"}, "method must be one of"),
    ({"secrets": (HONEST.alice, HONEST.alice)}, "secrets must be two Keys"), ({"secrets": Key([1])}, "two Keys"),
    ({"eps_sec": 0}, "0 < eps_sec"), ({"max_qber": 0.6}, "0 < max_qber"), ({"eps_sec": "small"}, "0 < eps_sec"),
])
def test_what_cannot_be_is_refused_in_words(change, words):
    with pytest.raises((ValueError, TypeError), match=words) as caught:
        distill(**{"record": RECORD, "source": "single photons", **change})
    assert "; got " in str(caught.value) and "Try " in str(caught.value)
