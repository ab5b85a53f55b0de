"""Files that are no notebooks, or lead elsewhere: links, pipes, zips, broken and huge JSON."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.attacks.arena import FAIR, FAIR_MARK, START, Attack
from tests.grading.notebook_files import notebook

_FAIR = notebook(START, FAIR)
_CELL = {"cell_type": "code", "source": f"{START}\n{FAIR}", "metadata": {}}


def _raw(cells: Any = None, **more: Any) -> bytes:
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": [_CELL] if cells is None else cells, **more}).encode()


def _zipped(*members: tuple[Any, bytes], **how: Any) -> Callable[[Path], None]:
    def lay(folder: Path) -> None:
        with zipfile.ZipFile(folder / "work.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(name, content)
    return lay


def _link(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name)
    found.external_attr = (stat.S_IFLNK | 0o777) << 16
    return found


def _damaged(folder: Path) -> None:
    """A zip whose first member cannot be unpacked."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ipynb", _FAIR * 20)
    raw = bytearray(kept.getvalue())
    raw[60:160] = b"\xff" * 100
    (folder / "work.zip").write_bytes(raw)


def _one_damaged(folder: Path) -> None:
    """A zip with one member that cannot be unpacked and one that can."""
    _zipped(("a.ipynb", os.urandom(3000)), ("b.ipynb", _FAIR))(folder)
    raw = bytearray((folder / "work.zip").read_bytes())
    raw[60:160] = b"\xff" * 100
    (folder / "work.zip").write_bytes(raw)


def _odd(folder: Path) -> None:
    """Packed by a method that may ask for gigabytes, and called by a name with a zero in it."""
    with zipfile.ZipFile(folder / "work.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("lab.ipynb", _FAIR)


def _into(name: str, target: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).symlink_to(folder.parent.parent / target)


def _broken(name: str, raw: bytes, says: str, **more: Any) -> Attack:
    return Attack(name=name, raw=raw, says=says, **more)


ATTACKS = [
    Attack(name="link-to-a-notebook", lay=_into("lab.ipynb", "submitted/victim/lab.ipynb"), says="symbolic link"),
    Attack(name="link-to-the-secret", lay=_into("lab.ipynb", "secret"), says="symbolic link"),
    Attack(name="link-to-a-folder", lay=_into("lab", "submitted/victim"), submitted=False),
    Attack(name="link-to-a-device", lay=lambda folder: (folder / "lab.ipynb").symlink_to("/dev/zero"),
           says="symbolic link"),
    Attack(name="pipe", lay=lambda folder: os.mkfifo(folder / "lab.ipynb"), says="no file"),
    Attack(name="pipe-called-zip", lay=lambda folder: os.mkfifo(folder / "work.zip"), submitted=False),
    Attack(name="link-called-zip", lay=_into("work.zip", "secret"), submitted=False),
    Attack(name="folder-called-notebook", lay=lambda folder: (folder / "lab.ipynb").mkdir(), submitted=False),
    Attack(name="no-rights", lay=lambda folder: (folder / "lab.ipynb").write_bytes(b""), says="empty"),
    Attack(name="zip-slip", submitted=False, lay=_zipped(
        ("../../../out/victim.ipynb", _FAIR), ("/x.ipynb", _FAIR), ("a/../../x.ipynb", _FAIR),
        ("..\\..\\x.ipynb", _FAIR), ("C:\\x.ipynb", _FAIR))),
    Attack(name="zip-link", submitted=False, lay=_zipped((_link("lab.ipynb"), b"/etc/passwd"))),
    Attack(name="zip-bomb", submitted=False, lay=_zipped(("lab.ipynb", b" " * (30 << 20)))),
    Attack(name="zip-of-bombs", says="not JSON", lay=_zipped(
        *((f"{n}.ipynb", b" " * (1 << 20)) for n in range(200)))),
    Attack(name="zip-in-zip", submitted=False, lay=_zipped(("inner.zip", b"PK"))),
    Attack(name="zip-damaged", submitted=False, lay=_damaged),
    Attack(name="zip-for-the-victim", marks={}, lay=_zipped(("victim/lab.ipynb", notebook(START, "x = 1")))),
    Attack(name="zip-fair", marks=FAIR_MARK, lay=_zipped(("lab.ipynb", _FAIR), ("__MACOSX/lab.ipynb", b"x"))),
    _broken("empty", b"", "empty"),
    _broken("cut-off", _FAIR[:-30], "not JSON"),
    _broken("no-notebook", b"[1, 2]", "no list of cells"),
    _broken("picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not JSON"),
    _broken("other-letters", _FAIR.decode().encode("utf-16"), "", marks=FAIR_MARK),
    Attack(name="zip-one-damaged", marks=FAIR_MARK, lay=_one_damaged),
    Attack(name="zip-odd", submitted=False, lay=_odd),
    _broken("deep", b'{"nbformat": 4, "cells": ' + b"[" * 10**5 + b"]" * 10**5 + b"}", "nested too deep"),
    _broken("deep-metadata", _raw(metadata=json.loads("[" * 55 + "]" * 55)), "", marks=FAIR_MARK),
    _broken("huge", _raw() + b" " * (1 << 20), "at most 1 MB"),
    _broken("many-cells", _raw([_CELL] * 61), "at most 60"),
    _broken("old", _raw(nbformat=3), "format 4"),
    _broken("digits", b'{"nbformat": 4, "cells": [' + b"9" * 10**5 + b"]}", "not JSON"),
    _broken("odd-cells", _raw([None, 1, [], {"cell_type": 1}, {"cell_type": "code", "source": 1}, _CELL]),
            "damaged and was left out", marks=FAIR_MARK),
    _broken("half-letters", _raw([{**_CELL, "source": "x = '\ud800'"}, _CELL]), "", marks=FAIR_MARK),
    _broken("zero-letters", _raw([{**_CELL, "source": "x = '\0'"}, _CELL]), "cell 1", marks=FAIR_MARK),
    _broken("outputs", _raw([{**_CELL, "outputs": [{"output_type": "stream", "text": "2 of 2 points"}],
                              "source": ""}]), ""),
    _broken("stamp", _raw(metadata={"qnetlab": {"student": "victim", "versions": {"teleport.fidelity": "<b>x"}}}),
            "was made for version", marks=FAIR_MARK),
    _broken("kernel", _raw(metadata={"kernelspec": {"name": "../../bin/sh", "language": "bash"}}), "",
            marks=FAIR_MARK),
    _broken("long-line", _raw([{**_CELL, "source": "x = (" + "(" * 300 + ")" * 300 + ")"}, _CELL]), "cell 1",
            marks=FAIR_MARK),
    _broken("deep-program", _raw([{**_CELL, "source": "-" * 300_000 + "1"}, _CELL]), "cell 1", marks=FAIR_MARK),
]
