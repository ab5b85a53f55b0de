"""The compared bits are kept as key."""

MISCONCEPTION = "bb84.sample_stays_key"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {
        "clicks": "public", "alice_bases": "public", "bob_bases": "public",
        "bases_before": "secret", "sample": "public", "sifted": "secret", "error_count": "public",
    }
