"""Only clear passes make key."""


def answer(parameters: dict[str, float]) -> float:
    clear = 1 - parameters["cloudy"] / 100
    return parameters["rate"] * parameters["seconds"] * parameters["passes"] * clear / 1000
