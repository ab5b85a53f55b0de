"""The two routes taken for independent: the middle link is counted twice."""

MISCONCEPTION = "network.middle_twice"


def answer(parameters: dict[str, float]) -> float:
    return parameters["p"] ** 3 - parameters["p"] ** 6 / 2
