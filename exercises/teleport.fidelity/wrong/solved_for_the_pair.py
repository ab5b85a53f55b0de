"""The relation is turned round."""

MISCONCEPTION = "teleport.solved_for_the_pair"


def answer(parameters: dict[str, float]) -> float:
    return (3 * parameters["f"] - 1) / 2
