"""Finished runs in a file, one line each, so that a long sweep can be interrupted, killed, and gone on with.

Each line is ``{"key": ..., "result": ...}``: the key is the content's hash, so a run is found again wherever it stands
in a list. A line is written at once and whole; a torn last line, of a computer that stopped while writing, is cut off.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from .checks import refuse, require
from .codec import decode, encode
from .result import Result


def content_key(*parts: Any) -> str:
    """The hash of what is to be run: 32 hexadecimal digits, the same on every computer.

    >>> content_key("a", 1) == content_key("a", 1) != content_key("a", 2)
    True
    """
    return hashlib.sha256(json.dumps(parts, allow_nan=False).encode()).hexdigest()[:32]


class SavedRuns:
    """A file of finished runs by their key; made when the first one is added.

    Parameters
    ----------
    path : str or Path
        A file in a folder that exists; its name ends in .jsonl.

    Raises
    ------
    TypeError, ValueError
        If the path is no such file, or a line of it, but the last, cannot be read.
    """

    def __init__(self, path: Any) -> None:
        require(isinstance(path, (str, os.PathLike)), "save must be the path of a file", got={"save": (path, "")},
                why="Each finished run is added to it", fix='save="runs.jsonl"', error=TypeError)
        self.path = Path(path)
        require(self.path.suffix == ".jsonl", "save must name a file that ends in .jsonl", got={"save": str(path)},
                why="Each line of it is one run in JSON", fix=f'save="{self.path.with_suffix(".jsonl").name}"')
        require(self.path.parent.is_dir(), "save must lie in a folder that exists", got={"save": str(path)},
                why="A file needs a place", fix=f'save="{self.path.name}"')
        self._runs: dict[str, Result] = {}
        if self.path.exists():
            self._read()

    def __len__(self) -> int:
        return len(self._runs)

    def get(self, key: str) -> Result | None:
        """The finished run of this key, if there is one."""
        return self._runs.get(key)

    def add(self, key: str, result: Result) -> None:
        """Write one run; when this returns it is on the disk."""
        line = json.dumps({"key": key, "result": encode(result)}, allow_nan=False) + "\n"
        with self.path.open("ab") as file:
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())
        self._runs[key] = result

    def _read(self) -> None:
        content = self.path.read_bytes()
        whole = content.rfind(b"\n") + 1
        for number, line in enumerate(content[:whole].splitlines(), 1):
            try:
                row = json.loads(line)
                key, result = row["key"], decode(row["result"])
                if not isinstance(result, Result):
                    raise TypeError("the line holds no Result")
            except (KeyError, TypeError, ValueError) as problem:
                refuse("every line of a saved sweep must be one finished run",
                       got={"save": str(self.path), "line": number}, why=f"Reading it stopped: {problem}",
                       fix="another file, or deleting this line")
            self._runs[key] = result
        if whole < len(content):  # cut off what was half written, so that the next line starts on its own
            with self.path.open("r+b") as file:
                file.truncate(whole)
