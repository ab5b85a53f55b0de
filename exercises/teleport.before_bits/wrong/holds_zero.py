"""Bob's qubit is taken for a fixed |0>."""

import math

MISCONCEPTION = "teleport.holds_zero"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    passes = math.cos(theta / 2) ** 2
    return {"before": passes, "x_bit": (1 + math.cos(theta) ** 2) / 2, "z_bit": (1 + math.sin(theta) ** 2) / 2}
