"""The closed forms of swapping and purification in the browser are those in Python."""

from __future__ import annotations

import numpy as np
import pytest

from qnetlab.devices.fiber import Fiber
from qnetlab.devices.gates import GateErrors
from qnetlab.devices.link import Link
from qnetlab.devices.memory import Memory
from qnetlab.devices.readout import Readout
from qnetlab.devices.source import PhotonPairSource
from qnetlab.protocols.purification import Purification
from qnetlab.protocols.swapping import Swapping
from qnetlab.theory.states import bell_fidelity
from qnetlab.theory.swapping import uncorrected_pair
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets.purification import PurificationExplorer
from qnetlab.widgets.swap import SwapExplorer
from tests.exact.test_js_twin_bell import said

NAMES = ("xx", "yy", "zz", "fidelity")


def a_link(rng):
    def memory():
        t1_s = float(rng.choice([np.inf, 10 ** rng.uniform(-3, -1)]))
        return Memory(t1_s=t1_s, t2_s=min(10 ** rng.uniform(-3, -1), 2 * t1_s))

    noise = str(rng.choice(["white", "dephasing"]))
    return Link(source=PhotonPairSource(fidelity=rng.uniform(0.5, 1), noise=noise), alice_memory=memory(),
                bob_memory=memory(), fiber=Fiber(length_km=float(rng.choice([0.0, rng.uniform(1, 90)]))),
                herald=str(rng.choice(["midpoint", "none"])))


def readout(rng):
    return Readout(error_0=rng.uniform(0, 0.1), error_1=rng.uniform(0, 0.1))


def chains(count):
    rng = np.random.default_rng(16)
    for i in range(count):  # links 2 to 5, and each way to use the bits
        first, other = a_link(rng), a_link(rng)
        yield Swapping(links=(first, *(other,) * (1 + i % 4)),
                       corrections=("feed_forward", "pauli_frame", "at_once", "none")[i // 4 % 4],
                       gates=GateErrors(one_qubit=rng.uniform(0, 0.1), two_qubit=rng.uniform(0, 0.2)),
                       station_readout=readout(rng), alice_readout=readout(rng), bob_readout=readout(rng))


def test_chains_agree():
    protocols = list(chains(144))
    for protocol, seen in zip(protocols, said(SwapExplorer(), protocols), strict=True):
        theory, pairs = protocol.theory(), protocol.pairs()
        assert [seen[name] for name in NAMES] == pytest.approx([theory[name] for name in NAMES], abs=1e-9)
        assert seen["first"] == pytest.approx(bell_fidelity(pairs[0], "phi_plus"), abs=1e-9)
        assert seen["others"] == pytest.approx(bell_fidelity(pairs[-1], "phi_plus"), abs=1e-9)
        assert seen["quiet"] == pytest.approx(bell_fidelity(uncorrected_pair(pairs), "phi_plus"), abs=1e-9)
        assert seen["bits_s"] == pytest.approx(protocol.bits_delay_s, abs=1e-15)
    spread = [protocol.theory()["fidelity"] for protocol in protocols]
    assert max(spread) - min(spread) > 0.3


def purifications(count):
    rng = np.random.default_rng(17)
    for i in range(count):
        yield Purification(link=a_link(rng), method=("bbpssw", "dejmps", "plain")[i % 3],
                           schedule=("recurrence", "pumping")[i // 3 % 2], rounds=1 + i // 6 % 12,
                           gates=GateErrors(one_qubit=rng.uniform(0, 0.05), two_qubit=rng.uniform(0, 0.1)),
                           alice_readout=readout(rng), bob_readout=readout(rng))


def test_purifications_agree():
    protocols = list(purifications(144))
    for protocol, seen in zip(protocols, said(PurificationExplorer(), protocols), strict=True):
        theory = protocol.theory()
        assert [seen[name] for name in NAMES] == pytest.approx([theory[name] for name in NAMES], abs=1e-9)
        assert seen["kept"] == pytest.approx(protocol.final_fidelity, abs=1e-9)
        assert seen["success"] == pytest.approx(theory[f"success_{protocol.rounds}"], abs=1e-9)
        assert seen["raw_pairs"] == pytest.approx(theory["raw_pairs"], rel=1e-9)
        assert len(seen["stairs"]) == 12


def test_a_wrong_twin_is_caught():
    """The comparison sees a mistake: stations whose CNOTs never err."""
    protocol = next(iter(chains(1)))
    right = bundle("swap.js", default_as="shownExplorer")
    wrong = right.replace("(4 * p.two_qubit_error) / 3", "0")
    assert wrong != right
    [good], [bad] = said(SwapExplorer(), [protocol], right), said(SwapExplorer(), [protocol], wrong)
    assert good["xx"] == pytest.approx(protocol.theory()["xx"], abs=1e-9)
    assert abs(bad["xx"] - good["xx"]) > 1e-6
