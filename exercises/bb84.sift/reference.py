"""Keep a bit where Bob's detector clicked and the bases are the same."""

import runpy
from pathlib import Path

given = runpy.run_path(str(Path(__file__).parent / "given.py"))["given"]


def answer(parameters: dict[str, int]) -> str:
    rows = {name: row.split() for name, row in given(parameters).items()}
    return "".join(bit for bit, basis, other, seen in zip(
        rows["alice_bits"], rows["alice_bases"], rows["bob_bases"], rows["bob_bits"], strict=True)
        if basis == other and seen != "-")
