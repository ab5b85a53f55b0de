"""Every wrong Bell state is thought to flip the bit."""

MISCONCEPTION = "mixed.every_wrong_state"


def answer(parameters: dict[str, float]) -> float:
    return 1 - parameters["f"]
