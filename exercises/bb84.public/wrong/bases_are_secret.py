"""Announcing bases is taken to give the key away."""

MISCONCEPTION = "bb84.bases_are_secret"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {
        "clicks": "public", "alice_bases": "secret", "bob_bases": "secret",
        "bases_before": "secret", "sample": "spent", "sifted": "secret", "error_count": "public",
    }
