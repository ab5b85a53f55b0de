"""The times of the hops added, as if they worked one after the other."""

MISCONCEPTION = "relay.times_in_a_row"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"rate": 1 / sum(1 / parameters[name] for name in "abcd"), "spent": 4 * parameters["l"]}
