"""What SQLite says went wrong, as people need it."""

from __future__ import annotations

import sqlite3

from engine.errors import Busy, Conflict, Damaged, DiskFull, InvalidInput, NoDatabase, Reason, WriteRefused, ZgError

NO_TEXT = "Could not decode"
"""How the error begins for bytes in a text that are no UTF-8: we never wrote them."""


def explained(error: Exception, where: str, *, is_record: bool) -> Exception:
    """The error as people need it; what only a bug can cause stays as it is."""
    text = str(error)
    if isinstance(error, UnicodeEncodeError | OverflowError):
        return InvalidInput(reason="not-storable")
    code = getattr(error, "sqlite_errorcode", None) or 0
    if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID):
        return Conflict(detail=text)
    primary = code & 0xFF
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(path=where)
    if text.startswith("no such table"):
        return Damaged(detail=text) if is_record else NoDatabase(path=where)
    if text.startswith(NO_TEXT) or isinstance(error, UnicodeDecodeError):  # bytes that we never wrote
        return ZgError(reason="database-text", path=where)
    if primary == sqlite3.SQLITE_READONLY:
        return WriteRefused(reason="database-file", path=where, message=_why(primary, text))
    if primary == sqlite3.SQLITE_FULL:
        return DiskFull(reason="database-file", path=where, message=_why(primary, text))
    if primary in (
        sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_TOOBIG,
    ):
        return ZgError(reason="database-file", path=where, message=_why(primary, text))
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
