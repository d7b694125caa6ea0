"""Files and the events that cite them, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from engine.audit.audited import Audited
from engine.audit.verify import verify
from engine.desk.evidence import broken
from engine.errors import Conflict
from engine.record import evidence, queries
from engine.record.connection import connect
from engine.record.database import Database
from engine.rules.access import Actor
from engine.rules.proof.finding import Finding
from tests.faults.hostile import hand
from tests.files import keep
from tests.record.conftest import NOON, Office

WATCH = Actor("watch", "watch", None, "watch")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZG_EVIDENCE", str(tmp_path / "files"))
    return tmp_path / "files"


def cite(office: Office, sha256: str) -> int:
    ticket = office.open(evidence=[{"sha256": sha256, "bytes": 8, "type": "application/pdf"}])
    return ticket.id


def test_an_event_that_cites_a_file_is_found_by_it_and_the_audit_holds(office: Office) -> None:
    sha256 = keep(office.db)
    ticket = cite(office, sha256)
    assert [row[1:3] for row in office.db.rows(queries.CITATIONS, hashes=[sha256])] == [(ticket, 1)]
    assert list(verify(office.db)) == [] and list(evidence.altered(office.db)) == []
    with office.db.write():
        office.db.run("DELETE FROM citation")
    assert [finding.code for finding in verify(office.db)] == ["citations"]


def test_only_what_nothing_cites_is_swept_away(office: Office, folder: Path) -> None:
    cited, orphan = keep(office.db), keep(office.db, b"GIF89a")
    cite(office, cited)
    assert [name for name, _ in evidence.orphans(office.db)] == [orphan]
    evidence.sweep_away(office.db, WATCH, orphan, NOON)
    with pytest.raises(Conflict):
        evidence.sweep_away(office.db, WATCH, cited, NOON)
    assert list(evidence.altered(office.db)) == [] and list(evidence.orphans(office.db)) == []
    assert evidence.path_of(folder, cited).exists() and not evidence.path_of(folder, orphan).exists()


def test_a_file_without_row_and_a_half_one_are_named(database: Database, folder: Path) -> None:
    kept = keep(database)
    lost = evidence.path_of(folder, kept[:2] + "f" * 62)
    lost.write_bytes(b"x")
    (folder / f"{evidence.SCRATCH}1").write_bytes(b"half")
    assert [path.name for path in evidence.left_over(database)] == [f"{evidence.SCRATCH}1", lost.name]


def test_a_folder_into_which_a_file_is_brought_is_open_to_nobody_else(database: Database, folder: Path, tmp_path: Path) -> None:
    sha256, other = keep(database), tmp_path / "new" / "other"
    evidence.bring(folder, other, sha256)
    assert evidence.state_of(other, sha256) == evidence.SOUND
    assert [path.stat().st_mode & 0o777 for path in (other, evidence.path_of(other, sha256).parent)] == [0o700, 0o700]


def test_keeping_what_was_altered_mends_it(database: Database, folder: Path) -> None:
    sha256 = keep(database)
    evidence.path_of(folder, sha256).write_bytes(b"bent")
    assert list(evidence.altered(database)) == [(sha256, "altered")]
    assert keep(database) == sha256 and list(evidence.altered(database)) == []


def test_whoever_keeps_and_whoever_sweeps_at_once_leave_a_row_with_its_file_or_neither(record_url: str, folder: Path) -> None:
    def again(work: int) -> Iterator[None]:
        with closing(connect(record_url)) as db:
            for _ in range(30):
                if work:
                    keep(db)
                else:
                    for name, _ in list(evidence.orphans(db)):
                        try:
                            evidence.sweep_away(db, WATCH, name, NOON)
                        except Conflict:
                            continue
                yield

    threads = [Thread(target=lambda work=work: list(again(work))) for work in (0, 1, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with closing(connect(record_url)) as db:
        assert list(evidence.altered(db)) == [] and list(evidence.left_over(db)) == []


@pytest.mark.parametrize("index", [True, False], ids=["with its citation", "and still cited"])
def test_a_file_destroyed_with_its_row_is_told(office: Office, record_url: str, folder: Path, index: bool) -> None:
    sha256 = keep(office.db)
    cite(office, sha256)
    evidence.path_of(folder, sha256).unlink()
    with hand(record_url) as careful:
        for table in ["citation"] * index + ["evidence"]:
            careful.line.execute(f"DELETE FROM {table}")
    found = [finding for finding in verify(office.db) if finding.stream == 1]
    if index:
        assert found == [Finding("citations", 1, "ZG-2026-0001", 1)]
    else:
        assert found == [Finding("evidence-row", 1, "ZG-2026-0001", 1, sha256)]
        assert list(broken(office.db, Audited())) == [Finding("evidence-missing", 1, "ZG-2026-0001", 1, sha256)]
