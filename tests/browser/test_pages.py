"""Glossary, units and the page to print: a click in a notebook shows them, offline; the page is one sheet of A4."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import lab as setup

ROOT = Path(__file__).resolve().parents[2]
A4_WITHIN_MARGINS = {"width": 733, "height": 1062}  # CSS pixels: 210 x 297 mm less 8 mm on each side


@pytest.fixture
def rendered(student):
    """Somebody whose JupyterLab has the settings that lab.py writes."""
    wanted = setup.LAB_SETTINGS["@jupyterlab/docmanager-extension:plugin"]
    student.page.goto(f"{student.lab}/lab")
    student.page.wait_for_function("window.jupyterapp !== undefined", timeout=60_000)
    plugin = f"{student.lab}/lab/api/settings/@jupyterlab/docmanager-extension:plugin"
    student.page.request.put(plugin, data=json.dumps({"raw": json.dumps(wanted)}))
    yield student
    student.page.request.put(plugin, data=json.dumps({"raw": "{}"}))


@pytest.mark.parametrize(("link", "shows"), [("glossary", "Bloch sphere"), ("units and formulas", "Landmarks")])
def test_a_click_shows_the_page_rendered(rendered, link, shows):
    setup.hand_out(str(ROOT / "notebooks"), str(rendered.lab.folder))
    rendered.open("03_teleportation.ipynb")
    rendered.show_cell(0)
    rendered.page.get_by_role("link", name=link, exact=True).click()
    heading = rendered.page.locator(".jp-MarkdownViewer").get_by_role("heading", name=re.compile(shows))
    heading.wait_for(timeout=30_000)


def test_links_inside_the_glossary_lead_to_words_and_to_notebooks(rendered):
    setup.hand_out(str(ROOT / "notebooks"), str(rendered.lab.folder))
    rendered.open("03_teleportation.ipynb")
    rendered.show_cell(0)
    rendered.page.get_by_role("link", name="glossary", exact=True).click()
    viewer = rendered.page.locator(".jp-MarkdownViewer")
    viewer.get_by_role("link", name="g2", exact=True).click()
    expect(viewer.get_by_role("heading", name=re.compile("^g2"))).to_be_in_viewport(timeout=30_000)
    viewer.get_by_role("link", name="03b_superdense_coding").first.click()
    rendered.page.locator(".lm-TabBar-tabLabel").get_by_text("03b_superdense_coding.ipynb").wait_for(timeout=30_000)


def test_a_click_shows_the_page_to_print(rendered):
    setup.hand_out(str(ROOT / "notebooks"), str(rendered.lab.folder))
    rendered.open("03_teleportation.ipynb")
    rendered.show_cell(0)
    rendered.page.get_by_role("link", name="one page", exact=True).click()
    shown = rendered.page.frame_locator(".jp-HTMLViewer iframe").get_by_role("heading", name="Words", exact=True)
    shown.wait_for(timeout=30_000)


def test_the_page_prints_on_one_sheet(page, tmp_path):
    page.set_viewport_size(A4_WITHIN_MARGINS)
    page.goto((ROOT / "notebooks" / "one_page.html").as_uri())
    page.emulate_media(media="print")
    sheet = page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    assert b"/MediaBox [0 0 594.95" in sheet or b"/MediaBox [0 0 595" in sheet
    # Chromium shrinks what is too wide: then the sheet would be one, and nobody could read it.
    assert page.evaluate("document.documentElement.scrollWidth") <= A4_WITHIN_MARGINS["width"]
    assert page.evaluate("document.documentElement.scrollHeight") <= A4_WITHIN_MARGINS["height"]
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 9.5  # 7.1 pt
