"""The scatter of a rare count, sqrt(p/n)."""

MISCONCEPTION = "counting.ones_only"


def answer(parameters: dict[str, float]) -> float:
    return parameters["p"] / parameters["error"] ** 2
