"""The one way to test a sampled run: it agrees with theory, and the same test rejects wrong physics.

Proportions are tested with the exact binomial acceptance region, derived values within 5 sigma of theory, sigma taken
from theory's own probabilities. A test that could not tell the wrong physics apart is refused. Of a register too wide
for every outcome to be listed (a waiting time) it is the share up to each tenth of the exact distribution.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from scipy.stats import binom

from qnetlab import Outcomes
from qnetlab.engine import run

FALSE_FAIL_RATE = 1e-6
POWER = 0.999


def _region(p: float, shots: int, alpha: float) -> tuple[int, int]:
    """Counts low..high that pass: outside lies at most alpha."""
    low = int(binom.ppf(alpha / 2, shots, p)) if p > 0 else 0
    high = int(binom.isf(alpha / 2, shots, p)) if p < 1 else shots
    return (low if p < 1 else shots), (high if p > 0 else 0)


def _outside(region: tuple[int, int], p: float, shots: int) -> float:
    low, high = region
    return float(binom.cdf(low - 1, shots, p) + binom.sf(high, shots, p))


def agrees(protocol, shots, *, wrong, mode="exact", seed=20):
    """Assert that a run with ``shots`` agrees with the exact answer, and that ``wrong`` would not."""
    truth, lie = run(protocol), run(wrong)
    tests = [(setting, key) for setting, exact in truth.outcomes for key in _keys(exact)]
    true, false = dict(truth.outcomes), dict(lie.outcomes)
    regions = {(setting, key): _region(_share(true[setting], key), shots, FALSE_FAIL_RATE / max(1, len(tests)))
               for setting, key in tests}
    power = max(
        _outside(region, _share(false[setting], key), shots)
        for (setting, key), region in regions.items()
        if setting in false
    )
    assert power > POWER, f"this test could not tell the wrong physics apart: power {power:.4f}"

    seen = run(protocol, shots, rng=seed, mode=mode)
    outcomes = dict(seen.outcomes)
    for (setting, key), (low, high) in regions.items():
        count = round(_share(outcomes[setting], key) * shots)
        assert low <= count <= high, f"{setting} {key}: {count} of {shots} outside {low}..{high}"
    expected = {
        setting: Outcomes(registers=exact.registers, n=shots, weights={k: p * shots for k, p in exact.weights})
        for setting, exact in truth.outcomes
    }
    sigmas = protocol.estimates(expected)
    for name, theory in protocol.theory().items():
        distance = abs(seen[name].value - theory)
        assert distance <= 5 * sigmas[name].std_error, f"{name}: {seen[name]} against {theory}"


def _wide(exact):
    return sum(width for _, width in exact.registers) > 20


def _keys(exact):
    """Every outcome that the registers allow (those of probability 0 must never come); of a wide one its tenths."""
    if _wide(exact):
        keys, weights = zip(*exact.weights, strict=True)  # sorted: positive numbers as bits sort as they are
        at = np.searchsorted(np.cumsum(weights), np.arange(0.1, 0.95, 0.1))
        return sorted({keys[i] for i in np.minimum(at, len(keys) - 1)})
    return [" ".join(words) for words in product(*(map("".join, product("01", repeat=w)) for _, w in exact.registers))]


def _share(outcomes, key):
    """How often the key came, or in a wide register one up to it (and a hair: times differ by rounding)."""
    if not _wide(outcomes):
        share = outcomes[key] / (outcomes.n or 1)
    else:
        limit = format(int(key, 2) + 2**20, f"0{len(key)}b")
        share = sum(weight for seen, weight in outcomes.weights if seen <= limit) / (outcomes.n or 1)
    return float(np.clip(share if share > 1e-12 else 0.0, 0.0, 1.0))
