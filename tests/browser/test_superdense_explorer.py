"""The superdense explorer, by keyboard, in JupyterLab and as a saved page."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import Fiber, Link, SuperdenseCoding, SuperdenseExplorer
from qnetlab.theory.superdense import MESSAGES, capacity, caught_probabilities
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, open_folded, same_digits, shown

NOTEBOOK = "03b_superdense_coding.ipynb"


def expected(protocol: SuperdenseCoding, step: int) -> dict[str, float]:
    """Every number that the explorer shows, from Python."""
    success = protocol.theory()["success"]
    messages = MESSAGES if protocol.message == "average" else (protocol.message,)
    caught = [caught_probabilities(m, protocol.link.pair(), one_qubit_error=protocol.gates.one_qubit)[m]
              for m in messages]
    return {
        "success": success,
        "success_now": success if step == 4 else 0.25,
        "average": replace(protocol, message="average").theory()["success"],
        "limit": 0.5,
        "capacity": float(capacity(protocol.link.pair(extra_b_s=protocol.link.fiber.delay_s))),
        "caught": sum(caught) / len(caught),
    }


def python_of(student):
    """The same, for the protocol that the notebook's explorer stands for."""
    from qnetlab import from_json

    text, step = student.python("[__import__('qnetlab').to_json(explorer.protocol), explorer.state['step']]")
    return expected(from_json(text), step)


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    moved = drive(student.page, panel, state, lambda: python_of(student))
    assert moved == len(controls(panel)) >= 10


def test_the_story_by_keyboard(student):
    """Only with both qubits does Bob read more than a guess; the thief never does."""
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")
    bars = "[data-picture='What Bob reads'] [data-share]"
    for step in (1, 2, 3, 4):
        student.settle()
        shares = panel.locator(bars).evaluate_all("found => found.map((bar) => Number(bar.dataset.share))")
        assert len(shares) == 4 and sum(shares) == pytest.approx(1)
        assert (max(shares) > 0.9) == (step == 4)
        assert shown(panel)["caught"] == "0.2500"
        move(student.page, panel, "step", "steps", back=False)


def test_what_python_sets_is_shown(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")
    wanted = ("SuperdenseCoding(message='01', gates=GateErrors(one_qubit=0.05), link=Link(fiber=Fiber(length_km=33),"
              " alice_memory=Memory(t1_s=0.001)))")
    student.python(f"setattr(explorer, 'protocol', {wanted})")
    student.settle()
    for number, value in python_of(student).items():
        assert same_digits(shown(panel)[number], value)
    assert student.python(f"explorer.protocol == {wanted}")


def test_points_from_aer_join(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")
    panel.locator("[data-control='length_km']").focus()
    student.page.keyboard.press("ArrowRight")
    student.page.wait_for_function(
        """() => document.querySelector(".qnl [data-number='aer']").textContent.includes('±')""", timeout=30_000)
    student.settle()
    value, _, error = shown(panel)["aer"].partition(" ± ")
    assert abs(float(value) - float(shown(panel)["success"])) <= 5 * float(error) + 1e-3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, scheme):
    explorer = SuperdenseExplorer(message="11", length_km=40)
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    open_folded(page, panel)
    names = [(n, k) for n, k in controls(panel) if k in ("range", "radio", "steps") and enabled(panel, n)]
    assert len(names) >= 8

    def agrees(name):
        for number, value in expected(explorer.protocol, explorer.state["step"]).items():
            assert same_digits(shown(panel)[number], value), (name, number)

    for name, kind in names:
        values = explorer._panel.control(name).values
        back = not can_go_on(panel, name, kind)
        move(page, panel, name, kind, back)
        before = explorer.state
        explorer.state = {**before, name: values[values.index(before[name]) + (-1 if back else 1)]}
        agrees(name)
        move(page, panel, name, kind, not back)
        explorer.state = before
        agrees(name)
    assert not panel.evaluate(MEASURES.replace("box.height > 560", "box.height > 700"))  # with the folded part open
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()


def test_a_pair_without_a_herald_has_no_time(page, tmp_path):
    """How long a pair took that is taken as already there is not modeled, so no time is shown."""
    explorer = SuperdenseExplorer(protocol=SuperdenseCoding(link=Link(fiber=Fiber(length_km=35), herald="none")))
    explorer.save_html(tmp_path / "page.html")
    explorer.close()
    page.goto((tmp_path / "page.html").as_uri())
    assert shown(page.locator(".qnl"))["message_wait"] == "not modeled"
