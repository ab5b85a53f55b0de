"""Every notebook in a real JupyterLab: runs clean, restarts clean, accessible in both themes, asks nobody else."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.explorers import MEASURES

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


def violations(page, within=".jp-OutputArea-output"):
    found = Axe().run(page, context={"include": [[within]]}).response["violations"]
    return [f"{v['id']} ({v['impact']}): {n['html'][:160]}" for v in found for n in v["nodes"]]


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_runs_clean_and_everybody_can_read_it(student, name, theme):
    student.open(name, theme)
    student.run_all()
    assert not student.errors()
    # JupyterLab draws only the cells in view: look at each output where it is seen.
    cells = student.page.evaluate("""window.jupyterapp.shell.currentWidget.content.widgets.flatMap((cell, index) =>
        cell.model.type === 'code' && cell.model.sharedModel.getOutputs().length ? [index] : [])""")
    assert cells
    problems = []
    for index in cells:
        student.show_cell(index)
        problems += [f"cell {index}: {p}" for p in violations(student.page)]
        for panel in student.page.locator(".jp-OutputArea-output .qnl").all():
            if panel.is_visible():
                problems += [f"cell {index}: {p}" for p in panel.evaluate(MEASURES)]
    assert not problems, "\n".join(dict.fromkeys(problems))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_survives_restart_and_run_all(student, name):
    student.open(name)
    student.run_all()
    student.restart_and_run_all()
    assert not student.errors()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_a_figure_is_live_in_the_colors_of_the_theme_with_its_numbers_below(student, theme):
    student.open("00_start_here.ipynb", theme)
    student.run_all()
    index = student.page.evaluate("""window.jupyterapp.shell.currentWidget.content.widgets.findIndex(cell =>
        cell.model.type === 'code' && cell.model.sharedModel.getOutputs().some(
            output => output.data && 'application/vnd.plotly.v1+json' in output.data))""")
    student.show_cell(index)
    figure = student.page.locator(".jp-RenderedPlotly .main-svg").first
    figure.wait_for()
    label = student.page.locator(".jp-RenderedPlotly text").first
    assert label.evaluate("e => getComputedStyle(e).fill") == student.page.evaluate("""() => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = 'var(--jp-content-font-color1)';
        const color = getComputedStyle(probe).color;
        probe.remove();
        return color;
    }""")
    numbers = student.page.locator(".jp-OutputArea-output details:has(table)").first
    assert "0.84" in numbers.locator("table").text_content()
