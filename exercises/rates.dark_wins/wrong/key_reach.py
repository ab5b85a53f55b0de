"""The length at which the key ends."""

from qnetlab.theory.decoy import decoy_rate
from qnetlab.theory.search import crossing

MISCONCEPTION = "rates.key_reach"


def answer(parameters: dict[str, float]) -> float:
    def rate(km: float) -> float:
        eta = 0.045 * 10 ** (-parameters["attenuation"] * km / 10)
        return float(decoy_rate("infinite", parameters["mu"], eta, background=parameters["per_million"] * 1e-6,
                                misalignment=0.033))

    return crossing(rate, 50.0, 250.0)
