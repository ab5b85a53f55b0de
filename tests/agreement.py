"""The one way to test a sampled run: it agrees with theory, and the same test rejects wrong physics.

Proportions are tested with the exact binomial acceptance region, derived values within 5 sigma of theory, sigma taken
from theory's own probabilities. A test that could not tell the wrong physics apart is refused.
"""

from __future__ import annotations

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
    regions = {
        (setting, key): _region(p, shots, FALSE_FAIL_RATE / max(1, sum(len(o.weights) for _, o in truth.outcomes)))
        for setting, exact in truth.outcomes
        for key, p in _all_keys(exact)
    }
    false_outcomes = dict(lie.outcomes)
    power = max(
        _outside(region, min(1.0, false_outcomes[setting][key]), shots)
        for (setting, key), region in regions.items()
        if setting in false_outcomes
    )
    assert power > POWER, f"this test could not tell the wrong physics apart: power {power:.4f}"

    seen = run(protocol, shots, rng=seed, mode=mode)
    outcomes = dict(seen.outcomes)
    for (setting, key), (low, high) in regions.items():
        count = outcomes[setting][key]
        assert low <= count <= high, f"{setting} {key}: {count} of {shots} outside {low}..{high}"
    expected = {
        setting: Outcomes(registers=exact.registers, n=shots, weights={k: p * shots for k, p in exact.weights})
        for setting, exact in truth.outcomes
    }
    sigmas = protocol.estimates(expected)
    for name, theory in protocol.theory().items():
        distance = abs(seen[name].value - theory)
        assert distance <= 5 * sigmas[name].std_error, f"{name}: {seen[name]} against {theory}"


def _all_keys(exact):
    """Every outcome the registers allow, with its exact probability (0 included: it must then never come)."""
    widths = [width for _, width in exact.registers]
    for index in range(2 ** sum(widths)):
        bits, words = format(index, f"0{sum(widths)}b"), []
        for width in widths:
            words.append(bits[:width])
            bits = bits[width:]
        key = " ".join(words)
        p = exact[key]
        yield key, float(np.clip(p if p > 1e-12 else 0.0, 0.0, 1.0))
