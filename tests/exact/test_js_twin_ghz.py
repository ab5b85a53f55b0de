"""The closed form of GHZ states in the browser is that in Python."""

from __future__ import annotations

import numpy as np
import pytest

from qnetlab import GHZ, GateErrors, GhzExplorer, Readout
from qnetlab.theory.ghz import CENTER_WAYS
from qnetlab.widgets._bundle import bundle
from tests.exact.test_js_twin_bell import said
from tests.exact.test_js_twin_swapping import a_link

NAMES = ("populations", "coherence", "fidelity", "parity")


def stars(count):
    rng = np.random.default_rng(21)
    for i in range(count):
        first, other = a_link(rng), a_link(rng)
        yield GHZ(links=(first, *(other,) * (1 + i // 5 % 4)), center=CENTER_WAYS[i % 5],
                  gates=GateErrors(one_qubit=rng.uniform(0, 0.1), two_qubit=rng.uniform(0, 0.2)),
                  **{f"{who}_readout": Readout(error_0=rng.uniform(0, 0.1), error_1=rng.uniform(0, 0.1))
                     for who in ("center", "party")})


def test_they_agree():
    protocols = list(stars(160))
    for protocol, seen in zip(protocols, said(GhzExplorer(), protocols), strict=True):
        theory = protocol.theory()
        assert [seen[name] for name in NAMES] == pytest.approx([theory[name] for name in NAMES], abs=1e-9)
    spread = [protocol.theory()["fidelity"] for protocol in protocols]
    assert min(spread) < 0.35 and max(spread) > 0.6


def test_a_wrong_twin_is_noticed():
    protocols = list(stars(20))
    text = bundle("ghz.js", default_as="shownExplorer")
    for right, wrong in (("b * both + a * turn", "b * both - a * turn"), ("(mine ^ other)", "other")):
        assert right in text
        seen = said(GhzExplorer(), protocols, text.replace(right, wrong))
        assert max(abs(one["fidelity"] - protocol.theory()["fidelity"])
                   for one, protocol in zip(seen, protocols, strict=True)) > 1e-2
