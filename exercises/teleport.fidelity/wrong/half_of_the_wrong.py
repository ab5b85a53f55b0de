"""A wrong pair is thought to pass half of the messages."""

MISCONCEPTION = "teleport.half_of_the_wrong"


def answer(parameters: dict[str, float]) -> float:
    return (1 + parameters["f"]) / 2
