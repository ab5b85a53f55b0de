"""The coin treated like the superposition."""

import math

MISCONCEPTION = "basis.coin_has_a_direction"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"plus": (1 + math.sin(theta)) / 2, "coin": (1 + math.sin(theta)) / 2}
