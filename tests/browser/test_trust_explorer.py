"""The trust explorer, by keyboard, in JupyterLab and as a saved page."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import E91, TrustExplorer
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, move, same_digits, shown

NOTEBOOK = "08_entanglement_qkd.ipynb"


def expected(explorer: TrustExplorer) -> dict[str, float]:
    """Every number that the explorer shows, from Python."""
    keys = explorer.secret_bits(explorer.protocol)._asdict()
    return {**explorer.protocol.theory(), **{name: max(0.0, float(bits)) for name, bits in keys.items()}}


def python_of(student):
    """The same, for the notebook's explorer."""
    from qnetlab import from_json

    text, f = student.python("[__import__('qnetlab').to_json(explorer.protocol), explorer.state['error_correction']]")
    twin = TrustExplorer(protocol=from_json(text), error_correction=f)
    numbers = expected(twin)
    twin.close()
    return numbers


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    moved = drive(student.page, panel, state, lambda: python_of(student))
    assert moved == len(controls(panel)) == 4


def test_what_python_sets_is_shown(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl")
    wanted = "E91(link=Link(source=PhotonPairSource(fidelity=0.95, noise='dephasing')))"
    student.python(f"setattr(explorer, 'protocol', {wanted})")
    student.settle()
    for number, value in python_of(student).items():
        assert same_digits(shown(panel)[number], value)
    assert student.python(f"explorer.protocol == {wanted}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, scheme):
    explorer = TrustExplorer(protocol=E91(), pair_fidelity=0.9)
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    for name, kind in controls(panel):
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
