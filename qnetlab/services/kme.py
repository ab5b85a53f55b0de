"""Start one KME from the command line: ``python -m qnetlab.services.kme kme.toml``; it says where it listens.

The file:

    kme_id = "KME_A"
    store = "a.sqlite"      # as qnetlab.services.entity.pair has filled it
    host = "127.0.0.1"      # may be left out, also the port
    port = 8443

    [saes]                  # every application, and the KME that serves it
    SAE_A = "KME_A"
    SAE_B = "KME_B"

    [tls]                   # as the standard wants it
    certificate = "kme_a.pem"
    private_key = "kme_a.key"
    client_authority = "clients.pem"

    [tokens]                # or, in a lab on one computer: a word for each application
    SAE_A = "..."
"""

from __future__ import annotations

import logging
import sys
import threading
import tomllib
from pathlib import Path
from typing import Any

from ..checks import require
from .authenticators import Authenticator, ByCertificate, ByToken
from .entity import KME
from .server import Server, serve, server_tls
from .store import KeyStore


def started(path: str | Path) -> Server:
    """The KME of a file, listening; paths in it are seen from the file.

    Raises
    ------
    ValueError
        If neither certificates nor tokens say who may ask, or something is missing.
    """
    where = Path(path)
    told: dict[str, Any] = tomllib.loads(where.read_text(encoding="utf-8"))
    missing = [name for name in ("kme_id", "store", "saes") if name not in told]
    require(not missing, "the file must say kme_id, store and saes", got={"missing": (missing, "")},
            why="A KME has a name, keys and applications", fix='kme_id = "KME_A"')
    require(("tls" in told) != ("tokens" in told), "the file must have [tls] or [tokens], one of them",
            got={"file": where.name}, why="A KME must know who asks", fix="[tls], as the standard wants it")
    tls, authenticator = None, None
    if "tls" in told:
        names = [str(where.parent / told["tls"][name]) for name in ("certificate", "private_key", "client_authority")]
        tls = server_tls(*names)
        authenticator = ByCertificate()
    kme = KME(told["kme_id"], KeyStore(where.parent / told["store"]), saes=told["saes"])
    asks: Authenticator = authenticator or ByToken(told["tokens"])
    return serve(kme, asks, host=told.get("host", "127.0.0.1"), port=told.get("port", 0), tls=tls)


def main(arguments: list[str]) -> int:
    """Serve until interrupted."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m qnetlab.services.kme FILE.toml\n")
        return 2
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        server = started(arguments[0])
    except (OSError, ValueError, TypeError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"{server.kme.kme_id} listens at {server.url}\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        server.stop()
        server.kme.store.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
