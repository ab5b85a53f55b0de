"""Certificates on both sides, as the standard wants them: the name in the client's is its SAE ID."""

import ssl
import subprocess

import pytest

from qnetlab.services.authenticators import ByCertificate
from qnetlab.services.client import KeyClient, client_tls
from qnetlab.services.messages import Refusal
from qnetlab.services.server import serve, server_tls
from tests.services.lab import Lab

pytestmark = pytest.mark.openssl


def run(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def certificates(folder, authority, names):
    """A certificate authority, and for each name a key and a certificate that it signed."""
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    run(folder, "req", "-x509", *curve, "-keyout", f"{authority}.key", "-out", f"{authority}.pem", "-subj",
        f"/CN={authority}", "-days", "2")
    (folder / "names.ext").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    for name in names:
        run(folder, "req", *curve, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        run(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.pem", "-CAkey", f"{authority}.key",
            "-CAcreateserial", "-out", f"{name}.pem", "-days", "2", "-extfile", "names.ext")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("certificates")
    certificates(made, "lab", ("KME_A", "KME_B", "SAE_A", "SAE_B", "SAE_X"))
    certificates(made, "eve", ("eve_SAE_A",))
    return made


@pytest.fixture
def lab(tmp_path, folder):
    made = Lab(tmp_path, listen=False)
    for kme in (made.a, made.b):
        tls = server_tls(*(str(folder / name) for name in (f"{kme.kme_id}.pem", f"{kme.kme_id}.key", "lab.pem")))
        made.servers[kme.kme_id] = serve(kme, ByCertificate(), tls=tls)
    yield made
    made.close()


def client(lab, folder, name, at="KME_A", authority="lab"):
    paths = (str(folder / f"{name}.pem"), str(folder / f"{name}.key"), str(folder / f"{authority}.pem"))
    return KeyClient(lab.servers[at].url, tls=client_tls(*paths))


def test_two_applications_with_certificates(lab, folder):
    assert lab.servers["KME_A"].url.startswith("https://127.0.0.1:")
    keys = client(lab, folder, "SAE_A").get_keys("SAE_B", number=2)
    assert client(lab, folder, "SAE_B", at="KME_B").get_keys_with_ids("SAE_A", [k.key_id for k in keys]) == keys


def test_a_certificate_of_nobody_known_is_401(lab, folder):
    with pytest.raises(Refusal, match="the SAE is not authorized") as refused:
        client(lab, folder, "SAE_X").status("SAE_B")
    assert refused.value.status == 401


def test_without_a_certificate_of_the_right_authority_there_is_no_connection(lab, folder):
    context = ssl.create_default_context(cafile=str(folder / "lab.pem"))
    with pytest.raises(OSError):
        KeyClient(lab.servers["KME_A"].url, tls=context).status("SAE_B")
    with pytest.raises(OSError):
        client(lab, folder, "eve_SAE_A").status("SAE_B")
    with pytest.raises(OSError):  # the client does not speak with a KME that it cannot check
        client(lab, folder, "SAE_A", authority="eve").status("SAE_B")
    assert len(client(lab, folder, "SAE_A").get_keys("SAE_B")) == 1
