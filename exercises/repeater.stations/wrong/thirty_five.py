"""Short spans, and too many pairs to join."""

MISCONCEPTION = "repeater.every_station_errs"


def answer(parameters: dict[str, float]) -> list[float]:
    return [k * parameters["km"] / 36 for k in range(1, 36)]
