"""The mean of plus and minus one in place of a probability."""

import math

MISCONCEPTION = "basis.projection"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"plus": math.sin(theta), "coin": 0.5}
