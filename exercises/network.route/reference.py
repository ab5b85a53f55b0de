"""The long way: visibilities multiply over five links, and still it is the better one."""


def answer(parameters: dict[str, float]) -> float:
    v = (4 * parameters["each"] - 1) / 3
    return max(parameters["direct"], (1 + 3 * v**5) / 4)
