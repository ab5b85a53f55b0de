"""The satellite explorer by keyboard, as a saved page and in JupyterLab."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import SatelliteExplorer, from_json
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, shown


def holds(panel, key, moment) -> None:
    """What is written is what Python says."""
    seen, orbit = shown(panel), key.orbit
    t = orbit.duration_s * (moment / 100 - 0.5) * (1 - 1e-12)
    loss = float(orbit.loss_db(t))
    assert seen["range"] == f"{float(orbit.range_km(t)):.1f} km"
    assert seen["elevation"] == f"{float(orbit.elevation_deg(t)):.2f}°"
    assert seen["loss"] == f"{loss:.2f} dB" and seen["glass"] == f"+{loss:.2f} dB"
    assert seen["fiber"] == f"{loss / 0.2:.0f} km"
    assert seen["qber"] == f"{100 * float(key.qber_at(t)):.2f} %"
    assert seen["duration"] == f"{orbit.duration_s:.0f} s"
    assert (seen["key"] == "none") == (key.key_bits == 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, scheme):
    explorer = SatelliteExplorer()
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    holds(panel, explorer.protocol, explorer.state["moment"])
    names = [(n, k) for n, k in controls(panel) if enabled(panel, n)]
    assert len(names) == 8
    for name, kind in names:
        back = not can_go_on(panel, name, kind)
        before = explorer.state
        order = sorted({*explorer._panel.control(name).values, before[name]})
        move(page, panel, name, kind, back)
        explorer.state = {**before, name: order[order.index(before[name]) + (-1 if back else 1)]}
        holds(panel, explorer.protocol, explorer.state["moment"])
        move(page, panel, name, kind, not back)
        explorer.state = before
    assert not panel.evaluate(MEASURES)
    found = Axe().run(page).response["violations"]
    assert not found, found
    for name, key in (("moment", "Home"), ("background_rate_hz", "End"), ("culmination_deg", "Home")):
        panel.locator(f"[data-control='{name}']").focus()
        page.keyboard.press(key)
        assert not panel.evaluate(MEASURES)
    assert shown(panel)["key"] == "none"
    explorer.close()


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open("14_satellites.ipynb")
    student.run_all()
    panel = student.show(".qnl", SatelliteExplorer.title)

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    def python():
        key = from_json(student.python("__import__('qnetlab').to_json(explorer.protocol)"))
        holds(panel, key, student.python("explorer.state['moment']"))
        return {}

    assert drive(student.page, panel, state, python) == 8
    assert not panel.evaluate(MEASURES)
