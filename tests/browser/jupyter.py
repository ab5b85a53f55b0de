"""A JupyterLab of its own, with every proxy dead, and somebody who works in it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.conftest import chromium_path

ROOT = Path(__file__).resolve().parents[2]
DEAD_PROXY = "http://127.0.0.1:9"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-default-apps"]
VIEWPORT = {"width": 1366, "height": 768}


class Lab(str):
    """The server's address, with the folder it serves."""

    folder: Path

    def __new__(cls, address: str, folder: Path) -> Lab:
        made = super().__new__(cls, address)
        made.folder = folder
        return made


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running_lab(folder: Path, own: Path) -> Iterator[Lab]:
    """Serve ``folder`` with a copy of the notebooks in it; JupyterLab keeps its own files in ``own``."""
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, folder)
    dead = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), DEAD_PROXY)
    environment = {**os.environ, **dead, "no_proxy": "127.0.0.1,localhost", "NO_PROXY": "127.0.0.1,localhost",
                   "QNETLAB_EXERCISES": str(ROOT / "exercises"), "JUPYTER_CONFIG_DIR": str(own / "config"),
                   "JUPYTER_DATA_DIR": str(own / "data"), "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
                   "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"), "IPYTHONDIR": str(own / "ipython"),
                   "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
                   "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))}
    port = free_port()
    # Without root JupyterLab needs no flag; containers often are root.
    rooted = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with (own / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser", *rooted,
             f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
             "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={folder}"],
            cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            lab = Lab(f"http://127.0.0.1:{port}", folder)
            until = time.monotonic() + 120
            while not _answers(lab):
                if server.poll() is not None or time.monotonic() > until:
                    raise RuntimeError((own / "log.txt").read_text())
                time.sleep(0.2)
            yield lab
        finally:
            server.terminate()
            server.wait(timeout=30)


def _answers(lab: Lab) -> bool:
    with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{lab}/api", timeout=5).close()
        return True
    return False


class Student:
    """Somebody with a notebook open."""

    def __init__(self, page: Page, lab: Lab):
        self.page, self.lab = page, lab

    def open(self, name: str, theme: str = "JupyterLab Light") -> None:
        self._end_sessions()
        # Each opening starts from the file as shipped, in a workspace of its own.
        shutil.copy(ROOT / "notebooks" / name, self.lab.folder)
        self.page.goto(f"{self.lab}/lab/workspaces/auto-{time.monotonic_ns()}/tree/{name}")
        self.page.wait_for_function("window.jupyterapp !== undefined", timeout=60_000)
        self.page.evaluate("app => app.restored", self.page.evaluate_handle("window.jupyterapp"))
        self.command("apputils:change-theme", {"theme": theme})
        self.page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
        self.page.wait_for_function(
            f"document.body.dataset.jpThemeName === {json.dumps(theme)}", timeout=30_000)
        self._wait_for_kernel()
        self.command("application:toggle-left-area")

    def _end_sessions(self) -> None:
        plain = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for session in json.load(plain.open(f"{self.lab}/api/sessions")):
            plain.open(urllib.request.Request(f"{self.lab}/api/sessions/{session['id']}", method="DELETE"))

    def command(self, name: str, arguments: dict | None = None) -> None:
        self.page.evaluate("([name, args]) => { window.jupyterapp.commands.execute(name, args); }",
                           [name, arguments or {}])

    def _wait_for_kernel(self) -> None:
        self.page.wait_for_function(
            "() => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
            timeout=120_000)

    def run_all(self) -> None:
        self.command("notebook:run-all-cells")
        self.wait_until_done()

    def restart_and_run_all(self) -> None:
        self.command("notebook:restart-run-all")
        self.page.locator(".jp-Dialog button.jp-mod-accept").click()
        self.page.wait_for_timeout(1000)
        self.wait_until_done()

    def wait_until_done(self) -> None:
        self.page.wait_for_function("""() => {
            const all = [...window.jupyterapp.shell.currentWidget.content.widgets];
            const cells = all.filter(c => c.model.type === 'code');
            const full = cells.filter(c => c.model.sharedModel.getSource().replace(/#.*/g, '').trim());
            return full.every(c => c.model.executionCount) && full.every(c => c.model.executionState !== 'running')
                && window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle';
        }""", timeout=180_000, polling=250)

    def errors(self) -> list[str]:
        return self.page.evaluate("""() => window.jupyterapp.shell.currentWidget.content.widgets
            .filter(c => c.model.type === 'code')
            .flatMap(c => c.model.sharedModel.getOutputs())
            .filter(o => o.output_type === 'error' || o.name === 'stderr')
            .map(o => o.ename ? `${o.ename}: ${o.evalue}` : String(o.text))""")

    def python(self, expression: str) -> object:
        """The value of a Python expression in the notebook's kernel, through JSON."""
        reply = self.page.evaluate("""async expression => {
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            const future = kernel.requestExecute({code: '', silent: true, user_expressions: {x: expression}});
            return (await future.done).content.user_expressions.x;
        }""", f"__import__('json').dumps({expression})")
        assert reply["status"] == "ok", f"{expression}: {reply}"
        return json.loads(eval(reply["data"]["text/plain"], {"__builtins__": {}}))

    def show_cell(self, index: int) -> None:
        """Scroll a cell into view and let it draw."""
        self.page.evaluate("""index => {
            const notebook = window.jupyterapp.shell.currentWidget.content;
            notebook.activeCellIndex = index;
            return notebook.scrollToItem(index, 'start');
        }""", index)
        self.page.wait_for_timeout(250)

    def show(self, selector: str, title: str = "") -> Locator:
        """The first explorer, or the one with this title, in view: what ``selector`` finds in its output."""
        index = self.page.evaluate("""title => window.jupyterapp.shell.currentWidget.content.widgets.findIndex(
            c => c.model.type === 'code' && c.model.sharedModel.getOutputs().some(
                o => o.data && 'application/vnd.jupyter.widget-view+json' in o.data
                    && String(o.data['text/html']).includes(title)))""", title)
        assert index >= 0, f"no cell shows an explorer {title!r}"
        self.show_cell(index)
        own = f"{selector}[aria-label='{title}']" if title else selector
        found = self.page.locator(f".jp-OutputArea-output {own}").first
        found.wait_for(timeout=30_000)
        return found

    def settle(self) -> None:
        """Until the kernel has heard what was dragged and is idle again."""
        self.page.wait_for_timeout(150)
        self._wait_for_kernel()


@contextlib.contextmanager
def student_at_work(name: str) -> Iterator[Student]:
    """Somebody with the notebook ``name`` open and run, in a JupyterLab and a browser of their own."""
    with (tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as own,
          sync_playwright() as playwright, running_lab(Path(folder), Path(own)) as lab):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        student = Student(browser.new_context(viewport=VIEWPORT).new_page(), lab)
        student.open(name)
        student.run_all()
        yield student
        browser.close()
