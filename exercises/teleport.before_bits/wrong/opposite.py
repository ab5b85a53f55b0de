"""Knowing nothing is taken for F = 0."""

import math

MISCONCEPTION = "teleport.opposite"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"before": 0.0, "x_bit": (1 + math.cos(theta) ** 2) / 2, "z_bit": (1 + math.sin(theta) ** 2) / 2}
