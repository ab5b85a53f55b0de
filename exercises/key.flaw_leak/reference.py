"""All that was said in public is subtracted."""

import runpy
from pathlib import Path

from qnetlab.theory.finite_key import single_photon_key_length

given = runpy.run_path(str(Path(__file__).parent / "given.py"))["given"]


def answer(parameters: dict[str, int]) -> float:
    ledger = given(parameters)
    return float(single_photon_key_length(
        ledger["key_bits"], ledger["test_bits"], ledger["wrong"] / ledger["test_bits"], leak_bits=ledger["parities"],
        eps_sec=ledger["eps_sec"], eps_cor=2**-63))
