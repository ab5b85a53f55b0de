"""First one link, then the other."""

MISCONCEPTION = "repeater.one_after_the_other"


def answer(parameters: dict[str, float]) -> float:
    return 2 / parameters["p"]
