"""Keys that are used once, universal hashing, tags, and the one-time pad."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab.qkd import universal
from qnetlab.qkd.authentication import TAG_KEY_BITS, forgery_probability, tag, transcript_bytes
from qnetlab.qkd.channel import Message
from qnetlab.qkd.key import Key
from qnetlab.qkd.one_time_pad import decrypt, encrypt, two_time_pad
from qnetlab.qkd.universal import PRIME, check_value, polynomial_hash, toeplitz_hash


def random_key(count, seed=1):
    return Key(np.random.default_rng(seed).integers(0, 2, count))


# ------------------------------------------------------------------------------------------------------------- keys


def test_a_key_gives_each_bit_once():
    key = random_key(100)
    first, second = key.take(60), key.take(40)
    assert np.array_equal(np.concatenate([first, second]), random_key(100).take(100))
    assert len(key) == 0 and key.used == 100 and "100 used up" in repr(key)
    with pytest.raises(ValueError, match="as many unused bits") as caught:
        key.take(1)
    assert "gives both messages away" in str(caught.value)


def test_keys_are_equal_by_what_is_left():
    one, two = random_key(100), random_key(100)
    assert one == two != random_key(100, seed=2) and one != "key"
    one.take(1)
    assert one != two
    two.take(1)
    assert one == two
    with pytest.raises(TypeError):
        hash(one)


@pytest.mark.parametrize("bits", [[], [0, 2], "01", None, [[0, 1]], [0.5]])
def test_no_key_is_not_a_key(bits):
    with pytest.raises(ValueError, match="at least one bit"):
        Key(bits)


@pytest.mark.parametrize("count", [-1, 101])
def test_taking_what_is_not_there(count):
    with pytest.raises(ValueError, match="unused bits"):
        random_key(100).take(count)
    with pytest.raises(TypeError, match="count must be a whole number"):
        random_key(100).take(count + 0.5)


# ---------------------------------------------------------------------------------------------------------- hashing


@settings(max_examples=60, deadline=None)
@given(n=st.integers(1, 200), share=st.floats(0.001, 1), seed=st.integers(0, 2**32))
def test_the_fast_toeplitz_product_is_the_plain_one(n, share, seed):
    length = max(1, round(share * n))
    rng = np.random.default_rng(seed)
    bits, row = rng.integers(0, 2, n), rng.integers(0, 2, n + length - 1)
    matrix = np.array([[row[n - 1 + i - j] for j in range(n)] for i in range(length)])
    assert np.array_equal(toeplitz_hash(bits, length, row), matrix @ bits % 2)


def test_a_long_key_is_hashed_piece_by_piece_to_the_same(monkeypatch):
    rng = np.random.default_rng(1)
    bits, row = rng.integers(0, 2, 5000), rng.integers(0, 2, 5000 + 3000 - 1)
    whole = toeplitz_hash(bits, 3000, row)
    monkeypatch.setattr(universal, "_LONGEST", 700)
    assert np.array_equal(toeplitz_hash(bits, 3000, row), whole)


def test_a_transform_that_cannot_be_trusted_is_refused(monkeypatch):
    monkeypatch.setattr(np.fft, "irfft", lambda spectrum, size: np.full(size, 0.4))
    with pytest.raises(ArithmeticError, match="within 0.25 of a whole number"):
        toeplitz_hash([1, 0, 1], 2, [1, 1, 0, 1])


@pytest.mark.parametrize(("length", "row"), [(0, [1, 1]), (4, [1] * 6), (2, [1] * 3)])
def test_a_matrix_that_does_not_fit(length, row):
    with pytest.raises(ValueError, match="must"):
        toeplitz_hash([1, 0, 1], length, row)


def test_toeplitz_hashing_is_universal():
    """Over all seeds two different inputs collide for exactly the share 2^-length; here 6 to 3 bits, all 256 seeds."""
    seeds = (np.arange(256)[:, None] >> np.arange(8)) & 1
    for other in ([1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1], [1, 1, 0, 1, 0, 1]):
        same = sum(np.array_equal(toeplitz_hash(other, 3, s), toeplitz_hash([0] * 6, 3, s)) for s in seeds)
        assert same == 256 / 8


def test_the_polynomial_hash_is_the_polynomial():
    data, point = bytes(range(40)), 3**70
    parts = [int.from_bytes(data[i:i + 15], "little") for i in (0, 15, 30)]
    expected = (parts[0] * point**4 + parts[1] * point**3 + parts[2] * point**2 + 40 * point) % PRIME
    assert polynomial_hash(data, point) == expected
    assert polynomial_hash(data + b"\0", point) != expected


@settings(max_examples=50, deadline=None)
@given(data=st.binary(max_size=60), other=st.binary(max_size=60), seed=st.integers(0, 2**32))
def test_different_data_have_different_hashes_at_a_random_point(data, other, seed):
    """At a point that is chosen after the data; who may choose data for a known point makes two collide."""
    rng = np.random.default_rng([seed, 1])
    point, slope = (int.from_bytes(rng.bytes(16), "little") >> 1 for _ in range(2))
    assert (polynomial_hash(data, point) == polynomial_hash(other, point)) == (data == other)
    bits, others = (np.unpackbits(np.frombuffer(d, np.uint8)) for d in (data, other))
    assert (check_value(bits, point, slope) == check_value(others, point, slope)) == (data == other)


def test_who_knows_the_point_makes_two_messages_collide():
    first = (3).to_bytes(15, "little") + (1).to_bytes(15, "little")
    second = (2).to_bytes(15, "little") + (8).to_bytes(15, "little")
    assert polynomial_hash(first, 7) == polynomial_hash(second, 7)
    assert polynomial_hash(first, 8) != polynomial_hash(second, 8)


def test_a_tag_covers_everything():
    secret = np.random.default_rng(1).integers(0, 2, TAG_KEY_BITS, dtype=np.uint8)
    said = [Message("alice", "a", b"bc"), Message("bob", "d")]
    right = tag(transcript_bytes(said), secret)
    for other in ([Message("alice", "ab", b"c"), said[1]], said[::-1], said[:1], [said[0], Message("eve", "d")],
                  [*said, Message("", "")]):
        assert tag(transcript_bytes(other), secret) != right
    for place in range(TAG_KEY_BITS):
        changed = secret.copy()
        changed[place] ^= 1
        assert tag(transcript_bytes(said), changed) != right
    assert forgery_probability(said) < 1e-36


# ------------------------------------------------------------------------------------------------- the one-time pad


@pytest.mark.parametrize("message", ["", "grün", b"\0\xff", np.arange(12, dtype=np.uint8).reshape(3, 4)])
def test_what_is_encrypted_comes_back(message):
    alice, bob = random_key(200), random_key(200)
    sealed = encrypt(message, alice)
    back = decrypt(sealed, bob)
    assert np.array_equal(back, message) if isinstance(message, np.ndarray) else back == message
    assert alice == bob and alice.used == 8 * len(sealed.data)


def test_every_message_uses_new_bits():
    key = random_key(1000)
    assert encrypt(b"same", key).data != encrypt(b"same", key).data
    with pytest.raises(ValueError, match="unused bits"):
        encrypt(b"x" * 200, key)


def test_keys_out_of_step_are_noticed():
    alice, bob = random_key(1000), random_key(1000)
    encrypt("lost on the way", alice)
    with pytest.raises(ValueError, match="used up to the same bit"):
        decrypt(encrypt("second", alice), bob)


def test_every_text_of_its_length_fits_a_sealed_message():
    """Perfect secrecy, shown: for each other message there is a key under which the same bytes are its seal."""
    sealed = encrypt("meet at noon", random_key(200))
    pad = np.frombuffer(sealed.data, np.uint8) ^ np.frombuffer(b"stay at home", np.uint8)
    assert decrypt(sealed, Key(np.unpackbits(pad))) == "stay at home"


def test_a_key_used_twice_shows_both_messages():
    one, two = np.zeros((20, 20), np.uint8), np.zeros((20, 20), np.uint8)
    one[5:15, 5:15], two[:, ::3] = 255, 255
    key = random_key(10_000)
    found = two_time_pad(one, two, key)
    assert np.array_equal(found.seen, one ^ two) and key.used == 8 * 400
    assert np.array_equal(found.first.picture ^ found.second.picture, found.seen)
    with pytest.raises(ValueError, match="same shape"):
        two_time_pad("short", "longer", key)


def test_a_message_of_another_kind():
    with pytest.raises(TypeError, match="a text, bytes or an array of uint8"):
        encrypt(np.zeros(3), random_key(100))
    assert "key bits from 0" in repr(encrypt("a", random_key(100)))
