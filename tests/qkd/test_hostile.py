"""Whoever stands on the channel, or holds a key, with bad intentions: words or an abort, never a traceback."""

import copy
import pickle
import time
import zlib
from dataclasses import replace

import numpy as np
import pytest

from qnetlab.qkd.abort import Abort
from qnetlab.qkd.authentication import SESSION_KEY_BITS
from qnetlab.qkd.channel import Halt, Message, join, pack_bits, pack_pulses, unpack_pulses
from qnetlab.qkd.distill import distill
from qnetlab.qkd.key import Key
from qnetlab.qkd.one_time_pad import decrypt, encrypt, two_time_pad
from qnetlab.qkd.reconciliation import reconcile
from tests.qkd.makers import honest

RECORD = honest(9000, qber=0.01)


def clicks_are(data, bits):
    def tamper(number, message):
        return replace(message, payload=join(data, pack_bits(bits))) if message.kind == "clicks" else message

    return tamper


def test_pulses_that_run_over_and_come_back_are_noticed():
    over = np.array([2**63 - 1, 2**63 - 1, 2 + int(RECORD.pulse[0])], np.int64)
    assert (np.cumsum(over)[[0, 2]] == [2**63 - 1, RECORD.pulse[0]]).all()  # increasing steps, ending at a true pulse
    session = distill(RECORD, source="single photons", rng=1,
                      tamper=clicks_are(zlib.compress(over.tobytes()), [0, 0, 0]))
    assert isinstance(session.alice, Abort) and isinstance(session.bob, Abort)
    assert "never sent" in session.alice.reason


def test_a_short_message_does_not_unpack_to_more_than_was_sent():
    started = time.perf_counter()
    session = distill(RECORD, source="single photons", rng=1, tamper=clicks_are(zlib.compress(bytes(2**27)), [0]))
    assert isinstance(session.alice, Abort) and "could not be unpacked" in session.alice.reason
    assert time.perf_counter() - started < 5
    with pytest.raises(Halt):
        unpack_pulses(pack_pulses(np.arange(100)), sent=99)
    assert unpack_pulses(pack_pulses(np.arange(100)), sent=100).tolist() == list(range(100))


@pytest.mark.parametrize("returned", [5, "words", Message("bob", "clicks", None), Message("bob", "clicks", "text"),
                                      Message("bob", None, b""), b"bytes"])
def test_a_line_carries_messages_or_nothing(returned):
    for act in (lambda tamper: distill(RECORD, source="single photons", rng=1, tamper=tamper),
                lambda tamper: reconcile([0, 1] * 50, [0, 1] * 50, 0.1, rng=1, tamper=tamper)):
        with pytest.raises(TypeError, match=r"tamper must return a Message.*got returned=.*Try"):
            act(lambda number, message: returned)
        with pytest.raises(TypeError, match=r"tamper must be a function.*Try"):
            act(7)


@pytest.mark.parametrize("cut", ["clicks", "tested", "equal", "tag"])
def test_what_a_broken_session_used_up_is_counted(cut):
    secrets = tuple(Key(np.arange(3 * SESSION_KEY_BITS) % 3 % 2) for _ in range(2))
    session = distill(RECORD, source="single photons", secrets=secrets, rng=1,
                      tamper=lambda number, message: None if message.kind == cut else message)
    assert not session
    assert [key.used for key in secrets] == [SESSION_KEY_BITS] * 2
    assert session.authentication_bits == SESSION_KEY_BITS == -dict(session.waterfall())["gained"]


@pytest.mark.parametrize("act", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_key_is_never_copied(act):
    with pytest.raises(TypeError, match=r"must not be copied or saved; got unused=3 bit.*a second time.*Try"):
        act(Key([1, 0, 1]))


@pytest.mark.parametrize("options", [{"eps_sec": float("nan")}, {"eps_sec": "x"}, {"eps_cor": -1}, {"eps_cor": 10**400},
                                     {"assumptions": "one string"}, {"assumptions": 5}, {"assumptions": [1]}])
def test_what_a_key_rests_on_is_a_probability_and_sentences(options):
    with pytest.raises((TypeError, ValueError), match=f"{next(iter(options))} must.*got.*Try"):
        Key([1], **options)


@pytest.mark.parametrize("wrong", [None, 5, "key", np.zeros(80, np.uint8), Abort(reason="None came of it.")])
def test_a_pad_needs_a_key_and_what_encrypt_returned(wrong):
    key = Key([1] * 80)
    sealed = encrypt("a", key)
    for act in (lambda: encrypt("a", wrong), lambda: decrypt(sealed, wrong), lambda: two_time_pad("a", "b", wrong),
                lambda: decrypt(wrong, key)):
        with pytest.raises(TypeError, match="(needs a Key|needs what encrypt returned).*got.*Try"):
            act()
    assert key.used == 8  # nothing was used up by a mistake but the message that was encrypted


def test_messages_that_cross_are_said_to_share_bits():
    alice, bob = Key([1, 0] * 40), Key([1, 0] * 40)
    sealed = encrypt("hi", alice)
    encrypt("yo", bob)
    with pytest.raises(ValueError, match="encrypted one meanwhile, both used the same bits"):
        decrypt(sealed, bob)


def test_half_a_character_is_a_text_too():
    assert decrypt(encrypt("\ud800", Key([1] * 24)), Key([1] * 24)) == "\ud800"
