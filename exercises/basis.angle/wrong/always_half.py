"""A superposition taken for a coin."""

MISCONCEPTION = "basis.always_half"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"plus": 0.5, "coin": 0.5}
