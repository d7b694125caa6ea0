"""A connection to the record: what every database can do.

Parameter style, begin, row lock, lists, times, pipelines, what is a Conflict and what is Busy: they differ in `sqlite` and `postgresql`
and nowhere else.
Statements are plain SQL that both databases read: `:name` for a value, `IN :names` for a list, `{lock}` for the row lock, `{share}`
for one that several may hold, `{kept}` for that one without waiting for it, `{free}` for the lock of those rows that nobody holds,
`{from given}` or `{and given}` where a server puts many rows of values into one statement, `{raw}` before a column that is read as it
lies there, whatever the type of the column promises.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

Row = tuple[Any, ...]
T = TypeVar("T")

FOLDER_MODE, FILE_MODE = 0o700, 0o600
"""Whoever may read the file may say who they are: it is the owner's alone, until its owner lets others in. WAL files follow it."""

BUSY_SECONDS: float = 15
"""How long a writer waits for another before it gives up as Busy."""


_REMEMBERED: dict[Callable[..., Any], tuple[bytes, Any]] = {}
"""By function, what it read last, and the hash of the last entry of the administration's log as of then."""

_STATEMENTS: dict[type, dict[str, str]] = {}
"""By kind of database, each statement as its driver reads it: a command reads a dozen, and ends."""

MOST_STATEMENTS = 1_000
"""How many are kept at most: lists make theirs of what is asked for, so there is no end of them."""

PIECE = 1000
"""How many rows of a long answer lie in memory at once."""


class Database(ABC):
    """One connection. Reads at any time; `write()` is the only way to change anything. Times come back as aware UTC datetimes.

    Every method raises Busy (locked, unreachable), NoDatabase (no Zhenggai tables; Damaged in a record), Conflict (a UNIQUE says no), or
    ZgError.
    """

    path: Path | None = None
    """The file, where the database is one."""

    name: str
    """What tells this database from others, fit for the name of a folder; of a server's it ends in `-` and `called`."""

    called: str
    """What the database is called where it is, fit for the name of a folder."""

    is_record = False
    """Whether a record of ours was found here: a table that is missing is damage from then on."""

    def __init__(self) -> None:
        self._statements = _STATEMENTS.setdefault(type(self), {})
        self.writing = self._ended = False
        self.kept, self.unsure = 0, False
        self.unnoted: str | None = None
        self.guard: Callable[[], None] | None = None
        self.mark: tuple[str, Mapping[str, Any]] | None = None
        self.administered: bytes | None = None
        self._witness: tuple[str, Mapping[str, Any]] | None = None

    @abstractmethod
    def rows(self, sql: str, /, **values: Any) -> list[Row]:
        """Every row."""

    @abstractmethod
    def pieces(self, sql: str, /, **values: Any) -> Iterator[list[Row]]:
        """Every row of an answer of any length, some at a time, inside `snapshot()`; for the audit, which trusts no cell.

        Nothing that lies in a cell stops it: bytes that are no text come as lone surrogates, moments and days that are none as text.
        """

    @abstractmethod
    def reads(self, *statements: tuple[str, Mapping[str, Any]]) -> list[list[Row]]:
        """Several statements at once: on PostgreSQL one round trip for all of them."""

    @abstractmethod
    def run(self, sql: str, /, expect: int | None = None, **values: Any) -> None:
        """A write, inside `write()`. With `expect`, another number of rows is a Conflict and the transaction comes to nothing."""

    @abstractmethod
    def run_many(self, sql: str, many: Sequence[Mapping[str, Any]], /, expect: int | None = None) -> None:
        """One statement with many rows of values, inside `write()`; `expect` is the number of rows that each of them must change."""

    def write(self) -> AbstractContextManager[Any]:
        """One transaction as a context: commits, or rolls back and raises. It does not nest."""
        return self._transaction("COMMIT")

    def must_grow(self) -> None:
        """Asks, once, whether anything may happen in this record, and where something is to happen under a mark, writes that in the same
        transaction. Raises what the guard raises, whom whoever opened it set, and Conflict where the mark is another's by now.
        """
        if self.guard is not None:
            self.guard()
            self.guard = None
        if self.mark is not None:
            self.run(self.mark[0], 1, **self.mark[1])

    def remembered(self, read: Callable[[Database], T]) -> T:
        """What a function reads of tables that the administration's log tells. Where whoever opened this connection has asked for the hash
        of the log's last entry (`administered`), a process reads it once until there is another entry; who writes reads anew.
        """
        if self.administered is None or self.writing:
            return read(self)
        kept = _REMEMBERED.get(read)
        if kept is None or kept[0] != self.administered:
            kept = _REMEMBERED[read] = (self.administered, read(self))
        found: T = kept[1]
        return found

    @abstractmethod
    def commit(self) -> None:
        """Ends the transaction before the end of its `write()`: what follows in the block is no part of it, and is done while a
        server works. The end of the block waits for the answer, and raises what there is to raise.
        """

    @abstractmethod
    def _transaction(self, end: str) -> AbstractContextManager[Any]: ...

    def rehearse(self) -> AbstractContextManager[Any]:
        """A transaction as `write()` has it, but rolled back at its end: what `--dry-run` needs. Conflicts are raised all the same."""
        return self._transaction("ROLLBACK")

    def transaction(self, *, rehearsed: bool) -> AbstractContextManager[Any]:
        """`write()`, or `rehearse()` where nothing is to be kept: an act and its `--dry-run` are one code."""
        return self.rehearse() if rehearsed else self.write()

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[Any]:
        """A context in which every read sees the database as it was at its start; for the audit and exports."""

    @abstractmethod
    def parts(self) -> list[Row]:
        """Every part of the schema as the database itself tells it: kind, table, name, definition. For the audit."""

    @abstractmethod
    def number_on(self, table: str) -> None:
        """Inside `write()`: the next id of a table that was filled with ids follows the highest."""

    @abstractmethod
    def settle(self, table: str) -> None:
        """Waits, inside `write()`, until nobody else is adding rows: every id up to the highest one is then final."""

    def witness(self, sql: str, /, **values: Any) -> None:
        """Inside `write()`: a statement that finds a row only if this transaction is kept. Asked where the answer to a COMMIT is lost."""
        self._witness = (sql, values)

    def is_there(self) -> bool:
        """Whether a connection that was kept open leads to the record that is there now: a file may have been taken away or replaced."""
        return True

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _translate(self, sql: str) -> str: ...

    def row(self, sql: str, /, **values: Any) -> Row | None:
        """The first row, or None."""
        found = self.rows(sql, **values)
        return found[0] if found else None

    def stored(self, sql: str, /, **values: Any) -> Iterator[Row]:
        """The rows of `pieces`, one after the other."""
        return chain.from_iterable(self.pieces(sql, **values))

    def statement(self, sql: str) -> str:
        """The statement as this database's driver reads it."""
        translated = self._statements.get(sql)
        if translated is None:
            if len(self._statements) >= MOST_STATEMENTS:
                self._statements.clear()
            translated = self._statements[sql] = self._translate(sql)
        return translated

    def _must_write(self) -> None:
        if not self.writing or self._ended:
            raise RuntimeError("a write outside write()")

    def _begins(self) -> None:
        if self.writing:
            raise RuntimeError("write() does not nest")
        self.writing, self._ended, self._witness = True, False, None
        self.administered = None
