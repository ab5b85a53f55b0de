"""A KME that is killed in the middle of its work loses no key, and gives none a second time."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from qnetlab.services.client import KeyClient
from qnetlab.services.messages import Refusal
from qnetlab.services.store import KeyStore, cells_of
from tests.services.lab import SAES, TOKENS, Lab, faults

CELLS = 30_000
ROOT = Path(__file__).resolve().parents[2]


class Process:
    """One KME in a process of its own."""

    def __init__(self, folder, name):
        text = f'kme_id = "{name}"\nstore = "{name}.sqlite"\n[saes]\n'
        text += "".join(f'{sae} = "{kme}"\n' for sae, kme in SAES.items()) + "[tokens]\n"
        text += "".join(f'{sae} = "{word}"\n' for sae, word in TOKENS.items())
        (folder / f"{name}.toml").write_text(text)
        command = [sys.executable, "-m", "qnetlab.services.kme", f"{name}.toml"]
        self._run = subprocess.Popen(command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                     env={**os.environ, "PYTHONPATH": str(ROOT)})
        said = self._run.stdout.readline()
        assert said.startswith(f"{name} listens at "), said
        self.url = said.split()[-1]

    def kill(self):
        self._run.send_signal(signal.SIGKILL)
        self._run.wait()
        self._run.stdout.close()

    def client(self, sae):
        return KeyClient(self.url, token=TOKENS[sae])


def until_it_dies(process, count, work, done, more):
    """Let ``count`` threads work, and kill the process under them once ``done`` has grown by ``more``."""
    begin, late = len(done), time.monotonic() + 60

    def run(i):
        while True:
            try:
                work(i)
            except (OSError, Refusal):
                return

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    while len(done) < begin + more and time.monotonic() < late:
        time.sleep(0.002)
    process.kill()
    for thread in threads:
        thread.join()


@pytest.mark.posix
def test_killed_while_it_hands_out_and_while_it_is_asked_by_id(tmp_path):
    Lab(tmp_path, cells=CELLS, listen=False).close()
    rng, lock = random.Random(3), threading.Lock()
    masters, slaves, pending = [], [], []
    pairs = [(m, s) for m in ("SAE_A", "SAE_A2") for s in ("SAE_B", "SAE_B2")]
    for _ in range(3):
        a = Process(tmp_path, "KME_A")

        def ask(i, a=a):
            master, slave = pairs[i % 4]
            keys = a.client(master).get_keys(slave, number=3, size=264)
            with lock:
                masters.extend((k.key_id, k.key, master, slave) for k in keys)

        until_it_dies(a, 8, ask, masters, rng.randrange(100, 200))
    assert len(masters) >= 300
    waiting = list(masters)
    for _ in range(3):
        b = Process(tmp_path, "KME_B")

        def fetch(i, b=b):
            with lock:
                name, _, master, slave = waiting.pop()
            try:
                [key] = b.client(slave).get_keys_with_ids(master, [name])
            except OSError:
                with lock:
                    pending.append((name, master, slave))  # the slave does not know whether it was given out
                raise
            with lock:
                slaves.append((name, key.key, master, slave))

        until_it_dies(b, 4, fetch, slaves, rng.randrange(20, 50))
    assert len(waiting) >= 50

    b = Process(tmp_path, "KME_B")
    for name, _, master, slave in slaves[:20]:
        with pytest.raises(Refusal, match="not found"):
            b.client(slave).get_keys_with_ids(master, [name])
    for name, key, master, slave in waiting[:50]:  # none that the master has was lost
        assert b.client(slave).get_keys_with_ids(master, [name])[0].key == key
        slaves.append((name, key, master, slave))
    for name, master, slave in pending:
        with contextlib.suppress(Refusal):  # given out, and the answer was cut off
            slaves.append((name, b.client(slave).get_keys_with_ids(master, [name])[0].key, master, slave))
    b.kill()
    assert not faults(masters, slaves)

    # The books: every cell that ever was is there, or went out once, to a pair that is written down.
    for name, peer, mine in (("KME_A", "KME_B", True), ("KME_B", "KME_A", False)):
        store = KeyStore(tmp_path / f"{name}.sqlite")
        went = [d for d in store.deliveries() if d.mine is mine]
        out = [d.place.serial + i for d in went for i in range(cells_of(d.place.size_bytes))]
        left = [serial for (serial,) in store._base.execute("SELECT serial FROM cells WHERE mine = ?", (mine,))]
        assert sorted(out + left) == list(range(CELLS)) and store.ever(peer, mine=mine) == CELLS
        acknowledged = {got[0] for got in (masters if mine else slaves)}
        assert acknowledged <= {d.key_id for d in went}
        assert len(went) - len(acknowledged) <= (3 * 8 * 3 if mine else len(pending))  # in flight when it was killed
        store.close()


@pytest.mark.posix
def test_a_store_is_for_one_process(tmp_path):
    lab = Lab(tmp_path, cells=2, listen=False)
    code = f"from qnetlab.services.store import KeyStore; KeyStore({str(tmp_path / 'KME_A.sqlite')!r}).peers()"
    tried = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False,
                           env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert tried.returncode and "a store that no other KME has open; got path='KME_A.sqlite'" in tried.stderr
    assert (lab.a.store.path.stat().st_mode & 0o777) == 0o600
    lab.close()


@pytest.mark.parametrize(("text", "said"), [
    ('kme_id = "A"\n', "the file must say kme_id, store and saes"),
    ('kme_id = "A"\nstore = "a.sqlite"\n[saes]\nS = "A"\n', r"must have \[tls\] or \[tokens\]"),
])
def test_a_file_that_does_not_say_enough(tmp_path, text, said):
    from qnetlab.services.kme import main, started

    (tmp_path / "kme.toml").write_text(text)
    with pytest.raises(ValueError, match=said):
        started(tmp_path / "kme.toml")
    assert main([str(tmp_path / "kme.toml")]) == 1
    assert main([]) == 2
