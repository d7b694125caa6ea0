"""Backups on a running system, and putting them back, on both databases."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.audit.backup import BackupExists, Checked, make, restore
from engine.audit.verify import verify
from engine.errors import InvalidFile, NoDatabase, NotPossible, WrongSchema
from engine.record import evidence, queries, schema, server
from engine.record.connection import connect
from tests.conftest import new_server_database
from tests.files import keep
from tests.record.conftest import Office

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
WRITER = """
import sys
from contextlib import closing
from engine.record.connection import connect
from tests.files import keep
from tests.record.conftest import Office
with closing(connect(sys.argv[1])) as db:
    office = Office(db)
    print("ready", flush=True)
    for n in range(int(sys.argv[2])):
        sha = keep(db, b"%PDF-" + str(n).encode())
        office.tickets.clear()
        office.open(evidence=[{"sha256": sha, "bytes": 5 + len(str(n)), "type": "application/pdf"}])
print("done", flush=True)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZG_EVIDENCE", str(tmp_path / "files"))
    return tmp_path / "files"


@pytest.fixture
def cited(office: Office) -> str:
    sha256 = keep(office.db)
    office.open(evidence=[{"sha256": sha256, "bytes": 8, "type": "application/pdf"}])
    office.assigned()
    return sha256


Back = Callable[[Path], tuple[Checked, str]]


@pytest.fixture
def back(request: pytest.FixtureRequest, record_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Back:
    """Restores a backup to a new place of the same kind, with an evidence folder of its own."""

    def put(source: Path) -> tuple[Checked, str]:
        monkeypatch.setenv("ZG_EVIDENCE", str(tmp_path / "restored-files"))
        url = f"sqlite:///{tmp_path / 'restored' / 'zg.db'}"
        if not record_url.startswith("sqlite"):
            manager = new_server_database(request.getfixturevalue("server"))
            url = manager.__enter__()
            request.addfinalizer(lambda: manager.__exit__(None, None, None))
        return restore(source, url), url

    return put


def test_what_is_put_back_is_what_was_there(office: Office, record_url: str, cited: str, back: Back, tmp_path: Path) -> None:
    target = tmp_path / "b.tar"
    made = make(office.db, record_url, target, NOW)
    assert made.findings == [] and (made.page.tickets, made.page.files, made.page.schema) == (2, 1, schema.SCHEMA)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600 and sorted(tmp_path.glob(".*")) == []
    put, url = back(target)
    assert put == made
    with closing(connect(url)) as db:
        for question in (queries.AUDIT_TICKETS, queries.AUDIT_EVENTS):
            said = {"after": 0, "stream": -1, "seq": 0, "limit": 99}
            wanted = {name: value for name, value in said.items() if f":{name}" in question}
            assert db.rows(question, **wanted) == office.db.rows(question, **wanted)
    assert evidence.path_of(tmp_path / "restored-files", cited).read_bytes() == b"%PDF-1.7"
    assert stat.S_IMODE((tmp_path / "restored-files").stat().st_mode) == 0o700


def test_a_backup_while_writers_write_is_whole_and_holds_what_its_events_cite(
    office: Office, record_url: str, back: Back, tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", WRITER, record_url, "60"]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
        made = [make(office.db, record_url, tmp_path / f"{place}.tar", NOW) for place in range(3)]
        assert writer.stdout.readline() == "done\n" and writer.wait(60) == 0
    assert [item.findings for item in made] == [[], [], []]
    assert [item.page.tickets for item in made] == sorted(item.page.tickets for item in made)
    put, url = back(tmp_path / "2.tar")
    assert put.findings == [] and put.page == made[2].page
    with closing(connect(url)) as db:
        assert list(verify(db)) == [] and list(evidence.altered(db)) == []


def test_a_backup_is_never_written_over_a_file_unless_that_is_wanted(office: Office, record_url: str, tmp_path: Path) -> None:
    target = tmp_path / "b.tar"
    target.write_bytes(b"precious")
    with pytest.raises(BackupExists):
        make(office.db, record_url, target, NOW)
    assert target.read_bytes() == b"precious"
    assert make(office.db, record_url, target, NOW, force=True).findings == []
    assert tarfile.is_tarfile(target)
    with pytest.raises(NotPossible):
        make(office.db, record_url, tmp_path / "absent" / "b.tar", NOW)


def test_a_lost_file_and_an_altered_one_are_told_with_their_events(
    office: Office, record_url: str, cited: str, back: Back, folder: Path, tmp_path: Path,
) -> None:
    kept = evidence.path_of(folder, cited)
    kept.write_bytes(b"bent")
    made = make(office.db, record_url, tmp_path / "bent.tar", NOW)
    assert [(item.code, item.number, item.seq) for item in made.findings] == [("evidence-altered", "ZG-2026-0001", 1)]
    kept.unlink()
    assert [item.code for item in make(office.db, record_url, tmp_path / "lost.tar", NOW).findings] == ["evidence-missing"]
    put, _ = back(tmp_path / "bent.tar")
    assert [item.code for item in put.findings] == ["evidence-altered"]


def test_a_record_that_does_not_verify_is_backed_up_and_told(
    office: Office, record_url: str, cited: str, back: Back, tamper: Callable[..., None], tmp_path: Path,
) -> None:
    tamper("UPDATE ticket SET title = 'x' WHERE id = 1")
    assert [item.code for item in make(office.db, record_url, tmp_path / "b.tar", NOW).findings] == ["row"]
    put, _ = back(tmp_path / "b.tar")
    assert [(item.code, item.field) for item in put.findings] == [("row", "title")]


def test_nothing_is_restored_over_a_database(office: Office, record_url: str, tmp_path: Path) -> None:
    make(office.db, record_url, tmp_path / "b.tar", NOW)
    with pytest.raises(NotPossible):
        restore(tmp_path / "b.tar", record_url)


def test_a_backup_goes_back_to_its_own_kind(sqlite_url: str, postgresql_url: str, tmp_path: Path) -> None:
    with closing(connect(sqlite_url)) as db:
        make(db, sqlite_url, tmp_path / "b.tar", NOW)
    with pytest.raises(NotPossible):
        restore(tmp_path / "b.tar", postgresql_url)


def packed(path: Path, **members: bytes) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


PAGE = {"format": 1, "database": "sqlite", "schema": "0001e", "made_at": "x", "events": 0, "tickets": 0, "files": 0}


def page(**more: object) -> bytes:
    return json.dumps(PAGE | more).encode()


def test_what_is_no_backup_is_refused_and_leaves_nothing(sqlite_url: str, tmp_path: Path) -> None:
    with closing(connect(sqlite_url)) as db:
        make(db, sqlite_url, tmp_path / "whole.tar", NOW)
    whole = (tmp_path / "whole.tar").read_bytes()
    (tmp_path / "empty.tar").touch()
    (tmp_path / "text.tar").write_text("x" * 10_000)
    (tmp_path / "cut.tar").write_bytes(whole[:30_000])
    evil = packed(tmp_path / "evil.tar", **{"backup.json": page(), "../../escape": b"x"})
    with tarfile.open(tmp_path / "link.tar", "w") as tar:
        member = tarfile.TarInfo("backup.json")
        member.size = len(page())
        tar.addfile(member, io.BytesIO(page()))
        link = tarfile.TarInfo("evidence/ab/" + "ab" * 32)
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    places = [
        tmp_path / "absent.tar", tmp_path / "empty.tar", tmp_path / "text.tar", tmp_path / "cut.tar", evil, tmp_path / "link.tar", tmp_path,
        packed(tmp_path / "bare.tar", **{"backup.json": page()}), packed(tmp_path / "odd.tar", **{"backup.json": b"[]"}),
        packed(tmp_path / "format.tar", **{"backup.json": page(format=2)}), packed(tmp_path / "more.tar", **{"backup.json": page(x=1)}),
    ]
    for place in places:
        with pytest.raises(InvalidFile):
            restore(place, f"sqlite:///{tmp_path / 'new.db'}")
    for place, error in (
        (packed(tmp_path / "newer.tar", **{"backup.json": page(schema="9999")}), WrongSchema),
        (packed(tmp_path / "no.tar", **{"backup.json": page(), "database.sqlite": b""}), NoDatabase),
    ):
        with pytest.raises(error):
            restore(place, f"sqlite:///{tmp_path / 'new.db'}")
    assert not (tmp_path / "new.db").exists() and not (tmp_path.parent / "escape").exists()


def test_a_missing_or_failing_program_of_the_server_is_told_without_the_password(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(connect(postgresql_url)) as db:
        with pytest.raises(server.ServerToolError) as caught:
            server.dump(postgresql_url.replace("zg@", "zg:secret@"), tmp_path / "x", "no-such-snapshot")
        assert "secret" not in str(caught.value.values)
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(server.ServerToolMissing):
            make(db, postgresql_url, tmp_path / "b.tar", NOW)
    assert not (tmp_path / "b.tar").exists()


def test_a_backup_of_a_damaged_record_is_made_and_says_what_it_holds(
    office: Office, record_url: str, cited: str, back: Back, tmp_path: Path,
) -> None:
    with office.db.write():
        office.db.run("UPDATE event SET data = :data WHERE stream = 1", data="[" * 100_000)
        office.db.run("UPDATE counter SET last = :last", last=2**62)
    target = tmp_path / "b.tar"
    made = make(office.db, record_url, target, NOW)
    assert {item.code for item in made.findings} >= {"altered", "number"} and made.page.findings == len(made.findings)
    put, _ = back(target)
    assert put.page == made.page and {item.code for item in put.findings} >= {"altered", "number"}
    assert {item["code"] for item in put.page.first_findings} >= {"altered", "number"}


def test_a_backup_with_a_false_schema_number_does_not_verify(
    office: Office, record_url: str, cited: str, back: Back, tmp_path: Path,
) -> None:
    with office.db.write():
        office.db.run("UPDATE alembic_version SET version_num = '9999'")
    target = tmp_path / "b.tar"
    assert "schema" in {item.code for item in make(office.db, record_url, target, NOW).findings}
    with tarfile.open(target) as tar:
        tar.extractall(tmp_path / "taken", filter="data")
    page = tmp_path / "taken" / "backup.json"
    page.write_text(page.read_text().replace('"schema":"9999"', f'"schema":"{schema.SCHEMA}"'))
    with tarfile.open(target, "w") as tar:
        for path in sorted((tmp_path / "taken").rglob("*"), key=lambda path: path.name != "backup.json"):
            tar.add(path, path.relative_to(tmp_path / "taken"), recursive=False, filter=lambda item: item if item.isreg() else None)
    put, _ = back(target)
    assert "schema" in {item.code for item in put.findings}
