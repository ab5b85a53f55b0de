"""One corrupt relay anywhere taken for enough."""

from qnetlab.theory.trusted_relays import leak_probability

MISCONCEPTION = "relay.more_paths_more_risk"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    q, m, k = parameters["q"], parameters["m"], parameters["k"]
    return {"one_path": float(leak_probability(q, m)), "xor": float(leak_probability(q, m * k))}
