"""Where a KME keeps its keys: one file that survives a crash, from which a key goes out once and is then gone.

Keys lie in cells of 256 bits, numbered. Of the cells shared with another KME, this one hands out one half ("mine") and
the other KME the other half, so that both can serve at once without giving the same bits to two pairs. A key is whole
cells; what a shorter key leaves of its last cell is thrown away.

The file is SQLite, write-ahead log, every commit on disk before it is answered. It holds secret bits in the open:
whoever reads it knows them, as whoever enters a trusted node does.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ..checks import UnknownName, refuse, require
from .key_ids import Place
from .messages import NOT_FOUND, Refusal

CELL_BYTES = 32
T = TypeVar("T")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS peers (peer TEXT PRIMARY KEY, secret BLOB NOT NULL, mine INTEGER NOT NULL DEFAULT 0,
    theirs INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cells (peer TEXT, mine INTEGER, serial INTEGER, cell BLOB NOT NULL,
    PRIMARY KEY (peer, mine, serial)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS delivered (key_id TEXT PRIMARY KEY, peer TEXT NOT NULL, mine INTEGER NOT NULL,
    serial INTEGER NOT NULL, size_bytes INTEGER NOT NULL, master TEXT NOT NULL, slave TEXT NOT NULL) WITHOUT ROWID;
"""


class Delivery(NamedTuple):
    """Which key went out, to which pair; never the key."""

    key_id: str
    mine: bool
    place: Place
    master: str
    slave: str


class KeyStore:
    """Cells of key, by the KME that shares them. Not for several processes at once.

    Parameters
    ----------
    path : str or Path
        The file; made, readable by its owner only, if it is not there.

    Raises
    ------
    ValueError
        If another process has it open, or it is something else.

    >>> import tempfile
    >>> store = KeyStore(Path(tempfile.mkdtemp()) / "keys.sqlite")
    >>> store.add_peer("KME_B", b"a secret of both")
    >>> store.fill("KME_B", bytes(64), mine=True), store.count("KME_B", mine=True)
    (2, 2)
    >>> store.close()
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._lock = threading.Lock()  # one may fill it while another hands out
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        self._base = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=0.5)
        try:
            for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                self._base.execute(f"PRAGMA {pragma}")
            self._base.executescript(_SCHEMA)
        except sqlite3.DatabaseError as problem:  # another KME has it, or it is no store
            self._base.close()
            refuse("path must be a store that no other KME has open", got={"path": self.path.name},
                   why=f"It says: {problem}", fix="one store for each KME")

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def together(self, works: Sequence[Callable[[], T]]) -> list[T | Exception]:
        """Do several things in one commit: what one of them raises undoes that one only, and is its answer."""
        done: list[T | Exception] = []
        with self._lock:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                for work in works:
                    self._base.execute("SAVEPOINT one")
                    try:
                        done.append(work())
                    except Exception as problem:  # noqa: BLE001 - the others are not to suffer
                        self._base.execute("ROLLBACK TO one")
                        done.append(problem)
                    self._base.execute("RELEASE one")
                self._base.execute("COMMIT")
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
        return done

    def once(self, work: Callable[[], T]) -> T:
        """Do one thing in one commit."""
        [done] = self.together([work])
        if isinstance(done, Exception):
            raise done
        return done

    # -------------------------------------------------------------------------------------------------- filling

    def add_peer(self, peer: str, secret: bytes) -> None:
        """Share keys with another KME, and a secret for their IDs; once."""
        require(len(secret) >= 16, "secret must be at least 128 bits", got={"secret": (8 * len(secret), "bit")},
                why="Whoever guesses it can claim a key of another pair", fix="secrets.token_bytes(32)")
        self.once(lambda: self._base.execute("INSERT INTO peers (peer, secret) VALUES (?, ?)", (peer, secret)))

    def peers(self) -> dict[str, bytes]:
        """The KMEs that share keys, and the secret for the IDs."""
        return dict(self._base.execute("SELECT peer, secret FROM peers"))

    def fill(self, peer: str, material: bytes, *, mine: bool, first: int | None = None) -> int:
        """Add whole cells; how many there have ever been, afterwards. What is no whole cell is left out.

        With ``first``, the number of the first cell, the same filling twice adds the cells once.
        """
        side = "mine" if mine else "theirs"

        def work() -> int:
            known = self._base.execute(f"SELECT {side} FROM peers WHERE peer = ?", (peer,)).fetchone()
            require(known is not None, "peer must be one that keys are shared with", got={"peer": (peer, "")},
                    error=UnknownName, why="Both have to hold the same cells", fix="store.add_peer first")
            begin = known[0] if first is None else first
            require(begin <= known[0], f"first must satisfy first <= {known[0]}", got={"first": first},
                    why="A cell in between would be missing", fix=f"first={known[0]}")
            cells = [material[i:i + CELL_BYTES] for i in range(0, len(material) - CELL_BYTES + 1, CELL_BYTES)]
            new = [(peer, mine, begin + i, cell) for i, cell in enumerate(cells) if begin + i >= known[0]]
            self._base.executemany("INSERT INTO cells VALUES (?, ?, ?, ?)", new)
            self._base.execute(f"UPDATE peers SET {side} = ? WHERE peer = ?", (known[0] + len(new), peer))
            return int(known[0] + len(new))

        return self.once(work)

    # ------------------------------------------------------------------------- handing out, inside ``together``

    def count(self, peer: str, *, mine: bool) -> int:
        """Cells left."""
        sql = "SELECT COUNT(*) FROM cells WHERE peer = ? AND mine = ?"
        return int(self._base.execute(sql, (peer, mine)).fetchone()[0])

    def ever(self, peer: str, *, mine: bool) -> int:
        """Cells that there have ever been."""
        row = self._base.execute("SELECT mine, theirs FROM peers WHERE peer = ?", (peer,)).fetchone()
        return int(row[0 if mine else 1]) if row else 0

    def next_keys(self, peer: str, number: int, size_bytes: int) -> list[tuple[Place, bytes]]:
        """The next keys of this KME's own half, taken out; 503 if there are not so many."""
        each = cells_of(size_bytes)
        sql = "SELECT serial, cell FROM cells WHERE peer = ? AND mine = 1 ORDER BY serial LIMIT ?"
        rows = self._base.execute(sql, (peer, number * each)).fetchall()
        if len(rows) < number * each:
            raise Refusal(503, "not enough keys are stored", stored_key_count=len(rows) // each, number=number)
        self._base.execute("DELETE FROM cells WHERE peer = ? AND mine = 1 AND serial <= ?", (peer, rows[-1][0]))
        parts = [rows[i:i + each] for i in range(0, len(rows), each)]
        return [(Place(part[0][0], size_bytes), b"".join(cell for _, cell in part)[:size_bytes]) for part in parts]

    def take(self, peer: str, place: Place) -> bytes:
        """One key of the other KME's half, taken out; 400 if it is not there, or not any more."""
        last = place.serial + cells_of(place.size_bytes) - 1
        where, which = "WHERE peer = ? AND mine = 0 AND serial BETWEEN ? AND ?", (peer, place.serial, last)
        rows = self._base.execute(f"SELECT cell FROM cells {where} ORDER BY serial", which).fetchall()
        if len(rows) != cells_of(place.size_bytes):
            raise Refusal(400, NOT_FOUND)
        self._base.execute(f"DELETE FROM cells {where}", which)
        return b"".join(cell for (cell,) in rows)[:place.size_bytes]

    def note(self, peer: str, made: Sequence[Delivery]) -> None:
        """Write down which keys went out."""
        self._base.executemany("INSERT INTO delivered VALUES (?, ?, ?, ?, ?, ?, ?)", [
            (d.key_id, peer, d.mine, d.place.serial, d.place.size_bytes, d.master, d.slave) for d in made])

    def deliveries(self) -> list[Delivery]:
        """Every key that ever went out."""
        columns = "key_id, mine, serial, size_bytes, master, slave"
        rows: list[tuple[Any, ...]] = self._base.execute(
            f"SELECT {columns} FROM delivered ORDER BY peer, mine, serial").fetchall()
        return [Delivery(row[0], bool(row[1]), Place(row[2], row[3]), row[4], row[5]) for row in rows]

    def __repr__(self) -> str:
        return f"KeyStore({self.path.name!r})"


def cells_of(size_bytes: int) -> int:
    """How many cells a key of this length takes.

    >>> cells_of(32), cells_of(33)
    (1, 2)
    """
    return -(-size_bytes // CELL_BYTES)
