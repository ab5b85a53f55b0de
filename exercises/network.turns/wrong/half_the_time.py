"""The slots are divided, the leftovers are not."""

MISCONCEPTION = "network.half_the_time"


def answer(parameters: dict[str, float]) -> float:
    return parameters["p"] ** 3 / 2
