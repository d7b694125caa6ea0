"""`zg audit`: seals, their key, and the audit as a person runs it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from engine.audit.sealing import anchor
from engine.audit.verify import verify
from engine.record.connection import connect
from tests.cli.conftest import Zg


@pytest.fixture
def sealing(zg: Zg, office_template: Path, tmp_path: Path) -> Zg:
    """The office with the key that init made."""
    shutil.copytree(office_template.with_name("zg.db.keys"), tmp_path / "zg.db.keys")
    return zg


def test_init_makes_a_key_outside_the_database_and_prints_its_public_part(empty: Zg, tmp_path: Path) -> None:
    made = empty.json("init")
    (file,) = (tmp_path / "zg.db.keys").iterdir()
    assert made["key"] == empty.json("audit", "key")["key"]
    assert made["key"].startswith("zg/ZG/") and file.read_text(encoding="utf-8").startswith(f"# {made['key']}\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_environment_or_the_settings_say_where_the_key_lies(empty: Zg, tmp_path: Path) -> None:
    empty("init", ZG_KEY=str(tmp_path / "safe"))
    assert len(list((tmp_path / "safe").iterdir())) == 1
    empty("audit", "seal", code=1)
    (tmp_path / "zg.toml").write_text(f'key = "{tmp_path / "safe"}"\n', encoding="utf-8")
    empty("audit", "seal")


def test_a_seal_is_printed_with_its_short_form(sealing: Zg) -> None:
    seal = sealing.json("audit", "seal")
    assert (seal["n"], seal["new"]) == (1, True)
    assert seal["code"] in sealing("audit", "seal").stdout
    again = sealing.json("audit", "seal")
    assert again == {**seal, "new": False}
    sealing.opened()
    assert sealing.json("audit", "seal")["n"] == 2


def test_a_missing_key_is_told_with_the_way_out(zg: Zg) -> None:
    result = zg("audit", "seal", code=1)
    assert "zg audit key --rotate --lost" in result.stderr
    assert zg.json("audit", "key")["here"] is False


def test_a_rotated_key_signs_on_and_the_old_file_is_gone(sealing: Zg, tmp_path: Path) -> None:
    sealing("audit", "seal")
    old = sealing.json("audit", "key")["key"]
    new = sealing.json("audit", "key", "--rotate")["key"]
    assert new != old and len(list((tmp_path / "zg.db.keys").glob("*.pem"))) == 1
    seal = sealing.json("audit", "checkpoint")
    assert seal["n"] == 2 and seal["note"].count("\u2014 ") == 2, "the seal of a rotation carries both keys"
    for known in (old, new):
        assert sealing.json("audit", "verify", "--key", known)["anchored"] is True


def test_a_lost_key_is_replaced_only_if_it_is_lost(sealing: Zg, tmp_path: Path) -> None:
    assert sealing.error("audit", "key", "--rotate", "--lost", code=5)["code"] == "key-not-lost"
    assert sealing.error("audit", "key", "--lost", code=2)["code"] == "usage-lost"
    shutil.rmtree(tmp_path / "zg.db.keys")
    first = sealing.json("audit", "key")["key"]
    new = sealing.json("audit", "key", "--rotate", "--lost", "--known", first)["key"]
    assert sealing.json("audit", "verify", "--key", new, "--accept-lost", new)["seals"] == 1, "it seals what it is to speak for at once"
    for known in ((), ("--key", first)):
        assert json.loads(sealing("audit", "verify", *known, "--json", code=9).stdout)["code"] == "key-lost"
    assert sealing.json("audit", "verify", "--key", first, "--accept-lost", new)["keys_lost"] == 1
    for text in ("", "x"):
        assert sealing.error("audit", "verify", "--accept-lost", text, code=2)["code"] == "usage-accept-lost"


def test_the_key_of_another_record_in_the_same_folder_is_no_alarm_where_the_own_one_is_lost(sealing: Zg, tmp_path: Path) -> None:
    sealing("audit", "seal")
    (own,) = (tmp_path / "zg.db.keys").glob("*.pem")
    own.unlink()
    other, folder = Zg(f"sqlite:///{tmp_path / 'other.db'}"), str(tmp_path / "zg.db.keys")
    for words in (("init",), ("audit", "seal")):
        other(*words, ZG_KEY=folder)
    assert sealing.json("audit", "verify")["anchored"] is False


def test_a_seal_that_is_taken_while_the_record_is_verified_is_no_alarm(sealing: Zg) -> None:
    sealing("audit", "seal")
    sealing.opened()
    taken: list[int] = []

    def tick(count: int) -> None:
        if not taken:
            taken.append(sealing.json("audit", "seal")["n"])

    with closing(connect(sealing.url)) as database:
        assert list(verify(database, anchor=anchor(database), tick=tick)) == []
    assert taken == [2]


def reason(zg: Zg, *words: str, code: int) -> str:
    """The one reason of a refusal."""
    (found,) = zg.error(*words, code=code)["reasons"]
    return str(found["message"])


def test_a_lost_key_is_replaced_by_who_knows_it_or_by_two_people(sealing: Zg, tmp_path: Path) -> None:
    lost = ("audit", "key", "--rotate", "--lost")
    assert sealing.error(*lost, "--reason", "盘坏了", code=5)["code"] == "key-not-lost"
    first = sealing.json("audit", "key", "--rotate")["key"]
    sealing.json("audit", "key", "--rotate")
    shutil.rmtree(tmp_path / "zg.db.keys")
    assert "不是现用的公钥" in reason(sealing, *lost, "--known", first, code=5), "the key of before is not in force"
    assert sealing.error(*lost, "--known", "", code=2)["code"] == "usage-key"
    assert "现在没有人申请" in reason(sealing, *lost, code=5)
    assert not list(tmp_path.glob("zg.db.keys/*.pem")), "nothing is left of what was refused"
    assert sealing.error(*lost, "--known", first, "--reason", "盘坏了", code=2)["code"] == "usage-lost"
    assert sealing.error("audit", "key", "--known", first, code=2)["code"] == "usage-lost"
    asked = sealing.json(*lost, "--reason", "盘坏了")
    assert asked == {"key": sealing.json("audit", "key")["key"], "asked": True}
    assert "就是申请人" in reason(sealing, *lost, code=4)
    sealing("--as", "admin", "user", "add", "late", "--role", "supervisor", "--title", "新人")
    assert "申请之后才有" in reason(sealing, "--as", "late", *lost, code=4)
    assert sealing.error("--as", "fgw", *lost, code=4)["code"] == "not-permitted"
    sealing("--as", "admin", *lost)
    assert sealing.error("--as", "admin", *lost, code=5)["code"] == "key-not-lost"
    sealing("audit", "seal")
    assert "由一人申请、另一人更换" in sealing("audit", "verify", code=9).stdout
    assert sealing.json("audit", "verify", "--accept-lost", sealing.json("audit", "key")["key"])["keys_lost"] == 1


def test_whoever_reads_the_record_can_say_the_known_key_and_verify_says_that_one_person_did(sealing: Zg, tmp_path: Path) -> None:
    known = sealing.json("audit", "key")["key"]
    shutil.rmtree(tmp_path / "zg.db.keys")
    new = sealing.json("audit", "key", "--rotate", "--lost", "--known", known)["key"]
    for _ in range(2):
        (found,) = map(json.loads, sealing("audit", "verify", "--accept-lost", known, "--json", code=9).stdout.splitlines())
        assert (found["code"], found["key"]) == ("key-lost", new) and "由一人说出" in found["message"] and new in found["message"]
        sealing("audit", "seal")
    assert sealing.json("audit", "verify", "--accept-lost", new, "--key", known)["keys_lost"] == 1


def test_a_record_without_a_known_key_is_not_anchored_and_says_so(zg: Zg) -> None:
    said = zg.json("audit", "verify")
    assert (said["verified"], said["anchored"]) == (True, False)
    assert "未作锚定" in zg("audit", "verify").stdout


def test_a_link_to_the_file_finds_the_same_key(sealing: Zg, tmp_path: Path) -> None:
    sealing("audit", "seal")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "link.db").symlink_to(tmp_path / "zg.db")
    there = Zg(f"sqlite:///{tmp_path / 'elsewhere' / 'link.db'}")
    assert there.json("audit", "verify")["anchored"] is True


@pytest.mark.parametrize("given", ["", " ", "x", "zg/ZG/a+b+c", "ab" * 32])
def test_a_key_that_is_none_is_refused(sealing: Zg, given: str) -> None:
    assert sealing.error("audit", "verify", "--key", given, code=2)["code"] == "usage-key"
    assert sealing.error("audit", "verify", "--file", "x", "--key", given, code=2)["code"] == "usage-key"


def test_an_empty_code_is_refused(sealing: Zg) -> None:
    assert sealing.error("audit", "verify", "--code", "", code=2)["code"] == "usage-code"


def test_a_checkpoint_is_printed_as_a_note(sealing: Zg) -> None:
    assert sealing.error("audit", "checkpoint", code=5)["code"] == "no-such-seal"
    sealing("audit", "seal")
    said = sealing("audit", "checkpoint", "1").stdout
    assert said == sealing.json("audit", "checkpoint")["note"]
    assert said.split("\n")[1] == str(sealing.json("audit", "seal")["size"])


@pytest.mark.parametrize("statement", ["DELETE FROM seal", "DELETE FROM seal WHERE n > 1"])
def test_a_seal_that_was_taken_away_is_named_by_the_list_beside_the_key(sealing: Zg, tmp_path: Path, statement: str) -> None:
    sealing("audit", "seal")
    sealing.opened()
    sealing("audit", "seal")
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        connection.execute(statement)
    found = [json.loads(line) for line in sealing("audit", "verify", "--json", code=9).stdout.splitlines()]
    assert ("seal-gone", 2) in {(item["code"], item["seal"]) for item in found}
    assert sealing.error("audit", "seal", code=9)["code"] == "seal-behind"
    assert sealing.error("audit", "key", "--rotate", code=9)["code"] == "seal-behind"


def test_a_list_beside_the_key_that_cannot_be_read_is_told(sealing: Zg, tmp_path: Path) -> None:
    sealing("audit", "seal")
    (noted,) = (tmp_path / "zg.db.keys").glob("*.checkpoints")
    kept = noted.read_bytes()
    noted.write_bytes(kept + b"2 torn")  # somebody pulled the plug
    sealing("audit", "verify")
    sealing.opened()
    sealing("audit", "seal")
    assert noted.read_bytes().startswith(kept) and noted.read_bytes().count(b"\n") == 2
    whole = noted.read_bytes()
    for line in (b"no list\n", b"\xff\n", whole.split(b"\n")[0].replace(b"1 ", b"2 ", 1) + b"\n"):
        noted.write_bytes(whole + line)
        (found,) = sealing("audit", "verify", "--json", code=9).stdout.splitlines()
        assert (json.loads(found)["code"], json.loads(found)["field"]) == ("list-line", "3")
        assert sealing.error("audit", "seal", code=1)["code"] == "list-unreadable", "nobody knows what was signed"
        assert "list-damaged" in {sign["code"] for sign in sealing.json("doctor", code=None)["signs"]}
    noted.unlink()
    noted.mkdir()
    assert sealing.error("audit", "verify", code=1)["code"] == "list-unreadable"


@pytest.mark.parametrize("actor", ["fgw", "fgw-head", "leader"])
def test_others_neither_seal_nor_change_the_key(sealing: Zg, actor: str) -> None:
    assert sealing.error("--as", actor, "audit", "seal", code=4)["code"] == "not-permitted"
    assert sealing.error("--as", actor, "audit", "key", "--rotate", code=4)["code"] == "not-permitted"


def test_the_auditor_checks_seals_and_takes_none(sealing: Zg) -> None:
    sealing("--as", "auditor", "audit", "seal", code=4)
    sealing("--as", "auditor", "audit", "key", "--rotate", code=4)


def test_a_seal_that_was_altered_is_not_built_on(sealing: Zg, tmp_path: Path) -> None:
    sealing("audit", "seal")
    sealing.opened()
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        connection.execute("UPDATE seal SET at = '2020-09-01T00:00:00.000000Z'")
    assert sealing.error("audit", "seal", code=9)["code"] == "seal-altered"
