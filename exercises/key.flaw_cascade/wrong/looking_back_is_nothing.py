"""Looking back changes nothing: the program is as good as Cascade."""

import runpy
from pathlib import Path

MISCONCEPTION = "key.looking_back_is_nothing"
played = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))["played"]


def answer(parameters: dict[str, int]) -> dict[str, float]:
    game = played(parameters["game"])
    return {"first": float(game["first"]), "never": float(game["cascades"]), "cascades": float(game["cascades"])}
