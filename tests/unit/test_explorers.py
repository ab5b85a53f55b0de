"""What holds for every explorer, those to come included."""

from __future__ import annotations

from pathlib import Path

import pytest

import qnetlab
from qnetlab import widgets

ROOT = Path(__file__).resolve().parents[2]
NAMES = [name for name in widgets.__all__ if name != "Explorer"]
BROWSER = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "browser").glob("test_*.py"))
NOTEBOOKS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "notebooks" / "src").glob("*.md"))


def test_no_two_have_one_title():
    titles = [getattr(widgets, name).title for name in NAMES]
    assert len(set(titles)) == len(titles) >= 16


@pytest.mark.parametrize("name", NAMES)
def test_it_is_found_by_its_file_and_by_the_facade(name):
    assert getattr(qnetlab, name) is getattr(widgets, name)
    assert name in qnetlab.__all__


@pytest.mark.parametrize("name", NAMES)
def test_it_opens_says_what_is_seen_and_gives_itself_back(name):
    explorer = getattr(widgets, name)()
    shown = explorer._repr_mimebundle_()[0]
    assert len(shown["text/plain"]) > 20 and "Run this notebook" in shown["text/html"]
    again = getattr(widgets, name)(protocol=explorer.protocol)
    assert again.protocol == explorer.protocol
    again.close()
    explorer.close()


@pytest.mark.parametrize("name", NAMES)
def test_it_stands_in_a_notebook_and_is_driven_in_a_browser(name):
    assert f"{name}(" in NOTEBOOKS
    assert name in BROWSER
