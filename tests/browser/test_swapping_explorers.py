"""The explorers of swapping and purification, by keyboard, in JupyterLab and as saved pages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import PurificationExplorer, SwapExplorer, Swapping, from_json
from qnetlab.theory.states import bell_fidelity
from qnetlab.theory.swapping import uncorrected_pair
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, same_digits, shown

NOTEBOOKS = {"swap": "10_swapping.ipynb", "purification": "11_purification.ipynb"}
KINDS = {"swap": SwapExplorer, "purification": PurificationExplorer}


def expected(protocol) -> dict[str, float]:
    """The numbers that an explorer shows in digits, from Python."""
    seen = {name: value if abs(value) > 1e-9 else 0.0 for name, value in protocol.theory().items()}  # never -0
    if isinstance(protocol, Swapping):
        pairs = protocol.pairs()
        shares = {"quiet": uncorrected_pair(pairs), "first": pairs[0], "others": pairs[-1]}
        return {**seen, **{what: float(bell_fidelity(pair, "phi_plus")) for what, pair in shares.items()}}
    return {"fidelity": seen["fidelity"], "success": seen[f"success_{protocol.rounds}"],
            "raw": protocol.link.heralded_fidelity, "raw_pairs": seen["raw_pairs"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, name, scheme):
    explorer = KINDS[name](rng=5)
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    names = [(n, k) for n, k in controls(panel) if enabled(panel, n)]
    assert len(names) >= 8
    for control, kind in names:
        if not panel.locator(f"[data-control='{control}']").first.is_visible():
            panel.locator("details > summary").first.click()
        values = explorer._panel.control(control).values
        back = not can_go_on(panel, control, kind)
        before = explorer.state
        move(page, panel, control, kind, back)
        explorer.state = {**before, control: values[values.index(before[control]) + (-1 if back else 1)]}
        for number, value in expected(explorer.protocol).items():
            assert same_digits(shown(panel)[number].replace("−", "-"), value), (control, number)
        move(page, panel, control, kind, not back)
        explorer.state = before
    assert not panel.evaluate(MEASURES)
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()


def test_the_run_is_told_step_by_step(page, tmp_path):
    """Bits travel only in the last step, and a cross marks the lost ones."""
    explorer = SwapExplorer(links=3, corrections="none")
    explorer.save_html(tmp_path / "page.html")
    explorer.close()
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    drawn = []
    for step in (1, 2, 3, 4):
        picture = panel.locator("[data-picture='One run in space and time']")
        drawn.append([picture.locator(f".qnl-{kind}").count() for kind in ("flight", "joined", "bits", "lost-bit")])
        if step < 4:
            move(page, panel, "step", "steps", back=False)
    assert drawn == [[6, 0, 0, 0], [6, 0, 0, 0], [6, 2, 0, 0], [6, 2, 2, 2]]
    assert "the bits are lost" in panel.inner_text()


@pytest.mark.parametrize("name", KINDS)
def test_every_control_by_keyboard_shows_what_python_says(student, name):
    student.open(NOTEBOOKS[name])
    student.run_all()
    panel = student.show(".qnl", KINDS[name].title)

    def state():
        student.settle()
        student.settle()  # Aer may hold the kernel up while a second message is on its way
        return student.python("dict(explorer.state)")

    def python():
        return expected(from_json(student.python("__import__('qnetlab').to_json(explorer.protocol)")))

    assert drive(student.page, panel, state, python) == len(controls(panel)) >= 10
