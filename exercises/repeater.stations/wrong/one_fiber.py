"""A cable."""

MISCONCEPTION = "repeater.one_fiber"


def answer(parameters: dict[str, float]) -> list[float]:
    return []
