"""One photon in 1/share arrives; a billion start per second."""


def answer(parameters: dict[str, float]) -> float:
    return 1 / (1e9 * 10 ** (-0.2 * parameters["length_km"] / 10))
