"""Two KMEs that share a key, ready to be started: ``python -m qnetlab.services.lab FOLDER``.

The key is made by this computer's own source of randomness, as if a link had made it: the lab is about delivery.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np

from ..checks import require
from ..qkd.key import Key
from .entity import CELL_BITS, KME, SECRET_BITS, pair
from .store import KeyStore

#: Each KME, where it listens, and the application that it serves.
PLACES = {"KME_A": (8441, "SAE_A"), "KME_B": (8442, "SAE_B")}


def make_lab(folder: str | Path, *, keys: int = 1000) -> dict[str, str]:
    """Write a store and a file for each of two KMEs; the word of each application is returned.

    Parameters
    ----------
    folder : str or Path
        Made if it is not there; must not hold a lab yet.
    keys : int
        Keys of 256 bits for each side, 1 to a million.

    Raises
    ------
    ValueError
        If there is a lab already, or ``keys`` is out of its range.
    """
    where = Path(folder)
    require(isinstance(keys, int) and not isinstance(keys, bool) and 1 <= keys <= 10**6,
            "keys must satisfy 1 <= keys <= 1000000", got={"keys": (keys, "")}, why="Both sides hold some",
            fix="keys=1000")
    there = [name for name in PLACES if (where / f"{name}.sqlite").exists()]
    require(not there, "folder must not hold a lab yet", got={"folder": str(where)}, why="Its keys would be mixed",
            fix="another folder")
    where.mkdir(parents=True, exist_ok=True)
    saes = {sae: name for name, (_, sae) in PLACES.items()}
    words = {sae: os.urandom(24).hex() for sae in saes}
    bits = np.unpackbits(np.frombuffer(os.urandom((SECRET_BITS + 2 * keys * CELL_BITS) // 8), np.uint8))
    one, other = (KME(name, KeyStore(where / f"{name}.sqlite"), saes=saes) for name in PLACES)
    pair(one, other, Key(bits), Key(bits))
    for kme in (one, other):
        kme.store.close()
        served = "".join(f'{sae} = "{name}"\n' for sae, name in saes.items())
        known = "".join(f'{sae} = "{word}"\n' for sae, word in words.items() if saes[sae] == kme.kme_id)
        text = (f'kme_id = "{kme.kme_id}"\nstore = "{kme.kme_id}.sqlite"\nport = {PLACES[kme.kme_id][0]}\n\n'
                f'[saes]\n{served}\n# A lab on one computer: a word stands for a certificate.\n[tokens]\n{known}')
        descriptor = os.open(where / f"{kme.kme_id}.toml", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:  # it holds the words
            file.write(text)
    return words


def main(arguments: list[str]) -> int:
    """Write the files, and say what to type next."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m qnetlab.services.lab FOLDER\n")
        return 2
    try:
        words = make_lab(arguments[0])
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    lines = ["Start both, each in its own terminal:",
             *(f"  python -m qnetlab.services.kme {Path(arguments[0]) / name}.toml" for name in PLACES),
             "Ask as SAE_A for a key, then as SAE_B for the same one by its key_ID:"]
    for (port, sae), path in zip(PLACES.values(), ("SAE_B/enc_keys", "SAE_A/dec_keys?key_ID=..."), strict=True):
        lines.append(f"  curl -H 'Authorization: Bearer {words[sae]}' 'http://127.0.0.1:{port}/api/v1/keys/{path}'")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
