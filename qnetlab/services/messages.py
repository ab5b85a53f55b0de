"""What the key delivery interface says and hears: the data formats of ETSI GS QKD 014 V1.1.1, checked.

References
----------
ETSI GS QKD 014 V1.1.1 (2019-02), Protocol and data format of REST-based key delivery API, clauses 5 and 6.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, NoReturn

#: The words of the standard, for clients that look for them.
NOT_FOUND = "one or more keys specified are not found on KME"
NOT_BYTES = "size shall be a multiple of 8"
NO_EXTENSION = "not all extension_mandatory parameters are supported"


class Refusal(Exception):
    """An answer that is no key: the HTTP status, and the body that goes with it."""

    def __init__(self, status: int, message: str, **details: Any) -> None:
        super().__init__(message)
        self.status, self.message, self.details = status, message, details

    @property
    def body(self) -> dict[str, Any]:
        """``message``, and ``details`` if there are any: a list of objects, one name and value each."""
        listed = [{name: got} for name, got in self.details.items()]
        return {"message": self.message, **({"details": listed} if listed else {})}


class Limits(NamedTuple):
    """What one KME hands out at once; sizes in bits, multiples of 8."""

    key_size: int = 256
    min_key_size: int = 8
    max_key_size: int = 8192
    max_key_per_request: int = 128
    max_key_count: int = 1_000_000


USUAL = Limits()


class KeyRequest(NamedTuple):
    """How many keys, of how many bits."""

    number: int
    size: int


def refused(message: str, **details: Any) -> NoReturn:
    """400: the request is not of the form that the standard wants."""
    raise Refusal(400, message, **details)


def as_object(body: bytes) -> dict[str, Any]:
    """The body of a POST: a JSON object."""
    try:
        got = json.loads(body, parse_constant=_no_number) if body.strip() else {}
    except (ValueError, RecursionError):
        refused("the body shall be JSON")
    if not isinstance(got, dict):
        refused("the body shall be a JSON object")
    return got


def _no_number(name: str) -> NoReturn:
    """NaN and Infinity, which Python reads and JSON does not know."""
    raise ValueError(name)


def as_query(arguments: Mapping[str, Sequence[bytes]], *allowed: str) -> dict[str, Any]:
    """The query of a GET, numbers as numbers; each name once."""
    found: dict[str, Any] = {}
    for name, given in arguments.items():
        if name not in allowed or len(given) != 1:
            refused(f"the query shall hold each of {', '.join(allowed)} once at most", name=name)
        text = given[0].decode("utf-8", "replace")
        found[name] = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    return found


def key_request(asked: Mapping[str, Any], limits: Limits) -> KeyRequest:
    """The key request data format: number, size, additional_slave_SAE_IDs, extensions."""
    number, size = asked.get("number", 1), asked.get("size", limits.key_size)
    for name, got in (("number", number), ("size", size)):
        if isinstance(got, bool) or not isinstance(got, int):
            refused(f"{name} shall be an integer", **{name: got})
    if not 1 <= number <= limits.max_key_per_request:
        refused(f"number shall be from 1 to {limits.max_key_per_request}", number=number,
                max_key_per_request=limits.max_key_per_request)
    if size % 8:
        refused(NOT_BYTES, size=size)
    if not limits.min_key_size <= size <= limits.max_key_size:
        refused(f"size shall be from {limits.min_key_size} to {limits.max_key_size}", size=size,
                min_key_size=limits.min_key_size, max_key_size=limits.max_key_size)
    for name in ("additional_slave_SAE_IDs", "extension_mandatory", "extension_optional"):
        if not isinstance(asked.get(name, []), list):
            refused(f"{name} shall be an array", name=name)
    if asked.get("additional_slave_SAE_IDs"):
        refused("additional_slave_SAE_IDs are not supported", max_SAE_ID_count=0)
    if asked.get("extension_mandatory"):
        refused(NO_EXTENSION)
    return KeyRequest(number, size)


def wanted_ids(asked: Mapping[str, Any], limits: Limits) -> list[str]:
    """The key IDs data format: a list of objects with a key_ID each."""
    listed = asked.get("key_IDs")
    fits = isinstance(listed, list) and all(isinstance(item, dict) and isinstance(item.get("key_ID"), str)
                                            for item in listed)
    if not fits or not listed:
        refused("key_IDs shall be an array of objects with a key_ID each")
    ids = [item["key_ID"].lower() for item in listed]
    if len(ids) > limits.max_key_per_request:
        refused(f"key_IDs shall be at most {limits.max_key_per_request}",
                max_key_per_request=limits.max_key_per_request)
    if len(set(ids)) < len(ids):
        refused("key_IDs shall differ")
    return ids
