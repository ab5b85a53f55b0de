"""Photons that arrive somewhere."""

MISCONCEPTION = "satellite.either_arm"


def answer(parameters: dict[str, float]) -> float:
    shares = (10 ** (-parameters[f"{who}_db"] / 10) for who in ("alice", "bob"))
    return parameters["rate_mhz"] * 1e6 * sum(shares)
