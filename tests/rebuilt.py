"""What a record holds that its log tells, and a record that is made anew of it."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from engine.audit.rebuild import rebuild
from engine.audit.verify import verify
from engine.record import tables
from engine.record.connection import connect
from engine.record.database import Database

LEFT_OUT = {"notice", "heartbeat", "sign_in_failure", "web_session", "last_sign_in", "invitation", "kept_answer", "saved_view", "draft"}
"""What the log does not tell."""

COMPARED = sorted(set(tables.Row.metadata.tables) - LEFT_OUT)


def content(database: Database) -> dict[str, list[Any]]:
    """Everything that a record holds and its log tells."""
    found = {}
    for name in COMPARED:
        table = tables.Row.metadata.tables[name]
        columns = ", ".join(column.name for column in table.columns if (name, column.name) != ("token", "used_at"))
        keys = ", ".join(column.name for column in table.primary_key)
        found[name] = database.rows(f"SELECT {columns} FROM {name} ORDER BY {keys}")
    return found


def anew(source: Database, url: str) -> dict[str, list[Any]]:
    """What a rebuilding makes, which verifies."""
    made = rebuild(source, url)
    assert made.findings == []
    with closing(connect(url)) as target:
        assert list(verify(target)) == []
        return content(target)
