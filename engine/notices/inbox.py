"""The inbox in the program: what a person was told, newest first. It needs no network and is always there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from engine.notices import outbox
from engine.notices.reach import INBOX
from engine.notices.setup import Setup
from engine.notices.texts import Line
from engine.notices.writing import Writer
from engine.record import queries
from engine.record.database import Database, Row
from engine.record.directory import writing_as
from engine.rules.access import Actor, must_have_role, sees_everything
from engine.rules.event import Event

PAGE = 50
"""So many notices are read at once."""

NEWEST = 2**62
"""Above every id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice as its reader sees it. `key` names it in the record and for ever, and counts nothing: `id`, by which the record finds it,
    tells how many others there were and is shown to nobody. `code` is the trigger, rung or kind of the event, never translated; of a
    repetition its clock: the rung that comes round may have proposed what the reader is not told of.
    """

    id: int
    key: str
    at: datetime
    read_at: datetime | None
    event: Event
    line: Line

    @property
    def code(self) -> str:
        data, kind = self.event.data, self.event.kind
        return str(data["clock"] if kind == "escalated" and "n" in data else data.get("rung") or data.get("trigger") or kind)


def read_inbox(
    database: Database, reader: Actor, now: datetime, language: str, labels: Mapping[str, Mapping[str, str]], *,
    everything: bool = False, limit: int = 50, before: int = NEWEST,
) -> list[Entry]:
    """What this reader has not read yet, or everything; nothing of what is not the reader's to read any more. Raises NotPermitted."""
    must_have_role(reader)
    writer = Writer(database, Setup(language, labels))
    return list(islice(_readable(database, reader, now, language, writer, everything, before), limit))


def count_inbox(database: Database, reader: Actor, *, everything: bool = False) -> int:
    """How many notices there are that this reader may read, or has not read yet; whatever the page shows. Raises NotPermitted."""
    must_have_role(reader)
    if sees_everything(reader):
        return int(database.rows(queries.INBOX_COUNT, recipient=reader.name, channel=INBOX, everything=everything)[0][0])
    writer = Writer(database, Setup())
    return sum(writer.readable(notices, reader) for _, notices in _pages(database, reader, everything, NEWEST))


def _readable(
    database: Database, reader: Actor, now: datetime, language: str, writer: Writer, everything: bool, before: int,
) -> Iterator[Entry]:
    """What this reader may read of its inbox, newest first."""
    for rows, notices in _pages(database, reader, everything, before):
        for row, item, line in zip(rows, notices, writer.lines(notices, reader, now, language), strict=True):
            if line is not None:
                yield Entry(row[0], outbox.key_of(item, reader.name, INBOX), row[1], row[2], item.event, line)


def _pages(database: Database, reader: Actor, everything: bool, before: int) -> Iterator[tuple[list[Row], list[outbox.EventNotice]]]:
    """What lies in an inbox, newest first, read from the record in pages: the rows, and each with its event."""
    while rows := database.rows(
        queries.INBOX, recipient=reader.name, channel=INBOX, everything=everything, before=before, limit=PAGE,
    ):
        event_notices = {item.id: item for item in outbox.read_event_notices(database, [row[0] for row in rows])}
        yield rows, [event_notices[row[0]] for row in rows]
        before = rows[-1][0]


def mark_read(database: Database, reader: Actor, ids: Sequence[int], now: datetime) -> None:
    """Notes that a reader has read some notices. Notices of other people stay as they are. Raises NotPermitted."""
    values: dict[str, Any] = {"recipient": reader.name, "channel": INBOX, "ids": list(ids), "now": now}
    with writing_as(database, reader, now):
        database.run(queries.MARK_READ, **values)
