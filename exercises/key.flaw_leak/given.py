"""The ledger of a session, different for every student, and the length that its program claims."""

import math
import random

from qnetlab.theory.entropy import binary_entropy
from qnetlab.theory.finite_key import sampling_deviation

EPS_SEC = 1e-9


def given(parameters: dict[str, int]) -> dict[str, float]:
    """Numbers of a plausible session; the claim subtracts everything but the parities."""
    dice = random.Random(parameters["session"])
    key_bits, test_bits = dice.randrange(120_000, 200_000), dice.randrange(20_000, 35_000)
    wrong = round(test_bits * dice.uniform(0.02, 0.035))
    parities = round(dice.uniform(1.10, 1.20) * key_bits * float(binary_entropy(wrong / test_bits)))
    worst = wrong / test_bits + float(sampling_deviation(key_bits, test_bits, EPS_SEC))
    claimed = math.floor(key_bits * (1 - float(binary_entropy(worst))) - 64 - 2 * math.log2(1 / EPS_SEC))
    return {"sifted": key_bits + test_bits, "key_bits": key_bits, "test_bits": test_bits, "wrong": wrong,
            "parities": parities, "worst_percent": round(100 * worst, 2), "eps_sec": EPS_SEC, "claimed": claimed}
