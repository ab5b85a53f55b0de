"""A KME that listens: the three calls of ETSI GS QKD 014 over HTTP, and who may make them.

Every answer that holds a key is given after what it changed is on disk.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import ipaddress
import json
import logging
import ssl
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import tornado.httpserver
import tornado.netutil
import tornado.web

from ..checks import refuse, require
from .authenticators import Authenticator, ByCertificate
from .entity import KME
from .messages import Refusal, as_object, as_query, key_request, refused, wanted_ids

#: No request of the interface is longer.
MAX_BODY_BYTES = 65_536
#: Who says nothing for so long is cut off.
IDLE_S = 60.0
_LOG = logging.getLogger("qnetlab.kme")

Answer = dict[str, Any]


class _Desk:
    """One thread that writes: what waits goes to disk together, in one commit."""

    def __init__(self, kme: KME) -> None:
        self._kme = kme
        self._waiting: list[tuple[Callable[[], Answer], asyncio.Future[Answer | Exception]]] = []
        self._busy = False
        self._thread = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="kme")

    async def done(self, work: Callable[[], Answer]) -> Answer:
        """The answer, once what it changed is on disk."""
        future: asyncio.Future[Answer | Exception] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        if not self._busy:
            self._busy = True
            asyncio.get_running_loop().create_task(self._clear())
        answer = await future
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _clear(self) -> None:
        while self._waiting:
            now, self._waiting = self._waiting, []
            try:
                answers = await asyncio.get_running_loop().run_in_executor(
                    self._thread, self._kme.store.together, [work for work, _ in now])
            except Exception as problem:  # noqa: BLE001 - the disk is full, or gone: nobody gets a key
                answers = [problem] * len(now)
            for (_, future), answer in zip(now, answers, strict=True):
                if not future.done():
                    future.set_result(answer)
        self._busy = False

    def close(self) -> None:
        self._thread.shutdown()


class _Handler(tornado.web.RequestHandler):
    """One call. Neither keys nor the query are logged."""

    def initialize(self, kme: KME, desk: _Desk, authenticator: Authenticator) -> None:
        self.kme, self.desk, self.authenticator = kme, desk, authenticator

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> None:
        """None: it would be a hash of the key."""

    def say(self, status: int, body: Answer) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(body, allow_nan=False))

    async def answered(self, work: Callable[[str], Callable[[], Answer]]) -> None:
        """``work(caller)`` reads the request and returns what is to be done, in one commit with others."""
        try:
            caller = self.authenticator.sae_of(self.request)
            if caller is None or caller not in self.kme.saes:
                raise Refusal(401, "the SAE is not authorized")
            if len(self.request.body) > MAX_BODY_BYTES:
                refused(f"the body shall be at most {MAX_BODY_BYTES} bytes")
            self.say(200, await self.desk.done(work(caller)))
        except Refusal as refusal:
            self.say(refusal.status, refusal.body)

    def write_error(self, status_code: int, **what: Any) -> None:
        known = {404: "there is no such path", 405: "the method is not allowed here"}
        if status_code == 500:
            status_code = 503
        self.say(status_code, {"message": known.get(status_code, "error on the side of the KME" if status_code >= 500
                                                    else "bad request")})

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        if not isinstance(value, tornado.web.HTTPError):
            # The kind of mistake only: its words may hold bits.
            _LOG.error("%s %s: %s", self.request.method, self.request.path, typ.__name__)


class _Status(_Handler):
    async def get(self, sae: str) -> None:
        slave = unquote(sae)
        await self.answered(lambda caller: lambda: self.kme.status(caller, slave))


class _EncKeys(_Handler):
    async def _answer(self, asked: Callable[[], Answer], sae: str) -> None:
        def work(caller: str) -> Callable[[], Answer]:
            request = key_request(asked(), self.kme.limits)
            return lambda: self.kme.get_key(caller, unquote(sae), request)

        await self.answered(work)

    async def get(self, sae: str) -> None:
        await self._answer(lambda: as_query(self.request.query_arguments, "number", "size"), sae)

    async def post(self, sae: str) -> None:
        await self._answer(lambda: as_object(self.request.body), sae)


class _DecKeys(_Handler):
    async def _answer(self, asked: Callable[[], Answer], sae: str) -> None:
        def work(caller: str) -> Callable[[], Answer]:
            ids = wanted_ids(asked(), self.kme.limits)
            return lambda: self.kme.get_key_with_ids(caller, unquote(sae), ids)

        await self.answered(work)

    async def get(self, sae: str) -> None:
        def asked() -> Answer:
            found = as_query(self.request.query_arguments, "key_ID")
            return {"key_IDs": [{"key_ID": str(found["key_ID"])}]} if found else {}

        await self._answer(asked, sae)

    async def post(self, sae: str) -> None:
        await self._answer(lambda: as_object(self.request.body), sae)


class _Nothing(_Handler):
    async def prepare(self) -> None:
        self.write_error(404)


def _logged(handler: Any) -> None:
    _LOG.info("%d %s %s", handler.get_status(), handler.request.method, handler.request.path)


class Server:
    """A KME that listens, in a thread of its own; ``stop()`` it, or use it as ``with serve(...) as server``."""

    def __init__(self, kme: KME, authenticator: Authenticator, host: str, port: int,
                 tls: ssl.SSLContext | None) -> None:
        self.kme, self._authenticator, self._tls = kme, authenticator, tls
        sockets = tornado.netutil.bind_sockets(port, host)
        name = f"[{host}]" if ":" in host else host
        self.url = f"{'https' if tls else 'http'}://{name}:{sockets[0].getsockname()[1]}"
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(sockets, ready), name="kme", daemon=True)
        self._thread.start()
        ready.wait()

    def _run(self, sockets: Any, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve(sockets, ready))
        self._loop.close()

    async def _serve(self, sockets: Any, ready: threading.Event) -> None:
        desk = _Desk(self.kme)
        parts = {"kme": self.kme, "desk": desk, "authenticator": self._authenticator}
        application = tornado.web.Application(
            [(r"/api/v1/keys/([^/]+)/status", _Status, parts), (r"/api/v1/keys/([^/]+)/enc_keys", _EncKeys, parts),
             (r"/api/v1/keys/([^/]+)/dec_keys", _DecKeys, parts)],
            default_handler_class=_Nothing, default_handler_args=parts, log_function=_logged)
        http = tornado.httpserver.HTTPServer(application, ssl_options=self._tls, max_body_size=16 * MAX_BODY_BYTES,
                                             max_buffer_size=32 * MAX_BODY_BYTES,
                                             idle_connection_timeout=IDLE_S, body_timeout=IDLE_S)
        http.add_sockets(sockets)
        ready.set()
        await self._ended.wait()
        http.stop()
        await http.close_all_connections()
        desk.close()

    def stop(self) -> None:
        """Stop listening; what was answered is on disk. The store stays open."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._ended.set)
            self._thread.join()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *why: object) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"Server({self.kme.kme_id!r} at {self.url})"


def serve(kme: KME, authenticator: Authenticator, *, host: str = "127.0.0.1", port: int = 0,
          tls: ssl.SSLContext | None = None) -> Server:
    """Let a KME listen; ``port`` 0 takes any that is free.

    Parameters
    ----------
    kme : KME
    authenticator : ByCertificate or ByToken
        Who may ask.
    host : str
        An address of this computer; other than its loopback only with ``tls``.
    port : int
    tls : ssl.SSLContext or None
        As :func:`server_tls` makes it; the standard asks for it.

    Raises
    ------
    ValueError
        If keys would travel in the open, or certificates are to be read where there are none.
    """
    local = host == "localhost" or _is_loopback(host)
    require(local or tls is not None, "host must be this computer's loopback without tls", got={"host": host},
            why="Keys would travel in the open", fix='host="127.0.0.1"')
    if isinstance(authenticator, ByCertificate) and (tls is None or tls.verify_mode != ssl.CERT_REQUIRED):
        refuse("certificates need tls that asks for them", got={"tls": (tls, "")}, why="Nobody would have checked them",
               fix="tls=server_tls(certificate, private_key, client_authority)")
    return Server(kme, authenticator, host, port, tls)


def server_tls(certificate: str, private_key: str, client_authority: str) -> ssl.SSLContext:
    """TLS 1.2 or newer that asks the client for a certificate, signed by ``client_authority``; paths of PEM files."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, private_key)
    context.load_verify_locations(client_authority)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
