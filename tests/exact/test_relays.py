"""What relays do with real bits agrees with what the closed forms say of it."""

import itertools

import numpy as np
import pytest

from qnetlab import TrustedBackbone, TrustedRelay, decrypt
from qnetlab.network.backbone import KeyDemand, chain
from qnetlab.network.relays import forward, join_shares, recover, split_key
from qnetlab.qkd.key import Key
from qnetlab.theory.trusted_relays import leak_probability, split_leak_probability


def bits(count, seed):
    return np.random.default_rng(seed).integers(0, 2, count, dtype=np.uint8)


def copies(count, seed):
    return Key(bits(count, seed)), Key(bits(count, seed))


def test_bob_ends_with_alices_key_and_the_relay_has_it_too():
    alice, bob = Key(bits(300, 1)), Key(bits(180, 2))
    relay = TrustedRelay(*(Key(bits(n, seed)) for n, seed in ((300, 1), (180, 2))))
    made = recover(relay.announce(), bob)
    assert len(made) == 180
    assert np.array_equal(made.take(180), alice.take(180))
    assert np.array_equal(relay.known, bits(300, 1)[:180])
    assert len(relay) == 0
    with pytest.raises(ValueError, match="as many unused bits as are announced; got wanted=1 bit"):
        relay.announce(1)


def test_the_announcement_alone_says_nothing():
    """Over all keys of three bits: whatever was announced, each of Alice's keys is as likely as before."""
    seen = np.zeros((8, 8))
    for a, b in itertools.product(range(8), repeat=2):
        keys = [np.array([v >> i & 1 for i in range(3)], np.uint8) for v in (a, b)]
        said = TrustedRelay(*map(Key, keys)).announce()
        seen[a, int(said @ [1, 2, 4])] += 1 / 64
    assert np.allclose(seen, 1 / 64, atol=1e-15)


def test_every_relay_of_a_line_reads_the_message_and_who_has_one_key_only_of_another_hop_does_not():
    hops = [copies(400, seed) for seed in range(4)]
    sent = forward("the key of keys", hops)
    assert sent.message == "the key of keys"
    assert sent.held == ("the key of keys",) * 3
    corrupt = Key(bits(400, 2))  # what relay 2 shares with relay 3
    assert decrypt(sent.sealed[2], corrupt) == "the key of keys"
    assert decrypt(sent.sealed[1], Key(bits(400, 2))) != "the key of keys"
    assert [len(mine) for mine, _ in hops] == [400 - 8 * 15] * 4


def test_one_corrupt_relay_of_two_paths_holds_coins():
    secret = bits(64, 5)
    parts = split_key(secret, 2, rng=3)
    upper = forward(np.packbits(parts[0]), [copies(64, s) for s in (10, 11)])
    lower = forward(np.packbits(parts[1]), [copies(64, s) for s in (20, 21, 22)])
    assert np.array_equal(join_shares([np.unpackbits(upper.message), np.unpackbits(lower.message)]), secret)
    assert not np.array_equal(np.unpackbits(upper.held[0]), secret)
    both = join_shares([np.unpackbits(upper.held[0]), np.unpackbits(lower.held[1])])
    assert np.array_equal(both, secret)


@pytest.mark.parametrize("shares", [1, 2, 3])
def test_all_shares_but_one_are_coins(shares):
    """Over all coins, what is known without the last share is uniform, whatever the secret."""
    for secret in ([0, 0], [1, 0]):
        seen = {}
        for seed in range(400):
            parts = split_key(secret, shares, rng=seed)
            assert np.array_equal(join_shares(parts), secret)
            seen[tuple(np.concatenate(parts[:-1]))if shares > 1 else ()] = seen.get(
                tuple(np.concatenate(parts[:-1])) if shares > 1 else (), 0) + 1
        assert len(seen) == 4 ** (shares - 1)


@pytest.mark.parametrize("lengths", [(3,), (2, 2), (1, 3), (2, 1, 2)])
@pytest.mark.parametrize("q", [0.01, 0.3])
def test_the_chance_of_a_leak_is_the_sum_over_all_ways_to_be_corrupt(lengths, q):
    links = [link for i, m in enumerate(lengths)
             for link in chain([1.0] * (m + 1), names=("alice", *(f"p{i}r{j}" for j in range(m)), "bob"))]
    demand = KeyDemand(paths="disjoint" if len(lengths) > 1 else "one")
    network = TrustedBackbone(links=tuple(links), demands=(demand,))
    relays = [node for node in network.nodes if node not in ("alice", "bob")]
    total = sum(q ** len(bad) * (1 - q) ** (len(relays) - len(bad)) * network.read_by(demand, bad)
                for count in range(len(relays) + 1) for bad in itertools.combinations(relays, count))
    wanted = split_leak_probability(q, lengths) if len(lengths) > 1 else leak_probability(q, lengths[0])
    assert total == pytest.approx(float(wanted), abs=1e-12)
    assert network.leak_probability(demand, q) == pytest.approx(total, abs=1e-12)
    assert total != pytest.approx(q * len(relays), rel=1e-4)  # the wrong model: chances added up
