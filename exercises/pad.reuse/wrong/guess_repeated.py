"""The first message again."""

import runpy
from pathlib import Path

MISCONCEPTION = "pad.guess_repeated"
found = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))


def answer(parameters: dict[str, int]) -> str:
    game = found["made"](parameters["letters"])
    return str(game["first"])
