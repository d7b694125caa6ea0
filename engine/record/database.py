"""A connection to the record, and the only place that knows which database it is.

Parameter style, begin, row lock, lists, times, pipelines, what is a Conflict and what is Busy: they differ here and nowhere else.
Statements are plain SQL that both databases read: `:name` for a value, `IN :names` for a list, `{lock}` for the row lock, `{free}`
for the lock of those rows that nobody holds.
"""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import Busy, Conflict, InvalidInput, NoDatabase, OutcomeUnknown, UsageError, ZgError

if TYPE_CHECKING:
    from psycopg import Connection, Cursor

Row = tuple[Any, ...]

FOLDER_MODE, FILE_MODE = 0o700, 0o600
"""Whoever may read the file may say who they are: it is the owner's alone, until its owner lets others in. WAL files follow it."""

BUSY_SECONDS: float = 15
"""How long a writer waits for another before it gives up as Busy."""

LONGEST_POLL_SECONDS = 0.01
"""A writer that waits for SQLite's lock looks again after a random part of this.

SQLite's own waiting looks ever more rarely, so whoever waits longest has the least luck: of 32 writers some gave up.
"""

ANSWER_SECONDS = 5
"""How long a server may take to answer before it counts as unreachable."""

PATIENCE_SECONDS: float = 10
"""How long we ask a server that comes back whether it kept a commit whose answer was lost."""


class Database(ABC):
    """One connection. Reads at any time; `write()` is the only way to change anything. Times come back as aware UTC datetimes.

    Every method raises Busy (locked, unreachable), NoDatabase (no Zhenggai tables), Conflict (a UNIQUE says no), or ZgError.
    """

    path: Path | None = None
    """The file, where the database is one."""

    name: str
    """What tells this database from others, fit for the name of a folder."""

    def __init__(self) -> None:
        self._statements: dict[str, str] = {}
        self.writing = False
        self._witness: tuple[str, Mapping[str, Any]] | None = None

    @abstractmethod
    def rows(self, sql: str, /, **values: Any) -> list[Row]:
        """Every row."""

    @abstractmethod
    def reads(self, *statements: tuple[str, Mapping[str, Any]]) -> list[list[Row]]:
        """Several statements at once: on PostgreSQL one round trip for all of them."""

    @abstractmethod
    def run(self, sql: str, /, expect: int | None = None, **values: Any) -> None:
        """A write, inside `write()`. With `expect`, another number of rows is a Conflict and the transaction comes to nothing."""

    @abstractmethod
    def run_many(self, sql: str, many: Sequence[Mapping[str, Any]], /, expect: int | None = None) -> None:
        """The same write with many values; `expect` is the number of rows of all of them together."""

    @abstractmethod
    def write(self) -> AbstractContextManager[Any]:
        """One transaction as a context: commits, or rolls back and raises. It does not nest."""

    @abstractmethod
    def rehearse(self) -> AbstractContextManager[Any]:
        """The same transaction, rolled back at its end: what `--dry-run` needs. Conflicts are raised as `write()` raises them."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[Any]:
        """A context in which every read sees the database as it was at its start; for the audit and exports."""

    @abstractmethod
    def settle(self, table: str) -> None:
        """Waits, inside `write()`, until nobody else is adding rows: every id up to the highest one is then final."""

    def witness(self, sql: str, /, **values: Any) -> None:
        """Inside `write()`: a statement that finds a row only if this transaction is kept. Asked where the answer to a COMMIT is lost."""
        self._witness = (sql, values)

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _translate(self, sql: str) -> str: ...

    def row(self, sql: str, /, **values: Any) -> Row | None:
        """The first row, or None."""
        found = self.rows(sql, **values)
        return found[0] if found else None

    def statement(self, sql: str) -> str:
        """The statement as this database's driver reads it."""
        known = self._statements.get(sql)
        if known is None:
            known = self._statements[sql] = self._translate(sql)
        return known

    def _must_write(self) -> None:
        if not self.writing:
            raise RuntimeError("a write outside write()")

    def _begins(self) -> None:
        if self.writing:
            raise RuntimeError("write() does not nest")
        self.writing, self._witness = True, None


class SQLite(Database):
    """A file. WAL with synchronous=FULL: a committed event survives a power cut; readers never wait."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        import sqlite3

        super().__init__()
        self._sqlite3 = sqlite3
        self._errors = (sqlite3.Error, UnicodeError, OverflowError)
        self.path, self._where = path, str(path)
        self._patience = f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}"
        self.name = path.name
        self._auditing = False
        _teach(sqlite3)
        try:
            if path.is_dir():
                raise ZgError(f"{path} is a folder, not a database", path=self._where)
            # SQLite would make a database of an empty file, only by opening it.
            if not create and (not path.exists() or path.stat().st_size == 0):
                raise NoDatabase(path=self._where)
        except OSError as error:
            raise ZgError(f"{path}: {error.strerror}", path=self._where) from error
        try:
            if create and not path.exists():
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE))
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}", uri=True, isolation_level=None,
                timeout=BUSY_SECONDS, detect_types=sqlite3.PARSE_DECLTYPES, cached_statements=256,
            )
            self._cursor = self._connection.cursor()
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                self._cursor.execute(f"PRAGMA {pragma}").fetchall()
        except OSError as error:
            raise ZgError(f"{path}: {error.strerror}", path=self._where) from error
        except sqlite3.Error as error:
            if hasattr(self, "_connection"):
                self._connection.close()
            raise self._explained(error) from error

    def rows(self, sql: str, /, **values: Any) -> list[Row]:
        try:
            return self._cursor.execute(self.statement(sql), values).fetchall()
        except self._errors as error:
            if self._auditing and str(error).startswith("Could not decode to UTF-8"):
                return self._damaged_rows(sql, values)
            raise self._explained(error) from error

    def _damaged_rows(self, sql: str, values: Mapping[str, Any]) -> list[Row]:
        """The rows with what is no text any more as lone surrogates: the audit names it, where everything else gives up."""
        self._connection.text_factory = lambda text: text.decode(errors="surrogateescape")
        try:
            return self._connection.execute(self.statement(sql), values).fetchall()
        finally:
            self._connection.text_factory = str

    def reads(self, *statements: tuple[str, Mapping[str, Any]]) -> list[list[Row]]:
        return [self.rows(sql, **values) for sql, values in statements]

    def run(self, sql: str, /, expect: int | None = None, **values: Any) -> None:
        self._must_write()
        try:
            self._cursor.execute(self.statement(sql), values)
        except self._errors as error:
            raise self._explained(error) from error
        if expect is not None and self._cursor.rowcount != expect:
            raise Conflict

    def run_many(self, sql: str, many: Sequence[Mapping[str, Any]], /, expect: int | None = None) -> None:
        self._must_write()
        if not many:
            return
        try:
            self._cursor.executemany(self.statement(sql), many)
        except self._errors as error:
            raise self._explained(error) from error
        if expect is not None and self._cursor.rowcount != expect:
            raise Conflict

    def write(self) -> AbstractContextManager[Any]:
        return self._transaction("COMMIT")

    def rehearse(self) -> AbstractContextManager[Any]:
        return self._transaction("ROLLBACK")

    @contextmanager
    def _transaction(self, end: str) -> Iterator[SQLite]:
        self._begins()
        try:
            self._take_lock()
            yield self
            self._cursor.execute(end)
        except BaseException as error:
            if self._connection.in_transaction:
                self._cursor.execute("ROLLBACK")
            if isinstance(error, self._sqlite3.Error):
                raise self._explained(error) from error
            raise
        finally:
            self.writing = False

    def _take_lock(self) -> None:
        """A plain BEGIN reads first and then fails at once under other writers, whatever the timeout."""
        import random
        import time

        until = time.monotonic() + BUSY_SECONDS
        self._cursor.execute("PRAGMA busy_timeout=0").fetchall()
        try:
            while True:
                try:
                    self._cursor.execute("BEGIN IMMEDIATE")
                    return
                except self._sqlite3.OperationalError as error:
                    if (error.sqlite_errorcode & 0xFF) != self._sqlite3.SQLITE_BUSY or time.monotonic() > until:
                        raise
                time.sleep(random.uniform(0, LONGEST_POLL_SECONDS))  # noqa: S311 – luck, no secret
        finally:
            self._cursor.execute(self._patience).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[SQLite]:
        self._cursor.execute("BEGIN")
        self._auditing = True
        try:
            yield self
        finally:
            self._auditing = False
            if self._connection.in_transaction:  # SQLite ends it by itself where the file is damaged
                self._cursor.execute("ROLLBACK")

    def settle(self, table: str) -> None:
        self._must_write()  # BEGIN IMMEDIATE: there is no other writer

    def copy_into(self, target: Path) -> None:
        """A consistent copy of everything, while others may be writing."""
        copy = self._sqlite3.connect(target)
        try:
            self._connection.backup(copy)
        except self._sqlite3.Error as error:
            raise self._explained(error) from error
        finally:
            copy.close()

    def close(self) -> None:
        self._connection.close()

    def _translate(self, sql: str) -> str:
        return _LIST.sub(r"IN (SELECT value FROM json_each(:\1))", sql).replace("{lock}", "").replace("{free}", "")

    def _explained(self, error: Exception) -> Exception:
        """The error as people need it; what only a bug can cause stays as it is."""
        sqlite3 = self._sqlite3
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
            return NoDatabase(path=self._where)
        if text.startswith("Could not decode") or isinstance(error, UnicodeDecodeError):  # bytes that we never wrote
            return ZgError(f"{self._where}: damaged text", path=self._where)
        if primary in (
            sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM,
        ):
            return ZgError(f"{self._where}: {text}", path=self._where, detail=text)
        return error


class PostgreSQL(Database):
    """A server. A transaction costs a round trip for each read and one for all its writes with the commit.

    A line that broke is made anew for the next thing that is done, so that a process that lives long survives its server; but a write
    that follows on reads of the old line is Busy: another server may have taken over that never saw what was read.
    """

    def __init__(self, url: str) -> None:
        import psycopg

        super().__init__()
        self._psycopg = psycopg
        self._errors = (psycopg.Error, UnicodeEncodeError)
        self._url = url
        self._held = False
        self._connection = self._dial()
        info = self._connection.info
        self.name = re.sub(r"[^A-Za-z0-9._-]", "_", f"{info.host}-{info.port}-{info.dbname}")

    def _dial(self) -> Connection[Row]:
        psycopg, url = self._psycopg, self._url
        if re.match(r"[^/]*//[^/?]*@[^/?]*@", url):  # libpq would take half of the password for a host, and name it
            raise UsageError("an @ inside a password is written %40", url=hidden(url))
        try:
            line: Connection[Row] = psycopg.connect(
                url, autocommit=True, connect_timeout=ANSWER_SECONDS,
                options=f"-c timezone=UTC -c lock_timeout={BUSY_SECONDS * 1000:.0f}",
            )
            return line
        except psycopg.ProgrammingError:  # its text holds the address, password and all
            raise UsageError("the address of the database cannot be read", url=hidden(url)) from None
        except psycopg.Error as error:
            # libpq gives no code here, only text. A server that may come up is worth another try, another name is not.
            if re.search(r"invalid (port number|\w+ value)|Servname not supported", str(error)):
                raise UsageError("the address of the database cannot be read", url=hidden(url)) from error
            if re.search(r'database ".*" does not exist', str(error)):
                raise NoDatabase(url=hidden(url)) from error
            if "authentication failed" in str(error) or "no password supplied" in str(error):
                raise ZgError("the database does not accept this user or password", url=hidden(url)) from error
            raise Busy("the database cannot be reached", url=hidden(url)) from error

    def rows(self, sql: str, /, **values: Any) -> list[Row]:
        try:
            return self._live().execute(self.statement(sql), values).fetchall()
        except self._errors as error:
            raise self._explained(error) from error

    def reads(self, *statements: tuple[str, Mapping[str, Any]]) -> list[list[Row]]:
        try:
            with (connection := self._live()).pipeline():
                cursors = [connection.execute(self.statement(sql), values) for sql, values in statements]
                return [cursor.fetchall() for cursor in cursors]
        except self._errors as error:
            raise self._explained(error) from error

    def run(self, sql: str, /, expect: int | None = None, **values: Any) -> None:
        self._must_write()
        try:
            self._connection.execute(self.statement(sql if expect is None else _counted(sql, expect)), values)
        except self._errors as error:
            raise self._explained(error) from error

    def run_many(self, sql: str, many: Sequence[Mapping[str, Any]], /, expect: int | None = None) -> None:
        self._must_write()
        if not many:
            return
        try:
            with self._connection.cursor() as cursor:
                cursor.executemany(self.statement(sql), many)
                if expect is not None:
                    self._pipeline.sync()  # many rows pay for one more round trip; COMMIT has not been sent yet
                    if cursor.rowcount != expect:
                        raise Conflict
        except self._errors as error:
            raise self._explained(error) from error

    def write(self) -> AbstractContextManager[Any]:
        return self._transaction("COMMIT")

    def rehearse(self) -> AbstractContextManager[Any]:
        return self._transaction("ROLLBACK")

    @contextmanager
    def _transaction(self, end: str) -> Iterator[PostgreSQL]:
        connection = self._connection
        if connection.closed:
            self._connection = self._dial()
            raise Busy("the line broke")
        self._begins()
        ending = False
        try:
            # Statements wait for the next read or the end. After an error the server skips the rest, COMMIT too.
            with connection.pipeline() as self._pipeline:
                connection.execute("BEGIN")
                number = connection.execute("SELECT pg_current_xact_id()::text") if end == "COMMIT" else None
                yield self
                ending = number is not None
                connection.execute(end)
        except BaseException as error:
            self._roll_back()
            if ending and number is not None and connection.closed:
                if self._was_kept(number):
                    return
                raise Busy(detail=type(error).__name__) from error
            if isinstance(error, self._psycopg.Error):
                raise self._explained(error) from error
            raise
        finally:
            self.writing = False

    def _was_kept(self, number: Cursor[Row]) -> bool:
        """Whether a transaction was kept whose last answer never came. Raises OutcomeUnknown where nobody can say.

        The server says whether it still works on it; whether it was kept is read from what it wrote: after a crash, or on a standby that
        took over, the number may belong to another transaction.
        """
        import time

        witness, until = self._witness, time.monotonic() + PATIENCE_SECONDS
        with suppress(self._psycopg.Error):
            (transaction,) = number.fetchone() or (None,)
            while witness is not None and time.monotonic() < until:
                with suppress(Busy, self._psycopg.OperationalError):
                    self._connection = self._dial()
                    if not self._works_on(transaction):
                        return self._connection.execute(self.statement(witness[0]), witness[1]).fetchone() is not None
                time.sleep(PATIENCE_SECONDS / 50)
        raise OutcomeUnknown

    def _works_on(self, transaction: str | None) -> bool:
        try:
            return self._connection.execute("SELECT pg_xact_status(%s::xid8)", (transaction,)).fetchone() == ("in progress",)
        except self._psycopg.DataError:  # a number that was not given yet: a crash took the transaction with it
            return False

    @contextmanager
    def snapshot(self) -> Iterator[PostgreSQL]:
        self._live().execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._held = True
        try:
            yield self
        finally:
            self._held = False
            self._roll_back()

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
        status = self._psycopg.pq.TransactionStatus
        if self._connection.info.transaction_status in (status.INTRANS, status.INERROR):
            self._connection.execute("ROLLBACK")

    def _translate(self, sql: str) -> str:
        sql = sql.replace("%", "%%").replace("{lock}", "FOR UPDATE").replace("{free}", "FOR UPDATE SKIP LOCKED")
        sql = _ABSENT.sub(r"<> ALL(%(\1)s)", sql)
        sql = _LIST.sub(r"= ANY(%(\1)s)", sql)
        return _VALUE.sub(r"%(\1)s", sql)

    def _explained(self, error: Exception) -> Exception:
        """The error as people need it; what only a bug can cause stays as it is."""
        errors = self._psycopg.errors
        if isinstance(error, UnicodeEncodeError | self._psycopg.DataError) and not isinstance(error, errors.DivisionByZero):
            return InvalidInput(reason="not-storable")
        if isinstance(error, errors.UniqueViolation | errors.DivisionByZero):
            return Conflict(detail=type(error).__name__)
        if isinstance(error, errors.UndefinedTable):
            return NoDatabase()
        if isinstance(error, errors.InsufficientPrivilege | errors.ReadOnlySqlTransaction | errors.DiskFull):
            return ZgError(f"the database refuses: {error}")
        # Locks, deadlocks, serialization, a server that shuts down, a line that breaks: all of them pass.
        if isinstance(error, self._psycopg.OperationalError):
            return Busy(detail=type(error).__name__)
        return error


_VALUE = re.compile(r"(?<!:):([a-z][a-z0-9_]*)")
_LIST = re.compile(r"\bIN :([a-z][a-z0-9_]*)")
_ABSENT = re.compile(r"\bNOT IN :([a-z][a-z0-9_]*)")


def _counted(sql: str, expect: int) -> str:
    """The write, failing inside the server unless it hits that many rows, so that the COMMIT behind it comes to nothing.

    Asking for the count would cost a round trip before every commit; a division by zero costs nothing.
    """
    return f"WITH hit AS ({sql} RETURNING 1) SELECT 1 / (CASE WHEN count(*) = {expect:d} THEN 1 ELSE 0 END) FROM hit"  # noqa: S608


def _teach(sqlite3: Any) -> None:
    """How SQLite holds what it has no type for: moments and days as text, lists as JSON, truth as 0 and 1."""
    from datetime import date, datetime

    from engine.rules.chain import REMEMBERED, canonical, moment, stamp

    @lru_cache(maxsize=REMEMBERED)  # a row has a dozen, and the rows of a batch share theirs
    def read_moment(text: bytes) -> datetime | str:
        """A damaged time stays text, even if it could be guessed, so that the audit can name it instead of falling over it."""
        try:
            return moment(text.decode()) if text.translate(None, b"0123456789") == b"--T::.Z" and len(text) == 27 else text.decode()
        except ValueError:
            return text.decode(errors="replace")

    def read_day(text: bytes) -> date | str:
        try:
            return date.fromisoformat(text.decode())
        except ValueError:
            return text.decode(errors="replace")

    sqlite3.register_adapter(datetime, stamp)
    sqlite3.register_adapter(date, date.isoformat)
    sqlite3.register_adapter(list, canonical)
    sqlite3.register_adapter(tuple, canonical)
    sqlite3.register_converter("UTCTEXT", read_moment)
    sqlite3.register_converter("DAYTEXT", read_day)
    sqlite3.register_converter("BOOLEAN", lambda text: text == b"1")


def connect(url: str, *, create: bool = False) -> Database:
    """Opens `sqlite:///relative.db`, `sqlite:////absolute.db`, a plain path, or `postgresql://…`.

    A SQLite file is made only with `create`; a PostgreSQL database must exist. Raises NoDatabase, Busy, UsageError, ZgError.
    """
    return PostgreSQL(server_url(url)) if is_server(url) else SQLite(file_path(url), create=create)


def is_server(url: str) -> bool:
    """Whether the address is PostgreSQL's. Raises UsageError for a database we do not know."""
    scheme, found, _ = url.partition("://")
    if not found or scheme == "sqlite":
        return False
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return True
    raise UsageError(f"{scheme}: is not a database we know; sqlite: and postgresql: are", url=hidden(url))


def file_path(url: str) -> Path:
    """The file of a `sqlite:` address or plain path. Raises UsageError where none is named."""
    path = url.removeprefix("sqlite://").removeprefix("/") if url.startswith("sqlite://") else url
    if not path:
        raise UsageError("no database file is named", url=url)
    return Path(path).expanduser()


def server_url(url: str) -> str:
    """The address as libpq reads it."""
    return "postgresql://" + url.partition("://")[2]


def hidden(url: str) -> str:
    """The address without its password."""
    return re.sub(r"([?&](?:ssl)?password=)[^&]*", r"\1***", re.sub(r"(://[^:/@]*):.*@", r"\1:***@", url))
