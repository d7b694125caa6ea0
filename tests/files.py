"""Files that are kept without an act: what a record holds before somebody sweeps, backs up or cites."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from engine.desk.filing import copied, inspect
from engine.record.database import Database

KEPT_AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def keep(database: Database, content: bytes = b"%PDF-1.7") -> str:
    """Keeps a file as the desk does, in a transaction of its own, and returns its hash."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pdf"
        path.write_bytes(content)
        file = inspect(path)
        with copied(database, [file]) as copies, database.write():
            copies.keep(database, KEPT_AT)
    return file.evidence.sha256
