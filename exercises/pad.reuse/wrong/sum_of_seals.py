"""The two encrypted messages added."""

import runpy
from pathlib import Path

MISCONCEPTION = "pad.sum_of_seals"
found = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))


def answer(parameters: dict[str, int]) -> str:
    game = found["made"](parameters["letters"])
    return str(found["added"](game["seal_1"], game["seal_2"]))
