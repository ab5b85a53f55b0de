"""The program's own claim."""

import runpy
from pathlib import Path

MISCONCEPTION = "key.leak_forgotten"
given = runpy.run_path(str(Path(__file__).parents[1] / "given.py"))["given"]


def answer(parameters: dict[str, int]) -> float:
    return given(parameters)["claimed"]
