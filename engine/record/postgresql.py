"""PostgreSQL: a record on a server, for any number of writers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import Connection, Cursor
from psycopg.abc import Buffer
from psycopg.types.datetime import DateLoader, TimestamptzLoader

from engine.errors import (
    Busy,
    Conflict,
    Damaged,
    DiskFull,
    InvalidInput,
    NoDatabase,
    OutcomeUnknown,
    UsageError,
    WriteRefused,
    ZgError,
)
from engine.record import database
from engine.record.address import hidden
from engine.record.database import BUSY_SECONDS, Database, Row
from engine.record.postgresql_parts import PARTS
from engine.record.postgresql_statements import counted, given_rows, translated

ANSWER_SECONDS = 5
"""How long a server may take to answer before it counts as unreachable."""

PATIENCE_SECONDS: float = 10
"""How long we ask a server that comes back whether it kept a commit whose answer was lost."""

_ERRORS = (psycopg.Error, UnicodeEncodeError)
"""What psycopg raises; the second for half of a character."""


class PostgreSQL(Database):
    """A server. A transaction costs a round trip for each read and one for all its writes with the commit.

    A line that broke is made anew for the next thing that is done, so that a process that lives long survives its server; but a write
    that follows on reads of the old line is Busy: another server may have taken over that never saw what was read.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._held, self._cursors = False, 0
        self._given: dict[tuple[str, tuple[str, ...], int | None], str] = {}
        self._connection = self._dial()
        info = self._connection.info
        self.called = re.sub(r"[^A-Za-z0-9._-]", "_", info.dbname)
        self.name = re.sub(r"[^A-Za-z0-9._-]", "_", f"{info.host}-{info.port}-{self.called}")

    def _dial(self) -> Connection[Row]:
        url = self._url
        if re.match(r"[^/]*//[^/?]*@[^/?]*@", url):  # libpq would take half of the password for a host, and name it
            raise UsageError(reason="address-at-sign", url=hidden(url))
        try:
            line: Connection[Row] = psycopg.connect(
                url, autocommit=True, connect_timeout=ANSWER_SECONDS,
                options=f"-c timezone=UTC -c lock_timeout={BUSY_SECONDS * 1000:.0f}",
            )
            return line
        except psycopg.ProgrammingError:  # its text holds the address, password and all
            raise UsageError(reason="address-unreadable", url=hidden(url)) from None
        except psycopg.Error as error:
            # libpq gives no code here, only text. A server that may come up is worth another try, another name is not.
            if re.search(r"invalid (port number|\w+ value)|Servname not supported", str(error)):
                raise UsageError(reason="address-unreadable", url=hidden(url)) from error
            if re.search(r'database ".*" does not exist', str(error)):
                raise NoDatabase(url=hidden(url)) from error
            if "authentication failed" in str(error) or "no password supplied" in str(error):
                raise ZgError(reason="database-login", url=hidden(url)) from error
            raise Busy(url=hidden(url)) from error

    def rows(self, sql: str, /, **values: Any) -> list[Row]:
        try:
            return self._live().execute(self.statement(sql), values).fetchall()
        except _ERRORS as error:
            raise self._explained(error) from error

    def pieces(self, sql: str, /, **values: Any) -> Iterator[list[Row]]:
        read, cursor = 0, self._connection.cursor()
        name = self._declared(sql, values)
        try:
            while piece := cursor.execute(f"FETCH {database.PIECE} FROM {name}").fetchall():
                read += len(piece)
                yield piece
            return
        except psycopg.DataError as error:
            if error.sqlstate is not None:
                raise self._explained(error) from error
        except _ERRORS as error:
            raise self._explained(error) from error
        yield from self._damaged_pieces(sql, values, read)

    def _damaged_pieces(self, sql: str, values: Mapping[str, Any], read: int) -> Iterator[list[Row]]:
        """The rest of the rows, moments and days that Python has none for as text: `infinity`, the year 10000, before Christ."""
        cursor = self._connection.cursor()
        cursor.adapters.register_loader("timestamptz", _AnyMoment)
        cursor.adapters.register_loader("date", _AnyDay)
        try:
            name = self._declared(sql, values)
            cursor.execute(f"MOVE {read} IN {name}")
            while piece := cursor.execute(f"FETCH {database.PIECE} FROM {name}").fetchall():
                yield piece
        except _ERRORS as error:
            raise self._explained(error) from error

    def _declared(self, sql: str, values: Mapping[str, Any]) -> str:
        """The name of a new cursor of the server, which ends with the snapshot."""
        self._cursors += 1
        name = f"piece_{self._cursors}"
        self._connection.execute(f"DECLARE {name} NO SCROLL CURSOR FOR {self.statement(sql)}", values)
        return name

    def reads(self, *statements: tuple[str, Mapping[str, Any]]) -> list[list[Row]]:
        try:
            with (connection := self._live()).pipeline():
                cursors = [connection.execute(self.statement(sql), values) for sql, values in statements]
                return [cursor.fetchall() for cursor in cursors]
        except _ERRORS as error:
            raise self._explained(error) from error

    def run(self, sql: str, /, expect: int | None = None, **values: Any) -> None:
        self._must_write()
        try:
            self._connection.execute(self.statement(sql if expect is None else counted(sql, expect)), values)
        except _ERRORS as error:
            raise self._explained(error) from error

    def run_many(self, sql: str, many: Sequence[Mapping[str, Any]], /, expect: int | None = None) -> None:
        self._must_write()
        if not many:
            return
        try:
            if " given}" in sql:
                self._run_given(sql, many, expect)
                return
            with self._connection.cursor() as cursor:
                cursor.executemany(self.statement(sql if expect is None else counted(sql, expect)), many)
        except _ERRORS as error:
            raise self._explained(error) from error

    def _run_given(self, sql: str, many: Sequence[Mapping[str, Any]], expect: int | None) -> None:
        """One statement for all rows, which travel as one JSON text: the server takes half as long as for a statement a row, and we a
        tenth (measured with 1,000 rows).
        """
        from msgspec.json import encode  # a reading command writes no batch

        names = tuple(many[0])
        statement = self._given.get((sql, names, expect))
        if statement is None:
            written = given_rows(sql, names)
            written = written if expect is None else counted(written, f"%(expect)s * {expect:d}")
            statement = self._given[sql, names, expect] = written
        self._connection.execute(statement, {"given": encode(many).decode(), "expect": len(many)})

    def commit(self) -> None:
        self._must_write()
        self._ended = True  # from here on nobody knows whether it was kept, until the answer comes
        self._connection.execute(self._end)

    @contextmanager
    def _transaction(self, end: str) -> Iterator[PostgreSQL]:
        connection = self._connection
        if connection.closed:
            self._connection = self._dial()
            raise Busy
        self._begins()
        self._end, self._number = end, None
        try:
            # Statements wait for the next read or the end. After an error the server skips the rest, COMMIT too.
            with connection.pipeline():
                connection.execute("BEGIN")
                self._number = connection.execute("SELECT pg_current_xact_id()::text") if end == "COMMIT" else None
                yield self
                if not self._ended:
                    self.commit()
            self.kept += end == "COMMIT"
        except BaseException as error:
            self.unsure |= self._ended and end == "COMMIT" and isinstance(error, KeyboardInterrupt)
            self._roll_back()
            if self._ended and self._number is not None and connection.closed:
                if self._was_kept(self._number):
                    self.kept += 1
                    return
                raise Busy(detail=type(error).__name__) from error
            if isinstance(error, psycopg.Error):
                raise self._explained(error) from error
            raise
        finally:
            self.writing = False

    def _was_kept(self, number: Cursor[Row]) -> bool:
        """Whether a transaction was kept whose last answer never came. Raises OutcomeUnknown where nobody can say.

        The server says whether it still works on it; whether it was kept is read from what it wrote: after a crash, or on a standby that
        took over, the number may belong to another transaction.
        """
        witness, until = self._witness, time.monotonic() + PATIENCE_SECONDS
        with suppress(psycopg.Error):
            (transaction,) = number.fetchone() or (None,)
            while witness is not None and time.monotonic() < until:
                self._connection.close()  # the server may not have noticed yet, and be asked more than once
                with suppress(Busy, psycopg.OperationalError):
                    self._connection = self._dial()
                    if not self._works_on(transaction):
                        return self._connection.execute(self.statement(witness[0]), witness[1]).fetchone() is not None
                time.sleep(PATIENCE_SECONDS / 50)
        raise OutcomeUnknown

    def _works_on(self, transaction: str | None) -> bool:
        try:
            return self._connection.execute("SELECT pg_xact_status(%s::xid8)", (transaction,)).fetchone() == ("in progress",)
        except psycopg.DataError:  # a number that was not given yet: a crash took the transaction with it
            return False

    @contextmanager
    def snapshot(self) -> Iterator[PostgreSQL]:
        try:
            self._live().execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        except _ERRORS as error:
            raise self._explained(error) from error
        self._held = True
        try:
            yield self
        finally:
            self._held = False
            self._roll_back()

    def parts(self) -> list[Row]:
        return self.rows(PARTS)

    def number_on(self, table: str) -> None:
        self._must_write()
        self._connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608 – a table of ours

    def settle(self, table: str) -> None:
        self._must_write()
        # Whoever adds rows holds ROW EXCLUSIVE until the end of the transaction; SHARE waits for all of them and holds off new ones.
        self._connection.execute(f"LOCK TABLE {table} IN SHARE MODE")

    def close(self) -> None:
        self._connection.close()

    def _live(self) -> Connection[Row]:
        """The line, made anew if it broke; inside a transaction or a snapshot a new one would be another moment."""
        if self._connection.closed and not self.writing and not self._held:
            self._connection = self._dial()
        return self._connection

    def _roll_back(self) -> None:
        status = psycopg.pq.TransactionStatus
        if self._connection.info.transaction_status in (status.INTRANS, status.INERROR):
            with suppress(psycopg.OperationalError):  # a server that is gone has rolled back
                self._connection.execute("ROLLBACK")

    def _translate(self, sql: str) -> str:
        return translated(sql)

    def _explained(self, error: Exception) -> Exception:
        """The error as people need it; what only a bug can cause stays as it is."""
        errors = psycopg.errors
        if isinstance(error, UnicodeEncodeError | psycopg.DataError) and not isinstance(error, errors.DivisionByZero):
            return InvalidInput(reason="not-storable")
        if isinstance(error, errors.UniqueViolation | errors.DivisionByZero):
            return Conflict(detail=type(error).__name__)
        if isinstance(error, errors.UndefinedTable):
            return Damaged(detail=str(error).partition("\n")[0]) if self.is_record else NoDatabase()
        if isinstance(error, errors.InsufficientPrivilege | errors.ReadOnlySqlTransaction):
            return WriteRefused(reason="database-refuses", message=str(error).strip())
        if isinstance(error, errors.DiskFull):
            return DiskFull(reason="database-refuses", message=str(error).strip())
        # Locks, deadlocks, serialization, a server that shuts down, a line that breaks: all of them pass.
        if isinstance(error, psycopg.OperationalError):
            return Busy(detail=type(error).__name__)
        return error


class _AnyMoment(TimestamptzLoader):
    def load(self, data: Buffer) -> Any:
        try:
            return super().load(data)
        except psycopg.DataError:
            return bytes(data).decode()


class _AnyDay(DateLoader):
    def load(self, data: Buffer) -> Any:
        try:
            return super().load(data)
        except psycopg.DataError:
            return bytes(data).decode()
