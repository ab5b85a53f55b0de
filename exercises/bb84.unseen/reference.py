"""Each sifted bit is wrong with p/4: intercepted, in the wrong basis, and then by a coin."""


def answer(parameters: dict[str, float]) -> float:
    return (1 - parameters["p"] / 4) ** parameters["k"]
