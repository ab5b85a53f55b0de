"""The message is thought to be there at once."""

import math

MISCONCEPTION = "teleport.instant"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"before": 1.0, "x_bit": (1 + math.cos(theta) ** 2) / 2, "z_bit": (1 + math.sin(theta) ** 2) / 2}
