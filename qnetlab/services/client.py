"""What an application (SAE) does: ask its KME for keys, over HTTP."""

from __future__ import annotations

import base64
import contextlib
import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from .messages import Refusal

TIMEOUT_S = 30.0


class DeliveredKey(NamedTuple):
    """A key and its ID; shown without the key."""

    key_id: str
    key: bytes

    def __repr__(self) -> str:
        return f"DeliveredKey({self.key_id!r}, {8 * len(self.key)} bits)"


class KeyClient:
    """An application that fetches keys.

    Parameters
    ----------
    url : str
        Where its KME listens.
    token : str or None
        The word that stands for it in the lab.
    tls : ssl.SSLContext or None
        With its certificate, as :func:`client_tls` makes it.

    Notes
    -----
    The master asks for keys and tells the slave their IDs, in public; the slave asks its own KME for the same IDs. What
    a KME refuses is raised as :class:`~qnetlab.services.messages.Refusal`.
    """

    def __init__(self, url: str, *, token: str | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.url = url.rstrip("/")
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if token is not None:
            self._headers["Authorization"] = f"Bearer {token}"
        handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
        if tls is not None:
            handlers.append(urllib.request.HTTPSHandler(context=tls))
        self._opener = urllib.request.build_opener(*handlers)

    def status(self, slave: str) -> dict[str, Any]:
        """What there is for this slave."""
        return self._asked("GET", slave, "status")

    def get_keys(self, slave: str, *, number: int = 1, size: int | None = None) -> list[DeliveredKey]:
        """New keys to share with ``slave``, of ``size`` bits each."""
        asked = {"number": number, **({} if size is None else {"size": size})}
        return _keys(self._asked("POST", slave, "enc_keys", asked))

    def get_keys_with_ids(self, master: str, key_ids: Sequence[str]) -> list[DeliveredKey]:
        """The keys that ``master`` got, by their IDs."""
        return _keys(self._asked("POST", master, "dec_keys", {"key_IDs": [{"key_ID": name} for name in key_ids]}))

    def _asked(self, method: str, sae: str, call: str, body: Any = None) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.url}/api/v1/keys/{quote(sae, safe='')}/{call}", method=method, headers=self._headers,
            data=None if body is None else json.dumps(body).encode())
        try:
            with self._opener.open(request, timeout=TIMEOUT_S) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as problem:
            said: dict[str, Any] = {}
            with problem, contextlib.suppress(OSError):  # a request that was too long is cut off
                said = _read(problem.read())
            details = {name: got for item in said.get("details", []) for name, got in item.items()}
            raise Refusal(problem.code, str(said.get("message", problem.reason)), **details) from None


def client_tls(certificate: str, private_key: str, server_authority: str) -> ssl.SSLContext:
    """TLS 1.2 or newer with the client's own certificate; paths of PEM files."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, private_key)
    context.load_verify_locations(server_authority)
    return context


def _keys(answer: dict[str, Any]) -> list[DeliveredKey]:
    return [DeliveredKey(item["key_ID"], base64.b64decode(item["key"])) for item in answer["keys"]]


def _read(text: bytes) -> dict[str, Any]:
    try:
        got = json.loads(text)
    except ValueError:
        return {}
    return got if isinstance(got, dict) else {}
