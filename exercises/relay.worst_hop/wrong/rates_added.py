"""The hops taken as if they stood side by side."""

MISCONCEPTION = "relay.rates_added"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"rate": sum(parameters[name] for name in "abcd"), "spent": 4 * parameters["l"]}
