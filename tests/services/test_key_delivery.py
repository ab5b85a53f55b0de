"""Key delivery over real HTTP: two applications get the same key by its ID, and everything else is refused in words."""

import base64
import contextlib
import json
import logging
import threading
import urllib.error
import urllib.request
import uuid

import pytest

from qnetlab.services.authenticators import ByCertificate, ByToken
from qnetlab.services.client import KeyClient
from qnetlab.services.entity import KME, pair
from qnetlab.services.key_ids import Place, make_id
from qnetlab.services.messages import Limits, Refusal, as_object
from qnetlab.services.server import serve
from qnetlab.services.store import KeyStore
from tests.services.lab import SAES, TOKENS, Lab, faults, shared


@pytest.fixture
def lab(tmp_path):
    made = Lab(tmp_path)
    yield made
    made.close()


def raw(client, method, path, body=None, token=None):
    """(status, headers, body) of a request as it is on the wire."""
    request = urllib.request.Request(f"{client.url}/api/v1/keys/{path}", method=method, data=body)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, json.load(answer)
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, problem.headers, json.load(problem)


# ------------------------------------------------------------------------------------------------ as it should be


def test_two_applications_get_the_same_keys_by_their_ids(lab):
    made = lab.client("SAE_A").get_keys("SAE_B", number=3)
    assert [len(k.key) for k in made] == [32] * 3
    assert [uuid.UUID(k.key_id).version for k in made] == [8] * 3
    got = lab.client("SAE_B").get_keys_with_ids("SAE_A", [k.key_id for k in reversed(made)])
    assert got == made[::-1]
    back = lab.client("SAE_B").get_keys("SAE_A", size=128)  # the other way, at the same time
    assert lab.client("SAE_A").get_keys_with_ids("SAE_B", [back[0].key_id]) == back
    assert back[0].key not in {k.key[:16] for k in made}


def test_status_is_as_the_standard_says(lab):
    assert lab.client("SAE_A").status("SAE_B") == {
        "source_KME_ID": "KME_A", "target_KME_ID": "KME_B", "master_SAE_ID": "SAE_A", "slave_SAE_ID": "SAE_B",
        "key_size": 256, "stored_key_count": 64, "max_key_count": 1_000_000, "max_key_per_request": 16,
        "max_key_size": 1024, "min_key_size": 8, "max_SAE_ID_count": 0}
    lab.client("SAE_A").get_keys("SAE_B", size=264)  # two cells
    assert lab.client("SAE_A2").status("SAE_B2")["stored_key_count"] == 62
    assert lab.client("SAE_B").status("SAE_A")["stored_key_count"] == 64


def test_get_does_what_post_does(lab):
    token = TOKENS["SAE_A"]
    status, headers, made = raw(lab.client("SAE_A"), "GET", "SAE_B/enc_keys?number=2&size=64", token=token)
    assert status == 200
    assert headers["Content-Type"] == "application/json"
    assert headers["Cache-Control"] == "no-store"
    assert "Etag" not in headers and "Server" not in headers  # an entity tag would be a hash of the keys
    assert set(made) == {"keys"} and [set(key) for key in made["keys"]] == [{"key_ID", "key"}] * 2
    assert [len(base64.b64decode(key["key"], validate=True)) for key in made["keys"]] == [8, 8]
    path = f"SAE_A/dec_keys?key_ID={made['keys'][1]['key_ID']}"
    status, _, got = raw(lab.client("SAE_B"), "GET", path, token=TOKENS["SAE_B"])
    assert (status, got) == (200, {"keys": made["keys"][1:]})
    assert raw(lab.client("SAE_A"), "POST", "SAE_B/enc_keys", b"", token)[0] == 200  # no body: one key


# --------------------------------------------------------------------------------------------------- as it is not


NOT_FOUND = "one or more keys specified are not found on KME"


@pytest.mark.parametrize(("asked", "status", "message"), [
    (lambda lab: lab.client("SAE_A").get_keys("SAE_B", number=17), 400, "number shall be from 1 to 16"),
    (lambda lab: lab.client("SAE_A").get_keys("SAE_B", number=0), 400, "number shall be from 1 to 16"),
    (lambda lab: lab.client("SAE_A").get_keys("SAE_B", number=True), 400, "number shall be an integer"),
    (lambda lab: lab.client("SAE_A").get_keys("SAE_B", size=12), 400, "size shall be a multiple of 8"),
    (lambda lab: lab.client("SAE_A").get_keys("SAE_B", size=2048), 400, "size shall be from 8 to 1024"),
    (lambda lab: lab.client("SAE_A").get_keys("SAE_B", size=0), 400, "size shall be from 8 to 1024"),
    (lambda lab: lab.client("SAE_A").get_keys("SAE_B", size="256"), 400, "size shall be an integer"),
    (lambda lab: lab.client("SAE_A").get_keys("SAE_X"), 400, "slave_SAE_ID shall be an SAE of a KME"),
    (lambda lab: lab.client("SAE_A").get_keys("SAE_C"), 400, "slave_SAE_ID shall be an SAE of a KME"),
    (lambda lab: lab.client("SAE_A").get_keys("SAE_A2"), 400, "slave_SAE_ID shall be an SAE of a KME"),
    (lambda lab: lab.client("SAE_B", at="KME_A").get_keys("SAE_B"), 401, "this KME does not serve this SAE"),
    (lambda lab: lab.client("SAE_A", token="a word of nobody").status("SAE_B"), 401, "the SAE is not authorized"),
    (lambda lab: KeyClient(lab.servers["KME_A"].url).status("SAE_B"), 401, "the SAE is not authorized"),
    (lambda lab: lab.client("SAE_B").get_keys_with_ids("SAE_A", [str(uuid.uuid4())]), 400, NOT_FOUND),
    (lambda lab: lab.client("SAE_B").get_keys_with_ids("SAE_A", ["5"]), 400, NOT_FOUND),
    (lambda lab: lab.client("SAE_B").get_keys_with_ids("SAE_A", []), 400, "key_IDs shall be an array"),
    (lambda lab: lab.client("SAE_B").get_keys_with_ids("SAE_A", [str(uuid.uuid4())] * 2), 400, "key_IDs shall differ"),
    (lambda lab: lab.client("SAE_B").get_keys_with_ids("SAE_X", [str(uuid.uuid4())]), 400, "master_SAE_ID shall be"),
    (lambda lab: lab.client("SAE_A")._asked("GET", "SAE_B", "keys"), 404, "there is no such path"),
    (lambda lab: lab.client("SAE_A")._asked("POST", "SAE_B", "status", {}), 405, "not allowed"),
    (lambda lab: lab.client("SAE_A")._asked("POST", "SAE_B", "enc_keys", {"extension_mandatory": [{"x": 1}]}), 400,
     "not all extension_mandatory parameters are supported"),
    (lambda lab: lab.client("SAE_A")._asked("POST", "SAE_B", "enc_keys", {"additional_slave_SAE_IDs": ["SAE_B2"]}),
     400, "additional_slave_SAE_IDs are not supported"),
    (lambda lab: lab.client("SAE_A")._asked("POST", "SAE_B", "enc_keys", [1]), 400, "shall be a JSON object"),
    (lambda lab: lab.client("SAE_A")._asked("POST", "SAE_B", "enc_keys", {"x": "y" * 70_000}), 400, "at most 65536"),
    (lambda lab: lab.client("SAE_A")._asked("GET", "SAE_B", "enc_keys?number=x"), 400, "number shall be an integer"),
    (lambda lab: lab.client("SAE_A")._asked("GET", "SAE_B", "enc_keys?key=1"), 400, "the query shall hold"),
])
def test_a_request_that_cannot_be_is_refused_in_the_words_of_the_standard(lab, asked, status, message):
    with pytest.raises(Refusal, match=message) as refused:
        asked(lab)
    assert refused.value.status == status
    assert lab.a.store.count("KME_B", mine=True) == lab.b.store.count("KME_A", mine=False) == 64
    assert lab.a.store.deliveries() == lab.b.store.deliveries() == []


def test_the_body_of_a_refusal(lab):
    client, token = lab.client("SAE_A"), TOKENS["SAE_A"]
    status, headers, body = raw(client, "POST", "SAE_B/enc_keys", b'{"size": 9}', token)
    assert (status, headers["Content-Type"]) == (400, "application/json")
    assert body == {"message": "size shall be a multiple of 8", "details": [{"size": 9}]}
    for nonsense in (b"{", b"[[[" * 5000, b"\xff"):
        status, _, body = raw(client, "POST", "SAE_B/enc_keys", nonsense, token)
        assert (status, body) == (400, {"message": "the body shall be JSON"})


def test_an_exhausted_store_is_503_until_it_is_filled_again(lab):
    client = lab.client("SAE_A")
    for _ in range(4):
        client.get_keys("SAE_B", number=16)
    with pytest.raises(Refusal, match="not enough keys are stored") as refused:
        client.get_keys("SAE_B")
    assert (refused.value.status, refused.value.details) == (503, {"stored_key_count": 0, "number": 1})
    assert len(lab.client("SAE_B").get_keys("SAE_A")) == 1  # the other half is untouched
    assert pair(lab.a, lab.b, *shared(8, seed=2)) == 8
    [key] = client.get_keys("SAE_B")
    assert lab.client("SAE_B").get_keys_with_ids("SAE_A", [key.key_id]) == [key]


def test_too_few_are_refused_as_a_whole(lab):
    lab.client("SAE_A").get_keys("SAE_B", number=15, size=1024)  # 60 of 64 cells
    with pytest.raises(Refusal) as refused:
        lab.client("SAE_A").get_keys("SAE_B", number=5)
    assert refused.value.details == {"stored_key_count": 4, "number": 5}
    assert len(lab.client("SAE_A").get_keys("SAE_B", number=4)) == 4


# ------------------------------------------------------------------------------------- once, and to one pair only


def test_a_key_is_given_once_to_each_side(lab):
    [key] = lab.client("SAE_A").get_keys("SAE_B")
    lab.client("SAE_B").get_keys_with_ids("SAE_A", [key.key_id])
    with pytest.raises(Refusal, match=NOT_FOUND):
        lab.client("SAE_B").get_keys_with_ids("SAE_A", [key.key_id])
    with pytest.raises(Refusal, match="not given to this master"):  # it is no key that B handed out
        lab.client("SAE_A").get_keys_with_ids("SAE_B", [key.key_id])


@pytest.mark.parametrize(("caller", "master"), [("SAE_B2", "SAE_A"), ("SAE_B", "SAE_A2"), ("SAE_B2", "SAE_A2")])
def test_a_key_of_another_pair_is_401_and_stays(lab, caller, master):
    [key] = lab.client("SAE_A").get_keys("SAE_B")
    with pytest.raises(Refusal, match="not given to this master for this slave") as refused:
        lab.client(caller).get_keys_with_ids(master, [key.key_id])
    assert refused.value.status == 401
    assert lab.client("SAE_B").get_keys_with_ids("SAE_A", [key.key_id]) == [key]


@pytest.mark.parametrize("spelled", ["{{{}}}", "urn:uuid:{}", "{} "])
def test_a_key_id_has_one_spelling(lab, spelled):
    [key] = lab.client("SAE_A").get_keys("SAE_B")
    with pytest.raises(Refusal) as refused:
        lab.client("SAE_B").get_keys_with_ids("SAE_A", [spelled.format(key.key_id)])
    assert refused.value.status == 400
    assert lab.client("SAE_B").get_keys_with_ids("SAE_A", [key.key_id.upper()]) == [key]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_json_is_not_read(number):
    with pytest.raises(Refusal, match="the body shall be JSON"):
        as_object(f'{{"number": {number}}}'.encode())


def test_a_longer_key_than_was_given_is_refused(lab):
    [key] = lab.client("SAE_A").get_keys("SAE_B")
    with pytest.raises(Refusal) as refused:
        lab.client("SAE_B").get_keys_with_ids("SAE_A", [key.key_id.replace("-8020-", "-8040-")])
    assert refused.value.status == 401


def test_all_of_a_request_or_nothing(lab):
    keys = lab.client("SAE_A").get_keys("SAE_B", number=2)
    [other] = lab.client("SAE_A").get_keys("SAE_B2")
    with pytest.raises(Refusal):
        lab.client("SAE_B").get_keys_with_ids("SAE_A", [*(k.key_id for k in keys), other.key_id])
    assert lab.client("SAE_B").get_keys_with_ids("SAE_A", [k.key_id for k in keys]) == keys


def test_a_secret_makes_the_ids(lab):
    place = Place(0, 32)
    names = {make_id(secret, place, *who) for secret in (b"one", b"two") for who in
             (("KME_A", "SAE_A", "SAE_B"), ("KME_B", "SAE_A", "SAE_B"), ("KME_A", "SAE_B", "SAE_A"))}
    assert len(names) == 6


def test_many_clients_at_once_never_get_the_same_key(tmp_path):
    lab = Lab(tmp_path, cells=400)
    masters, slaves, lock = [], [], threading.Lock()

    def work(master, slave):
        mine, yours = lab.client(master), lab.client(slave)
        for _ in range(10):
            keys = mine.get_keys(slave, number=2)
            got = yours.get_keys_with_ids(master, [k.key_id for k in keys])
            with lock:
                masters.extend((k.key_id, k.key, master, slave) for k in keys)
                slaves.extend((k.key_id, k.key, master, slave) for k in got)

    pairs = [(m, s) for m in ("SAE_A", "SAE_A2") for s in ("SAE_B", "SAE_B2")] * 2
    threads = [threading.Thread(target=work, args=p) for p in (*pairs, *((s, m) for m, s in pairs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(masters) == len(slaves) == 16 * 20
    assert not faults(masters, slaves)
    assert faults(masters + masters[:1], slaves) == ["a key was delivered twice"]
    assert faults(masters, [*slaves[1:], (slaves[0][0], slaves[0][1], "SAE_X", "SAE_B")]) == [f"{slaves[0][0]} differs"]
    lab.close()


def test_of_many_who_ask_for_one_key_at_once_one_gets_it(lab):
    keys = lab.client("SAE_A").get_keys("SAE_B", number=5)
    got, refused = [], []

    def work():
        for key in keys:
            try:
                got.extend(lab.client("SAE_B").get_keys_with_ids("SAE_A", [key.key_id]))
            except Refusal as problem:
                refused.append(problem.message)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(keys)
    assert refused == [NOT_FOUND] * 35


def test_a_store_may_be_filled_while_it_hands_out(tmp_path):
    lab = Lab(tmp_path, cells=50)
    masters = []

    def work():
        while len(masters) < 150:
            with contextlib.suppress(Refusal):  # 503, until there are new ones
                masters.extend((k.key_id, k.key, "SAE_A", "SAE_B") for k in lab.client("SAE_A").get_keys("SAE_B"))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for seed in range(10, 14):
        pair(lab.a, lab.b, *shared(50, seed=seed))
    for thread in threads:
        thread.join()
    slave = lab.client("SAE_B")
    got = [slave.get_keys_with_ids("SAE_A", [name])[0] for name, *_ in masters]
    assert not faults(masters, [(k.key_id, k.key, "SAE_A", "SAE_B") for k in got])
    assert len(lab.a.store.deliveries()) == len(masters) >= 150
    lab.close()


# --------------------------------------------------------------------------------------------- nothing gets out


def test_keys_and_words_never_stand_in_a_log(lab, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    made = lab.client("SAE_A").get_keys("SAE_B", number=2)
    lab.client("SAE_B").get_keys_with_ids("SAE_A", [made[0].key_id])
    raw(lab.client("SAE_B"), "GET", f"SAE_A/dec_keys?key_ID={made[1].key_id}", token=TOKENS["SAE_B"])

    def broken(peer, number, size_bytes):
        raise RuntimeError(f"bits {made[0].key!r}")

    monkeypatch.setattr(lab.a.store, "next_keys", broken)
    status, _, body = raw(lab.client("SAE_A"), "POST", "SAE_B/enc_keys", b"{}", TOKENS["SAE_A"])
    assert (status, body) == (503, {"message": "error on the side of the KME"})
    said = caplog.text
    assert "200 POST /api/v1/keys/SAE_B/enc_keys" in said and "RuntimeError" in said
    for key in made:
        for form in (base64.b64encode(key.key).decode(), key.key.hex(), repr(key.key), key.key_id):
            assert form not in said
        assert base64.b64encode(key.key).decode() not in repr(key) and repr(key.key) not in repr(key)
    assert not any(word in said for word in TOKENS.values())
    assert not any(repr(key.key) in repr(thing) for key in made for thing in (lab.a, lab.a.store, lab.servers["KME_A"]))


def test_a_key_that_could_not_be_written_down_is_not_given_out(lab, monkeypatch):
    def full(works):
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(lab.a.store, "together", full)
        with pytest.raises(Refusal, match="error on the side of the KME") as refused:
            lab.client("SAE_A").get_keys("SAE_B")
        assert refused.value.status == 503
    assert lab.client("SAE_A").status("SAE_B")["stored_key_count"] == 64
    assert len(lab.client("SAE_A").get_keys("SAE_B")) == 1


def test_what_was_given_out_is_gone_from_the_store(lab):
    [key] = lab.client("SAE_A").get_keys("SAE_B")
    lab.client("SAE_B").get_keys_with_ids("SAE_A", [key.key_id])
    for kme in (lab.a, lab.b):
        kme.store._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert key.key not in kme.store.path.read_bytes()
        assert [(d.key_id, d.master, d.slave) for d in kme.store.deliveries()] == [(key.key_id, "SAE_A", "SAE_B")]


# ---------------------------------------------------------------------------------------------------- the makers


def test_what_cannot_be_served_is_refused(tmp_path):
    kme = KME("KME_A", KeyStore(tmp_path / "a.sqlite"), saes=SAES)
    with pytest.raises(ValueError, match="loopback without tls; got host='0.0.0.0'"):
        serve(kme, ByToken(TOKENS), host="0.0.0.0")
    with pytest.raises(ValueError, match="certificates need tls"):
        serve(kme, ByCertificate())
    with pytest.raises(ValueError, match="at least 16 letters"):
        ByToken({"SAE_A": "short"})
    with pytest.raises(ValueError, match="a token of its own"):
        ByToken(dict.fromkeys(("SAE_A", "SAE_B"), "the same word for both"))
    with pytest.raises(ValueError, match="key_size must be a multiple of 8"):
        KME("KME_A", kme.store, saes=SAES, limits=Limits(key_size=9))
    kme.store.close()


def test_two_kmes_must_be_filled_alike(tmp_path):
    lab = Lab(tmp_path, listen=False)
    with pytest.raises(ValueError, match="a Key of at least 512 bits"):
        pair(lab.a, lab.b, *(key for key in shared(0)))
    assert pair(lab.b, lab.a, *shared(3, seed=4)) == 3
    assert lab.a.store.count("KME_B", mine=True) == 67
    lab.a.store.fill("KME_B", bytes(32), mine=True)
    with pytest.raises(ValueError, match="filled alike"):
        pair(lab.a, lab.b, *shared(3, seed=4))
    assert lab.b.store.fill("KME_A", bytes(32), mine=False, first=67) == 68
    assert lab.b.store.fill("KME_A", bytes(32), mine=False, first=67) == 68  # once more: nothing new
    with pytest.raises(ValueError, match="first <= 68; got first=70"):
        lab.b.store.fill("KME_A", bytes(32), mine=False, first=70)
    with pytest.raises(KeyError, match="peer must be one that keys are shared with"):
        lab.a.store.fill("KME_X", bytes(32), mine=True)
    lab.close()
