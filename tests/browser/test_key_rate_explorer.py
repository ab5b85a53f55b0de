"""The key-rate explorer by keyboard, as a saved page and in JupyterLab."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import KeyRateExplorer, from_json
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, shown


def kilometers(km: float) -> str:
    return f"{km:.1f} km" if km > 0 else "nowhere"


def holds(panel, link) -> None:
    """What is written is what Python says."""
    seen = shown(panel)
    assert seen["qber"] == f"{100 * link.qber:.2f} %"
    assert seen["reach"] == kilometers(link.reach_km)
    assert (seen["rate"] == "none") == (link.bits_per_s == 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, scheme):
    explorer = KeyRateExplorer()
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    holds(panel, explorer.protocol)
    for control, kind in [(n, k) for n, k in controls(panel) if enabled(panel, n) and n != "detector"]:
        values = explorer._panel.control(control).values
        back = not can_go_on(panel, control, kind)
        before = explorer.state
        move(page, panel, control, kind, back)
        explorer.state = {**before, control: values[values.index(before[control]) + (-1 if back else 1)]}
        holds(panel, explorer.protocol)
        move(page, panel, control, kind, not back)
        explorer.state = before
    assert not panel.evaluate(MEASURES)
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open("06b_key_rates.ipynb")
    student.run_all()
    panel = student.show(".qnl", KeyRateExplorer.title)

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    def python():
        holds(panel, from_json(student.python("__import__('qnetlab').to_json(explorer.protocol)")))
        return {}

    assert drive(student.page, panel, state, python) >= 9
    assert not panel.evaluate(MEASURES)
