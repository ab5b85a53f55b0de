"""The Python in the documents runs, what they link to exists, and what is made from other files is up to date."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(ROOT.glob("docs/*.md"))
LECTURERS = (ROOT / "docs" / "lecturers.md").read_text(encoding="utf-8")
PYTHON = re.compile(r"```python\n(.*?)```", flags=re.DOTALL)
spec = importlib.util.spec_from_file_location("lecturer_pages", ROOT / "docs" / "lecturer_pages.py")
lecturer_pages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lecturer_pages)


def test_the_lecturers_page_has_python():
    assert len(PYTHON.findall(LECTURERS)) >= 2


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_its_python_runs(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    for block in PYTHON.findall(path.read_text(encoding="utf-8")):
        exec(compile(block, path.name, "exec"), names)
    if "explorer" in names:
        names["explorer"].save_html("page.html")
        names["explorer"].close()
        assert (tmp_path / "page.html").stat().st_size > 10_000


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_what_it_links_to_exists(path):
    text = path.read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        assert target.is_file(), link
        headings = re.findall(r"^#+ +(.+?) *$", target.read_text(encoding="utf-8"), flags=re.M) if anchor else []
        assert not anchor or anchor in {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}, link


def test_the_lecturers_pages_are_those_of_the_exercises():
    assert lecturer_pages.PAGE.read_text(encoding="utf-8") == lecturer_pages.build(), (
        "run: python docs/lecturer_pages.py")
    exercises = {path.parent.name for path in ROOT.glob("exercises/*/spec.toml")}
    assert {name for _, name, _ in lecturer_pages.pages()} == exercises
    assert [concept for concept, _, _ in lecturer_pages.pages()] == sorted(
        concept for concept, _, _ in lecturer_pages.pages())


# ------------------------------------------------------------------------------------------------------- the course


def is_here(name: str) -> bool:
    return (ROOT / "notebooks" / f"{name}.ipynb").is_file()


def course() -> dict[int, tuple[list[str], list[int]]]:
    """Concept -> the notebooks that teach it (none if it comes later), and the concepts that it needs."""
    rows = re.findall(r"^\| (\d+) [A-Z][^|]*\| (?:[^|\\]|\\.)*\? \| ([^|]*) \| ?([\d, ]*) ?\|$", LECTURERS, flags=re.M)
    return {int(number): ([] if where == "later" else where.split(", "), [int(n) for n in re.findall(r"\d+", needs)])
            for number, where, needs in rows}


def test_each_concept_has_a_notebook_or_comes_later_and_needs_only_earlier_ones():
    assert list(course()) == list(range(25)) == list(lecturer_pages.concepts())
    for concept, (notebooks, needs) in course().items():
        assert all(need < concept for need in needs)
        for name in notebooks:
            assert is_here(name), f"concept {concept}: {name}"


def test_every_notebook_with_a_number_stands_in_the_course():
    named = {name for notebooks, _ in course().values() for name in notebooks}
    there = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb") if not path.stem.startswith("00")}
    assert there <= named


def test_the_plans_leave_out_no_concept_and_name_only_notebooks_that_are_here():
    plan = LECTURERS.partition("### 30 hours")[2].partition("\n## ")[0]
    blocks = re.findall(r"^\| (\d+) \| ([\d, ]+|capstone) \| (.*) \|$", plan, flags=re.M)
    assert [int(number) for number, _, _ in blocks] == list(range(1, 16))
    taught = [int(n) for _, concepts, _ in blocks if concepts != "capstone" for n in concepts.split(",")]
    assert taught == list(range(25))
    for name in re.findall(r"`(\d\d\w*)`", LECTURERS):
        assert is_here(name), name


def test_the_list_of_ideas_is_as_long_as_is_said():
    ideas = (ROOT / "qnetlab" / "grading" / "misconceptions" / "ideas.toml").read_text(encoding="utf-8")
    assert f"one of {ideas.count('[[misconception]]')} misconceptions" in LECTURERS
