"""Drive an explorer by keyboard alone, and hold every number it shows to the Python closed form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page

#: Keys that move a control, and those that move it back.
MOVES = {"range": ("ArrowRight", "ArrowLeft"), "select": ("ArrowDown", "ArrowUp"), "radio": ("ArrowDown", "ArrowUp")}


def open_folded(page: Page, panel: Locator) -> None:
    """Open what is folded, by keyboard."""
    for summary in panel.locator("details:not([open]) > summary").all():
        summary.focus()
        page.keyboard.press("Enter")


def controls(panel: Locator) -> list[tuple[str, str]]:
    """(name, kind) of every control, each once, in the order of the page."""
    found = panel.evaluate("""root => [...root.querySelectorAll('[data-control]')].map(e =>
        [e.dataset.control, e.tagName === 'BUTTON' ? 'steps' : e.tagName === 'SELECT' ? 'select' : e.type])""")
    return list(dict.fromkeys((name, kind) for name, kind in found))


def shown(panel: Locator) -> dict[str, str]:
    """Every number that the explorer shows, by name, as written."""
    return panel.evaluate("""root => Object.fromEntries([...root.querySelectorAll('[data-number]')]
        .map(e => [e.dataset.number, e.textContent]))""")


def move(page: Page, panel: Locator, name: str, kind: str, back: bool) -> None:
    """Move one control by one step, with keys only."""
    if kind == "steps":
        panel.locator(f"[data-control='{name}'][data-move='{'back' if back else 'next'}']").focus()
        page.keyboard.press("Enter")
        return
    chosen = ":checked" if kind == "radio" else ""
    panel.locator(f"[data-control='{name}']{chosen}").focus()
    page.keyboard.press(MOVES[kind][back])


def can_go_on(panel: Locator, name: str, kind: str) -> bool:
    """Whether the control is not at its last value."""
    return panel.evaluate("""(root, [name, kind]) => {
        const all = [...root.querySelectorAll(`[data-control='${name}']`)];
        if (kind === 'steps') return all.find(e => e.dataset.move === 'next').ariaDisabled !== 'true';
        if (kind === 'radio') return !all.at(-1).checked;
        if (kind === 'select') return all[0].selectedIndex < all[0].options.length - 1;
        return Number(all[0].value) < Number(all[0].max);
    }""", [name, kind])


def enabled(panel: Locator, name: str) -> bool:
    return panel.evaluate("""(root, name) => [...root.querySelectorAll(`[data-control='${name}']`)]
        .some(control => !control.disabled)""", name)  # a step button at its end only goes no further


def same_digits(text: str, number: float) -> bool:
    """Whether ``text`` is ``number`` to all digits shown."""
    digits = len(text.partition(".")[2])
    return text == f"{number:.{digits}f}"


def drive(page: Page, panel: Locator, state: Callable[[], dict], expected: Callable[[], Mapping[str, float]]) -> int:
    """Move every control there and back. After each move all shown numbers are Python's; after the way back the state
    is what it was. Returns how many controls were moved."""
    open_folded(page, panel)
    moved = 0
    for name, kind in controls(panel):
        if not enabled(panel, name):
            continue
        before = state()
        first_back = not can_go_on(panel, name, kind)
        move(page, panel, name, kind, back=first_back)
        after = state()
        assert after != before, f"{name} did not move"
        seen = shown(panel)
        for number, value in expected().items():
            assert same_digits(seen[number], value), f"{name} moved: {number} is {seen[number]}, Python says {value}"
        move(page, panel, name, kind, back=not first_back)
        assert state() == before, f"{name} moved back, but the state is not what it was"
        moved += 1
    return moved


#: What is wrong with a panel's measures, in words; empty if nothing.
MEASURES = """root => {
    const wrong = [];
    const box = root.getBoundingClientRect();
    if (box.height > 560) wrong.push(`the panel is ${Math.round(box.height)} px high`);
    const area = root.closest('.jp-OutputArea-output') ?? document.documentElement;
    if (area.scrollWidth > area.clientWidth + 1)
        wrong.push(`it scrolls sideways: ${area.scrollWidth} > ${area.clientWidth}`);
    for (const target of root.querySelectorAll('button, select, summary, input')) {
        const label = target.closest('label') ?? target;
        const size = label.getBoundingClientRect();
        if (size.width && (size.width < 24 || size.height < 24))
            wrong.push(`a target of ${size.width | 0}x${size.height | 0}: ${target.outerHTML.slice(0, 80)}`);
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, parent = node.parentElement;
        if (!node.textContent.trim() || !parent.getClientRects().length) continue;
        if (['TITLE', 'DESC', 'STYLE', 'SCRIPT'].includes(parent.tagName.toUpperCase())) continue;
        if (parent.closest('.qnl-unseen')) continue;
        const matrix = parent.getScreenCTM?.();
        const scale = matrix ? Math.hypot(matrix.a, matrix.b) : 1;  // text may be turned
        const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
        if (size < 11.99) wrong.push(`text of ${size.toFixed(1)} px: ${node.textContent.trim().slice(0, 40)}`);
    }
    const words = [...root.querySelectorAll('dt, dd, label, legend, output, figcaption, li, th, td, .qnl-sentence')]
        .filter(e => e.textContent.trim() && e.getClientRects().length && !e.querySelector('input, svg'))
        .filter(e => !e.closest('.qnl-unseen, svg, [hidden], details:not([open]) > :not(summary)')).map(e => {
            const range = document.createRange();
            range.selectNodeContents(e);
            return [e.textContent.trim().slice(0, 30), range.getBoundingClientRect()];
        });
    words.forEach(([text, a], i) => words.slice(i + 1).forEach(([other, b]) => {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 && down > 5) wrong.push(`"${text}" and "${other}" lie on top of each other`);
    }));
    return wrong;
}"""
