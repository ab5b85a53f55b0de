"""Chains in time, sampled: waits and pairs agree with the exact answer, and wrong physics is rejected."""

from dataclasses import replace

import pytest

from qnetlab import Fiber, GateErrors, Link, Memory, PhotonPairSource, Readout, RepeaterChain
from tests.agreement import agrees

LINK = Link(source=PhotonPairSource(fidelity=0.95, repetition_rate_hz=1e3), fiber=Fiber(length_km=100),
            alice_memory=Memory(t1_s=0.2, t2_s=0.05, write_efficiency=0.2), bob_memory=Memory(t2_s=0.02))
CHAIN = RepeaterChain(links=(LINK, LINK), gates=GateErrors(two_qubit=0.02), station_readout=Readout(error_1=0.05))
LONG = RepeaterChain(links=(replace(LINK, alice_memory=Memory(write_efficiency=0.2), bob_memory=Memory(),
                                    fiber=Fiber()),) * 4, policy="nested", swap_success=0.5)


@pytest.mark.parametrize(("chain", "wrong"), [
    (CHAIN, replace(CHAIN, measure="at_once")),  # messages take no time
    (replace(CHAIN, measure="at_once"), replace(CHAIN, measure="at_once", policy="nested", cutoff_s=0.01)),
    (replace(CHAIN, cutoff_s=0.01, policy="nested"), replace(CHAIN, policy="nested")),
    (replace(CHAIN, swap_success=0.5), CHAIN),
    (LONG, replace(LONG, swap_success=0.55)),
    (replace(LONG, policy="swap_asap", swap_success=1.0), replace(LONG, swap_success=1.0, links=LONG.links[:3])),
], ids=["messages", "cutoff forgotten", "cutoff", "failing swaps", "nested", "the slowest of four"])
def test_followed_pairs(chain, wrong):
    agrees(chain, 20_000, wrong=wrong)


def test_pairs_that_wait_are_not_as_good_as_fresh_ones():
    fresh = (replace(LINK, alice_memory=Memory(write_efficiency=0.2), bob_memory=Memory()),) * 2
    agrees(CHAIN, 5000, wrong=replace(CHAIN, links=fresh))
