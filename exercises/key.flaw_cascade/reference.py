"""Play the game."""

import runpy
from pathlib import Path

played = runpy.run_path(str(Path(__file__).parent / "given.py"))["played"]


def answer(parameters: dict[str, int]) -> dict[str, float]:
    game = played(parameters["game"])
    return {"first": float(game["first"]), "never": float(game["never"]), "cascades": float(game["cascades"])}
