"""The brightest memory that is allowed, either of two, once per answer."""


def answer(parameters: dict[str, float]) -> float:
    f, eta = parameters["f"], parameters["eta"]
    a = (1 - f) / (1 - f * eta / 2)
    return (2 * a * eta - a**2 * eta**2) / (parameters["km"] * 1.4682 / 299_792.458)
