"""Sweeps: seeds by content, any executor, and a file that survives being killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from qnetlab import BellPair, PhotonPairSource, Teleportation, from_json, grid, run, sweep
from qnetlab.devices.link import Link
from qnetlab.saved_runs import SavedRuns
from qnetlab.sweeps import _interruptible

ROOT = Path(__file__).resolve().parents[2]
NOISY = BellPair(link=Link(source=PhotonPairSource(fidelity=0.9)))
FIDELITIES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
POINTS = grid(NOISY, {"link.source.fidelity": FIDELITIES, "state": ("phi_plus", "psi_minus")})


def outcomes(results):
    return [(r.protocol, r.outcomes, r.seed) for r in results]


# ------------------------------------------------------------------------------------------------- grids and tables


def test_a_grid_is_every_combination_the_last_axis_fastest():
    assert len(POINTS) == 12
    assert [(p.link.source.fidelity, p.state) for p in POINTS[:3]] == [
        (0.5, "phi_plus"), (0.5, "psi_minus"), (0.6, "phi_plus")]


@pytest.mark.parametrize(("axes", "words"), [
    ({"link.fidelity": (1,)}, "an axis must be a field of BellPair"), ({"state": ()}, "at least one value"),
    ({"link.source.fidelity": (2,)}, "fidelity must satisfy"),
])
def test_a_grid_that_cannot_be_says_why(axes, words):
    with pytest.raises(ValueError, match=words):
        grid(NOISY, axes)


def test_the_table_holds_what_differs_and_what_came_out():
    results = sweep(POINTS, 100, rng=1)
    table = results.table()
    assert list(table)[:2] == ["state", "link.source.fidelity"]
    assert table["link.source.fidelity"].tolist() == [f for f in FIDELITIES for _ in range(2)]
    assert table["fidelity"].tolist() == [r["fidelity"].value for r in results]
    assert np.all(table["fidelity_std_error"] > 0)
    assert {len(column) for column in table.values()} == {12}


def test_a_table_of_different_protocols_leaves_gaps():
    table = sweep([BellPair(), Teleportation(message=(0.1, 0.2))]).table()
    assert table["message"][0] is None and table["message"][1] == (0.1, 0.2)
    assert np.isnan(table["zz"][1]) and table["fidelity"].tolist() == pytest.approx([1.0, 1.0])


# ------------------------------------------------------------------------------------------------------------ seeds


def test_a_point_keeps_its_rounds_wherever_it_stands():
    alone, among = sweep(POINTS[3:4], 50, rng=9), sweep(reversed(POINTS), 50, rng=9)
    assert outcomes(alone) == outcomes([r for r in among if r.protocol == POINTS[3]])


def test_a_point_listed_twice_has_two_sets_of_rounds_that_add():
    first, second = sweep([NOISY, NOISY], 500, rng=9)
    assert first.seed != second.seed
    assert (first + second).shots == 1000


def test_another_seed_mode_or_number_of_shots_is_another_point():
    runs = [sweep([NOISY], shots, rng=rng, mode=mode)[0]
            for shots, rng, mode in ((50, 1, "exact"), (50, 2, "exact"), (60, 1, "exact"), (50, 1, "shots"))]
    assert len({r.seed for r in runs}) == 4


def test_a_result_repeats_by_its_own_seed():
    [result] = sweep([NOISY], 50, rng=3)
    assert run(NOISY, 50, rng=int(result.seed)).outcomes == result.outcomes


# -------------------------------------------------------------------------------------------------------- executors


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["exact", "shots"])
def test_processes_threads_and_one_after_the_other_give_the_same_bits(mode):
    serial = outcomes(sweep(POINTS, 40, rng=5, mode=mode))
    with ThreadPoolExecutor(2) as threads:
        assert outcomes(sweep(POINTS, 40, rng=5, mode=mode, executor=threads)) == serial
    with ProcessPoolExecutor(2) as processes:
        assert outcomes(sweep(POINTS, 40, rng=5, mode=mode, executor=processes)) == serial


@pytest.mark.slow
def test_a_real_dask_cluster_gives_the_same_bits(tmp_path):
    from distributed import Client, LocalCluster

    serial = outcomes(sweep(POINTS, 40, rng=5))
    with (LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
                       local_directory=str(tmp_path)) as cluster, Client(cluster) as client):
        results = sweep(POINTS, 40, rng=5, executor=client.get_executor(), save=tmp_path / "runs.jsonl")
        assert len(client.run(os.getpid)) == 2
    assert outcomes(results) == serial
    assert len(SavedRuns(tmp_path / "runs.jsonl")) == 12


def test_what_fails_on_an_executor_is_heard_here():
    class Broken(BellPair):
        def circuits(self):
            raise ValueError("no circuit today")

    with ThreadPoolExecutor(1) as pool, pytest.raises(ValueError, match="no circuit today"):
        sweep([NOISY, Broken()], executor=pool)


# ------------------------------------------------------------------------------------------------------------- files


def test_what_is_saved_is_not_run_again(tmp_path, monkeypatch):
    path = tmp_path / "runs.jsonl"
    first = sweep(POINTS[:5], 50, rng=2, save=path)
    ran = []
    monkeypatch.setattr("qnetlab.sweeps.run", lambda protocol, *a, **k: ran.append(protocol) or run(protocol, *a, **k))
    everything = sweep(POINTS, 50, rng=2, save=path)
    assert ran == list(POINTS[5:])
    assert outcomes(everything[:5]) == outcomes(first)
    assert outcomes(everything) == outcomes(sweep(POINTS, 50, rng=2))
    assert len(path.read_text().splitlines()) == 12
    sweep(POINTS, 50, rng=3, save=path)  # another seed: other points, in the same file
    assert len(path.read_text().splitlines()) == 24


def test_a_torn_last_line_is_repaired(tmp_path):
    path = tmp_path / "runs.jsonl"
    sweep(POINTS[:3], 50, rng=2, save=path)
    whole = path.read_bytes()
    for cut in (1, 7, len(whole.splitlines()[-1])):
        path.write_bytes(whole[:-cut])
        assert outcomes(sweep(POINTS[:3], 50, rng=2, save=path)) == outcomes(sweep(POINTS[:3], 50, rng=2))
        assert path.read_bytes() == whole


def test_a_line_that_was_changed_is_named(tmp_path):
    path = tmp_path / "runs.jsonl"
    sweep(POINTS[:3], save=path)
    lines = path.read_text().splitlines()
    fiber = json.dumps({"key": "a", "result": {"type": "Fiber"}})
    for bad in ("{", '{"key": "a"}', '{"key": "a", "result": 7}', fiber):
        path.write_text("\n".join([lines[0], bad, lines[2]]) + "\n")
        with pytest.raises(ValueError, match="every line of a saved sweep must be one finished run; .* line=2"):
            sweep(POINTS[:3], save=path)


@pytest.mark.parametrize(("save", "error", "words"), [
    (7, TypeError, "save must be the path of a file"), ("runs.csv", ValueError, "Try save=\"runs.jsonl\""),
    ("nowhere/runs.jsonl", ValueError, "a folder that exists"),
])
def test_a_path_that_cannot_be_says_why(save, error, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=words):
        sweep(POINTS, save=save)


def test_rounds_that_could_not_be_gone_on_with_are_refused(tmp_path):
    with pytest.raises(ValueError, match="a saved sweep with shots needs rng"):
        sweep(POINTS, 50, save=tmp_path / "runs.jsonl")
    assert not list(tmp_path.iterdir())
    with pytest.raises(TypeError, match="executor must have a method submit"):
        sweep(POINTS, executor=2)


@pytest.mark.slow
@pytest.mark.posix
def test_killed_at_any_moment_it_goes_on_and_nothing_is_lost_or_run_twice(tmp_path):
    path = tmp_path / "runs.jsonl"
    code = ("import sys; from tests.unit.test_sweeps import POINTS; from qnetlab import sweep\n"
            "sweep(POINTS, 20000, rng=4, mode='shots', save=sys.argv[1])")
    seen = 0
    for _ in range(40):
        process = subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT)
        lines = 0
        while process.poll() is None and lines <= seen:
            time.sleep(0.005)
            lines = path.read_bytes().count(b"\n") if path.exists() else 0
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        seen = path.read_bytes().count(b"\n")
        if seen == len(POINTS):
            break
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert len(rows) == len({row["key"] for row in rows}) == len(POINTS)
    saved = [from_json(json.dumps(row["result"])) for row in rows]
    assert outcomes(saved) == outcomes(sweep(POINTS, 20000, rng=4, mode="shots"))


def test_the_stop_button_keeps_what_is_done_also_on_an_executor(tmp_path, capsys):
    class Stop(BellPair):
        def circuits(self):
            raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as pool:
        results = sweep([*POINTS[:2], Stop(), *POINTS[2:]], executor=pool, save=tmp_path / "runs.jsonl")
    assert 2 <= len(results) < 13
    assert threading.active_count() < 50
    assert len(SavedRuns(tmp_path / "runs.jsonl")) == len(results)


@pytest.mark.parametrize("notebook", [True, False])
def test_a_notebook_does_not_show_progress_in_the_color_of_an_error_and_the_bar_goes(notebook, monkeypatch, capsys):
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    if notebook:
        monkeypatch.setitem(sys.modules, "ipykernel", sys)
    with _interruptible(2, 0) as bar:
        bar.delay = 0
        bar.update(1)
        bar.refresh()
        bar.update(1)
    shown = capsys.readouterr()
    said, silent = (shown.out, shown.err) if notebook else (shown.err, shown.out)
    assert "sweep" in said
    assert said.split("\r")[-1].strip() == ""
    assert silent == ""
