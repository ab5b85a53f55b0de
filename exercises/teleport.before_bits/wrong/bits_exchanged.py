"""The two bits are taken for each other."""

import math

MISCONCEPTION = "teleport.bits_exchanged"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"before": 0.5, "x_bit": (1 + math.sin(theta) ** 2) / 2, "z_bit": (1 + math.cos(theta) ** 2) / 2}
