"""As if they were alone."""

MISCONCEPTION = "network.nobody_else"


def answer(parameters: dict[str, float]) -> float:
    return parameters["p"] ** 3
