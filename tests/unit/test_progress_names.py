"""A lab is saved under names with which every system can restore it, or not at all."""

from __future__ import annotations

import pytest

from qnetlab.grading.progress import progress


def test_only_what_can_be_restored_is_saved(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".copy.ipynb").write_text("an editor's")
    (tmp_path / "one.ipynb").write_text("mine")
    assert "one.ipynb" in repr(progress.save())
    assert ".copy.ipynb" not in repr(progress.save())
    before = (tmp_path / "lab.zip").read_bytes()
    (tmp_path / ("n" * 200 + ".ipynb")).write_text("too long")
    with pytest.raises(ValueError, match="to rename it"):
        progress.save()
    assert (tmp_path / "lab.zip").read_bytes() == before
