"""What all tests share: the hypothesis profile, and an honest word about what could not be run on this computer.

A test that needs something this computer lacks is neither passed nor skipped: it is left out, and the summary says
which, why, and what to do about it. In CI (environment variable CI) leaving out anything is an error.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import hypothesis
import pytest

IN_CI = os.environ.get("CI", "") not in ("", "0", "false")

hypothesis.settings.register_profile("here", deadline=None)  # never judge by time: computers are busy
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if IN_CI else "here")

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
             "microsoft-edge")
CHROMIUM_FILES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)


def chromium_path() -> str | None:
    """Return a Chromium, Chrome or Edge: the one in QNETLAB_CHROMIUM, on the search path, or where it usually is."""
    wanted = os.environ.get("QNETLAB_CHROMIUM")
    if wanted:
        return shutil.which(wanted)
    on_path = filter(None, map(shutil.which, CHROMIUMS))
    in_place = (path for path in CHROMIUM_FILES if Path(path).is_file())
    return next(on_path, None) or next(in_place, None)


@functools.cache
def index_reached() -> bool:
    """Say whether the package index answers, asked the way the lock tests ask."""
    asked = subprocess.run(
        [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-cache", "--no-deps", "-"],
        input="flit-core", env={**os.environ, "UV_HTTP_TIMEOUT": "10", "UV_HTTP_RETRIES": "0"},
        capture_output=True, text=True, check=False)
    return asked.returncode == 0


def isolated(rung: str = "") -> bool:
    """Say whether notebooks can be graded here; looked up late, so that other tests do not wait for it."""
    from qnetlab.marking.sandbox import ladder

    if sys.platform != "linux":
        return False
    return (getattr(ladder, f"_{rung}")() if rung else ladder.highest()) is not None


# marker -> what it needs, whether that is here, and how to get it
NEEDS: dict[str, tuple[str, Callable[[], bool], str]] = {
    "browser": (
        "no Chromium was found",
        lambda: chromium_path() is not None,
        "install Chromium (Debian, Ubuntu: sudo apt install chromium) or Google Chrome, or set QNETLAB_CHROMIUM to the "
        "path of one",
    ),
    "network": ("the package index cannot be reached", index_reached, "try again with a network"),
    "compiler": (
        "numba is not installed",
        lambda: importlib.util.find_spec("numba") is not None,
        "install it with pip install 'qnetlab[fast]' (the test tools bring it on Linux)",
    ),
    "openssl": ("there is no openssl program", lambda: shutil.which("openssl") is not None,
                "install it (Debian, Ubuntu: sudo apt install openssl)"),
    "bubblewrap": ("bubblewrap is missing or may not be used", lambda: isolated("bubblewrap"),
                   "install it (Debian, Ubuntu: sudo apt install bubblewrap) and see what qnetlab doctor says"),
    "landlock": ("the kernel offers no Landlock", lambda: isolated("landlock"), "see what qnetlab doctor says"),
    "sandbox": ("there is no isolation for students' code", isolated, "see what qnetlab doctor says"),
    "posix": ("this is Windows", lambda: os.name == "posix", "use Linux or macOS"),
}

left_out = pytest.StashKey[dict[str, list[pytest.Item]]]()


@pytest.hookimpl(trylast=True)  # after -m and -k: what nobody asked for is not missing
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out what cannot run here."""
    missing: dict[str, list[pytest.Item]] = {}
    for marker, (_, is_here, _) in NEEDS.items():
        marked = [item for item in items if item.get_closest_marker(marker)]
        if marked and not is_here():
            missing[marker] = marked
            items[:] = [item for item in items if item not in marked]
    config.stash[left_out] = missing
    config.hook.pytest_deselected(items=[item for marked in missing.values() for item in marked])
    if missing and IN_CI:
        raise pytest.UsageError("CI runs everything, but: " + " ".join(_reasons(missing)))


def _reasons(missing: dict[str, list[pytest.Item]]) -> list[str]:
    return [f"{marker} tests not run: {len(marked)}, because {NEEDS[marker][0]}. To run them, {NEEDS[marker][2]}."
            for marker, marked in missing.items()]


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Say what was left out, above the closing line."""
    yield
    reasons = _reasons(terminalreporter.config.stash.get(left_out, {}))
    if reasons:
        terminalreporter.section("not run on this computer")
        for reason in reasons:
            terminalreporter.line(reason)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test fails the session, whoever skipped it."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
