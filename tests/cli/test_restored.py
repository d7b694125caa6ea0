"""A database that was put back over the keys it had: it is held, and goes on only where somebody says so, which is told ever after."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from engine.rules.proof.going_on import GoingOn
from tests.cli.conftest import Zg

BASIS = ("--basis", "磁盘损坏，见第12次会议纪要")


@pytest.fixture
def last_week(zg: Zg, office_template: Path, tmp_path: Path) -> Zg:
    """The office as it was after its first seal; two seals are known."""
    shutil.copytree(office_template.with_name("zg.db.keys"), tmp_path / "zg.db.keys")
    zg("audit", "seal")
    zg("backup", str(tmp_path / "last-week.tar"))
    zg.opened()
    zg("audit", "seal")
    shutil.copy(tmp_path / "zg.db", tmp_path / "whole.db")
    put_back(zg, tmp_path)
    return zg


def put_back(zg: Zg, folder: Path) -> None:
    for path in folder.glob("zg.db*"):
        if path.is_file():
            path.unlink()
    zg("restore", str(folder / "last-week.tar"), "--into", f"sqlite:///{folder / 'zg.db'}")


def test_a_database_that_was_put_back_says_so_and_seals_nothing(last_week: Zg) -> None:
    said = last_week("audit", "verify", "--json", code=9)
    assert [(item["code"], item["seal"]) for item in map(json.loads, said.stdout.splitlines())] == [("copy-behind", 2)]
    assert json.loads(said.stderr)["error"]["code"] == "copy-behind"
    entry = last_week.lines("log", "--admin")[-1]
    assert (entry["kind"], entry["actor"], entry["data"]["what"]) == ("read", "office", "restore")
    for words in (("audit", "seal"), ("audit", "key", "--rotate")):
        error = last_week.error(*words, code=5)
        assert error["code"] == "copy-held" and "zg restore --live --basis" in error["hint"]


def test_a_copy_that_is_held_is_read_and_nothing_happens_in_it(last_week: Zg, tmp_path: Path) -> None:
    for words in (("list",), ("today",), ("doctor",), ("log", "--admin"), ("audit", "export"), ("backup", str(tmp_path / "again.tar"))):
        assert last_week(*words, code=None).exit_code in (0, 1), words
    for words in (
        ("open", "再来一件", "--source", "visit"), ("open", "再来一件", "--source", "visit", "--dry-run"), ("clock", "advance", "1d"),
        ("notices", "deliver"), ("unit", "rename", "FGW", "--to", "新名", "--from", "2020-09-01", "--basis", "x"),
    ):
        error = last_week.error(*words, code=5)
        assert error["code"] == "copy-held" and "zg restore --live --basis" in error["hint"], words
    assert "copy-held" in {sign["code"] for sign in last_week.json("doctor", code=1)["signs"]}
    last_week("restore", "--live", *BASIS)
    last_week.opened()


def test_no_alarm_rings_in_a_copy_that_is_held(last_week: Zg, tmp_path: Path) -> None:
    (listed,) = (tmp_path / "zg.db.keys").glob("*.checkpoints")
    kept = listed.read_bytes()
    listed.write_bytes(kept.splitlines(keepends=True)[0])
    last_week.opened()
    last_week("clock", "advance", "30d")
    listed.write_bytes(kept)
    assert last_week.error("sweep", code=5)["code"] == "copy-held"


@pytest.mark.parametrize("tail", [b"", b"no list at all\n", b"x 1 2 3\n", b"\xff 1 2 3\n"])
def test_whoever_cannot_read_the_list_acts_and_does_not_seal(last_week: Zg, tmp_path: Path, tail: bytes) -> None:
    (listed,) = (tmp_path / "zg.db.keys").glob("*.checkpoints")
    listed.write_bytes(tail)
    last_week.opened()
    last_week("audit", "seal", code=1 if tail else 0)


def test_a_copy_goes_on_under_another_name_and_says_so_ever_after(last_week: Zg, tmp_path: Path) -> None:
    (before,) = (tmp_path / "zg.db.keys").glob("*.checkpoints")
    listed, old = before.read_bytes(), last_week.json("audit", "key")["key"]
    made = last_week.json("restore", "--live", *BASIS)
    assert made["known_seal"] == 2 and made["key"].partition("+")[0] != old.partition("+")[0]
    assert before.read_bytes() == listed and len(list(before.parent.glob("*.checkpoints"))) == 2
    assert [path.read_text(encoding="utf-8").split("\n")[0] for path in before.parent.glob("*.pem")] == [f"# {made['key']}"]
    last_week.opened()
    assert last_week.json("audit", "seal")["n"] == 3
    last_week("audit", "key", "--rotate")
    for known in ((), ("--key", old), ("--key", made["key"])):
        (restored,) = last_week.json("audit", "verify", *known)["restored"]
        assert (restored["last_seal"], restored["known_seal"], restored["events_not_in_it"]) == (1, 2, made["events_not_in_it"])
    assert "第 1 次存证" in last_week("audit", "verify").stdout
    entry = next(item for item in last_week.lines("log", "--admin") if item["kind"] == "restored")
    assert entry["words"] == {"basis": BASIS[1]} and entry["actor"] == "office"
    for number in ((), ("1",)):
        last_week("audit", "export", *number, "--out", str(tmp_path / "out"))
        checked = last_week.json("audit", "verify", "--file", str(tmp_path / "out"), "--key", old, "--accept-tail")
        assert checked["restored"] == [restored]
        (tmp_path / "out").unlink()
    assert last_week.error("restore", "--live", *BASIS, code=5)["code"] == "copy-none"


def test_the_record_of_before_in_the_place_of_the_copy_that_goes_on_is_named(last_week: Zg, tmp_path: Path) -> None:
    """Every seal of the old list is in it, and its key handed over to that of the copy: only that key tells."""
    last_week("restore", "--live", *BASIS)
    shutil.copy(tmp_path / "whole.db", tmp_path / "zg.db")
    said = last_week("audit", "verify", "--json", code=9).stdout.splitlines()
    assert [(item["code"], item["field"]) for item in map(json.loads, said)] == [("key", "trusted"), ("seal-other", None)]


def test_whoever_hides_seals_by_going_on_is_told_of_ever_after(last_week: Zg, tmp_path: Path) -> None:
    last_week("restore", "--live", *BASIS)
    for path in (tmp_path / "zg.db.keys").glob("*.checkpoints"):
        path.unlink()
    assert last_week.json("audit", "verify")["restored"][0]["known_seal"] == 2
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        connection.execute("DELETE FROM event WHERE kind = 'restored'")
    last_week("audit", "verify", code=9)


@pytest.mark.parametrize(("lie", "field"), [({"size": 1}, "size"), ({"root": bytes(32)}, "root")])
def test_a_copy_that_held_other_events_than_it_says_is_named(
    last_week: Zg, monkeypatch: pytest.MonkeyPatch, lie: dict[str, Any], field: str,
) -> None:
    monkeypatch.setattr("engine.audit.live.GoingOn", lambda *said: GoingOn(*said)._replace(**lie))
    last_week("restore", "--live", *BASIS)
    (found,) = [json.loads(line) for line in last_week("audit", "verify", "--json", code=9).stdout.splitlines()]
    assert (found["code"], found["field"]) == ("restored", field)


def test_what_is_sealed_of_the_record_itself_after_its_copy_went_on_is_found(last_week: Zg, tmp_path: Path) -> None:
    (before,) = (tmp_path / "zg.db.keys").glob("*.checkpoints")
    last_week("restore", "--live", *BASIS)
    before.write_bytes(before.read_bytes() + before.read_bytes().splitlines(keepends=True)[-1].replace(b"2 ", b"3 ", 1))
    (found,) = [json.loads(line) for line in last_week("audit", "verify", "--json", code=9).stdout.splitlines()]
    assert (found["code"], found["seal"]) == ("seal-gone", 3)


def test_a_copy_whose_key_was_lost_goes_on_and_says_that(last_week: Zg, tmp_path: Path) -> None:
    first = last_week.json("audit", "key")["key"]
    for path in (tmp_path / "zg.db.keys").glob("*.pem"):
        path.unlink()
    assert last_week.error("restore", "--live", *BASIS, code=5)["code"] == "refused"
    last_week("restore", "--live", *BASIS, "--known", first)
    assert json.loads(last_week("audit", "verify", "--json", code=9).stdout)["code"] == "key-lost"
    assert last_week.json("audit", "verify", "--accept-lost", last_week.json("audit", "key")["key"])["keys_lost"] == 1


def test_a_copy_whose_key_was_lost_goes_on_by_two_people(last_week: Zg, tmp_path: Path) -> None:
    for path in (tmp_path / "zg.db.keys").glob("*.pem"):
        path.unlink()
    last_week("audit", "key", "--rotate", "--lost", "--reason", "盘坏了")
    assert last_week.error("restore", "--live", *BASIS, code=4)["code"] == "refused"
    last_week("--as", "admin", "restore", "--live", *BASIS)
    assert last_week.json("audit", "verify", "--accept-lost", last_week.json("audit", "key")["key"])["keys_lost"] == 1


def test_a_backup_of_before_a_change_of_keys_is_held_and_goes_on_without_the_old_key(
    zg: Zg, office_template: Path, tmp_path: Path,
) -> None:
    shutil.copytree(office_template.with_name("zg.db.keys"), tmp_path / "zg.db.keys")
    zg("audit", "seal")
    first = zg.json("audit", "key")["key"]
    zg("backup", str(tmp_path / "last-week.tar"))
    second = zg.json("audit", "key", "--rotate")["key"]
    put_back(zg, tmp_path)
    for known in ((), ("--key", first)):
        said = zg("audit", "verify", *known, "--json", code=9).stdout.splitlines()
        assert [json.loads(line)["code"] for line in said] == ["copy-behind"]
    assert "key" in {json.loads(line)["code"] for line in zg("audit", "verify", "--key", second, "--json", code=9).stdout.splitlines()}
    assert zg.json("audit", "key") == {"key": first, "file": zg.json("audit", "key")["file"], "here": False}
    signs = {sign["code"] for sign in zg.json("doctor", code=1)["signs"]}
    assert {"copy-held", "key-missing", "key-not-in-force"} <= signs
    made = zg.json("restore", "--live", *BASIS, "--known", first)
    assert made["known_seal"] == 2 and "key-lost" in zg("audit", "verify", "--json", code=9).stdout
    for known in (first, made["key"]):
        assert zg.json("audit", "verify", "--key", known, "--accept-lost", made["key"])["keys_lost"] == 1
    zg.opened()
    assert zg.json("audit", "seal")["n"] == 3


def test_a_copy_whose_list_is_lost_goes_on_from_its_own_last_seal(last_week: Zg, tmp_path: Path) -> None:
    for path in (tmp_path / "zg.db.keys").glob("*.checkpoints"):
        path.unlink()
    made = last_week.json("restore", "--live", *BASIS)
    (verified,) = last_week.json("audit", "verify")["restored"]
    for said in (made, verified):
        assert said["events_not_in_it"] is said["known_by"] is None
    assert "当时无从得知" in last_week("audit", "verify").stdout


def test_a_record_that_was_rewritten_is_no_copy(last_week: Zg, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        connection.execute("DELETE FROM seal")
    assert last_week.error("restore", "--live", *BASIS, code=9)["code"] == "seal-behind"


def test_a_record_that_was_never_sealed_and_is_no_copy_stays_as_it_is(zg: Zg) -> None:
    assert zg.error("restore", "--live", *BASIS, code=5)["code"] == "copy-none"


def test_a_backup_put_back_by_somebody_without_an_account_that_administers_says_so(last_week: Zg, tmp_path: Path) -> None:
    for account in ("fgw", "nobody"):
        said = last_week.json("--as", account, "restore", str(tmp_path / "last-week.tar"), "--into", f"sqlite:///{tmp_path / account}.db")
        assert [item["code"] for item in said["warnings"]] == ["restore.unnoted"]
    assert last_week.lines("log", "--admin")[-1]["data"]["what"] == "restore"


def test_what_was_put_back_says_so_from_the_moment_on_in_which_it_stands(
    last_week: Zg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever is killed right after the file took its place leaves one that says where it comes from; before, none."""
    new = tmp_path / "new.db"

    def killed_after(source: Path, target: Path) -> None:
        shutil.copyfile(source, target)  # as a link: nothing of what lies beside it
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.audit.restoring.os.link", killed_after)
    last_week("restore", str(tmp_path / "last-week.tar"), "--into", f"sqlite:///{new}", code=130)
    entry = last_week.lines("--db", str(new), "log", "--admin")[-1]
    assert (entry["actor"], entry["data"]["what"], entry["data"]["place"]) == ("office", "restore", f"sqlite:///{new}")
    assert last_week.json("--db", str(new), "audit", "verify")["verified"]


def test_a_backup_that_cannot_be_noted_is_made_and_says_so(zg: Zg, tmp_path: Path) -> None:
    zg.opened()
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        connection.execute("UPDATE setting SET value = '1 00' WHERE name = 'administration'")
    said = json.loads(zg("backup", str(tmp_path / "b.tar"), "--json", code=9).stderr)
    assert said["error"]["code"] == "backup-broken" and (tmp_path / "b.tar").exists()
    assert [warning["code"] for warning in said["warnings"]] == ["reading-unnoted-damaged"]


def test_a_backup_that_does_not_verify_is_put_back_only_where_somebody_insists(zg: Zg, tmp_path: Path) -> None:
    zg.opened()
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        connection.execute("CREATE VIEW \"\x1b[2J\" AS SELECT 1")
        connection.execute("UPDATE ticket SET title = '\x1b[2J' WHERE id = 1")
    source, new = str(tmp_path / "bent.tar"), f"sqlite:///{tmp_path / 'new.db'}"
    zg("backup", source, code=9)
    said = zg("restore", source, "--into", new, code=9)
    assert "\x1b" not in said.stdout + said.stderr and "--unverified" in said.stderr
    error = json.loads(zg("restore", source, "--into", new, "--json", code=9).stderr)["error"]
    assert error["code"] == "restore-broken" and not (tmp_path / "new.db").exists()
    made = zg.json("restore", source, "--into", new, "--unverified")
    assert made["verified"] is False and [item["code"] for item in made["found"]] == ["row"] and made["left_out"] == ["view \x1b[2J"]
    assert [item["code"] for item in made["warnings"]] == ["restore.left-out", "restore.findings", "restore.unverified"]
    entry = zg.lines("--db", new, "log", "--admin")[-1]
    assert entry["actor"] == "office" and entry["data"]["what"] == "restore-unverified" and entry["data"]["findings"] == "1"
    assert zg("--db", new, "audit", "verify", code=9)
    assert "核验不符" in zg("--db", new, "log", "--admin").stdout


def test_going_on_is_the_administration_s_and_needs_a_basis(last_week: Zg) -> None:
    assert last_week.error("--as", "fgw", "restore", "--live", *BASIS, code=4)["code"] == "not-permitted"
    assert last_week.error("restore", "--live", "--basis", " ", code=5)["code"] == "refused"


@pytest.mark.parametrize("words", [
    (), ("--live",), ("x.tar",), BASIS, ("x.tar", "--into", "y.db", "--live"), ("--into", "y.db", *BASIS),
    ("--live", "--unverified", *BASIS),
])
def test_restoring_and_going_on_are_told_apart(zg: Zg, words: tuple[str, ...]) -> None:
    assert zg.error("restore", *words, code=2)["code"] == "usage-restore"
