"""Take the README's screenshot again: the live explorer in a real JupyterLab.

    .venv/bin/python docs/screenshot.py
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.browser.jupyter import student_at_work  # noqa: E402 - the path above first

if __name__ == "__main__":
    with student_at_work("03_teleportation.ipynb") as student:
        page, panel = student.page, student.show(".qnl")
        panel.locator("[data-control='length_km']").focus()
        for _ in range(10):
            page.keyboard.press("ArrowRight")
        panel.evaluate("panel => panel.scrollIntoView({block: 'end'})")
        page.wait_for_timeout(4000)  # Aer's points
        page.screenshot(path=HERE / "teleportation_explorer.png")
