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


@pytest.mark.parametrize("sql", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_a_record_that_does_not_say_which_schema_it_has_is_one_all_the_same(zg: Zg, sql: str) -> None:
    zg.opened()
    assert zg("audit", "verify").exit_code == 0
    with closing(sqlite3.connect("zg.db")) as database, database:
        database.execute(sql)
    found = [json.loads(line) for line in zg("audit", "verify", "--json", code=9).stdout.splitlines()]
    assert {"schema"} <= {item["code"] for item in found} <= {"schema", "schema-missing"}
    for words in (["list"], ["show", "1"], ["upgrade"], ["backup", "b.tar"], ["init"]):
        assert zg.error(*words, code=None)["code"] in ("schema-unsaid", "database-exists", "not-possible"), words
    assert zg.error("list", code=1)["code"] == "schema-unsaid"


def test_where_there_is_no_record_none_is_damaged(zg: Zg) -> None:
    assert zg.error("--db", "sqlite:///elsewhere.db", "list", code=3)["code"] == "no-database"


def test_a_table_that_is_gone_is_damage_of_the_record_that_is_there(zg: Zg) -> None:
    with closing(sqlite3.connect("zg.db")) as database, database:
        database.execute("DROP TABLE unit_name")
    assert zg.error("unit", "list", code=1)["code"] == "damaged"
    assert zg("audit", "verify", code=9).exit_code == 9
