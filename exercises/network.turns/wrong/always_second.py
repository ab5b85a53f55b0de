"""As if the others always went first."""

MISCONCEPTION = "network.always_second"


def answer(parameters: dict[str, float]) -> float:
    return parameters["p"] ** 3 - parameters["p"] ** 5
