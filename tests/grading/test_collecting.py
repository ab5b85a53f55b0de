"""Submissions are found as nbgrader and learning platforms leave them; a zip can do no harm."""

from __future__ import annotations

import os
import stat
import zipfile

import pytest

from qnetlab.marking.collect import BadArchive, collect
from qnetlab.marking.limits import Limits
from qnetlab.marking.roster import Student, ask, match, read_roster
from tests.grading.notebook_files import hand_in, notebook

ROSTER = [Student(id="al01", name="Ada Lovelace", email="ada@x.edu"), Student(id="gh02", name="Grace Hopper"),
          Student(id="mm03", name="Márton Müller")]


@pytest.mark.posix
def test_a_folder_as_nbgrader_collects_it(tmp_path):
    hand_in(tmp_path / "submitted", "ada", notebook("1"))
    hand_in(tmp_path / "submitted", "bob", notebook("2"), "lab (2).ipynb")
    (tmp_path / "submitted" / "bob" / "lab" / ".ipynb_checkpoints").mkdir()
    (tmp_path / "submitted" / "bob" / "lab" / ".ipynb_checkpoints" / "lab.ipynb").write_bytes(notebook("3"))
    (tmp_path / "submitted" / "eve").symlink_to(tmp_path / "submitted" / "ada")
    found, left_out = collect(tmp_path / "submitted", tmp_path, Limits())
    assert [(item.hint, item.name) for item in found] == [
        ("ada", "ada/lab/lab.ipynb"), ("bob", "bob/lab/lab (2).ipynb")]
    assert left_out == ["eve: a symbolic link, not followed"]
    found, _ = collect(tmp_path, tmp_path, Limits())
    assert [item.hint for item in found] == ["ada", "bob"]


def test_a_zip_gives_its_notebooks_and_nothing_else(tmp_path):
    path, scratch = tmp_path / "lms.zip", tmp_path / "scratch"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Ada Lovelace_77_assignsubmission_file_/lab3 (2) final.ipynb", notebook("1"))
        archive.writestr("hoppergrace_5_6_lab3.ipynb", notebook("2"))
        archive.writestr("../../evil.ipynb", notebook("3"))
        archive.writestr("/etc/evil.ipynb", notebook("3"))
        archive.writestr("a\\..\\..\\evil.ipynb", notebook("3"))
        archive.writestr("bomb/x.ipynb", b" " * (3 << 20), compress_type=zipfile.ZIP_DEFLATED)
        archive.writestr("readme.txt", "hello")
        link = zipfile.ZipInfo("link/x.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    found, left_out = collect(path, scratch, Limits(notebook_mb=2))
    assert [item.hint for item in found] == ["Ada Lovelace", "hoppergrace"]
    assert all(item.path.parent == scratch / "zip" for item in found)
    assert len(left_out) == 5
    assert sorted(file.name for file in tmp_path.rglob("*.ipynb")) == ["0.ipynb", "1.ipynb"]


def test_a_zip_that_unpacks_to_too_much_is_left_alone(tmp_path):
    path = tmp_path / "in" / "ada" / "lab.zip"
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"{number}.ipynb", b" " * (900 << 10))
    found, left_out = collect(tmp_path / "in", tmp_path / "scratch", Limits(archive_mb=200))
    assert [item.hint for item in found] == ["ada", "ada"] and "more than 2 MB" in left_out[0]
    assert found[0].name == "ada/lab.zip/0.ipynb"


@pytest.mark.posix
def test_a_name_of_bytes_that_are_no_letters_can_be_written(tmp_path):
    folder = os.fsencode(tmp_path) + b"/in/a\xff"
    os.makedirs(folder)
    with open(folder + b"/lab.ipynb", "wb") as file:
        file.write(notebook("1"))
    [found], _ = collect(tmp_path / "in", tmp_path / "scratch", Limits())
    assert found.hint.encode() and found.path.read_bytes() == notebook("1")


def test_a_damaged_zip_is_said_in_words(tmp_path):
    path = tmp_path / "lms.zip"
    path.write_bytes(b"PK no")
    with pytest.raises(BadArchive, match="cannot be opened"):
        collect(path, tmp_path, Limits())


@pytest.mark.parametrize(("hint", "name", "who"), [
    ("al01", "al01/lab/x.ipynb", "al01"),
    ("Ada Lovelace", "Ada Lovelace_77_assignsubmission_file_/x.ipynb", "al01"),
    ("lovelaceada", "lovelaceada_5_6_x.ipynb", "al01"),
    ("lab3 (2) final", "lab3 (2) final.ipynb", None),
    ("lab3_grace-hopper (2)", "lab3_grace-hopper (2).ipynb", "gh02"),
    ("Muller, Marton", "Muller, Marton/lab.ipynb", "mm03"),
    ("ada@x.edu", "ada@x.edu/lab.ipynb", "al01"),
    ("Ada Lovelace and Grace Hopper", "Ada Lovelace and Grace Hopper.ipynb", None),
])
def test_names_are_matched_to_the_roster_or_to_nobody(hint, name, who):
    found = match(hint, name, ROSTER)
    assert (found.id if found else None) == who


def test_whoever_is_not_found_is_asked_for():
    asked = []
    assert ask("lab3 (2) final.ipynb", "grcae", ROSTER, lambda text: asked.append(text) or "1").id == "gh02"
    assert "lab3 (2) final.ipynb" in asked[0]
    assert ask("x", "x", ROSTER, lambda text: "mm03").id == "mm03"
    assert ask("x", "x", ROSTER, lambda text: "") is None


def test_rosters_are_read_as_platforms_write_them(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("\ufeffFirst name,Surname,ID,Email address\nAda,Lovelace,al01,ada@x.edu\n,,,\n", encoding="utf-8")
    assert read_roster(path) == [ROSTER[0]]
    path.write_text("id;name\nal01;Lovelace, Ada\n", encoding="utf-8")  # Excel where the comma is the decimal sign
    assert [(one.id, one.name) for one in read_roster(path)] == [("al01", "Lovelace, Ada")]
    path.write_bytes("id,name\njm01,J\u00f6rg\n".encode("cp1252"))
    with pytest.raises(ValueError, match="CSV UTF-8"):
        read_roster(path)
    path.write_text("who\nada\n")
    with pytest.raises(ValueError, match="column id"):
        read_roster(path)
    path.write_text("id\nada\nada\n")
    with pytest.raises(ValueError, match="twice"):
        read_roster(path)
