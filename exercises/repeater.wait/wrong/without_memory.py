"""Both in the same attempt."""

MISCONCEPTION = "repeater.without_memory"


def answer(parameters: dict[str, float]) -> float:
    return 1 / parameters["p"] ** 2
