"""What happens to machines: full disks, damaged pages, locks, lines that break. Each is a clear error, and nothing is lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.errors import Busy, OutcomeUnknown, ZgError
from engine.record import postgresql, sqlite
from engine.record.connection import connect
from engine.rules.acts.opening import Opening
from tests.cli.conftest import Zg
from tests.faults.conftest import BEGIN, judge
from tests.faults.hands import OFFICE
from tests.faults.proxy import proxied

COMMANDS = (
    ("list",), ("show", "1"), ("log", "1"), ("why", "1"), ("can", "1"), ("audit", "verify"), ("sweep",), ("comment", "1", "--note", "x"),
    ("open", "x", "--source", "visit"), ("unit", "list"), ("plan",), ("log", "--admin"),
)


def opened(desk: Desk, detail: str = "详情") -> str:
    done = desk.open(OFFICE, Opening("企业开办材料重复提交", "visit", detail=detail))
    return f"{done.ticket.id} 1 opened"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB, where the system lets us mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_is_told_and_loses_nothing(founded_sqlite: str, small_disk: Path) -> None:
    shutil.copyfile(founded_sqlite.removeprefix("sqlite:///"), small_disk / "zg.db")
    url, said = f"sqlite:///{small_disk / 'zg.db'}", []
    with closing(connect(url)) as db:
        desk = Desk(db, FixedClock(BEGIN))
        with pytest.raises(ZgError, match="full") as caught:
            while True:
                said.append(opened(desk, "长" * 5_000))
        assert caught.value.exit == 1
        with pytest.raises(ZgError, match="full"):
            while True:  # what is small may still find a place
                said.append(opened(desk))
        assert len(db.rows("SELECT id FROM ticket")) == len(said) > 10
    zg = Zg(url)
    result = zg("open", "x" * 200, "--source", "visit", "--detail", "长" * 5_000, code=1, ZG_LANG="en")
    assert "full" in result.stderr and result.stderr.count("\n") == 3
    assert "ZG-2020-0001" in zg("list").stdout
    subprocess.run(["mount", "-o", "remount,size=16m", small_disk], check=True)
    with closing(connect(url)) as db:
        said.append(opened(Desk(db, FixedClock(BEGIN))))
    judge(url, said)


def test_what_does_not_fit_beside_the_record_is_told_and_leaves_no_rest(founded_sqlite: str, small_disk: Path) -> None:
    """The disk is that of backups, exports and keys; the record itself goes on."""
    zg, key = Zg(founded_sqlite), Zg(founded_sqlite).json("audit", "key")["key"]
    (small_disk / "keys").mkdir()
    (small_disk / "fill").write_bytes(bytes(shutil.disk_usage(small_disk).free))
    assert zg.error("backup", str(small_disk / "x"), code=5)["code"] == "file-unusable"
    assert zg.error("audit", "export", "--out", str(small_disk / "x"), code=8)["code"] == "file-not-written"
    lost = ("audit", "key", "--rotate", "--lost", "--known", key)
    assert zg.error(*lost, code=1, ZG_KEY=str(small_disk / "keys"))["code"] == "key-not-kept"
    assert [path for path in small_disk.rglob("*") if path.is_file()] == [small_disk / "fill"]
    assert zg.json("audit", "verify")["keys_lost"] == 0


def test_evidence_that_does_not_fit_is_told_and_leaves_no_rest(founded_sqlite: str, small_disk: Path, tmp_path: Path) -> None:
    zg = Zg(founded_sqlite)
    zg.rectifying()
    (tmp_path / "large.pdf").write_bytes(b"%PDF-" + bytes(6_000_000))
    place = {"ZG_EVIDENCE": str(small_disk / "evidence")}
    words = ("--as", "SCJGJ", "comment", "1", "--note", "x", "--file")
    assert "disk is full" in zg(*words, str(tmp_path / "large.pdf"), code=5, ZG_LANG="en", **place).stderr
    assert [path for path in (small_disk / "evidence").rglob("*") if path.is_file()] == []
    assert zg.json("show", "1")["version"] == 3


def test_a_disk_that_may_not_be_written_is_told(founded_sqlite: str, small_disk: Path) -> None:
    shutil.copyfile(founded_sqlite.removeprefix("sqlite:///"), small_disk / "zg.db")
    zg = Zg(f"sqlite:///{small_disk / 'zg.db'}")
    zg.opened()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for words in COMMANDS:
        result = zg(*words, code=None, ZG_LANG="en")
        assert result.exit_code in (0, 1), (words, result.stderr)
        assert "nobody expected" not in result.stderr, (words, result.stderr)
    assert zg("open", "x", "--source", "visit", code=1).stderr
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    judge(zg.url, ["1 1 opened"])


def hurt(path: Path, luck: random.Random) -> None:
    """Writes noise over a random page, or a part of it, or moves one page over another."""
    size = path.stat().st_size
    page = luck.randrange(size // 4096)
    with path.open("r+b") as file:
        way = luck.choice(("page", "bytes", "swap", "zero"))
        if way == "swap":
            file.seek(luck.randrange(size // 4096) * 4096)
            noise = file.read(4096)
        else:
            noise = bytes(4096) if way == "zero" else luck.randbytes(4096 if way == "page" else luck.randint(1, 64))
        file.seek(page * 4096 + (luck.randrange(4096 - len(noise)) if way == "bytes" else 0))
        file.write(noise)


def damaged(url: str, tmp_path: Path, times: int) -> None:
    """Whatever page is damaged: an exit code of DESIGN §7 and no traceback. A sound answer is one too: not every page is read."""
    zg = Zg(url)
    zg.submitted()
    zg("audit", "verify")
    whole, luck = Path(url.removeprefix("sqlite:///")).read_bytes(), random.Random(7)  # noqa: S311
    for time in range(times):
        path = tmp_path / "hurt.db"
        path.write_bytes(whole)
        for rest in tmp_path.glob("hurt.db-*"):
            rest.unlink()
        for _ in range(luck.choice((1, 1, 1, 30))):
            hurt(path, luck)
        for words in COMMANDS if time % 3 else COMMANDS[:6]:
            result = Zg(f"sqlite:///{path}")(*words, code=None, ZG_LANG="en")
            assert result.exit_code in (0, 1, 2, 3, 4, 5, 6, 9), (time, words, result.stderr)
            assert "nobody expected" not in result.stderr, (time, words, result.stderr)


def test_damaged_pages_are_told_and_end_nothing_in_a_traceback(founded_sqlite: str, tmp_path: Path) -> None:
    damaged(founded_sqlite, tmp_path, 12)


@pytest.mark.torture
def test_a_thousand_damaged_files_end_nothing_in_a_traceback(founded_sqlite: str, tmp_path: Path) -> None:
    damaged(founded_sqlite, tmp_path, 1_000)


@pytest.mark.parametrize("statement", [
    "UPDATE event SET data = '{' WHERE stream = 1", "UPDATE event SET data = '[]' WHERE stream = 1",
    "UPDATE event SET words = '7' WHERE stream = 1 AND words IS NOT NULL", "UPDATE ticket SET deadlines = '{\"rectify\": 1}'",
    "UPDATE ticket SET proposals = 'x'", "UPDATE ticket SET late_days = NULL, late_at = 'soon'",
    "UPDATE event SET at = 'once' WHERE stream = 1",
    "UPDATE setting SET value = '2.3' WHERE name = 'sandbox'",
])
def test_what_cannot_have_been_written_by_us_is_told_as_damage(founded_sqlite: str, statement: str) -> None:
    zg = Zg(founded_sqlite)
    zg.submitted()
    with closing(sqlite3.connect(founded_sqlite.removeprefix("sqlite:///"))) as connection, connection:
        assert connection.execute(statement).rowcount > 0
    results = [zg(*words, code=None, ZG_LANG="en") for words in COMMANDS]
    assert any("is not what this program wrote" in result.stderr for result in results)
    for words, result in zip(COMMANDS, results, strict=True):
        assert "nobody expected" not in result.stderr, (words, result.stderr)


@pytest.mark.parametrize("left", [1, 50, 100, 4_096, 4_097, 100_000])
def test_a_file_that_was_cut_is_told(founded_sqlite: str, left: int) -> None:
    path = Path(founded_sqlite.removeprefix("sqlite:///"))
    os.truncate(path, left)
    for words in COMMANDS:
        result = Zg(founded_sqlite)(*words, code=None, ZG_LANG="en")
        assert result.exit_code in (1, 3, 5), (words, result.stderr)
        assert "nobody expected" not in result.stderr, (words, result.stderr)


def test_a_database_that_another_program_holds_is_busy_for_writers_only(founded_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    zg = Zg(founded_sqlite)
    zg.opened()
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(founded_sqlite.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for words in (("comment", "1", "--note", "x"), ("open", "x", "--source", "visit"), ("clock", "advance", "1d")):
            assert "try again in a moment" in zg(*words, code=75, ZG_LANG="en").stderr
        assert zg.json("show", "1")["version"] == 1
        other.execute("ROLLBACK")
    assert zg.json("comment", "1", "--note", "x")["version"] == 2


@pytest.mark.postgres
def test_a_commit_whose_answer_was_lost_is_found_to_be_kept(founded_postgresql: str) -> None:
    with proxied(founded_postgresql) as (proxy, url), closing(connect(url)) as db:
        desk = Desk(db, FixedClock(BEGIN))
        said = [opened(desk)]
        proxy.cut = "after"
        said.append(opened(desk))
        assert proxy.cut is None
        said.append(opened(desk))
    assert judge(founded_postgresql, said).tickets == 3


@pytest.mark.postgres
def test_a_commit_that_never_arrived_is_busy_and_may_be_repeated(founded_postgresql: str) -> None:
    with proxied(founded_postgresql) as (proxy, url), closing(connect(url)) as db:
        desk = Desk(db, FixedClock(BEGIN))
        proxy.cut = "before"
        with pytest.raises(Busy):
            opened(desk)
        assert judge(founded_postgresql, [opened(desk)]).tickets == 1
    zg = Zg(founded_postgresql)
    zg("show", "1")


@pytest.mark.postgres
def test_a_commit_that_nobody_can_ask_about_any_more_is_not_said_to_be_nothing(
    founded_postgresql: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgresql, "PATIENCE_SECONDS", 0.2)
    with proxied(founded_postgresql) as (proxy, url), closing(connect(url)) as db:
        desk = Desk(db, FixedClock(BEGIN))
        opened(desk)
        proxy.cut = "after"
        proxy.listener.shutdown(2)
        with pytest.raises(OutcomeUnknown):
            opened(desk)
        with pytest.raises(Busy):
            opened(desk)
    judge(founded_postgresql, ["1 1 opened", "2 1 opened"])
