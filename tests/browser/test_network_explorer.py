"""The network explorer: nodes by mouse and by keyboard, every control, and the saved page."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import NetworkExplorer, from_json
from tests.browser.explorers import MEASURES, controls, drive, same_digits, shown


@pytest.fixture
def panel(page, tmp_path):
    explorer = NetworkExplorer()
    explorer.save_html(tmp_path / "page.html")
    explorer.close()
    page.goto((tmp_path / "page.html").as_uri())
    return page.locator(".qnl")


def expected(**settings):
    explorer = NetworkExplorer(**settings)
    theory = explorer.protocol.theory()
    explorer.close()
    return theory


def agrees_with(panel, **settings):
    seen = shown(panel)
    return all(same_digits(seen[name], number) for name, number in expected(**settings).items())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_whole(panel, page, scheme):
    page.emulate_media(color_scheme=scheme)
    panel.locator("details > summary").click()
    assert len(controls(panel)) == 18
    assert not panel.evaluate(MEASURES)
    found = Axe().run(page).response["violations"]
    assert not found, found
    assert agrees_with(panel)


def test_a_node_is_dragged_by_mouse(panel, page):
    box = panel.locator("[data-node='4'] .qnl-place").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 40, steps=4)
    page.mouse.up()
    label = panel.locator("[data-node='4']").get_attribute("aria-label")
    east, north = (int(word) for word in label.replace(",", "").split() if word.isdigit())
    assert (east, north) != (42, 34) and 50 <= east <= 65 and north > 38
    assert agrees_with(panel, m_x=east, m_y=north)
    page.mouse.move(x, y)  # let go: nothing moves any more
    assert panel.locator("[data-node='4']").get_attribute("aria-label") == label


def test_a_node_is_moved_by_keyboard_and_keeps_the_focus(panel, page):
    node = panel.locator("[data-node='5']")
    node.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    assert node.get_attribute("aria-label") == "N, 92 km to the east, 36 km to the north"
    assert node.evaluate("node => node === document.activeElement")
    assert agrees_with(panel, n_x=92, n_y=36)
    for _ in range(20):
        page.keyboard.press("Shift+ArrowRight")
    assert node.get_attribute("aria-label").startswith("N, 130 km")  # the map has an edge


def test_targets_are_large_enough_for_a_finger(panel):
    for i in range(6):
        box = panel.locator(f"[data-node='{i}'] .qnl-grip").bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open("13_networks.ipynb")
    student.run_all()
    panel = student.show(".qnl", NetworkExplorer.title)

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    def python():
        return from_json(student.python("__import__('qnetlab').to_json(explorer.protocol)")).theory()

    assert drive(student.page, panel, state, python) == 18
