"""What a wrong pair passes is forgotten."""

MISCONCEPTION = "teleport.wrong_pairs_forgotten"


def answer(parameters: dict[str, float]) -> float:
    return 2 * parameters["f"] / 3
