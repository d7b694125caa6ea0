"""Making a record anew from its log: an equal database with the same ids, on either kind, and nothing that the log does not tell.

What is only named by its SHA-256 (workflows, calendars, the plan, hashes of secrets) and the files are taken from the source; the audit of
what was made says whether they are what was named. Notices, failures to sign in and heartbeats are not told and are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from engine.audit.audited import Audited, Tick
from engine.audit.verify import verify
from engine.errors import NotPossible
from engine.record import evidence, queries, schema
from engine.record.aggregates import KEPT
from engine.record.citing import store_citations
from engine.record.connection import connect
from engine.record.damage import UNREADABLE, as_written
from engine.record.database import Database, Row
from engine.record.event_rows import event_of
from engine.record.journal import ADMINISTRATION, ADMINISTRATION_HEAD
from engine.record.projected import TABLES, Projected, Value
from engine.record.projection import Columns, Projection, read_projection
from engine.record.row_change import Named, Unknown
from engine.rules.event import Event
from engine.rules.proof.anchor import LOST_IS_SAID
from engine.rules.proof.finding import Finding
from engine.rules.streams import FIRST_KINDS

PIECE = 1000
"""Events that are written at once."""

WITHIN = {"unit": ("parent", "successor")}
"""Columns that name other rows of their own table, which may come later."""


@dataclass(slots=True)
class Rebuilt:
    """What was made, and all that does not verify in it. `location` is its address without a password."""

    location: str
    audited: Audited
    findings: list[Finding] = field(default_factory=list)


def rebuild(source: Database, url: str, tick: Tick = lambda count: None) -> Rebuilt:
    """Makes the record at an address, in one transaction, and verifies it. `tick` is told how many more events were written or read.

    Whatever ends it, there is no record at the address or a whole one: the files come before the transaction ends that names them. Where
    it was ended there is none yet, and it can be made again.

    Raises NotPossible where something is there already, or where no entry tells the tables; Damaged for events that cannot be copied.
    """
    must_be_free(url)
    with source.snapshot():
        projection = read_projection(source)
        if projection.told_since is None:
            raise NotPossible(reason="rebuild-untold")
        if not schema.exists(url):
            schema.create(url)
        with closing(connect(url)) as target:
            with target.write():
                _must_be_unfilled(target, url)  # by now another may have made it; of two on a server, the second fails at the first event
                _tables(source, target, projection)
                _Streams(source, target).copy(tick)
                for sha256 in evidence.every(target):
                    evidence.bring(evidence.folder_of(source), evidence.folder_of(target), sha256)
            audited = Audited()
            return Rebuilt(schema.safe(url), audited, list(verify(target, audited, anchor=LOST_IS_SAID, tick=tick)))


def must_be_free(url: str) -> None:
    """Raises NotPossible where there are tables already, unless they are ours and empty: a rebuilding that died leaves those."""
    if not schema.has_tables(url):
        return
    if not schema.exists(url):
        raise NotPossible(reason="rebuild-over", url=schema.safe(url))
    with closing(connect(url)) as there:
        _must_be_unfilled(there, url)


def _must_be_unfilled(there: Database, url: str) -> None:
    if schema.revision(there) != schema.SCHEMA or there.row(queries.ANYTHING_AT_ALL) is not None:
        raise NotPossible(reason="rebuild-over", url=schema.safe(url))


# -- the administration's tables ----------------------------------------------------------------------------------------------


def _tables(source: Database, target: Database, projection: Projection) -> None:
    """Writes the tables as the entries tell them."""
    for table in TABLES.values():
        names = tuple(table.columns)
        statement = queries.put_row(table.name, names, table.key)
        rows = list(_filled(source, table, projection))
        if table.name in WITHIN:
            target.run_many(statement, [{**row, **dict.fromkeys(WITHIN[table.name])} for row in rows])
        target.run_many(statement, rows)


def _filled(source: Database, table: Projected, projection: Projection) -> Iterator[dict[str, Value]]:
    """The rows of a table, with what the entries only name as the source has it."""
    stored: dict[tuple[Value, ...], Mapping[str, Value]] = {}
    if table.named or table.words:
        for row in source.rows(queries.all_rows(table.name, tuple(table.columns), table.key)):
            values = dict(zip(table.columns, row, strict=True))
            stored[table.key_of(values)] = values
    for key, columns in projection.rows(table.name).items():
        yield {name: _value(columns, name, kind, stored.get(key, {})) for name, kind in table.columns.items()}


def _value(columns: Columns, name: str, kind: str, stored: Mapping[str, Value]) -> Value:
    told = columns.get(name)
    if not isinstance(told, Named | Unknown):
        return told
    kept = stored.get(name)
    return kept if kept is not None else bytes(32) if kind == "bytes" else ""  # gone: the audit of what is made names it


# -- streams ------------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Streams:
    """The events of every stream, and what follows from them, in pieces."""

    source: Database
    target: Database
    events: list[dict[str, Any]] = field(default_factory=list)
    citing: list[Event] = field(default_factory=list)
    things: defaultdict[type, list[tuple[Any, bytes]]] = field(default_factory=lambda: defaultdict(list))
    counters: dict[tuple[str, int], int] = field(default_factory=dict)

    @as_written
    def copy(self, tick: Tick) -> None:
        """All of it, inside the transaction of the target."""
        for id_, rows in groupby(self._rows(), key=itemgetter(1)):
            self._stream(id_, list(rows))
            if len(self.events) >= PIECE:
                tick(len(self.events))
                self._write()
        self._write()
        self.target.run_many(
            queries.SET_COUNTER, [{"office": office, "year": year, "last": last} for (office, year), last in self.counters.items()],
        )
        self.target.number_on("event")

    def _rows(self) -> Iterator[Row]:
        stream, seq = -1, 0
        while piece := self.source.rows(queries.EVERY_EVENT, stream=stream, seq=seq, limit=PIECE):
            yield from piece
            stream, seq = piece[-1][1], piece[-1][2]

    def _stream(self, id_: int, rows: Sequence[Row]) -> None:
        """One stream: its events as they lie there, and the thing that they tell. What they do not tell is for the audit to name."""
        self.events += (dict(zip(_COLUMNS, row, strict=True)) for row in rows)
        seq, head = rows[-1][2], rows[-1][-1]
        if id_ == ADMINISTRATION:
            self.target.run(queries.SET_SETTING, name=ADMINISTRATION_HEAD, value=f"{seq} {head.hex()}")
            return
        self._count("", 0, id_)
        try:
            events = [event_of(row[1:-1]) for row in rows]
            kind = FIRST_KINDS[events[0].kind]
            thing = KEPT[kind].fold(events)
        except UNREADABLE:
            return
        self.things[kind].append((thing, head))
        self.citing += (event for event in events if "evidence" in event.data)
        self._count(KEPT[kind].series or thing.office, thing.year, thing.serial)

    def _count(self, office: str, year: int, serial: int) -> None:
        self.counters[office, year] = max(serial, self.counters.get((office, year), 0))

    def _write(self) -> None:
        self.target.run_many(queries.KEEP_EVENT, self.events)
        for kind, things in self.things.items():
            kept = KEPT[kind]
            self.target.run_many(kept.insert, [kept.values(thing, head) for thing, head in things])
            if kept.beside is not None:
                kept.beside(self.target, [(None, thing) for thing, _ in things])
        files = {item["sha256"]: (item, event) for event in reversed(self.citing) for item in event.data["evidence"]}
        since: dict[str, Any] = dict(self.source.rows(queries.STORED_SINCE, hashes=list(files))) if files else {}
        self.target.run_many(queries.KEEP_FILE, [
            {"sha256": sha256, "bytes": item["bytes"], "type": item["type"], "stored_at": since.get(sha256, event.at)}
            for sha256, (item, event) in files.items()
        ])
        store_citations(self.target, self.citing)
        self.events.clear()
        self.citing.clear()
        self.things.clear()


_COLUMNS = ("id", *queries.EVENT_COLUMNS.split(", "), "hash")
