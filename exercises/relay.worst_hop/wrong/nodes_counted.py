"""Nodes counted in place of hops."""

MISCONCEPTION = "relay.nodes_counted"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"rate": min(parameters[name] for name in "abcd"), "spent": 5 * parameters["l"]}
