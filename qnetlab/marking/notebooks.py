"""A strict reader of notebooks: sizes, depths and kinds are checked, symbolic links never followed.

A notebook is somebody's file: whatever is wrong with it is said in words for the report. Outputs and the names of
kernels are not looked at. A cell may carry ``{"qnetlab": {"exercise": id, "version": ..., "answer": name}}`` in its
metadata: this is where the answer belongs, and where it stands if nothing is handed over by ``check``.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .limits import MB, Limits

_DEEPEST = 60
_NAME = re.compile(r"[A-Za-z_]\w{0,60}")
_CHECK = re.compile(r"""\bcheck\(\s*["']([\w.\-]{1,100})["']""")
_RAW_CHECK = re.compile(rb"""(?:\b|\\[nt])check\(\s*(?:\\"|')([\w.\-]{1,100})(?:\\"|')""")
_RAW_TAG = re.compile(rb'''"exercise"\s*:\s*"([\w.\-]{1,100})"''')


class BadNotebook(ValueError):
    """The file is no notebook that could be executed; the text says why, for the student."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One code cell; ``number`` counts all cells from the top, from 1."""

    number: int
    code: str
    exercise: str = ""
    answer: str = ""
    version: str = ""

    def named(self) -> tuple[str, ...]:
        """Exercises that the code or the cell's metadata names, in order."""
        return tuple(dict.fromkeys(name for name in (self.exercise, *_CHECK.findall(self.code)) if name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """What is executed of a notebook, its stamp, and what is odd about it."""

    cells: tuple[Cell, ...]
    sha256: str
    stamp: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def named(self) -> tuple[str, ...]:
        """Exercises that the code or the cells' metadata names, in order."""
        return tuple(dict.fromkeys(name for cell in self.cells for name in cell.named()))


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The file itself; raises :class:`BadNotebook` for anything but a regular file of a reasonable size."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as reason:
        kind = "a symbolic link" if path.is_symlink() else f"not readable ({reason.strerror})"
        raise BadNotebook(f"The file is {kind}. Hand in the notebook itself.") from reason
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        raise BadNotebook("This is no file. Hand in the notebook itself.")
    with os.fdopen(handle, "rb") as file:
        if found.st_size > limits.notebook_mb * MB:
            raise BadNotebook(f"The notebook has {found.st_size / MB:.0f} MB; at most {limits.notebook_mb} MB are "
                              "read. Clear its outputs (Edit, Clear All Outputs), save it and hand it in again.")
        return file.read(limits.notebook_mb * MB + 1)


def read_notebook(raw: bytes, limits: Limits) -> Notebook:
    """Read a notebook of format 4; raises :class:`BadNotebook` in words for the student.

    >>> cell = {"cell_type": "code", "source": ["x = 1\\n", "x"], "metadata": {}}
    >>> raw = json.dumps({"nbformat": 4, "metadata": {}, "cells": [cell]}).encode()
    >>> read_notebook(raw, Limits()).cells[0].code
    'x = 1\\nx'
    """
    data = _json(raw)
    if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
        raise BadNotebook("The file is not a Jupyter notebook of format 4: it has no list of cells. Open it in "
                          "JupyterLab and save it again.")
    if data.get("nbformat") != 4:
        raise BadNotebook("The notebook is not of format 4. Open it in JupyterLab and save it again.")
    if len(data["cells"]) > limits.cells:
        raise BadNotebook(f"The notebook has {len(data['cells'])} cells; at most {limits.cells} are read.")
    cells, notes = [], []
    for number, raw_cell in enumerate(data["cells"], 1):
        if not isinstance(raw_cell, dict) or not isinstance(raw_cell.get("cell_type"), str):
            notes.append(f"Cell {number} is damaged and was left out.")
        elif raw_cell["cell_type"] == "code":
            code = _source(raw_cell.get("source"))
            if code is None:
                notes.append(f"Cell {number} is damaged and was left out.")
            else:
                cells.append(Cell(number=number, code=code, **_tag(raw_cell.get("metadata"))))
    notes += _oddities(cells)
    return Notebook(cells=tuple(cells), sha256=hashlib.sha256(raw).hexdigest(), stamp=_stamp(data.get("metadata")),
                    notes=tuple(notes))


def names_in(raw: bytes) -> set[str]:
    """Exercises that a notebook's bytes name, without reading it; for what may be anything."""
    found = _RAW_CHECK.findall(raw) + _RAW_TAG.findall(raw)
    return {name.decode("ascii", "replace") for name in found}


def _json(raw: bytes) -> Any:
    if len(raw) == 0:
        raise BadNotebook("The file is empty. Save the notebook and hand it in again.")
    if _nested(raw) > _DEEPEST:
        raise BadNotebook("The notebook is nested too deep to be read.")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError, MemoryError) as reason:
        raise BadNotebook("The file is damaged: it is not JSON. If it was cut off while it was uploaded, hand it in "
                          "again.") from reason


def _nested(raw: bytes) -> int:
    """How deep brackets are nested outside of texts; what lies inside texts does not count."""
    depth = deepest = 0
    for found in re.finditer(rb'"(?:[^"\\]|\\.)*+"|[\[{\]}]', raw, flags=re.DOTALL):
        token = found[0]
        if token in (b"[", b"{"):
            depth += 1
            deepest = max(deepest, depth)
        elif token in (b"]", b"}"):
            depth -= 1
        if deepest > _DEEPEST:
            break
    return deepest


def _source(source: Any) -> str | None:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    # A lone surrogate is a letter to JSON and none to anything else.
    return source.encode("utf-8", "replace").decode() if isinstance(source, str) else None


def _tag(metadata: Any) -> dict[str, str]:
    ours = metadata.get("qnetlab") if isinstance(metadata, dict) else None
    if not isinstance(ours, dict):
        return {}
    found = {key: ours[key][:100] for key in ("exercise", "answer", "version") if isinstance(ours.get(key), str)}
    if not _NAME.fullmatch(found.get("answer", "")):
        found.pop("answer", None)
    return found


def _stamp(metadata: Any) -> dict[str, Any]:
    ours = metadata.get("qnetlab") if isinstance(metadata, dict) else None
    if not isinstance(ours, dict):
        return {}
    stamp = {key: ours[key][:200] for key in ("assignment", "student") if isinstance(ours.get(key), str)}
    versions = ours.get("versions")
    if isinstance(versions, dict) and len(versions) <= 200:
        stamp["versions"] = {name[:100]: text[:100] for name, text in versions.items() if isinstance(text, str)}
    return stamp


def _oddities(cells: list[Cell]) -> list[str]:
    """Answer cells that were copied."""
    counted = Counter(cell.exercise for cell in cells if cell.exercise)
    return [f"The answer cell of {name} is there {count} times (cells "
            f"{', '.join(str(cell.number) for cell in cells if cell.exercise == name)})."
            for name, count in counted.items() if count > 1]
