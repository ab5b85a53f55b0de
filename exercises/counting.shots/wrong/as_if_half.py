"""Safe for every share, and more than this one needs."""

MISCONCEPTION = "counting.as_if_half"


def answer(parameters: dict[str, float]) -> float:
    return 0.25 / parameters["error"] ** 2
