"""YY is added as it stands."""

MISCONCEPTION = "bell.sign_of_yy"


def answer(parameters: dict[str, float]) -> float:
    return (1 + parameters["zz"] + parameters["xx"] + parameters["yy"]) / 4
