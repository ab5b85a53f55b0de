"""0.2 dB per km read as 20 % per km."""

MISCONCEPTION = "counting.percent_per_km"


def answer(parameters: dict[str, float]) -> float:
    return 0.8 ** parameters["length_km"] * 10 ** (-parameters["connectors_db"] / 10)
