"""Backups on a running system, and putting them back, on both databases."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.audit.archive import archive
from engine.audit.backup import BackupExists, make
from engine.audit.restoring import Restored, restore
from engine.audit.verify import verify
from engine.errors import InvalidFile, NotPossible, WrongSchema
from engine.record import evidence, queries, schema, server
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.sqlite_files import copy_file
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


Back = Callable[..., tuple[Restored, str]]


@pytest.fixture
def back(request: pytest.FixtureRequest, record_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Back:
    """Restores a backup to a new place of the same kind, with an evidence folder of its own."""

    def put(source: Path, *, unverified: bool = False) -> tuple[Restored, str]:
        monkeypatch.setenv("ZG_EVIDENCE", str(tmp_path / "restored-files"))
        url = f"sqlite:///{tmp_path / 'restored' / 'zg.db'}"
        if not record_url.startswith("sqlite"):
            manager = new_server_database(request.getfixturevalue("server"))
            url = manager.__enter__()
            request.addfinalizer(lambda: manager.__exit__(None, None, None))
        return restore(source, url, unverified=unverified), url

    return put


def test_what_is_put_back_is_what_was_there(office: Office, record_url: str, cited: str, back: Back, tmp_path: Path) -> None:
    target = tmp_path / "b.tar"
    made = make(office.db, record_url, target, NOW)
    assert made.findings == [] and (made.page.tickets, made.page.files, made.page.schema) == (2, 1, schema.SCHEMA)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600 and sorted(tmp_path.glob(".*")) == []
    put, url = back(target)
    assert (put.page, put.findings, put.left_out, put.stands) == (made.page, [], [], True)
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
    put, url = back(tmp_path / "bent.tar")
    assert [item.code for item in put.findings] == ["evidence-altered"] and not put.stands
    assert not schema.is_taken(url) and not (tmp_path / "restored-files").exists()
    assert restore(tmp_path / "bent.tar", url, unverified=True).stands
    with closing(connect(url)) as db:
        assert list(evidence.altered(db)) == [(cited, "altered")]


def test_a_record_that_does_not_verify_is_backed_up_and_told(
    office: Office, record_url: str, cited: str, back: Back, tamper: Callable[..., None], tmp_path: Path,
) -> None:
    tamper("UPDATE ticket SET title = 'x' WHERE id = 1")
    assert [item.code for item in make(office.db, record_url, tmp_path / "b.tar", NOW).findings] == ["row"]
    put, url = back(tmp_path / "b.tar")
    assert [(item.code, item.field) for item in put.findings] == [("row", "title")]
    assert not put.stands and not schema.is_taken(url)
    assert restore(tmp_path / "b.tar", url, unverified=True).stands and schema.revision_of(url) == schema.SCHEMA


def test_nothing_is_restored_over_a_database(office: Office, record_url: str, tmp_path: Path) -> None:
    make(office.db, record_url, tmp_path / "b.tar", NOW)
    with pytest.raises(NotPossible):
        restore(tmp_path / "b.tar", record_url)


def test_a_backup_goes_back_to_its_own_kind(sqlite_url: str, postgresql_url: str, tmp_path: Path) -> None:
    with closing(connect(sqlite_url)) as db:
        make(db, sqlite_url, tmp_path / "b.tar", NOW)
    with pytest.raises(NotPossible):
        restore(tmp_path / "b.tar", postgresql_url)


def head(name: str, size: int, kind: bytes = tarfile.REGTYPE, link: str = "") -> bytes:
    """The head of a file in an archive, whatever it says of itself."""
    member = tarfile.TarInfo(name)
    member.size, member.type, member.linkname = size, kind, link
    return member.tobuf(tarfile.GNU_FORMAT)


def file(name: str, content: bytes) -> bytes:
    return head(name, len(content)) + content + bytes(-len(content) % 512)


def packed(path: Path, *parts: bytes, end: bytes = bytes(1024)) -> Path:
    path.write_bytes(b"".join(parts) + end)
    return path


PAGE = {
    "format": 1, "database": "sqlite", "schema": "0001e", "made_at": "2026-11-24T12:30:00.000000Z", "events": 0, "tickets": 0, "files": 0,
}
FILE_NAME = "evidence/ab/" + "ab" * 32


def page(**more: object) -> bytes:
    return file("backup.json", json.dumps(PAGE | more).encode())


BARE = file("database.sqlite", b"")

HOSTILE: dict[str, tuple[bytes, ...]] = {
    "nothing": (), "text": (b"x" * 10_000,), "no page first": (BARE, page()), "no page": (file("backup.json", b"x" * 70_000),),
    "page that is a list": (file("backup.json", b"[]"), BARE), "nested page": (file("backup.json", b"[" * 60_000), BARE),
    "other format": (page(format=2), BARE), "more than a page says": (page(x=1), BARE), "other kind": (page(database="oracle"), BARE),
    "a number for the schema": (page(schema=1), BARE), "no time": (page(made_at="\x1b[2J"), BARE), "counts": (page(events="\x1b"), BARE),
    "no database": (page(),), "two databases": (page(), BARE, BARE), "the other database": (page(), file("database.dump", b"x")),
    "path": (page(), file("../../escape", b"x"), BARE), "absolute path": (page(), file("/escape", b"x"), BARE),
    "name": (page(), file("evidence/\x1b[2Jx", b"x"), BARE), "link": (page(), head(FILE_NAME, 0, tarfile.SYMTYPE, "/etc/passwd"), BARE),
    "hard link": (page(), head("database.sqlite", 0, tarfile.LNKTYPE, "/etc/passwd")),
    "device": (page(), head(FILE_NAME, 0, tarfile.CHRTYPE), BARE), "folder": (page(), head("evidence", 0, tarfile.DIRTYPE), BARE),
    "sparse": (page(), head("database.sqlite", 1 << 33, tarfile.GNUTYPE_SPARSE)),
    "long name": (page(), head("././@LongLink", 1 << 33, tarfile.GNUTYPE_LONGNAME), BARE),
    "long head": (page(), head("x", 1 << 33, tarfile.XHDTYPE), BARE),
    "heads of heads": (page(), *[head("x", 14, tarfile.XHDTYPE) + b"14 size=10000\n".ljust(512, b"\0")] * 2),
    "head of another kind": (page(), head("x", 20, tarfile.XHDTYPE) + b"20 path=/etc/passwd\n".ljust(512, b"\0"), BARE),
    "size": (page(), head("database.sqlite", 1 << 40)), "negative size": (page(), head("database.sqlite", -1)),
    "empty database": (page(), BARE), "no database in it": (page(), file("database.sqlite", b"SQLite format 3\0" + b"x" * 5000)),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_backup_is_refused_and_leaves_nothing(kind: str, tmp_path: Path) -> None:
    source = packed(tmp_path / "b.tar", *HOSTILE[kind])
    with pytest.raises(InvalidFile) as caught:
        restore(source, f"sqlite:///{tmp_path / 'new' / 'zg.db'}")
    assert "\x1b" not in str(caught.value.values)
    assert list(tmp_path.iterdir()) == [source] and not (tmp_path.parent / "escape").exists()


def test_a_backup_that_is_cut_or_goes_on_is_refused_wherever_that_is(sqlite_url: str, tmp_path: Path) -> None:
    with closing(connect(sqlite_url)) as db:
        make(db, sqlite_url, tmp_path / "whole.tar", NOW)
    whole = (tmp_path / "whole.tar").read_bytes()
    for size in (0, 100, 512, 600, 1024, 30_000, len(whole.rstrip(b"\0")) // 512 * 512):
        (tmp_path / "cut.tar").write_bytes(whole[:size])
        with pytest.raises(InvalidFile):
            restore(tmp_path / "cut.tar", f"sqlite:///{tmp_path / 'new.db'}")
    for more in (b"x", whole, bytes(20 * 1024)):
        (tmp_path / "longer.tar").write_bytes(whole + more)
        with pytest.raises(InvalidFile):  # what follows the end another program may read
            restore(tmp_path / "longer.tar", f"sqlite:///{tmp_path / 'new.db'}")
    for place in (tmp_path, tmp_path / "absent.tar"):
        with pytest.raises(InvalidFile):
            restore(place, f"sqlite:///{tmp_path / 'new.db'}")
    assert not (tmp_path / "new.db").exists()


def test_a_file_in_a_backup_may_be_larger_than_its_head_can_say(tmp_path: Path) -> None:
    """Eleven octal digits end at 8 GiB: what is larger says so beside its head."""
    size, said = 9 << 30, b"19 size=9663676416\n"
    with (tmp_path / "b.tar").open("wb") as written:
        written.write(page() + head("x", len(said), tarfile.XHDTYPE) + said.ljust(512, b"\0") + head("database.sqlite", 0))
        begin = written.tell()
        written.truncate(begin + size)
        written.seek(begin + size)
        written.write(bytes(1024))
    with archive(tmp_path / "b.tar") as found:
        assert (found.copy.at, found.copy.size) == (begin, size)


def test_what_there_is_no_room_for_is_not_begun(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(connect(sqlite_url)) as db:
        make(db, sqlite_url, tmp_path / "b.tar", NOW)
    monkeypatch.setattr("shutil.disk_usage", lambda path: shutil._ntuple_diskusage(1 << 20, 1 << 20, 4096))
    with pytest.raises(NotPossible) as caught:
        restore(tmp_path / "b.tar", f"sqlite:///{tmp_path / 'new' / 'zg.db'}")
    assert caught.value.values["reason"] == "restore-no-room" and not (tmp_path / "new").exists()


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_nothing_is_restored_beside_the_log_of_what_lay_there(sqlite_url: str, tmp_path: Path, suffix: str) -> None:
    with closing(connect(sqlite_url)) as db:
        make(db, sqlite_url, tmp_path / "b.tar", NOW)
    (tmp_path / f"new.db{suffix}").write_bytes(b"x")
    (tmp_path / f"other.db{suffix}").symlink_to(tmp_path / "nowhere")  # SQLite would write what lies there
    for name in ("new.db", "other.db"):
        with pytest.raises(NotPossible) as caught:
            restore(tmp_path / "b.tar", f"sqlite:///{tmp_path / name}")
        assert caught.value.values["reason"] == "restore-log" and not (tmp_path / name).exists()


def test_a_stick_that_knows_neither_modes_nor_second_names_takes_a_backup_and_a_record(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(Path, "chmod", refused)
    with closing(connect(sqlite_url)) as db:
        make(db, sqlite_url, tmp_path / "b.tar", NOW)
        with pytest.raises(BackupExists):
            make(db, sqlite_url, tmp_path / "b.tar", NOW)
    new = f"sqlite:///{tmp_path / 'new.db'}"
    assert restore(tmp_path / "b.tar", new).stands
    with closing(connect(new)) as db:
        assert list(verify(db)) == []


def test_a_link_that_leads_nowhere_is_something(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with closing(connect(sqlite_url)) as db:
        make(db, sqlite_url, tmp_path / "b.tar", NOW)
        with pytest.raises(BackupExists):
            make(db, sqlite_url, tmp_path / "link", NOW)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(NotPossible) as caught:
        restore(tmp_path / "b.tar", f"sqlite:///{tmp_path / 'link'}")
    assert caught.value.values["reason"] == "restore-over" and sorted(tmp_path.iterdir()) == before


def test_whatever_somebody_put_into_a_folder_that_others_write_to_is_not_waited_for(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / ".zg-writing-x").mkdir()
    os.mkfifo(tmp_path / ".zg-writing-x" / "held")
    with closing(connect(sqlite_url)) as db:
        make(db, sqlite_url, tmp_path / "b.tar", NOW)
    assert (tmp_path / "b.tar").exists()


FOREIGN = (
    "CREATE TRIGGER \"a \"\"\x1b:b\" AFTER INSERT ON event BEGIN DELETE FROM ticket; END",
    "CREATE VIEW overview AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
    "CREATE INDEX quick ON ticket (title)",
)
FOREIGN_ON_SERVER = (
    "CREATE FUNCTION evil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM ticket; RETURN NULL; END'",
    "CREATE TRIGGER evil AFTER INSERT ON event EXECUTE FUNCTION evil()", "CREATE VIEW overview AS SELECT 1 AS one",
    "CREATE RULE hide AS ON UPDATE TO ticket DO INSTEAD NOTHING", "CREATE INDEX quick ON ticket (title)",
)


def test_what_no_migration_made_is_left_out(office: Office, record_url: str, cited: str, back: Back, tmp_path: Path) -> None:
    statements = FOREIGN if record_url.startswith("sqlite") else FOREIGN_ON_SERVER
    with office.db.write():
        for statement in statements:
            raw(office.db, statement)
    made = make(office.db, record_url, tmp_path / "b.tar", NOW)
    assert {item.code for item in made.findings} == {"schema-foreign"}
    put, url = back(tmp_path / "b.tar")
    assert put.findings == [] and put.stands and len(put.left_out) == len(statements)
    with closing(connect(url)) as db:
        assert list(verify(db)) == []


def raw(database: Database, statement: str) -> None:
    database._connection.execute(statement)  # type: ignore[attr-defined]


def test_a_foreign_table_and_a_bent_index_are_refused(office: Office, record_url: str, back: Back, tmp_path: Path) -> None:
    with office.db.write():
        for statement in ("CREATE TABLE spy (x TEXT)", "DROP INDEX account_of_unit", "CREATE INDEX account_of_unit ON account (role)"):
            raw(office.db, statement)
    make(office.db, record_url, tmp_path / "b.tar", NOW)
    put, url = back(tmp_path / "b.tar")
    assert {"schema-foreign", "schema-differs"} <= {item.code for item in put.findings} and not put.stands
    assert not schema.is_taken(url)


@pytest.mark.parametrize("record_url", ["sqlite"], indirect=True)
def test_a_view_in_the_place_of_a_table_is_never_read(office: Office, record_url: str, tmp_path: Path) -> None:
    with office.db.write():
        raw(office.db, "DROP TABLE alembic_version")
        raw(office.db, FOREIGN[1].replace("overview", "alembic_version").replace("SELECT i FROM", "SELECT i AS version_num FROM"))
    copy = tmp_path / "copy"
    copy_file(office.db, copy)
    with pytest.raises(InvalidFile):
        restore(packed(tmp_path / "b.tar", page(), file("database.sqlite", copy.read_bytes())), f"sqlite:///{tmp_path / 'new.db'}")


def test_a_file_that_no_event_names_is_not_unpacked(sqlite_url: str, tmp_path: Path, folder: Path) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    source = packed(tmp_path / "b.tar", page(), file("database.sqlite", path.read_bytes()), file(FILE_NAME, b"x"))
    assert restore(source, f"sqlite:///{tmp_path / 'new.db'}").stands
    assert not folder.exists()


def test_schema_and_counts_are_those_of_the_database_inside(
    office: Office, record_url: str, cited: str, back: Back, tmp_path: Path,
) -> None:
    make(office.db, record_url, tmp_path / "b.tar", NOW)
    changed(tmp_path / "b.tar", schema="9999", events=7, tickets=0, files=12)
    for number in ("9999", "0001") if record_url.startswith("sqlite") else ("9999",):  # a dump takes seconds
        with office.db.write():
            office.db.run("UPDATE alembic_version SET version_num = :number", number=number)
        make(office.db, record_url, tmp_path / number, NOW)
        changed(tmp_path / number, schema=schema.SCHEMA)
        with pytest.raises(WrongSchema):
            back(tmp_path / number)
    put, _ = back(tmp_path / "b.tar")
    assert (put.page.schema, put.page.tickets, put.page.files, put.stands) == (schema.SCHEMA, 2, 1, True)


def changed(target: Path, **said: object) -> None:
    """Has a backup say something else of itself."""
    with tarfile.open(target) as tar:
        members = [(member.name, tar.extractfile(member).read()) for member in tar]  # type: ignore[union-attr]
    packed(target, *(file(name, text if name != "backup.json" else json.dumps(json.loads(text) | said).encode()) for name, text in members))


@pytest.mark.parametrize("record_url", ["sqlite"], indirect=True)
def test_an_older_backup_stands_only_where_it_need_not_verify(
    office: Office, record_url: str, back: Back, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    make(office.db, record_url, tmp_path / "b.tar", NOW)
    monkeypatch.setattr(schema, "SCHEMA", "0002")
    put, url = back(tmp_path / "b.tar")
    assert put.older and not put.stands and not schema.is_taken(url)
    put = restore(tmp_path / "b.tar", url, unverified=True)
    assert put.older and put.stands and schema.revision_of(url) == "0001e"


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
    put, _ = back(target, unverified=True)
    assert put.page == made.page and put.stands and {item.code for item in put.findings} >= {"altered", "number"}
    assert {item["code"] for item in put.page.first_findings} >= {"altered", "number"}
