"""All four Bell states are thought to be told apart."""

MISCONCEPTION = "swap.optics_all_four"


def answer(parameters: dict[str, float]) -> float:
    return (parameters["retrieval"] * parameters["detection"]) ** 2
