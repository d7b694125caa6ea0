"""The row of a stream and its indexes – cooperators, files – against what its events tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.audit.beside import Rows
from engine.audit.stored_event import Citation
from engine.audit.stream import Stream
from engine.audit.told import ToldTicket
from engine.record.aggregates import KEPT, shares
from engine.record.cell import moment_of, name_of
from engine.record.damage import UNREADABLE
from engine.record.database import Row
from engine.rules.proof.finding import Finding

OWNERS = {kept.table: kept.declared.names for kept in KEPT.values()}
"""The tables with one row for each stream that is about such a thing, and their columns."""

_NUMBER, _VERSION = ({table: columns.index(name) for table, columns in OWNERS.items()} for name in ("number", "version"))


def owner_of(beside: Rows) -> tuple[str, Row] | None:
    """The row that a stream has, and its table; None where it has none."""
    for table in OWNERS:
        if beside[table]:
            return table, beside[table][0]
    return None


def number_of(table: str, row: Row) -> str | None:
    """The number that a row gives its stream; None where none lies there."""
    return name_of(row[_NUMBER[table]])


def row_findings(stream: Stream, beside: Rows, owner: tuple[str, Row] | None) -> Iterator[Finding]:
    """What differs between what is stored of a stream and the fold of its events. `owner` is its row (`owner_of`).

    A version beyond the last event means that the tail of the stream was cut off.
    """
    if owner is None:
        yield Finding("no-ticket", stream.id, stream.name())
        if beside["cooperator"]:
            yield Finding("astray", stream.id, field="cooperator")
        return
    table, row = owner
    number, version = number_of(table, row), row[_VERSION[table]]
    if type(version) is int and version > stream.seq:
        yield Finding("cut", stream.id, number, stream.seq + 1)
        return
    for other in OWNERS:
        if other != table and beside[other]:
            yield Finding("astray", stream.id, number, field=other)
    try:
        told = stream.told if stream.folds else None
        differing = [] if told is None else told.differing(row, stream.head or b"") if told.table == table else ["id"]
    except UNREADABLE:
        yield Finding("fold", stream.id, number, stream.seq)
        told = None
    if told is None:
        if row[-1] != stream.head:
            yield Finding("row", stream.id, number, stream.seq, "head")
        return
    for name in differing:
        yield Finding("row", stream.id, number, stream.seq, name)
    if not _has_shares(told, beside["cooperator"]):
        yield Finding("cooperators", stream.id, number, stream.seq)


def citation_findings(stream: Stream, files: Sequence[Row]) -> Iterator[Finding]:
    """Whether the index of files is that of the events, and whether each file they cite has the row they tell."""
    if not stream.cited and not files:
        return
    told = sorted(stream.cited, key=Citation.place)
    if [row[1:3] for row in files] != [item.place() for item in told]:
        yield Finding("citations", stream.id, stream.name(), stream.seq)
    kept = {row[2]: row[3:] for row in files}
    for item in told:
        if item.sha256 in kept and kept[item.sha256] != (item.bytes, item.type):
            yield Finding("evidence-row", stream.id, stream.name(), item.seq, name_of(item.sha256))


def _has_shares(told: object, cooperators: Sequence[Row]) -> bool:
    """Whether the index of cooperating units is the ticket's; nothing else has one."""
    if not isinstance(told, ToldTicket) or not told.folding.value("cooperators"):
        return not cooperators
    stored = [(unit, moment_of(due) or due, moment_of(promised) or promised, final) for _, unit, due, promised, final in cooperators]
    return stored == shares(told.thing())
