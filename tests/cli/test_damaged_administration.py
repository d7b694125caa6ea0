"""A record to whose administration nothing can be appended any more: acts of it say so, and it is backed up and made anew all the same."""

from __future__ import annotations

import json
import sqlite3
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
