"""The average over all messages in place of this message."""

MISCONCEPTION = "teleport.average_for_one"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"before": 0.5, "x_bit": 2 / 3, "z_bit": 2 / 3}
