"""The herald explorer, by keyboard, in JupyterLab and as a saved page."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import HeraldExplorer, from_json
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, same_digits, shown
from tests.exact.test_js_twin_herald import other_of


def expected(protocol) -> dict[str, float]:
    return {"fidelity": protocol.theory()["fidelity"], "other_fidelity": other_of(protocol).theory()["fidelity"]}


def pairs(rate_hz: float) -> str:
    return str(float(f"{rate_hz:.3g}")).removesuffix(".0")


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open("09b_heralded_links.ipynb")
    student.run_all()
    panel = student.show(".qnl", HeraldExplorer.title)

    def protocol():
        return from_json(student.python("__import__('qnetlab').to_json(explorer.protocol)"))

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    assert drive(student.page, panel, state, lambda: expected(protocol())) == len(controls(panel)) == 8
    assert not panel.evaluate(MEASURES)

    panel.locator("[data-control='length_km']").focus()
    student.page.keyboard.press("ArrowRight")
    student.page.wait_for_function(
        """() => document.querySelector(".qnl [data-number='aer']").textContent.includes('±')""", timeout=30_000)
    student.settle()
    value, _, error = shown(panel)["aer"].partition(" ± ")
    assert abs(float(value) - protocol().theory()["fidelity"]) <= 6 * float(error) + 0.01


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, scheme):
    explorer = HeraldExplorer(bright=0.1, overlap=0.9, phase_noise_rad=0.2, dark_count_rate_hz=100, t2_s=0.01)
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    for name, kind in controls(panel):
        assert enabled(panel, name)
        values, before = explorer._panel.control(name).values, explorer.state
        back = not can_go_on(panel, name, kind)
        move(page, panel, name, kind, back)
        order = sorted({*values, before[name]}) if kind == "range" else list(values)
        explorer.state = {**before, name: order[order.index(before[name]) + (-1 if back else 1)]}
        seen = shown(panel)
        for number, value in expected(explorer.protocol).items():
            assert same_digits(seen[number], value), (name, number)
        assert seen["rate"] == pairs(explorer.protocol.link.pair_rate_hz), name
        assert seen["other_rate"] == pairs(other_of(explorer.protocol).link.pair_rate_hz), name
        move(page, panel, name, kind, not back)
        explorer.state = before
    assert not panel.evaluate(MEASURES)
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()


def test_every_scheme_has_its_line_and_its_sentence(page, tmp_path):
    explorer = HeraldExplorer()
    explorer.save_html(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    for scheme, words in (("two clicks", "Two clicks: 2.04"), ("source between", "A source between: "),
                          ("node to node", "Node to node: 1.02"), ("one click", "One click: 12.9")):
        panel.locator("[data-control='scheme']").select_option(label=scheme)
        assert panel.locator(".qnl-sentence").inner_text().startswith(words)
        assert len(panel.locator("polyline.qnl-one").all()) >= 2
    explorer.close()
