"""Each bit saves one component of the arrow; F = (1 + overlap of the arrows)/2."""

import math


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    x_part, z_part = math.sin(theta), math.cos(theta)
    return {"before": 0.5, "x_bit": (1 + z_part**2) / 2, "z_bit": (1 + x_part**2) / 2}
