"""Eve's explorer, by keyboard, in JupyterLab and as a saved page."""

import dataclasses

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import EveExplorer, NoAttack
from qnetlab.theory.splitting import multiphotons_per_click
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, same_digits, shown

NOTEBOOK = "07_eves_toolbox.ipynb"


def expected(explorer: EveExplorer) -> dict[str, float]:
    """Every number that the explorer shows, from Python; what no decoy measures is left out."""
    protocol, state = explorer.protocol, explorer.state
    seen, honest = protocol.theory(), dataclasses.replace(protocol, attack=NoAttack()).theory()
    numbers = {"qber": seen.get("qber_0", seen["qber"]), "known": explorer.known, "signal_gain": seen["gain_0"],
               "honest_gain": honest["gain_0"],
               "per_click": float(multiphotons_per_click(
                   state["mu"], protocol.fiber.transmittance * protocol.detector.efficiency))}
    if state["decoys"] == "on":
        numbers |= {"ratio": seen["gain_1"] / seen["gain_0"], "honest_ratio": honest["gain_1"] / honest["gain_0"],
                    "in_the_dark": seen["gain_2"]}
    return numbers


def twin_of(state) -> EveExplorer:
    """An explorer here that stands where the notebook's stands."""
    return EveExplorer(**state)


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    def python_says():
        twin = twin_of(state())
        numbers = expected(twin)
        twin.close()
        return numbers

    moved = drive(student.page, panel, state, python_says)
    assert moved == len(controls(panel)) == 5


def test_the_surprise_by_keyboard(student):
    """Number splitting: everything known, and only the decoys' ratio is not what it should be."""
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")
    student.python("setattr(explorer, 'state', {**explorer.state, 'attack': 'splitting', 'strength': 1.0,"
                   " 'length_km': 100.0, 'decoys': 'off'})")
    student.settle()
    numbers = shown(panel)
    assert float(numbers["known"]) > 0.98
    assert numbers["signal_gain"] == numbers["honest_gain"]
    assert numbers["per_click"] == "490.8"
    assert numbers["ratio"] == "not sent"
    move(student.page, panel, "decoys", "radio", back=False)
    student.settle()
    assert float(shown(panel)["ratio"]) < 0.06 < 0.2 < float(shown(panel)["honest_ratio"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, scheme):
    explorer = EveExplorer(attack="splitting", decoys="on", strength=0.5)
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    for name, kind in controls(panel):
        if not enabled(panel, name):
            continue
        values = explorer._panel.control(name).values
        back = not can_go_on(panel, name, kind)
        move(page, panel, name, kind, back)
        before = explorer.state
        explorer.state = {**before, name: values[values.index(before[name]) + (-1 if back else 1)]}
        for number, value in expected(explorer).items():
            assert same_digits(shown(panel)[number], value), (name, number)
        move(page, panel, name, kind, not back)
        explorer.state = before
    assert not panel.evaluate(MEASURES)
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()
