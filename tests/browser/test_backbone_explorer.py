"""The backbone explorer, by keyboard and by clicks on relays, in JupyterLab and as a saved page."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import BackboneExplorer
from qnetlab.theory.trusted_relays import RelayPath
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, same_digits, shown

NOTEBOOK = "15_backbone.ipynb"
NUMBERS = ("hops", "relays", "rate_bps", "direct_bps", "spent", "leak")


def expected(line: RelayPath) -> dict[str, float]:
    """Every number that the explorer shows, from Python."""
    return {name: line.theory()[name] for name in NUMBERS}


def test_every_control_by_keyboard_and_every_relay_by_a_click(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    def python_says():
        return expected(RelayPath(**state()))

    student.python("setattr(explorer, 'protocol', type(explorer.protocol)(paths=2))")
    assert drive(student.page, panel, state, python_says) == len(controls(panel)) == 7
    panel.locator("[data-line='0'][data-relay='7']").click()
    assert state()["corrupt_first"] == 7
    panel.locator("[data-line='1'][data-relay='31']").click()
    assert (state()["corrupt_second"], student.python("explorer.protocol.theory()['eve']")) == (31, 1.0)
    assert "Relay 7 of one path and relay 31 of the other are corrupt" in panel.locator(".qnl-sentence").text_content()
    panel.locator("[data-line='0'][data-relay='7']").click()
    assert state()["corrupt_first"] == 0
    assert "coins" in panel.locator(".qnl-sentence").text_content()
    panel.locator("[data-control='spacing_km']").focus()
    student.page.keyboard.press("End")
    assert (state()["corrupt_second"], state()["spacing_km"]) == (7, 250)  # relay 31 is not there any more
    assert not student.python("explorer.problem")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, scheme):
    explorer = BackboneExplorer(corrupt_first=5)
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    assert not enabled(panel, "corrupt_second")
    for name, kind in controls(panel):
        if not enabled(panel, name):
            continue
        values = explorer._panel.control(name).values
        back = not can_go_on(panel, name, kind)
        move(page, panel, name, kind, back)
        before = explorer.state
        explorer.state = {**before, name: values[values.index(before[name]) + (-1 if back else 1)]}
        for number, value in expected(explorer.protocol).items():
            assert same_digits(shown(panel)[number], value), (name, number)
        move(page, panel, name, kind, not back)
        explorer.state = before
    assert panel.locator("[data-corrupt='yes']").count() == 1
    boxes = [mark.bounding_box() for mark in panel.locator(".qnl-target").all()]
    assert len(boxes) == 31
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24
    for one, other in itertools.pairwise(boxes):  # neighbors do not cover each other
        assert abs(one["y"] - other["y"]) >= 24
    assert not panel.evaluate(MEASURES)
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()
