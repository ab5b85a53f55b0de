"""Twice as wide taken for half of the light."""

import math

MISCONCEPTION = "satellite.width_not_area"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    loss = parameters["loss_db"]
    return {"fiber_km": loss / 0.2, "space_db": loss + 10 * math.log10(2), "glass_db": 2 * loss}
