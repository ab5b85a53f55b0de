"""A key management entity (KME): what it answers to an application (SAE) that is known to it. No HTTP here.

References
----------
ETSI GS QKD 014 V1.1.1 (2019-02), clauses 5.1 (status), 5.2 (get key), 5.3 (get key with key IDs).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..checks import require
from ..qkd.key import Key
from .key_ids import Place, is_for, make_id, read_id
from .messages import NOT_FOUND, USUAL, KeyRequest, Limits, Refusal
from .store import CELL_BYTES, Delivery, KeyStore, cells_of

#: Bits of link key that two KMEs keep as the secret of their key IDs.
SECRET_BITS = 256
CELL_BITS = 8 * CELL_BYTES


class KME:
    """The key management entity of one node.

    Parameters
    ----------
    kme_id : str
        Its own name.
    store : KeyStore
        Its keys.
    saes : mapping
        Every application by its SAE ID, and the KME that serves it.
    limits : Limits
        What is handed out at once.

    Raises
    ------
    ValueError
        If a size is no multiple of 8, or longer than a key ID can say.

    Notes
    -----
    Each key goes once to the master that asked for it, and once to the slave it asked for: never to anybody else, never
    twice. If the answer to the master gets lost on the way, its keys are gone, too: to hand them out again would be to
    hand them out twice.
    """

    def __init__(self, kme_id: str, store: KeyStore, *, saes: Mapping[str, str], limits: Limits = USUAL) -> None:
        for name in ("key_size", "min_key_size", "max_key_size"):
            size = getattr(limits, name)
            require(size % 8 == 0 and 8 <= size <= 8 * 4095, f"{name} must be a multiple of 8, from 8 to 32760",
                    got={name: (size, "bit")}, why="A key is bytes, and its ID says how many", fix=f"{name}=256")
        self.kme_id, self.store, self.saes, self.limits = kme_id, store, dict(saes), limits

    def __repr__(self) -> str:
        return f"KME({self.kme_id!r}, {len(self.saes)} applications)"

    def status(self, caller: str, slave: str) -> dict[str, Any]:
        """How many keys there are for this slave, and what may be asked for."""
        peer = self._peer_of(slave, "slave_SAE_ID")
        self._is_mine(caller)
        own = self.limits
        stored = self.store.count(peer, mine=True) // cells_of(own.key_size // 8)
        return {
            "source_KME_ID": self.kme_id, "target_KME_ID": peer, "master_SAE_ID": caller, "slave_SAE_ID": slave,
            "key_size": own.key_size, "stored_key_count": stored, "max_key_count": own.max_key_count,
            "max_key_per_request": own.max_key_per_request, "max_key_size": own.max_key_size,
            "min_key_size": own.min_key_size, "max_SAE_ID_count": 0,
        }

    def get_key(self, caller: str, slave: str, request: KeyRequest) -> dict[str, Any]:
        """New keys for the caller, the master, to share with ``slave``."""
        peer = self._peer_of(slave, "slave_SAE_ID")
        self._is_mine(caller)
        secret = self._secret(peer)
        keys = [(make_id(secret, place, self.kme_id, caller, slave), place, key)
                for place, key in self.store.next_keys(peer, request.number, request.size // 8)]
        self.store.note(peer, [Delivery(name, True, place, caller, slave) for name, place, _ in keys])
        return _container([(name, key) for name, _, key in keys])

    def get_key_with_ids(self, caller: str, master: str, ids: list[str]) -> dict[str, Any]:
        """The keys that ``master`` got for the caller, the slave; all of them, or none."""
        peer = self._peer_of(master, "master_SAE_ID")
        self._is_mine(caller)
        secret, made = self._secret(peer), self.store.ever(peer, mine=False)
        places: list[tuple[str, Place]] = []
        for name in ids:
            place = read_id(name)
            if place is None or place.serial >= made:
                raise Refusal(400, NOT_FOUND, key_ID=name)
            if not is_for(name, secret, place, peer, master, caller):
                raise Refusal(401, "the key was not given to this master for this slave", key_ID=name)
            places.append((name, place))
        keys = [(name, self.store.take(peer, place)) for name, place in places]
        self.store.note(peer, [Delivery(name, False, place, master, caller) for name, place in places])
        return _container(keys)

    def _is_mine(self, caller: str) -> None:
        if self.saes.get(caller) != self.kme_id:
            raise Refusal(401, "this KME does not serve this SAE")

    def _peer_of(self, sae: str, name: str) -> str:
        peer = self.saes.get(sae)
        if peer is None or peer == self.kme_id or peer not in self.store.peers():
            raise Refusal(400, f"{name} shall be an SAE of a KME that shares keys with this one")
        return peer

    def _secret(self, peer: str) -> bytes:
        return self.store.peers()[peer]


def _container(keys: list[tuple[str, bytes]]) -> dict[str, Any]:
    return {"keys": [{"key_ID": name, "key": base64.b64encode(key).decode()} for name, key in keys]}


def pair(one: KME, other: KME, one_key: Key, other_key: Key) -> int:
    """Join two KMEs by a key that both hold, each its own copy: fill both stores, and say how many cells each side got.

    The first time, 256 bits become the secret of the key IDs. The rest is parted: each KME hands out one half. A node
    between them that relayed the key knows all of it.

    Raises
    ------
    TypeError, ValueError
        If there is no Key, or it is too short.
    """
    first, second = (one, other) if one.kme_id < other.kme_id else (other, one)
    first_key, second_key = (one_key, other_key) if first is one else (other_key, one_key)
    sides = ((first, second, first_key), (second, first, second_key))
    new = second.kme_id not in first.store.peers()
    least = (SECRET_BITS if new else 0) + 2 * CELL_BITS
    for _, _, key in sides:
        require(isinstance(key, Key) and len(key) >= least, f"both must hold a Key of at least {least} bits",
                got={"key": (len(key) if isinstance(key, Key) else key, "")}, why="One cell for each side",
                fix="a longer key")
    had = [kme.store.ever(peer.kme_id, mine=kme is side) for kme, peer, _ in sides for side in (first, second)]
    require(had[:2] == had[2:], "both stores must have been filled alike", got={"cells": (had, "")},
            why="The same number must name the same bits", fix="two new stores")
    cells = (min(len(key) for _, _, key in sides) - (SECRET_BITS if new else 0)) // (2 * CELL_BITS)
    for kme, peer, key in sides:
        if new:
            kme.store.add_peer(peer.kme_id, _bytes(key, SECRET_BITS))
        for side in (first, second):
            kme.store.fill(peer.kme_id, _bytes(key, cells * CELL_BITS), mine=side is kme)
    return cells


def _bytes(key: Key, bits: int) -> bytes:
    return np.packbits(key.take(bits)).tobytes()
