"""A second path, taken to buy nothing."""

MISCONCEPTION = "relay.path_divides"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    one = 1 - (1 - parameters["q"]) ** parameters["m"]
    return {"one_path": one, "xor": one}
