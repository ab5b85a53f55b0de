"""The mean of the hops."""

MISCONCEPTION = "relay.mean_rate"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"rate": sum(parameters[name] for name in "abcd") / 4, "spent": 4 * parameters["l"]}
