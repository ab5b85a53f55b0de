"""The photons of different bases."""

import runpy
from pathlib import Path

MISCONCEPTION = "bb84.kept_different_bases"
given = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))["given"]


def answer(parameters: dict[str, int]) -> str:
    rows = {name: row.split() for name, row in given(parameters).items()}
    return "".join(bit for bit, basis, other, seen in zip(
        rows["alice_bits"], rows["alice_bases"], rows["bob_bases"], rows["bob_bits"], strict=True)
        if basis != other and seen != "-")
