"""Pass 1 finds every wrong bit."""

import runpy
from pathlib import Path

MISCONCEPTION = "key.parity_sees_all"
played = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))["played"]


def answer(parameters: dict[str, int]) -> dict[str, float]:
    game = played(parameters["game"])
    return {"first": float(len(game["wrong"])), "never": 0.0, "cascades": 0.0}
