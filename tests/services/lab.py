"""Two KMEs that share a key, and their applications."""

from __future__ import annotations

import numpy as np

from qnetlab.qkd.key import Key
from qnetlab.services.authenticators import ByToken
from qnetlab.services.client import KeyClient
from qnetlab.services.entity import KME, pair
from qnetlab.services.messages import Limits
from qnetlab.services.server import serve
from qnetlab.services.store import KeyStore

SAES = {"SAE_A": "KME_A", "SAE_A2": "KME_A", "SAE_B": "KME_B", "SAE_B2": "KME_B", "SAE_C": "KME_C"}
TOKENS = {sae: f"the word of {sae}, long" for sae in SAES}


def shared(cells, seed=1):
    """Two copies of a key with so many cells for each side, and the secret of the IDs."""
    bits = np.random.default_rng(seed).integers(0, 2, 256 * (2 * cells + 1), dtype=np.uint8)
    return Key(bits), Key(bits)


class Lab:
    """Two KMEs in this process, listening; the stores stay in ``folder``."""

    def __init__(self, folder, cells=64, limits=None, listen=True):
        more = {"limits": limits or Limits(max_key_per_request=16, max_key_size=1024)}
        self.a, self.b = (KME(name, KeyStore(folder / f"{name}.sqlite"), saes=SAES, **more)
                          for name in ("KME_A", "KME_B"))
        pair(self.a, self.b, *shared(cells))
        self.servers = {kme.kme_id: serve(kme, ByToken(TOKENS)) for kme in (self.a, self.b)} if listen else {}

    def client(self, sae, at=None, token=None):
        return KeyClient(self.servers[at or SAES[sae]].url, token=token or TOKENS[sae])

    def close(self):
        for server in self.servers.values():
            server.stop()
        for kme in (self.a, self.b):
            kme.store.close()


def faults(master_side, slave_side):
    """What is wrong with two lists of (key ID, key, master, slave) that clients got; empty if nothing."""
    wrong = ["a key was delivered twice" for side in (master_side, slave_side)
             if len({name for name, *_ in side}) < len(side)]
    given = {name: tuple(rest) for name, *rest in master_side}
    wrong += [f"{name} differs" for name, *rest in slave_side if given.get(name) != tuple(rest)]
    keys = {}
    for name, key, *_ in master_side:
        if len(key) >= 16 and keys.setdefault(key, name) != name:
            wrong.append("two IDs for the same bits")
    return wrong
