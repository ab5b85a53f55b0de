"""The slowest hop decides; every hop pays for every bit."""

from qnetlab.theory.trusted_relays import bits_spent, end_to_end_rate


def answer(parameters: dict[str, float]) -> dict[str, float]:
    rates = [parameters[name] for name in "abcd"]
    return {"rate": end_to_end_rate(rates), "spent": float(bits_spent(parameters["l"], 4))}
