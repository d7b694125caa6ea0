"""The file of what the migrations make is what they make."""

from __future__ import annotations

import pytest

from engine.record.schema_parts import MADE
from tests.facts.schema_parts import text


@pytest.mark.postgres
def test_the_file_holds_what_the_migrations_make(sqlite_url: str, postgresql_url: str) -> None:
    assert MADE.read_text(encoding="utf-8") == text(sqlite_url, postgresql_url), "run: python -m tests.facts.schema_parts POSTGRESQL_URL"
