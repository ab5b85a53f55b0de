"""The sample's error rate taken for that of the key."""

import math
import runpy
from pathlib import Path

from qnetlab.theory.entropy import binary_entropy

MISCONCEPTION = "key.sample_taken_for_all"
given = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))["given"]


def answer(parameters: dict[str, int]) -> float:
    ledger = given(parameters)
    n, q = ledger["key_bits"], ledger["wrong"] / ledger["test_bits"]
    fixed = 64 + 2 * math.log2(1 / ledger["eps_sec"])
    return n * (1 - float(binary_entropy(q))) - ledger["parities"] - fixed
