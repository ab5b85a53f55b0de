"""One corrupt relay is enough on a path, and one on each path for the XOR."""

from qnetlab.theory.trusted_relays import leak_probability


def answer(parameters: dict[str, float]) -> dict[str, float]:
    one = float(leak_probability(parameters["q"], parameters["m"]))
    return {"one_path": one, "xor": one ** parameters["k"]}
