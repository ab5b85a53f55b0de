"""The GHZ explorer: every control by keyboard, in JupyterLab and as a saved page; and who is drawn as sharing what."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import GhzExplorer, from_json
from tests.browser.explorers import MEASURES, controls, drive, move, same_digits, shown


def expected(protocol) -> dict[str, float]:
    return {name: value if abs(value) > 1e-9 else 0.0 for name, value in protocol.theory().items()}  # never -0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_whole_and_draws_who_shares_what(page, tmp_path, scheme):
    explorer = GhzExplorer(rng=5)
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    panel.locator("details > summary").click()
    drawn = []
    for center in ("kept", "measured_x", "measured_x_quiet", "measured_z", "lost"):
        explorer.state = {**explorer.state, "center": center}
        seen = shown(panel)
        for number, value in expected(explorer.protocol).items():
            assert same_digits(seen[number].replace("−", "-"), value), (center, number)
        picture = panel.locator("[data-picture='Who shares what']")
        drawn.append([picture.locator(f".qnl-{kind}").count() for kind in ("shared", "coins", "bits", "spent")])
        assert not panel.evaluate(MEASURES)
        if center != "lost":
            move(page, panel, "center", "radio", back=False)
    explorer.close()
    assert drawn == [[2, 0, 0, 0], [1, 0, 1, 1], [0, 1, 0, 1], [0, 1, 0, 1], [0, 1, 0, 1]]
    found = Axe().run(page).response["violations"]
    assert not found, found


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open("13_networks.ipynb")
    student.run_all()
    panel = student.show(".qnl", GhzExplorer.title)

    def state():
        student.settle()
        student.settle()  # Aer may hold the kernel up while a second message is on its way
        return student.python("dict(trio.state)")

    def python():
        return expected(from_json(student.python("__import__('qnetlab').to_json(trio.protocol)")))

    assert drive(student.page, panel, state, python) == len(controls(panel)) >= 9
