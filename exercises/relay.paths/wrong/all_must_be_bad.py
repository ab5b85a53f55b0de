"""A path taken for safe while one of its relays is honest."""

MISCONCEPTION = "relay.all_must_be_bad"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    one = parameters["q"] ** parameters["m"]
    return {"one_path": max(one, 1e-11), "xor": max(one ** parameters["k"], 1e-12)}
