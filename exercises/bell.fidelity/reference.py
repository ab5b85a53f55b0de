"""Three correlators, each with the sign that phi_plus has."""


def answer(parameters: dict[str, float]) -> float:
    return (1 + parameters["zz"] + parameters["xx"] - parameters["yy"]) / 4
