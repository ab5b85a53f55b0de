"""Each path taken for one relay."""

MISCONCEPTION = "relay.one_relay_per_path"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    q = parameters["q"]
    return {"one_path": q, "xor": q ** parameters["k"]}
