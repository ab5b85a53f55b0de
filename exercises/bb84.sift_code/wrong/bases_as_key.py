"""The right photons, but their bases."""

from collections.abc import Callable

MISCONCEPTION = "bb84.bases_as_key"


def answer(parameters: dict[str, object]) -> Callable[[str, str, str, str], str]:
    def sift(alice_bits: str, alice_bases: str, bob_bases: str, bob_bits: str) -> str:
        rows = zip(alice_bits, alice_bases, bob_bases, bob_bits, strict=True)
        return "".join("01"[a == "X"] for bit, a, b, seen in rows if a == b and seen != "-")
    return sift
