"""SQLite: a record in one file, with one writer at a time."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from operator import itemgetter
from pathlib import Path
from typing import Any

from engine.errors import Conflict, Damaged, NoDatabase, ZgError, os_reason
from engine.record import database
from engine.record.database import BUSY_SECONDS, FILE_MODE, Database, Row
from engine.record.sqlite_errors import NO_TEXT, explained
from engine.record.sqlite_functions import teach

LONGEST_POLL_SECONDS = 0.01
"""Whoever waits for SQLite's lock looks again after a random part of this.

SQLite's own waiting looks ever more rarely, so whoever waits longest has the least luck: of 32 writers some gave up.
"""

_ERRORS = (sqlite3.Error, UnicodeError, OverflowError)
"""What `sqlite3` raises; the others for half of a character, and for a number that is too large."""


class SQLite(Database):
    """A file. WAL with synchronous=FULL: a committed event survives a power cut; readers never wait."""

    _connection: sqlite3.Connection
    _cursor: sqlite3.Cursor

    def __init__(self, path: Path, *, create: bool = False) -> None:
        super().__init__()
        self.path, self._where = path, str(path)
        self.name = self.called = path.name
        teach()
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
            if not str(error).startswith(NO_TEXT):
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
        found = _POSITIONAL.get(sql)
        if found is None:
            names = _VALUE.findall(self.statement(sql))
            in_order = itemgetter(*names) if len(names) > 1 else lambda values: [values[name] for name in names]
            found = _POSITIONAL[sql] = (_VALUE.sub("?", self.statement(sql)), in_order)
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
        """A consistent copy of everything, while others may be writing. Raises OSError where there is no room for it."""
        copy = sqlite3.connect(target)
        try:
            self._connection.backup(copy)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error
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
        # Of a row that is selected SQLite keeps a journal, as if it were the first of many; of one that is given it needs none.
        sql = _GIVEN.sub(r"\1 VALUES (\2)", sql)
        # `+column` has the value of the column and not its type, so that no converter looks at it.
        return _LIST.sub(r"IN (SELECT value FROM json_each(:\1))", _MARK.sub("", sql.replace("{raw}", "+")))

    def _explained(self, error: Exception) -> Exception:
        return explained(error, self._where, is_record=self.is_record)


_PARTS = """SELECT type, tbl_name, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND (name NOT GLOB 'sqlite_*' OR type IN ('trigger', 'view')) ORDER BY type, name"""
"""A table holds its columns and constraints; what SQLite makes for itself has no text, or a name that nobody can give by a
statement."""


_MARK = re.compile(r"\{(lock|share|kept|free|from given|and given)\}")
_POSITIONAL: dict[str, tuple[str, Callable[[Mapping[str, Any]], Sequence[Any]]]] = {}
"""By statement, the same with a mark for each value, and what brings the values into its order."""

_GIVEN = re.compile(r"^(INSERT INTO [^{}]*?) SELECT ([^{}]*) \{from given\}$")
_LIST = re.compile(r"\bIN :([a-z][a-z0-9_]*)")
_VALUE = re.compile(r":([a-z][a-z0-9_]*)")
