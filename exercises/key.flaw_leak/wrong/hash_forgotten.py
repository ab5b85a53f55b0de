"""The 64 bits of the hash left out."""

import math
import runpy
from pathlib import Path

from qnetlab.theory.entropy import binary_entropy
from qnetlab.theory.finite_key import sampling_deviation

MISCONCEPTION = "key.hash_forgotten"
given = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))["given"]


def answer(parameters: dict[str, int]) -> float:
    ledger = given(parameters)
    n, k, q = ledger["key_bits"], ledger["test_bits"], ledger["wrong"] / ledger["test_bits"]
    worst = q + float(sampling_deviation(n, k, ledger["eps_sec"]))
    fixed = 64 + 2 * math.log2(1 / ledger["eps_sec"])
    return n * (1 - float(binary_entropy(worst))) - ledger["parities"] - fixed + 64
