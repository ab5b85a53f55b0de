"""Key press to painted frame of each explorer, in a real JupyterLab in a real Chromium.

Real key presses at random phase; from keydown to the message after ``requestAnimationFrame``, that is after the paint.
Beside it: how long until Aer's point for the new setting stands in the panel.
"""

from __future__ import annotations

import contextlib
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WATCH_FRAMES = """() => {
    window.frames = [];
    const channel = new MessageChannel();
    let start = 0;
    channel.port1.onmessage = () => window.frames.push(performance.now() - start);
    document.addEventListener('keydown', event => {
        if (!event.key.startsWith('Arrow')) return;
        start = performance.now();
        requestAnimationFrame(() => channel.port2.postMessage(0));
    }, true);
}"""

WATCH_POINTS = """() => {
    window.points = [];
    let start = null;
    const place = document.querySelector(".qnl [data-number='aer']");
    document.addEventListener('keydown', event => {
        if (event.key.startsWith('Arrow')) start = performance.now();
    }, true);
    new MutationObserver(() => {
        if (start !== null && place.textContent.includes('±')) {
            window.points.push(performance.now() - start);
            start = null;
        }
    }).observe(place, {childList: true, characterData: true, subtree: true});
}"""


def presses(page: object, panel: object, watch: str, kept: str, count: int, rest_ms: float,
            control: str) -> list[float]:
    """Milliseconds of each of ``count`` key presses on a control, sorted."""
    phase = random.Random(1)
    page.evaluate(watch)
    panel.locator(f"[data-control='{control}']").first.focus()
    for _ in range(count):
        page.keyboard.press("ArrowRight")  # never back: each setting is new to Aer
        page.wait_for_timeout(rest_ms + phase.random() * 100)
    return sorted(page.evaluate(f"window.{kept}"))


def measure() -> Iterator[dict[str, object]]:
    """Frames of every explorer's saved page (no kernel); of the teleportation explorer also those in a notebook, and
    Aer's points."""
    sys.path.insert(0, str(ROOT))
    from tests.browser.jupyter import student_at_work

    with student_at_work("03_teleportation.ipynb") as student, tempfile.TemporaryDirectory() as folder:
        for name, page_path, control in saved_pages(Path(folder)):
            saved = student.page.context.new_page()
            saved.goto(page_path.as_uri())
            saved.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true; })")
            times = presses(saved, saved.locator(".qnl"), WATCH_FRAMES, "frames", 60, 60, control)
            yield figure(f"{name}, key press to frame, saved page without kernel", times, 16)
            saved.close()
        page, panel = student.page, student.show(".qnl")
        times = presses(page, panel, WATCH_FRAMES, "frames", 60, 60, "length_km")
        yield figure("TeleportationExplorer, key press to frame, in JupyterLab", times, None)
        times = presses(page, panel, WATCH_POINTS, "points", 30, 900, "length_km")
        yield figure("TeleportationExplorer, key press to the point from Aer, in JupyterLab", times, 60)


def saved_pages(folder: Path) -> Iterator[tuple[str, Path, str]]:
    """Each explorer as it opens: its name, its page, and its slider with the most stops, standing at its first."""
    from qnetlab import widgets

    for name in widgets.__all__:
        if name == "Explorer":
            continue
        explorer = getattr(widgets, name)()
        sliders = [control for control in explorer._panel.controls if control.kind == "slider"]
        longest = max(sliders, key=lambda control: len(control.values))
        with contextlib.suppress(ValueError):  # the rest of the example may forbid the first stop
            explorer.state = {**explorer.state, longest.name: longest.values[0]}
        yield name, explorer.save_html(folder / f"{name}.html"), longest.name
        explorer.close()


def figure(name: str, times: list[float], goal_ms: float | None) -> dict[str, object]:
    """One line of the report."""
    found = {"figure": name, "moves": len(times), "median_ms": statistics.median(times),
             "p95_ms": times[int(0.95 * (len(times) - 1))]}
    return found if goal_ms is None else {**found, "goal_ms": goal_ms}
