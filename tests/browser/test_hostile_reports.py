"""Reports full of script and markup, opened in a real Chromium: nothing runs, and nothing is asked for."""

from __future__ import annotations

import pytest

from qnetlab.marking.sandbox import ladder
from tests.attacks.arena import Course
from tests.attacks.hostile import markup

pytestmark = [pytest.mark.browser, pytest.mark.sandbox, pytest.mark.slow, pytest.mark.posix]


@pytest.fixture(scope="module")
def course():
    found = ladder.highest()
    assert found is not None
    made = Course(markup.ATTACKS)
    made.grade(found)
    yield made
    made.close()


def test_no_report_runs_anything_or_asks_for_anything(course, page):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("file:") else None)
    page.on("dialog", lambda dialog: said.append(dialog.message) or dialog.dismiss())
    reports = sorted(course.out.glob("*.html"))
    assert len(reports) > len(markup.ATTACKS) and (course.out / "summary.html") in reports
    shown = ""
    for report in reports:
        page.goto(report.as_uri())
        assert page.title() not in ("owned", "1", ""), report.name
        live = "script,iframe,img,object,embed,base,a,[onload],[onerror],[onfocus]"
        assert page.locator(live).count() == 0, report.name
        page.keyboard.press("Tab")
        for summary in page.locator("summary").all():
            summary.click()
        shown += page.locator("main").inner_text()
    assert "onerror=document.title" in shown  # it is there to be read, as text
    assert asked == [] and said == [] and course.listener.heard == []


def test_the_same_texts_unescaped_would_be_noticed(course, page, tmp_path):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    text = course.filled("".join(markup.PAYLOADS[:3]).encode()).decode("utf-8", "replace")
    (tmp_path / "raw.html").write_text(f"<p>{text}</p>", encoding="utf-8")
    page.goto((tmp_path / "raw.html").as_uri())
    page.wait_for_timeout(200)
    assert "owned" in page.title() and any("127.0.0.1" in url for url in asked)
