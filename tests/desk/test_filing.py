"""Files that are handed in with an act: kept with the event that cites them, or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from engine.desk.act import Act, Done
from engine.desk.evidence import GRACE_SECONDS, sweep
from engine.desk.filing import HandedIn, inspect
from engine.desk.showing import show
from engine.desk.tickets import Desk
from engine.errors import Conflict, Refused, TicketNotFound
from engine.record import evidence, journal
from engine.record.evidence import BadEvidence
from engine.registry.accounts import NewAccount
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from tests.registry.conftest import ADMIN, CONTACT, OFFICE, Town

STRANGER = Actor("gaj", "contact", "GAJ", "test")
COMMENT = Command("comment", {"to_unit": True}, {"note": "看"})
INTERNAL = Command("comment", {}, {"note": "只给自己看"})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZG_EVIDENCE", str(tmp_path / "files"))
    return tmp_path / "files"


@pytest.fixture
def photo(tmp_path: Path) -> HandedIn:
    path = tmp_path / "现场照片.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 3000)
    return inspect(path)


def nothing_is_kept(town: Town, folder: Path) -> bool:
    return not list(evidence.every(town.database)) and not [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_with_the_event_that_cites_it(town: Town, photo: HandedIn, folder: Path) -> None:
    number = town.assigned("FGW").number
    done = town.desk.do(OFFICE, number, COMMENT, files=[photo])
    assert [item["sha256"] for item in done.events[0].data["evidence"]] == [photo.evidence.sha256]
    assert photo.name in (done.events[0].words or {}).values()
    assert evidence.state_of(folder, photo.evidence.sha256) == evidence.SOUND
    assert list(evidence.left_over(town.database)) == [] and list(evidence.orphans(town.database)) == [] and town.sound()


def test_looking_at_a_file_keeps_nothing(town: Town, photo: HandedIn, folder: Path) -> None:
    assert photo.evidence.type == "image/png" and photo.evidence.bytes == 3008
    assert nothing_is_kept(town, folder) and not folder.exists()


@pytest.mark.parametrize(("actor", "trigger", "refusal"), [
    (CONTACT, "verify", Refused), (CONTACT, "submit", Refused), (STRANGER, "comment", TicketNotFound),
])
def test_a_refused_act_leaves_neither_row_nor_bytes(
    town: Town, photo: HandedIn, folder: Path, actor: Actor, trigger: str, refusal: type[Exception],
) -> None:
    number = town.assigned("FGW").number
    with pytest.raises(refusal):
        town.desk.do(actor, number, Command(trigger, {}, {"note": "x"}), files=[photo])
    assert nothing_is_kept(town, folder)


def test_a_dry_run_leaves_neither_row_nor_bytes_and_tells_of_the_file(town: Town, photo: HandedIn, folder: Path) -> None:
    number = town.assigned("FGW").number
    done = town.desk.do(OFFICE, number, COMMENT, dry_run=True, files=[photo])
    assert done.events[0].data["evidence"][0]["bytes"] == 3008
    assert nothing_is_kept(town, folder) and not folder.exists()


def test_an_act_on_a_version_that_is_gone_keeps_nothing(town: Town, photo: HandedIn, folder: Path) -> None:
    number = town.assigned("FGW").number
    with pytest.raises(Conflict):
        town.desk.do(OFFICE, number, COMMENT, if_version=1, files=[photo])
    assert nothing_is_kept(town, folder)


def test_whoever_loses_a_race_after_the_bytes_were_copied_keeps_nothing(
    town: Town, photo: HandedIn, folder: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = town.assigned("FGW").number
    desk, faster = town.desk, Desk(town.database, town.desk.clock)
    change = Desk._change

    def slow(self: Desk, act: Act, dry_run: bool) -> Done:
        done = change(self, act, dry_run)
        if self is desk and dry_run:
            monkeypatch.setattr(Desk, "_change", change)
            faster.do(CONTACT, number, Command("decline", {"clause": "三定规定"}, {"reason": "不属于本单位职责"}))
        return done

    monkeypatch.setattr(Desk, "_change", slow)
    with pytest.raises((Conflict, Refused, TicketNotFound)):
        desk.do(CONTACT, number, Command("accept", {}, {"note": "x"}), files=[photo])
    assert nothing_is_kept(town, folder)


def test_a_file_that_changes_after_it_was_looked_at_is_not_kept(town: Town, photo: HandedIn, folder: Path) -> None:
    number = town.assigned("FGW").number
    photo.path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"y" * 3000)
    with pytest.raises(BadEvidence) as caught:
        town.desk.do(OFFICE, number, COMMENT, files=[photo])
    assert caught.value.values["reason"] == "changed-meanwhile" and nothing_is_kept(town, folder)


def test_what_dies_before_the_commit_leaves_a_file_without_row_for_the_sweep(
    town: Town, photo: HandedIn, folder: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = town.assigned("FGW").number
    append = journal.append
    monkeypatch.setattr(journal, "append", lambda db, events, *said: (_ for _ in ()).throw(OSError("power")) if (
        evidence.path_of(folder, photo.evidence.sha256).exists()) else append(db, events, *said))
    with pytest.raises(OSError, match="power"):
        town.desk.do(OFFICE, number, COMMENT, files=[photo])
    assert list(evidence.every(town.database)) == []
    assert [path.name for path in evidence.left_over(town.database)] == [photo.evidence.sha256]


def test_a_sweep_leaves_what_was_handed_in_while_it_looked(
    town: Town, photo: HandedIn, folder: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A killed act left a file without a row; the same content is handed in again after the sweep saw that file, before it goes."""
    number = town.assigned("FGW").number
    path = evidence.path_of(folder, photo.evidence.sha256)
    path.parent.mkdir(parents=True)
    path.write_bytes(photo.path.read_bytes())
    age_of = evidence.age_of

    def late(found: Path, now: float) -> float:
        age = age_of(found, now)
        town.desk.do(OFFICE, number, COMMENT, files=[photo])
        return age

    monkeypatch.setattr(evidence, "age_of", late)
    assert list(sweep(town.desk, OFFICE, path.stat().st_mtime + 2 * GRACE_SECONDS)) == []
    assert evidence.state_of(folder, photo.evidence.sha256) == evidence.SOUND


def test_a_sweep_passes_by_what_is_no_file_and_removes_a_dangling_link(town: Town, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{evidence.SCRATCH}folder").mkdir()
    (folder / f"{evidence.SCRATCH}link").symlink_to("nowhere")
    link = folder / f"{evidence.SCRATCH}link"
    assert [stray.name for stray in sweep(town.desk, OFFICE, link.lstat().st_mtime + 2 * GRACE_SECONDS)] == [link.name]


def test_the_bytes_are_there_before_the_event_is(town: Town, photo: HandedIn, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = town.assigned("FGW").number
    append, seen = journal.append, []

    def watching(*said: object) -> object:
        seen.append(evidence.state_of(folder, photo.evidence.sha256))
        return append(*said)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "append", watching)
    town.desk.do(OFFICE, number, COMMENT, files=[photo])
    assert seen == [evidence.MISSING, evidence.SOUND]  # the rehearsal keeps no bytes


def test_a_folder_that_cannot_be_made_refuses_the_act(town: Town, photo: HandedIn, folder: Path) -> None:
    ticket = town.assigned("FGW")
    folder.write_text("a file in its place", encoding="utf-8")
    with pytest.raises(BadEvidence) as caught:
        town.desk.do(OFFICE, ticket.number, COMMENT, files=[photo])
    assert (caught.value.values["reason"], caught.value.values["path"]) == ("evidence-not-kept", str(folder))
    assert town.desk.ticket(OFFICE, ticket.number).version == ticket.version and not list(evidence.every(town.database))


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_disk_that_fails_at_any_flush_refuses_the_act(
    town: Town, photo: HandedIn, folder: Path, monkeypatch: pytest.MonkeyPatch, call: int,
) -> None:
    ticket = town.assigned("FGW")
    calls, fsync = [0], os.fsync

    def failing(handle: int) -> None:
        calls[0] += 1
        if calls[0] == call:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(BadEvidence) as caught:
        town.desk.do(OFFICE, ticket.number, COMMENT, files=[photo])
    assert caught.value.values["reason"] == "evidence-not-kept" and "file" not in caught.value.values
    assert town.desk.ticket(OFFICE, ticket.number).version == ticket.version and not list(evidence.every(town.database))


def test_a_file_that_went_away_is_told_as_the_senders(town: Town, photo: HandedIn, folder: Path) -> None:
    number = town.assigned("FGW").number
    photo.path.unlink()
    with pytest.raises(BadEvidence) as caught:
        town.desk.do(OFFICE, number, COMMENT, files=[photo])
    assert caught.value.values["reason"] == "file-unreadable" and nothing_is_kept(town, folder)


def test_who_assigned_a_hard_one_verifies_it_only_where_nobody_else_could(town: Town, photo: HandedIn) -> None:
    number = town.assigned("FGW", grade="A").number
    town.desk.do(CONTACT, number, Command("accept"))
    town.desk.do(Actor("fgw-head", "head", "FGW", "test"), number, Command("endorse"))
    town.desk.do(CONTACT, number, Command("submit", {}, {"note": "已整改"}), files=[photo])
    verify = Command("verify", {}, {"note": "现场核验通过"})
    assert town.desk.do(OFFICE, number, verify, dry_run=True).ticket.state == "verified"
    assert "verify" in show(town.desk, OFFICE, number).view["actions"]
    town.registry.accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
    with pytest.raises(Refused) as caught:
        town.desk.do(OFFICE, number, verify)
    assert [reason.code for reason in caught.value.reasons] == ["assigned-it-oneself"]
    assert "verify" not in show(town.desk, OFFICE, number).view["actions"]
    assert town.desk.do(Actor("second", "supervisor", None, "test"), number, verify).ticket.state == "verified"


def test_a_unit_sees_the_files_of_its_own_time_and_no_others(town: Town, photo: HandedIn, tmp_path: Path) -> None:
    number = town.assigned("FGW").number
    town.desk.do(OFFICE, number, COMMENT, files=[photo])
    town.desk.do(CONTACT, number, Command("accept"))
    town.desk.do(OFFICE, number, Command("reassign", {"lead": "GAJ"}, {"reason": "职责划转"}))
    later = tmp_path / "later.txt"
    later.write_text("后来的事", encoding="utf-8")
    now = town.desk.do(OFFICE, number, COMMENT, files=[inspect(later)]).ticket
    inner = tmp_path / "inner.txt"
    inner.write_text("内部材料", encoding="utf-8")
    now = town.desk.do(OFFICE, number, INTERNAL, files=[inspect(inner)]).ticket
    names = {actor.name: [file.name for file in town.desk.files(actor, now)] for actor in (OFFICE, STRANGER, CONTACT)}
    assert names == {"office": [photo.name, "later.txt", "inner.txt"], "gaj": ["later.txt"], "fgw": [photo.name]}
