"""Set-up with a pip and a venv that only pretend: what is done, what is left alone, what is said."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import lab
from tests.house.fake_pip import FAILURES

FAKE = str(Path(__file__).with_name("fake_pip.py"))
STEPS = ("venv", "lock", "package", "tests")


class House:
    """A checkout in an empty folder, whose commands are fakes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.log = root / "calls"
        self.sources = {"lock": "binder/requirements.txt", "package": "pyproject.toml",
                        "tests": "tests/requirements.txt"}
        for source in self.sources.values():
            (root / source).parent.mkdir(exist_ok=True)
            (root / source).write_text("first version")

    def plan(self, action: str = "setup", **failing: str) -> lab.Plan:
        """Return what a start does; `failing` says which step fails how."""
        todo = lab.plan(*lab.this_machine(), str(self.root), sys.version_info[:3], [action])
        words = {step: f"{step}: {failing[step]}" if step in failing else step for step in STEPS}
        fakes = {step: (sys.executable, FAKE, words[step], todo.python, str(self.log)) for step in STEPS}
        return todo._replace(commands={**todo.commands, **fakes})

    def start(self, action: str = "setup", **failing: str) -> list[str]:
        """Prepare; return the steps that were run."""
        self.log.write_text("")
        try:
            lab.prepare(self.plan(action, **failing))
        finally:
            self.ran = self.log.read_text().split("\n")[:-1]
        return self.ran

    def fails(self, action: str = "setup", **failing: str) -> str:
        """Prepare with a step that fails; return the name of the trouble."""
        with pytest.raises(lab.Trouble) as caught:
            self.start(action, **failing)
        return str(caught.value)

    @property
    def stamp(self) -> Path:
        return self.root / ".venv" / "qnetlab-stamp.json"


@pytest.fixture
def house(tmp_path, monkeypatch) -> House:
    monkeypatch.setattr(lab, "NEEDED_MB", 0)
    return House(tmp_path)


# ------------------------------------------------------------------------------------------ what is run, and when


def test_the_first_start_installs_everything_and_the_second_nothing(house):
    assert house.start() == ["venv", "lock", "package"]
    assert house.start(venv="unknown", lock="unknown", package="unknown") == []


def test_the_test_tools_come_once_and_on_request(house):
    house.start()
    assert house.start("test") == ["tests"]
    assert house.start("test") == []
    assert house.start("lab") == []


def test_jupyterlab_starts_without_news_and_shows_markdown_rendered(house):
    house.start()
    settings = json.loads((house.root / ".venv/share/jupyter/lab/settings/overrides.json").read_text())
    assert settings == {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}}}


def test_settings_that_an_update_brings_reach_an_environment_that_is_there(house):
    house.start()
    settings = house.root / ".venv/share/jupyter/lab/settings/overrides.json"
    wanted = settings.read_text()
    settings.write_text("{}")
    assert house.start() == []
    assert settings.read_text() == wanted


@pytest.mark.parametrize("step", ["lock", "package", "tests"])
def test_an_update_installs_only_what_changed(house, step):
    house.start("test")
    (house.root / house.sources[step]).write_text("second version")
    assert house.start("test") == [step]


@pytest.mark.parametrize(
    "damage",
    [
        lambda house: house.stamp.unlink(),
        lambda house: house.stamp.write_text('{"lock": '),
        lambda house: Path(house.plan().python).unlink(),  # its Python was removed from the system
        lambda house: (house.root / ".venv" / "pyvenv.cfg").unlink(),
        lambda house: (house.root / ".venv" / "pyvenv.cfg").write_text("home = /not/there/any/more\n"),
        lambda house: house.stamp.write_text(house.stamp.read_text().replace(house.root.name, "elsewhere")),
    ],
    ids=["no stamp", "damaged stamp", "no Python", "no configuration", "its Python moved", "checkout moved"],
)
def test_what_cannot_be_trusted_is_made_from_nothing(house, damage: Callable[[House], object]):
    house.start()
    (house.root / ".venv" / "left over").touch()
    damage(house)
    assert house.start() == ["venv", "lock", "package"]
    assert not (house.root / ".venv" / "left over").exists()


@pytest.mark.posix
def test_another_version_under_the_same_name_is_another_python(house):
    house.start()
    python = Path(house.plan().python)
    other = python.with_name("python3.99")
    python.rename(other)
    python.symlink_to(other)
    assert house.start() == ["venv", "lock", "package"]


# ------------------------------------------------------------------------------------------------------- troubles


def exit_of(house, monkeypatch, capsys, **failing: str) -> tuple[int, str]:
    """Run the whole of `python3 lab.py setup`; return its exit code and its last line."""
    (house.root / "notebooks").mkdir(exist_ok=True)
    plan = house.plan(**failing)
    monkeypatch.setattr(lab, "plan", lambda *_: plan)
    code = lab.main(["setup"], str(house.root))
    return code, capsys.readouterr().out.strip().split("\n")[-1]


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("step", ["venv", "lock", "package"])
def test_each_failure_has_its_sentence_and_its_exit_code(house, monkeypatch, capsys, step, failure):
    name = failure.partition(",")[0]
    code, sentence = lab.TROUBLES[name]
    said = "qnetlab: " + sentence.format(**house.plan().details)
    assert exit_of(house, monkeypatch, capsys, **{step: failure}) == (code, said)


def test_success_says_what_to_do_next(house, monkeypatch, capsys):
    code, last = exit_of(house, monkeypatch, capsys)
    assert code == 0
    assert last == f"qnetlab: ready; start it with: {'py' if os.name == 'nt' else 'python3'} lab.py"


def test_the_last_words_of_pip_are_shown(house, capsys):
    house.fails(lock="unknown")
    assert "    RuntimeError: the moon is in the wrong place\n" in capsys.readouterr().out


def test_a_full_disk_is_noticed_before_an_hour_of_downloading(house, monkeypatch):
    monkeypatch.setattr(lab, "NEEDED_MB", shutil.disk_usage(house.root).total)
    assert house.fails() == "no space"
    assert house.ran == []


@pytest.mark.parametrize("absent", ["venv", "ensurepip"])
def test_a_python_without_venv_is_noticed_before_the_old_one_is_removed(house, monkeypatch, absent):
    (house.root / ".venv").mkdir()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == absent else object())
    assert house.fails() == "no venv module"
    assert (house.root / ".venv").exists()


def test_an_error_of_the_operating_system_is_diagnosed_too(house, monkeypatch, capsys):
    def refuse(_: lab.Plan) -> None:
        raise OSError(28, "Kein Platz mehr auf dem Gerät", "file")

    monkeypatch.setattr(lab, "prepare", refuse)
    assert exit_of(house, monkeypatch, capsys)[0] == lab.TROUBLES["no space"][0]


def test_ctrl_c_stops_in_one_sentence(house, monkeypatch, capsys):
    def interrupt(_: lab.Plan) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(lab, "prepare", interrupt)
    assert exit_of(house, monkeypatch, capsys) == (130, "qnetlab: Stopped. Run lab.py again to go on.")


# ------------------------------------------------------------------------------------------------------- recovery


@pytest.mark.parametrize("failure", ["no network", "no wheel", "hash mismatch", "no space"])
def test_a_failed_download_leaves_a_working_environment_alone(house, failure):
    house.start()
    before = house.stamp.read_text()
    assert house.fails("test", tests=failure) == failure
    assert house.stamp.read_text() == before
    assert house.start("lab") == []  # JupyterLab still opens, without a network
    assert house.start("test") == ["tests"]


@pytest.mark.parametrize("step", ["lock", "package", "tests"])
def test_a_half_unpacked_package_is_never_trusted(house, step):
    house.fails("test", **{step: "half-way no space"})
    assert not house.stamp.exists()
    assert house.start("test") == ["venv", "lock", "package", "tests"]


@pytest.mark.parametrize(("step", "again"), [
    ("venv", ["venv", "lock", "package"]), ("lock", ["lock", "package"]), ("package", ["package"])])
def test_after_a_failed_step_the_next_start_goes_on(house, step, again):
    assert house.fails(**{step: "no network"}) == "no network"
    assert house.start() == again
    assert house.start() == []


# -------------------------------------------------------------------------------------------------------- progress


def test_progress_in_a_log_is_a_line_now_and_then(capsys):
    show = lab.Progress()
    for number in range(1, 61):
        show.pip(f"Collecting name{number}==1.0 (from -r lock)\n")
        show.pip(f"  Downloading name{number}-1.0-py3-none-any.whl (80 kB)\n")
    show.pip("Installing collected packages: name1, name2\n")
    show.text("")
    assert capsys.readouterr().out == (
        "    package 25: name25==1.0\n    package 50: name50==1.0\n    60 packages are here; unpacking them\n")


def test_progress_on_a_terminal_is_one_line(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    show = lab.Progress()
    show.pip("Processing /some/where/flit_core-4.2.0-py3-none-any.whl\n")
    show.pip("\n")
    show.pip("Collecting a-name-that-is-much-longer-than-the-next-one==1.0\n")
    show.pip("  Downloading a.whl (8.9 MB)\n")
    show.pip("Collecting six==1\n")
    show.text("")
    shown = capsys.readouterr().out
    assert "\n" not in shown
    assert "    package 2: a-name-that-is-much-longer-than-the-next-one==1.0 (8.9 MB)" in shown
    last, blank, end = shown.split("\r")[-3:]
    assert last.rstrip() == "    package 3: six==1"
    assert blank == " " * len("    package 3: six==1")
    assert end == ""
    assert all(len(part) <= 79 for part in shown.split("\r"))
