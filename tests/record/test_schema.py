from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.errors import NoDatabase, WrongSchema, ZgError
from engine.record import queries, schema
from engine.record.connection import connect
from engine.record.database import Database
from engine.rules.access import ROLES
from engine.rules.ticket import Ticket

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CONSTRAINTS = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = current_schema()::regnamespace AND conrelid <> 'alembic_version'::regclass ORDER BY 1, 2"""
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> 'alembic_version' ORDER BY 1"
SQLITE_TEXTS = "SELECT name, sql FROM sqlite_master WHERE name <> 'alembic_version' AND sql IS NOT NULL ORDER BY name"


def test_the_migrations_lead_to_the_schema_of_the_tables(record_url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from engine.record.tables import Row

    with schema.engine(record_url) as engine, engine.connect() as connection:
        # SQLite has no types of its own to compare; the next test compares its texts.
        context = MigrationContext.configure(connection, opts={"compare_type": engine.dialect.name == "postgresql"})
        found = [change for change in compare_metadata(context, Row.metadata) if "alembic_version" not in str(change)]
    assert found == []


def test_constraints_and_indexes_of_the_migrations_are_those_of_the_tables_to_the_letter(record_url: str, empty_url: str) -> None:
    from engine.record.tables import Row

    if empty_url.startswith("sqlite"):
        Path(empty_url.removeprefix("sqlite:///")).parent.mkdir()
    with schema.engine(empty_url) as engine, engine.begin() as connection:
        Row.metadata.create_all(connection)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT)")
    asked = [SQLITE_TEXTS] if record_url.startswith("sqlite") else [CONSTRAINTS, INDEXES]
    with closing(connect(record_url)) as migrated, closing(connect(empty_url)) as made:
        for question in asked:
            assert [_lines(row) for row in migrated.rows(question)] == [_lines(row) for row in made.rows(question)]


def _lines(row: tuple[str, ...]) -> list[str]:
    """The lines of a definition; constraints may stand in another order."""
    return sorted(line.strip().rstrip(",") for text in row for line in text.splitlines())


def test_the_columns_of_a_ticket_are_its_fields_in_their_order_and_the_head() -> None:
    from engine.record.tables import Row

    assert [column.name for column in Row.metadata.tables["ticket"].columns] == [*Ticket._fields, "head"]


def test_values_of_many_rows_have_the_types_of_their_columns() -> None:
    from sqlalchemy.dialects import postgresql as dialect

    from engine.record.postgresql_statements import kind_of
    from engine.record.tables import Row

    short = {"TIMESTAMP WITH TIME ZONE": "timestamptz", "INTEGER": "bigint"}
    columns = [
        column for table in ("ticket", "event", "notice") for column in Row.metadata.tables[table].columns
        if f":{column.name}" in f"{queries.NOTIFY} {queries.APPEND}" or table == "ticket"
    ]
    kinds = {column.name: str(column.type.compile(dialect.dialect())) for column in columns}
    assert {name: short.get(kind, kind.lower()) for name, kind in kinds.items()} == {name: kind_of(name) for name in kinds}
    assert kind_of("read_version") == kind_of("version")


def test_the_newest_migration_is_the_schema_this_program_reads() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.SCHEMA


def test_a_new_record_has_the_schema_this_program_reads(empty_url: str) -> None:
    assert not schema.exists(empty_url)
    schema.create(empty_url)
    assert schema.exists(empty_url)
    with closing(connect(empty_url)) as db:
        schema.check_version(db)
        assert db.rows("SELECT id FROM ticket") == []


def test_a_record_is_never_made_over_another(record_url: str) -> None:
    with pytest.raises(ZgError, match="tables"):
        schema.create(record_url)


def test_an_upgrade_of_an_upgraded_record_changes_nothing(record_url: str) -> None:
    assert schema.upgrade(record_url, NOW) == schema.Upgraded(schema.SCHEMA, schema.SCHEMA, None)
    assert schema.exists(record_url)


@pytest.mark.parametrize(("found", "word"), [("0001", "unreleased"), ("0001b", "unreleased"), ("0001e", "older"), ("9999", "newer")])
def test_an_older_or_newer_record_is_refused_with_what_to_do(
    database: Database, found: str, word: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(schema, "SCHEMA", "0002")  # as a program of later
    with database.write():
        database.run("UPDATE alembic_version SET version_num = :found", found=found)
    with pytest.raises(WrongSchema, match=word) as caught:
        schema.check_version(database)
    assert caught.value.values == {"reason": f"schema-{word}", "found": found, "wanted": schema.SCHEMA}


def test_a_newer_record_is_not_touched_by_an_upgrade(database: Database, record_url: str) -> None:
    with database.write():
        database.run("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WrongSchema, match="newer"):
        schema.upgrade(record_url, NOW)


def test_a_database_without_our_tables_is_no_record(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        path = Path(empty_url.removeprefix("sqlite:///"))
        path.parent.mkdir()
        path.touch()
    with pytest.raises(NoDatabase), closing(connect(empty_url)) as db:
        schema.check_version(db)
    if empty_url.startswith("sqlite"):
        assert path.stat().st_size == 0, "looking at a file makes no database of it"


def test_the_schema_takes_every_role_there_is_and_no_other() -> None:
    from engine.record.tables import Account

    text = next(str(item.sqltext) for item in Account.__table__.constraints if str(item.name or "").endswith("role_known"))  # type: ignore[attr-defined]
    assert set(re.findall(r"'(\w+)'", text)) == set(ROLES)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ZgError, match="folder"):
        schema.create(f"sqlite:///{tmp_path / 'file' / 'zg.db'}")


def test_an_interrupted_migration_leaves_nothing_behind(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("the power is cut")

    monkeypatch.setattr(op, "create_index", broken)
    with pytest.raises(RuntimeError, match="power"):
        schema.create(empty_url)
    monkeypatch.undo()
    schema.create(empty_url)
    assert schema.exists(empty_url)
