"""A quarter of the light in space, twice the decibels in glass."""

import math


def answer(parameters: dict[str, float]) -> dict[str, float]:
    loss = parameters["loss_db"]
    return {"fiber_km": loss / 0.2, "space_db": loss + 10 * math.log10(4), "glass_db": 2 * loss}
