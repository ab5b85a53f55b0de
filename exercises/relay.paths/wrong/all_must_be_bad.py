"""A path taken for safe while one of its relays is honest."""

MISCONCEPTION = "relay.all_must_be_bad"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    one = parameters["q"] ** parameters["m"]
    return {"one_path": one, "xor": one ** parameters["k"]}
