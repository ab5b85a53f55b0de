"""The guessed message taken for the key."""

import runpy
from pathlib import Path

MISCONCEPTION = "pad.guess_as_key"
found = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))


def answer(parameters: dict[str, int]) -> str:
    game = found["made"](parameters["letters"])
    return str(found["added"](game["seal_2"], game["first"]))
