"""The limit of measuring and phoning, before anybody phoned."""

import math

MISCONCEPTION = "teleport.limit_before_bits"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"before": 2 / 3, "x_bit": (1 + math.cos(theta) ** 2) / 2, "z_bit": (1 + math.sin(theta) ** 2) / 2}
