"""A damaged record is backed up and made anew all the same, also where nothing can be appended to its administration any more."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Zg


@pytest.mark.parametrize("sql", [
    "UPDATE setting SET value = 'zzz' WHERE name = 'administration'",
    "UPDATE setting SET value = '1 ' || substr(value, instr(value, ' ') + 1) WHERE name = 'administration'",
    "DELETE FROM setting WHERE name = 'administration'",
])
def test_it_is_backed_up_and_made_anew_and_both_tell_the_damage(zg: Zg, tmp_path: Path, sql: str) -> None:
    with closing(sqlite3.connect("zg.db")) as database, database:
        database.execute(sql)
    backup = str(tmp_path / "b.tar")
    assert zg("--as", "市市场监管局", "backup", backup, code=4).exit_code == 4 and not Path(backup).exists()
    found = zg("backup", backup, "--json", code=9).stdout.splitlines()
    assert "head" in [json.loads(line)["field"] for line in found] and Path(backup).exists()
    zg("audit", "rebuild", "--into", f"sqlite:///{tmp_path / 'anew.db'}")
    assert zg("--db", f"sqlite:///{tmp_path / 'anew.db'}", "audit", "verify").exit_code == 0


def test_an_act_of_the_administration_says_that_the_record_is_damaged(zg: Zg) -> None:
    with closing(sqlite3.connect("zg.db")) as database, database:
        database.execute("UPDATE setting SET value = 'zzz' WHERE name = 'administration'")
    assert zg.error("clock", "advance", "1d", code=1)["code"] == "damaged"


def test_what_the_rules_of_its_time_forbade_stands_on_the_page_of_the_backup(zg: Zg, tmp_path: Path) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局")
    zg("--as", "市市场监管局", "accept", number)
    with closing(sqlite3.connect("zg.db")) as database, database:
        database.execute("UPDATE event SET data = replace(data, 'SCJGJ', 'GAJ') WHERE to_state = 'assigned'")
    found = [json.loads(line) for line in zg("backup", str(tmp_path / "b.tar"), "--json", code=9).stdout.splitlines()]
    assert {"altered", "unlawful"} <= {item["code"] for item in found}
    with tarfile.open(tmp_path / "b.tar") as tar:
        page = json.load(tar.extractfile("backup.json") or pytest.fail())
    assert {"code": "unlawful", "stream": 1, "number": number, "seq": 3, "field": "not-yours"} in page["first_findings"]
