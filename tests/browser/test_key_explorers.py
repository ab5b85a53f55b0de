"""The key waterfall and the Cascade explorer, by keyboard, in JupyterLab and as saved pages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import CascadeExplorer, KeyWaterfallExplorer
from qnetlab.qkd.cascade_lesson import CascadeLesson
from qnetlab.theory.key_budget import KeyBudget
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, same_digits, shown

NOTEBOOK = "06_from_clicks_to_key.ipynb"
KINDS = {"waterfall": KeyWaterfallExplorer, "cascade": CascadeExplorer}
STEPS = ("sifted", "tested", "leaked", "shortened", "key", "authenticated", "gained")


def plain(text: str) -> str:
    """A number as the panel writes it, without thin spaces and with a plain minus."""
    return text.replace("\u202f", "").replace("−", "-")


def budget_is_shown(panel, budget: KeyBudget) -> None:
    told = budget.theory()
    for name in STEPS:
        assert plain(shown(panel)[name]) in {f"{told[name]:.0f}", f"{int(told[name] + 0.5)}"}, name


def lesson_ends_as(panel, lesson: CascadeLesson) -> None:
    told = lesson.theory()
    for name, key in (("disclosed", "disclosed"), ("least", "least"), ("found", "found"), ("left", "left")):
        assert same_digits(shown(panel)[name], told[key]), name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, name, scheme):
    explorer = KINDS[name]()
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    for control, kind in [(n, k) for n, k in controls(panel) if enabled(panel, n)]:
        before, seen = explorer.state, panel.inner_text()
        values = explorer._panel.control(control).values
        back = not can_go_on(panel, control, kind)
        move(page, panel, control, kind, back)
        assert panel.inner_text() != seen
        explorer.state = {**before, control: values[values.index(before[control]) + (-1 if back else 1)]}
        if name == "waterfall":
            budget_is_shown(panel, explorer.protocol)
        move(page, panel, control, kind, not back)
        explorer.state = before
    assert not panel.evaluate(MEASURES)
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()


def test_the_waterfall_says_when_a_session_makes_the_two_poorer(page, tmp_path):
    explorer = KeyWaterfallExplorer(key_bits=10_000)
    explorer.save_html(tmp_path / "page.html")
    explorer.close()
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    assert "makes the two poorer" in panel.inner_text() and plain(shown(panel)["key"]) == "394"
    panel.locator("[data-control='key_bits']").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    assert "No key: 5\u202f000 bits are too few" in panel.inner_text()
    panel.locator("[data-control='qber']").focus()
    page.keyboard.press("End")
    assert "No key, however long the session" in panel.inner_text()


@pytest.mark.parametrize(("errors", "game"), [(5, 1), (3, 3)])
def test_a_run_of_cascade_ends_as_that_of_the_two_parties(page, tmp_path, errors, game):
    """To its last message by keyboard; the slider goes no further, and a bit that is left wrong is said."""
    explorer = CascadeExplorer(errors=errors, game=game, seen_by="referee")
    explorer.save_html(tmp_path / "page.html")
    lesson = explorer.protocol
    explorer.close()
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    assert panel.locator("[data-wrong='yes']").count() == errors  # one pass is shown so far
    slider = panel.locator("[data-control='moment']")
    slider.focus()
    page.keyboard.press("End")
    lesson_ends_as(panel, lesson)
    last = slider.input_value()
    page.keyboard.press("ArrowRight")
    assert slider.input_value() == last
    told = lesson.theory()
    words = panel.locator(".qnl-sentence").inner_text()
    assert ("still wrong" in words) == (told["left"] > 0)
    assert panel.locator("[data-wrong='yes']").count() == 4 * told["left"]


@pytest.mark.parametrize("name", KINDS)
def test_every_control_by_keyboard_moves_the_value_in_python(student, name):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl", KINDS[name].title)

    def state():
        student.settle()
        return student.python(f"dict({name}.state)")

    assert drive(student.page, panel, state, dict) == len(KINDS[name].panel.controls)
    if name == "waterfall":
        budget_is_shown(panel, KeyBudget(key_bits=5000))
