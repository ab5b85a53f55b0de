"""Alice and Bob are counted as stations."""

MISCONCEPTION = "repeater.ends_listed"


def answer(parameters: dict[str, float]) -> list[float]:
    return [k * parameters["km"] / 12 for k in range(13)]
