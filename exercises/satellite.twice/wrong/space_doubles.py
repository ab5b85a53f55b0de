"""Decibels of space doubled like those of glass."""

MISCONCEPTION = "satellite.space_doubles"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    loss = parameters["loss_db"]
    return {"fiber_km": loss / 0.2, "space_db": 2 * loss, "glass_db": 2 * loss}
