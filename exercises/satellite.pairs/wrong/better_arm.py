"""The better arm alone."""

MISCONCEPTION = "satellite.worse_arm"


def answer(parameters: dict[str, float]) -> float:
    return parameters["rate_mhz"] * 1e6 * 10 ** (-parameters["alice_db"] / 10)
