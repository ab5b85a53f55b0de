"""Whatever is asked of two KMEs in whatever order: every cell is there or went out once, and both sides agree."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from qnetlab.qkd.key import Key
from qnetlab.services.entity import KME, pair
from qnetlab.services.messages import KeyRequest, Refusal
from qnetlab.services.store import KeyStore, cells_of

SAES = {"A1": "KME_A", "A2": "KME_A", "B1": "KME_B", "B2": "KME_B"}
NAMES = st.sampled_from(sorted(SAES))


def answer(kme, work):
    """(status, keys) of one request."""
    try:
        return 200, kme.store.once(work)["keys"]
    except Refusal as refusal:
        return refusal.status, []


class TwoKMEs(RuleBasedStateMachine):
    """Two KMEs, asked by hand; ``given`` is what masters hold and no slave fetched yet."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.seed, self.cells, self.given, self.fetched = 0, 0, {}, []
        self.kmes = self.opened()
        self.fill()

    def opened(self):
        return {name: KME(name, KeyStore(self.folder / name), saes=SAES) for name in ("KME_A", "KME_B")}

    @rule()
    def fill(self):
        self.seed += 1
        bits = np.random.default_rng(self.seed).integers(0, 2, 256 * (8 + (self.seed == 1)), dtype=np.uint8)
        self.cells += pair(*self.kmes.values(), Key(bits), Key(bits))

    @rule(master=NAMES, slave=NAMES, number=st.integers(1, 3), size=st.sampled_from([8, 128, 256, 264, 520]))
    def get(self, master, slave, number, size):
        kme = self.kmes[SAES[master]]
        left = kme.store.count("KME_B" if kme.kme_id == "KME_A" else "KME_A", mine=True)
        status, keys = answer(kme, lambda: kme.get_key(master, slave, KeyRequest(number, size)))
        neighbors, enough = SAES[master] == SAES[slave], number * cells_of(size // 8) <= left
        assert status == (400 if neighbors else 200 if enough else 503)
        assert len(keys) == (number if status == 200 else 0)
        for key in keys:
            assert key["key_ID"] not in self.given
            self.given[key["key_ID"]] = (master, slave, key["key"])

    @precondition(lambda self: self.given)
    @rule(data=st.data(), caller=NAMES, claimed=NAMES)
    def fetch(self, data, caller, claimed):
        name = data.draw(st.sampled_from(sorted(self.given)))
        master, slave, key = self.given[name]
        kme = self.kmes[SAES[caller]]
        status, got = answer(kme, lambda: kme.get_key_with_ids(caller, claimed, [name]))
        if (caller, claimed) == (slave, master):
            assert (status, got) == (200, [{"key_ID": name, "key": key}])
            self.fetched.append((name, *self.given.pop(name)))
        else:
            assert status in (400, 401)

    @precondition(lambda self: self.fetched)
    @rule(data=st.data())
    def fetch_again(self, data):
        name, master, slave, _ = data.draw(st.sampled_from(self.fetched))
        kme = self.kmes[SAES[slave]]
        assert answer(kme, lambda: kme.get_key_with_ids(slave, master, [name])) == (400, [])

    @rule()
    def start_again(self):
        for kme in self.kmes.values():
            kme.store.close()
        self.kmes = self.opened()

    @invariant()
    def every_cell_is_there_or_went_out_once(self):
        for kme, peer in zip(self.kmes.values(), reversed(self.kmes), strict=True):
            for mine in (True, False):
                went = [d for d in kme.store.deliveries() if d.mine is mine]
                out = [d.place.serial + i for d in went for i in range(cells_of(d.place.size_bytes))]
                assert len(set(out)) == len(out)
                assert kme.store.count(peer, mine=mine) + len(out) == self.cells

    def teardown(self):
        for kme in self.kmes.values():
            kme.store.close()


TestTwoKMEs = TwoKMEs.TestCase
TestTwoKMEs.settings = settings(max_examples=10, stateful_step_count=20, deadline=None)
