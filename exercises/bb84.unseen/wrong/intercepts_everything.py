"""The share she intercepts is taken for all of the photons."""

MISCONCEPTION = "bb84.intercepts_everything"


def answer(parameters: dict[str, float]) -> float:
    return 0.75 ** parameters["k"]
