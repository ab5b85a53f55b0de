"""Decibels multiplied by decibels per kilometer."""

import math

MISCONCEPTION = "satellite.fiber_multiplied"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    loss = parameters["loss_db"]
    return {"fiber_km": loss * 0.2, "space_db": loss + 10 * math.log10(4), "glass_db": 2 * loss}
