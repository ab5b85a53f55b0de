"""Swapping is thought to keep the fidelity."""

MISCONCEPTION = "swap.keeps_the_worst"


def answer(parameters: dict[str, float]) -> float:
    return parameters["f"]
