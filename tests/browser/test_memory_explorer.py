"""The memory explorer, by keyboard, in JupyterLab and as a saved page."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import MemoryExplorer, Storage
from qnetlab.devices.platforms import platforms
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, same_digits, shown

NOTEBOOK = "09_memories.ipynb"


def expected(protocol: Storage) -> dict[str, float]:
    theory = protocol.theory()
    return {"fidelity": theory["fidelity"], "returned": theory["returned"],
            "coherence": protocol.memory.coherence(protocol.wait_s)}


def protocol_of(student) -> Storage:
    from qnetlab import from_json

    return from_json(student.python("__import__('qnetlab').to_json(explorer.protocol)"))


def table(panel) -> dict[str, list[str]]:
    return panel.evaluate("""root => Object.fromEntries([...root.querySelectorAll('[data-platform]')]
        .map(row => [row.dataset.platform, [...row.querySelectorAll('td')].map(cell => cell.textContent)]))""")


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    moved = drive(student.page, panel, state, lambda: expected(protocol_of(student)))
    assert moved == len(controls(panel)) == 6
    assert not panel.evaluate(MEASURES)

    panel.locator("[data-control='wait_s']").focus()
    student.page.keyboard.press("ArrowRight")
    student.page.wait_for_function(
        """() => document.querySelector(".qnl [data-number='aer']").textContent.includes('±')""", timeout=30_000)
    student.settle()
    value, _, error = shown(panel)["aer"].partition(" ± ")
    assert abs(float(value) - expected(protocol_of(student))["fidelity"]) <= 6 * float(error) + 0.01


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, scheme):
    explorer = MemoryExplorer(memory="SiV, electron", wait_s=0.001, efficiency=0.5, lifetime_s=0.01)
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    for name, kind in controls(panel):
        if name == "memory" or not enabled(panel, name):
            continue
        values, before = explorer._panel.control(name).values, explorer.state
        back = not can_go_on(panel, name, kind)
        move(page, panel, name, kind, back)
        order = sorted({*values, before[name]}) if kind == "range" else list(values)
        explorer.state = {**before, name: order[order.index(before[name]) + (-1 if back else 1)]}
        for number, value in expected(explorer.protocol).items():
            assert same_digits(shown(panel)[number], value), (name, number)
        move(page, panel, name, kind, not back)
        explorer.state = before
    for platform in platforms():
        kept, back, *_ = table(panel)[platform.name]
        theory = Storage(memory=platform.memory, wait_s=explorer.protocol.wait_s).theory()
        assert kept.removesuffix(" ?") == (f"{theory['fidelity']:.3f}" if platform.value("t2_s") else "–")
        cited = platform.value("read_efficiency") or platform.value("retrieval_lifetime_s")
        assert back.removeprefix("≤ ") == (f"{theory['returned']:.3f}" if cited else "–")
    assert not panel.evaluate(MEASURES)
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()


def test_a_kind_brings_its_numbers_and_its_row(page, tmp_path):
    explorer = MemoryExplorer(wait_s=0.0005)
    explorer.save_html(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    assert shown(panel)["km"] == "102" and shown(panel)["fidelity"] == "0.8033"
    kinds = panel.locator("[data-control='memory']")
    for name in ("Eu crystal, spins", "cold atoms"):
        kinds.select_option(name)
        explorer.state = {**explorer.state, **explorer.completed({"memory": name})}
        for number, value in expected(explorer.protocol).items():
            assert same_digits(shown(panel)[number], value)
        assert panel.locator("[data-chosen]").get_attribute("data-platform") == name
    assert "is not cited here" in panel.locator(".qnl-sentence").inner_text()
    above = panel.locator("[data-picture='share against waits, in s'] text").all_text_contents()
    assert "40 000" in above and "km of herald; 40 000 is around the Earth" in above
    explorer.close()
