"""A day of a backbone, and the key server under fifty clients: how fast, and is a key lost or given out twice?"""

from __future__ import annotations

import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Figure = dict[str, object]
ROOT = Path(__file__).resolve().parents[1]

CLIENTS, EACH, CELLS = 50, 60, 60_000
SAES = {**{f"SAE_A{i}": "KME_A" for i in range(5)}, **{f"SAE_B{i}": "KME_B" for i in range(5)}}
WORDS = {sae: f"the word of {sae}, for the lab" for sae in SAES}


def day() -> Iterator[Figure]:
    """24 hours in steps of a minute: 32 nodes, 31 hops, 25 users, every bit accounted for."""
    import numpy as np

    from qnetlab import KeyDemand, TrustedBackbone
    from qnetlab.network.backbone import chain

    rng = np.random.default_rng(32)
    links = chain(rng.integers(3000, 12_000, 31), buffer_bits=1e8)
    names = TrustedBackbone(links=links).nodes
    users = [KeyDemand(rate_bps=1500)]
    for _ in range(24):
        a, b = sorted(rng.choice(32, 2, replace=False))
        users.append(KeyDemand(source=names[a], target=names[b], rate_bps=400, begin_s=8 * 3600, end_s=18 * 3600))
    times = []
    for _ in range(5):
        start = time.perf_counter()
        done = TrustedBackbone(links=links, demands=tuple(users)).simulate(step_s=60)
        times.append(time.perf_counter() - start)
    yield {"figure": "a day of a 32-node backbone, 25 users, steps of a minute", "seconds": round(min(times), 3),
           "goal_seconds": 1, "unaccounted_bits": done.unaccounted_bits, "served_bits": int(done.served.sum())}


class Process:
    """One KME in a process of its own, on a store that is there."""

    def __init__(self, folder: Path, name: str) -> None:
        said = "".join(f'{sae} = "{kme}"\n' for sae, kme in SAES.items())
        words = "".join(f'{sae} = "{word}"\n' for sae, word in WORDS.items())
        text = f'kme_id = "{name}"\nstore = "{name}.sqlite"\n[saes]\n{said}[tokens]\n{words}'
        (folder / f"{name}.toml").write_text(text)
        command = [sys.executable, "-m", "qnetlab.services.kme", f"{name}.toml"]
        self._run: Any = subprocess.Popen(command, cwd=folder, text=True, stdout=subprocess.PIPE,
                                          stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})
        self.address = self._run.stdout.readline().split("//")[-1].strip()

    def kill(self) -> None:
        """End it without a word."""
        self._run.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        self._run.wait()


def _asked(line: http.client.HTTPConnection, sae: str, path: str, body: Any) -> Any:
    line.request("POST", f"/api/v1/keys/{path}", json.dumps(body), {"Authorization": f"Bearer {WORDS[sae]}"})
    answer = line.getresponse()
    told = json.load(answer)
    if answer.status != 200:
        raise ValueError(told["message"])
    return told["keys"]


def _filled(folder: Path) -> None:
    import numpy as np

    from qnetlab.qkd.key import Key
    from qnetlab.services.entity import KME, pair
    from qnetlab.services.store import KeyStore

    bits = np.random.default_rng(50).integers(0, 2, 256 * (2 * CELLS + 1), dtype=np.uint8)
    kmes = [KME(name, KeyStore(folder / f"{name}.sqlite"), saes=SAES) for name in ("KME_A", "KME_B")]
    pair(*kmes, Key(bits), Key(bits))
    for kme in kmes:
        kme.store.close()


def _hammered(processes: dict[str, Process],
              each: int) -> tuple[list[float], list[float], list[tuple[str, ...]], float]:
    """Fifty clients: times of get key, times of get key by ID, (side, ID, key, pair) of both sides, and all in all."""
    gets, fetches, got, lock = [], [], [], threading.Lock()

    def work(i: int) -> None:
        near, far = ("KME_A", "KME_B") if i % 2 else ("KME_B", "KME_A")
        master, slave = f"SAE_{near[-1]}{i % 5}", f"SAE_{far[-1]}{i // 5 % 5}"
        mine, yours = (http.client.HTTPConnection(processes[name].address) for name in (near, far))
        for _ in range(each):
            try:
                start = time.perf_counter()
                keys = _asked(mine, master, f"{slave}/enc_keys", {"number": 1})
                middle = time.perf_counter()
                with lock:
                    gets.append(middle - start)
                    got.extend(("master", k["key_ID"], k["key"], master, slave) for k in keys)
                again = _asked(yours, slave, f"{master}/dec_keys", {"key_IDs": [{"key_ID": k["key_ID"]} for k in keys]})
                with lock:
                    fetches.append(time.perf_counter() - middle)
                    got.extend(("slave", k["key_ID"], k["key"], master, slave) for k in again)
            except (OSError, http.client.HTTPException):
                return  # killed

    threads = [threading.Thread(target=work, args=(i,)) for i in range(CLIENTS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return gets, fetches, got, time.perf_counter() - start


def _twice(got: list[tuple[str, ...]]) -> int:
    """Keys that went to two pairs, or twice to one side."""
    seen: dict[tuple[str, str], int] = {}
    pairs: dict[str, set[tuple[str, ...]]] = {}
    for side, _, key, *pair in got:
        seen[side, key] = seen.get((side, key), 0) + 1
        pairs.setdefault(key, set()).add(tuple(pair))
    return sum(count > 1 for count in seen.values()) + sum(len(who) > 1 for who in pairs.values())


def server() -> Iterator[Figure]:
    """Requests of fifty clients on two KMEs, each answer on disk before it is given."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _filled(folder)
        processes = {name: Process(folder, name) for name in ("KME_A", "KME_B")}
        gets, fetches, got, seconds = _hammered(processes, EACH)
        for process in processes.values():
            process.kill()
        for name, times in (("get key", gets), ("get key with key IDs", fetches)):
            yield {"figure": f"key server, {name}, {CLIENTS} clients", "requests": len(times),
                   "median_ms": round(1e3 * statistics.median(times), 2),
                   "p99_ms": round(1e3 * sorted(times)[int(0.99 * len(times))], 2)}
        yield {"figure": f"key server, both calls on two KMEs, {CLIENTS} clients",
               "requests_per_s": round((len(gets) + len(fetches)) / seconds), "delivered_twice": _twice(got)}


def killed() -> Iterator[Figure]:
    """Killed five times with kill -9 while fifty clients ask; then every key is looked for."""
    from qnetlab.services.store import KeyStore

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _filled(folder)
        got: list[tuple[str, ...]] = []
        for i in range(5):
            processes = {name: Process(folder, name) for name in ("KME_A", "KME_B")}
            victim = processes["KME_A" if i % 2 else "KME_B"]
            threading.Timer(0.4 + 0.1 * i, victim.kill).start()
            got += _hammered(processes, 10_000)[2]
            for process in processes.values():
                process.kill()
        lost = 0
        for name, peer in (("KME_A", "KME_B"), ("KME_B", "KME_A")):
            store = KeyStore(folder / f"{name}.sqlite")
            known = store.deliveries()
            for mine, side in ((True, "master"), (False, "slave")):
                went = {d.key_id for d in known if d.mine is mine}
                lost += CELLS - len(went) - store.count(peer, mine=mine)  # every cell is there, or went out
                asked = {key_id for s, key_id, _, master, slave in got
                         if s == side and SAES[master if mine else slave] == name}
                lost += len(asked - went)  # and whatever somebody holds is written down
            store.close()
        yield {"figure": f"kill -9 of a KME under {CLIENTS} clients, five times",
               "keys_delivered": sum(side == "master" for side, *_ in got), "keys_lost": lost,
               "delivered_twice": _twice(got)}


def measure() -> Iterator[Figure]:
    """All of it."""
    yield from day()
    yield from server()
    if os.name == "posix":
        yield from killed()
