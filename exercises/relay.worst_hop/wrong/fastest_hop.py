"""The rate of the fastest hop."""

MISCONCEPTION = "relay.fastest_hop"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"rate": max(parameters[name] for name in "abcd"), "spent": 4 * parameters["l"]}
