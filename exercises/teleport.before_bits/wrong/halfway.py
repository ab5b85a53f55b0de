"""One of two bits is taken for half of the way."""

MISCONCEPTION = "teleport.halfway"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"before": 0.5, "x_bit": 0.75, "z_bit": 0.75}
