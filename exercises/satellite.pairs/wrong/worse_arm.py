"""The worse arm alone."""

MISCONCEPTION = "satellite.worse_arm"


def answer(parameters: dict[str, float]) -> float:
    return parameters["rate_mhz"] * 1e6 * 10 ** (-parameters["bob_db"] / 10)
