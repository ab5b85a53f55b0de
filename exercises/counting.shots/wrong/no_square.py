"""The error itself in place of its square."""

MISCONCEPTION = "counting.no_square"


def answer(parameters: dict[str, float]) -> float:
    p, error = parameters["p"], parameters["error"]
    return p * (1 - p) / error
