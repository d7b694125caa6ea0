"""`zg audit`: seals, their key, and the audit as a person runs it."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

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
    assert made["key"][:16] == file.stem
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
    old = sealing.json("audit", "seal")["key"]
    new = sealing.json("audit", "key", "--rotate")["key"]
    assert [file.stem for file in (tmp_path / "zg.db.keys").iterdir()] == [new[:16]]
    assert sealing.json("audit", "seal")["key"] == new != old
    assert sealing("audit", "verify").exit_code == 0


def test_a_lost_key_is_replaced_only_if_it_is_lost(sealing: Zg, tmp_path: Path) -> None:
    assert sealing.error("audit", "key", "--rotate", "--lost", code=5)["code"] == "key-not-lost"
    assert sealing.error("audit", "key", "--lost", code=2)["code"] == "usage-lost"
    shutil.rmtree(tmp_path / "zg.db.keys")
    sealing("audit", "key", "--rotate", "--lost")
    sealing("audit", "seal")


@pytest.mark.parametrize("actor", ["fgw", "fgw-head", "leader"])
def test_others_neither_seal_nor_change_the_key(sealing: Zg, actor: str) -> None:
    assert sealing.error("--as", actor, "audit", "seal", code=4)["code"] == "not-permitted"
    assert sealing.error("--as", actor, "audit", "key", "--rotate", code=4)["code"] == "not-permitted"


def test_the_auditor_checks_seals_and_takes_none(sealing: Zg) -> None:
    sealing("--as", "auditor", "audit", "seal", code=4)
    sealing("--as", "auditor", "audit", "key", "--rotate", code=4)


def test_a_seal_that_was_altered_is_not_built_on(sealing: Zg, tmp_path: Path) -> None:
    import sqlite3

    sealing("audit", "seal")
    sealing.opened()
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        connection.execute("UPDATE seal SET at = '2020-09-01T00:00:00.000000Z'")
    assert sealing.error("audit", "seal", code=9)["code"] == "seal-altered"
