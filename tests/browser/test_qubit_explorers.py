"""The explorers of counting, of one qubit and of its copies, by keyboard, in JupyterLab and as saved pages."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import BasisExplorer, CloningExplorer, CountingExplorer, from_json
from qnetlab.theory.counting import Counting
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, open_folded, same_digits, shown

NOTEBOOK = "01_qubits_and_copies.ipynb"
KINDS = {"counting": CountingExplorer, "basis": BasisExplorer, "cloning": CloningExplorer}
LIMIT = 5 / 6


def expected(name, protocol) -> dict[str, float]:
    """Every number that an explorer shows, from Python."""
    told = protocol.theory()
    if name == "counting":
        after = replace(protocol, loss_db=protocol.loss_db + 3).theory()["arriving"]
        return {"arriving": told["arriving"], "after_3db": after, "std_error": told["std_error"],
                "std_error_100": told["std_error"] / 10}
    if name == "cloning":
        return {**told, "average": replace(protocol, original="average").theory()["fidelity"], "limit": LIMIT}
    return told


def python_of(student, name):
    """The same, for the value that the notebook's explorer stands for."""
    if name == "counting":
        loss_db, photons = student.python("[counting.protocol.loss_db, counting.protocol.photons]")
        return expected(name, Counting(loss_db=loss_db, photons=photons))
    return expected(name, from_json(student.python(f"__import__('qnetlab').to_json({name}.protocol)")))


@pytest.mark.parametrize("name", KINDS)
def test_every_control_by_keyboard_shows_what_python_says(student, name):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl", KINDS[name].title)

    def state():
        student.settle()
        return student.python(f"dict({name}.state)")

    moved = drive(student.page, panel, state, lambda: python_of(student, name))
    assert moved == len(controls(panel)) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_the_saved_page_is_alive_without_kernel_or_network(page, tmp_path, name, scheme):
    explorer = KINDS[name](rng=5)
    explorer.save_html(tmp_path / "page.html")
    page.emulate_media(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    panel = page.locator(".qnl")
    open_folded(page, panel)
    names = [(n, k) for n, k in controls(panel) if enabled(panel, n)]
    assert len(names) >= 3
    for control, kind in names:
        values = explorer._panel.control(control).values
        back = not can_go_on(panel, control, kind)
        before = explorer.state
        move(page, panel, control, kind, back)
        explorer.state = {**before, control: values[values.index(before[control]) + (-1 if back else 1)]}
        for number, value in expected(name, explorer.protocol).items():
            assert same_digits(shown(panel)[number], value), (control, number)
        move(page, panel, control, kind, not back)
        explorer.state = before
    assert not panel.evaluate(MEASURES)  # with the folded part open
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()


def saved(page, tmp_path, explorer):
    """The panel of an explorer as a page of its own."""
    explorer.save_html(tmp_path / "page.html")
    explorer.close()
    page.goto((tmp_path / "page.html").as_uri())
    return page.locator(".qnl")


def test_three_decibels_halve_wherever_one_starts(page, tmp_path):
    panel = saved(page, tmp_path, CountingExplorer(loss_db=0, photons=1000))
    for _ in range(24):  # 12 dB in steps of half a decibel
        seen = shown(panel)
        assert float(seen["after_3db"]) / float(seen["arriving"]) == pytest.approx(0.501, abs=2e-3)
        move(page, panel, "loss_db", "range", back=False)


def test_the_dots_thin_out_and_what_is_gone_stays_gone(page, tmp_path):
    panel = saved(page, tmp_path, CountingExplorer(loss_db=0, photons=500))

    def arrived():
        drawn = panel.locator(".qnl-arrived").get_attribute("d")
        return set(drawn.split("M")[1:])

    before = arrived()
    assert len(before) == 500
    for _ in range(12):
        move(page, panel, "loss_db", "range", back=False)
        now = arrived()
        assert now <= before and f"{len(now)} of 500" == shown(panel)["counted"]
        before = now
    assert len(before) < 200  # 6 dB


def test_the_error_bar_breathes(page, tmp_path):
    panel = saved(page, tmp_path, CountingExplorer(loss_db=3, photons=10))

    def width():
        return panel.locator("line.qnl-counted").first.evaluate("bar => bar.getBoundingClientRect().width")

    widths = [width()]
    for _ in range(6):  # 10 -> 1000 photons
        move(page, panel, "photons", "range", back=False)
        widths.append(width())
    assert widths == sorted(widths, reverse=True)
    assert widths[0] / widths[-1] == pytest.approx(10, rel=0.2)


def test_in_z_the_boxes_look_alike_and_in_x_one_is_certain(page, tmp_path):
    panel = saved(page, tmp_path, BasisExplorer(theta_rad=0))

    def bars(name):
        return panel.locator(f"[data-picture='{name}'] [data-share]").evaluate_all(
            "found => found.map((bar) => [Number(bar.dataset.share), bar.getBoundingClientRect().height])")

    assert bars("What the first box gives") == bars("What the coin gives")
    for _ in range(18):
        move(page, panel, "theta_rad", "range", back=False)
    assert [share for share, _ in bars("What the first box gives")] == pytest.approx([1, 0], abs=1e-12)
    assert [share for share, _ in bars("What the coin gives")] == pytest.approx([0.5, 0.5], abs=1e-12)


@pytest.mark.parametrize(("copier", "low", "high"), [("cnot", 0.5, 1.0), ("universal", LIMIT, LIMIT)])
def test_over_the_sphere_one_copier_swings_and_one_stands_still(page, tmp_path, copier, low, high):
    panel = saved(page, tmp_path, CloningExplorer(theta_rad=0, copier=copier))
    seen = []
    for _ in range(37):
        seen.append(float(shown(panel)["fidelity"]))
        move(page, panel, "theta_rad", "range", back=False)
    assert (min(seen), max(seen)) == pytest.approx((low, high), abs=5e-5)
