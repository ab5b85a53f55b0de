"""Take the README's screenshot again: the live explorer in a real JupyterLab.

    .venv/bin/python docs/screenshot.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from playwright.sync_api import sync_playwright  # noqa: E402 - the path above first

from tests.browser.jupyter import QUIET, VIEWPORT, Student, running_lab  # noqa: E402
from tests.conftest import chromium_path  # noqa: E402

if __name__ == "__main__":
    folder, own = (Path(tempfile.mkdtemp()) for _ in range(2))
    with sync_playwright() as playwright, running_lab(folder, own) as lab:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        page = browser.new_context(viewport=VIEWPORT).new_page()
        student = Student(page, lab)
        student.open("03_teleportation.ipynb")
        student.run_all()
        panel = student.show(".qnl")
        panel.locator("[data-control='length_km']").focus()
        for _ in range(10):
            page.keyboard.press("ArrowRight")
        panel.evaluate("panel => panel.scrollIntoView({block: 'end'})")
        page.wait_for_timeout(4000)  # Aer's points
        page.screenshot(path=HERE / "teleportation_explorer.png")
        browser.close()
