"""Dark counts dilute the errors, as if they were always right."""

import math

MISCONCEPTION = "clicks.dark_never_wrong"


def answer(parameters: dict[str, float]) -> float:
    light = -math.expm1(-0.1 * 0.045 * 10 ** (-0.21 * parameters["length_km"] / 10))
    return 0.033 * light / (light + 1.7e-6)
