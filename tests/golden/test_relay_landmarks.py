"""Trusted relays: numbers computed by hand."""

import math

import pytest

from qnetlab import published
from qnetlab.network.backbone import KeyDemand, KeyLink, TrustedBackbone, chain
from qnetlab.theory.trusted_relays import (
    RelayPath,
    bits_spent,
    end_to_end_rate,
    hop_rate_bps,
    leak_probability,
    relayed_bits,
    split_leak_probability,
)


def test_the_worst_hop_is_the_rate_and_every_hop_pays():
    assert end_to_end_rate([12_000, 5000, 8000]) == 5000
    assert int(bits_spent(1000, 3)) == 3000
    assert int(bits_spent(1000, 3, authentication_bits=508)) == 4524
    line = TrustedBackbone(links=chain([12_000, 5000, 8000]), demands=(KeyDemand(rate_bps=1000),))
    assert line.rate_bps("alice", "bob") == 5000
    assert line.simulate(duration_s=1, step_s=1).spent.sum() == 3000


def test_the_chance_of_a_leak():
    assert float(leak_probability(0.01, 3)) == pytest.approx(0.029701, abs=1e-12)
    assert float(split_leak_probability(0.01, (2, 2))) == pytest.approx(3.9601e-4, abs=1e-12)
    assert float(leak_probability(0.3, 0)) == 0
    ring = TrustedBackbone(links=(*chain([1, 1, 1], names=("alice", "a1", "a2", "bob")),
                                  *chain([1, 1, 1], names=("alice", "b1", "b2", "bob"))))
    both, one = KeyDemand(paths="disjoint"), KeyDemand()
    assert ring.leak_probability(both, 0.01) == pytest.approx(3.9601e-4, abs=1e-12)
    assert ring.leak_probability(one, 0.01) == pytest.approx(0.0199, abs=1e-12)


def test_300_and_180_kbit_make_180():
    assert int(relayed_bits(300_000, 180_000)) == 180_000
    pass_links = (KeyLink(a="alice", b="satellite", rate_bps=0, arrivals=((3600, 300_000),)),
                  KeyLink(a="satellite", b="bob", rate_bps=0, arrivals=((40_000, 180_000),)))
    day = TrustedBackbone(links=pass_links, demands=(KeyDemand(rate_bps=1e6),)).simulate(step_s=100)
    assert day.served.sum() == 180_000
    assert day.stored_bits[-1].tolist() == [120_000, 0]
    assert day.times_s[1 + int(day.served.argmax())] == 40_000  # nothing before the second pass


def test_a_rate_that_does_not_fall_and_one_that_does():
    """The opposite of a single fiber: ten times as far at the same spacing is as fast."""
    near, far = (RelayPath(length_km=km, spacing_km=50).theory() for km in (200, 2000))
    assert far["rate_bps"] == near["rate_bps"] == float(hop_rate_bps(50))
    assert far["spent"] == 10 * near["spent"] == 40
    assert near["direct_bps"] == far["direct_bps"] == 0
    assert far["bound_bps"] < 1e-30 < near["bound_bps"]
    assert far["leak"] == pytest.approx(1 - 0.99**39, abs=1e-12)
    assert math.isclose(RelayPath(length_km=2000, spacing_km=50, paths=2).theory()["leak"], far["leak"] ** 2)


def test_what_the_published_networks_say():
    found = {(c.id, c.predicted.name): c for c in published.relay_comparisons()}
    assert found["SAT05", "key_rate_bps"].predicted.value == pytest.approx(300_939 / 273)
    times = found["SAT06", "times"]
    assert times.predicted.value == pytest.approx(47_800 * 273 / 300_939)
    assert times.predicted.value > times.measured.value == 40
    assert "arithmetic" in times.reading and "prediction" in found["SAT05", "key_rate_bps"].reading
    assert published.row("SAT06")["reach_km"].value == found["SAT06", "reach_km"].predicted.value
    assert not any(published.is_test(published.row(name)) for name in ("SAT05", "SAT06"))  # no uncertainty is stated
