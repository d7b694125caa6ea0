"""Opening the record: which driver an address asks for."""

from __future__ import annotations

from engine.record.address import file_path, is_server, server_url
from engine.record.database import Database
from engine.record.sqlite import SQLite


def connect(url: str, *, create: bool = False) -> Database:
    """Opens `sqlite:///relative.db`, `sqlite:////absolute.db`, a plain path, or `postgresql://…`.

    A SQLite file is made only with `create`; a PostgreSQL database must exist. Raises NoDatabase, Busy, UsageError, ZgError.
    """
    if is_server(url):
        from engine.record.postgresql import PostgreSQL  # its driver is large, and a file does without

        return PostgreSQL(server_url(url))
    return SQLite(file_path(url), create=create)
