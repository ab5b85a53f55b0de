"""Only the outcome that needs no correction is counted."""

import math

MISCONCEPTION = "teleport.one_outcome_of_four"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"before": 0.25, "x_bit": (1 + math.cos(theta) ** 2) / 2, "z_bit": (1 + math.sin(theta) ** 2) / 2}
