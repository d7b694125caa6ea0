"""SQLite: a record in one file, with one writer at a time."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from engine.errors import Busy, Conflict, Damaged, InvalidInput, NoDatabase, Reason, WriteRefused, ZgError, os_reason
from engine.record import database
from engine.record.database import BUSY_SECONDS, FILE_MODE, Database, Row
from engine.rules.proof.chain import CACHE_SIZE, LARGEST_INTEGER, moment, stamp

LONGEST_POLL_SECONDS = 0.01
"""Whoever waits for SQLite's lock looks again after a random part of this.

SQLite's own waiting looks ever more rarely, so whoever waits longest has the least luck: of 32 writers some gave up.
"""

_ERRORS = (sqlite3.Error, UnicodeError, OverflowError)
"""What `sqlite3` raises; the others for half of a character, and for a number that is too large."""

_NO_TEXT = "Could not decode"
"""How the error begins for bytes in a text that are no UTF-8: we never wrote them."""


class SQLite(Database):
    """A file. WAL with synchronous=FULL: a committed event survives a power cut; readers never wait."""

    _connection: sqlite3.Connection
    _cursor: sqlite3.Cursor

    def __init__(self, path: Path, *, create: bool = False) -> None:
        super().__init__()
        self._positional: dict[str, tuple[str, Callable[[Mapping[str, Any]], Sequence[Any]]]] = {}
        self.path, self._where = path, str(path)
        self.name = self.called = path.name
        _teach()
        try:
            if path.is_dir():
                raise ZgError(reason="database-is-folder", path=self._where)
            # SQLite would make a database of an empty file, only by opening it.
            if not create and (not path.exists() or path.stat().st_size == 0):
                raise NoDatabase(path=self._where)
        except OSError as error:
            raise ZgError(reason="database-file", path=self._where, message=os_reason(error)) from error
        try:
            if create and not path.exists():
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE))
            self._open(path, "rwc" if create else "rw", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=0")
            self._file = path.stat()
        except OSError as error:
            raise ZgError(reason="database-file", path=self._where, message=os_reason(error)) from error
        except _ERRORS as error:
            if hasattr(self, "_connection"):
                self._connection.close()
            explained = self._explained(error)
            raise (explained if isinstance(explained, ZgError) else Damaged(detail=str(error))) from error

    def _open(self, path: Path, mode: str, *pragmas: str) -> None:
        """Opens the file; where it may only be read, for reading. Raises ZgError, and what `sqlite3` raises."""
        try:
            self._connect(path, f"mode={mode}", *pragmas)
            return
        except sqlite3.OperationalError as error:
            if mode == "rwc" or getattr(error, "sqlite_errorcode", 0) & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            refused = error
        file = path.resolve()  # a log lies beside the file, not beside a link to it
        log = file.with_name(file.name + "-wal")
        written = log.exists() and log.stat().st_size > 0
        # Where SQLite cannot make the index of the log beside the file, it reads a file that nobody changes – and not what lies in the log.
        for parameters in ("mode=ro",) if written else ("mode=ro", "mode=ro&immutable=1"):
            with suppress(sqlite3.OperationalError):
                self._connect(path, parameters, "busy_timeout=0", "schema_version")
                return
        if written:
            raise ZgError(reason="database-log", path=str(log))
        raise refused

    def _connect(self, path: Path, parameters: str, *pragmas: str) -> None:
        if hasattr(self, "_connection"):
            self._connection.close()
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{parameters}", uri=True, isolation_level=None, timeout=BUSY_SECONDS,
            detect_types=sqlite3.PARSE_DECLTYPES, cached_statements=256,
            check_same_thread=False,  # a server hands a connection from one thread to the next, one at a time
        )
        self._cursor = self._connection.cursor()
        for pragma in pragmas:
            self._cursor.execute(f"PRAGMA {pragma}").fetchall()

    def rows(self, sql: str, /, **values: Any) -> list[Row]:
        try:
            return self._patiently(self.statement(sql), values).fetchall()
        except _ERRORS as error:
            raise self._explained(error) from error

    def pieces(self, sql: str, /, **values: Any) -> Iterator[list[Row]]:
        read = 0
        try:
            cursor = self._connection.execute(self.statement(sql), values)
            while piece := cursor.fetchmany(database.PIECE):
                read += len(piece)
                yield piece
        except _ERRORS as error:
            if not str(error).startswith(_NO_TEXT):
                raise self._explained(error) from error
            yield from self._damaged_pieces(sql, values, read)

    def _damaged_pieces(self, sql: str, values: Mapping[str, Any], read: int) -> Iterator[list[Row]]:
        """The rest of the rows, what is no text any more as lone surrogates: the audit names it, where everything else gives up."""
        try:
            cursor = self._connection.execute(self.statement(sql), values)
            while piece := self._decoded(cursor):
                if len(piece) > read:
                    yield piece[read:]
                read = max(0, read - len(piece))
        except _ERRORS as error:
            raise self._explained(error) from error

    def _decoded(self, cursor: sqlite3.Cursor) -> list[Row]:
        """The next rows, decoded whatever they hold; other statements that are being read know nothing of it."""
        self._connection.text_factory = lambda text: text.decode(errors="surrogateescape")
        try:
            return cursor.fetchmany(database.PIECE)
        finally:
            self._connection.text_factory = str

    def reads(self, *statements: tuple[str, Mapping[str, Any]]) -> list[list[Row]]:
        return [self.rows(sql, **values) for sql, values in statements]

    def run(self, sql: str, /, expect: int | None = None, **values: Any) -> None:
        self._must_write()
        statement, in_order = self._by_position(sql)
        try:
            self._cursor.execute(statement, in_order(values))
        except _ERRORS as error:
            raise self._explained(error) from error
        if expect is not None and self._cursor.rowcount != expect:
            raise Conflict

    def run_many(self, sql: str, many: Sequence[Mapping[str, Any]], /, expect: int | None = None) -> None:
        self._must_write()
        if not many:
            return
        statement, in_order = self._by_position(sql)
        try:
            self._cursor.executemany(statement, map(in_order, many))
        except _ERRORS as error:
            raise self._explained(error) from error
        if expect is not None and self._cursor.rowcount != expect * len(many):
            raise Conflict

    def _by_position(self, sql: str) -> tuple[str, Callable[[Mapping[str, Any]], Sequence[Any]]]:
        """The statement with a mark for each value, and what brings the values into its order.

        The driver looks for each name from the first one on: of a row of eighty columns that takes as long as writing the row.
        """
        found = self._positional.get(sql)
        if found is None:
            names = _VALUE.findall(self.statement(sql))
            in_order = itemgetter(*names) if len(names) > 1 else lambda values: [values[name] for name in names]
            found = self._positional[sql] = (_VALUE.sub("?", self.statement(sql)), in_order)
        return found

    def commit(self) -> None:
        self._must_write()
        self._cursor.execute(self._end)
        self._ended = True

    @contextmanager
    def _transaction(self, end: str) -> Iterator[SQLite]:
        self._begins()
        kept = False
        try:
            self._end = end
            self._patiently("BEGIN IMMEDIATE")  # a plain BEGIN reads first, and then fails under other writers however long it waits
            kept = end == "COMMIT"
            yield self
            if not self._ended:
                self.commit()
        except BaseException as error:
            kept &= not self._connection.in_transaction  # an interruption may come right after the commit
            if self._connection.in_transaction:
                self._cursor.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                kept &= self._ended
                raise self._explained(error) from error
            raise
        finally:
            self.kept += kept
            self.writing = False

    def _patiently(self, sql: str, values: Mapping[str, Any] | tuple[()] = ()) -> sqlite3.Cursor:
        """The statement, as soon as whoever holds the file lets go of it."""
        until: float | None = None
        while True:
            try:
                return self._cursor.execute(sql, values)
            except sqlite3.OperationalError as error:
                busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or (until is not None and time.monotonic() > until):
                    raise
                until = until or time.monotonic() + BUSY_SECONDS
            import random  # two milliseconds, for whoever waits anyway: a reading command seldom does

            time.sleep(random.uniform(0, LONGEST_POLL_SECONDS))  # noqa: S311 – luck, no secret

    @contextmanager
    def snapshot(self) -> Iterator[SQLite]:
        self._cursor.execute("BEGIN")
        try:
            yield self
        finally:
            if self._connection.in_transaction:  # SQLite ends it by itself where the file is damaged
                self._cursor.execute("ROLLBACK")

    def parts(self) -> list[Row]:
        return [(*part, " ".join(text.split())) for *part, text in self.rows(_PARTS)]

    def number_on(self, table: str) -> None:
        self._must_write()  # the next rowid follows the highest by itself

    def settle(self, table: str) -> None:
        self._must_write()  # BEGIN IMMEDIATE: there is no other writer

    def copy_into(self, target: Path) -> None:
        """A consistent copy of everything, while others may be writing."""
        copy = sqlite3.connect(target)
        try:
            self._connection.backup(copy)
        except sqlite3.Error as error:
            raise self._explained(error) from error
        finally:
            copy.close()

    def drop(self, kind: str, name: str) -> None:
        """Drops a trigger, a view or an index, whatever its name is."""
        quoted = name.replace('"', '""')
        try:
            self._cursor.execute(f'DROP {kind} "{quoted}"')
        except _ERRORS as error:
            raise self._explained(error) from error

    def is_there(self) -> bool:
        try:
            return os.path.samestat(Path(self._where).stat(), self._file)
        except OSError:
            return False

    def close(self) -> None:
        self._connection.close()

    def _translate(self, sql: str) -> str:
        # `+column` has the value of the column and not its type, so that no converter looks at it.
        return _LIST.sub(r"IN (SELECT value FROM json_each(:\1))", _MARK.sub("", sql.replace("{raw}", "+")))

    def _explained(self, error: Exception) -> Exception:
        """The error as people need it; what only a bug can cause stays as it is."""
        text = str(error)
        if isinstance(error, UnicodeEncodeError | OverflowError):
            return InvalidInput(reason="not-storable")
        code = getattr(error, "sqlite_errorcode", None) or 0
        if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID):
            return Conflict(detail=text)
        primary = code & 0xFF
        if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return Busy(path=self._where)
        if text.startswith("no such table"):
            return Damaged(detail=text) if self.is_record else NoDatabase(path=self._where)
        if text.startswith(_NO_TEXT) or isinstance(error, UnicodeDecodeError):  # bytes that we never wrote
            return ZgError(reason="database-text", path=self._where)
        if primary == sqlite3.SQLITE_READONLY:
            return WriteRefused(reason="database-file", path=self._where, message=_why(primary, text))
        if primary in (
            sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_TOOBIG,
        ):
            return ZgError(reason="database-file", path=self._where, message=_why(primary, text))
        # Every statement is tested against the schema, and nothing refers to what was not there: another hand did it, or a stray page.
        if text.startswith("no such column") or code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY or (
            isinstance(error, sqlite3.OperationalError) and not code
        ):
            return Damaged(detail=text)
        return error


def _why(code: int, text: str) -> Reason:
    """What SQLite's error means; its own text where we have none."""
    return Reason({
        sqlite3.SQLITE_FULL: "system-full", sqlite3.SQLITE_READONLY: "system-read-only", sqlite3.SQLITE_PERM: "system-denied",
        sqlite3.SQLITE_NOTADB: "sqlite-none", sqlite3.SQLITE_CORRUPT: "sqlite-damaged", sqlite3.SQLITE_CANTOPEN: "sqlite-unopened",
    }.get(code, "sqlite-other"), {"message": text})


_PARTS = """SELECT type, tbl_name, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND (name NOT GLOB 'sqlite_*' OR type IN ('trigger', 'view')) ORDER BY type, name"""
"""A table holds its columns and constraints; what SQLite makes for itself has no text, or a name that nobody can give by a
statement."""

_LOOSE_PARTS = """SELECT type, name FROM sqlite_master
WHERE type IN ('trigger', 'view', 'index') AND sql IS NOT NULL ORDER BY type, name"""

_MARK = re.compile(r"\{(lock|share|kept|free|from given|and given)\}")
_LIST = re.compile(r"\bIN :([a-z][a-z0-9_]*)")
_VALUE = re.compile(r":([a-z][a-z0-9_]*)")


def _teach() -> None:
    """How SQLite holds what it has no type for: moments and days as text, lists as JSON, truth as 0 and 1."""
    @lru_cache(maxsize=CACHE_SIZE)  # a row has a dozen, and the rows of a batch share theirs
    def read_moment(text: bytes) -> datetime | str:
        """A damaged time stays text, even if it could be guessed, so that the audit can name it instead of falling over it."""
        try:
            return moment(text.decode()) if text.translate(None, b"0123456789") == b"--T::.Z" and len(text) == 27 else text.decode()
        except ValueError:
            return text.decode(errors="replace")

    def listed(values: Sequence[object]) -> str:
        """Numbers too large for a database are told as where they stand alone."""
        if any(isinstance(value, int) and abs(value) >= LARGEST_INTEGER for value in values):
            raise OverflowError(f"a number beyond {LARGEST_INTEGER}")
        return json.dumps(values, ensure_ascii=False)  # the encoder of events would be loaded by reading commands too

    def read_day(text: bytes) -> date | str:
        try:
            return date.fromisoformat(text.decode())
        except ValueError:
            return text.decode(errors="replace")

    sqlite3.register_adapter(datetime, stamp)
    sqlite3.register_adapter(date, date.isoformat)
    sqlite3.register_adapter(list, listed)
    sqlite3.register_adapter(tuple, listed)
    sqlite3.register_converter("UTCTEXT", read_moment)
    sqlite3.register_converter("DAYTEXT", read_day)
    sqlite3.register_converter("BOOLEAN", b"1".__eq__)


def copy_file(record: Database, target: Path) -> None:
    """A consistent copy of a SQLite database that others may be writing, for nobody else to read."""
    if not isinstance(record, SQLite):
        raise TypeError("only a file can be copied")
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))
    record.copy_into(target)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def remove_parts(file: Path, unwanted: Callable[[str, str], bool]) -> list[str]:
    """Removes the triggers, views and indexes of a database that are unwanted, by kind and name, and returns what went. Nothing else of it
    is read. Raises ZgError, ValueError.
    """
    record = SQLite(file)
    try:
        gone = [(kind, name) for kind, name in record.rows(_LOOSE_PARTS) if unwanted(kind, name)]
        for kind, name in gone:
            record.drop(kind, name)
        return [f"{kind} {name}" for kind, name in gone]
    finally:
        record.close()
