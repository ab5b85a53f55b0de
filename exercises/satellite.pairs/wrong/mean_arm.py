"""The mean of the two arms."""

MISCONCEPTION = "satellite.mean_arm"


def answer(parameters: dict[str, float]) -> float:
    return parameters["rate_mhz"] * 1e6 * 10 ** (-(parameters["alice_db"] + parameters["bob_db"]) / 20)
