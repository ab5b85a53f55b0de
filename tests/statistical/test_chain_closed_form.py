"""The closed form of a chain of memories beside RepeaterChain, which follows every run by itself."""

from __future__ import annotations

import dataclasses
import math

import pytest

from qnetlab import (
    ChainKeyRate,
    Fiber,
    GateErrors,
    HeraldedLink,
    Link,
    Memory,
    PhotonPairSource,
    Readout,
    RepeaterChain,
)
from qnetlab.theory.chain_memory import mean_decay

RUNS = 40_000


def followed(chain: ChainKeyRate) -> RepeaterChain:
    """The same chain, link by link: half of the pairs that arrive are told, as two clicks on a beam splitter do."""
    fiber = dataclasses.replace(chain.fiber, length_km=chain.fiber.length_km / chain.links)
    keeps = Memory(t2_s=chain.t2_s, write_efficiency=chain.efficiency)
    tells = dataclasses.replace(keeps, write_efficiency=chain.efficiency / 2)
    source = dataclasses.replace(chain.source, repetition_rate_hz=1 / chain.preparation_time_s)
    return RepeaterChain(links=(Link(source=source, fiber=fiber, alice_memory=keeps, bob_memory=tells),) * chain.links,
                         measure="at_once", gates=chain.gates, station_readout=chain.station_readout,
                         error_correction=chain.error_correction)


CHAIN = ChainKeyRate(
    fiber=Fiber(length_km=90, attenuation_db_per_km=0.2), stations=2, efficiency=0.7, t2_s=0.05,
    source=PhotonPairSource(fidelity=0.985), gates=GateErrors(two_qubit=0.004, one_qubit=0.002),
    station_readout=Readout(error_0=0.003, error_1=0.006), preparation_time_s=1e-4)


@pytest.mark.parametrize("more", [
    {}, {"t2_s": 0.004}, {"preparation_time_s": 1e-3}, {"source": PhotonPairSource(fidelity=0.97, noise="dephasing")}])
def test_two_links_are_the_same_in_both(more):
    chain = dataclasses.replace(CHAIN, **{"stations": 1, **more})
    told, known = chain.theory(), followed(chain).theory()
    names = {"wait_s": "waiting_time_s", "pairs_per_s": "rate_hz", "xx": "xx", "yy": "yy", "zz": "zz",
             "fidelity": "fidelity", "qber_x": "qber_x", "qber_z": "qber_z", "bits_per_s": "secret_key_rate_hz"}
    for ours, theirs in names.items():
        assert told[ours] == pytest.approx(known[theirs], rel=1e-9, abs=1e-12), ours


def test_two_clicks_are_as_likely_as_the_heralded_link_says():
    link = HeraldedLink(fiber=Fiber(length_km=30, attenuation_db_per_km=0.2), emission_efficiency=0.7)
    assert CHAIN.success_probability == pytest.approx(link.success_probability, rel=1e-12)


@pytest.mark.parametrize("stations", [2, 4, 7])
def test_every_run_followed_gives_the_closed_form_on_average(stations):
    """Means of RUNS runs, within five of their own standard errors by theory; a chain with one decay fewer is refused.

    x^(2w) has the mean at twice the decay, so theory knows the spread, too.
    """
    chain = dataclasses.replace(CHAIN, stations=stations, fiber=Fiber(length_km=30 * (stations + 1),
                                                                      attenuation_db_per_km=0.2))
    p, kappa, links = chain.success_probability, chain.attempt_time_s / chain.t2_s, chain.links
    seen = followed(chain).follow(RUNS, rng=18)
    swing = chain.theory()["xx"] / 2  # fidelity = rest + swing * x^w / mean
    mean, square = mean_decay(p, kappa, links), mean_decay(p, 2 * kappa, links)
    error = swing * math.sqrt((square - mean**2) / RUNS) / mean
    away = abs(float(seen.fidelity.mean()) - chain.fidelity)
    assert away < 5 * error
    wrong = chain.fidelity + swing * (mean_decay(p, kappa, links - 1) / mean - 1)
    assert abs(float(seen.fidelity.mean()) - wrong) > 20 * error
    wait = seen.waiting_time_s
    assert abs(float(wait.mean()) - chain.wait_s) < 5 * float(wait.std()) / RUNS**0.5
