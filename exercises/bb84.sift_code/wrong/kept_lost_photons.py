"""Equal bases, also where Bob saw nothing."""

from collections.abc import Callable

MISCONCEPTION = "bb84.kept_lost_photons"


def answer(parameters: dict[str, object]) -> Callable[[str, str, str, str], str]:
    def sift(alice_bits: str, alice_bases: str, bob_bases: str, bob_bits: str) -> str:
        rows = zip(alice_bits, alice_bases, bob_bases, bob_bits, strict=True)
        return "".join(bit for bit, a, b, seen in rows if a == b)
    return sift
