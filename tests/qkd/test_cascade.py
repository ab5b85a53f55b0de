"""Error correction: what it costs, what it finds, and what happens when somebody stands on the channel."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab.qkd import kernels
from qnetlab.qkd.cascade import alice_answers
from qnetlab.qkd.channel import Channel, Message, Party, converse, count_bits, unpack_bits
from qnetlab.qkd.frames import block_sizes, layout
from qnetlab.qkd.reconciliation import METHODS, reconcile
from qnetlab.theory.entropy import binary_entropy


def pair(length, qber, seed=1):
    """Two keys that differ in exactly the share ``qber`` of their bits."""
    rng = np.random.default_rng(seed)
    alice = rng.integers(0, 2, length, dtype=np.uint8)
    wrong = np.zeros(length, np.uint8)
    wrong[:round(length * qber)] = 1
    return alice, alice ^ rng.permutation(wrong)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("qber", [0.0, 0.01, 0.05, 0.11])
def test_the_wrong_bits_are_found(method, qber):
    alice, bob = pair(6000, qber)
    done = reconcile(alice, bob, qber, method=method, rng=3)
    assert np.array_equal(done.key, alice) and done.reason == ""
    assert done.rounds == sum(m.sender == "bob" for m in done.transcript)


def test_the_leak_is_what_alice_really_said():
    """A referee counts the parities with Alice's key at hand: those disclosed are true, and no more are."""
    alice, bob = pair(5000, 0.03)
    done = reconcile(alice, bob, 0.03, rng=3)
    told = [m for m in done.transcript if m.sender == "alice" and m.payload]
    assert {m.kind for m in told} == {"parities"}
    assert done.leak_bits == sum(len(unpack_bits(m.payload, count_bits(m.payload))) for m in told)
    assert done.leak_bits >= 5000 * binary_entropy(0.03) * 0.98  # no protocol does much better than the limit


def test_alice_knows_only_her_key_and_what_was_said():
    """Her side of the transcript follows from her key and Bob's questions alone: no key of Bob stands behind it."""
    alice, bob = pair(3000, 0.05)
    done = reconcile(alice, bob, 0.05, rng=3)
    asked = [m for m in done.transcript if m.sender == "bob"]
    party = Party("alice")
    side = alice_answers(party, alice, asked[0], "end")
    said = [next(side)] + [side.send(question) for question in asked[1:-1]]
    assert said == [m for m in done.transcript if m.sender == "alice"][:len(said)]


@pytest.mark.parametrize(("believed", "true"), [(0.02, 0.03), (0.03, 0.02), (0.001, 0.05), (0.25, 0.01), (0.0, 0.02)])
@pytest.mark.parametrize("method", METHODS[:2])
def test_a_wrong_estimate_costs_bits_and_not_correctness(believed, true, method):
    for seed in range(3):
        alice, bob = pair(2**13, true, seed)
        done = reconcile(alice, bob, believed, method=method, rng=seed)
        assert np.array_equal(done.key, alice)
        right = reconcile(alice, bob, true, method=method, rng=seed)
        assert done.leak_bits >= right.leak_bits * 0.97


@pytest.mark.slow
@pytest.mark.parametrize(("frame_bits", "qber", "most"), [
    (2**13, 0.02, 1.05), (2**13, 0.03, 1.05), (2**13, 0.05, 1.055), (2**13, 0.11, 1.07),
    (2**16, 0.01, 1.035), (2**16, 0.03, 1.04), (2**16, 0.05, 1.045)])
def test_efficiency(frame_bits, qber, most):
    """Over 64 frames of 2^13 or 8 of 2^16, with the exact number of errors; the spread of the mean is below 0.003."""
    alice, bob = pair(2**19, qber)
    done = reconcile(alice, bob, qber, frame_bits=frame_bits, rng=5)
    assert np.array_equal(done.key, alice)
    assert 1.0 < done.efficiency(qber) < most


def test_fewer_messages_cost_little():
    alice, bob = pair(2**17, 0.03)
    thrifty, quick = (reconcile(alice, bob, 0.03, method=m, frame_bits=2**13, rng=5) for m in METHODS[:2])
    assert quick.rounds < 0.8 * thrifty.rounds
    assert thrifty.leak_bits <= quick.leak_bits < 1.02 * thrifty.leak_bits


def test_a_key_of_any_length_is_cut_without_loss():
    for length in (1, 2, 3, 63, 64, 65, 1000, 2**16 + 1, 200_000):
        plan = layout(length, 0.05, seed=1)
        key = np.random.default_rng(2).integers(0, 2, length, dtype=np.uint8)
        assert np.array_equal(plan.collected(plan.seated(key)), key)
        empty = plan.empty_nodes()
        assert not empty[1] and (plan.frames > 1 or empty[plan.n:].sum() == plan.n - length)
        for order, place in zip(plan.orders, plan.places, strict=True):
            assert np.array_equal(order[place], np.arange(plan.n))


def test_block_sizes():
    assert block_sizes(2**13, 2**13, 0.01)[:3] == [128, 512, 4096]
    assert block_sizes(2, 1, 0.5) == [1] * 15
    assert max(block_sizes(1024, 1024, 0.0)) == 512


@settings(max_examples=60, deadline=None)
@given(length=st.integers(1, 400), seed=st.integers(0, 2**32), share=st.floats(0, 1), believed=st.floats(0, 1),
       method=st.sampled_from(METHODS))
def test_any_two_keys_end_in_some_key(length, seed, share, believed, method):
    rng = np.random.default_rng(seed)
    alice = rng.integers(0, 2, length, dtype=np.uint8)
    bob = alice ^ (rng.random(length) < share)
    done = reconcile(alice, bob, believed, method=method, rng=seed)
    assert done.key is None or len(done.key) == length
    if np.array_equal(alice, bob):
        assert np.array_equal(done.key, alice)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_any_changed_byte_ends_in_a_key_or_a_reason(method):
    alice, bob = pair(300, 0.06)
    honest = reconcile(alice, bob, 0.06, method=method, rng=3)
    kinds = {}
    for number, message in enumerate(honest.transcript):
        kinds.setdefault(message.kind, []).append(number)
    rng = np.random.default_rng(4)
    for numbers in kinds.values():
        for number in {numbers[0], numbers[len(numbers) // 2], numbers[-1]}:
            payload = honest.transcript[number].payload
            changes = [payload + b"x", payload[:-1], b"", bytes([255]) * len(payload)]
            changes += [payload[:i] + bytes([payload[i] ^ (1 << rng.integers(8))]) + payload[i + 1:]
                        for i in range(len(payload))]
            for change in changes:
                def changed(i, m, number=number, change=change):
                    return dataclasses.replace(m, payload=change) if i == number else m

                done = reconcile(alice, bob, 0.06, method=method, rng=3, tamper=changed)
                assert (done.key is None) == bool(done.reason)


@pytest.mark.parametrize("change", [
    lambda m: None, lambda m: Message(m.sender, "nonsense"), lambda m: Message("bob", m.kind),
    lambda m: Message("alice", "stop", b"\xff")])
@pytest.mark.parametrize("number", range(4))
def test_a_lost_or_foreign_message_is_a_reason(change, number):
    alice, bob = pair(300, 0.06)
    done = reconcile(alice, bob, 0.06, rng=3, tamper=lambda i, m: change(m) if i == number else m)
    assert done.key is not None or done.reason


@pytest.mark.slow
def test_a_cheat_cannot_keep_bob_busy_for_ever():
    alice, bob = pair(300, 0.06)
    for seed in range(6):
        rng = np.random.default_rng(seed)

        def noise(_, message, rng=rng):
            if message.kind != "parities" or len(message.payload) <= 8:
                return message
            return dataclasses.replace(message, payload=message.payload[:8] + rng.bytes(len(message.payload) - 8))

        for method in METHODS:
            done = reconcile(alice, bob, 0.06, method=method, rng=3, tamper=noise)
            assert done.key is None or len(done.key) == 300


def test_keys_of_unequal_length_are_noticed():
    alice, bob = pair(300, 0.03)
    done = reconcile(alice[:-1], bob, 0.03)
    assert done.key is None and "different lengths, 299 and 300" in done.reason
    assert reconcile([], [], 0.03).reason == "there is no key to correct"
    with pytest.raises(ValueError, match="efficiency needs a corrected key"):
        done.efficiency(0.03)


@pytest.mark.parametrize(("change", "words"), [
    ({"alice_key": [0, 2]}, "alice_key must be a sequence of bits"),
    ({"bob_key": "0101"}, "bob_key must be a sequence of bits"),
    ({"qber": 1.5}, "0 <= qber <= 1"), ({"qber": "low"}, "0 <= qber <= 1"),
    ({"method": "ldpc"}, "method must be one of"), ({"frame_bits": 1}, "2 <= frame_bits"),
])
def test_what_cannot_be_is_refused_in_words(change, words):
    with pytest.raises(ValueError, match=words) as caught:
        reconcile(**{"alice_key": [0, 1], "bob_key": [0, 1], "qber": 0.1, **change})
    assert "; got " in str(caught.value) and "Try " in str(caught.value)


def test_a_conversation_in_which_nobody_answers_ends():
    def silent():
        return "silent"
        yield

    def talker():
        heard = yield Message("bob", "hello")
        return heard

    assert converse(talker(), silent(), Channel()) == (None, "silent")


def test_parities_of_trees_are_sums():
    bits = np.random.default_rng(1).integers(0, 2, (3, 16), dtype=np.uint8)
    trees = kernels.parity_trees(bits)
    assert np.array_equal(trees[:, 1], bits.sum(axis=1) % 2)
    assert np.array_equal(trees[:, 4:8], bits.reshape(3, 4, 4).sum(axis=2) % 2)
