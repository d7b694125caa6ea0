"""The million closed tickets of the benches lie in a record like any other."""

from __future__ import annotations

from contextlib import closing

from bench import archive, crowd
from engine.record.connection import connect
from engine.record.schema_parts import parts_made, parts_of


def test_an_archive_leaves_the_schema_and_the_order_of_its_indexes(empty_url: str) -> None:
    crowd.gather(empty_url, 4, 1)
    with closing(connect(empty_url)) as database:
        made = database.rows(archive.INDEXES[database.path is not None])
    archive.archive(empty_url, 60)
    with closing(connect(empty_url)) as database:
        assert database.rows(archive.INDEXES[database.path is not None]) == made
        with database.snapshot():
            assert parts_of(database) == parts_made(database)
        closed = database.rows("SELECT count(*), max(id), max(serial), count(DISTINCT opened_at) FROM ticket WHERE final")
        assert closed == [(60, 64, 64, 60 - archive.UNITS + 1)]
        assert database.rows("SELECT min(last), max(last) FROM counter") == [(64, 64)]
        assert database.rows("SELECT count(*) FROM ticket WHERE NOT EXISTS (SELECT 1 FROM event WHERE stream = ticket.id)") == [(0,)]
        assert database.rows("SELECT count(DISTINCT lead), count(DISTINCT state) FROM ticket WHERE final") == [(archive.UNITS, 2)]
