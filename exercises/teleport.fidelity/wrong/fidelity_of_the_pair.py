"""The pair's fidelity is given for the message's."""

MISCONCEPTION = "teleport.fidelity_of_the_pair"


def answer(parameters: dict[str, float]) -> float:
    return parameters["f"]
