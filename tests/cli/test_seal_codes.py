"""`zg user codes`: the watch tells people the code of each seal, and what they kept shows who rewrote the record."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Zg
from tests.cli.test_audit import sealing

__all__ = ["sealing"]


def told(zg: Zg, name: str) -> list[str]:
    return [node["text"] for node in zg.lines("--as", name, "notices", "--all") if "存证码" in node["text"]]


def sealed(zg: Zg) -> dict[str, Any]:
    """What the watch says of its duty of sealing."""
    done = [json.loads(line) for line in zg("watch", "--once", "--json").stdout.splitlines()]
    (found,) = [item for item in done if item["duty"] == "seal"]
    return found


def test_whoever_keeps_codes_is_told_each_once_and_verify_takes_them(sealing: Zg) -> None:
    assert sealing.json("user", "codes", "leader")["keeps_codes"] is True
    assert [sealed(sealing)["told"] for _ in range(3)] == [1, 0, 0]
    (text,) = told(sealing, "leader")
    code = sealing.json("audit", "checkpoint")["code"]
    assert code in text
    sealing("audit", "verify", "--code", code)
    sealing.opened()
    second = sealing.json("audit", "seal")["code"]
    assert sealed(sealing)["told"] == 1
    assert [second in text for text in told(sealing, "leader")] == [True, False]
    assert told(sealing, "auditor") == []


def test_a_code_that_was_told_shows_that_list_and_database_were_put_back(sealing: Zg, tmp_path: Path) -> None:
    sealing("user", "codes", "leader")
    sealed(sealing)
    shutil.copytree(tmp_path, before := tmp_path / "before", ignore=shutil.ignore_patterns("before"))
    sealing.opened()
    code = sealing.json("audit", "seal")["code"]
    sealed(sealing)
    assert code in told(sealing, "leader")[0]
    shutil.rmtree(tmp_path / "zg.db.keys")
    for lying in before.iterdir():
        (shutil.copytree if lying.is_dir() else shutil.copyfile)(lying, tmp_path / lying.name)
    assert sealing.json("audit", "verify")["anchored"] is True, "nothing on this machine shows it"
    assert sealing.error("audit", "verify", "--code", code, code=9)["code"] == "code-differs"


def test_a_code_goes_out_by_the_channels_of_the_account_and_to_no_program(sealing: Zg, tmp_path: Path) -> None:
    sealing("--as", "admin", "user", "set", "leader", "--email", "leader@example.cn")
    settings = '[notices.email]\nhost = "127.0.0.1"\nport = 9\nfrom = "zg@example.cn"\nsecurity = "none"\n'
    (tmp_path / "zg.toml").write_text(settings, encoding="utf-8")
    sealed(sealing)  # says which channels there are
    sealing("user", "codes", "leader")
    assert sealed(sealing)["told"] == 1
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        rows = connection.execute("SELECT channel FROM notice WHERE recipient = 'leader' AND body LIKE '%seal-code%'").fetchall()
    assert sorted(rows) == [("email",), ("inbox",)]


def test_who_keeps_codes_is_shown_and_may_end(sealing: Zg) -> None:
    sealing("user", "codes", "leader")
    assert "接收存证码" in sealing("user", "show", "leader").stdout
    assert [node["name"] for node in sealing.lines("user", "list") if node["keeps_codes"]] == ["leader"]
    assert "存证码接收人：leader" in sealing("log", "--admin").stdout
    assert "codes-kept" in {sign["code"] for sign in sealing.json("doctor", code=None)["signs"]}
    sealing("user", "codes", "leader")
    assert [entry["data"].get("what") for entry in sealing.lines("log", "--admin")].count("account.codes") == 1
    sealing("--as", "admin", "user", "disable", "leader")
    signs = {sign["code"]: sign for sign in sealing.json("doctor", code=None)["signs"]}
    assert "codes-kept" not in signs and signs["code-keeper-gone"]["level"] == "note"
    assert sealed(sealing)["told"] == 0
    assert sealing.json("user", "codes", "leader", "--none")["keeps_codes"] is False
    sealing("audit", "verify")


@pytest.mark.parametrize(("name", "code"), [("nobody", 3), ("watch", 5)])
def test_an_account_that_cannot_keep_codes_is_refused(sealing: Zg, name: str, code: int) -> None:
    sealing("user", "codes", name, code=code)


def test_only_who_administers_names_who_keeps_codes(sealing: Zg) -> None:
    for actor in ("leader", "scjgj", "auditor"):
        sealing("--as", actor, "user", "codes", "leader", code=4)


def test_what_was_told_shows_that_the_setting_was_bent(sealing: Zg, tmp_path: Path) -> None:
    sealing("user", "codes", "leader")
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        connection.execute("UPDATE setting SET value = '[]' WHERE name = 'code-keepers'")
    found = [json.loads(line) for line in sealing("audit", "verify", "--json", code=9).stdout.splitlines()]
    assert [(item["code"], item["table"]) for item in found] == [("row-differs", "setting")]


def test_a_witness_that_does_not_answer_needs_somebody(sealing: Zg, tmp_path: Path) -> None:
    key = sealing.json("audit", "witness", str(tmp_path / "w"), "--name", "audit.example/w1")["keys"]["ml-dsa-44"]
    (tmp_path / "zg.toml").write_text(
        f'[witnesses.auditor]\nkey = "{key}"\naddress = "http://127.0.0.1:9/"\n', encoding="utf-8",
    )
    assert sealed(sealing)["silent"] == ["auditor"]
    signs = {sign["code"]: sign for sign in sealing.json("doctor", code=None)["signs"]}
    assert (signs["witness-silent"]["level"], signs["witness-silent"]["names"]) == ("needs", ["auditor"])
