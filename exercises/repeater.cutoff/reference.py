"""The time of a round over the share of rounds that end well."""


def answer(parameters: dict[str, float]) -> float:
    p, q, m = 0.01, 0.99, parameters["m"]
    first = 1 / (1 - q**2)
    alone = 2 * p * q * first  # only one of the two comes first
    well = 1 - alone * q**m
    return (first + alone * (1 - q**m) / p) / well
