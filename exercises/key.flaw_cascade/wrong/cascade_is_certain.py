"""With looking back nothing is left."""

import runpy
from pathlib import Path

MISCONCEPTION = "key.cascade_is_certain"
played = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))["played"]


def answer(parameters: dict[str, int]) -> dict[str, float]:
    game = played(parameters["game"])
    return {"first": float(game["first"]), "never": float(game["never"]), "cascades": 0.0}
