"""The closed forms of pairs at angles, of the CHSH test and of noisy pairs in the browser are those in Python."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from qnetlab.devices.link import Link
from qnetlab.devices.readout import Readout
from qnetlab.protocols.chsh import CHSH
from qnetlab.protocols.noisy_pair import NoisyPair
from qnetlab.protocols.pair_at_angles import SOURCES, PairAtAngles
from qnetlab.theory.chsh import deterministic_strategies
from qnetlab.theory.entanglement import concurrence
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.bell import BellExplorer
from qnetlab.widgets.chsh import ChshExplorer
from qnetlab.widgets.fidelity import FidelityExplorer
from tests.exact.test_js_twin import ask
from tests.exact.test_js_twin import protocols as teleportations

ANGLES = ("alice_1_deg", "alice_2_deg", "bob_1_deg", "bob_2_deg")
ANSWER = "\nfunction answer(config, state) { return readings(state, parametersOf(config, state)); }"


def said(explorer, protocols, text=""):
    """What the browser's text says of each protocol."""
    asked = []
    for protocol in protocols:
        explorer.protocol = protocol
        assert explorer.protocol == protocol
        asked.append(to_wire([explorer.config, explorer.state]))
    explorer.close()
    return ask((text or bundle(explorer.entry, default_as="shownExplorer")) + ANSWER, asked)


def pairs_at_angles(count):
    rng = np.random.default_rng(4)
    return [PairAtAngles(source=SOURCES[i % 3], tilt_deg=rng.uniform(0, 45), alice_deg=rng.uniform(-180, 180),
                         bob_deg=(0.0, 90.0, rng.uniform(-180, 180))[i // 3 % 3],
                         link=other.link if i % 2 else Link(), alice_readout=other.alice_readout,
                         bob_readout=other.bob_readout if i % 4 else Readout())
            for i, other in enumerate(teleportations(count))]


def chsh_tests(count):
    rng = np.random.default_rng(5)
    return [CHSH(link=other.link if i % 3 else Link(), plane=("zx", "xy")[i // 2 % 2],
                 alice_readout=other.alice_readout, bob_readout=other.bob_readout,
                 **{angle: float(rng.uniform(-180, 180)) for angle in ANGLES})
            for i, other in enumerate(teleportations(count))]


def test_pairs_at_angles_agree():
    protocols = pairs_at_angles(144)
    for protocol, seen in zip(protocols, said(BellExplorer(), protocols), strict=True):
        theory = protocol.theory()
        for name in ("alice_0", "bob_0", "equal"):
            assert seen[name] == pytest.approx(theory[name], abs=1e-9)
        assert seen["joint"] == pytest.approx([theory[f"both_{k}"] for k in ("00", "01", "10", "11")], abs=1e-9)
    spread = [protocol.theory()["equal"] for protocol in protocols]
    assert max(spread) - min(spread) > 0.5 and {p.source for p in protocols} == set(SOURCES)


def test_chsh_agrees():
    protocols = chsh_tests(144)
    for protocol, seen in zip(protocols, said(ChshExplorer(), protocols), strict=True):
        entangled = float(concurrence(protocol.link.pair()))
        expected = {**protocol.theory(), "s_max": protocol.s_max, "concurrence": entangled}
        assert seen == pytest.approx(expected, abs=1e-9)
    assert {p.plane for p in protocols} == {"zx", "xy"}
    spread = [p.theory()["s"] for p in protocols]
    assert max(spread) - min(spread) > 2


def test_noisy_pairs_agree():
    protocols = [NoisyPair(white_noise=w, dephasing=d) for w in np.linspace(0, 1, 9).tolist()
                 for d in np.linspace(0, 0.5, 9).tolist()]
    for protocol, seen in zip(protocols, said(FidelityExplorer(), protocols), strict=True):
        expected = {**protocol.theory(), "s_max": protocol.s_max, "concurrence": protocol.concurrence}
        assert seen == pytest.approx(expected, abs=1e-9)


def test_the_sixteen_agreements_are_the_same_list():
    text = bundle("chsh.js", default_as="shownExplorer")
    text += "\nfunction answer() { return AGREEMENTS.map(({ answers, s }) => [...answers, s]); }"
    [listed] = ask(text, [[]])
    assert sorted(map(tuple, listed)) == sorted(map(tuple, deterministic_strategies()))


def test_a_wrong_twin_is_caught():
    """The comparison sees a mistake: coins that keep their sign."""
    protocol = PairAtAngles(source="matched_coins", alice_deg=90, bob_deg=90)
    right = bundle("bell.js", default_as="shownExplorer")
    wrong = right.replace('p.source === "matched_coins" ?', 'p.source === "no such source" ?')
    assert wrong != right
    [good], [bad] = said(BellExplorer(), [protocol], right), said(BellExplorer(), [protocol], wrong)
    assert good["equal"] == pytest.approx(0.5, abs=1e-9)
    assert bad["equal"] == pytest.approx(1.0, abs=1e-9)


def test_bobs_share_does_not_contain_alices_angle_in_the_browser_either():
    protocols = pairs_at_angles(24)
    turned = [dataclasses.replace(p, alice_deg=33.0) for p in protocols]
    before, after = said(BellExplorer(), protocols), said(BellExplorer(), turned)
    assert [seen["bob_0"] for seen in before] == [seen["bob_0"] for seen in after]
