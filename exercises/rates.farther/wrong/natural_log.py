"""The natural logarithm."""

import math

MISCONCEPTION = "rates.natural_log"


def answer(parameters: dict[str, float]) -> float:
    return 10 * math.log(parameters["times"]) / parameters["attenuation"]
