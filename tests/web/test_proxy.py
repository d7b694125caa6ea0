"""Behind a proxy: nginx and Caddy as docs/proxy sets them up, with TLS and under a path; and whose word about the sender is taken."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from starlette.testclient import TestClient

from engine.app.access_log import read_access_log
from engine.app.serving import open_record
from engine.registry.sign_in import set_password
from engine.rules.access import Actor
from engine.web.application import application
from tests.web.conftest import ORIGIN, PASSWORD, ROOT, Office, serving

BEHIND = ("--no-watch", "--behind", "127.0.0.1")
DOCUMENTS = ROOT / "docs" / "proxy"
PROGRAMS = {
    name: found for name in ("nginx", "caddy") if (found := shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin"))
}


def addresses(office: Office) -> list[str]:
    """From where the access log says that each request came."""
    return [line["address"] for line in read_access_log(None, "zg.toml", office.settings.db).lines()]


@pytest.fixture
def known(office: Office) -> Office:
    with open_record(office.settings) as record:
        set_password(record.registry, Actor("scjgj", "contact", "SCJGJ", "test"), "scjgj", PASSWORD)
    return office


@pytest.mark.parametrize(("trusted", "peer", "address"), [
    ("10.0.0.1", "10.0.0.1", "192.0.2.7"), ("10.0.0.1", "10.0.0.2", "10.0.0.2"), ("", "10.0.0.1", "10.0.0.1"),
])
def test_only_a_proxy_that_is_named_says_where_a_visitor_comes_from(known: Office, trusted: str, peer: str, address: str) -> None:
    client = TestClient(application(known.settings, trusted=trusted), base_url=ORIGIN, client=(peer, 50_000))
    heads = {"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https", "sec-fetch-site": "same-origin"}
    answer = client.post("/sign-in", data={"account": "scjgj", "password": PASSWORD}, headers=heads, follow_redirects=False)
    assert addresses(known) == [address]
    assert answer.headers["set-cookie"].startswith("__Host-" if address != peer else "zg_session=")


@pytest.mark.parametrize(("forwarded", "address"), [
    ("Bob's laptop" * 400, "10.0.0.1"), ("192.0.2.7:4711", "192.0.2.7"), ("2001:DB8::0:7%" + "x" * 400, "2001:db8::7"), ("", "10.0.0.1"),
])
def test_a_visitors_address_is_an_address_whatever_a_proxy_passes_on(known: Office, forwarded: str, address: str) -> None:
    client = TestClient(application(known.settings, trusted="10.0.0.1"), base_url=ORIGIN, client=("10.0.0.1", 50_000))
    heads = {"x-forwarded-for": forwarded, "sec-fetch-site": "same-origin"}
    client.post("/sign-in", data={"account": "scjgj", "password": PASSWORD}, headers=heads)
    assert set(addresses(known)) == {address}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def certificate(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    pem = serialization.Encoding.PEM
    (folder / "zg.crt").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    plain = serialization.PrivateFormat.PKCS8
    (folder / "zg.key").write_bytes(key.private_bytes(pem, plain, serialization.NoEncryption()))


def nginx(folder: Path, front: int, port: int, root: str, *, without: str = "") -> list[str]:
    """nginx as the documents say, with its own ports and files: how it is started."""
    text = (DOCUMENTS / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{front} ssl").replace("/etc/nginx/", f"{folder}/")
    there = f"http://127.0.0.1:{port}{without}"
    text = text.replace("location /", f"location {root}/").replace("http://127.0.0.1:8600;", f"{there};")
    text = text.replace("server {", f"access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; server {{")
    for name in ("fastcgi", "uwsgi", "scgi"):
        text = f"{name}_temp_path {folder}/{name};\n{text}"
    head = f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{}}\n"
    (folder / "nginx.conf").write_text(f"{head}http {{\n{text}\n}}\n", encoding="utf-8")
    return [PROGRAMS["nginx"], "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def stripping_nginx(folder: Path, front: int, port: int, root: str) -> list[str]:
    """One that takes the path of the portal off what it passes on."""
    return nginx(folder, front, port, root, without="/")


def caddy(folder: Path, front: int, port: int, root: str) -> list[str]:
    """Caddy as the documents say, with its own port and a certificate that is here: how it is started."""
    text = (DOCUMENTS / "Caddyfile").read_text(encoding="utf-8")
    text = text.replace("zg.example.gov.cn {", f"https://localhost:{front} {{\n\tbind 127.0.0.1\n\ttls {folder}/zg.crt {folder}/zg.key")
    text = text.replace("127.0.0.1:8600\n}", f"127.0.0.1:{port}\n}}")
    if root:
        text = text.replace("\trequest_body", f"\thandle {root}/* {{\n\trequest_body").replace(f":{port}\n", f":{port}\n\t}}\n")
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}", encoding="utf-8")
    return [PROGRAMS["caddy"], "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@contextmanager
def before(command: Callable[[Path, int, int, str], list[str]], folder: Path, port: int, root: str) -> Iterator[str]:
    """A proxy before the pages. Where it is found."""
    certificate(folder)
    front = free_port()
    own = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command(folder, front, port, root), stdout=said, stderr=said, env={**os.environ, **own})
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", front)) == 0:
                    break
        assert process.poll() is None, (folder / "said").read_text()
        yield f"https://localhost:{front}{root}"
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(("proxy", "root"), [(nginx, ""), (nginx, "/zg"), (stripping_nginx, "/zg"), (caddy, ""), (caddy, "/zg")])
def test_behind_a_proxy_a_person_signs_in_over_tls_and_forges_no_address(
    known: Office, tmp_path: Path, proxy: Callable[[Path, int, int, str], list[str]], root: str,
) -> None:
    if (name := proxy.__name__.removeprefix("stripping_")) not in PROGRAMS:
        pytest.skip(f"no {name} on this machine")
    with (
        serving(known, *BEHIND, *(("--root-path", root) if root else ())) as (_, port), before(proxy, tmp_path, port, root) as front,
        httpx.Client(verify=False, trust_env=False) as client,  # noqa: S501 – our own certificate
    ):
        heads = {"sec-fetch-site": "same-origin", "x-forwarded-for": "6.6.6.6", "x-forwarded-proto": "http"}
        page = client.get(f"{front}/sign-in")
        assert page.status_code == 200 and f'action="{root}/sign-in"' in page.text
        assert "max-age" in page.headers["strict-transport-security"]
        style = re.findall(r'href="(/[^ ]*app.css)"', page.text)[0]
        assert style.startswith(f"{root}/static/") and client.get(f"{front}{style.removeprefix(root)}").status_code == 200
        answer = client.post(f"{front}/sign-in", data={"account": "scjgj", "password": PASSWORD}, headers=heads)
        assert answer.status_code == 303 and answer.headers["location"] == f"{root}/"
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("zg_session=" if root else "__Host-zg_session=")
        assert "Secure" in cookie and f"Path={root or '/'}" in cookie
        assert "企业开办材料重复提交" in client.get(f"{front}/tickets/1").text
        foreign = client.post(f"{front}/tickets/1/comment", data={"note": "x"}, headers={"origin": "https://evil.example"})
        assert foreign.status_code == 403
    assert set(addresses(known)) == {"127.0.0.1"}
