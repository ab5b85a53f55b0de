"""Lists that may be one file, ``predictions.toml``, or a folder with a file per subject, ``predictions/*.toml``."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path


def list_files(folder: Path | Traversable, name: str) -> dict[str, str]:
    """Where each file of a list stands -> its text, the single file first, then the subjects by name.

    >>> from importlib.resources import files
    >>> "teleportation.toml" in str(list(list_files(files(__package__), "misconceptions")))
    True
    """
    single, subjects = folder / f"{name}.toml", folder / name
    inside = sorted(subjects.iterdir(), key=lambda entry: entry.name) if subjects.is_dir() else []
    kept = [*([single] if single.is_file() else []), *(entry for entry in inside if entry.name.endswith(".toml"))]
    return {str(entry): entry.read_text(encoding="utf-8") for entry in kept}
