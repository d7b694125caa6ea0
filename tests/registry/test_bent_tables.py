"""Whoever changes a table by SQL is found: the row and the column are named, and nothing was found before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from engine.audit.verify import Audited, verify
from engine.record.journal import read_events
from engine.registry.sign_in import issue_token, set_password
from engine.rules.proof.finding import Finding
from tests.conftest import BOTH
from tests.registry.conftest import ADMIN, OFFICE, Town, founded_town

LATER = datetime(2020, 12, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Bent:
    """A change by SQL, and what the audit says of it: code, table, key, column."""

    sql: str
    found: tuple[str, str | None, str | None, str | None]


def differs(table: str, key: str, column: str) -> tuple[str, str, str, str]:
    return ("row-differs", table, key, column)


ROWS = {
    "role": Bent("UPDATE account SET role = 'supervisor', unit = NULL WHERE name = 'fgw'", differs("account", "fgw", "role")),
    "active": Bent("UPDATE account SET active = FALSE WHERE name = 'fgw'", differs("account", "fgw", "active")),
    "title": Bent("UPDATE account SET title = 'x' WHERE name = 'fgw'", differs("account", "fgw", "title")),
    "phone": Bent("UPDATE account SET phone = '1' WHERE name = 'fgw'", differs("account", "fgw", "phone")),
    "chat": Bent("UPDATE account SET chat = 'https://x' WHERE name = 'fgw'", differs("account", "fgw", "chat")),
    "password": Bent("UPDATE account SET password_hash = 'x' WHERE name = 'gaj'", differs("account", "gaj", "password_hash")),
    "new account": Bent(
        "INSERT INTO account (name, title, role, active) VALUES ('eve', 'Eve', 'supervisor', TRUE)", ("row-untold", "account", "eve", None),
    ),
    "former title": Bent(
        "UPDATE account_title SET title = 'x' WHERE account = 'fgw'",
        differs("account_title", "fgw 2020-09-25T01:00:00.000000Z", "title"),
    ),
    "stand-in": Bent(
        "UPDATE stand_in SET valid_to = '2030-01-01T00:00:00.000000Z'",
        differs("stand_in", "fgw-head fgw 2020-09-25T01:00:00.000000Z", "valid_to"),
    ),
    "stand-in gone": Bent("DELETE FROM stand_in", ("row-gone", "stand_in", "fgw-head fgw 2020-09-25T01:00:00.000000Z", None)),
    "portfolio": Bent(
        "INSERT INTO account_portfolio (account, unit) VALUES ('leader', 'GAJ')", ("row-untold", "account_portfolio", "leader GAJ", None),
    ),
    "unit": Bent("UPDATE unit SET relation = 'other' WHERE code = 'FGW'", differs("unit", "FGW", "relation")),
    "unit ended": Bent("UPDATE unit SET valid_to = '2020-10-01' WHERE code = 'FGW'", differs("unit", "FGW", "valid_to")),
    "unit name": Bent(
        "UPDATE unit_name SET name = '某局' WHERE unit = 'FGW' AND place = 0", ("row-untold", "unit_name", "FGW 某局 0", None),
    ),
    "member": Bent("DELETE FROM unit_member WHERE unit = 'BFX'", ("row-gone", "unit_member", None, None)),
    "calendar": Bent("UPDATE calendar SET json = '{}'", ("misnamed", "calendar", None, "json")),
    "notices of a calendar": Bent("UPDATE calendar SET notices = '[ ]'", ("row-differs", "calendar", None, "notices")),
    "no calendar": Bent("UPDATE calendar SET current = FALSE", ("row-differs", "calendar", None, "current")),
    "definition": Bent("UPDATE definition SET json = json || ' '", ("misnamed", "definition", None, "json")),
    "source of a definition": Bent("UPDATE definition SET source = 'x'", ("row-differs", "definition", None, "source")),
    "plan": Bent("UPDATE setting SET value = '{}' WHERE name = 'plan'", differs("setting", "plan", "value")),
    "setting": Bent("UPDATE setting SET value = 'X' WHERE name = 'office'", differs("setting", "office", "value")),
    "new setting": Bent("INSERT INTO setting (name, value) VALUES ('x', 'y')", ("row-untold", "setting", "x", None)),
    "measure": Bent("UPDATE measure SET leads = '[]'", ("row-differs", "measure", None, "leads")),
    "indicator": Bent("DELETE FROM indicator", ("row-gone", "indicator", None, None)),
    "target": Bent("UPDATE target SET value = '1'", ("row-differs", "target", None, "value")),
    "mandatory": Bent("UPDATE target SET mandatory = NOT mandatory", ("row-differs", "target", None, "mandatory")),
    "token": Bent("UPDATE token SET account = 'office'", ("row-differs", "token", "12345678", "account")),
    "hash of a token": Bent("UPDATE token SET hash = zeroblob(32)", ("row-differs", "token", "12345678", "hash")),
    "token that lives again": Bent("UPDATE token SET revoked_at = NULL", ("row-differs", "token", "12345678", "revoked_at")),
    "counter of ids": Bent("UPDATE counter SET last = 9 WHERE office = '' AND year = 0", ("ids", "counter", None, "last")),
}

SCHEMA = {
    "view": Bent("CREATE VIEW spy AS SELECT name FROM account", ("schema-foreign", "spy", "spy", "view")),
    "table": Bent("CREATE TABLE spy (name TEXT)", ("schema-foreign", "spy", "spy", "table")),
    "index": Bent("DROP INDEX ticket_wakes", ("schema-missing", "ticket", "ticket_wakes", "index")),
    "new index": Bent("CREATE INDEX mine ON account (title)", ("schema-foreign", "account", "mine", "index")),
    "column": Bent("ALTER TABLE account ADD COLUMN mark TEXT", ("schema-differs", "account", "account", "table")),
}

ON_POSTGRESQL = {
    "hash of a token": "UPDATE token SET hash = decode(repeat('00', 32), 'hex')",
}

IN_POSTGRESQL = {
    "column": ("schema-foreign", "account", "mark", "column"), "view": ("schema-foreign", "spy", "spy", "table"),
}


@pytest.fixture(scope="module", params=BOTH)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """An office in which every table holds something that an entry told: one for all that is bent, since each change is taken back."""
    with founded_town(request, tmp_path_factory.mktemp("told")) as town:
        yield filled(town)


def filled(town: Town) -> Town:
    accounts = town.registry.accounts
    accounts.stand_in(OFFICE, "fgw-head", "fgw", town.now, LATER)
    accounts.portfolio(ADMIN, "leader", ("FGW",))
    accounts.change(ADMIN, "fgw", email="fgw@example.gov.cn", phone="0375-1")
    token = issue_token(town.registry, ADMIN, "gaj", "报表", random=lambda size: "12345678" * (size // 4)).id
    town.registry.credentials.revoke_token(ADMIN, "gaj", token)
    set_password(town.registry, ADMIN, "gaj", "correct horse battery")
    town.assigned("FGW", "GAJ")
    assert list(verify(town.database)) == []
    return town


def bend(town: Town, sql: str) -> list[Finding]:
    with town.database.write():
        town.database.run(sql)
    return list(verify(town.database))


def bent(town: Town, sql: str) -> list[Finding]:
    """What is found while the change stands. It is taken back."""
    with town.database.rehearse():
        town.database.run(sql)
        return list(verify(town.database, within=True))


def names(found: list[Finding], wanted: tuple[str, str | None, str | None, str | None]) -> bool:
    code, table, key, column = wanted
    return any(
        (item.code, item.table, item.field) == (code, table, column) and (key is None or item.key == key) for item in found
    )


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_was_bent_is_named(told: Town, name: str) -> None:
    case = ROWS[name]
    found = bent(told, ON_POSTGRESQL.get(name, case.sql) if told.database.path is None else case.sql)
    assert names(found, case.found), found


@pytest.mark.parametrize("name", SCHEMA)
def test_a_part_of_the_schema_that_is_not_ours_is_named(town: Town, name: str) -> None:
    wanted = IN_POSTGRESQL.get(name, SCHEMA[name].found) if town.database.path is None else SCHEMA[name].found
    assert names(bend(town, SCHEMA[name].sql), wanted)


def test_a_trigger_is_named(town: Town) -> None:
    if town.database.path is None:
        with town.database.write():
            town.database.run("CREATE FUNCTION hide() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")
            town.database.run("CREATE RULE gone AS ON DELETE TO stand_in DO INSTEAD NOTHING")
        found = bend(town, "CREATE TRIGGER hide BEFORE INSERT ON notice FOR EACH ROW EXECUTE FUNCTION hide()")
        assert names(found, ("schema-foreign", "stand_in", "gone", "rule"))
    else:
        found = bend(town, "CREATE TRIGGER hide BEFORE INSERT ON notice BEGIN SELECT RAISE(IGNORE); END")
    assert names(found, ("schema-foreign", "notice", "hide", "trigger"))


@pytest.mark.postgres
def test_a_trigger_of_the_whole_database_is_named(town: Town) -> None:
    if town.database.path is not None:
        pytest.skip("SQLite has none")
    with town.database.write():
        town.database.run("CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'")
    found = bend(town, "CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION watch()")
    assert names(found, ("schema-foreign", "ddl_command_end", "watching", "trigger"))


ON_A_SERVER = {
    "unlogged table": ("ALTER TABLE notice SET UNLOGGED", ("schema-differs", "notice", "notice", "table")),
    "other collation": ('ALTER TABLE unit ALTER kind TYPE varchar COLLATE "C"', ("schema-differs", "unit", "kind", "column")),
    "function": ("CREATE FUNCTION peek() RETURNS int LANGUAGE sql AS 'SELECT 1'", ("schema-foreign", "peek", "", "function")),
    "operator": (
        "CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)", ("schema-foreign", "===", "text text", "operator"),
    ),
    "rows kept from the owner": ("ALTER TABLE notice FORCE ROW LEVEL SECURITY", ("schema-differs", "notice", "notice", "table")),
}
"""What only a server has."""


@pytest.mark.postgres
@pytest.mark.parametrize("name", ON_A_SERVER)
def test_what_only_a_server_has_is_named(town: Town, name: str) -> None:
    if town.database.path is not None:
        pytest.skip("SQLite has none")
    sql, wanted = ON_A_SERVER[name]
    found = bend(town, sql)
    assert names(found, wanted), found


def test_what_was_looked_at_is_told_by_table(told: Town) -> None:
    audited = Audited()
    assert list(verify(told.database, audited)) == []
    assert audited.told_since == 1
    assert audited.tables["account"] > 100 and audited.tables["stand_in"] == audited.tables["token"] == 1
    assert audited.tables["schema"] > 50


def test_no_entry_holds_a_secret(told: Town) -> None:
    told.registry.accounts.change(ADMIN, "fgw", chat="https://oapi.dingtalk.com/robot/send?access_token=" + "a" * 64)
    for event in read_events(told.database, 0):
        assert "access_token" not in f"{event.data}{event.words}" and "argon2" not in f"{event.data}{event.words}"
        assert "0375-1" not in str(event.data) and "fgw@example" not in str(event.data)
