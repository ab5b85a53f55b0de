"""Finding submissions: folders as nbgrader collects them, what a learning platform downloads as a zip, single files.

Nothing in a file name is believed to be a path: members of a zip are copied to numbered files, symbolic links are
reported and never followed.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from .late import stamped
from .limits import MB, Limits

_MOODLE = re.compile(r"^(?P<name>.+?)_(?P<id>\d+)_assignsubmission_\w+?_?(?:/|$)")
_CANVAS = re.compile(r"^(?P<name>[^_/]+)_(?:LATE_)?(?P<id>\d+)_\d+_(?P<file>[^/]+\.ipynb)$", flags=re.IGNORECASE)
_SKIPPED = {".ipynb_checkpoints", "__MACOSX", ".git", "release", "source", "autograded", "feedback"}
_MOST_FILES = 20_000


class BadArchive(ValueError):
    """A zip that is not opened; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One notebook that was handed in: where it lies, how it was called, who seems to have handed it in, and when
    (``changed``, in seconds since 1970; 0 where nobody knows)."""

    path: Path
    name: str
    hint: str
    sha256: str = ""
    changed: float = 0.0
    notes: tuple[str, ...] = field(default=())


def collect(place: Path, scratch: Path, limits: Limits) -> tuple[list[Found], list[str]]:
    """All notebooks at ``place``, and what was left out, in words. Raises :class:`BadArchive` or OSError."""
    left_out: list[str] = []
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    if place.is_dir():
        found = list(_folder(place, scratch, limits, left_out))
    elif place.suffix.lower() == ".zip":
        found = list(_zip(place, scratch / "zip", limits, left_out))
    elif place.exists():
        found = [Found(path=place, name=place.name, hint=place.stem)]
    else:
        raise FileNotFoundError(f"There is no {place}.")
    return [_stamped(_named(item), limits) for item in found], left_out


def _named(item: Found) -> Found:
    """With names that can be written: a file may be called by bytes that are no letters."""
    name, hint = (text.encode("utf-8", "backslashreplace").decode() for text in (item.name, item.hint))
    return replace(item, name=name, hint=hint)


def _stamped(item: Found, limits: Limits) -> Found:
    """With its content's hash and age; a file that cannot be read is found out later, in the worker."""
    try:
        info = item.path.lstat()
        if not stat.S_ISREG(info.st_mode) or info.st_size > limits.notebook_mb * MB:
            return replace(item, sha256=hashlib.sha256(f"{item.name} {info.st_size}".encode()).hexdigest())
        content = item.path.read_bytes()
        changed = item.changed or stamped(item.path.parent) or info.st_mtime
        return replace(item, sha256=hashlib.sha256(content).hexdigest(), changed=changed)
    except OSError:
        return replace(item, sha256=hashlib.sha256(item.name.encode()).hexdigest())


def _folder(place: Path, scratch: Path, limits: Limits, left_out: list[str]) -> Iterator[Found]:
    count = 0
    for folder, folders, files in os.walk(place, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED)
        for name in list(folders):
            if (Path(folder) / name).is_symlink():
                folders.remove(name)
                left_out.append(f"{Path(folder, name).relative_to(place)}: a symbolic link, not followed")
        for name in sorted(files):
            path = Path(folder, name)
            count += 1
            if count > _MOST_FILES:
                left_out.append(f"more than {_MOST_FILES} files; the rest was not looked at")
                return
            shown = path.relative_to(place).as_posix()
            if path.suffix.lower() == ".zip" and not stat.S_ISREG(path.lstat().st_mode):
                left_out.append(f"{shown}: a link or a pipe, not opened")
            elif path.suffix.lower() == ".zip":
                try:
                    inside = replace(limits, archive_mb=limits.archive_mb // 100)
                    for item in _zip(path, scratch / f"zip{count}", inside, left_out):
                        yield replace(item, name=f"{shown}/{item.name}", hint=whose(f"{shown}/{item.name}"))
                except BadArchive as reason:
                    left_out.append(f"{shown}: {reason}")
            elif path.suffix.lower() == ".ipynb":
                yield Found(path=path, name=shown, hint=whose(shown))


def whose(name: str) -> str:
    """Who seems to have handed in a file of this name: from a folder, or from what a platform writes into it.

    >>> whose("ada/lab3/lab3.ipynb"), whose("Ada Lovelace_123_assignsubmission_file_/lab3 (2) final.ipynb")
    ('ada', 'Ada Lovelace')
    >>> whose("lovelaceada_77_991_lab3-1.ipynb"), whose("lab3_ada.ipynb")
    ('lovelaceada', 'lab3_ada')
    """
    moodle, canvas = _MOODLE.match(name), _CANVAS.match(name.rpartition("/")[2])
    if moodle:
        return moodle["name"]
    if canvas:
        return canvas["name"]
    parts = [part for part in name.split("/") if part not in ("submitted", "submissions", "")]
    return parts[0] if len(parts) > 1 else Path(parts[0]).stem if parts else name


def _zip(place: Path, into: Path, limits: Limits, left_out: list[str]) -> Iterator[Found]:
    """Copy the notebooks out of a zip, each to a numbered file."""
    try:
        with zipfile.ZipFile(place) as archive:
            members = archive.infolist()
            if len(members) > _MOST_FILES:
                raise BadArchive(f"it holds {len(members)} files; at most {_MOST_FILES} are looked at")
            into.mkdir(parents=True, exist_ok=True)
            left = limits.archive_mb * MB
            for number, member in enumerate(members):
                found = _member(archive, member, into / f"{number}.ipynb", limits, left_out)
                if found is not None:
                    left -= found.path.stat().st_size
                    if left < 0:
                        raise BadArchive(f"it unpacks to more than {limits.archive_mb} MB; the rest was left out")
                    yield found
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as reason:
        if isinstance(reason, BadArchive):
            raise
        raise BadArchive(f"it cannot be opened: {reason}") from reason


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, limits: Limits,
            left_out: list[str]) -> Found | None:
    name = member.filename
    parts = name.replace("\\", "/").split("/")
    if member.is_dir() or set(parts) & _SKIPPED or not parts[-1].lower().endswith(".ipynb"):
        return None
    if stat.S_ISLNK(member.external_attr >> 16):
        left_out.append(f"{name!r} in the zip: a symbolic link, not followed")
        return None
    if ".." in parts or parts[0] == "" or ":" in parts[0]:
        left_out.append(f"{name!r} in the zip: its name leads out of the zip")
        return None
    if member.flag_bits & 1:
        left_out.append(f"{name!r} in the zip: it is locked with a password")
        return None
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others may ask for any memory
        left_out.append(f"{name!r} in the zip: it is packed in an uncommon way")
        return None
    try:
        fits = _unpack(archive, member, target, limits.notebook_mb * MB)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as reason:
        left_out.append(f"{name!r} in the zip: it is damaged ({reason})")
        return None
    if not fits:
        target.unlink()
        left_out.append(f"{name!r} in the zip: it unpacks to more than {limits.notebook_mb} MB")
        return None
    shown = "/".join(parts)
    return Found(path=target, name=shown, hint=whose(shown), changed=_time(member))


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, most: int) -> bool:
    """Copy one member out, unless it is longer; the size in the header may lie, so count."""
    written = 0
    with archive.open(member) as source, open(target, "wb") as file:
        while chunk := source.read(65536):
            written += len(chunk)
            if written > most:
                return False
            file.write(chunk)
    return True


def _time(member: zipfile.ZipInfo) -> float:
    try:
        return datetime(*member.date_time).timestamp() if member.date_time[0] > 1980 else 0.0
    except (ValueError, OverflowError):
        return 0.0
