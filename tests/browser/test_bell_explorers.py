"""The three explorers of entanglement, CHSH and fidelity, by keyboard, in JupyterLab and as saved pages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import CHSH, BellExplorer, ChshExplorer, FidelityExplorer, NoisyPair, PairAtAngles, from_json, to_json
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, same_digits, shown

NOTEBOOK = "02_entanglement.ipynb"
KINDS = {"bell": BellExplorer, "chsh": ChshExplorer, "fidelity": FidelityExplorer}


def expected(protocol) -> dict[str, float]:
    """Every number that an explorer shows, from Python."""
    seen = {name: value if abs(value) > 1e-9 else 0.0 for name, value in protocol.theory().items()}  # never -0
    if isinstance(protocol, PairAtAngles):
        return {name: seen[name] for name in ("bob_0", "alice_0", "equal")}
    if isinstance(protocol, CHSH):
        return {**seen, "e_22": 0.0 - seen["e_22"], "s_max": protocol.s_max}
    return {**seen, "s_max": protocol.s_max, "concurrence": protocol.concurrence}


def bobs_bars(panel):
    return panel.locator("[data-picture='What Bob sees alone'] [data-share]").evaluate_all(
        "found => found.map((bar) => [bar.getBoundingClientRect().x, bar.getBoundingClientRect().height])")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, name, scheme):
    explorer = KINDS[name](rng=5)
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    names = [(n, k) for n, k in controls(panel) if enabled(panel, n)]
    assert len(names) >= 3
    for control, kind in names:
        values = explorer._panel.control(control).values
        back = not can_go_on(panel, control, kind)
        before = explorer.state
        if control in ("settings", "example", "noise"):
            continue  # what they bring along is the notebook's test
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


@pytest.mark.parametrize("source", ["bell_pair", "matched_coins", "partly_entangled"])
def test_bobs_histogram_does_not_move_a_pixel(page, tmp_path, source):
    """Through a whole turn of Alice's angle, while the joint table does move."""
    explorer = BellExplorer(source=source, alice_deg=-180)
    explorer.save_html(tmp_path / "page.html")
    explorer.close()
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    start, together = bobs_bars(panel), set()
    assert len(start) == 2
    panel.locator("[data-control='alice_deg']").focus()
    for _ in range(72):
        page.keyboard.press("ArrowRight")
        assert bobs_bars(panel) == start
        together.add(shown(panel)["equal"])
    assert len(together) > 10
    assert page.locator("[data-control='alice_deg']").input_value() == "72"


@pytest.mark.parametrize("name", KINDS)
def test_every_control_by_keyboard_shows_what_python_says(student, name):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl", KINDS[name].title)

    def state():
        student.settle()
        return student.python(f"dict({name}.state)")

    def python():
        return expected(from_json(student.python(f"__import__('qnetlab').to_json({name}.protocol)")))

    moved = drive(student.page, panel, state, python)
    assert moved >= {"bell": 4, "chsh": 8, "fidelity": 3}[name]


@pytest.mark.parametrize(("name", "wanted"), [
    ("bell", PairAtAngles(source="partly_entangled", tilt_deg=11, alice_deg=33)),
    ("chsh", CHSH(plane="xy", bob_1_deg=30)), ("fidelity", NoisyPair(white_noise=0.111, dephasing=0.2))])
def test_what_python_sets_is_shown(student, name, wanted):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl", KINDS[name].title)
    student.python(f"setattr({name}, 'protocol', __import__('qnetlab').from_json({to_json(wanted)!r}))")
    student.settle()
    for number, value in expected(wanted).items():
        assert same_digits(shown(panel)[number].replace("−", "-"), value), number


def test_points_from_aer_join(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl", ChshExplorer.title)
    panel.locator("[data-control='pair_fidelity']").focus()
    student.page.keyboard.press("ArrowLeft")
    student.page.wait_for_function(
        """title => document.querySelector(`.qnl[aria-label="${title}"] [data-number='aer']`)
            .textContent.includes('±')""",
        arg=ChshExplorer.title, timeout=30_000)
    student.settle()
    value, _, error = shown(panel)["aer"].partition(" ± ")
    assert abs(float(value) - float(shown(panel)["s"])) <= 5 * float(error) + 1e-2
