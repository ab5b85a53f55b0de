"""Key press to painted frame of each explorer, in a real JupyterLab in a real Chromium.

Real key presses at random phase; from keydown to the message after ``requestAnimationFrame``, that is after the paint.
Beside it: how long until Aer's point for the new setting stands in the panel.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRESSES = 60

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


def measure() -> Iterator[dict[str, object]]:
    """One figure for frames and one for Aer's points, for the teleportation explorer."""
    sys.path.insert(0, str(ROOT))
    from tests.browser.jupyter import student_at_work

    with student_at_work("03_teleportation.ipynb") as student:
        page, panel = student.page, student.show(".qnl")
        phase = random.Random(1)
        watched = (("frame", WATCH_FRAMES, "frames", 60), ("the point from Aer", WATCH_POINTS, "points", 900))
        for name, watch, kept, rest_ms in watched:
            page.evaluate(watch)
            panel.locator("[data-control='length_km']").focus()
            for _ in range(PRESSES if kept == "frames" else PRESSES // 2):
                page.keyboard.press("ArrowRight")  # never back: each setting is new to Aer
                page.wait_for_timeout(rest_ms + phase.random() * 40)
            times = sorted(page.evaluate(f"window.{kept}"))
            yield {
                "figure": f"teleportation explorer, key press to {name}", "moves": len(times),
                "median_ms": statistics.median(times), "p95_ms": times[int(0.95 * (len(times) - 1))],
                "goal_ms": 16 if kept == "frames" else 60,
            }
