"""The closed form of the backbone explorer in the browser is the one in Python."""

from __future__ import annotations

import numpy as np
import pytest

from qnetlab.theory.trusted_relays import RelayPath
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.backbone import BackboneExplorer
from tests.exact.test_js_twin import ask

ANSWER = "\nfunction answer(config, state) { return relayLine(parametersOf(config, state)); }"


def lines(count):
    rng = np.random.default_rng(20)
    for i in range(count):
        spacing = float(rng.choice([62.5, 75, 100, 187.5, rng.uniform(5, 300)]))
        line = RelayPath(length_km=float(rng.choice([50, 187.5, 500, 2000, rng.uniform(1, 3000)])), spacing_km=spacing,
                         long_hop_km=float(rng.choice([0, rng.uniform(0, 200)])), paths=1 + i % 2,
                         corrupt_probability=float(rng.choice([0, 1e-4, 0.01, rng.uniform(0, 0.9)])))
        yield RelayPath(**{name: getattr(line, name) for name in ("length_km", "spacing_km", "long_hop_km", "paths",
                                                                  "corrupt_probability")},
                        corrupt_first=int(rng.integers(0, line.relays + 1)),
                        corrupt_second=int(rng.integers(0, line.relays + 1)))


def asked(protocols):
    explorer = BackboneExplorer()
    questions = []
    for protocol in protocols:
        explorer.protocol = protocol
        questions.append(to_wire([explorer.config, explorer.state]))
    explorer.close()
    return questions


def test_every_number_agrees():
    protocols = list(lines(200))
    answers = ask(bundle("backbone.js", default_as="shownExplorer") + ANSWER, asked(protocols))
    for protocol, said in zip(protocols, answers, strict=True):
        for name, number in protocol.theory().items():
            assert said[name] == pytest.approx(number, abs=1e-9, rel=1e-9), (protocol, name)
        assert said["longest_km"] == protocol.worst_hop_km


def test_a_wrong_twin_is_caught():
    protocols = [RelayPath(spacing_km=100)]
    right = bundle("backbone.js", default_as="shownExplorer")
    wrong = right.replace("relays * Math.log1p(-corrupt)", "hops * Math.log1p(-corrupt)").replace(
        "leakOf(corrupt, relays, paths)", "leakOf(corrupt, hops, paths)").replace(
        "leakOf(p.corrupt_probability, relays, p.paths)", "leakOf(p.corrupt_probability, hops, p.paths)")
    assert wrong != right
    [good], [bad] = (ask(text + ANSWER, asked(protocols)) for text in (right, wrong))
    wanted = protocols[0].theory()["leak"]
    assert good["leak"] == pytest.approx(wanted, abs=1e-12)
    assert abs(bad["leak"] - wanted) > 1e-3
