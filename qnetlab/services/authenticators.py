"""Who makes a request.

The standard asks for HTTPS with certificates on both sides; :class:`ByCertificate` reads the SAE ID from the client's.
:class:`ByToken` is a substitute for the lab, on this computer only: a word in place of a certificate.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Protocol

from ..checks import require


class Authenticator(Protocol):
    """Who makes a request."""

    def sae_of(self, request: Any) -> str | None:
        """The SAE ID of the caller, or None if nothing proves one."""


class ByCertificate:
    """The SAE ID is the common name of the client's certificate, which TLS has checked; needs ``tls``."""

    def sae_of(self, request: Any) -> str | None:
        """The common name, if there is exactly one."""
        shown = request.get_ssl_certificate() if request.protocol == "https" else None
        names = [text for part in (shown or {}).get("subject", ()) for name, text in part if name == "commonName"]
        return names[0] if len(names) == 1 else None


class ByToken:
    """A substitute for the lab: ``Authorization: Bearer WORD``, one word per SAE. Whoever hears the word can use it.

    Parameters
    ----------
    tokens : mapping
        SAE ID -> word, of at least 16 letters.
    """

    def __init__(self, tokens: Mapping[str, str]) -> None:
        for sae, token in tokens.items():
            require(isinstance(token, str) and len(token) >= 16, "a token must have at least 16 letters",
                    got={sae: ("...", "")}, why="Nobody should guess it", fix="secrets.token_urlsafe()")
        require(len(set(tokens.values())) == len(tokens), "each SAE must have a token of its own",
                got={"SAEs": len(tokens)}, why="The word says who asks", fix="secrets.token_urlsafe() for each")
        self._digests = {sae: hashlib.sha256(token.encode()).digest() for sae, token in tokens.items()}

    def sae_of(self, request: Any) -> str | None:
        """The SAE whose word it is."""
        kind, _, word = request.headers.get("Authorization", "").partition(" ")
        digest = hashlib.sha256(word.encode("utf-8", "surrogateescape")).digest()
        found = [sae for sae, known in self._digests.items() if hmac.compare_digest(known, digest)]
        return found[0] if kind == "Bearer" and found else None
