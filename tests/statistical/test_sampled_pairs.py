"""Sampled Bell tests agree with theory, and each test would reject what a student might believe instead."""

from dataclasses import replace

import pytest

from qnetlab import CHSH, NoisyPair, PairAtAngles, Readout
from tests.agreement import agrees
from tests.statistical.test_sampled import LINK, NO_PAIR, PERFECT_MEMORIES

READOUT = Readout(error_0=0.02, error_1=0.1)
TEST = CHSH(link=LINK, alice_readout=READOUT, bob_readout=READOUT)


@pytest.mark.parametrize("wrong", [
    {"link": NO_PAIR}, {"link": PERFECT_MEMORIES}, {"alice_readout": Readout(), "bob_readout": Readout()},
    {"alice_readout": Readout()}, {"bob_1_deg": 22.5, "bob_2_deg": -22.5}, {"bob_1_deg": 0, "bob_2_deg": 90},
], ids=["no pair", "memories forget nothing", "perfect readout", "one readout counted", "half the angle",
        "bob measures what alice does"])
def test_chsh(wrong):
    agrees(TEST, 20000, wrong=replace(TEST, **wrong))


def test_chsh_really_shot():
    agrees(TEST, 8000, mode="shots", wrong=replace(TEST, bob_1_deg=22.5, bob_2_deg=-22.5))


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [
    {"source": "matched_coins"}, {"source": "bell_pair"}, {"bob_deg": 0}, {"tilt_deg": 30},
], ids=["coins", "all entanglement is maximal", "bob measures Z", "another tilt"])
def test_pair_at_angles(mode, wrong):
    pair = PairAtAngles(source="partly_entangled", alice_deg=60, bob_deg=75, link=LINK, bob_readout=READOUT)
    agrees(pair, 8000, mode=mode, wrong=replace(pair, **wrong))


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [
    NoisyPair(white_noise=0.15), NoisyPair(dephasing=0.1), NoisyPair(white_noise=0.15 + 0.2, dephasing=0),
], ids=["white only", "flips only", "one noise for both"])
def test_noisy_pair(mode, wrong):
    agrees(NoisyPair(white_noise=0.15, dephasing=0.1), 8000, mode=mode, wrong=wrong)
