"""One bit alone is taken for none."""

MISCONCEPTION = "teleport.useless_bit"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"before": 0.5, "x_bit": 0.5, "z_bit": 0.5}
