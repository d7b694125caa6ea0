"""A program whose schema is one further than this one's, by a migration that only tests know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.record import schema

LATER = "0002"
NEXT = '''
"""A column and a table more, and data that moves."""
import os, signal
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001e"


def upgrade() -> None:
    op.create_table("later", sa.Column("name", sa.Text(), primary_key=True))
    op.execute("INSERT INTO later (name) SELECT number FROM ticket")
    op.add_column("unit", sa.Column("later", sa.Text(), nullable=True))
    op.execute("UPDATE unit SET later = code")
    if os.environ.get("ZG_TEST_DIES"):
        os.kill(os.getpid(), signal.SIGKILL)
'''


def migration_in(folder: Path) -> Path:
    """The folder, with the migration in it."""
    folder.mkdir(exist_ok=True)
    (folder / "0002_later.py").write_text(NEXT, encoding="utf-8")
    return folder


@contextmanager
def later(folder: Path) -> Iterator[None]:
    """Inside, this process is that program; `folder` holds the migration."""
    before = schema.SCHEMA, schema.VERSIONS
    schema.SCHEMA, schema.VERSIONS = LATER, (*schema.VERSIONS, folder)
    try:
        yield
    finally:
        schema.SCHEMA, schema.VERSIONS = before
