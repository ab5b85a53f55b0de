"""The mean of the larger of two geometric waits."""


def answer(parameters: dict[str, float]) -> float:
    p = parameters["p"]
    return (3 - 2 * p) / (p * (2 - p))
