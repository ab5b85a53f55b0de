"""Two messages under one key, different for every student, and the one that Eve guesses."""

import random

WORDS = [
    "ACE", "AIM", "ANT", "ARM", "BAY", "BED", "BIG", "BOX", "CAT", "COW", "DAY", "DOG", "EAR", "EGG",
    "FAR", "FOX", "HAT", "ICE", "INK", "JAR", "JET", "KEY", "LEG", "MAP", "NET", "OAK", "OWL", "PEN",
    "PIG", "RED", "ROW", "SEA", "SKY", "SUN", "TEA", "TOY", "VAN", "WAX", "YES", "ZOO",
]


def bits_of(word: str) -> str:
    return "".join(f"{ord(letter):08b}" for letter in word)


def added(*rows: str) -> str:
    return "".join(str(sum(map(int, column)) % 2) for column in zip(*rows, strict=True))


def made(seed: int) -> dict[str, str]:
    """Messages and a key for which every foreseen mistake is wrong in another number of bits."""
    dice = random.Random(seed)
    while True:
        one, two = dice.sample(WORDS, 2)
        first, second = bits_of(one), bits_of(two)
        key = "".join(dice.choice("01") for _ in first)
        seals = [added(first, key), added(second, key)]
        guesses = [added(*seals), added(seals[1], first), key, first]
        if len({added(guess, second).count("1") for guess in guesses} | {0}) == len(guesses) + 1:
            return {"word": one, "first": first, "second": second, "key": key, "seal_1": seals[0], "seal_2": seals[1]}


def given(parameters: dict[str, int]) -> dict[str, str]:
    """What Eve has."""
    game = made(parameters["letters"])
    return {name: game[name] for name in ("seal_1", "seal_2", "word")} | {"guess": game["first"]}
