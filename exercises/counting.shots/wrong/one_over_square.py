"""The odds left out."""

MISCONCEPTION = "counting.one_over_square"


def answer(parameters: dict[str, float]) -> float:
    return 1 / parameters["error"] ** 2
