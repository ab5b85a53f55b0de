"""What the best machine reaches."""

import math

MISCONCEPTION = "copies.best_machine"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"yours": (1 + math.cos(theta) ** 2) / 2, "average": 5 / 6}
