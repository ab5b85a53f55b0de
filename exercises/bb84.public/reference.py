"""Bases after measuring, clicks and counts are public; the sample is spent; the rest is the key."""


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {
        "clicks": "public", "alice_bases": "public", "bob_bases": "public",
        "bases_before": "secret", "sample": "spent", "sifted": "secret", "error_count": "public",
    }
