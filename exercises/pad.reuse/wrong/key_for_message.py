"""The key itself."""

import runpy
from pathlib import Path

MISCONCEPTION = "pad.key_for_message"
found = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))


def answer(parameters: dict[str, int]) -> str:
    game = found["made"](parameters["letters"])
    return str(game["key"])
