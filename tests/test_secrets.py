"""No secret lies in the repository, and what the program makes is its owner's alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LARGEST_BYTES = 2_000_000

SECRETS = {
    "a private key": re.compile(rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----"),
    "an access token": re.compile(
        rb"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|AKIA[0-9A-Z]{16}|xox[abprs]-[A-Za-z0-9-]{10,}|glpat-[\w-]{20,}|pypi-[\w-]{40,}"
        rb"|eyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{10,}|sk-[A-Za-z0-9]{32,})"
    ),
    "a password in an address": re.compile(rb"://[^\s:/@'\"<>{}*]+:(?!\*\*\*)[^\s/@'\"<>{}]+@[\w.\[]"),
    "a password in an assignment": re.compile(rb"(?i)\b(?:password|passwd|secret|api_?key|token)\b\s*[:=]\s*[\"'][^\"'\s{}]{8,}[\"']"),
}

INVENTED = (b"geheim", b"ge@h", b"://u:p@h", b"/account?first=", b"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b"whsec_b3RoZXI=")
"""What stands in tests and docs where a password would stand."""


def files() -> list[Path]:
    """What is under version control, or would be."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False,
    )
    if done.returncode:
        pytest.skip("not a checkout")
    return [ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def found_in(text: bytes) -> list[str]:
    return [
        f"{what}: {hit[0][:60]!r}" for what, pattern in SECRETS.items() for hit in pattern.finditer(text)
        if not any(word in hit[0] for word in INVENTED)
    ]


def test_no_file_of_the_repository_holds_a_secret() -> None:
    seen = [path for path in files() if path.stat().st_size <= LARGEST_BYTES and path != Path(__file__)]
    assert len(seen) > 200
    assert {str(path.relative_to(ROOT)): hits for path in seen if (hits := found_in(path.read_bytes()))} == {}


@pytest.mark.parametrize("text", [
    b"-----BEGIN " + b"OPENSSH PRIVATE KEY-----", b"postgresql://zg:" + b"Qx7hjk2@db.example/zg",
    b'PASSWORD = "' + b'Qx7hjk2lmn"',
    b"ghp_" + b"a1" * 18, b"AKIA" + b"ABCDEFGHIJKLMNOP",
])
def test_the_scan_sees_what_it_should(text: bytes) -> None:
    assert found_in(b"x = 1\n" + text + b"\n")


MAKING = """
import os, pathlib, sys
from contextlib import closing, suppress
from engine.cli import cli
from engine.record.connection import connect

os.umask(int(sys.argv[1]))
for line in ("init", "open x --source visit", "comment 1 --note x --file ../photo.pdf", "audit seal"):
    with suppress(SystemExit):
        cli.main(line.split())
with closing(connect(os.environ["ZG_DB"])) as db:
    db.rows("SELECT 1 FROM ticket")
    beside = list(pathlib.Path("new").glob("zg.db-*"))
    assert len(beside) == 2 and all(path.stat().st_mode & 0o777 == 0o600 for path in beside if path.is_file()), beside
"""


def modes(folder: Path) -> dict[str, str]:
    """Every file and folder below, with its mode; names of hashes left out."""
    return {
        "/".join(part
            for part in path.relative_to(folder).parts if not re.fullmatch(r"[0-9a-f]{2,}(\.pem)?",
                part)) + ("/" if path.is_dir() else ""):
            oct(path.stat().st_mode & 0o777)
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("umask", [0o000, pytest.param(0o077, marks=pytest.mark.torture)])
def test_what_the_program_makes_is_its_owners_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (tmp_path / "photo.pdf").write_bytes(b"%PDF-1.7")
    environment = {name: value for name,
        value in os.environ.items() if not name.startswith("ZG_")} | {"ZG_DB": str(place / "new" / "zg.db")}
    subprocess.run([sys.executable, "-c", MAKING, str(umask)], cwd=place, env=environment | {"PYTHONPATH": str(ROOT)}, check=True,
        capture_output=True)
    made = modes(place)
    assert len(made) >= 6
    assert {name: mode for name, mode in made.items() if mode != ("0o700" if name.endswith("/") else "0o600")} == {}
