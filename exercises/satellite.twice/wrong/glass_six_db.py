"""Glass, as if light spread in it."""

import math

MISCONCEPTION = "satellite.glass_six_db"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    loss = parameters["loss_db"]
    return {"fiber_km": loss / 0.2, "space_db": loss + 10 * math.log10(4), "glass_db": loss + 10 * math.log10(4)}
