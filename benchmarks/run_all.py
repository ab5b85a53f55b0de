"""Measure what matters to a user; one JSON line per figure. Ratios and times of this machine, in one run.

    python3 lab.py setup && .venv/bin/python benchmarks/run_all.py [name ...]
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
Figure = dict[str, object]


def _fresh(code: str) -> float:
    """Seconds that ``code`` reports from a fresh interpreter, best of five."""
    timed = f"import time; t = time.perf_counter()\n{code}\nprint(time.perf_counter() - t)"
    runs = [subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True, cwd=ROOT)
            for _ in range(5)]
    return min(float(done.stdout.split()[-1]) for done in runs)


def import_time() -> Iterator[Figure]:
    """``import qnetlab`` in a fresh process."""
    yield {"figure": "import qnetlab", "seconds": _fresh("import qnetlab"), "goal_seconds": 0.2}


def first_exact() -> Iterator[Figure]:
    """From a fresh process to the first exact teleportation."""
    code = "from qnetlab import Teleportation, run; run(Teleportation())"
    yield {"figure": "first exact teleportation, fresh process", "seconds": _fresh(code)}


def thousand_shots() -> Iterator[Figure]:
    """1000 noisy feed-forward teleportations, really shot."""
    from qnetlab import Fiber, GateErrors, Link, Memory, PhotonPairSource, Teleportation, run

    link = Link(source=PhotonPairSource(fidelity=0.9), fiber=Fiber(length_km=50), bob_memory=Memory(t1_s=1, t2_s=0.01))
    protocol = Teleportation(message="+", link=link, gates=GateErrors(one_qubit=0.001, two_qubit=0.01))
    times = []
    for seed in range(8):
        start = time.perf_counter()
        run(protocol, 1000, mode="shots", rng=seed)
        times.append(time.perf_counter() - start)
    yield {"figure": "1000 noisy teleportations, mode shots", "first_seconds": times[0],
           "warm_seconds": statistics.median(times[1:]), "goal_warm_seconds": 0.1}
    start = time.perf_counter()
    run(protocol, 1000, rng=1)
    yield {"figure": "the same 1000, sampled from the exact answer", "seconds": time.perf_counter() - start}


def notebooks() -> Iterator[Figure]:
    """Run time and peak memory of each notebook, kernel alone; on Linux."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        code = (
            "import json, sys, time\n"
            "cells = json.load(open(sys.argv[1]))['cells']\n"
            "cells = [''.join(c['source']) for c in cells if c['cell_type'] == 'code']\n"
            "from IPython.core.interactiveshell import InteractiveShell\n"
            "shell = InteractiveShell.instance(); start = time.perf_counter()\n"
            "for cell in cells:\n"
            "    done = shell.run_cell(cell, silent=False)\n"
            "    done.raise_error()\n"
            "seconds = time.perf_counter() - start\n"
            "told = open('/proc/self/status').read()\n"  # not ru_maxrss, which begins with the peak of who started it
            "print(json.dumps([seconds, int(told.split('VmHWM:')[1].split()[0]) / 1024]))\n"
        )
        done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True,
                              cwd=path.parent)
        seconds, peak_mb = json.loads(done.stdout.splitlines()[-1])
        yield {"figure": f"notebook {path.name}", "seconds": seconds, "peak_mb": peak_mb, "goal_seconds": 30,
               "goal_mb": 700}


def installed_size() -> Iterator[Figure]:
    """Size of the environment that this runs in."""
    total = sum(f.stat().st_size for f in Path(sys.prefix).rglob("*") if f.is_file() and not f.is_symlink())
    yield {"figure": "installed environment", "mb": total / 1e6}


def explorers() -> Iterator[Figure]:
    """Key press to painted frame, in a real browser."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from explorer_frames import measure

    yield from measure()


def sweeps() -> Iterator[Figure]:
    """A thousand points, alone and side by side."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from thousand_points import measure

    yield from measure()


def distillation() -> Iterator[Figure]:
    """Error correction, privacy amplification, authentication, and whole sessions."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from distillation import measure

    yield from measure()


def pulses() -> Iterator[Figure]:
    """Pulses of a key distribution, as records and as statistics."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from pulses import measure

    yield from measure()


def key_rates() -> Iterator[Figure]:
    """Curves of a thousand points, and the best settings of a link."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from key_rates import measure

    yield from measure()


def backbone() -> Iterator[Figure]:
    """A day of trusted relays, and the key server."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from backbone import measure

    yield from measure()


def satellites() -> Iterator[Figure]:
    """A pass of a satellite from geometry to a finite key, and a year of them."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from satellites import measure

    yield from measure()


def chains() -> Iterator[Figure]:
    """Chains of memories: pairs from end to end, composition, a million runs."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from chains import measure

    yield from measure()


def grading() -> Iterator[Figure]:
    """A class of a hundred, with and without endless loops."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from grading import measure

    yield from measure()


def chain_forms() -> Iterator[Figure]:
    """Chains of memories in closed form: curves, settings, deadlines."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from chain_forms import measure

    yield from measure()


def heralds() -> Iterator[Figure]:
    """Heralded links in closed form and photon by photon."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from heralds import measure

    yield from measure()


def networks() -> Iterator[Figure]:
    """Best routes, shared links, GHZ states."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from networks import measure

    yield from measure()


FIGURES: dict[str, Callable[[], Iterator[Figure]]] = {
    f.__name__: f for f in (import_time, first_exact, thousand_shots, notebooks, installed_size, explorers, sweeps,
                            distillation, pulses, key_rates, backbone, satellites, chains, grading, chain_forms,
                            heralds, networks)
}

if __name__ == "__main__":
    for name in sys.argv[1:] or FIGURES:
        for figure in FIGURES[name]():
            print(json.dumps(figure), flush=True)
