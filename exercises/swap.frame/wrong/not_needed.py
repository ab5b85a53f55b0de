"""The middle is thought free to keep quiet."""

MISCONCEPTION = "swap.frame_not_needed"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {"XX": "none", "YY": "none", "ZZ": "none"}
