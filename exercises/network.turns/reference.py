"""First in half of the slots; second in the others, where the middle is gone only if all five links held a pair."""


def answer(parameters: dict[str, float]) -> float:
    p = parameters["p"]
    return p**3 - p**5 / 2
