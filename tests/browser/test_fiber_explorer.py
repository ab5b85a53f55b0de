"""The fiber explorer, by keyboard, in JupyterLab and as a saved page."""

import math

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import BB84, FiberExplorer
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, same_digits, shown

NOTEBOOK = "04_photons_in_fiber.ipynb"


def percent(text: str) -> float:
    return float(text.removesuffix(" %")) / 100


def close(text: str, number: float) -> bool:
    """Three digits are shown."""
    return math.isclose(percent(text), number, rel_tol=6e-3, abs_tol=1e-12)


def agrees(panel, protocol: BB84) -> None:
    theory, seen = protocol.theory(), shown(panel)
    assert close(seen["qber"], theory["qber"]), (seen["qber"], theory["qber"])
    assert close(seen["arrive"], protocol.fiber.transmittance)
    assert same_digits(seen["loss"].removesuffix(" dB"), protocol.fiber.loss_db)
    rate = theory["gain_0"] * protocol.source.repetition_rate_hz
    assert math.isclose(float(seen["click_rate"]), rate, rel_tol=6e-3)


def protocol_of(student) -> BB84:
    from qnetlab import from_json

    return from_json(student.python("__import__('qnetlab').to_json(explorer.protocol)"))


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    moved = drive(student.page, panel, state, lambda: agrees(panel, protocol_of(student)) or {})
    assert moved == len(controls(panel)) == 7


def test_points_join_and_what_python_sets_is_shown(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")
    student.settle()
    agrees(panel, protocol_of(student))  # the hardware of 2004, set by a cell
    panel.locator("[data-control='length_km']").focus()
    student.page.keyboard.press("ArrowRight")
    student.page.wait_for_function(
        """() => document.querySelector(".qnl [data-number='aer']").textContent.includes('±')""", timeout=30_000)
    student.settle()
    value, _, error = shown(panel)["aer"].removesuffix(" %").partition(" ± ")
    assert abs(float(value) - 100 * percent(shown(panel)["qber"])) <= 5 * float(error) + 0.05


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, scheme):
    explorer = FiberExplorer()
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    names = [(n, k) for n, k in controls(panel) if enabled(panel, n)]
    assert len(names) == 7
    for name, kind in names:
        values = explorer._panel.control(name).values
        back = not can_go_on(panel, name, kind)
        move(page, panel, name, kind, back)
        before = explorer.state
        order = sorted({*values, before[name]})
        explorer.state = {**before, name: order[order.index(before[name]) + (-1 if back else 1)]}
        agrees(panel, explorer.protocol)
        move(page, panel, name, kind, not back)
        explorer.state = before
        agrees(panel, explorer.protocol)
    assert not panel.evaluate(MEASURES)
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()


def test_what_is_said_from_one_kilometer_to_a_thousand(page, tmp_path):
    explorer = FiberExplorer(length_km=500, mu=1)
    explorer.save_html(tmp_path / "page.html")
    explorer.close()
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    assert shown(panel)["wait"] == "10 s"
    panel.locator("[data-control='length_km']").focus()
    page.keyboard.press("End")
    assert shown(panel)["wait"] == "3200 years"
    page.keyboard.press("Home")
    assert shown(panel)["wait"].endswith("ns")
