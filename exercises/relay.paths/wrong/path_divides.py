"""The risk, shared out among the paths."""

MISCONCEPTION = "relay.path_divides"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    one = 1 - (1 - parameters["q"]) ** parameters["m"]
    return {"one_path": one, "xor": one / parameters["k"]}
