"""Without looking back pass 2 finds nothing."""

import runpy
from pathlib import Path

MISCONCEPTION = "key.second_pass_is_nothing"
played = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))["played"]


def answer(parameters: dict[str, int]) -> dict[str, float]:
    game = played(parameters["game"])
    return {"first": float(game["first"]), "never": float(game["hidden"]), "cascades": float(game["cascades"])}
