"""Which schema a database has, and making or upgrading it. Alembic and SQLAlchemy load only when something is made."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import Damaged, NoDatabase, NotPossible, WrongSchema, ZgError, os_reason
from engine.record import queries
from engine.record.address import file_path, hidden, is_server, server_url
from engine.record.connection import connect
from engine.record.database import BUSY_SECONDS, FOLDER_MODE, Database
from engine.record.sqlite_files import copy_file

if TYPE_CHECKING:
    from sqlalchemy import Engine

SCHEMA = "0001e"
"""The newest migration: the schema this program reads and writes."""

FIRST = "0001e"
"""The first schema that was released. What came before it (0001, 0001b, 0001d) was edited in place: no program can tell what such a record
holds.
"""

MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = (MIGRATIONS / "versions",)
"""Where the migrations lie."""

REVISION = "SELECT version_num FROM alembic_version"
"""Which schema a record says it has."""

_ANY_TABLE = {
    False: "SELECT name FROM sqlite_master WHERE type = 'table' LIMIT 1",
    True: "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LIMIT 1",
}
_THE_TABLE = {
    False: "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'",
    True: "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'alembic_version'",
}
_REMOVE_ALL = """DO $$ BEGIN
EXECUTE (SELECT coalesce('DROP TABLE ' || string_agg(quote_ident(tablename), ', ') || ' CASCADE', 'SELECT 1')
FROM pg_tables WHERE schemaname = current_schema());
END $$"""
UPGRADING = "upgrading"
"""The setting that holds which schema a record had, from when its tables are changed until an entry says so: whoever is killed between the
two leaves it.
"""

_SAY_UPGRADING = "INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING"
_UPGRADE_LOCK = 7_906_101
"""Any number: it is the advisory lock that keeps two upgrades of one PostgreSQL database apart."""


def revision(db: Database) -> str:
    """The schema the database has. Raises NoDatabase where it has none, Damaged for a record that does not say."""
    found = _said(db)
    if found is None:
        raise Damaged(reason="schema-unsaid")
    return found


def _said(db: Database) -> str | None:
    """The schema that the database says it has; None for a record that says none any more. Raises NoDatabase where there is none."""
    try:
        row = db.row(REVISION)
    except NoDatabase:
        if not _holds_events(db):
            raise
        return None
    if row is None and not _holds_events(db):
        raise NoDatabase
    return None if row is None else str(row[0])


def stated(db: Database) -> list[object]:
    """What the record says of its schema, whatever lies there, for the audit; nothing where even the table of it is gone."""
    if db.row(_THE_TABLE[db.path is None]) is None:
        return []
    return [row[0] for row in db.stored(REVISION)]


def _holds_events(db: Database) -> bool:
    """Whether events of ours lie there."""
    try:
        return db.row(queries.ANYTHING_AT_ALL) is not None
    except NoDatabase:
        return False


def must_be_released(found: str) -> None:
    """Raises WrongSchema for the schema of a record that was made before the first release."""
    if found < FIRST:
        raise WrongSchema(reason="schema-unreleased", found=found, wanted=SCHEMA)


def check_version(db: Database) -> None:
    """Raises NoDatabase, WrongSchema where the database is older or newer than this program, Damaged where it does not say."""
    _must_be_this(revision(db))
    db.is_record = True


def standing(db: Database, names: Sequence[str]) -> dict[str, str]:
    """Some settings, in a record whose version is checked by the same statement. Raises as `check_version` does."""
    try:
        found = {str(name): str(value) for name, value in db.rows(queries.STANDING_SETTINGS, names=list(names))}
    except (NoDatabase, Damaged):
        found = {}
    if found.pop("", None) != SCHEMA:
        check_version(db)  # which says what is wrong
    db.is_record = True
    return found


def check_version_if_said(db: Database) -> None:
    """As `check_version`, but lets pass a record that does not say which schema it has: for the audit, which names that."""
    found = _said(db)
    if found is not None:
        _must_be_this(found)
    db.is_record = True


def _must_be_this(found: str) -> None:
    must_be_released(found)
    if found < SCHEMA:
        raise WrongSchema(reason="schema-older", found=found, wanted=SCHEMA)
    if found > SCHEMA:
        raise WrongSchema(reason="schema-newer", found=found, wanted=SCHEMA)


def revision_of(url: str) -> str:
    """The schema of the database at an address. Raises NoDatabase, Busy."""
    with closing(connect(url)) as db:
        return revision(db)


def exists(url: str) -> bool:
    """Whether there is a Zhenggai database of any schema. Raises Busy, ZgError."""
    try:
        with closing(connect(url)) as db:
            _said(db)
    except NoDatabase:
        return False
    return True


def is_taken(url: str) -> bool:
    """Whether there is anything already: a file, or on a server any table, whoever made it. Raises NoDatabase, Busy."""
    if not is_server(url):
        return os.path.lexists(file_path(url))  # a link that leads nowhere is something too
    with closing(connect(url)) as db:
        return db.row(_ANY_TABLE[True]) is not None


def has_tables(url: str) -> bool:
    """Whether there are tables, whoever made them. A file that is not there, or is empty, has none. Raises NoDatabase (of a server), Busy,
    ZgError (no database file).
    """
    server = is_server(url)
    try:
        with closing(connect(url)) as db:
            return db.row(_ANY_TABLE[server]) is not None
    except NoDatabase:
        if server:
            raise
        return False


def say(url: str, revision: str) -> None:
    """Says of a record without it which schema it has: from then on it is one."""
    with closing(connect(url)) as db, db.write():
        db.run("INSERT INTO alembic_version (version_num) VALUES (:revision)", revision=revision)


def remove_all(url: str) -> None:
    """Removes every table from a server's database: what was being restored there did not take its place."""
    with closing(connect(url)) as db, db.write():
        db.run(_REMOVE_ALL)


def safe(url: str) -> str:
    """The address as it may be shown: without its password."""
    return hidden(url)


def create(url: str) -> None:
    """Makes the tables, and on SQLite the file and its folder. A PostgreSQL database must be there, empty.

    Raises ZgError where there are tables already, whoever made them; nothing is changed then.
    """
    server = is_server(url)
    if not server:
        _make_folder(file_path(url).parent)
    with closing(connect(url, create=True)) as db:
        if db.row(_ANY_TABLE[server]) is not None:
            raise ZgError(reason="tables-there", url=hidden(url))
    _migrate(url)


@dataclass(frozen=True, slots=True)
class Upgraded:
    """From which schema to which, and where the old database was kept (None: nothing was to be done, or it is a server)."""

    old: str
    new: str
    kept: Path | None


def upgrade(url: str, now: datetime) -> Upgraded:
    """Brings an older database to SCHEMA in one transaction, and leaves what it was in the setting UPGRADING; does nothing on one that is
    there.

    A SQLite database is copied first, to a file beside it named with its schema and the time. A server's must have been backed up by
    whoever calls. Raises NoDatabase, WrongSchema (newer), NotPossible (no room for the copy), Busy.
    """
    with closing(connect(url)) as db:
        found = revision(db)
        must_be_released(found)
        if found > SCHEMA:
            check_version(db)
        if found == SCHEMA:
            return Upgraded(found, found, None)
        kept = _keep(db, found, now)
    _migrate(url, found)
    return Upgraded(found, SCHEMA, kept)


def _keep(db: Database, found: str, now: datetime) -> Path | None:
    if db.path is None:
        return None
    kept = db.path.with_name(f"{db.path.name}.schema-{found}.{now:%Y%m%dT%H%M%S.%fZ}")
    try:
        copy_file(db, kept)
    except OSError as error:
        raise NotPossible(reason="file-unusable", path=str(kept), message=os_reason(error)) from error
    return kept


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise ZgError(reason="folder-not-made", path=str(folder), message=os_reason(error)) from error


def _migrate(url: str, found: str | None = None) -> None:
    """Makes or changes the tables; where a record was `found` of an older schema, that is noted in the same transaction."""
    # A reading command asks for the version only, and must not wait for what makes tables.
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import text

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(path).replace("%", "%%") for path in VERSIONS))
    with engine(url) as made, made.begin() as connection:
        if made.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})")
        config.attributes["connection"] = connection
        command.upgrade(config, SCHEMA)
        if found is not None:
            connection.execute(text(_SAY_UPGRADING), {"name": UPGRADING, "value": found})


@contextmanager
def engine(url: str) -> Iterator[Engine]:
    """A SQLAlchemy engine for migrations and their tests only, over the same drivers as everything else."""
    from sqlalchemy import create_engine, event, pool  # as above: only what makes tables waits for it

    if is_server(url):
        import psycopg  # a file does without the server's driver

        def dial() -> Any:
            return psycopg.connect(server_url(url))

        made = create_engine("postgresql+psycopg://", creator=dial, poolclass=pool.NullPool)
    else:
        path = file_path(url)

        def dial() -> Any:
            return sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)

        made = create_engine("sqlite://", creator=dial, poolclass=pool.NullPool)

        # The driver's own transactions leave DDL outside; so it is told to keep out, and we begin.
        @event.listens_for(made, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        yield made
    finally:
        made.dispose()
