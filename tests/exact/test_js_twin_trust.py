"""The closed form of the trust explorer in the browser is the one in Python."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qnetlab import E91, Fiber, Link, Memory, PhotonPairSource, Readout
from qnetlab.theory.entropy import surprise
from qnetlab.theory.key_rates import bb84_secret_fraction, six_state_secret_fraction
from qnetlab.theory.pair_keys import pair_keys
from qnetlab.widgets._bundle import bundle
from qnetlab.widgets._wire import to_wire
from qnetlab.widgets.trust import TrustExplorer
from tests.exact.test_js_twin import ask

ANSWER = ("\nfunction answer(config, state) { const p = parametersOf(config, state); "
          "return { ...ekert(p), ...pairKeys(ekert(p), state.error_correction), shown: trustReadings(state, p) }; }")


def protocols(count):
    rng = np.random.default_rng(77)
    for i in range(count):
        noise = ("white", "dephasing")[i % 2]
        memory = Memory(t1_s=0.02, t2_s=0.013, dephasing=("exponential", "gaussian")[i % 2]) if i % 3 == 0 else Memory()
        readouts = [Readout(error_0=float(e0), error_1=float(e1)) for e0, e1 in rng.uniform(0, 0.1, (2, 2))]
        yield E91(link=Link(source=PhotonPairSource(fidelity=float(rng.uniform(0.5, 1)), noise=noise),
                            fiber=Fiber(length_km=float(rng.uniform(0, 100))), alice_memory=memory),
                  alice_readout=readouts[0], bob_readout=readouts[1] if i % 4 else Readout())


def test_every_number_agrees():
    explorer = TrustExplorer()
    asked = []
    for i, protocol in enumerate(protocols(96)):
        explorer.protocol = protocol
        explorer.state = {**explorer.state, "error_correction": 1 + (i % 31) / 100}
        asked.append((protocol, explorer.secret_bits(protocol), to_wire([explorer.config, explorer.state])))
    answers = ask(bundle("trust.js", default_as="shownExplorer") + ANSWER, [question for _, _, question in asked])
    explorer.close()
    for (protocol, keys, _), said in zip(asked, answers, strict=True):
        for name, number in protocol.theory().items():
            assert said[name] == pytest.approx(number, abs=1e-9)
        for name, bits in keys._asdict().items():
            assert said[name] == pytest.approx(float(bits), abs=1e-9)
            assert said["shown"][name] == pytest.approx(max(0.0, float(bits)), abs=1e-9)


@pytest.mark.parametrize("q", [0.0, 0.02, 0.05, 0.11])
@pytest.mark.parametrize("f", [1.0, 1.16])
def test_the_keys_of_werner_pairs_are_the_known_ones(q, f):
    v = 1 - 2 * q
    keys = pair_keys(v, -v, v, chsh_s=2 * math.sqrt(2) * v, qber=q, error_correction=f)
    assert float(keys.trusted) == pytest.approx(float(bb84_secret_fraction(q, error_correction=f)), abs=1e-12)
    assert float(keys.three_bases) == pytest.approx(float(six_state_secret_fraction(q, error_correction=f)), abs=1e-12)


def test_two_bases_never_give_more_than_three_and_that_is_the_worst_of_all_pairs():
    """The key of two bases is that of three, at the Y errors that are worst for it."""
    rng = np.random.default_rng(5)
    for _ in range(50):
        shares = rng.dirichlet([6, 1, 1, 1])
        plus, minus, flip, both = shares
        xx, yy, zz = plus - minus + flip - both, -plus + minus + flip - both, plus + minus - flip - both
        keys = pair_keys(xx, yy, zz, chsh_s=2.0, qber=0.0)
        wrong_z, wrong_x = flip + both, minus + both
        worst = min(1 - sum(float(surprise(s)) for s in (1 - wrong_z - wrong_x + y, wrong_x - y, wrong_z - y, y))
                    for y in np.linspace(max(0, wrong_z + wrong_x - 1), min(wrong_z, wrong_x), 4001))
        assert float(keys.trusted) == pytest.approx(worst, abs=1e-5)
        assert float(keys.three_bases) >= float(keys.trusted) - 1e-12


def test_a_wrong_twin_is_caught():
    explorer = TrustExplorer(pair_fidelity=0.9)
    question, right = to_wire([explorer.config, explorer.state]), bundle("trust.js", default_as="shownExplorer")
    wrong = right.replace("together(a1, b1) - together(a1, b3)", "together(a1, b1) + together(a1, b3)")
    assert wrong != right
    [good], [bad] = ask(right + ANSWER, [question]), ask(wrong + ANSWER, [question])
    assert good["s"] == pytest.approx(explorer.protocol.theory()["s"], abs=1e-9)
    assert bad["s"] < good["s"] - 1
    explorer.close()
