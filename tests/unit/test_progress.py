"""Progress is never lost: not by two notebooks at once, a damaged file, a full disk, or a restored or bad archive."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from qnetlab.grading import archive, journal
from qnetlab.grading.exercises import exercise
from qnetlab.grading.practice import check
from qnetlab.grading.predictions import predict
from qnetlab.grading.progress import progress

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from qnetlab.grading.journal import Journal
for number in range(25):
    assert Journal(Path(sys.argv[1])).add("try", exercise=f"{sys.argv[2]}.{number}", correct=False) == ""
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    lab = tmp_path / "lab"
    lab.mkdir()
    monkeypatch.chdir(lab)
    return lab


def solve():
    return check("teleport.before_bits", {"before": 0.5, "x_bit": 0.5, "z_bit": 0.5})


def test_a_fresh_folder_has_no_progress_and_looking_writes_nothing(folder):
    assert progress.solved == ()
    assert "not tried" in repr(progress)
    assert not list(folder.iterdir())


def test_what_was_tried_stands_first_and_the_rest_is_one_line():
    assert "teleport.fidelity" not in repr(progress)
    assert "<table" not in progress._repr_html_()
    check("teleport.fidelity", 0.1)
    lines = repr(progress).splitlines()
    table = [line for line in lines if line.startswith("  ") and "○ not yet" in line]
    assert len(table) == 1
    rest = " ".join(" ".join(lines).split("not tried yet")[1].split())
    assert "bell.make" in rest
    assert "teleport.fidelity" not in rest
    assert len(progress.card().body) == 2


def test_tries_hints_and_solutions_are_counted():
    solve()
    check("teleport.before_bits", hint=1)
    check("teleport.before_bits", hint=1)
    assert progress.tries == {"teleport.before_bits": 1}
    assert progress.solved == ()
    check("teleport.fidelity", 0.1)
    check("teleport.fidelity", (2 * exercise("teleport.fidelity").parameters["f"] + 1) / 3)
    check("teleport.fidelity", 0.1)  # a later mistake does not unsolve it
    assert progress.solved == ("teleport.fidelity",)
    rows = {line.split()[0]: " ".join(line.split()) for line in repr(progress).splitlines() if "." in line.split()[0]}
    assert rows["teleport.fidelity"] == "teleport.fidelity ✓ solved 2 of 2 3 0"
    assert rows["teleport.before_bits"] == "teleport.before_bits ○ not yet 1 of 3 1 1"
    assert "<td" in progress._repr_html_()


def test_many_processes_and_threads_lose_nothing(folder):
    processes = [subprocess.Popen([sys.executable, "-c", WRITER, str(folder), f"process{number}"], cwd=ROOT,
                                  env={**os.environ, "PYTHONPATH": str(ROOT)}) for number in range(4)]
    threads = [threading.Thread(target=lambda number=number: [
        journal.Journal(folder).add("try", exercise=f"thread{number}.{i}") for i in range(25)]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [process.wait() for process in processes] == [0, 0, 0, 0]
    assert len(progress.tries) == 200


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 1}', b'{"version": 9, "events": []}', b"\xff\xfe",
                                     b'{"version": 1, "events": [{"id": 1}]}', b"[" * 100_000], ids=range(8))
def test_a_damaged_file_is_kept_aside_and_said(folder, content):
    (folder / "progress.json").write_bytes(content)
    (folder / "progress.json.bad").write_bytes(b"an earlier one")
    assert "will be kept aside" in repr(progress)
    feedback = solve()
    assert "kept as progress.json.bad2" in feedback.note
    assert "kept as progress.json.bad2" in " ".join(repr(feedback).split())
    assert (folder / "progress.json.bad2").read_bytes() == content
    assert (folder / "progress.json.bad").read_bytes() == b"an earlier one"
    assert progress.tries == {"teleport.before_bits": 1}
    assert solve().note == ""


def test_a_full_disk_leaves_the_old_file_and_the_check_still_answers(folder, monkeypatch):
    solve()
    before = (folder / "progress.json").read_bytes()

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal.os, "fsync", full)
    feedback = solve()
    assert feedback.points == 1.0
    assert "No space left on device" in feedback.note
    assert "could not be noted" in repr(predict("claims.instant", "true"))
    assert (folder / "progress.json").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == [".progress.json.lock", "progress.json"]


def test_a_folder_in_place_of_the_file_is_said(folder):
    (folder / "progress.json").mkdir()
    assert "could not be noted" in solve().note
    assert "cannot be read" in repr(progress)


def test_an_edited_file_with_odd_entries_is_still_read(folder):
    events = [{"id": "1", "at": "a", "what": "try"},
              {"id": "2", "at": "b", "what": "try", "exercise": "x.y", "points": "many"},
              {"id": "3", "at": "c", "what": "unheard of"}, {"id": "4", "at": "d", "what": "prediction", "question": 5}]
    (folder / "progress.json").write_text(json.dumps({"version": 1, "events": events}))
    assert progress.tries == {"x.y": 1}
    assert "x.y" in repr(progress)


# ------------------------------------------------------------------------------------------ save and restore


def notebook(folder, name, text):
    (folder / name).write_text(text)


def test_a_lab_moves_to_a_fresh_session(folder, tmp_path, monkeypatch):
    solve()
    predict("claims.instant", "true")
    notebook(folder, "one.ipynb", "mine")
    notebook(folder, "notes.txt", "not saved")
    card = progress.save("lab.zip")
    assert "progress.json, one.ipynb" in repr(card)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    monkeypatch.chdir(fresh)
    assert "restored" in repr(progress.restore(folder / "lab.zip"))
    assert progress.tries == {"teleport.before_bits": 1}
    assert progress.predicted == {"claims.instant": "true"}
    assert (fresh / "one.ipynb").read_text() == "mine"
    assert not (fresh / "notes.txt").exists()
    assert "was here already" in repr(progress.restore(folder / "lab.zip"))
    assert progress.tries == {"teleport.before_bits": 1}  # joined, not counted twice


def test_a_name_without_an_ending_becomes_a_zip_and_the_card_says_what_is_not_inside(folder):
    solve()
    card = " ".join(repr(progress.save("my_work")).split())
    assert "Saved as my_work.zip" in card
    assert "press Ctrl+S in each notebook first" in card
    assert 'progress.restore("my_work.zip")' in card
    assert (folder / "my_work.zip").is_file()
    assert not (folder / "my_work").exists()
    assert "Restored from my_work.zip" in repr(progress.restore("my_work"))


def test_restoring_loses_nothing_that_is_here_now(folder):
    solve()
    notebook(folder, "one.ipynb", "saved")
    progress.save("lab.zip")
    solve()
    notebook(folder, "one.ipynb", "newer work")
    text = repr(progress.restore("lab.zip"))
    assert "yours differs and was kept; the saved one is in restored_one.ipynb" in text
    assert (folder / "one.ipynb").read_text() == "newer work"
    assert (folder / "restored_one.ipynb").read_text() == "saved"
    assert progress.tries == {"teleport.before_bits": 2}
    assert "restored_one.ipynb" in repr(progress.restore("lab.zip"))
    assert not (folder / "restored2_one.ipynb").exists()
    notebook(folder, "restored_one.ipynb", "also changed")
    progress.restore("lab.zip")
    assert (folder / "restored_one.ipynb").read_text() == "also changed"
    assert (folder / "restored2_one.ipynb").read_text() == "saved"


def test_restoring_beside_a_damaged_journal_keeps_it_aside(folder):
    solve()
    progress.save("lab.zip")
    (folder / "progress.json").write_text("damaged")
    assert "kept as progress.json.bad" in repr(progress.restore("lab.zip"))
    assert progress.tries == {"teleport.before_bits": 1}


def test_saving_replaces_only_its_own_files(folder, tmp_path):
    with pytest.raises(ValueError, match="something to save"):
        progress.save("lab.zip")
    solve()
    progress.save("lab.zip")
    progress.save("lab.zip")
    notebook(folder, "one.ipynb", "mine")
    notebook(folder, "other.zip", "not ours")
    with pytest.raises(ValueError, match=r"one that progress\.save wrote"):
        progress.save("other.zip")
    for name in ("one.ipynb", "me.html", "."):
        with pytest.raises(ValueError, match=r"must end in \.zip"):
            progress.save(name)
    for method in (progress.save, progress.restore):
        with pytest.raises(TypeError, match="path must be the name of a zip file, as a text; got path=None"):
            method(None)
    assert (folder / "one.ipynb").read_text() == "mine"
    with pytest.raises(ValueError, match="folder to write into"):
        progress.save("no/such/folder/lab.zip")
    assert sorted(path.name for path in folder.iterdir()) == [
        ".progress.json.lock", "lab.zip", "one.ipynb", "other.zip", "progress.json"]


def lab_zip(folder, entries, comment=archive._MARK, **options):
    with zipfile.ZipFile(folder / "evil.zip", "w", zipfile.ZIP_DEFLATED) as lab:
        lab.comment = comment
        for name, content in entries:
            lab.writestr(name, content, **options)


def refuses(folder, words):
    before = {path: path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()}
    with pytest.raises(ValueError, match=words):
        progress.restore("evil.zip")
    assert {path: path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["../out.ipynb", "/etc/out.ipynb", "a/b.ipynb", "..\\out.ipynb", "c:out.ipynb",
                                  ".ipynb", ".hidden.ipynb", "run.py", "progress.json.bad", "a\n.ipynb",
                                  "a\u202e.ipynb", "sub/", "../progress.json", "n" * 195 + ".ipynb",
                                  "CON.ipynb", "nul.old.ipynb", "Com1.ipynb", "one .ipynb", "one..ipynb", " one.ipynb",
                                  "one.ipynb ", "one.ipynb.", "what?.ipynb"])
def test_names_that_could_leave_the_folder_are_refused_before_anything_is_written(folder, name):
    lab_zip(folder, [("good.ipynb", "x"), (name, "x")])
    refuses(folder, "holds only progress.json and notebooks")


def test_a_name_that_comes_twice_is_refused(folder):
    with pytest.warns(UserWarning, match="Duplicate"):
        lab_zip(folder, [("one.ipynb", "first"), ("one.ipynb", "second")])
    refuses(folder, "each once")


def test_a_symbolic_link_in_an_archive_is_refused(folder):
    entry = zipfile.ZipInfo("one.ipynb")
    entry.external_attr = 0o120777 << 16
    lab_zip(folder, [(entry, "/etc/passwd")])
    refuses(folder, "each once")


@pytest.mark.posix
def test_a_symbolic_link_in_the_folder_is_not_written_through(folder, tmp_path):
    outside = tmp_path / "outside"
    (folder / "one.ipynb").symlink_to(outside)
    lab_zip(folder, [("one.ipynb", "x")])
    progress.restore("evil.zip")
    assert not outside.exists()
    assert (folder / "restored_one.ipynb").read_text() == "x"


def test_bombs_are_refused(folder, monkeypatch):
    monkeypatch.setattr(archive, "MAX_FILE_BYTES", 10_000)
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 25_000)
    lab_zip(folder, [("one.ipynb", "0" * 1_000_000)])
    refuses(folder, "at most 10000 bytes")
    lab_zip(folder, [(f"{number}.ipynb", "0" * 9_000) for number in range(4)])
    refuses(folder, "all at most 25000")
    monkeypatch.setattr(archive, "MAX_FILES", 3)
    lab_zip(folder, [(f"{number}.ipynb", "0") for number in range(4)])
    refuses(folder, "at most 3 files")


def test_a_header_that_lies_about_its_size_gains_nothing(folder, monkeypatch):
    monkeypatch.setattr(archive, "MAX_FILE_BYTES", 10_000)
    lab_zip(folder, [("one.ipynb", "0" * 1_000_000)])
    raw = (folder / "evil.zip").read_bytes()
    (folder / "evil.zip").write_bytes(raw.replace((1_000_000).to_bytes(4, "little"), (5).to_bytes(4, "little")))
    refuses(folder, "at most 10000 bytes|must be whole")


def test_archives_that_are_none_are_refused(folder):
    refuses(folder, "must be a file")
    (folder / "evil.zip").write_bytes(b"PK not a zip")
    refuses(folder, "must be whole")
    lab_zip(folder, [("one.ipynb", "x")], comment=b"")
    refuses(folder, "one that progress.save wrote")
    lab_zip(folder, [("one.ipynb", "x" * 5000)])
    raw = (folder / "evil.zip").read_bytes()
    (folder / "evil.zip").write_bytes(raw[:40] + b"\0\0\0\0" + raw[44:])
    refuses(folder, "must be whole")
    lab_zip(folder, [("one.ipynb", "x"), ("progress.json", "damaged")])
    refuses(folder, r"must be readable; got path='evil\.zip'\. It is not JSON")
