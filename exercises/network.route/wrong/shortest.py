"""The direct fiber, because it is shorter."""

MISCONCEPTION = "network.shortest"


def answer(parameters: dict[str, float]) -> float:
    return parameters["direct"]
