"""Millions of pairs per second, where pairs per second are asked."""

MISCONCEPTION = "satellite.million_forgotten"


def answer(parameters: dict[str, float]) -> float:
    return parameters["rate_mhz"] * 10 ** (-(parameters["alice_db"] + parameters["bob_db"]) / 10)
