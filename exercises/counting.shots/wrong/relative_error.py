"""The error taken as a share of the share."""

MISCONCEPTION = "counting.relative_error"


def answer(parameters: dict[str, float]) -> float:
    p, error = parameters["p"], parameters["error"]
    return (1 - p) / (p * error**2)
