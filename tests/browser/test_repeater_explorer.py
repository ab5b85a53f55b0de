"""The repeater explorer by keyboard, as a saved page and in JupyterLab."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import RepeaterExplorer, from_json
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, open_folded, shown


def holds(panel, chain) -> None:
    """What is written is what Python says."""
    seen, told = shown(panel), chain.theory()
    assert seen["fidelity"] == f"{told['fidelity']:.4f}"
    assert seen["wrong_x"] == f"{100 * told['qber_x']:.1f} %"
    assert seen["wrong_z"] == f"{100 * told['qber_z']:.1f} %"
    assert (seen["bits"] == "none") == (told["bits_per_s"] == 0)
    if 0.1 < told["pairs_per_s"] < 999:
        assert float(seen["pairs"].removesuffix(" /s")) == pytest.approx(told["pairs_per_s"], rel=5.1e-3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, scheme):
    explorer = RepeaterExplorer()
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    holds(panel, explorer.protocol)
    open_folded(page, panel)
    names = [(n, k) for n, k in controls(panel) if enabled(panel, n)]
    assert len(names) >= 10
    for control, kind in names:
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


def test_throwing_away_is_drawn_beside_patience(page, tmp_path):
    """The third curve and its name are there when a round is given up, and only then."""
    explorer = RepeaterExplorer(t2_s=0.032, deadline_s=0.01)
    explorer.save_html(tmp_path / "page.html")
    explorer.close()
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    assert panel.get_by_text("bits, nothing given up").is_visible()
    assert "Throwing old pairs away" in panel.locator(".qnl-sentence").inner_text()
    panel.locator("[data-control='deadline_s']").focus()
    page.keyboard.press("End")
    assert not panel.get_by_text("bits, nothing given up").is_visible()
    assert "Pairs keep coming" in panel.locator(".qnl-sentence").inner_text()


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open("12_repeaters.ipynb")
    student.run_all()
    panel = student.show(".qnl", RepeaterExplorer.title)

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    def python():
        holds(panel, from_json(student.python("__import__('qnetlab').to_json(explorer.protocol)")))
        return {}

    assert drive(student.page, panel, state, python) >= 10
    assert not panel.evaluate(MEASURES)
