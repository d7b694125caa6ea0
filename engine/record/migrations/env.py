"""Runs the migrations on the connection that `engine.record.schema` opened."""

from __future__ import annotations

from alembic import context

from engine.record.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    transactional_ddl=True,  # both databases can; a migration happens whole or not at all
)
with context.begin_transaction():
    context.run_migrations()
