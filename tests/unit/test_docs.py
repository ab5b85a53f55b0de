"""The Python in the documents runs, and what they link to exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(ROOT.glob("docs/*.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_its_python_runs(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert blocks
    names: dict = {}
    for block in blocks:
        exec(compile(block, path.name, "exec"), names)
    if "explorer" in names:
        names["explorer"].save_html("page.html")
        names["explorer"].close()
        assert (tmp_path / "page.html").stat().st_size > 10_000
