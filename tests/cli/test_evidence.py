"""Files handed in, listed, remarked, taken out again, checked, and cleaned up."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import Result

from engine.desk.citations import File
from engine.desk.evidence import safe_name
from engine.record.connection import connect
from tests.cli.conftest import Zg
from tests.files import keep

Shown = Callable[..., Result]
PHOTO = b"\x89PNG\r\n\x1a\n" + b"x" * 3000


@pytest.fixture
def photo() -> Path:
    path = Path("现场照片.png")
    path.write_bytes(PHOTO)
    return path


@pytest.fixture
def filed(zg: Zg, photo: Path) -> str:
    """A ticket whose sign-off is in, submitted with a photo."""
    number = zg.rectifying()
    zg("--as", "市税务局", "sign-off", number)
    zg("--as", "市市场监管局", "submit", number, "--note", "已改", "--file", str(photo))
    return number


def stored(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "zg.db.evidence").rglob("*") if path.is_file())


def age(path: Path) -> None:
    os.utime(path, (1, 1))


def test_a_file_is_kept_once_for_nobody_else_to_read(zg: Zg, filed: str, tmp_path: Path) -> None:
    zg("comment", filed, "--note", "再看", "--file", "现场照片.png")
    (kept,) = stored(tmp_path)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 and stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert kept.read_bytes() == PHOTO
    assert zg.json("audit", "verify", "--evidence") == zg.json("audit", "verify") | {"files": 1}


def test_a_link_to_the_file_of_the_record_finds_the_same_evidence(zg: Zg, filed: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "link.db").symlink_to(tmp_path / "zg.db")
    there = Zg(f"sqlite:///{tmp_path / 'elsewhere' / 'link.db'}")
    assert there.json("audit", "verify", "--evidence")["files"] == 1
    there("comment", filed, "--note", "再看", "--file", "现场照片.png")
    assert len(stored(tmp_path)) == 1 and [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["link.db"]


def test_a_disk_that_fails_is_no_failure_of_our_output(zg: Zg, filed: str, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = zg.json("show", filed)["version"]
    photo.write_bytes(PHOTO + b"y")

    def failing(handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", failing)
        result = zg("comment", filed, "--note", "x", "--file", str(photo), code=5)
    assert "佐证文件夹" in result.stderr and zg.json("show", filed)["version"] == before


def test_show_and_log_list_the_files(zg: Zg, shown: Shown, filed: str) -> None:
    (file,) = zg.json("show", filed)["files"]
    assert (file["name"], file["bytes"], file["type"]) == ("现场照片.png", 3008, "image/png")
    assert "现场照片.png" in shown("show", filed).stdout and "2.9 KB" in shown("show", filed).stdout
    assert "现场照片.png" in shown("log", filed).stdout and "佐证文件\t" in zg("show", filed).stdout


def test_the_same_file_on_another_ticket_is_remarked(zg: Zg, shown: Shown, filed: str, photo: Path) -> None:
    other = zg.opened()
    assert "该佐证" in shown("comment", other, "--note", "x", "--file", str(photo)).stderr
    node = zg.json("comment", other, "--note", "x", "--file", str(photo))
    assert node["remarks"] == [{
        "code": "file-used-before", "sha256": zg.json("show", filed)["files"][0]["sha256"], "numbers": [filed],
    }]
    assert "remarks" not in zg.json("comment", other, "--note", "y")


def test_a_unit_reads_no_number_that_is_not_its_own(zg: Zg, filed: str, photo: Path) -> None:
    zg("open", "另一件", "--source", "visit")
    zg("assign", "2", "--lead", "市公安局")
    zg("--as", "市公安局", "accept", "2")
    result = zg("--as", "市公安局", "submit", "2", "--note", "x", "--file", str(photo), ZG_FORCE_TTY="1")
    assert "该佐证" not in result.stderr and filed not in result.stderr
    assert "remarks" not in zg.json("--as", "市公安局", "comment", "2", "--note", "x", "--file", str(photo))


def test_files_are_taken_out_under_their_own_names_and_never_over_others(zg: Zg, filed: str, tmp_path: Path) -> None:
    first = zg.json("evidence", "get", filed, "--out", "out")
    assert Path(first["path"]) == Path("out/现场照片.png") and Path(first["path"]).read_bytes() == PHOTO
    second = zg.json("evidence", "get", first["sha256"][:12], "--out", "out")
    assert second["path"] == "out/现场照片-2.png"
    Path("out/现场照片-3.png").symlink_to(tmp_path / "elsewhere")
    assert zg.json("evidence", "get", filed, "--out", "out")["path"] == "out/现场照片-4.png" and not (tmp_path / "elsewhere").exists()
    assert "out/现场照片-5.png\tZG-2020-0001" in zg("evidence", "get", filed, "--out", "out").stdout


@pytest.mark.parametrize(("name", "expected"), [
    ("../../etc/passwd", "passwd"), ("C:\\temp\\a.txt", "a.txt"), ("..", "a" * 12), ("", "a" * 12), (None, "a" * 12), (".bashrc", "bashrc"),
    ("a\x1b[31m\n.pdf", "a[31m.pdf"), ("照\u202e片.png", "照片.png"), ("a:b?.png", "a_b_.png"), ("/", "a" * 12),
    ("长" * 300 + ".pdf", "长" * 65 + ".pdf"), ("x" * 300, "x" * 200), ("x." + "y" * 300, "x." + "y" * 198), ("con\x00.txt", "con.txt"),
])
def test_names_that_strangers_chose_stay_in_the_folder(name: str | None, expected: str) -> None:
    assert safe_name(File("ZG-2020-0001", 1, "a" * 64, 1, "text/plain", name)) == expected


def test_what_cannot_be_taken_out_is_told(zg: Zg, shown: Shown, filed: str, tmp_path: Path) -> None:
    sha256 = zg.json("show", filed)["files"][0]["sha256"]
    for who, what, code, expected in (
        ("office", "deadbeef99", 3, "file-not-found"), ("市公安局", sha256, 3, "file-not-found"),
        ("市公安局", filed, 3, "ticket-not-found"),
        ("office", "99", 3, "ticket-not-found"),
    ):
        assert zg.error("--as", who, "evidence", "get", what, "--out", "out", code=code)["code"] == expected
    assert zg.error("evidence", "get", zg.opened(), "--out", "out", code=3)["code"] == "ticket-without-files"
    Path("file").touch()
    zg("evidence", "get", filed, "--out", "file", code=2)
    assert zg.error("evidence", "get", filed, "--out", "file/below", code=5)["code"] == "folder-unusable"
    (kept,) = stored(tmp_path)
    kept.write_bytes(PHOTO + b"!")
    assert zg.error("evidence", "get", filed, "--out", "out", code=9)["code"] == "evidence-altered"
    assert list(Path("out").iterdir()) == []
    kept.unlink()
    assert zg.error("evidence", "get", filed, "--out", "out", code=9)["code"] == "evidence-missing"


def test_the_audit_names_missing_and_altered_files_with_the_events_that_cite_them(zg: Zg, shown: Shown, filed: str, tmp_path: Path) -> None:
    other = zg.opened()
    zg("comment", other, "--note", "x", "--file", "现场照片.png")
    (kept,) = stored(tmp_path)
    seq = zg.json("show", filed)["files"][0]["seq"]
    for change, code in ((lambda: kept.write_bytes(b"other"), "evidence-altered"), (kept.unlink, "evidence-missing")):
        change()
        assert zg.json("audit", "verify")["verified"] is True
        found = [json.loads(line) for line in zg("audit", "verify", "--evidence", "--json", code=9).stdout.splitlines()]
        assert [(node["code"], node["number"], node["seq"], node["field"]) for node in found] == [
            (code, filed, seq, kept.name), (code, other, 2, kept.name),
        ]
        assert kept.name in shown("audit", "verify", "--evidence", code=9).stdout


def test_the_index_of_files_is_verified_like_every_fold(zg: Zg, filed: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "zg.db")) as connection, connection:
        connection.execute("DELETE FROM citation")
    found = [json.loads(line) for line in zg("audit", "verify", "--json", code=9).stdout.splitlines()]
    assert [node["code"] for node in found] == ["citations"]


@pytest.mark.parametrize(("who", "words", "code"), [
    ("市市场监管局", ("submit", "1", "--note", "已改"), 5),  # the sign-off is missing
    ("市市场监管局", ("comment", "1", "--note", "看", "--if-version", "1"), 6),
    ("市公安局", ("submit", "1", "--note", "已改"), 3),  # a ticket this unit may not see
    ("市税务局", ("submit", "1", "--note", "已改"), 4),  # the lead's, not a cooperator's
    ("office", ("comment", "1", "--note", "看", "--dry-run"), 0),
])
def test_what_is_refused_or_only_rehearsed_keeps_no_file(
    zg: Zg, photo: Path, tmp_path: Path, who: str, words: tuple[str, ...], code: int,
) -> None:
    zg.rectifying()
    zg("--as", who, *words, "--file", str(photo), code=code)
    assert stored(tmp_path) == [] and zg.json("audit", "verify", "--evidence")["files"] == 0
    assert zg.json("show", "1")["version"] == 3


def test_a_rehearsed_act_shows_the_file_it_would_cite(zg: Zg, photo: Path) -> None:
    number = zg.opened()
    (event,) = zg.json("comment", number, "--note", "看", "--file", str(photo), "--dry-run")["events"]
    assert event["data"]["evidence"][0]["bytes"] == len(PHOTO) and photo.name in event["words"].values()


def test_of_several_tickets_only_those_that_take_the_file_keep_it(zg: Zg, photo: Path, tmp_path: Path) -> None:
    first, second = zg.rectifying(), zg.opened()
    said = zg("--as", "市市场监管局", "comment", first, second, "--note", "看", "--file", str(photo), code=7)
    assert "ZG-2020-0002" in said.stderr and [path.read_bytes() for path in stored(tmp_path)] == [PHOTO]
    zg("--as", "市市场监管局", "submit", first, "--note", "已改", "--file", str(photo), "--file", str(photo), code=5)
    zg("comment", first, second, "--note", "看", "--file", str(photo), "--file", str(photo))
    assert [len(zg.json("show", number)["files"]) for number in (first, second)] == [2, 1]
    assert zg.json("audit", "verify", "--evidence")["files"] == 1


def test_a_file_that_cannot_be_kept_is_told_and_leaves_no_event(zg: Zg, tmp_path: Path) -> None:
    number = zg.opened()
    for content, code in ((b"", "empty"), (b"\x7fELF\x00", "unknown-type")):
        Path("x.pdf").write_bytes(content)
        assert zg.error("comment", number, "--note", "看", "--file", "x.pdf", code=5)["code"] == code
    assert stored(tmp_path) == [] and zg.json("show", number)["version"] == 1


def test_what_nothing_cites_is_swept_away_when_it_is_old(zg: Zg, shown: Shown, photo: Path, tmp_path: Path) -> None:
    number = zg.rectifying()
    with closing(connect(zg.url)) as database:
        keep(database, PHOTO)
    (kept,) = stored(tmp_path)
    scratch = tmp_path / "zg.db.evidence" / ".incoming-x"
    stranger = kept.with_name(kept.name[:2] + "0" * 62)
    scratch.write_bytes(b"half")
    stranger.write_bytes(b"no row")
    assert zg.lines("evidence", "clean") == [] and len(stored(tmp_path)) == 3  # too young: somebody may be about to cite it
    for path in (kept, scratch, stranger):
        age(path)
    assert {line["name"] for line in zg.lines("evidence", "clean", "--dry-run")} == {kept.name, scratch.name, stranger.name}
    assert len(stored(tmp_path)) == 3
    assert "3" in shown("evidence", "clean").stderr
    assert stored(tmp_path) == [] and zg.json("audit", "verify", "--evidence")["files"] == 0
    zg("--as", "市税务局", "sign-off", number)
    zg("--as", "市市场监管局", "submit", number, "--note", "已改", "--file", str(photo))
    age(stored(tmp_path)[0])
    assert zg.lines("evidence", "clean") == []
    assert zg.error("--as", "市公安局", "evidence", "clean", code=4)["code"] == "not-permitted"


def test_a_unit_gets_no_file_that_was_handed_in_before_the_ticket_was_its_own(zg: Zg) -> None:
    Path("former.txt").write_text("前一单位的说明", encoding="utf-8")
    Path("office.txt").write_text("线索来自举报人", encoding="utf-8")
    number = zg.json("open", "窗口无人", "--source", "complaint", "--grade", "B")["number"]
    zg("assign", number, "--lead", "市公安局")
    zg("--as", "市公安局", "comment", number, "--note", "x", "--file", "former.txt")
    zg("--as", "市公安局", "decline", number, "--reason", "非本单位职责", "--approved-by", "局长")
    zg("comment", number, "--note", "y", "--file", "office.txt")
    zg("assign", number, "--lead", "市文广旅局")
    assert zg.json("--as", "市文广旅局", "show", number)["files"] == []
    zg("--as", "市文广旅局", "evidence", "get", number, "--out", "taken", code=3)
    digest = sha256(Path("office.txt").read_bytes()).hexdigest()
    zg("--as", "市文广旅局", "evidence", "get", digest, "--out", "taken", code=3)
    assert [file["name"] for file in zg.json("show", number)["files"]] == ["former.txt", "office.txt"]
