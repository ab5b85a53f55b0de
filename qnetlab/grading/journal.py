"""The journal: everything done here, in one ``progress.json`` in the working directory.

The file is a list of events and only ever grows; two journals join into their union, so that neither a second notebook
writing at the same time nor a restored copy can lose anything. It is written beside and moved into place, under a lock.
A file that cannot be read is kept aside, never overwritten.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE = "progress.json"
VERSION = 1
Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal of one folder."""

    folder: Path

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return self.folder / FILE

    def events(self) -> list[Event]:
        """All events, oldest first; nothing if there is no readable file."""
        try:
            return read_events(self.path.read_bytes())
        except (OSError, ValueError):
            return []

    def add(self, what: str, **details: Any) -> str:
        """Note one event. Returns what the student should know: nothing, or what went wrong with the file."""
        event = {"id": uuid.uuid4().hex, "at": datetime.now(UTC).isoformat(), "what": what, **details}
        try:
            return self.join([event])
        except OSError as reason:
            return f"This could not be noted in {self.path}: {reason.strerror or reason}."

    def join(self, events: Iterable[Event]) -> str:
        """Add all events that are not there yet; returns what the student should know. Raises OSError."""
        with _locked(self.folder):
            note, old = "", []
            try:
                old = read_events(self.path.read_bytes())
            except FileNotFoundError:
                pass  # the first event of this folder
            except ValueError as reason:
                aside = _set_aside(self.path)
                note = (f"{FILE} could not be read ({reason}). It was kept as {aside.name}, and a new one was begun.")
            _replace(self.path, _text(union(old, events)))
        return note


def journal() -> Journal:
    """The journal of the working directory."""
    return Journal(Path.cwd())


def union(*many: Iterable[Event]) -> list[Event]:
    """All events of several journals, each once, in the order of time."""
    found = {event["id"]: event for events in many for event in events}
    return sorted(found.values(), key=lambda event: (event["at"], event["id"]))


def read_events(raw: bytes) -> list[Event]:
    """The events in a file; raises ValueError if it is not a journal."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    if not isinstance(data, dict) or data.get("version") != VERSION or not isinstance(data.get("events"), list):
        raise ValueError(f"it is not a journal of version {VERSION}")
    for event in data["events"]:
        if not isinstance(event, dict) or not all(isinstance(event.get(key), str) for key in ("id", "at", "what")):
            raise ValueError("an entry is not an event")
    return list(data["events"])


def _text(events: list[Event]) -> bytes:
    return json.dumps({"version": VERSION, "events": events}, indent=1, allow_nan=False).encode()


def _set_aside(path: Path) -> Path:
    """Rename a file to the first free name of the form progress.json.bad, .bad2, ..."""
    number = 1
    while (aside := path.with_name(f"{path.name}.bad{number if number > 1 else ''}")).exists():
        number += 1
    path.rename(aside)
    return aside


def _replace(path: Path, content: bytes) -> None:
    """Write beside, then move into place: a reader sees the old file or the new one, never half of one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer at a time, also across processes; the system frees the lock of a process that died."""
    with open(folder / f".{FILE}.lock", "a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
            yield
