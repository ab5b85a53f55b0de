"""What the browser tests share. Where no Chromium is found they are reported as not run: see tests/conftest.py."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.jupyter import QUIET, VIEWPORT, Student, running_lab
from tests.conftest import chromium_path


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The address of a running JupyterLab on a copy of the notebooks; its folder is ``lab.folder``."""
    with running_lab(tmp_path_factory.mktemp("lab"), tmp_path_factory.mktemp("jupyter")) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET, headless=True)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A fresh page that fails the test if anything was asked of another computer."""
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    foreign: list[str] = []
    context.on("request", lambda request: foreign.append(request.url) if _is_foreign(request.url) else None)
    yield page
    context.close()
    assert not foreign, f"asked of other computers: {foreign}"


def _is_foreign(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in ("127.0.0.1", "localhost")


@pytest.fixture
def student(page, lab):
    """Somebody with that page and that server."""
    return Student(page, lab)
