"""The lab that one command writes: both KMEs start from it, and two applications get the same key."""

import pytest

from qnetlab.services import lab
from qnetlab.services.client import KeyClient
from qnetlab.services.kme import started


def test_a_written_lab_works(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(lab, "PLACES", {"KME_A": (0, "SAE_A"), "KME_B": (0, "SAE_B")})  # any free port
    words = lab.make_lab(tmp_path / "new", keys=5)
    servers = {name: started(tmp_path / "new" / f"{name}.toml") for name in lab.PLACES}
    alice, bob = (KeyClient(servers[f"KME_{x}"].url, token=words[f"SAE_{x}"]) for x in "AB")
    assert alice.status("SAE_B")["stored_key_count"] == 5
    [key] = alice.get_keys("SAE_B")
    assert bob.get_keys_with_ids("SAE_A", [key.key_id]) == [key]
    for server in servers.values():
        server.stop()
        server.kme.store.close()
    with pytest.raises(ValueError, match="must not hold a lab yet"):
        lab.make_lab(tmp_path / "new")
    assert lab.main([str(tmp_path / "new")]) == 1
    assert lab.main([]) == 2
    assert lab.main([str(tmp_path / "other")]) == 0
    said = capsys.readouterr().out
    assert said.count("python -m qnetlab.services.kme") == 2 and "/api/v1/keys/SAE_A/dec_keys?key_ID=" in said


@pytest.mark.parametrize("keys", [0, 1.5, True, 10**7])
def test_so_many_keys_are_refused(tmp_path, keys):
    with pytest.raises(ValueError, match="1 <= keys <= 1000000"):
        lab.make_lab(tmp_path, keys=keys)
