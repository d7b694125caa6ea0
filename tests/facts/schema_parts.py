"""Writes engine/record/migrations/parts.json: every part of the schema that the migrations make, as each database tells it.

Run it (`python -m tests.facts.schema_parts POSTGRESQL_URL`, an empty database) whenever a migration changes the schema.
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from engine.record import schema
from engine.record.connection import connect
from engine.record.schema_parts import MADE, Part, parts_of


def parts_at(url: str) -> list[Part]:
    with closing(connect(url)) as database:
        return parts_of(database)


def text(sqlite_url: str, postgresql_url: str) -> str:
    """The file: a line a part, so that a change is read as one."""
    lines = {
        name: ",\n".join(json.dumps(part, ensure_ascii=False) for part in parts_at(url))
        for name, url in (("sqlite", sqlite_url), ("postgresql", postgresql_url))
    }
    return f'{{"schema": "{schema.SCHEMA}", "sqlite": [\n{lines["sqlite"]}\n], "postgresql": [\n{lines["postgresql"]}\n]}}\n'


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'zg.db'}"
        schema.create(url)
        schema.create(sys.argv[1])
        MADE.write_text(text(url, sys.argv[1]), encoding="utf-8")
    sys.stdout.write(f"{MADE}\n")


if __name__ == "__main__":
    main()
