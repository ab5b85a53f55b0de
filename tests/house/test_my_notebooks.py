"""The reader's notebooks are the reader's: updates arrive, and no work is ever lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import lab

NAME = "03_teleportation.ipynb"
NEW = "03_teleportation.new.ipynb"
NEW2 = "03_teleportation.new2.ipynb"


class Desk:
    """A shipped folder and the reader's folder."""

    def __init__(self, root: Path) -> None:
        self.shipped = root / "notebooks"
        self.mine = root / "my_notebooks"
        self.shipped.mkdir()
        (self.shipped / "src").mkdir()
        (self.shipped / "build.py").write_text("not a notebook")

    def ship(self, content: str, name: str = NAME) -> None:
        (self.shipped / name).write_text(content)

    def work(self, content: str, name: str = NAME) -> None:
        (self.mine / name).write_text(content)

    def start(self) -> list[str]:
        return lab.hand_out(str(self.shipped), str(self.mine))

    def has(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in self.mine.glob("*.ipynb")}


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = Desk(tmp_path)
    desk.ship("v1")
    desk.start()
    return desk


def test_notebooks_are_copied_once_and_no_programs_are(desk):
    assert desk.has() == {NAME: "v1"}
    assert sorted(path.name for path in desk.mine.iterdir()) == [".shipped.json", NAME]
    assert desk.start() == []


def test_the_pages_that_notebooks_link_to_come_along_and_stay_the_readers(desk):
    for name in ("glossary.md", "one_page.html", "build.py"):
        desk.ship("v1", name)
    assert desk.start() == ["glossary.md", "one_page.html"]
    desk.work("v1 and my notes", "glossary.md")
    desk.ship("v2", "glossary.md")
    assert desk.start() == ["glossary.new.md"]
    assert (desk.mine / "glossary.md").read_text() == "v1 and my notes"


def test_a_new_notebook_arrives(desk):
    desk.ship("other", "04_swapping.ipynb")
    assert desk.start() == ["04_swapping.ipynb"]
    assert desk.has() == {NAME: "v1", "04_swapping.ipynb": "other"}


def test_work_stays_and_an_update_arrives_beside_it_once(desk):
    desk.work("v1 and my answers")
    assert desk.start() == []
    desk.ship("v2")
    assert desk.start() == [NEW]
    assert desk.has() == {NAME: "v1 and my answers", NEW: "v2"}
    assert desk.start() == []


def test_an_update_that_was_thrown_away_does_not_come_back(desk):
    desk.work("mine")
    desk.ship("v2")
    desk.start()
    (desk.mine / NEW).unlink()
    assert desk.start() == []


def test_the_next_update_replaces_an_untouched_one_and_spares_a_touched_one(desk):
    desk.work("mine")
    for version in ("v2", "v3"):
        desk.ship(version)
        assert desk.start() == [NEW]
        assert desk.has() == {NAME: "mine", NEW: version}
    desk.work("v3 and more of mine", NEW)
    desk.ship("v4")
    assert desk.start() == [NEW2]
    assert desk.has() == {NAME: "mine", NEW: "v3 and more of mine", NEW2: "v4"}


def test_a_copy_that_nobody_touched_is_simply_updated(desk):
    desk.ship("v2")
    assert desk.start() == [NAME]
    assert desk.has() == {NAME: "v2"}


def test_whoever_moves_or_deletes_a_notebook_gets_a_fresh_copy(desk):
    desk.work("mine")
    (desk.mine / NAME).rename(desk.mine / "old.ipynb")
    assert desk.start() == [NAME]
    assert desk.has() == {NAME: "v1", "old.ipynb": "mine"}


def test_a_file_of_the_same_name_that_was_there_before_stays(tmp_path):
    desk = Desk(tmp_path)
    desk.mine.mkdir()
    desk.work("mine")
    desk.ship("v1")
    assert desk.start() == [NEW]
    assert desk.has() == {NAME: "mine", NEW: "v1"}


@pytest.mark.parametrize("record", ["", "{", "[]", '{"03_teleportation.ipynb": 7}'])
def test_a_lost_or_damaged_record_costs_no_work(desk, record):
    desk.work("mine")
    (desk.mine / ".shipped.json").write_text(record)
    assert desk.start() == [NEW]
    assert desk.has() == {NAME: "mine", NEW: "v1"}


def test_killed_before_the_record_is_written_the_next_start_finds_its_own_copy(desk):
    (desk.mine / ".shipped.json").unlink()
    (desk.mine / (NAME + ".part")).write_text("half")
    assert desk.start() == []
    desk.ship("v2")
    assert desk.start() == [NAME]
    assert json.loads((desk.mine / ".shipped.json").read_text())


class AnyYear(RuleBasedStateMachine):
    """Whatever happens in a year of courses, what the reader wrote is still in the reader's folder."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.desk = Desk(Path(self.folder.name))
        self.desk.ship("v0")
        self.desk.start()
        self.written: dict[str, str] = {}

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(version=st.sampled_from(["v0", "v1", "v2"]))  # an update, or back to an older one
    def update(self, version: str) -> None:
        self.desk.ship(version)

    @rule(name=st.sampled_from([NAME, NEW, NEW2]), word=st.sampled_from(["one", "two"]))
    def write(self, name: str, word: str) -> None:
        self.desk.work(word, name)
        self.written[name] = word

    @rule(name=st.sampled_from([NAME, NEW, NEW2]))
    def throw_away(self, name: str) -> None:
        (self.desk.mine / name).unlink(missing_ok=True)
        self.written.pop(name, None)

    @rule()
    def lose_the_record(self) -> None:
        (self.desk.mine / ".shipped.json").unlink(missing_ok=True)

    @rule()
    def start(self) -> None:
        self.desk.start()
        assert self.desk.start() == []  # what was offered once is not offered again
        assert NAME in self.desk.has()

    @invariant()
    def nothing_is_lost(self) -> None:
        has = self.desk.has()
        assert {name: has.get(name) for name in self.written} == self.written


TestAnyYear = AnyYear.TestCase
