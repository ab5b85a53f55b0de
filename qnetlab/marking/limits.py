"""The limits of a graded run, all in one place. The README and ``qnetlab doctor`` show this table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

MB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one submission may use. A cell or submission beyond a limit is stopped; what was answered before stays."""

    seconds: float = 90.0  # one submission, all of its cells
    cell_seconds: float = 15.0  # one cell
    call_seconds: float = 5.0  # one call of a function that was asked for
    restarts: int = 3  # how often a notebook is begun again without the cell that crashed or never ended
    memory_mb: int = 2048  # all processes of a submission together
    processes: int = 64  # processes and threads
    file_mb: int = 16  # one file, and all files of a submission together 4 times as much
    files: int = 2000  # in the scratch folder
    open_files: int = 256
    answer_kb: int = 512  # one answer, as text
    answers: int = 500  # answers handed over, counting repetitions
    output_kb: int = 4096  # everything that leaves the sandbox; what a notebook prints is thrown away
    notebook_mb: int = 20  # the file
    cells: int = 500
    archive_mb: int = 4096  # a zip, unpacked; one that lies in a student's folder a hundredth of it
    judge_seconds: float = 30.0  # comparing the answers, on the trusted side
    judge_memory_mb: int = 4096

    def to_dict(self) -> dict[str, float]:
        """As plain data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Limits:
        """From what :meth:`to_dict` wrote."""
        return replace(cls(), **{field.name: raw[field.name] for field in fields(cls) if field.name in raw})


def scratch_bytes(limits: Limits) -> int:
    """All files of a submission together."""
    return limits.file_mb * 4 * MB


#: name -> what it is, for people
WORDS = {
    "seconds": "s for one submission", "cell_seconds": "s for one cell", "call_seconds": "s for one call of a function",
    "restarts": "times begun again without the cell that crashed or never ended",
    "memory_mb": "MB of memory, all processes together", "processes": "processes and threads",
    "file_mb": "MB in one file, four times that in all", "files": "files", "open_files": "open files",
    "answer_kb": "kB in one answer", "answers": "answers handed over, with repetitions",
    "output_kb": "kB out of the sandbox in all (what is printed is thrown away)",
    "notebook_mb": "MB of notebook", "cells": "cells",
    "archive_mb": "MB in a zip, unpacked (a hundredth of it in a zip that lies in a student's folder)",
    "judge_seconds": "s to compare the answers of one submission", "judge_memory_mb": "MB to compare them",
}
