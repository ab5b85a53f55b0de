"""Q = 2 (1 - F)/3 in every basis, then one minus what Eve may know and what correction discloses."""

from qnetlab.theory.key_rates import bb84_secret_fraction


def answer(parameters: dict[str, float]) -> float:
    return float(bb84_secret_fraction(2 * (1 - parameters["f"]) / 3, error_correction=1.16))
