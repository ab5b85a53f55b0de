"""The BB84 explorer, by keyboard, in JupyterLab and as a saved page."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from qnetlab import BB84, BB84Explorer, NoAttack, from_json
from qnetlab.theory.revealing import bits_to_reveal, missed_probability
from tests.browser.explorers import MEASURES, can_go_on, controls, drive, enabled, move, same_digits, shown

NOTEBOOK = "05_bb84.ipynb"
TITLE = "BB84: how does listening show?"
BOOKS = ("Alice's book", "Eve's book", "Bob's book")


def expected(protocol: BB84, revealed: int) -> dict[str, float]:
    """Every number of the closed form that the explorer shows, from Python; ``revealed``: bits really compared."""
    theory, quiet = protocol.theory(), replace(protocol, attack=NoAttack()).theory()["qber"]
    risk = missed_probability(quiet, theory["qber"], revealed)
    return {"qber": theory["qber"], "quiet": quiet, "eve_guess": theory["eve_guess"], "missed": risk,
            "enough": bits_to_reveal(quiet, theory["qber"]).revealed}


def compared(panel, state) -> int:
    return min(state["revealed"], int(shown(panel)["sifted"]))


def rows_of(panel, book: str) -> list[list[str]]:
    """The cells of a book's lines that are filled."""
    found = panel.get_by_role("table", name=book).evaluate(
        "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent.trim()))")
    return [row for row in found if row[0]]


def test_every_control_by_keyboard_shows_what_python_says(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl", TITLE)

    def state():
        student.settle()
        return student.python("dict(explorer.state)")

    def python():
        text = student.python("__import__('qnetlab').to_json(explorer.protocol)")
        return expected(from_json(text), compared(panel, state()))

    moved = drive(student.page, panel, state, python)
    assert moved == len(controls(panel)) == 11


def test_points_from_aer_join(student):
    student.open(NOTEBOOK)
    student.run_all()
    panel = student.show(".qnl", TITLE)
    panel.locator("[data-control='fraction']").focus()
    student.page.keyboard.press("ArrowRight")
    student.page.wait_for_function(
        "() => document.querySelector(\".qnl [data-number='aer']\").textContent.includes('±')", timeout=60_000)
    student.settle()
    value, _, error = shown(panel)["aer"].partition(" ± ")
    assert abs(float(value) - float(shown(panel)["qber"])) <= 5 * float(error) + 1e-3
    # The point where the reader is comes first, the others along the axis after it.
    student.page.wait_for_function(
        """() => document.querySelectorAll(".qnl .qnl-measured[data-stale='false']").length >= 6""", timeout=60_000)


@pytest.fixture
def saved(page, tmp_path):
    """A function that opens a saved explorer."""
    def opened(**settings):
        explorer = BB84Explorer(**settings)
        explorer.save_html(tmp_path / "page.html")
        explorer.close()
        page.goto((tmp_path / "page.html").as_uri())
        return page.locator(".qnl")
    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_is_alive_without_kernel_or_network(page, saved, scheme):
    page.emulate_media(color_scheme=scheme)
    explorer, panel = BB84Explorer(phase=2), saved(phase=2)
    names = [(n, k) for n, k in controls(panel) if enabled(panel, n)]
    assert len(names) == 11
    for name, kind in names:
        values = explorer._panel.control(name).values
        back = not can_go_on(panel, name, kind)
        move(page, panel, name, kind, back)
        before = explorer.state
        explorer.state = {**before, name: values[values.index(before[name]) + (-1 if back else 1)]}
        for number, value in expected(explorer.protocol, compared(panel, explorer.state)).items():
            assert same_digits(shown(panel)[number], value), (name, number)
        move(page, panel, name, kind, not back)
        explorer.state = before
    assert not panel.evaluate(MEASURES)
    found = Axe().run(page).response["violations"]
    assert not found, found
    explorer.close()


@pytest.mark.parametrize("width", [1060, 900])
def test_it_fits_beside_an_open_file_browser(page, saved, width):
    page.set_viewport_size({"width": width, "height": 768})
    panel = saved(phase=3, photon=200, fraction=1.0, eve_basis="breidbart", pulses=20000)
    assert not panel.evaluate(MEASURES)


def test_the_books_say_no_more_than_is_public(page, saved):
    """Photons fly: nothing is dropped yet. Bases are public: what differs is dropped. A sample: same or differs."""
    panel = saved(photon=60, fraction=1.0, length_km=0, revealed=200)
    for phase in (1, 2, 3):
        alice, eve, bob = (rows_of(panel, book) for book in BOOKS)
        assert len(alice) == len(eve) == len(bob) == 6
        assert [row[0] for row in alice] == [row[0] for row in eve] == [row[0] for row in bob]
        for a, e, b in zip(alice, eve, bob, strict=True):
            same_basis, same_bit = a[2] == b[1], a[1] == b[2]
            fate = ("" if phase == 1 else "dropped" if not same_basis
                    else "kept" if phase == 2 else "= same" if same_bit else "≠ differs")
            assert a[3] == b[3] == fate
            knows = "?" if phase == 1 else "" if not same_basis else "knows" if e[1] == a[2] else "a coin"
            assert e[3] == knows
            assert not (same_basis and e[1] == a[2]) or same_bit  # her right basis leaves no trace
        move(page, panel, "phase", "steps", back=False)


def test_photon_by_photon_by_keyboard_and_by_itself(page, saved):
    panel = saved(photon=1, length_km=50)
    forward, play = (panel.locator(f"[data-action='{name}']") for name in ("next", "play"))
    seen = [rows_of(panel, "Bob's book")]
    for _ in range(3):
        forward.focus()
        page.keyboard.press("Enter")
        seen.append(rows_of(panel, "Bob's book"))
    assert [len(rows) for rows in seen[-3:]] == sorted({len(rows) for rows in seen[-3:]})  # one more click each time
    before = len(seen[-1])
    play.focus()
    page.keyboard.press("Space")
    assert play.get_attribute("aria-pressed") == "true" and play.text_content() == "Pause"
    page.wait_for_function(f"""() => [...document.querySelectorAll(".qnl-book:last-child tbody tr")]
        .filter(row => row.cells[0].textContent.trim()).length > {before}""", timeout=10_000)
    page.keyboard.press("Space")
    assert play.get_attribute("aria-pressed") == "false"
    here = panel.locator("[data-control='photon']").input_value()
    page.wait_for_timeout(1500)
    assert panel.locator("[data-control='photon']").input_value() == here


def test_nothing_flies_where_motion_is_not_wanted(page, saved):
    page.emulate_media(reduced_motion="reduce")
    panel = saved(length_km=0)
    flight = panel.locator(".qnl-flight")
    assert flight.evaluate("e => getComputedStyle(e).animationName") == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert flight.evaluate("e => getComputedStyle(e).animationName") == "qnl-fly"


def test_the_same_random_number_is_the_same_session(page, saved):
    panel = saved(phase=3)

    def seen():
        found = panel.locator("[data-observed]").get_attribute("data-observed")
        return shown(panel)["sifted"], found, rows_of(panel, "Bob's book")

    first = seen()
    move(page, panel, "seed", "range", back=False)
    assert seen()[2] != first[2]
    move(page, panel, "seed", "range", back=True)
    assert seen() == first
