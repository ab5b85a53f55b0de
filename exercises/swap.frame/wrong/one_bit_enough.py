"""x is thought to tell everything."""

MISCONCEPTION = "swap.frame_one_bit_enough"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {"XX": "none", "YY": "x", "ZZ": "x"}
