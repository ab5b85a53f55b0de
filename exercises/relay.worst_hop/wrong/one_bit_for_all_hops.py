"""One key bit for the whole way."""

MISCONCEPTION = "relay.one_bit_for_all_hops"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"rate": min(parameters[name] for name in "abcd"), "spent": parameters["l"]}
