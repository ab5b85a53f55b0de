"""20 in place of 10."""

import math

MISCONCEPTION = "rates.amplitude"


def answer(parameters: dict[str, float]) -> float:
    return 20 * math.log10(parameters["times"]) / parameters["attenuation"]
