"""The teleportation explorer, by keyboard, in JupyterLab and as a saved page."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import Teleportation, TeleportationExplorer
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, open_folded, same_digits, shown

NUMBERS = """(lambda r, p, step: {
    'fidelity': p.theory()['fidelity'],
    'average': r(p, message='average').theory()['fidelity'],
    'limit': 2 / 3,
    'fidelity_now': (r(p, corrections='none') if step < 4 else p).theory()['fidelity'],
})(__import__('dataclasses').replace, explorer.protocol, explorer.state['step'])"""


@pytest.mark.parametrize("name", ["00_start_here.ipynb", "03_teleportation.ipynb"])
def test_every_control_by_keyboard_shows_what_python_says(student, name):
    student.open(name)
    student.run_all()
    panel = student.show(".qnl")

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    for _ in range(3):  # the story to its end, where what Bob holds depends on every control
        move(student.page, panel, "step", "steps", back=False)
    assert state()["step"] == 4
    moved = drive(student.page, panel, state, lambda: student.python(NUMBERS))
    assert moved == len(controls(panel)) >= 12


def test_what_python_sets_is_shown(student):
    student.open("03_teleportation.ipynb")
    student.run_all()
    panel = student.show(".qnl")
    student.python("setattr(explorer, 'protocol', Teleportation(message=(0.3, 1.7), corrections='z',"
                   " link=Link(fiber=Fiber(length_km=33))))")
    student.settle()
    seen = shown(panel)
    for number, value in student.python(NUMBERS).items():
        assert same_digits(seen[number], value)
    assert student.python("explorer.protocol == Teleportation(message=(0.3, 1.7), corrections='z',"
                          " link=Link(fiber=Fiber(length_km=33)))")


def test_points_from_aer_join(student):
    student.open("03_teleportation.ipynb")
    student.run_all()
    panel = student.show(".qnl")
    panel.locator("[data-control='length_km']").focus()
    student.page.keyboard.press("ArrowRight")
    student.page.wait_for_function(
        """() => document.querySelector(".qnl [data-number='aer']").textContent.includes('±')""", timeout=30_000)
    student.settle()
    value, _, error = shown(panel)["aer"].partition(" ± ")
    assert abs(float(value) - float(shown(panel)["fidelity"])) <= 5 * float(error) + 1e-3


def test_who_hears_nothing_from_the_kernel_is_told_what_to_do(student):
    student.open("03_teleportation.ipynb")
    student.run_all()
    panel = student.show(".qnl")
    student.settle()
    assert panel.locator(".qnl-problem").is_hidden()
    student.page.evaluate("""() =>
        window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()""")
    panel.locator("[data-control='length_km']").focus()
    student.page.keyboard.press("ArrowRight")
    panel.locator(".qnl-problem:has-text('run this cell again')").wait_for(timeout=30_000)
    assert shown(panel)["aer"] == "no answer"


def test_a_published_pair_has_no_rate_and_says_when_it_was_changed(page, tmp_path):
    explorer = TeleportationExplorer()
    explorer.save_html(tmp_path / "page.html")
    explorer.close()
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    link = panel.locator("[data-control='link']")

    def chosen():
        return link.evaluate("list => list.selectedOptions[0].textContent")

    def nudge(key):
        panel.locator("[data-control='pair_fidelity']").focus()
        page.keyboard.press(key)

    assert panel.locator(".qnl-steps output").text_content().startswith("Step 1 of 4")
    assert (chosen(), shown(panel)["pair_wait"]) == ("as given", "2.45 ms")
    nudge("ArrowLeft")
    assert chosen() == "your own"
    nudge("ArrowRight")
    assert chosen() == "as given"
    link.select_option("ion pair, 230 m (520 m of fiber)")
    assert (chosen(), shown(panel)["pair_wait"]) == ("ion pair, 230 m (520 m of fiber)", "not modeled")
    nudge("ArrowLeft")
    assert chosen() == "changed: ion pair, 230 m (520 m of fiber)"


def expected(explorer):
    protocol: Teleportation = explorer.protocol
    now = replace(protocol, corrections="none") if explorer.state["step"] < 4 else protocol
    return {"fidelity": protocol.theory()["fidelity"], "fidelity_now": now.theory()["fidelity"],
            "average": replace(protocol, message="average").theory()["fidelity"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, scheme):
    explorer = TeleportationExplorer(message=(0.4, 1.1), length_km=40, step=4)
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    open_folded(page, panel)
    names = [(n, k) for n, k in controls(panel) if k in ("range", "radio", "steps") and enabled(panel, n)]
    assert len(names) >= 9
    for name, kind in names:
        values = explorer._panel.control(name).values
        back = not can_go_on(panel, name, kind)
        move(page, panel, name, kind, back)
        before = explorer.state
        at = values.index(before[name]) if before[name] in values else None
        if at is not None:  # a start between two stops is a stop of the page only
            explorer.state = {**before, **explorer.completed({name: values[at - 1 if back else at + 1]})}
            for number, value in expected(explorer).items():
                assert same_digits(shown(panel)[number], value), (name, number)
        move(page, panel, name, kind, not back)
        explorer.state = before
        for number, value in expected(explorer).items():
            assert same_digits(shown(panel)[number], value), (name, number)
    assert not panel.evaluate(MEASURES.replace("box.height > 560", "box.height > 700"))  # with the folded part open
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()
