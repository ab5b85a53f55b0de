"""One zip file with a folder's journal and notebooks: written whole, read with distrust, nothing overwritten.

An archive comes from outside. Only plain names at its top level are read, only as many bytes as a lab can have, and all
of it is looked at before the first file is written.
"""

from __future__ import annotations

import os
import stat
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from ..checks import refuse, require
from .journal import FILE, Journal, read_events

MAX_FILES = 200
MAX_FILE_BYTES = 50_000_000
MAX_TOTAL_BYTES = 200_000_000
MAX_NAME_BYTES = 200
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))}
_MARK = b"qnetlab lab, version 1"  # the zip comment by which save knows its own files
_SUFFIX = ".ipynb"


@dataclass(frozen=True, slots=True)
class Restored:
    """What happened to each file, and what else the student should know."""

    files: dict[str, str]
    note: str


def zip_path(path: str | Path) -> Path:
    """The path with ``.zip`` where it has no ending.

    >>> zip_path("my_work").name, zip_path("my_work.zip").name
    ('my_work.zip', 'my_work.zip')
    """
    require(isinstance(path, (str, os.PathLike)), "path must be the name of a zip file, as a text",
            got={"path": path}, fix='"lab.zip"', error=TypeError)
    path = Path(path)
    return path if path.suffix or not path.name else path.with_suffix(".zip")


def save(path: Path, folder: Path) -> list[str]:
    """Write the journal and the notebooks of ``folder`` into ``path``; returns their names."""
    require(path.suffix.lower() == ".zip", "the file to write must end in .zip", got={"path": str(path)},
            why="Under another ending nobody would know what it is", fix=f'progress.save("{path.stem or "lab"}.zip")')
    require(not path.exists() or _is_ours(path), "the file to write must be new, or one that progress.save wrote",
            got={"path": str(path)}, why="Something else is kept under this name", fix='progress.save("my_lab.zip")')
    require(path.parent.is_dir(), "the folder to write into must exist", got={"path": str(path)}, fix='"lab.zip"')
    files = [file for file in (folder / FILE, *sorted(folder.glob(f"*{_SUFFIX}"))) if file.is_file()]
    files = [file for file in files if not file.name.startswith(".")]  # an editor's own copies
    require(bool(files), "there must be something to save", got={"folder": str(folder)},
            why="It holds no progress.json and no notebook", fix="a check or a prediction first")
    for file in files:
        require(_plain(file.name), f"the name of a notebook must be one for every system, at most {MAX_NAME_BYTES} "
                "bytes long", got={"name": file.name}, why="It could not be restored elsewhere", fix="to rename it")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as lab:
            lab.comment = _MARK
            for file in files:
                lab.write(file, file.name)
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
    return [file.name for file in files]


def restore(path: Path, folder: Path) -> Restored:
    """Bring the files of an archive into ``folder``; raises ValueError, before anything is written, if it is unsafe."""
    contents = _read(path)
    files: dict[str, str] = {}
    note = ""
    if FILE in contents:
        try:
            events = read_events(contents[FILE])
        except ValueError as reason:
            refuse(f"the {FILE} in the archive must be readable", got={"path": str(path)}, why=_sentence(reason),
                   fix="an older archive")
        note = Journal(folder).join(events)
        files[FILE] = "joined with what is here"
    for name, content in contents.items():
        if name != FILE:
            files[name] = _put(folder / name, content)
    return Restored(files, note)


def journal_of(path: Path) -> bytes:
    """The journal inside an archive, read with the same distrust; raises ValueError if there is none."""
    contents = _read(path)
    require(FILE in contents, f"the archive must hold a {FILE}", got={"path": str(path)},
            why="Nothing was solved or predicted in it", fix="the archive of a folder in which somebody worked")
    return contents[FILE]


def _put(target: Path, content: bytes) -> str:
    """Write a notebook where no other work stands: under its name, else beside."""
    if target.is_file() and target.read_bytes() == content:
        return "was here already, the same"
    number = 0
    while True:
        place = target if number == 0 else target.with_name(f"restored{number if number > 1 else ''}_{target.name}")
        try:
            with open(place, "xb") as file:  # x: never over anything, not even through a symbolic link
                file.write(content)
        except FileExistsError:
            if number and place.is_file() and place.read_bytes() == content:
                return f"yours differs and was kept; the saved one is in {place.name}"
            number += 1
            continue
        return "restored" if number == 0 else f"yours differs and was kept; the saved one is in {place.name}"


def _is_ours(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as lab:
            return lab.comment == _MARK
    except (OSError, zipfile.BadZipFile):
        return False


def _read(path: Path) -> dict[str, bytes]:
    """Name -> content, or ValueError."""
    require(path.is_file(), "the archive to restore must be a file", got={"path": str(path)},
            why="Upload it into this folder first", fix='progress.restore("lab.zip")')
    try:
        with zipfile.ZipFile(path) as lab:
            require(lab.comment == _MARK, "the archive must be one that progress.save wrote", got={"path": str(path)},
                    why="Only such files are known to be safe to bring back", fix='progress.restore("lab.zip")')
            entries = lab.infolist()
            require(len(entries) <= MAX_FILES, f"an archive holds at most {MAX_FILES} files",
                    got={"files": len(entries)}, why="A lab has far fewer", fix="the archive that progress.save wrote")
            contents: dict[str, bytes] = {}
            for entry in entries:
                _safe(entry, contents)
                contents[entry.filename] = _bounded(lab, entry, sum(map(len, contents.values())))
            return contents
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as reason:
        refuse("the archive must be whole", got={"path": str(path)}, why=f"It cannot be read: {reason}",
               fix="to download and upload it again")


def _safe(entry: zipfile.ZipInfo, earlier: dict[str, bytes]) -> None:
    """Refuse every name that is not a plain notebook or the journal, each at most once."""
    name = entry.filename
    link = stat.S_ISLNK(entry.external_attr >> 16)
    require(_plain(name) and not link and name not in earlier, f"an archive holds only {FILE} and notebooks, each once",
            got={"name": name}, why="Other names could write outside of this folder, or not at all on some systems",
            fix="the archive that progress.save wrote")


def _plain(name: str) -> bool:
    """Whether a name is the journal's or a notebook's, and can be written in a folder of every system."""
    stem = name.removesuffix(_SUFFIX)
    return name == FILE or (
        name.endswith(_SUFFIX) and name.isprintable() and stem == stem.strip(" .") != ""
        and not set(name) & set('/\\:*?"<>|') and len(name.encode("utf-8")) <= MAX_NAME_BYTES
        and stem.split(".")[0].rstrip().upper() not in _RESERVED)


def _sentence(reason: Exception) -> str:
    """What an error says, with a capital letter."""
    return str(reason)[:1].upper() + str(reason)[1:]


def _bounded(lab: zipfile.ZipFile, entry: zipfile.ZipInfo, before: int) -> bytes:
    """The content of one entry, never more than allowed, whatever its header says."""
    limit = min(MAX_FILE_BYTES, MAX_TOTAL_BYTES - before)
    with lab.open(entry) as file:
        content = file.read(limit + 1)
    require(len(content) <= limit, f"a file must be at most {MAX_FILE_BYTES} bytes, all at most {MAX_TOTAL_BYTES}",
            got={"name": entry.filename}, why="A notebook is far smaller", fix="to clear its outputs and save again")
    return content
